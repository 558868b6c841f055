package realtime

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"onestreet/models"
	"onestreet/server/platform/clock"
	"onestreet/server/platform/db"
)

// MaxBehind is how many missed items a follower is brought; one that missed more takes a fresh snapshot.
const MaxBehind = 1000

const (
	shardQueue = 1024                  // deliveries that wait for a shard before publishers do
	repairWait = 15 * time.Millisecond // lets messages that merely overtook each other arrive
	pingEvery  = 25                    // beats, which are a second apart
	beatEvery  = time.Second
	sweepEvery = 10 * time.Second
	maxStreams = 64               // a connection
	maxHeads   = 500              // read by one query
	typingWait = 2 * time.Second  // between typing signals of one connection
	askWait    = 10 * time.Second // for the database to answer a frame
)

// Options tune a hub; the zero value is the production setting.
type Options struct {
	HelloWithin time.Duration // how long the first frame may take; 5 s
	SilentFor   time.Duration // how long nothing may come from a connection, not even pongs; 60 s
	QueueBytes  int           // most bytes that wait for a slow connection; 256 KB
	JoinWithin  time.Duration // how far apart writes to a stream's followers are at least; what comes meanwhile leaves together; 20 ms
	PerAccount  int           // connections of one account; 20
	PerAddress  int           // connections from one network address; 2,000
	Total       int           // connections of this node; 20,000
	FramesRate  float64       // frames a second that a connection may send on average; 10
	FramesBurst int           // and at once; 100
	Log         *slog.Logger
}

func (o Options) withDefaults() Options {
	fallback(&o.HelloWithin, 5*time.Second)
	fallback(&o.SilentFor, 60*time.Second)
	fallback(&o.QueueBytes, 256<<10)
	fallback(&o.JoinWithin, 20*time.Millisecond)
	fallback(&o.PerAccount, 20)
	fallback(&o.PerAddress, 2000)
	fallback(&o.Total, 20_000)
	fallback(&o.FramesRate, 10)
	fallback(&o.FramesBurst, 100)
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return o
}

func fallback[T comparable](value *T, standard T) {
	var zero T
	if *value == zero {
		*value = standard
	}
}

// Hub is one node's connections and what they follow. Make it with NewHub, register authorizers, then Serve
// connections; Run beats and sweeps; Drain and Close end it.
type Hub struct {
	streams      *Streams
	broker       Broker
	clock        clock.Clock
	opt          Options
	authenticate Authenticator
	authorizers  map[string]Authorizer
	lively       map[string]bool
	crowd        *crowd
	heads        *db.Gather[Key, int64] // of streams: those who come at the same time share a query
	node         models.ID              // of this hub among those that share a broker

	mu       sync.RWMutex
	topics   map[Key]*topic
	clients  map[*Client]struct{}
	accounts map[models.ID]int
	address  map[string]int
	draining bool
	empty    chan struct{} // closed by the last client to go while draining

	shards  []chan delivery
	turn    atomic.Uint64 // deals connections to shards and to the beats of the ping
	beats   atomic.Uint64
	looking atomic.Bool // at everybody again
	ctx     context.Context
	stop    context.CancelFunc
	work    sync.WaitGroup
}

// control is the stream on which hubs talk to each other.
var control = Key{Stream: "control"}

// NewHub returns a hub that is served by its shards at once.
func NewHub(s *Streams, b Broker, c clock.Clock, authenticate Authenticator, opt Options) *Hub {
	ctx, stop := context.WithCancel(context.Background())
	h := &Hub{
		streams: s, broker: b, clock: c, opt: opt.withDefaults(), authenticate: authenticate,
		authorizers: map[string]Authorizer{}, lively: map[string]bool{}, crowd: newCrowd(), node: models.NewID(),
		topics: map[Key]*topic{}, clients: map[*Client]struct{}{}, accounts: map[models.ID]int{}, address: map[string]int{},
		empty: make(chan struct{}), shards: make([]chan delivery, max(2, runtime.GOMAXPROCS(0))), ctx: ctx, stop: stop,
	}
	h.heads = db.NewGather(maxHeads, s.heads)
	for i := range h.shards {
		h.shards[i] = make(chan delivery, shardQueue)
		h.work.Go(func() { h.runShard(h.shards[i]) })
	}
	b.Attach(h.deliver)
	if err := b.Subscribe(ctx, control); err != nil {
		h.opt.Log.Error("broker", "error", err)
	}
	return h
}

// Authorize registers who may follow the streams of a prefix ("feed" for "feed:street"). Call it before Serve.
func (h *Hub) Authorize(prefix string, may Authorizer) { h.authorizers[prefix] = may }

// ShowPresence makes the streams of a prefix tell their followers how many people are there. Call it before Serve.
func (h *Hub) ShowPresence(prefix string) { h.lively[prefix] = true }

func (h *Hub) runShard(queue chan delivery) {
	for {
		select {
		case d := <-queue:
			d.to.deliver(d)
		case <-h.ctx.Done():
			return
		}
	}
}

// deliver takes a message from the broker.
func (h *Hub) deliver(m Message) {
	if m.Key == control {
		h.obey(m)
		return
	}
	h.mu.RLock()
	t := h.topics[m.Key]
	h.mu.RUnlock()
	switch {
	case t == nil: // nobody here follows it
	case m.Seq == 0 && m.Kind == kindPresence:
		h.hearPresence(t, m)
	case m.Seq == 0 && m.Kind == KindErased:
		t.history.forget()
	case m.Seq == 0:
		h.emit(t, m)
	case t.accept(m, func(m Message) { h.emit(t, m) }):
		h.repairSoon(t)
	}
}

