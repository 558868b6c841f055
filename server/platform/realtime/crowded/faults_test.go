package crowded

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/app"
	"onestreet/server/feed"
	"onestreet/server/platform/clock"
	"onestreet/server/platform/config"
	"onestreet/server/testkit"
	"onestreet/server/testkit/crowd"
	"onestreet/server/testkit/errand"
	"onestreet/server/testkit/services"
	"onestreet/server/testkit/together"
)

// doomed is called a node in a process of its own.
const doomed = "doomed"

// serveUntilKilled is what the process does: it says where it listens.
func serveUntilKilled(cfg config.Config) error {
	n, err := app.New(cfg, app.Options{Clock: clock.NewFake(testkit.Noon)}) // durable, as in production
	if err != nil {
		return err
	}
	return n.Run(context.Background(), func(addr net.Addr) { _, _ = fmt.Fprintln(os.Stdout, addr) })
}

// startDoomed starts a node in a process of its own and returns how to kill it.
func startDoomed(a *testkit.App, t *testing.T, redis string) (n *node, kill func()) {
	cfg := a.Config
	cfg.Proxies, cfg.Redis = "127.0.0.1", redis
	process := errand.Send(t, doomed, cfg)
	kill = sync.OnceFunc(process.Kill)
	t.Cleanup(kill)
	return &node{addr: process.Line()}, kill
}

// letters is a round of posts and of messages to a shop, each with a key of its own and sent until it is answered.
type letters struct {
	t      *testing.T
	street *testkit.App
	client http.Client
}

// toTheShop tells which of the letters is a message: every third.
func toTheShop(i int) bool { return i%3 == 2 }

// send sends one and returns the status; 0 when nobody answered.
func (l *letters) send(addr string, i int) int {
	body, path := fmt.Sprintf(`{"text":"第%d锅糖炒栗子出锅了"}`, i), "/feeds/street/posts"
	if toTheShop(i) {
		path = "/me/chats/" + l.street.Street.Stores["noodles"].ID.String() + "/messages"
	}
	q, err := http.NewRequestWithContext(l.t.Context(), http.MethodPost, "http://"+addr+"/api/v1"+path, strings.NewReader(body))
	require.NoError(l.t, err)
	q.Header.Set("Authorization", "Bearer "+l.street.As(testkit.Shopper).Token())
	q.Header.Set("Idempotency-Key", fmt.Sprintf("pot-%s-%d", l.street.Street.Alliance.ID, i))
	q.Header.Set("Content-Type", "application/json")
	answer, err := l.client.Do(q)
	if err != nil {
		return 0
	}
	var told bytes.Buffer
	if _, err := told.ReadFrom(answer.Body); err != nil {
		return 0 // half an answer is none
	}
	require.NoError(l.t, answer.Body.Close())
	return answer.StatusCode
}

// sendAll sends the numbers, twenty at a time, and returns those that were not answered with 201.
func (l *letters) sendAll(addr string, numbers []int, told func()) (rest []int) {
	var (
		all  together.Group
		mu   sync.Mutex
		next = make(chan int, len(numbers))
	)
	for _, i := range numbers {
		next <- i
	}
	close(next)
	for range 20 {
		all.Go(func() {
			for i := range next {
				status := l.send(addr, i)
				if status == http.StatusCreated {
					told()
					continue
				}
				if status != 0 {
					l.t.Errorf("letter %d: %d", i, status)
				}
				mu.Lock()
				rest = append(rest, i)
				mu.Unlock()
			}
		})
	}
	all.Wait()
	return rest
}

// once fails unless the feed tells each of so many posts exactly once, without a gap.
func (l *letters) once(n *node, posts int) {
	items, err := n.Streams.Since(l.t.Context(), l.street.Street.Alliance.ID, wall, 0, 10*posts)
	require.NoError(l.t, err)
	times := map[string]int{}
	for i, item := range items {
		require.EqualValues(l.t, i+1, item.Seq)
		var data struct{ Post feed.PostView }
		require.NoError(l.t, json.Unmarshal([]byte(item.Data), &data))
		times[data.Post.Text]++
	}
	for text, n := range times {
		require.Equal(l.t, 1, n, text)
	}
	require.Len(l.t, times, posts)
}

