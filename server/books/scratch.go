package books

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"onestreet/server/platform/db"
)

// lineColumn says in the scratch database which line a row came from.
const lineColumn = "line"

// Of these there are no lines: what the checks need of them stands in the header.
const (
	headTable   = "ledger_heads"
	streetTable = "alliances"
)

// scratch is an empty SQLite database in a folder, with the tables of an export as the server has them but without their
// keys and triggers: whatever a file says can be held in it, and it is the checks that find fault.
func scratch(ctx context.Context, dir string) (*db.DB, error) {
	d, err := db.Open("sqlite:"+filepath.Join(dir, "books.db"), db.Options{Volatile: true})
	if err != nil {
		return nil, err
	}
	if err := loosen(ctx, d); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

func loosen(ctx context.Context, d *db.DB) error {
	if err := d.Migrate(ctx); err != nil {
		return err
	}
	pool, err := d.SQL()
	if err != nil {
		return err
	}
	if _, err := pool.ExecContext(ctx, "PRAGMA foreign_keys = 0"); err != nil {
		return err
	}
	for _, table := range append(tables(), headTable, streetTable) {
		if err := loose(ctx, pool, table); err != nil {
			return fmt.Errorf("%s: %w", table, err)
		}
	}
	return nil
}

// loose puts a table of bare columns in the place of one.
func loose(ctx context.Context, pool *sql.DB, table string) error {
	columns, err := declared(ctx, pool, table)
	if err != nil {
		return err
	}
	for _, statement := range []string{
		"DROP TABLE " + table,
		"CREATE TABLE " + table + " (" + strings.Join(append(columns, lineColumn+" INTEGER"), ", ") + ")",
	} {
		if _, err := pool.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}

// declared are a table's columns with their types.
func declared(ctx context.Context, pool *sql.DB, table string) (columns []string, err error) {
	rows, err := pool.QueryContext(ctx, "SELECT name || ' ' || type FROM pragma_table_info(?)", table)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var column string
		if err := rows.Scan(&column); err != nil {
			return nil, err
		}
		columns = append(columns, column)
	}
	return columns, rows.Err()
}

// indexed makes what the checks look rows up by, once the rows are in.
func indexed(ctx context.Context, tx *sql.Tx) error {
	for _, rec := range records {
		for i, columns := range rec.index {
			if _, err := tx.ExecContext(ctx, fmt.Sprintf("CREATE INDEX books_%s_%d ON %s (%s)", rec.name, i, rec.table, columns)); err != nil {
				return err
			}
		}
	}
	return nil
}
