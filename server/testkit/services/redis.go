package services

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"os"
	"strconv"
)

// StartRedis starts a private Redis that keeps nothing on disk; Addr is its host:port.
func StartRedis(ctx context.Context) (*Service, error) {
	server, err := find("redis-server", "redis-server")
	if err != nil {
		return nil, err
	}
	return thrice(func(port int) (*Service, error) { return startRedis(ctx, server, port) })
}

func startRedis(ctx context.Context, server string, port int) (*Service, error) {
	dir, err := os.MkdirTemp("", "onestreet-redis-")
	if err != nil {
		return nil, err
	}
	service, err := launch(dir, []string{server, "--port", strconv.Itoa(port), "--bind", "127.0.0.1", "--dir", dir,
		"--save", "", "--appendonly", "no", "--daemonize", "no"})
	if err != nil {
		_ = os.RemoveAll(dir)
		return nil, fmt.Errorf("start Redis: %w", err)
	}
	service.Addr = net.JoinHostPort("127.0.0.1", strconv.Itoa(port))
	return service, service.await(ctx, "Redis", func(ctx context.Context) error { return pingRedis(ctx, service.Addr) })
}

func pingRedis(ctx context.Context, addr string) error {
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", addr)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }()
	if deadline, ok := ctx.Deadline(); ok {
		_ = conn.SetDeadline(deadline)
	}
	if _, err := conn.Write([]byte("PING\r\n")); err != nil {
		return err
	}
	answer, err := bufio.NewReader(conn).ReadString('\n')
	if err == nil && answer != "+PONG\r\n" {
		err = fmt.Errorf("PING was answered %q", answer)
	}
	return err
}
