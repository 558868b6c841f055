package books

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"onestreet/server/platform/db"
)

// lineColumn says in the scratch database which line a row came from.
const lineColumn = "line"

// Of these there are no lines: what the checks need of them stands in the header.
const (
	headTable   = "ledger_heads"
	streetTable = "alliances"
)

// scratch is an empty SQLite database in a folder, with the tables as the server has them but without their
// keys and triggers: whatever a file says can be held in it, and it is the checks that find fault.
func scratch(ctx context.Context, dir string) (*db.DB, error) {
	tables, err := bareTables()
	if err != nil {
		return nil, err
	}
	d, err := db.Open("sqlite:"+filepath.Join(dir, "books.db"), db.Options{Volatile: true})
	if err != nil {
		return nil, err
	}
	if err := create(ctx, d, tables); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

func create(ctx context.Context, d *db.DB, tables []string) error {
	pool, err := d.SQL()
	if err != nil {
		return err
	}
	for _, table := range tables {
		if _, err := pool.ExecContext(ctx, table); err != nil {
			return err
		}
	}
	return nil
}

// bareTables are the statements that make the tables; what columns there are is asked of a migrated database, once.
var bareTables = sync.OnceValues(func() (made []string, err error) {
	ctx := context.Background()
	d, err := db.Open("sqlite::memory:", db.Options{Volatile: true})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	if err := d.Migrate(ctx); err != nil {
		return nil, err
	}
	pool, err := d.SQL()
	if err != nil {
		return nil, err
	}
	names, err := texts(ctx, pool, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
	if err != nil {
		return nil, err
	}
	for _, table := range names {
		columns, err := texts(ctx, pool, "SELECT name || ' ' || type FROM pragma_table_info(?)", table)
		if err != nil {
			return nil, err
		}
		if filled := append(tables(), headTable, streetTable); slices.Contains(filled, table) {
			columns = append(columns, lineColumn+" INTEGER")
		}
		made = append(made, "CREATE TABLE "+table+" ("+strings.Join(columns, ", ")+")")
	}
	return made, nil
})

// texts reads a query of one column.
func texts(ctx context.Context, pool *sql.DB, query string, args ...any) (found []string, err error) {
	rows, err := pool.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return nil, err
		}
		found = append(found, text)
	}
	return found, rows.Err()
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
