package realtime

import (
	"errors"
	"net"
	"sync"
	"time"
)

const (
	closeWait  = 3 * time.Second  // for the other end to answer a close frame
	flushWait  = 5 * time.Second  // for a slow one to take its last bytes, the close frame among them
	stallWait  = 30 * time.Second // for a reader of missed items to take the next ones
	batchBytes = 32 << 10         // what the drain goroutine takes out of the queue at once
)

// outlet is the write side of a connection: the one lock that all its writes pass. A frame goes straight to the socket;
// what the kernel does not take at once waits in a bounded queue, which a goroutine drains while it lasts. An idle
// connection has no goroutine, timer or buffer here.
//
// What a direct write reads stands first, so that it comes from memory together.
type outlet struct {
	mu      sync.Mutex
	drained chan struct{} // closed when nothing waits any more; nil: nothing does
	pipe    pipe
	closing bool // a close frame was sent or queued: nothing follows it
	broken  bool
	bytes   int      // of waiting and of what the drain goroutine has in its hands
	limit   int      // most bytes that wait
	waiting [][]byte // whole frames, in order
	why     Close
	work    sync.WaitGroup
}

func newOutlet(c net.Conn, limit int) *outlet { return &outlet{pipe: newPipe(c), limit: limit} }

// send writes a frame or queues it, and never waits. A queue that is full closes the connection with 4008.
func (o *outlet) send(frame []byte) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.closing || o.broken {
		return
	}
	switch {
	case o.drained == nil:
		o.direct(frame)
	case o.bytes+len(frame) > o.limit:
		o.shutLocked(CloseTooSlow)
	default:
		o.waiting = append(o.waiting, frame)
		o.bytes += len(frame)
	}
}

// sendPaced is send for long runs of frames: it waits while a quarter of the queue is taken, so that catching up never
// overruns the queue. It tells whether the connection is still good.
func (o *outlet) sendPaced(frame []byte) bool {
	if !o.awaitRoom() {
		return false
	}
	o.send(frame)
	return o.open()
}

func (o *outlet) awaitRoom() bool {
	o.mu.Lock()
	room := o.drained
	if o.bytes <= o.limit/4 {
		room = nil
	}
	o.mu.Unlock()
	if room == nil {
		return true
	}
	stalled := time.NewTimer(stallWait)
	defer stalled.Stop()
	select {
	case <-room:
		return true
	case <-stalled.C:
		o.shut(CloseTooSlow)
		return false
	}
}

func (o *outlet) open() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return !o.closing && !o.broken
}

// direct tries the socket; a rest goes to a new drain goroutine.
func (o *outlet) direct(frame []byte) {
	n, err := o.pipe.try(frame)
	if err != nil {
		o.breakLocked()
		return
	}
	if n == len(frame) {
		return
	}
	rest := frame[n:]
	o.bytes = len(rest)
	o.drained = make(chan struct{})
	o.work.Go(func() { o.drain(net.Buffers{rest}) })
}

// drain writes what is in its hands, then what waits, until nothing does.
func (o *outlet) drain(batch net.Buffers) {
	for len(batch) > 0 {
		n, err := batch.WriteTo(o.pipe.Conn)
		batch = o.written(int(n), err)
	}
}

func (o *outlet) written(n int, err error) net.Buffers {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.bytes -= n
	if err != nil {
		o.breakLocked()
	}
	if o.broken || len(o.waiting) == 0 {
		o.waiting, o.bytes = nil, 0
		close(o.drained)
		o.drained = nil
		return nil
	}
	return o.takeBatch()
}

func (o *outlet) takeBatch() net.Buffers {
	size, count := 0, 0
	for count < len(o.waiting) && size < batchBytes {
		size += len(o.waiting[count])
		count++
	}
	batch := net.Buffers(o.waiting[:count:count])
	o.waiting = o.waiting[count:]
	return batch
}

// shut says goodbye: nothing but the close frame leaves any more, and the other end has a moment to answer it. The
// first reason counts.
func (o *outlet) shut(why Close) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.shutLocked(why)
}

func (o *outlet) shutLocked(why Close) {
	if o.closing || o.broken {
		return
	}
	o.closing, o.why = true, why
	now := time.Now()
	if o.drained != nil {
		// A frame may be half way out: the close frame follows it and replaces the rest.
		o.waiting = [][]byte{why.frame()}
		o.deadlines(now.Add(flushWait), now.Add(flushWait+closeWait))
		return
	}
	o.direct(why.frame())
	o.deadlines(now.Add(flushWait), now.Add(closeWait))
}

// deadlines on a socket that is gone already are of no use and no harm.
func (o *outlet) deadlines(write, read time.Time) {
	_ = errors.Join(o.pipe.SetWriteDeadline(write), o.pipe.SetReadDeadline(read))
}

// keepReading puts off the moment at which a silent connection is given up, unless it is closing.
func (o *outlet) keepReading(until time.Time) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.closing {
		_ = o.pipe.SetReadDeadline(until) // a socket that is gone says so when it is read
	}
}

// breakLocked gives the socket up: the reader sees it and ends the connection.
func (o *outlet) breakLocked() {
	o.broken = true
	_ = o.pipe.Close()
}

// sever closes the socket at once and returns when nobody writes to it any more.
func (o *outlet) sever() {
	o.mu.Lock()
	o.breakLocked()
	o.mu.Unlock()
	o.work.Wait()
}

// reason is why the connection was shut, if it was.
func (o *outlet) reason() (Close, bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.why, o.closing
}
