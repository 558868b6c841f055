package realtime

import (
	"sync"
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
		t.parts[i] = &part{within: within, behind: map[*sub]struct{}{}}
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

func (t *topic) head() int64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.known
}
