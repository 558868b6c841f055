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

// OwnDatabase is the address of a migrated database that belongs to one test, which may spoil it.
func OwnDatabase(t testing.TB, dialect db.Dialect) (url string) {
	t.Helper()
	if dialect == db.MySQL {
		return filledMySQL(t, services.NewDatabase(t))
	}
	return filledSQLite(t, filepath.Join(t.TempDir(), "own.db"))
}

// migrated is a database for all tests of a package.
func migrated(t testing.TB, dialect db.Dialect) (url string) {
	t.Helper()
	if dialect == db.MySQL {
		return filledMySQL(t, services.LastingDatabase(t))
	}
	return filledSQLite(t, filepath.Join(shared.dir, "street.db"))
}

func filledSQLite(t testing.TB, path string) (url string) {
	t.Helper()
	content, err := blankSQLite()
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path, content, 0o600))
	return "sqlite:" + path
}

func filledMySQL(t testing.TB, dsn string) (url string) {
	t.Helper()
	script, err := blankMySQL(t)
	require.NoError(t, err)
	require.NoError(t, services.Load(dsn, script))
	return "mysql:" + dsn
}

// A blank is a migrated database without rows, made once for all packages of a run: the migrations take seconds, the more
// so under the race detector, and they have tests of their own.
var blankSQLite = sync.OnceValues(func() ([]byte, error) { return services.Once("blank.db", makeBlankSQLite) })

func makeBlankSQLite() ([]byte, error) {
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
}

var blankOfMySQL struct {
	once   sync.Once
	script []byte
	err    error
}

func blankMySQL(t testing.TB) ([]byte, error) {
	b := &blankOfMySQL
	b.once.Do(func() {
		b.script, b.err = services.Once("blank.sql", func() ([]byte, error) {
			dsn := services.NewDatabase(t)
			if err := migrate("mysql:" + dsn); err != nil {
				return nil, err
			}
			return services.Dump(dsn)
		})
	})
	return b.script, b.err
}

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
