package db

import (
	"context"
	"sync/atomic"

	"gorm.io/gorm"
)

type markKey struct{}

// mark is what a request writes beside the first thing it does.
type mark struct {
	write func(tx *gorm.DB) error
	spent atomic.Bool
}

// WithMark lets write run at the end of the first transaction under ctx that commits, so that the database holds both or
// neither. One that is undone and run again writes it again; an error of write undoes the transaction. An ask that shares
// a Batcher's commit writes it there. After end nothing writes it any more: what goes on behind a request is not the request.
func WithMark(ctx context.Context, write func(tx *gorm.DB) error) (marked context.Context, end func()) {
	m := &mark{write: write}
	return context.WithValue(ctx, markKey{}, m), func() { m.spent.Store(true) }
}

func markOf(ctx context.Context) *mark {
	m, _ := ctx.Value(markKey{}).(*mark)
	return m
}

// set writes the mark, unless one is committed.
func (m *mark) set(tx *gorm.DB) error {
	if m == nil || m.spent.Load() {
		return nil
	}
	AfterCommit(tx, func() { m.spent.Store(true) })
	return m.write(tx)
}
