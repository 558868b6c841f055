package load

import (
	"encoding/gob"
	"errors"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// role is the variable by which the binary knows that it is to be the phones.
const role = "ONESTREET_PHONES"

// Phones is a crowd's phones in a process of their own: the test's own binary, run once more. Neither their stacks nor
// their garbage are the server's, and they take one processor at most.
type Phones struct {
	t   testing.TB
	in  *gob.Encoder
	out *gob.Decoder
}

// order is what phones do: each of so many opens a connection, and then they send.
type order struct {
	Addrs    []string      // nodes; each has as many phones as the others
	Phones   int           // connections that are open at once
	Before   [][][]byte    // what each phone sends first, one after the other and each answered, in one moment; may be empty
	Requests [][]byte      // what is measured
	Every    time.Duration // between two requests, whichever phone is free; zero: each phone sends its own in one moment
}

// Heard is what came of an order.
type Heard struct {
	Before  [][]Answer
	Answers []Answer // in the order of the requests
	Took    time.Duration
	Error   string
}

// NewPhones starts the process; it ends with the benchmark. TestMain calls Main first.
func NewPhones(t testing.TB) *Phones {
	t.Helper()
	self, err := os.Executable()
	require.NoError(t, err)
	cmd := exec.Command(self)
	cmd.Env, cmd.Stderr = append(os.Environ(), role+"=1"), os.Stderr
	in, err := cmd.StdinPipe()
	require.NoError(t, err)
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	t.Cleanup(func() {
		_ = in.Close() // it ends when nobody can give it orders
		_ = cmd.Wait()
	})
	return &Phones{t, gob.NewEncoder(in), gob.NewDecoder(out)}
}

// AtOnce lets each phone open a connection and send what comes before, one after the other, and when all are answered, its
// request: all in the same moment. The phones are shared out among the nodes.
func (p *Phones) AtOnce(addrs []string, requests [][]byte, before ...[][]byte) Heard {
	p.t.Helper()
	return p.obeyed(order{Addrs: addrs, Phones: len(requests), Before: before, Requests: requests})
}

// Paced sends requests at their times, whether those before are answered or not, over so many connections.
func (p *Phones) Paced(addr string, phones int, requests [][]byte, every time.Duration) Heard {
	p.t.Helper()
	return p.obeyed(order{Addrs: []string{addr}, Phones: phones, Requests: requests, Every: every})
}

func (p *Phones) obeyed(o order) (h Heard) {
	p.t.Helper()
	require.NoError(p.t, p.in.Encode(o))
	require.NoError(p.t, p.out.Decode(&h), "the phones are gone")
	require.Empty(p.t, h.Error)
	return h
}

// Main is the phones' process; in any other it returns at once. TestMain calls it first.
func Main() {
	if os.Getenv(role) == "" {
		return
	}
	runtime.GOMAXPROCS(1)
	debug.SetGCPercent(-1) // what an order leaves behind is collected before the next
	in, out := gob.NewDecoder(os.Stdin), gob.NewEncoder(os.Stdout)
	for {
		var o order
		if in.Decode(&o) != nil {
			os.Exit(0)
		}
		runtime.GC()
		h, err := o.obey()
		if err != nil {
			h.Error = err.Error()
		}
		if out.Encode(h) != nil {
			os.Exit(1)
		}
	}
}

func (o order) obey() (h Heard, err error) {
	conns := make([]*Conn, o.Phones)
	for i := range conns {
		if conns[i], err = Dial(o.Addrs[i*len(o.Addrs)/len(conns)]); err != nil {
			return h, err
		}
		defer conns[i].Close()
	}
	h.Before = make([][]Answer, len(o.Before))
	for i, requests := range o.Before {
		if h.Before[i], err = atOnce(conns, requests); err != nil {
			return h, err
		}
	}
	began := time.Now()
	if o.Every > 0 {
		h.Answers, err = paced(conns, o.Requests, o.Every)
	} else {
		h.Answers, err = atOnce(conns, o.Requests)
	}
	h.Took = time.Since(began)
	return h, err
}

// atOnce lets every connection send its request at the same moment.
func atOnce(conns []*Conn, requests [][]byte) ([]Answer, error) {
	answers, errs := make([]Answer, len(conns)), make([]error, len(conns))
	gun := make(chan struct{})
	var ready, all sync.WaitGroup
	var fired time.Time
	ready.Add(len(conns))
	for i, c := range conns {
		all.Go(func() {
			ready.Done()
			<-gun
			answers[i], errs[i] = c.Send(requests[i], fired)
		})
	}
	ready.Wait()
	fired = time.Now()
	close(gun)
	all.Wait()
	return answers, errors.Join(errs...)
}

// paced hands each request at its time to a connection that is free.
func paced(conns []*Conn, requests [][]byte, every time.Duration) ([]Answer, error) {
	answers, errs := make([]Answer, len(requests)), make([]error, len(requests))
	began, next := time.Now(), make(chan int, len(requests))
	meant := func(i int) time.Time { return began.Add(time.Duration(i) * every) }
	var all sync.WaitGroup
	for _, c := range conns {
		all.Go(func() {
			for i := range next {
				answers[i], errs[i] = c.Send(requests[i], meant(i))
			}
		})
	}
	for i := range requests {
		<-time.After(time.Until(meant(i)))
		next <- i
	}
	close(next)
	all.Wait()
	return answers, errors.Join(errs...)
}

// Percentile is how long the p-th percentile of answers took, in milliseconds.
func Percentile(answers []Answer, p int) float64 {
	took := make([]time.Duration, len(answers))
	for i, a := range answers {
		took[i] = a.Took
	}
	slices.Sort(took)
	return float64(took[len(took)*p/100].Microseconds()) / 1000
}
