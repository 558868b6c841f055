package realtime

import (
	"encoding/json"
	"sync"

	"onestreet/models"
)

// crowd counts the people who follow a stream on this node: an account once, on however many devices.
type crowd struct {
	mu     sync.Mutex
	people map[Key]map[models.ID]int // connections of each
}

// enter counts a connection of a person; it tells whether there is one person more.
func (c *crowd) enter(k Key, who models.ID) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.people[k] == nil {
		c.people[k] = map[models.ID]int{}
	}
	c.people[k][who]++
	return c.people[k][who] == 1
}

// leave is enter's opposite; it tells whether there is one person less.
func (c *crowd) leave(k Key, who models.ID) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.people[k][who]--; c.people[k][who] > 0 {
		return false
	}
	delete(c.people[k], who)
	if len(c.people[k]) == 0 {
		delete(c.people, k)
	}
	return true
}

func (c *crowd) online(k Key) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.people[k])
}

type presenceData struct {
	Online int `json:"online"`
}

func (h *Hub) presence(k Key) any { return presenceData{h.crowd.online(k)} }

func (h *Hub) tellPresence(k Key) {
	h.streams.Signal(k.Alliance, k.Stream, "presence", func() any { return h.presence(k) })
}

func encodePresence(online int) []byte {
	data, _ := json.Marshal(presenceData{online}) // a number always encodes
	return data
}
