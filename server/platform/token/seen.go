package token

import (
	"crypto/sha256"
	"sync"
)

// seenMost bounds how many verified tokens each half of seen holds: about 150 bytes a token.
const seenMost = 20_000

// seen remembers the tokens that were verified a moment ago, by their hash: a signature is checked once, not at every
// request of a phone. What a token says never changes, and its end is looked at every time; whether its session still
// lives is not the token's to say. Of two halves the older one is dropped when the younger is full.
type seen struct {
	mu           sync.RWMutex
	young, older map[[sha256.Size]byte]Claims
}

func (s *seen) find(hash [sha256.Size]byte) (Claims, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	c, found := s.young[hash]
	if !found {
		c, found = s.older[hash]
	}
	return c, found
}

func (s *seen) keep(hash [sha256.Size]byte, c Claims) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.young) >= seenMost {
		s.older, s.young = s.young, nil
	}
	if s.young == nil {
		s.young = map[[sha256.Size]byte]Claims{}
	}
	s.young[hash] = c
}
