// Package db opens the database and owns transactions. SQLite and MySQL stand behind one DB: SQLite has a writer pool
// of one connection (writers queue in Go instead of failing with "locked") and a pool of readers; MySQL has one pool
// and retries deadlocks. Exported methods of features call Tx once; everything below them takes the tx.
package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"strings"
	"time"

	"github.com/libtnb/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// Dialect names a database.
type Dialect string

// The dialects.
const (
	SQLite Dialect = "sqlite"
	MySQL  Dialect = "mysql"
)

// DB is an open database. Use Tx to write and Read to read outside a transaction.
type DB struct {
	Dialect Dialect
	writer  *gorm.DB
	reader  *gorm.DB

	within  time.Duration    // how long a transaction may take; zero: as long as it likes
	patient driver.Connector // MySQL without time limits, for migrations
}

// Options tune a database; the zero value is the production setting.
type Options struct {
	// Volatile trades durability after a power cut for speed: for seeding and tests only (SQLite).
	Volatile bool
	// Now stamps gorm's automatic times.
	Now func() time.Time
	// Within is how long MySQL may be silent, and how long a transaction there may take, or a read until it is answered, the
	// wait for a connection included; zero is 30 seconds. SQLite has no server that could hang, and its writers queue.
	Within time.Duration
}

// Open opens "sqlite:PATH" or "mysql:DSN" (a go-sql-driver DSN). It does not migrate.
func Open(url string, opt Options) (*DB, error) {
	kind, rest, found := strings.Cut(url, ":")
	switch {
	case found && kind == string(SQLite) && rest != "":
		return openSQLite(rest, opt)
	case found && kind == string(MySQL) && rest != "":
		return openMySQL(rest, opt)
	}
	return nil, fmt.Errorf("database %q: expected sqlite:PATH or mysql:USER:PASSWORD@tcp(HOST:PORT)/NAME", redact(url))
}

func redact(url string) string {
	if at := strings.LastIndex(url, "@"); at > 0 {
		return "…" + url[at:]
	}
	return url
}

// sqlitePragmas: WAL first, then what depends on it. FULL makes an acknowledged commit survive a power cut.
func sqlitePragmas(opt Options) string {
	sync := "FULL"
	if opt.Volatile {
		sync = "OFF"
	}
	return "?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(" + sync + ")" +
		"&_pragma=foreign_keys(1)&_pragma=cache_size(-16000)&_pragma=temp_store(MEMORY)&_time_format=sqlite&_timezone=UTC"
}

func openSQLite(path string, opt Options) (*DB, error) {
	dsn := "file:" + path + sqlitePragmas(opt)
	writer, err := gorm.Open(sqlite.Open(dsn+"&_txlock=immediate"), gormConfig(opt))
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	reader, err := gorm.Open(sqlite.Open(dsn+"&_pragma=query_only(1)"), gormConfig(opt))
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	limit(writer, 1)
	limit(reader, 8)
	return &DB{Dialect: SQLite, writer: writer, reader: reader}, nil
}

func gormConfig(opt Options) *gorm.Config {
	return &gorm.Config{
		SkipDefaultTransaction: true, TranslateError: true, DisableForeignKeyConstraintWhenMigrating: true,
		Logger: logger.Discard, NowFunc: opt.Now,
	}
}

func limit(g *gorm.DB, conns int) {
	pool, err := g.DB()
	if err != nil {
		return
	}
	pool.SetMaxOpenConns(conns)
	pool.SetMaxIdleConns(conns)
	pool.SetConnMaxIdleTime(5 * time.Minute)
}

// Read is the database for reading outside a transaction, or the transaction that ctx is in. Where the database hangs a read
// is given up within Options.Within, with an error that IsDown.
func (d *DB) Read(ctx context.Context) *gorm.DB {
	if tx := current(ctx); tx != nil {
		return tx.WithContext(ctx)
	}
	return d.reader.WithContext(ctx)
}

// SQL is the writing connection pool, for migrations and dumps.
func (d *DB) SQL() (*sql.DB, error) { return d.writer.DB() }

// Ping tells whether the database answers.
func (d *DB) Ping(ctx context.Context) error {
	pool, err := d.reader.DB()
	if err != nil {
		return err
	}
	return pool.PingContext(ctx)
}

// Close closes every connection.
func (d *DB) Close() error {
	for _, g := range []*gorm.DB{d.writer, d.reader} {
		pool, err := g.DB()
		if err != nil {
			return err
		}
		if err := pool.Close(); err != nil {
			return err
		}
	}
	return nil
}
