package realtime

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
)

// owedWait is when Redis is given again what it did not take.
const owedWait = time.Second

// listening is to the channels of Redis that a node hears. Whoever wants one says so here and waits for Redis to confirm; one
// goroutine asks Redis, for all who wait. So a Redis that hangs holds nobody up for longer than a moment, and those who
// come after that not at all.
type listening struct {
	sub *redis.PubSub
	log *slog.Logger

	mu     sync.Mutex
	named  map[string]*ear
	asks   map[string]bool // what Redis has to be told: to send a channel, or to stop
	asked  chan struct{}
	deaf   bool // Redis did not answer, and has not since
	broken bool // the connection to it was a new one since gap was asked
}

// ear is one channel.
type ear struct {
	wanted    int           // by so many
	heard     chan struct{} // closed when nobody has to wait any more
	confirmed bool          // by Redis
}

func newListening(sub *redis.PubSub, log *slog.Logger) *listening {
	return &listening{sub: sub, log: log, named: map[string]*ear{}, asks: map[string]bool{}, asked: make(chan struct{}, 1)}
}

// open wants a channel and returns when Redis sends it; while Redis is away, after a moment.
func (e *listening) open(ctx context.Context, name string) {
	one, wait := e.want(name)
	if !wait {
		return
	}
	patience := time.NewTimer(redisWait)
	defer patience.Stop()
	select {
	case <-one.heard:
	case <-ctx.Done():
	case <-patience.C:
		e.giveUp(context.DeadlineExceeded)
	}
}

func (e *listening) want(name string) (one *ear, wait bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	one = e.named[name]
	if one == nil {
		one = &ear{heard: make(chan struct{})}
		e.named[name] = one
		e.tell(name, true)
	}
	one.wanted++
	return one, !one.confirmed && !e.deaf
}

// shut wants a channel once less.
func (e *listening) shut(name string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	one := e.named[name]
	if one == nil {
		return
	}
	if one.wanted--; one.wanted == 0 {
		delete(e.named, name)
		e.tell(name, false)
	}
}

// tell leaves word for Redis; the last word about a channel counts. The caller holds mu.
func (e *listening) tell(name string, send bool) {
	e.asks[name] = send
	wake(e.asked)
}

func wake(sleeper chan struct{}) {
	select {
	case sleeper <- struct{}{}:
	default: // it is about to look anyway
	}
}

// ask tells Redis what there is to be told, until ctx ends. What fails is not lost: the client asks for all its channels
// when it has a connection again.
func (e *listening) ask(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-e.asked:
		}
		on, off := e.take()
		if err := e.askFor(ctx, on, off); err != nil && ctx.Err() == nil {
			e.log.Warn("redis does not answer", "error", err)
			e.giveUp(err)
		}
	}
}

func (e *listening) take() (on, off []string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for name, send := range e.asks {
		if send {
			on = append(on, name)
		} else {
			off = append(off, name)
		}
	}
	clear(e.asks)
	return on, off
}

func (e *listening) askFor(ctx context.Context, on, off []string) (err error) {
	ctx, cancel := context.WithTimeout(ctx, redisWait)
	defer cancel()
	if len(off) > 0 {
		err = e.sub.Unsubscribe(ctx, off...)
	}
	if len(on) > 0 {
		err = e.sub.Subscribe(ctx, on...)
	}
	return err
}

// giveUp lets everybody go who waits for Redis, and whoever comes until it answers again.
func (e *listening) giveUp(why error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.deaf {
		return
	}
	e.deaf = true
	e.log.Warn("redis is away; the database is read instead", "error", why)
	for _, one := range e.named {
		one.release()
	}
}

func (one *ear) release() {
	select {
	case <-one.heard:
	default:
		close(one.heard)
	}
}

// confirm is Redis's word that it sends a channel. Said again, the connection is another one, and what was sent between
// the two was lost.
func (e *listening) confirm(name string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.broken = e.broken || e.deaf
	e.deaf = false
	if one := e.named[name]; one != nil {
		e.broken = e.broken || one.confirmed
		one.confirmed = true
		one.release()
	}
}

// gap tells whether something may have been missed since it was last asked.
func (e *listening) gap() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	gap := e.broken || e.deaf
	e.broken = false
	return gap
}

// owed is what other nodes must be told and would not find in the database: it is kept until Redis has taken it.
type owed struct {
	due chan struct{}

	mu  sync.Mutex
	all []Message
}

func (o *owed) add(m Message) {
	o.put(m)
	wake(o.due)
}

// keep is add for what was tried: it is due in a moment.
func (o *owed) keep(m Message) {
	o.put(m)
	time.AfterFunc(owedWait, func() { wake(o.due) })
}

func (o *owed) put(m Message) {
	o.mu.Lock()
	defer o.mu.Unlock()
	same := func(other Message) bool { return other.Kind == m.Kind && string(other.Data) == string(m.Data) }
	if !slices.ContainsFunc(o.all, same) {
		o.all = append(o.all, m)
	}
}

func (o *owed) take() []Message {
	o.mu.Lock()
	defer o.mu.Unlock()
	all := o.all
	o.all = nil
	return all
}
