package realtime

import (
	"bufio"
	"bytes"
	"io"
	"math/rand/v2"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"onestreet/server/platform/db"
	"onestreet/server/testkit/together"
)

// walker is somebody whose phone loses the network again and again. What it knows is what it has read to the end.
type walker struct {
	s     *street
	w     *wire // nil: no network
	known int64
}

func (k *walker) back(h *Hub) {
	if k.w == nil {
		k.w = k.s.wire(h)
		k.w.enter("")
		k.w.followed(feed, k.known)
	}
}

// hear reads the next n items, which must be those after the last.
func (k *walker) hear(n int64) {
	for range n {
		f := k.w.hear()
		require.Equal(k.s.t, [2]any{"item", k.known + 1}, [2]any{f.Op, f.Seq}, "%s", f.raw)
		k.known = f.Seq
	}
}

// cut ends the connection, halfway through a frame when one is on its way.
func (k *walker) cut(onItsWay bool) {
	if onItsWay {
		_, err := io.ReadFull(k.w.conn, make([]byte, 1))
		require.NoError(k.s.t, err)
	}
	require.NoError(k.s.t, k.w.conn.Close())
	k.w = nil
}

// TestNothingIsLostOverRandomCuts: neighbours are cut, hear a part, come back at one of two nodes, are cut again, while
// items pass through a broker that loses, repeats and reorders. In the end everybody has everything, once and in order.
func TestNothingIsLostOverRandomCuts(t *testing.T) {
	bothDatabases(t, func(t *testing.T, d *db.DB) { rapid.Check(t, randomCuts(t, d)) })
}

func randomCuts(t *testing.T, d *db.DB) func(*rapid.T) {
	return func(rt *rapid.T) {
		dice := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "seed"), 1))
		b := &unreliable{Local: NewLocal(), decide: func(Message) fate { return fate(dice.IntN(4)) }}
		s := newStreet(t, d, b, Options{})
		nodes := []*Hub{s.hub, s.node(b, Options{})}
		sweep := func() {
			for _, h := range nodes {
				require.NoError(t, h.Sweep(t.Context()))
			}
		}
		head, walkers := int64(0), make([]*walker, 3)
		for i := range walkers {
			walkers[i] = &walker{s: s}
		}
		for range rapid.IntRange(4, 14).Draw(rt, "steps") {
			k := walkers[rapid.IntRange(0, len(walkers)-1).Draw(rt, "who")]
			switch rapid.SampledFrom([]string{"post", "back", "back", "hear", "cut"}).Draw(rt, "what") {
			case "post":
				n := rapid.IntRange(1, 5).Draw(rt, "posts")
				s.bulk(feed, n)
				head += int64(n)
			case "back":
				k.back(nodes[rapid.IntRange(0, 1).Draw(rt, "node")])
			case "hear":
				if k.w != nil {
					sweep()
					k.hear(rapid.Int64Range(0, head-k.known).Draw(rt, "heard"))
				}
			case "cut":
				if k.w != nil {
					sweep()
					k.cut(k.known < head)
				}
			}
		}
		sweep()
		for _, k := range walkers {
			k.back(nodes[0])
			k.hear(head - k.known)
			k.w.say(map[string]any{"op": "unfollow", "stream": feed})
			require.Equal(t, "unfollowed", k.w.hear().Op, "nothing comes twice, nothing comes after")
			k.cut(false)
		}
		for _, h := range nodes {
			h.Close()
		}
	}
}

// TestAThousandComeBackAtOnceWithOldPlaces: some missed a little, some more than is brought, and some name places that never
// were; new items pass meanwhile. Each has everything after its place, once and in order.
func TestAThousandComeBackAtOnceWithOldPlaces(t *testing.T) {
	bothDatabases(t, aThousandComeBack)
}

func aThousandComeBack(t *testing.T, d *db.DB) {
	const phones, kept, fresh = 1000, MaxBehind + 50, 20
	s := newStreet(t, d, NewLocal(), Options{QueueBytes: 64 << 10})
	s.bulk(feed, kept)
	gate, all := make(chan struct{}), together.Group{}
	for i := range phones {
		w, since := s.wire(s.hub), int64(kept-i%30)
		if i%20 == 0 {
			since = []int64{0, 49, kept + 1000, -5}[i/20%4]
		}
		all.Go(func() {
			<-gate
			if err := w.catchUp(since, kept+fresh); err != nil {
				t.Errorf("since %d: %v", since, err)
			}
		})
	}
	close(gate)
	s.post(feed, fresh)
	all.Wait()
}

// catchUp enters, follows from a place and reads up to an item; when the place is too old it goes on from the head that it
// is told, as with a snapshot.
func (w *wire) catchUp(since, until int64) error {
	read := bufio.NewReader(w.conn)
	w.say(map[string]any{"op": "hello", "v": 1, "token": ""})
	w.say(map[string]any{"op": "follow", "stream": feed, "since": since})
	for since != until {
		frame, err := nextText(read)
		if err != nil {
			return err
		}
		switch {
		case bytes.HasPrefix(frame, []byte(`{"op":"item"`)):
			if seq := numberAfter(frame, `"seq":`); seq != since+1 {
				return io.ErrNoProgress
			}
			since++
		case bytes.HasPrefix(frame, []byte(`{"op":"reset"`)):
			since = numberAfter(frame, `"head":`)
			w.say(map[string]any{"op": "follow", "stream": feed, "since": since})
		}
	}
	return nil
}

func nextText(read *bufio.Reader) ([]byte, error) {
	head := make([]byte, 2)
	if _, err := io.ReadFull(read, head); err != nil {
		return nil, err
	}
	length := int(head[1])
	if length == 126 {
		if _, err := io.ReadFull(read, head); err != nil {
			return nil, err
		}
		length = int(head[0])<<8 | int(head[1])
	}
	frame := make([]byte, length)
	_, err := io.ReadFull(read, frame)
	return frame, err
}

func numberAfter(frame []byte, mark string) int64 {
	_, rest, _ := bytes.Cut(frame, []byte(mark))
	end := bytes.IndexFunc(rest, func(r rune) bool { return r != '-' && (r < '0' || r > '9') })
	n, _ := strconv.ParseInt(string(rest[:max(end, 0)]), 10, 64) // what is no number is no seq
	return n
}

// TestACrowdThatNeverSaysHello: it is gone after its few seconds, and who says hello is served meanwhile.
func TestACrowdThatNeverSaysHello(t *testing.T) {
	s := newStreet(t, sqlite(t), NewLocal(), Options{HelloWithin: 300 * time.Millisecond})
	url := s.listen(s.hub)
	silent := make([]*phone, 200)
	for i := range silent {
		silent[i] = dial(t, url)
	}
	li := enter(t, url, "li")
	li.follow(feed, 0)
	require.Equal(t, "following", li.hear().Op)
	s.post(feed, 1)
	li.items(feed, 1, 1)
	for _, p := range silent {
		p.mustClose(CloseTooSlow)
		require.NoError(t, p.ws.Close())
	}
	require.Eventually(t, func() bool { return s.hub.Stats().Connections == 1 }, 5*time.Second, time.Millisecond)
}
