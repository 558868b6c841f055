package realtime

import (
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// maxJoined is from how many bytes on what waits to be joined leaves at once.
const maxJoined = 16 << 10

// part is the followers of one topic whose connections belong to one shard. A lone message leaves at once; in a burst,
// what comes soon after the last write is one write to each follower, from bytes that were joined once.
//
// Who is up to date sits in a row, in the order they came: what a delivery costs beside its write is waiting for memory,
// and a row is read ahead by the processor, a map of thousands is not.
type part struct {
	within time.Duration // Options.JoinWithin

	mu     sync.Mutex
	row    []seat            // who gets what is new at once
	behind map[*sub]struct{} // who is still being brought what was missed
	wrote  time.Time         // when something last left
	burst  []delivery        // what waits to leave together; a timer runs while there is any
	bytes  int               // of burst
}

// seat is one up-to-date follower's place in the row: all that a delivery has to know.
type seat struct {
	last int64 // seq of the last item that went to the connection
	out  *outlet
	sub  *sub
}

// sub is one connection's following of one stream.
type sub struct {
	out  *outlet
	seat int         // its place in the row; -1: not there
	held []delivery  // what came while missed items are still on their way
	lost bool        // more came meanwhile than is held
	over atomic.Bool // the following has ended
}

// delivery is one encoded message on its way to the followers of a part.
type delivery struct {
	to    *part
	seq   int64 // 0: a signal
	frame []byte
	shown bool // a signal that whoever becomes up to date is told anyway: who is here
}

// add begins a following, with what was missed still to be brought.
func (p *part) add(out *outlet) *sub {
	p.mu.Lock()
	defer p.mu.Unlock()
	s := &sub{out: out, seat: -1}
	p.behind[s] = struct{}{}
	return s
}

// remove ends a following: when it returns, nothing of it is on its way to the connection's outlet any more.
func (p *part) remove(s *sub) {
	p.mu.Lock()
	defer p.mu.Unlock()
	s.over.Store(true)
	delete(p.behind, s)
	if s.seat < 0 {
		return
	}
	last := len(p.row) - 1
	p.row[s.seat] = p.row[last] // who sat at the end takes the place
	p.row[s.seat].sub.seat = s.seat
	p.row[last] = seat{}
	p.row, s.seat = p.row[:last], -1
}

// deliver hands a message to every follower of the part, or lets it wait for company. Nothing in here waits.
func (p *part) deliver(d delivery) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	gone := now.Sub(p.wrote)
	if len(p.burst) == 0 && gone >= p.within {
		p.wrote = now
		p.hand(d)
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

// hand gives one message to everybody. The caller holds p.mu.
func (p *part) hand(d delivery) {
	for i := range p.row {
		p.row[i].take(d)
	}
	for s := range p.behind {
		s.hold(d)
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
	for i := range p.row {
		if p.row[i].takeWhole(whole) {
			continue
		}
		for _, d := range burst {
			p.row[i].take(d)
		}
	}
	for s := range p.behind {
		for _, d := range burst {
			s.hold(d)
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

// takeWhole sends a bundle to a connection that has nothing of it yet; it tells whether it did.
func (s *seat) takeWhole(b bundle) bool {
	if b.first != 0 && b.first <= s.last {
		return false
	}
	s.last = max(s.last, b.last)
	s.out.send(b.frames)
	return true
}

// take sends a message, unless the connection was brought it with what it had missed.
func (s *seat) take(d delivery) {
	if d.seq != 0 {
		if d.seq <= s.last {
			return
		}
		s.last = d.seq
	}
	s.out.send(d.frame)
}

// hold keeps what is new until what is before it has left. A signal too: who has heard that they follow hears whatever
// comes after that. More than a follower may be behind is lost, of signals without a word.
func (s *sub) hold(d delivery) {
	switch {
	case d.shown, d.seq == 0 && len(s.held) == MaxBehind:
	case len(s.held) < MaxBehind:
		s.held = append(s.held, d)
	default:
		s.lost = true
	}
}

// goLive gives a follower its seat when nothing is held for it any more; otherwise it returns what is, to be sent first.
// sent is the seq of the last item that was.
func (p *part) goLive(s *sub, sent int64) (held []delivery, state catchState) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case s.over.Load():
		return nil, catchGone
	case s.lost:
		return nil, catchLost
	case len(s.held) == 0:
		delete(p.behind, s)
		s.seat = len(p.row)
		p.row = append(p.row, seat{sent, s.out, s})
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
