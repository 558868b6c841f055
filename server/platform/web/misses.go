package web

import (
	"errors"
	"sync"
	"time"

	"onestreet/models"
)

// Misses bounds guessing at secret addresses: a network address that asked Most times within Window for what is not there gets no
// answer (429) until the window is over, also to a guess that would have been right. Every node counts for itself.
type Misses struct {
	Most   int
	Window time.Duration

	mu     sync.Mutex
	ends   time.Time
	missed map[string]int
}

// Ask asks on behalf of an address, unless it has guessed enough. Errors: too_fast, and those of ask.
func (m *Misses) Ask(now time.Time, address string, ask func() error) error {
	if m.count(now, address, 0) >= m.Most {
		return errTooFast
	}
	err := ask()
	if errors.Is(err, models.ErrNotFound) {
		m.count(now, address, 1)
	}
	return err
}

// count adds to what an address has missed in the window, which begins anew for all when it is over: so the memory of it is bounded.
func (m *Misses) count(now time.Time, address string, more int) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.missed == nil || !now.Before(m.ends) {
		m.missed, m.ends = map[string]int{}, now.Add(m.Window)
	}
	if more > 0 {
		m.missed[address] += more
	}
	return m.missed[address]
}
