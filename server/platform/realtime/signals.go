package realtime

import (
	"encoding/json"
	"sync"
	"time"

	"onestreet/models"
)

// Signal tells the followers of a stream what may be lost: counts, who is here, "look again". Signals of one kind about
// the same thing are coalesced to four a second, and the last one is never held back for good. data is anything JSON can
// hold, or a func() any that is asked when the signal leaves, so that the last signal tells the last state. Call it
// outside transactions (db.AfterCommit).
func (s *Streams) Signal(alliance models.ID, stream, kind string, data any, about ...models.ID) {
	m := matter{kind: kind}
	if len(about) > 0 {
		m.about = about[0]
	}
	s.signals.offer(Key{alliance, stream}, m, data)
}

func (s *Streams) publishSignal(k Key, kind string, data any) {
	if late, ok := data.(func() any); ok {
		data = late()
	}
	if data == nil {
		return // nothing to tell any more
	}
	text, err := json.Marshal(data)
	if err != nil {
		return
	}
	s.broker.Publish(Message{Key: k, Kind: kind, At: s.clock.Now(), Data: text})
}

// matter is what signals are coalesced by.
type matter struct {
	kind  string
	about models.ID
}

// coalescer lets the first signal through at once and keeps the latest of those that follow within a window.
type coalescer struct {
	every time.Duration
	send  func(k Key, kind string, data any)

	mu      sync.Mutex
	windows map[Key]*window
	closed  bool
	busy    sync.WaitGroup
}

// window is the time after a signal of one stream in which others wait. It lasts while there is something to send.
type window struct {
	active bool // something is on its way; nothing else leaves meanwhile, so that an older state never overtakes
	timer  *time.Timer
	order  []matter
	latest map[matter]any
}

func newCoalescer(every time.Duration, send func(Key, string, any)) *coalescer {
	return &coalescer{every: every, send: send, windows: map[Key]*window{}}
}

func (c *coalescer) offer(k Key, about matter, data any) {
	c.mu.Lock()
	if c.closed {
		c.mu.Unlock()
		return
	}
	w, open := c.windows[k]
	if !open {
		w = &window{latest: map[matter]any{}}
		c.windows[k] = w
		c.arm(k, w)
	}
	w.keep(about, data)
	c.mu.Unlock()
	if !open {
		c.flush(w, k)
	}
}

func (w *window) keep(about matter, data any) {
	if _, waiting := w.latest[about]; !waiting {
		w.order = append(w.order, about)
	}
	w.latest[about] = data
}

func (c *coalescer) arm(k Key, w *window) { w.timer = time.AfterFunc(c.every, func() { c.tick(k) }) }

// tick ends a window that nobody waits in, or sends what waits and begins the next.
func (c *coalescer) tick(k Key) {
	c.mu.Lock()
	w := c.windows[k]
	if c.closed || w == nil {
		c.mu.Unlock()
		return
	}
	if len(w.order) == 0 && !w.active {
		delete(c.windows, k)
		c.mu.Unlock()
		return
	}
	c.arm(k, w)
	c.mu.Unlock()
	c.flush(w, k)
}

func (c *coalescer) flush(w *window, k Key) {
	order, latest, ok := c.take(w)
	if !ok {
		return
	}
	defer c.sent(w)
	for _, about := range order {
		c.send(k, about.kind, latest[about])
	}
}

func (c *coalescer) take(w *window) ([]matter, map[matter]any, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed || w.active || len(w.order) == 0 {
		return nil, nil, false
	}
	c.busy.Add(1)
	order, latest := w.order, w.latest
	w.order, w.latest, w.active = nil, map[matter]any{}, true
	return order, latest, true
}

func (c *coalescer) sent(w *window) {
	c.mu.Lock()
	w.active = false
	c.mu.Unlock()
	c.busy.Done()
}

func (c *coalescer) close() {
	c.mu.Lock()
	c.closed = true
	for _, w := range c.windows {
		w.timer.Stop()
	}
	c.mu.Unlock()
	c.busy.Wait()
}
