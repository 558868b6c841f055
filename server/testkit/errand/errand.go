// Package errand sends a process of the test's own program out to do something until it is killed (SIGKILL): what a crash
// leaves behind is found out by crashing.
//
//	TestMain: errand.For("claim", claimUntilKilled); testkit.Main(m)
//	a test:   errand.Send(t, "claim", what).KillAfter(40, func(line string) { … })
package errand

import (
	"bufio"
	"encoding/json"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// In the environment: what an errand is called, and as JSON what it is.
const (
	called = "ONESTREET_TEST_ERRAND"
	holds  = "ONESTREET_TEST_ERRAND_HOLDS"
)

// For carries out an errand and ends the process, if it was sent on that; else it returns. TestMain calls it before anything
// else.
func For[T any](name string, do func(T) error) {
	if os.Getenv(called) != name {
		return
	}
	var what T
	err := json.Unmarshal([]byte(os.Getenv(holds)), &what)
	if err == nil {
		err = do(what)
	}
	if err != nil {
		panic(err)
	}
	os.Exit(0)
}

// Process is one that was sent on an errand. What it prints is what it says.
type Process struct {
	t          testing.TB
	cmd        *exec.Cmd
	said       *bufio.Reader
	complaints strings.Builder // to be read when it is gone
}

// Send starts a process on an errand.
func Send(t testing.TB, name string, what any) *Process {
	t.Helper()
	text, err := json.Marshal(what)
	require.NoError(t, err)
	p := &Process{t: t, cmd: exec.Command(os.Args[0], "-test.run=^$")} //nolint:gosec // this very program
	p.cmd.Env = append(os.Environ(), called+"="+name, holds+"="+string(text))
	p.cmd.Stderr = &p.complaints
	out, err := p.cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, p.cmd.Start())
	p.said = bufio.NewReader(out)
	return p
}

// Line is the next that the process says.
func (p *Process) Line() string {
	p.t.Helper()
	line, whole := p.line()
	if !whole {
		require.Fail(p.t, "it is gone", "%v, it complained: %s", p.cmd.Wait(), &p.complaints)
	}
	return line
}

// line is the next line; none when the process is gone. One that was cut short was said to nobody.
func (p *Process) line() (line string, whole bool) {
	line, err := p.said.ReadString('\n')
	return strings.TrimSuffix(line, "\n"), err == nil
}

// Kill kills the process, which is still there, and returns when it is gone.
func (p *Process) Kill() {
	p.t.Helper()
	require.NoError(p.t, p.cmd.Process.Kill())
	p.gone(true)
}

// KillAfter hears all that the process says, and kills it once that were so many lines. One that has less to say has to end by itself.
func (p *Process) KillAfter(lines int, heard func(line string)) {
	p.t.Helper()
	said := 0
	for line, whole := p.line(); whole; line, whole = p.line() {
		heard(line)
		if said++; said == lines {
			require.NoError(p.t, p.cmd.Process.Kill())
		}
	}
	p.gone(said >= lines)
}

func (p *Process) gone(killed bool) {
	p.t.Helper()
	err := p.cmd.Wait()
	if killed {
		require.ErrorContains(p.t, err, "killed", &p.complaints)
		return
	}
	require.NoError(p.t, err, &p.complaints)
}
