package pool

import (
	"sync"
	"time"
)

// cache keeps what nearly every request asks for and nearly nothing changes: the streets and the names of their
// stores. Entries live a few seconds, so that other nodes' changes show; this node's own changes empty it at once.
type cache struct {
	life time.Duration
	mu   sync.Mutex
	kept map[string]entry
}

type entry struct {
	at    time.Time
	value any
}

// cached returns the value of a key, read anew when it is too old. Two readers at once may both read.
func cached[T any](c *cache, now time.Time, key string, read func() (T, error)) (T, error) {
	c.mu.Lock()
	e, ok := c.kept[key]
	c.mu.Unlock()
	if age := now.Sub(e.at); ok && age >= 0 && age < c.life {
		return e.value.(T), nil
	}
	value, err := read()
	if err != nil {
		return value, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.kept == nil {
		c.kept = map[string]entry{}
	}
	c.kept[key] = entry{at: now, value: value}
	return value, nil
}

func (c *cache) clear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.kept = nil
}
