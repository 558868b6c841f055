package db

import (
	"context"
	"database/sql"
	"time"
)

// pool waits for the database only so long: until a connection comes free, and until it begins to answer. An answer that
// has begun may take its time; that its connection falls silent is seen by the driver. Who has a deadline, as a transaction
// has, keeps the earlier of the two.
type pool struct {
	*sql.DB
	within time.Duration
}

// GetDBConn implements gorm's GetDBConnector.
func (p pool) GetDBConn() (*sql.DB, error) { return p.DB, nil }

// QueryContext implements gorm's ConnPool. Error: context.DeadlineExceeded when nothing came in time.
func (p pool) QueryContext(ctx context.Context, query string, args ...any) (rows *sql.Rows, err error) {
	err = p.wait(ctx, func(ctx context.Context) error {
		rows, err = p.DB.QueryContext(ctx, query, args...)
		return err
	})
	return rows, err
}

// BeginTx implements gorm's TxBeginner. Error: context.DeadlineExceeded when it has not begun in time.
func (p pool) BeginTx(ctx context.Context, opt *sql.TxOptions) (tx *sql.Tx, err error) {
	err = p.wait(ctx, func(ctx context.Context) error {
		tx, err = p.DB.BeginTx(ctx, opt)
		return err
	})
	return tx, err
}

// wait gives up what has not begun in time. What has begun ends with ctx as ever: rows and transactions keep the context
// that they were begun with.
func (p pool) wait(ctx context.Context, begin func(ctx context.Context) error) error {
	ctx, giveUp := context.WithCancel(ctx)
	timer := time.AfterFunc(p.within, giveUp)
	err := begin(ctx)
	if !timer.Stop() { // given up, also when the answer has just come
		return context.DeadlineExceeded
	}
	return err
}
