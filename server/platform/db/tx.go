package db

import (
	"context"
	"database/sql"
	"errors"
	"math/rand/v2"
	"strings"
	"time"

	gomysql "github.com/go-sql-driver/mysql"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// retries bounds how often a transaction that lost a deadlock (MySQL) or a lock (SQLite) is run again, longestPause how long
// it waits before; once patience is over it is not. In a crowd on a busy machine the same one may lose many times.
const (
	retries      = 24
	longestPause = 256 * time.Millisecond
)

type txKey struct{}

// unit is one running transaction and what waits for its commit.
type unit struct {
	tx    *gorm.DB
	after []func()
}

func current(ctx context.Context) *gorm.DB {
	if u, ok := ctx.Value(txKey{}).(*unit); ok {
		return u.tx
	}
	return nil
}

// Tx runs fn in a transaction and commits when it returns nil. A ctx that is in a transaction already joins it: then
// the outermost Tx commits. What fn handed to AfterCommit runs once, after the commit. fn may run again after a
// deadlock, so it must not change anything but the database. A panic rolls back. Where the database hangs the transaction
// is given up within Options.Within, with an error that IsDown.
func (d *DB) Tx(ctx context.Context, fn func(tx *gorm.DB) error) error {
	if tx := current(ctx); tx != nil {
		return fn(tx.WithContext(ctx))
	}
	ctx, end := d.bounded(ctx)
	defer end()
	patient, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for attempt := 0; ; attempt++ {
		after, err := d.once(ctx, fn)
		if err == nil {
			for _, f := range after {
				f()
			}
			return nil
		}
		if attempt >= retries || patient.Err() != nil || !transient(err) {
			return err
		}
		pause(ctx, attempt)
	}
}

// bounded ends a transaction that takes too long.
func (d *DB) bounded(ctx context.Context) (context.Context, context.CancelFunc) {
	if d.within == 0 {
		return ctx, func() {}
	}
	return context.WithTimeout(ctx, d.within)
}

func (d *DB) once(ctx context.Context, fn func(tx *gorm.DB) error) ([]func(), error) {
	u := &unit{}
	err := d.writer.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		u.tx = tx
		tx = tx.WithContext(context.WithValue(ctx, txKey{}, u))
		if err := fn(tx); err != nil {
			return err
		}
		return markOf(ctx).set(tx)
	})
	return u.after, err
}

// Snapshot reads several things as they were at one moment. SQLite's readers see one state a transaction anyway.
func (d *DB) Snapshot(ctx context.Context, read func(r *gorm.DB) error) error {
	var opt sql.TxOptions
	if d.Dialect == MySQL {
		opt.Isolation = sql.LevelRepeatableRead
	}
	return d.Read(ctx).Transaction(read, &opt)
}

func pause(ctx context.Context, attempt int) {
	wait := time.Duration(rand.Int64N(int64(min(4*time.Millisecond<<attempt, longestPause))))
	select {
	case <-time.After(wait):
	case <-ctx.Done():
	}
}

// AfterCommit keeps f until the transaction of tx has committed; it is dropped by a rollback. f must not fail the
// request: the row is committed already.
func AfterCommit(tx *gorm.DB, f func()) {
	if u, ok := tx.Statement.Context.Value(txKey{}).(*unit); ok {
		u.after = append(u.after, f)
		return
	}
	f()
}

// Part runs fn as a part of a transaction that may fail alone: its error undoes what fn did and nothing else, and what fn
// handed to AfterCommit is dropped. An error that IsTransient has undone the whole transaction: hand it on.
func Part(tx *gorm.DB, fn func(tx *gorm.DB) error) error {
	u, ok := tx.Statement.Context.Value(txKey{}).(*unit)
	if !ok {
		return errors.New("part of no transaction")
	}
	before := len(u.after)
	err := tx.Transaction(func(tx *gorm.DB) error {
		err := fn(tx)
		if err == nil {
			return settle(tx)
		}
		forget(tx)
		return err
	})
	if err != nil {
		u.after = u.after[:before]
	}
	return err
}

// Lock asks for the rows' locks until the transaction ends: SELECT … FOR UPDATE on MySQL. SQLite's one writer needs none.
func Lock(tx *gorm.DB) *gorm.DB {
	if tx.Name() == "sqlite" {
		return tx
	}
	return tx.Clauses(clause.Locking{Strength: "UPDATE"})
}

// OnConflictSkip makes an insert do nothing when a unique key is taken; RowsAffected tells which it was.
func OnConflictSkip(tx *gorm.DB) *gorm.DB { return tx.Clauses(clause.OnConflict{DoNothing: true}) }

// IsDuplicate tells whether err is a broken unique key.
func IsDuplicate(err error) bool {
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		return true
	}
	var my *gomysql.MySQLError
	if errors.As(err, &my) {
		return my.Number == 1062
	}
	return err != nil && strings.Contains(err.Error(), "UNIQUE constraint failed")
}

// IsNotFound tells whether err says that there is no such row.
func IsNotFound(err error) bool { return errors.Is(err, gorm.ErrRecordNotFound) }

// transient tells whether an error goes away when the transaction is run again: deadlock, lock wait, SQLite busy.
func transient(err error) bool {
	var my *gomysql.MySQLError
	if errors.As(err, &my) {
		return my.Number == 1213 || my.Number == 1205 || my.Number == 1020
	}
	text := err.Error()
	return strings.Contains(text, "database is locked") || strings.Contains(text, "SQLITE_BUSY")
}
