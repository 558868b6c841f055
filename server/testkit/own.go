package testkit

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"onestreet/server/platform/db"
	"onestreet/server/testkit/services"
)

// OwnDatabase is the address of a migrated database that belongs to one test, which may spoil it. On SQLite it is a copy
// of one that is migrated once in a process: under the race detector the migrations take seconds.
func OwnDatabase(t testing.TB, dialect db.Dialect) (url string) {
	t.Helper()
	if dialect == db.MySQL {
		url = "mysql:" + services.NewDatabase(t)
		require.NoError(t, migrate(url))
		return url
	}
	content, err := blank()
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "own.db")
	require.NoError(t, os.WriteFile(path, content, 0o600))
	return "sqlite:" + path
}

// blank is the file of a migrated SQLite database without rows.
var blank = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "onestreet-blank-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	path := filepath.Join(dir, "blank.db")
	if err := migrate("sqlite:" + path); err != nil {
		return nil, err
	}
	return os.ReadFile(path) // closing has brought the write-ahead log into the file
})

func migrate(url string) error {
	d, err := db.Open(url, db.Options{Volatile: true})
	if err != nil {
		return err
	}
	if err := d.Migrate(context.Background()); err != nil {
		return err
	}
	return d.Close()
}