// emit encodes a message once and hands it to every shard.
func (h *Hub) emit(t *topic, m Message) {
	frame := encode(m)
	if m.Seq > 0 {
		t.history.add(m.Seq, frame)
	}
	for i, p := range t.parts {
		select {
		case h.shards[i] <- delivery{to: p, seq: m.Seq, frame: frame, shown: m.Kind == kindPresence}:
		case <-h.ctx.Done():
			return
		}
	}
}

// repairSoon reads a hole from the database, unless what is missing arrives in the meantime.
func (h *Hub) repairSoon(t *topic) {
	if !t.beginRepair() {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.ctx.Err() != nil {
		return
	}
	h.work.Go(func() {
		select {
		case <-time.After(repairWait):
		case <-h.ctx.Done():
			return
		}
		h.repairNow(t)
	})
}

func (h *Hub) repairNow(t *topic) {
	err := h.repair(h.ctx, t)
	t.endRepair()
	if err != nil {
		if h.ctx.Err() == nil {
			h.opt.Log.Warn("stream not repaired; the next sweep tries again", "stream", t.key.Stream, "error", err)
		}
	} else if _, hole := t.missing(); hole { // one that opened at the last moment
		h.repairSoon(t)
	}
}

// repair reads what is missing until nothing is.
func (h *Hub) repair(ctx context.Context, t *topic) error {
	for {
		since, hole := t.missing()
		if !hole {
			return nil
		}
		items, err := h.streams.Since(ctx, t.key.Alliance, t.key.Stream, since, MaxBehind)
		if err != nil {
			return err
		}
		if len(items) == 0 {
			return errors.New("items are missing from the database")
		}
		for _, i := range items {
			t.accept(message(t.key, i), func(m Message) { h.emit(t, m) })
		}
	}
}

// Sweep compares the heads of the streams that are followed here with the database and brings what was missed, so that
// even the last item of a stream is not lost when the broker lost it. When it lost something, it may have been a
// revocation too: then everybody is looked at again.
func (h *Hub) Sweep(ctx context.Context) error {
	if h.broker.Gap(ctx) {
		h.lookAgain()
	}
	h.mu.RLock()
	topics := make(map[Key]*topic, len(h.topics))
	keys := make([]Key, 0, len(h.topics))
	for k, t := range h.topics {
		t.history.forget()
		topics[k] = t
		keys = append(keys, k)
	}
	h.mu.RUnlock()
	heads, err := h.streams.heads(ctx, keys)
	if err != nil {
		return err
	}
	var failed []error
	for k, head := range heads {
		t := topics[k]
		if t.note(head) {
			failed = append(failed, h.repair(ctx, t))
		}
	}
	return errors.Join(failed...)
}

// Beat is what happens every second: connections whose token has ended are closed, and a twenty-fifth of all are pinged.
func (h *Hub) Beat() {
	now, slot := h.clock.Now(), h.beats.Add(1)%pingEvery
	for _, c := range h.everyone() {
		if c.expired(now) {
			c.out.shut(CloseExpired)
		} else if c.slot == slot {
			c.out.send(pingFrame)
		}
	}
}

func (h *Hub) everyone() []*Client {
	h.mu.RLock()
	defer h.mu.RUnlock()
	all := make([]*Client, 0, len(h.clients))
	for c := range h.clients {
		all = append(all, c)
	}
	return all
}

// Run beats every second and sweeps every ten until ctx ends.
func (h *Hub) Run(ctx context.Context) {
	beat, sweep := time.NewTicker(beatEvery), time.NewTicker(sweepEvery)
	defer beat.Stop()
	defer sweep.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-beat.C:
			h.Beat()
		case <-sweep.C:
			h.RenewPresence()
			if err := h.Sweep(ctx); err != nil && ctx.Err() == nil {
				h.opt.Log.Warn("sweep", "error", err)
			}
		}
	}
}

// Revoke makes every node look again at what an account's connections may follow: call it (after the commit) when a
// role or a session ended. In this process delivery has stopped when it returns.
func (h *Hub) Revoke(account models.ID) {
	data, _ := json.Marshal(account) // an id always encodes
	h.broker.Publish(Message{Key: control, Kind: "revoke", At: h.clock.Now(), Data: data})
}

func (h *Hub) obey(m Message) {
	var account models.ID
	if m.Kind != "revoke" || json.Unmarshal(m.Data, &account) != nil {
		return
	}
	for _, c := range h.everyone() {
		if c.account() == account {
			c.recheck(h.ctx)
		}
	}
}

// Drain tells every connection that this node goes away (4012) and takes no new ones. It returns when all have gone;
// when ctx ends before, the rest is cut off.
func (h *Hub) Drain(ctx context.Context) {
	h.mu.Lock()
	if !h.draining && len(h.clients) == 0 {
		close(h.empty)
	}
	h.draining = true
	h.mu.Unlock()
	for _, c := range h.everyone() {
		c.out.shut(CloseGoingAway)
	}
	select {
	case <-h.empty:
	case <-ctx.Done():
		for _, c := range h.everyone() {
			c.out.sever()
		}
		<-h.empty
	}
}

// Close drains without waiting and stops the shards.
func (h *Hub) Close() {
	now, cancel := context.WithCancel(context.Background())
	cancel()
	h.Drain(now)
	h.mu.Lock()
	h.stop()
	h.mu.Unlock()
	h.work.Wait()
	h.broker.Unsubscribe(control)
}

// Stats are a node's figures for its metrics.
type Stats struct {
	Connections int // that said hello or still may
	Streams     int // that somebody here follows
}

// Stats counts what the hub holds now.
func (h *Hub) Stats() Stats {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return Stats{Connections: len(h.clients), Streams: len(h.topics)}
}
