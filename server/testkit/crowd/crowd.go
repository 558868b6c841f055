// Package crowd is thousands of phones that follow a stream, in a process of their own: what they cost is not the
// server's, and neither process runs out of file descriptors. A benchmark starts the crowd, gives it orders, and reads
// what it heard.
//
//	benchmark ── order, a JSON line ──> crowd ── sockets ──> server
//	          <─ Report, a JSON line ──
//
// The crowd is the test's own binary, run once more: TestMain calls Main first.
package crowd

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// role is the variable by which the binary knows that it is to be the crowd.
const role = "ONESTREET_CROWD"

// Place is where phones go and what they say there.
type Place struct {
	Addrs []string // nodes, tried in turn
	Path  string
	Since int64         // where phones begin: the seq that they know
	Say   []string      // frames after the handshake; SINCE stands for the last seq that the phone knows
	Ready string        // what is in the frame that says that the phone follows; empty: the handshake is enough
	Away  time.Duration // the longest that a phone stays away when the server goes; 0: five seconds, as the protocol says
}

// Report is what the crowd heard since its phones opened.
type Report struct {
	Error   string
	Ready   int              // phones that follow now
	Frames  int64            // that hold an item, or at a peer's: of at least Item bytes
	Gaps    int64            // items that came too early
	Repeats int64            // items that came again
	Lowest  int64            // the last seq of the phone that is furthest behind
	Last    map[int64]int64  // by seq: when the last phone heard it, in Unix nanoseconds
	Heard   map[int64]int    // by seq: how many phones did
	Closed  map[uint16]int64 // by close code (0: cut): how often
}

// Item is the size from which a frame without a seq counts as a message, in bytes.
const Item = 126

type order struct {
	Do     string // open, cut, back, report
	Phones int
	AtOnce int // how many dial at the same time; 0: all
	Place  Place
}

// Crowd is a benchmark's handle on its phones.
type Crowd struct {
	b   testing.TB
	in  io.WriteCloser
	out *bufio.Reader
	cmd *exec.Cmd
}

// New starts a crowd without phones; it ends with the benchmark.
func New(b testing.TB) *Crowd { return start(b) }

// Patient starts a crowd that yields the processor to the server, as phones do that are elsewhere: for what a server's
// work costs, not for how soon something is heard.
func Patient(b testing.TB) *Crowd { return start(b, "nice", "-n", "15") }

func start(b testing.TB, before ...string) *Crowd {
	b.Helper()
	self, err := os.Executable()
	require.NoError(b, err)
	line := slices.Concat(before, []string{self})
	cmd := exec.Command(line[0], line[1:]...)
	cmd.Env = append(os.Environ(), role+"=1")
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	require.NoError(b, err)
	out, err := cmd.StdoutPipe()
	require.NoError(b, err)
	require.NoError(b, cmd.Start())
	c := &Crowd{b: b, in: in, out: bufio.NewReaderSize(out, 1<<16), cmd: cmd}
	b.Cleanup(c.Leave)
	return c
}

// Leave cuts every phone and ends the crowd.
func (c *Crowd) Leave() {
	if c.cmd == nil {
		return
	}
	_ = c.in.Close() // it ends when nobody can give it orders
	_ = c.cmd.Wait()
	c.cmd = nil
}

// Open brings so many phones to a place and returns when all follow. Phones come back by themselves when they are cut.
func (c *Crowd) Open(phones int, at Place) {
	c.b.Helper()
	c.tell(order{Do: "open", Phones: phones, AtOnce: 64, Place: at})
}

// Cut ends every phone's connection as a lost network does; they stay away until Back.
func (c *Crowd) Cut() { c.tell(order{Do: "cut"}) }

// Back lets every phone dial in the same moment.
func (c *Crowd) Back() { c.tell(order{Do: "back"}) }

// Report is what was heard so far.
func (c *Crowd) Report() Report {
	c.b.Helper()
	return c.tell(order{Do: "report"})
}

// Until waits until a report is as it should be, and fails when that takes longer.
func (c *Crowd) Until(within time.Duration, done func(Report) bool) Report {
	c.b.Helper()
	for began := time.Now(); ; <-time.After(20 * time.Millisecond) {
		r := c.Report()
		if done(r) {
			return r
		}
		if time.Since(began) > within {
			r.Last, r.Heard = nil, nil
			require.Failf(c.b, "the crowd is not where it should be", "%+v", r)
		}
	}
}

func (c *Crowd) tell(o order) Report {
	c.b.Helper()
	require.NoError(c.b, json.NewEncoder(c.in).Encode(o))
	line, err := c.out.ReadBytes('\n')
	require.NoError(c.b, err, "the crowd is gone")
	var r Report
	require.NoError(c.b, json.Unmarshal(line, &r))
	require.Empty(c.b, r.Error)
	return r
}

// Main is the crowd's process; in any other it returns at once. TestMain calls it first.
func Main() {
	if os.Getenv(role) == "" {
		return
	}
	s := newSquare()
	in, out := json.NewDecoder(os.Stdin), json.NewEncoder(os.Stdout)
	for {
		var o order
		if err := in.Decode(&o); err != nil {
			s.cut()
			os.Exit(0)
		}
		r := s.obey(o)
		if err := out.Encode(r); err != nil {
			os.Exit(1)
		}
	}
}

func (s *square) obey(o order) Report {
	switch o.Do {
	case "open":
		return failed(s.open(o))
	case "cut":
		s.cut()
	case "back":
		s.gate.Unlock()
	case "report":
		return s.report()
	default:
		return failed(errors.New("unknown order " + o.Do))
	}
	return Report{}
}

func failed(err error) (r Report) {
	if err != nil {
		r.Error = err.Error()
	}
	return r
}
