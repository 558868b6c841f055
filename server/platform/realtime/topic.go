package realtime

import (
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// topic is a stream that somebody here follows. It puts items in order: what comes twice is dropped, what comes early
// waits, what does not come is asked for.
type topic struct {
	key       Key
	followers int // guarded by the hub's mu
	parts     []*part
	history   history

	mu        sync.Mutex
	last      int64 // seq of the last item handed to the shards; -1 until the first follower has read the head
	known     int64 // the highest seq known to exist
	early     map[int64]Message
	repairing bool
}

func newTopic(k Key, shards int, within time.Duration) *topic {
	t := &topic{key: k, last: -1, early: map[int64]Message{}, parts: make([]*part, shards)}
	for i := range t.parts {
		t.parts[i] = &part{within: within, subs: map[*Client]*sub{}}
	}
	return t
}

// maxEarly bounds what waits for its turn; more of it is in the database.
const maxEarly = 1000

// accept takes an item from the broker or the database and hands on what is due, in order. It tells whether a hole is
// left that has to be read from the database.
func (t *topic) accept(m Message, emit func(Message)) (hole bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.known = max(t.known, m.Seq)
	if m.Seq <= t.last && t.last >= 0 {
		return false
	}
	if len(t.early) < maxEarly || m.Seq == t.last+1 {
		t.early[m.Seq] = m
	}
	return t.release(emit)
}

// start tells the topic a head that was read from the database: everything up to it is there, so following begins
// after it. Later calls only raise what is known to exist.
func (t *topic) start(head int64, emit func(Message)) (hole bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.known = max(t.known, head)
	if t.last < 0 {
		t.last = head
		for seq := range t.early {
			if seq <= head {
				delete(t.early, seq)
			}
		}
	}
	return t.release(emit)
}

// release hands on what is next, as long as it is there.
func (t *topic) release(emit func(Message)) (hole bool) {
	if t.last < 0 {
		return false
	}
	for {
		m, ok := t.early[t.last+1]
		if !ok {
			return t.last < t.known
		}
		delete(t.early, m.Seq)
		t.last = m.Seq
		emit(m)
	}
}

// note raises what is known to exist; it tells whether something is missing.
func (t *topic) note(head int64) (hole bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.known = max(t.known, head)
	return t.last >= 0 && t.last < t.known
}

// missing is the seq after which items are missing, if any are.
func (t *topic) missing() (since int64, hole bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.last, t.last >= 0 && t.last < t.known
}

// beginRepair tells whether the caller is the one to repair.
func (t *topic) beginRepair() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.repairing {
		return false
	}
	t.repairing = true
	return true
}

func (t *topic) endRepair() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.repairing = false
}

// maxJoined is from how many bytes on what waits to be joined leaves at once.
const maxJoined = 16 << 10

// part is the followers of one topic whose connections belong to one shard. A lone message leaves at once; in a burst,
// what comes soon after the last write is one write to each follower, from bytes that were joined once.
type part struct {
	within time.Duration // Options.JoinWithin

	mu    sync.Mutex
	subs  map[*Client]*sub
	wrote time.Time  // when something last left
	burst []delivery // what waits to leave together; a timer runs while there is any
	bytes int        // of burst
}

// sub is one connection's following of one stream.
type sub struct {
	last     int64 // seq of the last item that went to the connection
	catching bool  // missed items are still on their way: what comes meanwhile is held back
	held     []delivery
	lost     bool        // more came meanwhile than is held
	over     atomic.Bool // the following has ended
}

// delivery is one encoded message on its way to the followers of a part.
type delivery struct {
	to    *part
	seq   int64 // 0: a signal
	frame []byte
}

func (p *part) add(c *Client) *sub {
	p.mu.Lock()
	defer p.mu.Unlock()
	s := &sub{catching: true}
	p.subs[c] = s
	return s
}

// remove ends a following: when it returns, nothing of it is on its way to the connection's outlet any more.
func (p *part) remove(c *Client, s *sub) {
	p.mu.Lock()
	defer p.mu.Unlock()
	s.over.Store(true)
	if p.subs[c] == s {
		delete(p.subs, c)
	}
}

// deliver hands a message to every follower of the part, or lets it wait for company. Nothing in here waits.
func (p *part) deliver(d delivery) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	gone := now.Sub(p.wrote)
	if len(p.burst) == 0 && gone >= p.within {
		p.wrote = now
		for c, s := range p.subs {
			s.take(c, d)
		}
		return
	}
	if len(p.burst) == 0 {
		time.AfterFunc(p.within-gone, p.flush)
	}
	p.burst = append(p.burst, d)
	if p.bytes += len(d.frame); p.bytes >= maxJoined {
		p.leave(now)
	}
}

// flush is the timer's.
func (p *part) flush() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.leave(time.Now())
}

// leave hands the burst to the followers: as one piece to those who need all of it, one by one to the others. The caller
// holds p.mu.
func (p *part) leave(now time.Time) {
	burst := p.burst
	p.burst, p.bytes = nil, 0
	if len(burst) == 0 {
		return
	}
	p.wrote = now
	whole := joined(burst)
	for c, s := range p.subs {
		if s.takeWhole(c, whole) {
			continue
		}
		for _, d := range burst {
			s.take(c, d)
		}
	}
}

// bundle is several deliveries in one.
type bundle struct {
	first, last int64 // seqs of its items; 0 when all are signals
	frames      []byte
}

func joined(burst []delivery) bundle {
	frames := make([][]byte, len(burst))
	var b bundle
	for i, d := range burst {
		frames[i] = d.frame
		if d.seq != 0 && b.first == 0 {
			b.first = d.seq
		}
		b.last = max(b.last, d.seq)
	}
	b.frames = slices.Concat(frames...)
	return b
}

// takeWhole sends a bundle to a connection that is up to date and has nothing of it yet; it tells whether it did.
func (s *sub) takeWhole(c *Client, b bundle) bool {
	if s.catching || b.first != 0 && b.first <= s.last {
		return false
	}
	s.last = max(s.last, b.last)
	c.out.send(b.frames)
	return true
}

func (s *sub) take(c *Client, d delivery) {
	switch {
	case d.seq == 0:
		if !s.catching {
			c.out.send(d.frame)
		}
	case d.seq <= s.last:
	case !s.catching:
		s.last = d.seq
		c.out.send(d.frame)
	case len(s.held) < MaxBehind:
		s.held = append(s.held, d)
	default:
		s.lost = true
	}
}

// goLive ends the catching up when nothing is held any more; otherwise it returns what is, to be sent first. live tells
// whether new items now go straight to the connection, lost whether too many came meanwhile, gone whether the following
// has ended.
func (p *part) goLive(c *Client, s *sub, sent int64) (held []delivery, state catchState) {
	p.mu.Lock()
	defer p.mu.Unlock()
	s.last = max(s.last, sent)
	switch {
	case p.subs[c] != s:
		return nil, catchGone
	case s.lost:
		return nil, catchLost
	case len(s.held) == 0:
		s.catching = false
		return nil, catchLive
	}
	held, s.held = s.held, nil
	return held, catchOn
}

type catchState int

const (
	catchOn   catchState = iota // send what was held, then ask again
	catchLive                   // new items go straight to the connection
	catchLost                   // too many came meanwhile: reset
	catchGone                   // the following has ended
)

func (t *topic) head() int64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.known
}
