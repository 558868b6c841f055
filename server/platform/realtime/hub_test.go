package realtime

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"onestreet/server/platform/db"
	"onestreet/server/testkit/together"
)

// unreliable is a broker with a bad day: it loses, repeats and holds back.
type unreliable struct {
	*Local
	mu     sync.Mutex
	decide func(m Message) fate
	held   []Message
}

type fate int

const (
	through fate = iota
	lose
	repeat
	holdBack // until the next that goes through
)

func (u *unreliable) Publish(m Message) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if m.Seq == 0 {
		u.Local.Publish(m)
		return
	}
	switch u.decide(m) {
	case lose:
	case holdBack:
		u.held = append(u.held, m)
	case repeat:
		u.Local.Publish(m)
		u.Local.Publish(m)
	default:
		u.Local.Publish(m)
		for _, late := range u.held {
			u.Local.Publish(late)
		}
		u.held = nil
	}
}

func TestFollowersGetEveryItemOnceAndInOrderWhateverTheBrokerDoes(t *testing.T) {
	d := sqlite(t)
	rapid.Check(t, func(rt *rapid.T) {
		seed := rapid.Uint64().Draw(rt, "seed")
		dice := rand.New(rand.NewPCG(seed, 1))
		b := &unreliable{Local: NewLocal(), decide: func(Message) fate { return fate(dice.IntN(4)) }}
		s := newStreet(t, d, b, Options{})
		defer s.hub.Close()
		total := int64(rapid.IntRange(1, 40).Draw(rt, "items"))
		type reader struct {
			w     *wire
			since int64
		}
		var readers []reader
		for seq := int64(0); seq < total; seq++ {
			if seq%10 == 0 { // somebody new comes, knowing some part of the past
				w := s.wire(s.hub)
				w.enter("")
				since := rapid.Int64Range(0, seq).Draw(rt, "since")
				require.Equal(t, seq, w.followed(feed, since).Head)
				readers = append(readers, reader{w, since})
			}
			s.post(feed, 1)
		}
		require.NoError(t, s.hub.Sweep(t.Context()))
		for _, r := range readers {
			for seq := r.since + 1; seq <= total; seq++ {
				require.Equal(t, seq, r.w.hear().Seq)
			}
			r.w.say(map[string]any{"op": "unfollow", "stream": feed})
			require.Equal(t, "unfollowed", r.w.hear().Op, "nothing comes twice, nothing comes after")
		}
	})
}

func TestAHoleIsFilledFromTheDatabaseWithoutASweep(t *testing.T) {
	b := &unreliable{Local: NewLocal(), decide: func(m Message) fate {
		if m.Seq == 2 {
			return lose
		}
		return through
	}}
	s := newStreet(t, sqlite(t), b, Options{})
	w := s.wire(s.hub)
	w.enter("li")
	w.followed(feed, 0)
	s.post(feed, 3)
	for seq := int64(1); seq <= 3; seq++ {
		require.Equal(t, seq, w.hear().Seq)
	}
}

func TestTheLastItemIsBroughtByTheSweep(t *testing.T) {
	b := &unreliable{Local: NewLocal(), decide: func(Message) fate { return lose }}
	s := newStreet(t, sqlite(t), b, Options{})
	w := s.wire(s.hub)
	w.enter("li")
	w.followed(feed, 0)
	s.post(feed, 2)
	require.NoError(t, s.hub.Sweep(t.Context()))
	require.EqualValues(t, 1, w.hear().Seq)
	require.EqualValues(t, 2, w.hear().Seq)
}

func TestSixtyWritersAreHeardByAllInOrder(t *testing.T) {
	bothDatabases(t, func(t *testing.T, d *db.DB) {
		s := newStreet(t, d, NewLocal(), Options{})
		other := s.node(NewLocal(), Options{}) // a node that hears nothing from the broker and sweeps only
		var readers []*wire
		for i := range 10 {
			hub := s.hub
			if i%5 == 4 {
				hub = other
			}
			w := s.wire(hub)
			w.enter("")
			w.followed(feed, 0)
			readers = append(readers, w)
		}
		var all together.Group
		for _, w := range readers {
			all.Go(func() {
				for seq := int64(1); seq <= 180; seq++ {
					if got := w.hear().Seq; got != seq {
						t.Errorf("heard %d instead of %d", got, seq)
						return
					}
				}
			})
		}
		var writers together.Group
		for range 60 {
			writers.Go(func() { s.post(feed, 3) })
		}
		writers.Wait()
		require.NoError(t, other.Sweep(t.Context()))
		all.Wait()
	})
}

