package db

import (
	"context"
	"errors"
	"runtime"
	"time"

	"gorm.io/gorm"
)

// ErrClosed is what callers of a closed Batcher get.
var ErrClosed = errors.New("batcher is closed")

// patience is how long a read that many share may take, and for how long what was locked is tried again: a
// database that hangs is said to be away then.
const patience = 10 * time.Second

// batchPatience is how long a batch of writes may take, the wait for SQLite's one writer included: many others may stand
// before it, and one that is given up has done its work for nothing.
const batchPatience = 30 * time.Second

// Batcher commits what has queued up in one transaction (group commit): while one batch is being committed the next
// collects, so a lone caller never waits for company and a crowd shares one commit. Each caller gets its own answer.
type Batcher[Q, R any] struct {
	db    *DB
	max   int
	run   func(tx *gorm.DB, batch []Q) ([]Answer[R], error)
	queue chan *ticket[Q, R]
	stop  chan struct{}
	done  chan struct{}
}

// Answer is one caller's part of a batch: its value, or why it was refused. A refusal does not undo the others.
type Answer[R any] struct {
	Value R
	Err   error
}

type ticket[Q, R any] struct {
	ask    Q
	answer chan Answer[R]
}

// NewBatcher starts a batcher of at most max asks a transaction. run must return one answer an ask, in order; an error
// of run fails the whole batch and rolls it back.
func NewBatcher[Q, R any](d *DB, max int, run func(tx *gorm.DB, batch []Q) ([]Answer[R], error)) *Batcher[Q, R] {
	b := &Batcher[Q, R]{
		db: d, max: max, run: run,
		queue: make(chan *ticket[Q, R], max), stop: make(chan struct{}), done: make(chan struct{}),
	}
	go b.loop()
	return b
}

// Do queues an ask and waits for its answer. When ctx ends first the ask may still be carried out.
func (b *Batcher[Q, R]) Do(ctx context.Context, ask Q) (R, error) {
	t := &ticket[Q, R]{ask: ask, answer: make(chan Answer[R], 1)}
	var none R
	select {
	case b.queue <- t:
	case <-b.stop:
		return none, ErrClosed
	case <-ctx.Done():
		return none, ctx.Err()
	}
	select {
	case a := <-t.answer:
		return a.Value, a.Err
	case <-b.done:
		return b.late(t)
	case <-ctx.Done():
		return none, ctx.Err()
	}
}

// late looks once more after the loop has ended: the answer may have come at the same moment.
func (b *Batcher[Q, R]) late(t *ticket[Q, R]) (R, error) {
	select {
	case a := <-t.answer:
		return a.Value, a.Err
	default:
		var none R
		return none, ErrClosed
	}
}

// Close stops taking asks, answers those queued, and returns when the last batch is committed.
func (b *Batcher[Q, R]) Close() {
	close(b.stop)
	<-b.done
}

func (b *Batcher[Q, R]) loop() {
	defer close(b.done)
	for {
		select {
		case t := <-b.queue:
			b.commit(b.collect(t))
		case <-b.stop:
			for {
				select {
				case t := <-b.queue:
					b.commit(b.collect(t))
				default:
					return
				}
			}
		}
	}
}

// turns is how often a batch gives its turn away to find company.
const turns = 3

// collect takes all that wait. Many of a crowd are just now on their way to the queue, the answers of the last batch in
// hand: so it lets the others run, again and again while that brings somebody. Nobody there, it costs no time at all.
func (b *Batcher[Q, R]) collect(first *ticket[Q, R]) []*ticket[Q, R] {
	batch := []*ticket[Q, R]{first}
	for alone := 0; len(batch) < b.max; {
		select {
		case t := <-b.queue:
			batch, alone = append(batch, t), 0
		default:
			if alone == turns {
				return batch
			}
			alone++
			runtime.Gosched()
		}
	}
	return batch
}

func (b *Batcher[Q, R]) commit(batch []*ticket[Q, R]) {
	asks := make([]Q, len(batch))
	for i, t := range batch {
		asks[i] = t.ask
	}
	var answers []Answer[R]
	ctx, cancel := context.WithTimeout(context.Background(), batchPatience)
	defer cancel()
	err := b.db.Tx(ctx, func(tx *gorm.DB) (err error) {
		answers, err = b.run(tx, asks)
		return err
	})
	for i, t := range batch {
		if err != nil {
			t.answer <- Answer[R]{Err: err}
			continue
		}
		t.answer <- answers[i]
	}
}
