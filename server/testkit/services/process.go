package services

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"
)

const (
	readyWithin  = 60 * time.Second // a busy machine of two cores takes seconds, a hopeless one forever
	askEvery     = 20 * time.Millisecond
	logTailBytes = 4000
)

// Service is a server that this process has started.
type Service struct {
	Addr string // how to reach it: a DSN for MariaDB, host:port for Redis

	keeper *exec.Cmd
	leash  io.Closer
	log    *tail
	exited chan struct{} // closed when the server has closed its output
	once   sync.Once
}

// keeperScript runs the server ("$@") as long as its own standard input stays open, then removes the data ($0). The
// kernel closes that input when we end, even by SIGKILL, a panic or a test's time limit: neither servers nor
// directories are left behind. Killing is right: nothing in there will be read again.
const keeperScript = `"$@" </dev/null 2>&1 & server=$!
exec >/dev/null 2>&1
cat
kill -9 $server; wait $server; rm -rf "$0"`

// launch starts command under a keeper that owns dir. In a process group of its own: Ctrl-C at the terminal must
// reach the tests first and the servers only when the tests are done.
func launch(dir string, command []string) (*Service, error) {
	keeper := exec.Command("sh", append([]string{"-c", keeperScript, dir}, command...)...)
	keeper.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	leash, err := keeper.StdinPipe()
	if err != nil {
		return nil, err
	}
	output, outputEnd, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	keeper.Stdout = outputEnd
	service := &Service{keeper: keeper, leash: leash, log: &tail{}, exited: make(chan struct{})}
	err = keeper.Start()
	_ = outputEnd.Close()
	if err != nil {
		return nil, err
	}
	go service.listen(output)
	return service, nil
}

func (s *Service) listen(output *os.File) {
	defer close(s.exited)
	defer func() { _ = output.Close() }()
	_, _ = io.Copy(s.log, output)
}

// Pause lets the server hang: it lives and holds its connections, and says nothing. Resume lets it go on.
func (s *Service) Pause() error { return syscall.Kill(-s.keeper.Process.Pid, syscall.SIGSTOP) }

// Resume ends a Pause.
func (s *Service) Resume() error { return syscall.Kill(-s.keeper.Process.Pid, syscall.SIGCONT) }

// Stop kills the server, removes its data and returns when both are done. It may be called more than once.
func (s *Service) Stop() {
	s.once.Do(func() {
		_ = s.leash.Close()
		_ = s.keeper.Wait()
	})
}

// await returns when ping succeeds; otherwise it stops the service and tells what the server last said.
func (s *Service) await(ctx context.Context, name string, ping func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, readyWithin)
	defer cancel()
	tick := time.NewTicker(askEvery)
	defer tick.Stop()
	for {
		err := ping(ctx)
		if err == nil {
			return nil
		}
		select {
		case <-tick.C:
		case <-s.exited:
			s.Stop()
			return fmt.Errorf("%s ended while starting; it said:\n%s", name, s.log)
		case <-ctx.Done():
			s.Stop()
			return fmt.Errorf("%s does not answer after %s (%w); it said:\n%s", name, readyWithin, err, s.log)
		}
	}
}

// find looks a program up in PATH and where Debian keeps servers, which is not in every user's PATH.
func find(program, debianPackage string) (string, error) {
	if path, err := exec.LookPath(program); err == nil {
		return path, nil
	}
	for _, dir := range []string{"/usr/sbin", "/usr/local/sbin", "/sbin"} {
		if path, err := exec.LookPath(filepath.Join(dir, program)); err == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("%s is not installed: the tests run on the real one; install Debian's package %s (make setup does)",
		program, debianPackage)
}

// freePort asks the kernel for a port that nobody has.
func freePort() (int, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer func() { _ = listener.Close() }()
	return listener.Addr().(*net.TCPAddr).Port, nil
}

// thrice tries again where another process took the free port in between.
func thrice(start func(port int) (*Service, error)) (*Service, error) {
	var failures []error
	for range 3 {
		port, err := freePort()
		if err != nil {
			return nil, err
		}
		service, err := start(port)
		if err == nil {
			return service, nil
		}
		failures = append(failures, err)
	}
	return nil, errors.Join(failures...)
}

// tail keeps the end of what a server writes.
type tail struct {
	mu   sync.Mutex
	kept bytes.Buffer
}

func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.kept.Write(p)
	if over := t.kept.Len() - logTailBytes; over > 0 {
		t.kept.Next(over)
	}
	return len(p), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return strings.TrimSpace(t.kept.String())
}