// saidOnce fails unless the shop has each of so many messages exactly once, in an order without a gap.
func (l *letters) saidOnce(messages int) {
	var said []models.ChatMessage
	require.NoError(l.t, l.street.DB.Read(l.t.Context()).Where("alliance_id = ?", l.street.Street.Alliance.ID).Order("seq").Find(&said).Error)
	require.Len(l.t, said, messages)
	texts := map[string]bool{}
	for i, m := range said {
		require.EqualValues(l.t, i+1, m.Seq)
		texts[m.Text] = true
	}
	require.Len(l.t, texts, messages)
}

// TestANodeIsKilledInMidPost: a process that serves half of the phones is killed (SIGKILL) while neighbours post through
// it and write to a shop. Whoever was not answered tries again elsewhere, at once and with the same key: every letter is there
// once, and every phone heard each post once and in order.
func TestANodeIsKilledInMidPost(t *testing.T) {
	testkit.Each(t, func(t *testing.T, street *testkit.App) {
		const phones, posts, messages, before = 40, 60, 30, 15
		redis := "redis://" + services.Redis(t)
		survivor := start(street, t, redis)
		victim, kill := startDoomed(street, t, redis)
		c := crowd.New(t)
		c.Open(phones, since(door(street, victim, survivor), 0))
		l := &letters{t: t, street: street, client: http.Client{Transport: &http.Transport{}}}
		t.Cleanup(l.client.CloseIdleConnections) // a node that stops waits for connections on which nothing was asked yet
		numbers, told := make([]int, posts+messages), atomic.Int64{}
		for i := range numbers {
			numbers[i] = i
		}
		rest := l.sendAll(victim.addr, numbers, func() {
			if told.Add(1) == before {
				kill()
			}
		})
		require.NotEmpty(t, rest)
		require.Empty(t, l.sendAll(survivor.addr, rest, func() {}))
		l.once(survivor, posts)
		l.saidOnce(messages)
		require.NoError(t, survivor.Hub.Sweep(t.Context()))
		r := c.Until(20*time.Second, func(r crowd.Report) bool { return r.Ready == phones && r.Lowest == posts })
		require.Equal(t, [3]int64{phones * posts, 0, 0}, [3]int64{r.Frames, r.Gaps, r.Repeats})
	})
}

// TestARollingRestartLosesNothing: two nodes go and come back one after the other while neighbours post through the one
// that is there.
func TestARollingRestartLosesNothing(t *testing.T) {
	testkit.Each(t, func(t *testing.T, street *testkit.App) {
		const phones, posts = 60, 20
		redis := "redis://" + services.Redis(t)
		first, second := start(street, t, redis), start(street, t, redis)
		c, place := crowd.New(t), door(street, first, second)
		place.Away = 300 * time.Millisecond
		c.Open(phones, since(place, 0))
		alliance := street.Street.Alliance.ID
		during(func() { second.say(t, alliance, posts, bytesEach) }, first.stop)
		again := startAt(street, t, redis, first.addr)
		during(func() { again.say(t, alliance, posts, bytesEach) }, second.stop)
		r := c.Until(20*time.Second, func(r crowd.Report) bool { return r.Ready == phones && r.Lowest == 2*posts })
		require.Equal(t, [3]int64{phones * 2 * posts, 0, 0}, [3]int64{r.Frames, r.Gaps, r.Repeats})
		require.GreaterOrEqual(t, r.Closed[4012], int64(phones), "everyone was told to come back later, some twice")
	})
}

// during does two things at once.
func during(one, other func()) {
	var both together.Group
	both.Go(one)
	other()
	both.Wait()
}
