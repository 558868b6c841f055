package db

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
)

//go:embed migrations
var migrations embed.FS

// Migrate brings the schema up to date. It is safe to run on every start and on several nodes at once (MySQL: under
// a named lock).
func (d *DB) Migrate(ctx context.Context) error {
	return d.migrating(func(p *goose.Provider) error {
		if _, err := p.Up(ctx); err != nil {
			return fmt.Errorf("migrate: %w", err)
		}
		return nil
	})
}

// Pending tells whether the schema is behind the program.
func (d *DB) Pending(ctx context.Context) (pending bool, err error) {
	err = d.migrating(func(p *goose.Provider) error {
		pending, err = p.HasPending(ctx)
		return err
	})
	return pending, err
}

// migrating lends the migrations a connection: on MySQL one that waits however long a table takes to change.
func (d *DB) migrating(run func(*goose.Provider) error) (err error) {
	pool, err := d.SQL()
	if err != nil {
		return err
	}
	if d.patient != nil {
		pool = sql.OpenDB(d.patient)
		defer func() { err = errors.Join(err, pool.Close()) }()
	}
	provider, err := d.provider(pool)
	if err != nil {
		return err
	}
	return run(provider)
}

func (d *DB) provider(pool *sql.DB) (*goose.Provider, error) {
	dialect := goose.DialectSQLite3
	if d.Dialect == MySQL {
		dialect = goose.DialectMySQL
	}
	dir, err := fs.Sub(migrations, "migrations/"+string(d.Dialect))
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(dialect, pool, dir)
}
