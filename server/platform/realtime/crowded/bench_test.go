package crowded

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onestreet/server/app"
	"onestreet/server/platform/db"
	"onestreet/server/testkit"
	"onestreet/server/testkit/crowd"
	"onestreet/server/testkit/figures"
)

// bytesEach is the size of a measured message.
const bytesEach = 200

// pace is how a benchmark speaks.
type pace struct{ followers, rate, seconds int }

// spoken is what speaking cost.
type spoken struct {
	CPU       int64 // of the server's process, in nanoseconds
	Messages  int
	Followers int
	RSS       int64
}

// each is the processor's time of one delivery, in microseconds.
func (s spoken) each() float64 {
	return float64(s.CPU) / 1000 / float64(s.Messages) / float64(s.Followers)
}

// BenchmarkBroadcast: what it costs to bring a message to a phone, against the least that it can cost and against
// Centrifuge's engine.
func BenchmarkBroadcast(b *testing.B) {
	app.TradeMemory()
	street := testkit.New(b, db.SQLite)
	many, burst := pace{5000, 20, 8}, pace{1000, 200, 8}
	floor, ours, engine := peer(b, "floor", many), measured(b, street, many), peer(b, "centrifuge", many)
	figures.Report(b, "realtime.floor", floor.each(), "µs")
	figures.Report(b, "realtime.centrifuge", engine.each(), "µs")
	figures.Report(b, "realtime.delivery", ours.each(), "µs")
	figures.AtMost(b, "realtime.vs_floor", ours.each()/floor.each(), "ratio", 1.35)
	figures.AtMost(b, "realtime.vs_centrifuge", ours.each()/engine.each(), "ratio", 0.6)

	floor, ours = peer(b, "floor", burst), measured(b, street, burst)
	figures.Report(b, "realtime.burst_floor", floor.each(), "µs")
	figures.Report(b, "realtime.burst_delivery", ours.each(), "µs")
	figures.AtMost(b, "realtime.burst_vs_floor", ours.each()/floor.each(), "ratio", 0.6)
}

// measured lets a node of ours speak. Everything is counted that the process does, the commits included.
func measured(b *testing.B, street *testkit.App, p pace) spoken {
	n := start(street, b, "")
	defer n.stop()
	phones := crowd.Patient(b)
	defer phones.Leave()
	before := resident(b)
	phones.Open(p.followers, since(door(street, n), head(b, n, street.Street.Alliance.ID)))
	memory := resident(b) - before
	beat := time.NewTicker(time.Second / time.Duration(p.rate))
	defer beat.Stop()
	began := figures.CPU()
	for range p.rate * p.seconds {
		<-beat.C
		n.say(b, street.Street.Alliance.ID, 1, bytesEach)
	}
	s := spoken{Messages: p.rate * p.seconds, Followers: p.followers, RSS: memory}
	<-time.After(500 * time.Millisecond) // for what is still in its queues
	s.CPU = (figures.CPU() - began).Nanoseconds()
	mustHear(b, phones, s)
	return s
}

// since lets phones begin at a seq, without the past.
func since(p crowd.Place, seq int64) crowd.Place {
	p.Since = seq
	return p
}

// mustHear fails unless every phone heard every message.
func mustHear(b *testing.B, phones *crowd.Crowd, s spoken) {
	b.Helper()
	want := int64(s.Messages * s.Followers)
	r := phones.Until(20*time.Second, func(r crowd.Report) bool { return r.Frames >= want })
	require.Equal(b, [3]int64{want, 0, 0}, [3]int64{r.Frames, r.Gaps, r.Repeats})
}

// peer lets one of server/bench speak.
func peer(b *testing.B, kind string, p pace) spoken {
	cmd := exec.Command(peers(b), kind)
	in, err := cmd.StdinPipe()
	require.NoError(b, err)
	pipe, err := cmd.StdoutPipe()
	require.NoError(b, err)
	require.NoError(b, cmd.Start())
	defer func() {
		_ = in.Close()
		_ = cmd.Wait()
	}()
	out := bufio.NewReader(pipe)
	addr, err := out.ReadString('\n')
	require.NoError(b, err)
	phones := crowd.Patient(b)
	defer phones.Leave()
	phones.Open(p.followers, peerDoor(kind, strings.TrimSpace(addr)))
	require.NoError(b, json.NewEncoder(in).Encode(map[string]int{"rate": p.rate, "seconds": p.seconds, "bytes": bytesEach}))
	var s spoken
	require.NoError(b, json.NewDecoder(out).Decode(&s))
	require.Equal(b, p.followers, s.Followers)
	mustHear(b, phones, s)
	return s
}

func peerDoor(kind, addr string) crowd.Place {
	p := crowd.Place{Addrs: []string{addr}, Path: "/"}
	if kind == "centrifuge" {
		p.Say = []string{`{"id":1,"connect":{}}`, `{"id":2,"subscribe":{"channel":"feed"}}`}
		p.Ready = `"subscribe":`
	}
	return p
}

// peers builds server/bench, a module of its own whose libraries come through Go's module proxy.
func peers(b *testing.B) string {
	path := filepath.Join(b.TempDir(), "peers")
	build := exec.Command("go", "build", "-buildvcs=false", "-o", path, ".")
	build.Dir = "../../../bench"
	said, err := build.CombinedOutput()
	require.NoError(b, err, "the peers cannot be built: %s", said)
	return path
}

// BenchmarkGrowth: a delivery's cost, and a connection's memory, at one to ten thousand followers.
func BenchmarkGrowth(b *testing.B) {
	app.TradeMemory()
	street := testkit.New(b, db.SQLite)
	for _, followers := range []int{1000, 2000, 5000, 10_000} {
		s := measured(b, street, pace{followers, 10, 5})
		name := fmt.Sprintf(".%d", followers)
		figures.Report(b, "realtime.delivery"+name, s.each(), "µs")
		figures.Report(b, "realtime.busy"+name, float64(s.CPU)/float64(5*time.Second)*100, "% of a core")
		if perConnection := float64(s.RSS) / float64(followers) / 1024; followers == 10_000 {
			figures.AtMost(b, "realtime.memory"+name, perConnection, "KB", 14)
		} else {
			figures.Report(b, "realtime.memory"+name, perConnection, "KB")
		}
	}
}

// resident is this process's memory without its garbage, in bytes.
func resident(b *testing.B) int64 {
	debug.FreeOSMemory()
	text, err := os.ReadFile("/proc/self/statm")
	require.NoError(b, err)
	pages, err := strconv.ParseInt(strings.Fields(string(text))[1], 10, 64)
	require.NoError(b, err)
	return pages * int64(os.Getpagesize())
}
