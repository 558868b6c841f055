package services

import (
	"context"
	"database/sql"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onestreet/server/testkit/errand"
	"onestreet/server/testkit/together"
)

// testRun is called a test run that has started a server.
const testRun = "test run"

func TestMain(m *testing.M) {
	errand.For(testRun, startRedisAndWait)
	Main(m)
}

// startRedisAndWait is what the process does: it says where the server listens.
func startRedisAndWait(struct{}) error {
	service, err := StartRedis(context.Background())
	if err != nil {
		return err
	}
	_, _ = os.Stdout.WriteString(service.Addr + "\n")
	select {}
}

func TestADatabaseIsAsInProduction(t *testing.T) {
	db := connect(t, NewDatabase(t))
	var charset, collation, isolation, zone string
	require.NoError(t, db.QueryRow("SELECT @@character_set_database, @@collation_database, @@tx_isolation, @@time_zone").
		Scan(&charset, &collation, &isolation, &zone))
	require.Equal(t, []string{"utf8mb4", "utf8mb4_unicode_ci", "READ-COMMITTED", "+00:00"},
		[]string{charset, collation, isolation, zone})

	_, err := db.Exec("CREATE TABLE stores (name VARCHAR(40), at DATETIME(6))")
	require.NoError(t, err)
	at := time.Date(2026, 7, 3, 18, 18, 0, 123456000, time.UTC)
	_, err = db.Exec("INSERT INTO stores VALUES (?, ?)", "林家面馆🍜", at)
	require.NoError(t, err)
	var name string
	var read time.Time
	require.NoError(t, db.QueryRow("SELECT name, at FROM stores").Scan(&name, &read))
	require.Equal(t, "林家面馆🍜", name)
	require.Equal(t, at, read)
}

func TestEachTestHasADatabaseOfItsOwnAndItIsDropped(t *testing.T) {
	var first, second string
	t.Run("two databases", func(t *testing.T) {
		first, second = NewDatabase(t), NewDatabase(t)
		require.NotEqual(t, first, second)
		require.Equal(t, 2, countDatabases(t, first, second))
	})
	require.Zero(t, countDatabases(t, first, second))
}

func TestManyDatabasesAtOnce(t *testing.T) {
	var wait together.Group
	for range 20 {
		wait.Go(func() { NewDatabase(t) })
	}
	wait.Wait()
	require.False(t, t.Failed())
}

func TestRedisAnswers(t *testing.T) {
	require.NoError(t, pingRedis(t.Context(), Redis(t)))
}

func TestStopKillsTheServerAndRemovesItsData(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	service, err := StartRedis(t.Context())
	require.NoError(t, err)
	require.Len(t, leftBehind(t), 1)
	service.Stop()
	service.Stop()
	require.Error(t, pingRedis(t.Context(), service.Addr))
	require.Empty(t, leftBehind(t))
}

func TestAServerGoesAwayWithAProcessThatIsKilled(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	run := errand.Send(t, testRun, struct{}{})
	addr := run.Line()
	require.NoError(t, pingRedis(t.Context(), addr))

	run.Kill()
	require.Eventually(t, func() bool {
		return pingRedis(t.Context(), addr) != nil && len(leftBehind(t)) == 0
	}, 10*time.Second, 10*time.Millisecond)
}

func TestAMissingServerNamesItsPackage(t *testing.T) {
	_, err := find("no-such-server", "mariadb-server")
	require.ErrorContains(t, err, "install Debian's package mariadb-server")
}

func TestAServerThatEndsWhileStartingSaysWhy(t *testing.T) {
	dir := t.TempDir()
	service, err := launch(dir, []string{"sh", "-c", "echo the disk is full; exit 1"})
	require.NoError(t, err)
	err = service.await(t.Context(), "MariaDB", func(context.Context) error { return net.ErrClosed })
	require.ErrorContains(t, err, "MariaDB ended while starting")
	require.ErrorContains(t, err, "the disk is full")
	require.NoDirExists(t, dir)
}

func TestTheLogKeepsItsEnd(t *testing.T) {
	log := &tail{}
	_, _ = log.Write([]byte(strings.Repeat("old ", logTailBytes)))
	_, _ = log.Write([]byte("the last word\n"))
	require.LessOrEqual(t, len(log.String()), logTailBytes)
	require.True(t, strings.HasSuffix(log.String(), "the last word"))
}

func connect(t *testing.T, dsn string) *sql.DB {
	t.Helper()
	db := open(t, dsn)
	require.NoError(t, db.PingContext(t.Context()))
	return db
}

func countDatabases(t *testing.T, dsns ...string) int {
	t.Helper()
	found := 0
	server := connect(t, MariaDB(t))
	for _, dsn := range dsns {
		_, rest, _ := strings.Cut(dsn, ")/")
		name, _, _ := strings.Cut(rest, "?")
		var n int
		require.NoError(t, server.QueryRow("SELECT COUNT(*) FROM information_schema.schemata WHERE schema_name = ?", name).Scan(&n))
		found += n
	}
	return found
}

func leftBehind(t *testing.T) []string {
	t.Helper()
	dirs, err := filepath.Glob(filepath.Join(os.TempDir(), "onestreet-*"))
	require.NoError(t, err)
	return dirs
}
