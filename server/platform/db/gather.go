package db

import (
	"context"
	"maps"
	"runtime"
	"slices"
	"sync"
)

// Gather answers reads of single rows that come at the same time by one query: while one is under way the next collects,
// so a lone caller never waits for company and a crowd shares a round trip. What a caller gets was read after it asked:
// nothing is kept, so nothing is ever older than if each had read for itself.
type Gather[K comparable, V any] struct {
	max  int
	read func(ctx context.Context, keys []K) (map[K]V, error)

	mu      sync.Mutex
	waiting []*reader[K, V]
	running bool
}

type reader[K comparable, V any] struct {
	key   K
	value V
	found bool
	err   error
	done  chan struct{}
}

// NewGather returns a Gather of at most max keys a query. read returns what is there of the keys; it is not given any
// caller's context, for they share its query, nor a key twice; who asks for the same shares the value, and only reads it.
func NewGather[K comparable, V any](max int, read func(ctx context.Context, keys []K) (map[K]V, error)) *Gather[K, V] {
	return &Gather[K, V]{max: max, read: read}
}

// Get reads one row; found is false when there is none. In a transaction it reads by itself, what that has written.
func (g *Gather[K, V]) Get(ctx context.Context, key K) (value V, found bool, err error) {
	if current(ctx) != nil {
		values, err := g.read(ctx, []K{key})
		value, found = values[key]
		return value, found, err
	}
	r := &reader[K, V]{key: key, done: make(chan struct{})}
	g.mu.Lock()
	g.waiting = append(g.waiting, r)
	first := !g.running
	g.running = true
	g.mu.Unlock()
	if first {
		go g.run()
	}
	select {
	case <-r.done:
		return r.value, r.found, r.err
	case <-ctx.Done():
		return value, false, ctx.Err()
	}
}

// run answers what waits, batch after batch, and ends when nobody does.
func (g *Gather[K, V]) run() {
	for batch := g.next(); len(batch) > 0; batch = g.next() {
		values, err := g.answer(asked(batch))
		for _, r := range batch {
			r.value, r.found = values[r.key]
			r.err = err
			close(r.done)
		}
	}
}

// asked is each key that is asked for, once.
func asked[K comparable, V any](batch []*reader[K, V]) []K {
	keys := make(map[K]struct{}, len(batch))
	for _, r := range batch {
		keys[r.key] = struct{}{}
	}
	return slices.AppendSeq(make([]K, 0, len(keys)), maps.Keys(keys))
}

func (g *Gather[K, V]) answer(keys []K) (map[K]V, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	return g.read(ctx, keys)
}

// next takes all that wait. As with a Batcher, many of a crowd are just now on their way: it lets the others run, again and
// again while that brings somebody.
func (g *Gather[K, V]) next() (batch []*reader[K, V]) {
	for before, alone := 0, 0; alone < turns; alone++ {
		runtime.Gosched()
		if now := g.waits(); now > before && now < g.max {
			before, alone = now, 0
		}
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	batch, g.waiting = taken(g.waiting, g.max)
	g.running = len(batch) > 0
	return batch
}

// waits is how many wait.
func (g *Gather[K, V]) waits() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return len(g.waiting)
}
