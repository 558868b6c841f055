package services

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
)

const mariaDBPackage = "mariadb-server"

// StartMariaDB starts a private MariaDB with an empty data directory; Addr is the DSN of its root, without a database.
func StartMariaDB(ctx context.Context) (*Service, error) {
	server, err := find("mariadbd", mariaDBPackage)
	if err != nil {
		return nil, err
	}
	installer, err := find("mariadb-install-db", mariaDBPackage)
	if err != nil {
		return nil, err
	}
	return thrice(func(port int) (*Service, error) { return startMariaDB(ctx, installer, server, port) })
}

func startMariaDB(ctx context.Context, installer, server string, port int) (*Service, error) {
	dir, err := os.MkdirTemp("", "onestreet-mariadb-")
	if err != nil {
		return nil, err
	}
	if err := installMariaDB(ctx, installer, dir); err != nil {
		_ = os.RemoveAll(dir)
		return nil, err
	}
	service, err := launch(dir, append([]string{server}, mariaDBFlags(dir, port)...))
	if err != nil {
		_ = os.RemoveAll(dir)
		return nil, fmt.Errorf("start MariaDB: %w", err)
	}
	service.Addr = fmt.Sprintf(
		"root@tcp(127.0.0.1:%d)/?parseTime=true&loc=UTC&charset=utf8mb4&collation=utf8mb4_unicode_ci", port)
	return service, service.await(ctx, "MariaDB", func(ctx context.Context) error { return pingMariaDB(ctx, service.Addr) })
}

func installMariaDB(ctx context.Context, installer, dir string) error {
	flags := append([]string{"--no-defaults"}, asUser()...)
	flags = append(flags, "--datadir="+filepath.Join(dir, "data"), "--auth-root-authentication-method=normal",
		"--skip-test-db", "--innodb-log-file-size=32M")
	if said, err := exec.CommandContext(ctx, installer, flags...).CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w; it said:\n%s", installer, err, said)
	}
	return nil
}

// mariaDBFlags: isolation and character set as in production.
func mariaDBFlags(dir string, port int) []string {
	flags := []string{
		"--no-defaults",
		"--datadir=" + filepath.Join(dir, "data"),
		"--socket=" + filepath.Join(dir, "socket"),
		"--pid-file=" + filepath.Join(dir, "pid"),
		"--skip-networking=0", "--bind-address=127.0.0.1", "--port=" + strconv.Itoa(port),
		"--skip-name-resolve", "--max-connections=1000",
		"--character-set-server=utf8mb4", "--collation-server=utf8mb4_unicode_ci",
		"--transaction-isolation=READ-COMMITTED", "--default-time-zone=+00:00",
		"--skip-log-bin", "--performance-schema=OFF",
	}
	flags = append(flags, durability()...)
	return append(flags, asUser()...)
}

// durability: nothing is synced to the disk, for the data live as long as the tests; a benchmark pays for every commit.
// "loose" flags may be unknown to another version.
func durability() []string {
	if Durable() {
		return []string{"--innodb-flush-log-at-trx-commit=1", "--innodb-buffer-pool-size=1G", "--innodb-log-file-size=512M"}
	}
	return []string{
		"--innodb-flush-log-at-trx-commit=0", "--loose-innodb-flush-method=nosync", "--loose-debug-no-sync",
		"--innodb-doublewrite=0", "--innodb-buffer-pool-size=384M", "--innodb-log-file-size=128M", "--innodb-file-per-table=0",
	}
}

// asUser: MariaDB refuses to run as root unless told so, which is how containers and CI run.
func asUser() []string {
	if os.Getuid() == 0 {
		return []string{"--user=root"}
	}
	return nil
}

func pingMariaDB(ctx context.Context, dsn string) error {
	server, err := sql.Open("mysql", dsn)
	if err != nil {
		return err
	}
	defer func() { _ = server.Close() }()
	return server.PingContext(ctx)
}
