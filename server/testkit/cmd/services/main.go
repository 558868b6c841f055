// Command services runs another command with a real MariaDB and a real Redis beside it, named in its environment:
//
//	services go test -race ./...
//
// It ends with that command's exit code, and both servers end with it.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"

	"onestreet/server/testkit/services"
)

func main() {
	code, err := run(os.Args[1:])
	if err != nil {
		_, _ = fmt.Fprintln(os.Stderr, "services:", err)
	}
	os.Exit(code)
}

func run(command []string) (int, error) {
	if len(command) == 0 {
		return 2, errors.New("expected a command to run, such as: services go test ./...")
	}
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer cancel()
	mariaDB, err := services.StartMariaDB(ctx)
	if err != nil {
		return 1, err
	}
	defer mariaDB.Stop()
	redis, err := services.StartRedis(ctx)
	if err != nil {
		return 1, err
	}
	defer redis.Stop()
	once, err := os.MkdirTemp("", "onestreet-once-")
	if err != nil {
		return 1, err
	}
	defer func() { _ = os.RemoveAll(once) }()
	return beside(ctx, command,
		services.EnvMySQL+"="+mariaDB.Addr, services.EnvRedis+"="+redis.Addr, services.EnvOnce+"="+once)
}

// beside runs the command; a signal to us is passed on to it, and the servers outlive it.
func beside(ctx context.Context, command []string, environment ...string) (int, error) {
	cmd := exec.CommandContext(ctx, command[0], command[1:]...)
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.Env = append(os.Environ(), environment...)
	err := cmd.Run()
	if failed, ok := errors.AsType[*exec.ExitError](err); ok && failed.Exited() {
		return failed.ExitCode(), nil
	}
	if err != nil { // killed, or never begun: it has not said so itself
		return 1, fmt.Errorf("%s: %w", strings.Join(command, " "), err)
	}
	return 0, nil
}
