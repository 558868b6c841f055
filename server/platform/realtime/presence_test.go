package realtime

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

// online waits until the screen says how many are there.
func (p *phone) online(want int) {
	p.t.Helper()
	for f := p.next(); ; f = p.next() {
		if f.Kind == "presence" && string(f.Data) == fmt.Sprintf(`{"online":%d}`, want) {
			return
		}
	}
}

func TestPresenceOnTwoNodes(t *testing.T) {
	b := NewLocal()
	s := newStreet(t, sqlite(t), b, Options{})
	second := s.node(b, Options{})
	here, there := enter(t, s.listen(s.hub), "li"), enter(t, s.listen(second), "wang")
	here.follow(feed, 0)
	here.online(1)
	there.follow(feed, 0)
	here.online(2)
	s.hub.RenewPresence() // what was said before there came
	there.online(2)
	late := enter(t, s.listen(second), "zhao")
	late.follow(feed, 0)
	late.online(3)
	there.online(3)
	here.online(3)
	s.clock.Advance(presenceLease) // the second node says nothing any more
	s.hub.RenewPresence()
	here.online(1)
}

func TestPresenceCountsPeopleNotSockets(t *testing.T) {
	s := newStreet(t, sqlite(t), NewLocal(), Options{})
	url := s.listen(s.hub)
	first := enter(t, url, "li")
	first.follow(feed, 0)
	first.online(1)
	again := enter(t, url, "li") // her other phone
	again.follow(feed, 0)
	again.online(1)
	neighbour := enter(t, url, "")
	neighbour.follow(feed, 0)
	neighbour.online(2)
	first.online(2)
	require.NoError(t, neighbour.ws.Close())
	first.online(1)
}

func TestTyping(t *testing.T) {
	s := newStreet(t, sqlite(t), NewLocal(), Options{})
	url := s.listen(s.hub)
	writer, reader, visitor := enter(t, url, "li"), enter(t, url, "wang"), enter(t, url, "")
	writer.say(map[string]any{"op": "typing", "stream": feed})
	require.Equal(t, "not_following", writer.hear().Code)
	for _, p := range []*phone{writer, reader, visitor} {
		p.follow(feed, 0)
		require.Equal(t, "following", p.hear().Op)
	}
	visitor.say(map[string]any{"op": "typing", "stream": feed})
	require.Equal(t, "not_allowed", visitor.hear().Code)
	for range 5 {
		writer.say(map[string]any{"op": "typing", "stream": feed})
	}
	f := reader.hear()
	require.Equal(t, [3]string{"signal", "typing", `{"name":"li"}`}, [3]string{f.Op, f.Kind, string(f.Data)})
	s.post(feed, 1)
	reader.items(feed, 1, 1) // five times in two seconds is once
}
