// Package crowded tests and measures the feed's sockets as the street has them: whole nodes, real databases, and a crowd
// of phones in a process of their own.
package crowded

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/app"
	"onestreet/server/testkit"
	"onestreet/server/testkit/crowd"
	"onestreet/server/testkit/errand"
	"onestreet/server/testkit/services"
)

func TestMain(m *testing.M) {
	crowd.Main()
	errand.For(doomed, serveUntilKilled)
	testkit.Main(m)
}

// wall is the stream that everybody follows.
var wall = models.FeedStream(models.StreetFeed)

// node is one node of the street as the command line runs it: with its events, jobs, beats and sweeps.
type node struct {
	*app.App
	addr string
	stop func() // goes away as a restart does; returns when it has
}

// start starts a node of the testkit's street. Phones that name an address of their own are believed, for a node takes
// 2,000 connections of one.
func start(a *testkit.App, t testing.TB, redis string) *node {
	return startAt(a, t, redis, "127.0.0.1:0")
}

// startAt starts it where another one was.
func startAt(a *testkit.App, t testing.TB, redis, addr string) *node {
	cfg := a.Config
	cfg.Proxies, cfg.Redis, cfg.Addr = "127.0.0.1", redis, addr
	n, err := app.New(cfg, app.Options{Clock: a.Time, SMS: a.SMS, Log: logs(t), Volatile: !services.Durable()})
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(context.Background())
	listening, done := make(chan string, 1), make(chan error, 1)
	go func() { done <- n.Run(ctx, func(addr net.Addr) { listening <- addr.String() }) }()
	var once sync.Once
	stop := func() {
		once.Do(func() {
			cancel()
			require.NoError(t, <-done)
			require.NoError(t, n.Close())
		})
	}
	t.Cleanup(stop)
	return &node{App: n, addr: <-listening, stop: stop}
}

// logs writes a line a request into a file, as in production.
func logs(t testing.TB) *slog.Logger {
	f, err := os.Create(filepath.Join(t.TempDir(), "log"))
	require.NoError(t, err)
	t.Cleanup(func() { _ = f.Close() })
	return slog.New(slog.NewJSONHandler(f, nil))
}

// door is where the crowd finds the feed of the testkit's street.
func door(a *testkit.App, nodes ...*node) crowd.Place {
	p := crowd.Place{Path: "/api/v1/ws", Ready: `"op":"following"`, Say: []string{
		fmt.Sprintf(`{"op":"hello","v":1,"token":"","street":%q}`, a.Street.Alliance.Slug),
		fmt.Sprintf(`{"op":"follow","stream":%q,"since":SINCE}`, wall),
	}}
	for _, n := range nodes {
		p.Addrs = append(p.Addrs, n.addr)
	}
	return p
}

// say appends n items of so many bytes to the feed, each in its own transaction.
func (n *node) say(t testing.TB, alliance models.ID, count, bytes int) {
	data := json.RawMessage(fmt.Sprintf(`{"text":%q}`, strings.Repeat("x", bytes-len(`{"text":""}`))))
	for range count {
		require.NoError(t, n.DB.Tx(context.Background(), func(tx *gorm.DB) error {
			_, err := n.Streams.Append(tx, alliance, wall, "post.created", data)
			return err
		}))
	}
}

func head(t testing.TB, n *node, alliance models.ID) int64 {
	seq, err := n.Streams.Head(context.Background(), alliance, wall)
	require.NoError(t, err)
	return seq
}
