package db

import (
	"context"
	"errors"
	"runtime"
	"sync"
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
	apart time.Duration
	run   func(tx *gorm.DB, batch []Q) ([]Answer[R], error)

	mu      sync.Mutex
	waiting []*ticket[Q, R]
	closed  bool
	wake    chan struct{} // holds a token while somebody may wait
	lanes   sync.WaitGroup
}

// Answer is one caller's part of a batch: its value, or why it was refused. A refusal does not undo the others.
type Answer[R any] struct {
	Value R
	Err   error
}

// ticket is one caller's place in the queue. The answer is in it when done is closed: a caller sleeps once, whatever the
// length of the queue.
type ticket[Q, R any] struct {
	ask    Q
	mark   *mark
	answer Answer[R]
	done   chan struct{}
}

// NewBatcher starts a batcher of at most max asks a transaction. run must return one answer an ask, in order. An error of
// run undoes the whole batch, and each is carried out by itself: one that cannot be fails alone.
func NewBatcher[Q, R any](d *DB, max int, run func(tx *gorm.DB, batch []Q) ([]Answer[R], error)) *Batcher[Q, R] {
	b := &Batcher[Q, R]{db: d, max: max, run: run, wake: make(chan struct{}, 1)}
	b.lanes.Go(b.loop)
	return b
}

// Overlap lets a second batch begin while one is under way, where the database has more than one writer: for batches
// that can do most of their work before they come to a row that all of them want. It returns the batcher.
func (b *Batcher[Q, R]) Overlap() *Batcher[Q, R] {
	if b.db.Dialect != SQLite {
		b.lanes.Go(b.loop)
	}
	return b
}

// Apart lets batches begin at least so far apart, for asks that keep coming and whose batches cost a good deal however few
// they hold: fewer of them leave the processor to the others. Who comes alone waits for nothing. It is called before the
// first Do, and returns the batcher.
func (b *Batcher[Q, R]) Apart(least time.Duration) *Batcher[Q, R] {
	b.apart = least
	return b
}

// Do queues an ask and waits for its answer. When ctx ends first the ask may still be carried out. A ctx that is in a
// transaction joins it: the ask is carried out there by itself, for a batch might wait for what that transaction holds.
func (b *Batcher[Q, R]) Do(ctx context.Context, ask Q) (R, error) {
	if tx := current(ctx); tx != nil {
		return b.join(tx.WithContext(ctx), ask)
	}
	t := &ticket[Q, R]{ask: ask, mark: markOf(ctx), done: make(chan struct{})}
	var none R
	if !b.enqueue(t) {
		return none, ErrClosed
	}
	select {
	case <-t.done:
		return t.answer.Value, t.answer.Err
	case <-ctx.Done():
		return none, ctx.Err()
	}
}

// join carries an ask out in the caller's transaction.
func (b *Batcher[Q, R]) join(tx *gorm.DB, ask Q) (value R, err error) {
	answers, err := b.run(tx, []Q{ask})
	if err != nil {
		return value, err
	}
	return answers[0].Value, answers[0].Err
}

// enqueue takes a ticket, which will be answered; false when the batcher is closed.
func (b *Batcher[Q, R]) enqueue(t *ticket[Q, R]) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		return false
	}
	b.waiting = append(b.waiting, t)
	b.nudge()
	return true
}

func (b *Batcher[Q, R]) nudge() {
	select {
	case b.wake <- struct{}{}:
	default:
	}
}

// Close takes no more asks, answers those queued, and returns when the last batch is committed.
func (b *Batcher[Q, R]) Close() {
	b.mu.Lock()
	b.closed = true
	b.nudge()
	b.mu.Unlock()
	b.lanes.Wait()
}

func (b *Batcher[Q, R]) loop() {
	var rested <-chan time.Time // a batch may begin; nil: at any time
	for range b.wake {
		for b.waits() > 0 {
			if rested != nil {
				<-rested
			}
			if b.apart > 0 {
				rested = time.After(b.apart)
			}
			if batch := b.collect(); len(batch) > 0 { // else the other lane has them
				b.commit(batch)
			}
		}
		if b.isOver() {
			b.nudge() // the other lane's turn to see it
			return
		}
	}
}

// isOver tells whether nobody waits and nobody may come.
func (b *Batcher[Q, R]) isOver() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.closed && len(b.waiting) == 0
}

// turns is how often a batch gives its turn away to find company.
const turns = 3

// collect takes all that wait. Many of a crowd are just now on their way to the queue, the answers of the last batch in
// hand: so it lets the others run, again and again while that brings somebody. Nobody there, it costs no time at all.
func (b *Batcher[Q, R]) collect() (batch []*ticket[Q, R]) {
	for before, alone := b.waits(), 0; before > 0 && before < b.max && alone < turns; alone++ {
		runtime.Gosched()
		if now := b.waits(); now > before {
			before, alone = now, 0
		}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	batch, b.waiting = taken(b.waiting, b.max)
	return batch
}

// taken cuts the first off a queue. Of one that nobody waits in nothing is kept: a crowd and its answers would stay.
func taken[T any](queue []T, most int) (first, rest []T) {
	if len(queue) <= most {
		return queue, nil
	}
	return queue[:most], queue[most:]
}

// waits is how many wait.
func (b *Batcher[Q, R]) waits() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.waiting)
}

// commit answers a batch.
func (b *Batcher[Q, R]) commit(batch []*ticket[Q, R]) {
	answers, err := b.carryOut(batch)
	if err != nil && len(batch) > 1 && !IsDown(err) {
		for i := range batch {
			b.commit(batch[i : i+1])
		}
		return
	}
	for i, t := range batch {
		if t.answer.Err = err; err == nil {
			t.answer = answers[i]
		}
		close(t.done)
	}
}

// carryOut runs a batch in a transaction.
func (b *Batcher[Q, R]) carryOut(batch []*ticket[Q, R]) (answers []Answer[R], err error) {
	asks := make([]Q, len(batch))
	for i, t := range batch {
		asks[i] = t.ask
	}
	ctx, cancel := context.WithTimeout(context.Background(), batchPatience)
	defer cancel()
	err = b.db.Tx(ctx, func(tx *gorm.DB) (err error) {
		if answers, err = b.run(tx, asks); err != nil {
			return err
		}
		return setMarks(tx, batch, answers)
	})
	return answers, err
}

// setMarks writes the marks of those whose ask was carried out.
func setMarks[Q, R any](tx *gorm.DB, batch []*ticket[Q, R], answers []Answer[R]) error {
	for i, t := range batch {
		if answers[i].Err != nil {
			continue
		}
		if err := t.mark.set(tx); err != nil {
			return err
		}
	}
	return nil
}
