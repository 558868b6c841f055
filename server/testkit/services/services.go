// Package services gives tests a real MariaDB and a real Redis.
//
// `make test` starts one of each for all packages (server/testkit/cmd/services) and names them in the environment.
// A plain `go test ./...` has no such environment: then a test binary starts its own on first use. Either way they
// listen on 127.0.0.1 on a free port, keep their data in a temporary directory, and go away with the process that
// started them, however that process ends.
//
// A missing service fails the test and names the Debian package; nothing is skipped in silence.
package services

import (
	"context"
	"crypto/rand"
	"database/sql"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/go-sql-driver/mysql"
)

// The environment in which `make test` names the services it has started: a go-sql-driver DSN without a database, and
// a host:port. EnvDurable set to anything makes what is committed survive a power cut, as in production: for benchmarks.
const (
	EnvMySQL   = "ONESTREET_TEST_MYSQL"
	EnvRedis   = "ONESTREET_TEST_REDIS"
	EnvDurable = "ONESTREET_TEST_DURABLE"
)

// Durable tells whether commits are to survive a power cut (EnvDurable).
func Durable() bool { return os.Getenv(EnvDurable) != "" }

var (
	mariaDB = &shared{env: EnvMySQL, start: StartMariaDB}
	redis   = &shared{env: EnvRedis, start: StartRedis}
)

// MariaDB returns the DSN of the shared server, without a database. Tests want NewDatabase.
func MariaDB(t testing.TB) (dsn string) {
	t.Helper()
	return mariaDB.at(t)
}

// Redis returns the host:port of the shared server. Several test packages use it at once: keep to keys and channels
// that nobody else can have.
func Redis(t testing.TB) (addr string) {
	t.Helper()
	return redis.at(t)
}

// NewDatabase creates an empty database test_<random> on the shared MariaDB, returns its DSN, and drops it when the
// test ends.
func NewDatabase(t testing.TB) (dsn string) {
	t.Helper()
	dsn, drop := create(t)
	t.Cleanup(drop)
	return dsn
}

// LastingDatabase is like NewDatabase, for all tests of a package: it stays until the server goes.
func LastingDatabase(t testing.TB) (dsn string) {
	t.Helper()
	dsn, _ = create(t)
	return dsn
}

func create(t testing.TB) (dsn string, drop func()) {
	t.Helper()
	config, err := mysql.ParseDSN(MariaDB(t))
	if err != nil {
		t.Fatalf("%s is no DSN: %v", EnvMySQL, err)
	}
	server := open(t, config.FormatDSN())
	config.DBName = "test_" + strings.ToLower(rand.Text())
	execute(t, server, "CREATE DATABASE "+config.DBName)
	return config.FormatDSN(), func() { execute(t, server, "DROP DATABASE "+config.DBName) }
}

// Main runs a package's tests and then stops what they started: `func TestMain(m *testing.M) { services.Main(m) }`.
// Without it everything still goes away when the test binary ends; with it, before that.
func Main(m *testing.M) { MainThen(m, func() {}) }

// MainThen is Main with something of the caller's to clean up between the tests and the services' end.
func MainThen(m *testing.M, clean func()) {
	code := m.Run()
	clean()
	mariaDB.stop()
	redis.stop()
	os.Exit(code)
}

// shared is one server for a whole process: the one named in the environment, or one started on first use.
type shared struct {
	env     string
	start   func(context.Context) (*Service, error)
	once    sync.Once
	service *Service
	err     error
}

func (s *shared) at(t testing.TB) string {
	t.Helper()
	if given := os.Getenv(s.env); given != "" {
		return given
	}
	s.once.Do(func() { s.service, s.err = s.start(context.Background()) })
	if s.err != nil {
		t.Fatal(s.err)
	}
	return s.service.Addr
}

func (s *shared) stop() {
	if s.service != nil {
		s.service.Stop()
	}
}

func open(t testing.TB, dsn string) *sql.DB {
	t.Helper()
	server, err := sql.Open("mysql", dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	return server
}

func execute(t testing.TB, server *sql.DB, statement string) {
	t.Helper()
	// The test's own context is over when its cleanups run.
	if _, err := server.ExecContext(context.Background(), statement); err != nil {
		t.Errorf("%s: %v", statement, err)
	}
}
