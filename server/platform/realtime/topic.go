package realtime

import (
	"sync"
	"sync/atomic"
)

// topic is a stream that somebody here follows. It puts items in order: what comes twice is dropped, what comes early
// waits, what does not come is asked for.
type topic struct {
	key       Key
	followers int // guarded by the hub's mu
	parts     []*part

	mu        sync.Mutex
	last      int64 // seq of the last item handed to the shards; -1 until the first follower has read the head
	known     int64 // the highest seq known to exist
	early     map[int64]Message
	repairing bool
}

func newTopic(k Key, shards int) *topic {
	t := &topic{key: k, last: -1, early: map[int64]Message{}, parts: make([]*part, shards)}
	for i := range t.parts {
		t.parts[i] = &part{subs: map[*Client]*sub{}}
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

// part is the followers of one topic whose connections belong to one shard.
type part struct {
	mu   sync.Mutex
	subs map[*Client]*sub
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

// deliver hands a message to every follower of the part. Nothing in here waits.
func (p *part) deliver(d delivery) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for c, s := range p.subs {
		s.take(c, d)
	}
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
