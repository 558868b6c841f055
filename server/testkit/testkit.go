// Package testkit gives tests a whole node on a real database, with a fake clock and a small street of their own.
//
// A package's tests share one SQLite file and one MariaDB database, copies of a blank one; every test gets a new street in it,
// which is as good as a new database, since nothing may reach from one street into another:
//
//	func TestMain(m *testing.M) { testkit.Main(m) }
//
//	func TestAFullEventSaysSo(t *testing.T) {
//		testkit.Each(t, func(t *testing.T, app *testkit.App) {
//			app.As(testkit.Shopper).Post("/occurrences/…/sign-ups", nil).Must(http.StatusCreated)
//		})
//	}
package testkit

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onestreet/server/app"
	"onestreet/server/platform/clock"
	"onestreet/server/platform/config"
	"onestreet/server/platform/db"
	"onestreet/server/testkit/services"
)

// Secret is the test server's.
const Secret = "a secret for tests only, 32 bytes or more"

// Noon is when every test begins: a Saturday, half past ten in the street.
var Noon = time.Date(2026, 10, 17, 2, 30, 0, 0, time.UTC)

// App is a node with its street.
type App struct {
	*app.App
	Street *Street
	Other  *Street // another street, whose people must reach nothing of ours
	Time   *clock.Fake
	SMS    *Codes

	t          testing.TB
	tokens     map[Persona]string
	tokenMu    sync.Mutex
	socketOnce sync.Once
	socketURL  string
}

var shared struct {
	dir   string
	main  bool
	once  map[db.Dialect]*sync.Once
	url   map[db.Dialect]string
	mutex sync.Mutex
}

// Main runs a package's tests and removes what they shared.
func Main(m *testing.M) {
	dir, err := os.MkdirTemp("", "onestreet-test-")
	if err != nil {
		panic(err)
	}
	shared.dir, shared.main = dir, true
	shared.once = map[db.Dialect]*sync.Once{db.SQLite: {}, db.MySQL: {}}
	shared.url = map[db.Dialect]string{}
	services.MainThen(m, func() { _ = os.RemoveAll(dir) })
}

// Each runs a test on SQLite and on MariaDB.
func Each(t *testing.T, test func(t *testing.T, app *App)) {
	t.Helper()
	for _, dialect := range []db.Dialect{db.SQLite, db.MySQL} {
		t.Run(string(dialect), func(t *testing.T) { test(t, New(t, dialect)) })
	}
}

// New is a node on one of the databases, with its two streets; it is closed when the test ends.
func New(t testing.TB, dialect db.Dialect) *App {
	t.Helper()
	a := &App{t: t, Time: clock.NewFake(Noon), SMS: NewCodes(), tokens: map[Persona]string{}}
	node, err := app.New(Config(t, dialect), app.Options{Clock: a.Time, SMS: a.SMS, Log: logger(t), Volatile: !services.Durable()})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, node.Close()) })
	a.App = node
	a.Street, a.Other = a.found("青石街"), a.found("柳河街")
	return a
}

// Config is a configuration on the package's shared database of a dialect.
func Config(t testing.TB, dialect db.Dialect) config.Config {
	t.Helper()
	if !shared.main {
		t.Fatal("add to this package: func TestMain(m *testing.M) { testkit.Main(m) }")
	}
	shared.once[dialect].Do(func() { shared.url[dialect] = migrated(t, dialect) })
	require.NotEmpty(t, shared.url[dialect], "the shared %s database could not be set up", dialect)
	return config.Config{
		Addr: "127.0.0.1:0", Database: shared.url[dialect], Data: filepath.Join(shared.dir, "data"), Secret: Secret,
		PublicURL: "http://street.test", SMS: "console", Log: "error",
	}
}

func logger(t testing.TB) *slog.Logger {
	return slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))
}

// Ctx is the test's context.
func (a *App) Ctx() context.Context { return a.t.Context() }

// SecondNode is another process on the same database.
func (a *App) SecondNode() *app.App {
	a.t.Helper()
	node, err := app.New(a.Config, app.Options{Clock: a.Time, SMS: a.SMS, Volatile: true})
	require.NoError(a.t, err)
	a.t.Cleanup(func() { require.NoError(a.t, node.Close()) })
	return node
}

// Drain carries out every event that is due, as the dispatcher would.
func (a *App) Drain() {
	a.t.Helper()
	require.NoError(a.t, a.Outbox.Drain(a.Ctx()))
}

// Codes is an SMS sender that keeps the last code of each phone.
type Codes struct {
	mu   sync.Mutex
	last map[string]string
	Fail error // returned instead of sending
}

// NewCodes returns an empty sender.
func NewCodes() *Codes { return &Codes{last: map[string]string{}} }

// SendCode implements sms.Sender.
func (c *Codes) SendCode(_ context.Context, phone, code string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.Fail != nil {
		return c.Fail
	}
	c.last[phone] = code
	return nil
}

// Last is the code that a phone (E.164) got.
func (c *Codes) Last(phone string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.last[phone]
}

var phones struct {
	mu   sync.Mutex
	next int
}

// Phone is a mainland mobile number that no other test of the package has, as people write it.
func Phone() string {
	phones.mu.Lock()
	defer phones.mu.Unlock()
	phones.next++
	return fmt.Sprintf("139%08d", phones.next)
}