func TestTwoNodesShareABroker(t *testing.T) {
	b := NewLocal()
	s := newStreet(t, sqlite(t), b, Options{})
	second := s.node(b, Options{})
	here, there := s.wire(s.hub), s.wire(second)
	for _, w := range []*wire{here, there} {
		w.enter("")
		w.followed(feed, 0)
	}
	s.post(feed, 1)
	require.EqualValues(t, 1, here.hear().Seq)
	require.EqualValues(t, 1, there.hear().Seq)
}

func TestAPhoneThatStopsReadingDelaysNobody(t *testing.T) {
	s := newStreet(t, sqlite(t), NewLocal(), Options{QueueBytes: 20_000})
	stalled := s.wire(s.hub)
	stalled.enter("")
	stalled.followed(feed, 0)
	toStalled := onlyClient(s.hub).out
	awake := s.wire(s.hub)
	awake.enter("")
	awake.followed(feed, 0)
	require.Eventually(t, s.allUpToDate, 5*time.Second, time.Millisecond, "who is still catching up is waited for")
	long := map[string]string{"text": fmt.Sprintf("%03000d", 0)}
	for seq := int64(1); seq <= 20; seq++ { // three times what may wait
		require.NoError(t, s.append(feed, long))
		require.Equal(t, seq, awake.hear().Seq)
	}
	require.Eventually(t, func() bool { return !toStalled.open() }, 5*time.Second, time.Millisecond)
	for last := int64(0); ; {
		opcode, payload, err := stalled.read()
		require.NoError(t, err)
		if opcode == opClose {
			require.Equal(t, string(CloseTooSlow.frame()[2:]), string(payload))
			break
		}
		var f heard
		require.NoError(t, json.Unmarshal(payload, &f))
		if f.Op == "item" {
			require.Equal(t, last+1, f.Seq, "what it got before is in order")
			last = f.Seq
		}
	}
}

// allUpToDate tells whether everybody who follows gets what is new at once.
func (s *street) allUpToDate() bool {
	s.hub.mu.RLock()
	defer s.hub.mu.RUnlock()
	for _, t := range s.hub.topics {
		for _, p := range t.parts {
			p.mu.Lock()
			behind := len(p.behind)
			p.mu.Unlock()
			if behind > 0 {
				return false
			}
		}
	}
	return true
}

func TestOneThatComesBackAfterBeingTooSlowMissesNothing(t *testing.T) {
	s := newStreet(t, sqlite(t), NewLocal(), Options{QueueBytes: 20_000})
	s.bulk(feed, MaxBehind) // far more than the queue holds
	w := s.wire(s.hub)
	w.enter("")
	w.followed(feed, 0)
	for seq := int64(1); seq <= MaxBehind; seq++ {
		require.Equal(t, seq, w.hear().Seq)
	}
}

func TestFollowingAndLeavingWhileItemsPass(t *testing.T) {
	s := newStreet(t, sqlite(t), NewLocal(), Options{FramesBurst: 10_000})
	var neighbours together.Group
	for range 6 {
		w := s.wire(s.hub)
		w.enter("")
		neighbours.Go(func() { s.restless(t, w) })
	}
	neighbours.Wait()
	require.Empty(t, s.hub.topics, "nobody follows any more")
	require.Empty(t, s.hub.crowd.people)
}

// restless follows, says something, hears as much and leaves, again and again, always from the last item it knows: it
// must hear the next one each time, whoever said it.
func (s *street) restless(t *testing.T, w *wire) {
	known := int64(0)
	for round := range 30 {
		w.followed(feed, known)
		said := 1 + round%3
		s.post(feed, said)
		for range said {
			f := w.hear()
			if f.Op != "item" || f.Seq != known+1 {
				t.Errorf("heard %s after %d", f.raw, known)
				return
			}
			known = f.Seq
		}
		w.say(map[string]any{"op": "unfollow", "stream": feed})
		for f := w.hear(); f.Op == "item"; f = w.hear() {
			known = f.Seq
		}
	}
}

