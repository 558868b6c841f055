package realtime

import (
	"encoding/json"
	"maps"
	"sync"
	"time"

	"onestreet/models"
)

// presenceLease is how long what another node said about its people counts; nodes repeat it at every sweep.
const presenceLease = 3 * sweepEvery

// kindPresence is the signal of how many people are there. Between nodes it says how many are at one node.
const kindPresence = "presence"

// crowd counts the people who follow a stream: here an account once, on however many devices, and what the other nodes
// say of theirs.
type crowd struct {
	mu     sync.Mutex
	people map[Key]map[models.ID]int       // connections of each person here
	nodes  map[Key]map[models.ID]elsewhere // by node
	told   map[Key]int                     // what the followers here were last told
}

type elsewhere struct {
	online int
	until  time.Time
}

func newCrowd() *crowd {
	return &crowd{people: map[Key]map[models.ID]int{}, nodes: map[Key]map[models.ID]elsewhere{}, told: map[Key]int{}}
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

// leave is enter's opposite; it tells whether there is one person less. With the last one everything about the stream
// is forgotten: this node hears nothing of it any more.
func (c *crowd) leave(k Key, who models.ID) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.people[k][who]--; c.people[k][who] > 0 {
		return false
	}
	delete(c.people[k], who)
	if len(c.people[k]) == 0 {
		delete(c.people, k)
		delete(c.nodes, k)
		delete(c.told, k)
	}
	return true
}

func (c *crowd) here(k Key) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.people[k])
}

// note keeps what another node said, if anybody here wants to know.
func (c *crowd) note(k Key, node models.ID, e elsewhere) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.people[k] == nil {
		return
	}
	if c.nodes[k] == nil {
		c.nodes[k] = map[models.ID]elsewhere{}
	}
	c.nodes[k][node] = e
}

// online is how many are there, on all nodes. Somebody with phones at two nodes counts twice.
func (c *crowd) online(k Key, now time.Time) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.count(k, now)
}

func (c *crowd) count(k Key, now time.Time) int {
	maps.DeleteFunc(c.nodes[k], func(_ models.ID, e elsewhere) bool { return !now.Before(e.until) })
	total := len(c.people[k])
	for _, e := range c.nodes[k] {
		total += e.online
	}
	return total
}

// news is the count when it is another than was told last.
func (c *crowd) news(k Key, now time.Time) (int, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	total := c.count(k, now)
	if c.people[k] == nil || c.told[k] == total {
		return total, false
	}
	c.told[k] = total
	return total, true
}

func (c *crowd) streams() []Key {
	c.mu.Lock()
	defer c.mu.Unlock()
	keys := make([]Key, 0, len(c.people))
	for k := range c.people {
		keys = append(keys, k)
	}
	return keys
}

// presenceData is what followers hear, and with Node what nodes tell each other.
type presenceData struct {
	Node   *models.ID `json:"node,omitempty"`
	Online int        `json:"online"`
}

// tellPresence tells every node, this one included, how many are here.
func (h *Hub) tellPresence(k Key) {
	h.streams.Signal(k.Alliance, k.Stream, kindPresence, func() any { return presenceData{&h.node, h.crowd.here(k)} }, h.node)
}

// hearPresence takes a node's count and tells the followers here what it makes of the whole.
func (h *Hub) hearPresence(t *topic, m Message) {
	var said presenceData
	if json.Unmarshal(m.Data, &said) != nil || said.Node == nil {
		return
	}
	now := h.clock.Now()
	if *said.Node != h.node {
		h.crowd.note(t.key, *said.Node, elsewhere{said.Online, now.Add(presenceLease)})
	}
	if total, changed := h.crowd.news(t.key, now); changed {
		m.Data = encodePresence(total)
		h.emit(t, m)
	}
}

// RenewPresence repeats to the other nodes who is here, and notices nodes that repeat nothing any more.
func (h *Hub) RenewPresence() {
	for _, k := range h.crowd.streams() {
		h.tellPresence(k)
	}
}

func encodePresence(online int) []byte {
	data, _ := json.Marshal(presenceData{Online: online}) // a number always encodes
	return data
}
