package realtime

import (
	"bytes"
	"context"
	"sync"

	"onestreet/models"
)

// history is the newest items of a topic as frames, for those who come back: when a whole street does so in one moment,
// the database is read once and each item is encoded once. It is only a copy: it begins with what somebody missed, grows
// with what is new, and is forgotten at every sweep and when an item is erased.
type history struct {
	reading sync.Mutex // one at a time asks the database; the others wait and find it here

	mu      sync.Mutex
	since   int64    // the seq before the first frame
	frames  [][]byte // of since+1, since+2, …; nil: nothing is kept
	loading bool
	late    []delivery // what is new while the past is being read
	turn    int        // counts how often everything was forgotten
}

// past reads the items after a seq, oldest first.
type past func(ctx context.Context, since int64) ([]models.StreamItem, error)

// missed returns the frames of since+1 … head, ok is false when the items are not all
// kept any more.
func (y *history) missed(ctx context.Context, since, head int64, k Key, read past) (frames [][]byte, ok bool, err error) {
	if kept, ok := y.kept(since, head); ok {
		return kept, true, nil
	}
	y.reading.Lock()
	defer y.reading.Unlock()
	if kept, ok := y.kept(since, head); ok {
		return kept, true, nil
	}
	from, turn := y.begin(since, head)
	items, err := read(ctx, from)
	frames = make([][]byte, len(items))
	for i, item := range items {
		frames[i] = encode(message(k, item))
	}
	whole := err == nil && from+int64(len(items)) >= head
	y.finish(whole, from, turn, frames)
	if !whole {
		return nil, false, err
	}
	return frames[since-from : head-from], true, nil
}

func (y *history) kept(since, head int64) ([][]byte, bool) {
	y.mu.Lock()
	defer y.mu.Unlock()
	if y.frames == nil || since < y.since || head > y.since+int64(len(y.frames)) {
		return nil, false
	}
	return y.frames[since-y.since : head-y.since], true
}

// begin says from where to read: from where the history begins now, if that is not too far back.
func (y *history) begin(since, head int64) (from int64, turn int) {
	y.mu.Lock()
	defer y.mu.Unlock()
	y.loading = true
	if y.frames != nil && y.since < since && head-y.since <= MaxBehind {
		since = y.since
	}
	return since, y.turn
}

func (y *history) finish(whole bool, from int64, turn int, frames [][]byte) {
	y.mu.Lock()
	defer y.mu.Unlock()
	late := y.late
	y.loading, y.late = false, nil
	if !whole || turn != y.turn {
		return
	}
	y.since, y.frames = from, frames
	for _, d := range late {
		y.append(d.seq, d.frame)
	}
}

// add keeps what is new, if there is a past that it continues. It never waits for the database.
func (y *history) add(seq int64, frame []byte) {
	y.mu.Lock()
	defer y.mu.Unlock()
	if y.loading && len(y.late) < MaxBehind {
		y.late = append(y.late, delivery{seq: seq, frame: frame})
	}
	y.append(seq, frame)
}

func (y *history) append(seq int64, frame []byte) {
	if y.frames == nil || seq != y.since+int64(len(y.frames))+1 {
		return
	}
	y.frames = append(y.frames, frame)
	if drop := len(y.frames) - MaxBehind; drop > 0 {
		y.since, y.frames = y.since+int64(drop), y.frames[drop:]
	}
}

func (y *history) forget() {
	y.mu.Lock()
	defer y.mu.Unlock()
	y.turn++
	y.frames = nil
}

// inPieces joins frames to pieces of up to so many bytes: a write each.
func inPieces(frames [][]byte, bytesEach int) (pieces [][]byte) {
	for len(frames) > 0 {
		size, n := 0, 0
		for n < len(frames) && (n == 0 || size+len(frames[n]) <= bytesEach) {
			size += len(frames[n])
			n++
		}
		pieces = append(pieces, bytes.Join(frames[:n], nil))
		frames = frames[n:]
	}
	return pieces
}