func TestAStreamOfAnotherStreetIsAnotherStream(t *testing.T) {
	b := NewLocal()
	d := sqlite(t)
	ours, theirs := newStreet(t, d, b, Options{}), newStreet(t, d, b, Options{})
	w := theirs.wire(theirs.hub)
	w.enter("")
	w.followed(feed, 0)
	ours.post(feed, 1)
	theirs.post(feed, 1)
	f := w.hear()
	require.EqualValues(t, 1, f.Seq)
	w.say(map[string]any{"op": "unfollow", "stream": feed})
	require.Equal(t, "unfollowed", w.hear().Op)
}

func TestRunBeatsUntilItIsTold(t *testing.T) {
	noLeaks(t)
	s := newStreet(t, sqlite(t), NewLocal(), Options{})
	w := s.wire(s.hub)
	w.enter("li")
	s.clock.Advance(time.Hour)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		s.hub.Run(ctx)
		close(done)
	}()
	opcode, payload, err := w.read() // the beat finds that the token has ended
	require.NoError(t, err)
	require.EqualValues(t, opClose, opcode)
	require.Equal(t, string(CloseExpired.frame()[2:]), string(payload))
	cancel()
	<-done
}

func TestEveryConnectionIsPingedOnceInTwentyFiveBeats(t *testing.T) {
	s := newStreet(t, sqlite(t), NewLocal(), Options{})
	w := s.wire(s.hub)
	w.enter("")
	beaten := make(chan struct{})
	go func() {
		for range 2 * pingEvery {
			s.hub.Beat()
		}
		close(beaten)
	}()
	for range 2 {
		opcode, _, err := w.read()
		require.NoError(t, err)
		require.EqualValues(t, opPing, opcode)
	}
	<-beaten
	w.say(map[string]any{"op": "nothing"})
	require.Equal(t, "unknown_op", w.hear().Code, "no third ping comes before the answer")
}

// TestAnIdleConnectionCostsOneGoroutine: the one that reads; nothing waits on the write side.
func TestAnIdleConnectionCostsOneGoroutine(t *testing.T) {
	s := newStreet(t, sqlite(t), NewLocal(), Options{})
	const connections = 50
	for range connections {
		server, client := tcpPair(t)
		done := make(chan struct{})
		go func() {
			s.hub.Serve(server, "here")
			close(done)
		}()
		t.Cleanup(func() { <-done })
		t.Cleanup(func() { _ = client.Close() })
		w := &wire{t: t, conn: client}
		w.enter("")
		w.followed(feed, 0)
	}
	s.post(feed, 3)
	require.Eventually(t, func() bool { return s.hub.Stats().Connections == connections && goroutinesIn("(*outlet)") == 0 }, 5*time.Second, 5*time.Millisecond)
	require.Equal(t, connections, goroutinesIn("(*Hub).Serve("))
}

// TestASocketLeavesItsRequest: nothing of the request is held while the connection lasts, and a hello that came in the
// same packet as the handshake is heard.
func TestASocketLeavesItsRequest(t *testing.T) {
	s := newStreet(t, sqlite(t), NewLocal(), Options{})
	host := strings.TrimSuffix(strings.TrimPrefix(s.listen(s.hub), "ws://"), "/ws")
	conn, err := net.Dial("tcp", host)
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close() })
	handshake := "GET /ws HTTP/1.1\r\nHost: " + host + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n\r\n"
	_, err = conn.Write(append([]byte(handshake), masked(opText, []byte(`{"op":"hello","v":1,"token":"li"}`))...))
	require.NoError(t, err)
	read := bufio.NewReader(conn)
	res, err := http.ReadResponse(read, nil)
	require.NoError(t, err)
	require.NoError(t, res.Body.Close())
	require.Equal(t, http.StatusSwitchingProtocols, res.StatusCode)
	w := &wire{t: t, conn: readFrom{conn, read}}
	require.Equal(t, "welcome", w.hear().Op)
	w.followed(feed, 0)
	require.Eventually(t, func() bool { return goroutinesIn("Handler.func1(") == 0 }, 5*time.Second, time.Millisecond)
	require.Equal(t, 1, goroutinesIn("(*Hub).serve("))
}

// readFrom is a connection of which a reader holds a part already.
type readFrom struct {
	net.Conn
	read io.Reader
}

func (r readFrom) Read(p []byte) (int, error) { return r.read.Read(p) }

// goroutinesIn counts the goroutines that are in a function of this package.
func goroutinesIn(function string) (n int) {
	stacks := make([]byte, 8<<20)
	for stack := range strings.SplitSeq(string(stacks[:runtime.Stack(stacks, true)]), "\n\n") {
		if strings.Contains(stack, "realtime."+function) {
			n++
		}
	}
	return n
}
