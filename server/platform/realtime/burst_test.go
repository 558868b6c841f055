package realtime

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// desk is a stream without presence: nothing leaves before its first item.
const desk = "desk:shoes"

func TestALoneItemLeavesAtOnceAndABurstTogether(t *testing.T) {
	s := newStreet(t, sqlite(t), NewLocal(), Options{JoinWithin: time.Hour})
	server, client := tcpPair(t)
	done := make(chan struct{})
	go func() {
		s.hub.Serve(server, "here")
		close(done)
	}()
	t.Cleanup(func() { <-done })
	t.Cleanup(func() { _ = client.Close() })
	w := &wire{t: t, conn: client}
	w.enter("li")
	w.followed(desk, 0)
	s.post(desk, 1)
	require.EqualValues(t, 1, w.hear().Seq, "nothing left within the hour: it need not wait")
	s.post(desk, 3)
	part := s.hub.topics[Key{s.alliance, desk}].parts[onlyClient(s.hub).shard]
	require.Eventually(t, func() bool { return waiting(part) == 3 }, 5*time.Second, time.Millisecond)
	part.flush()
	require.Zero(t, waiting(part))
	for seq := int64(2); seq <= 4; seq++ {
		require.Equal(t, seq, w.hear().Seq)
	}
}

// TestASignalIsHeldForWhoIsBehind: between "following" and being up to date nothing is missed, but that who is here comes at
// the end anyway.
func TestASignalIsHeldForWhoIsBehind(t *testing.T) {
	p := newTopic(Key{Stream: desk}, 1, 0).parts[0]
	s := p.add(&outlet{})
	again := delivery{to: p, frame: []byte("look again")}
	for _, d := range []delivery{again, {to: p, frame: []byte("two are here"), shown: true}, {to: p, seq: 8, frame: []byte("8")}} {
		p.deliver(d)
	}
	held, state := p.goLive(s, 7)
	require.Equal(t, catchOn, state)
	require.Equal(t, []delivery{again, {to: p, seq: 8, frame: []byte("8")}}, held)
	for range MaxBehind + 1 {
		p.deliver(again)
	}
	held, state = p.goLive(s, 8)
	require.Equal(t, catchOn, state, "signals alone cost nobody their place")
	require.Len(t, held, MaxBehind)
	_, state = p.goLive(s, 8)
	require.Equal(t, catchLive, state)
}

func waiting(p *part) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.burst)
}

func onlyClient(h *Hub) *Client { return h.everyone()[0] }

// TestABurstSkipsWhatAFollowerHas: one that came while the burst waited has been brought a part of it already.
func TestABurstSkipsWhatAFollowerHas(t *testing.T) {
	s := newStreet(t, sqlite(t), NewLocal(), Options{JoinWithin: time.Hour})
	early := s.wire(s.hub)
	early.enter("li")
	early.followed(desk, 0)
	s.post(desk, 1)
	require.EqualValues(t, 1, early.hear().Seq)
	s.post(desk, 2) // they wait
	late := s.wire(s.hub)
	late.enter("wang")
	late.followed(desk, 1)
	require.EqualValues(t, 2, late.hear().Seq)
	require.EqualValues(t, 3, late.hear().Seq)
	s.post(desk, 1)
	for _, p := range s.hub.topics[Key{s.alliance, desk}].parts {
		require.Eventually(t, func() bool { return waiting(p) == 3 }, 5*time.Second, time.Millisecond)
		go p.flush()
	}
	for _, seq := range []int64{2, 3, 4} {
		require.Equal(t, seq, early.hear().Seq)
	}
	require.EqualValues(t, 4, late.hear().Seq)
}

func TestABurstThatGrowsLargeDoesNotWait(t *testing.T) {
	s := newStreet(t, sqlite(t), NewLocal(), Options{JoinWithin: time.Hour})
	w := s.wire(s.hub)
	w.enter("")
	w.followed(feed, 0)
	s.post(feed, 1+maxJoined/100)
	for seq := int64(1); seq <= 100; seq++ {
		require.Equal(t, seq, w.hear().Seq)
	}
}

// TestEverybodySitsInOnePlace: whoever comes, catches up and goes, a follower is behind or has a seat of its own.
func TestEverybodySitsInOnePlace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := &part{behind: map[*sub]struct{}{}}
		var here []*sub
		who := func(t *rapid.T) int { return rapid.IntRange(0, len(here)-1).Draw(t, "who") }
		t.Repeat(map[string]func(*rapid.T){
			"come": func(*rapid.T) { here = append(here, p.add(&outlet{})) },
			"catch up": func(t *rapid.T) {
				if len(here) == 0 {
					return
				}
				if s := here[who(t)]; s.seat < 0 {
					_, state := p.goLive(s, 7)
					require.Equal(t, catchLive, state)
				}
			},
			"go": func(t *rapid.T) {
				if len(here) == 0 {
					return
				}
				i := who(t)
				s := here[i]
				p.remove(s)
				p.remove(s)
				_, state := p.goLive(s, 7)
				require.Equal(t, catchGone, state)
				here = slices.Delete(here, i, i+1)
			},
			"": func(t *rapid.T) {
				require.Len(t, here, len(p.row)+len(p.behind))
				for i, seat := range p.row {
					require.Equal(t, i, seat.sub.seat)
				}
				for _, s := range here {
					_, behind := p.behind[s]
					require.NotEqual(t, behind, s.seat >= 0)
				}
			},
		})
	})
}
