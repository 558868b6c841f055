package realtime

import (
	"context"
	"fmt"
	"io"
	"net"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onestreet/server/testkit/services"
	"onestreet/server/testkit/together"
)

// cable is the network between nodes and Redis. It can be cut, and it can lead to another Redis.
type cable struct {
	ln net.Listener

	mu   sync.Mutex
	to   string // empty: cut
	ends []net.Conn
	work together.Group
}

func plug(t *testing.T, to string) *cable {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	c := &cable{ln: ln, to: to}
	c.work.Go(c.accept)
	t.Cleanup(func() {
		require.NoError(t, ln.Close())
		c.lead("")
		c.work.Wait()
	})
	return c
}

func (c *cable) url() string { return "redis://" + c.ln.Addr().String() }

// lead cuts every connection; new ones go to another Redis, or nowhere.
func (c *cable) lead(to string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.to = to
	for _, end := range c.ends {
		_ = end.Close()
	}
	c.ends = nil
}

func (c *cable) accept() {
	for {
		here, err := c.ln.Accept()
		if err != nil {
			return
		}
		c.join(here)
	}
}

func (c *cable) join(here net.Conn) {
	c.mu.Lock()
	defer c.mu.Unlock()
	there, err := net.Dial("tcp", c.to)
	if c.to == "" || err != nil {
		_ = here.Close()
		return
	}
	c.ends = append(c.ends, here, there)
	for _, way := range [][2]net.Conn{{here, there}, {there, here}} {
		c.work.Go(func() {
			_, _ = io.Copy(way[0], way[1]) // until it is cut
			_ = way[0].Close()
		})
	}
}

func ownRedis(t *testing.T) *services.Service {
	t.Helper()
	r, err := services.StartRedis(t.Context())
	require.NoError(t, err)
	t.Cleanup(r.Stop)
	return r
}

// TestRedisIsCutAndComesBackEmpty: the nodes serve on meanwhile, and nothing is lost.
func TestRedisIsCutAndComesBackEmpty(t *testing.T) {
	redis := ownRedis(t)
	lead := plug(t, redis.Addr)
	here := overRedis(t, lead.url())
	s := newStreet(t, sqlite(t), here, Options{})
	far := s.node(overRedis(t, lead.url()), Options{})
	near, away := s.wire(s.hub), s.wire(far)
	for _, w := range []*wire{near, away} {
		w.enter("li")
		w.followed(feed, 0)
	}
	s.post(feed, 1)
	require.EqualValues(t, 1, near.hear().Seq)
	require.EqualValues(t, 1, away.hear().Seq)

	lead.lead("")
	redis.Stop()
	s.post(feed, 2)
	require.EqualValues(t, 2, near.hear().Seq, "this node's own are heard at once")
	require.EqualValues(t, 3, near.hear().Seq)
	late := s.wire(far)
	late.enter("")
	require.EqualValues(t, 3, late.followed(feed, 1).Head, "who comes meanwhile is brought everything")
	require.EqualValues(t, 2, late.hear().Seq)
	require.EqualValues(t, 3, late.hear().Seq)
	require.EqualValues(t, 2, away.hear().Seq, "who was here learns of it by that")
	require.EqualValues(t, 3, away.hear().Seq)

	lead.lead(ownRedis(t).Addr)
	said := s.untilHeard(late, 4)
	for seq := int64(4); seq <= said; seq++ {
		require.EqualValues(t, seq, away.hear().Seq)
	}
}

// untilHeard posts until a phone at another node hears it without a sweep, and returns the last seq. The phone must know
// everything before next.
func (s *street) untilHeard(w *wire, next int64) (last int64) {
	heard := make(chan int64, 1)
	go func() {
		defer close(heard) // one that failed to hear heard nothing
		heard <- w.hear().Seq
	}()
	for last = next; ; last++ {
		s.post(feed, 1)
		select {
		case seq := <-heard:
			require.Equal(s.t, next, seq, "the hole is filled from the database")
			for seq < last {
				seq++
				require.Equal(s.t, seq, w.hear().Seq)
			}
			return last
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// TestARevocationWaitsForRedis: one node cannot reach Redis when a clerk is let go; the other hears of it when it can.
func TestARevocationWaitsForRedis(t *testing.T) {
	lead := plug(t, services.Redis(t))
	s := newStreet(t, sqlite(t), overRedis(t, lead.url()), Options{})
	w := s.wire(s.node(overRedis(t, "redis://"+services.Redis(t)), Options{}))
	w.enter("li")
	w.followed("desk:shoes", 0)
	lead.lead("")
	s.set(s.barred, s.account("li"), true)
	s.hub.Revoke(s.account("li"))
	lead.lead(services.Redis(t))
	f := w.hear()
	require.Equal(t, [2]string{"not_allowed", "desk:shoes"}, [2]string{f.Code, f.Stream})
}

// TestARevocationThatRedisLostIsFoundByTheSweep: the node that said it is gone before Redis is back.
func TestARevocationThatRedisLostIsFoundByTheSweep(t *testing.T) {
	lead := plug(t, services.Redis(t))
	b := overRedis(t, lead.url())
	s := newStreet(t, sqlite(t), b, Options{})
	w := s.wire(s.hub)
	w.enter("li")
	w.followed("desk:shoes", 0)
	require.NoError(t, s.hub.Sweep(t.Context()))
	s.set(s.barred, s.account("li"), true)
	lead.lead("")
	require.NoError(t, s.hub.Sweep(t.Context()))
	require.Equal(t, "not_allowed", w.hear().Code)
	lead.lead(services.Redis(t))
	require.Eventually(t, func() bool { return !b.Gap(context.Background()) }, 10*time.Second, 10*time.Millisecond, "all is well again")
}

// TestARedisThatHangsHoldsUpNobody: it keeps its connections and says nothing; a hundred streams are followed nevertheless,
// each by somebody else.
func TestARedisThatHangsHoldsUpNobody(t *testing.T) {
	redis := ownRedis(t)
	s := newStreet(t, sqlite(t), overRedis(t, "redis://"+redis.Addr), Options{})
	require.NoError(t, redis.Pause())
	defer func() { require.NoError(t, redis.Resume()) }()
	began, all := time.Now(), together.Group{}
	for i := range 100 {
		w := s.wire(s.hub)
		all.Go(func() {
			w.enter("")
			w.followed(fmt.Sprintf("feed:%d", i), 0)
			w.say(map[string]any{"op": "unfollow", "stream": fmt.Sprintf("feed:%d", i)})
			require.Equal(t, "unfollowed", w.hear().Op)
		})
	}
	all.Wait()
	require.Less(t, time.Since(began), 2*redisWait)
}
