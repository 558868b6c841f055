package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"time"

	gomysql "github.com/go-sql-driver/mysql"
	"gorm.io/driver/mysql"
	"gorm.io/gorm"
)

// dialWithin is how long a server may take to answer a new connection.
const dialWithin = 5 * time.Second

// silence is how long a server may say nothing before it counts as hanging.
const silence = 30 * time.Second

// lockWait is how many seconds a statement waits for a row's lock: less than silence, so that it is told from a server
// that hangs, and is tried again.
const lockWait = "20"

func openMySQL(dsn string, opt Options) (*DB, error) {
	if opt.Within == 0 {
		opt.Within = silence
	}
	connector, err := mysqlConnector(dsn, opt.Within)
	if err != nil {
		return nil, err
	}
	patient, err := mysqlConnector(dsn, 0)
	if err != nil {
		return nil, err
	}
	conns := pool{sql.OpenDB(connector), opt.Within}
	g, err := gorm.Open(mysql.New(mysql.Config{Conn: conns, DefaultStringSize: 191}), gormConfig(opt))
	if err == nil {
		err = settleFirst(g)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", redact(dsn), err), conns.Close())
	}
	limit(g, 32)
	return &DB{Dialect: MySQL, writer: g, reader: g, within: opt.Within, patient: patient}, nil
}

// mysqlConnector adds what the code relies on to a DSN: UTC times, real Unicode, strictness. RowsAffected counts rows
// that changed, not rows that matched: only so can an insert that met its unique key be told from one that went in.
// Parameters are written into the statement by the driver: one round trip instead of two, and no statement stays open; and
// a message may have several statements (FindAll, Late).
// A server that says nothing for longer than within loses the connection; zero waits for ever.
func mysqlConnector(dsn string, within time.Duration) (driver.Connector, error) {
	cfg, err := gomysql.ParseDSN(dsn)
	if err != nil {
		return nil, fmt.Errorf("database: expected mysql:USER:PASSWORD@tcp(HOST:PORT)/NAME: %w", err)
	}
	cfg.ParseTime, cfg.Loc, cfg.ClientFoundRows, cfg.InterpolateParams, cfg.MultiStatements = true, time.UTC, false, true, true
	cfg.Collation = "utf8mb4_unicode_ci"
	if cfg.Timeout == 0 {
		cfg.Timeout = dialWithin
	}
	cfg.ReadTimeout, cfg.WriteTimeout = within, within
	if cfg.Params == nil {
		cfg.Params = map[string]string{}
	}
	cfg.Params["innodb_lock_wait_timeout"] = lockWait
	cfg.Params["time_zone"] = "'+00:00'"
	cfg.Params["sql_mode"] = "'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'"
	inner, err := gomysql.NewConnector(cfg)
	return readCommitted{inner}, err
}

// readCommitted sets the isolation of every new connection: fewer gap locks than MySQL's default; what must hold is held
// by unique keys and conditional updates. It is a statement because MySQL and MariaDB name the variable differently.
type readCommitted struct{ driver.Connector }

// Connect implements driver.Connector.
func (c readCommitted) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	exec, ok := conn.(driver.ExecerContext)
	if !ok {
		return nil, errors.Join(errors.New("mysql driver cannot execute statements"), conn.Close())
	}
	if _, err := exec.ExecContext(ctx, "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED", nil); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return conn, nil
}
