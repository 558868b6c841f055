package realtime

import (
	"encoding/json"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onestreet/server/testkit/figures"
)

// BenchmarkBroadcast is one message of 200 bytes to 500 sockets on loopback, from the broker to the kernel: one socket's
// part of it.
func BenchmarkBroadcast(b *testing.B) {
	const followers = 500
	s := newStreet(b, sqlite(b), NewLocal(), Options{})
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(b, err)
	b.Cleanup(func() { _ = ln.Close() })
	for range followers {
		client, err := net.Dial("tcp", ln.Addr().String())
		require.NoError(b, err)
		server, err := ln.Accept()
		require.NoError(b, err)
		go s.hub.Serve(server, "bench")
		w := &wire{t: b, conn: client}
		w.enter("")
		w.followed(feed, 0)
		b.Cleanup(func() { _ = client.Close() })
		go func() { _, _ = io.Copy(io.Discard, client) }()
	}
	data, err := json.Marshal(map[string]string{"text": strings.Repeat("x", 120)})
	require.NoError(b, err)
	k := Key{s.alliance, feed}
	t := s.hub.topics[k]
	const messages = 2000
	seq := int64(0)
	began := time.Now()
	for range messages {
		seq++
		s.hub.deliver(Message{Key: k, Seq: seq, Kind: "post.created", At: noon, Data: data})
		for _, p := range t.parts { // until the shards have written it
			p.mu.Lock()
			p.mu.Unlock() //nolint:staticcheck // only to wait for the part's turn
		}
	}
	figures.Report(b, "realtime.delivery", float64(time.Since(began).Nanoseconds())/1000/messages/followers, "µs")
}
