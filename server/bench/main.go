// Command bench is the peers that the street's live feed is measured against: the floor, which no server can go below, and
// Centrifuge's engine, the best Go library for this. It is a module of its own, so that the product depends on neither;
// server/platform/realtime builds and starts it for `make bench`.
//
//	bench floor|centrifuge
//	        ── the address it listens at, a line ──>
//	<─ {"rate": 20, "seconds": 8, "bytes": 200} ──
//	        ── {"cpu": …, "messages": …, "followers": …, "rss": …} ──>
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// peer is a server whose followers all get what is said.
type peer interface {
	serve(ln net.Listener) error
	say(text string) error
	followers() int
}

type order struct {
	Rate    int // messages a second
	Seconds int
	Bytes   int // of a message
}

type result struct {
	CPU       int64 `json:"cpu"` // user and system time of this process while it spoke, in nanoseconds
	Messages  int   `json:"messages"`
	Followers int   `json:"followers"`
	RSS       int64 `json:"rss"` // resident memory, in bytes
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	peers := map[string]func() (peer, error){"floor": newFloor, "centrifuge": newEngine}
	if len(os.Args) != 2 || peers[os.Args[1]] == nil {
		return fmt.Errorf("usage: bench floor|centrifuge")
	}
	p, err := peers[os.Args[1]]()
	if err != nil {
		return err
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	go func() { _ = p.serve(ln) }()
	fmt.Println(ln.Addr())
	return obey(p)
}

// obey speaks as it is told until nobody tells it any more.
func obey(p peer) error {
	for orders := json.NewDecoder(os.Stdin); ; {
		var o order
		if err := orders.Decode(&o); err != nil {
			return nil
		}
		r, err := speak(p, o)
		if err != nil {
			return err
		}
		if err := json.NewEncoder(os.Stdout).Encode(r); err != nil {
			return err
		}
	}
}

func speak(p peer, o order) (result, error) {
	text := strings.Repeat("x", o.Bytes)
	beat := time.NewTicker(time.Second / time.Duration(max(o.Rate, 1)))
	defer beat.Stop()
	began := cpu()
	for range o.Rate * o.Seconds {
		<-beat.C
		if err := p.say(text); err != nil {
			return result{}, err
		}
	}
	time.Sleep(500 * time.Millisecond) // for what is still in its queues
	return result{CPU: (cpu() - began).Nanoseconds(), Messages: o.Rate * o.Seconds, Followers: p.followers(), RSS: rss()}, nil
}

func cpu() time.Duration {
	var used syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &used) // cannot fail for the process itself
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// rss is 0 where the system does not tell.
func rss() int64 {
	f, err := os.Open("/proc/self/status")
	if err != nil {
		return 0
	}
	defer func() { _ = f.Close() }()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if kb, is := strings.CutPrefix(lines.Text(), "VmRSS:"); is {
			n, _ := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(kb, "kB")), 10, 64)
			return n << 10
		}
	}
	return 0
}
