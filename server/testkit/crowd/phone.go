package crowd

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

const (
	mostItems = 1 << 14          // seqs whose arrival is noted
	openWait  = 60 * time.Second // for all phones to follow
	goingAway = 4012
)

// square is where the phones of this process are.
type square struct {
	place  Place
	gate   sync.RWMutex // phones dial while they hold it for reading; cut takes it
	dials  chan struct{}
	phones []*phone
	ready  atomic.Int64

	frames, gaps, repeats atomic.Int64
	closed                [1 << 16]atomic.Int64
	last                  [mostItems]atomic.Int64
	heard                 [mostItems]atomic.Int32
}

func newSquare() *square { return &square{} }

func (s *square) open(o order) error {
	s.place, s.dials = o.Place, make(chan struct{}, max(o.AtOnce, 1))
	for i := range o.Phones {
		p := &phone{square: s, number: i}
		p.last.Store(o.Place.Since)
		s.phones = append(s.phones, p)
		go p.live()
	}
	for began := time.Now(); int(s.ready.Load()) < len(s.phones); <-time.After(5 * time.Millisecond) {
		if time.Since(began) > openWait {
			return fmt.Errorf("%d of %d phones follow", s.ready.Load(), len(s.phones))
		}
	}
	s.dials = nil // from now on all at once
	return nil
}

// cut closes every connection without goodbye and lets nobody dial until the gate is opened.
func (s *square) cut() {
	s.gate.Lock()
	for _, p := range s.phones {
		p.mu.Lock()
		if p.conn != nil {
			_ = p.conn.Close()
		}
		p.mu.Unlock()
	}
}

// report reads first how far the phones are and then the sums: a frame is counted before its phone is further.
func (s *square) report() Report {
	r := Report{Last: map[int64]int64{}, Heard: map[int64]int{}, Closed: map[uint16]int64{}, Lowest: -1}
	for _, p := range s.phones {
		if last := p.last.Load(); r.Lowest < 0 || last < r.Lowest {
			r.Lowest = last
		}
	}
	for seq := range s.last {
		if at := s.last[seq].Load(); at != 0 {
			r.Last[int64(seq)], r.Heard[int64(seq)] = at, int(s.heard[seq].Load())
		}
	}
	for code := range s.closed {
		if n := s.closed[code].Load(); n > 0 {
			r.Closed[uint16(code)] = n
		}
	}
	r.Ready, r.Frames, r.Gaps, r.Repeats = int(s.ready.Load()), s.frames.Load(), s.gaps.Load(), s.repeats.Load()
	return r
}

// phone is one of them. It counts what it hears and comes back when it is cut.
type phone struct {
	square *square
	number int
	last   atomic.Int64 // seq

	mu   sync.Mutex
	conn net.Conn
}

// live dials again whenever the connection ends, as long as the process does.
func (p *phone) live() {
	for turn := 0; ; turn++ {
		code := p.session(p.square.place.Addrs[(p.number+turn)%len(p.square.place.Addrs)])
		p.square.closed[code].Add(1)
		longest := 200 * time.Millisecond
		if code == goingAway {
			longest = cmp.Or(p.square.place.Away, 5*time.Second)
		}
		if code != 0 || p.refused() {
			<-time.After(rand.N(longest))
		}
	}
}

// refused: it was not even let in.
func (p *phone) refused() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.conn == nil
}

// session is one connection, from dialling to its end; it returns the close code, 0 when it was cut.
func (p *phone) session(addr string) uint16 {
	conn, read, err := p.dial(addr)
	if err != nil {
		return 0
	}
	defer func() { _ = conn.Close() }()
	return p.listen(conn, read)
}

func (p *phone) dial(addr string) (net.Conn, *bufio.Reader, error) {
	s := p.square
	s.gate.RLock()
	defer s.gate.RUnlock()
	if d := s.dials; d != nil {
		d <- struct{}{}
		defer func() { <-d }()
	}
	conn, err := net.Dial("tcp", addr)
	if err == nil {
		_ = conn.(*net.TCPConn).SetLinger(0) // thousands of closed connections would keep their ports for a minute
	}
	p.mu.Lock()
	p.conn = conn
	p.mu.Unlock()
	if err != nil {
		return nil, nil, err
	}
	read := bufio.NewReaderSize(conn, 2048)
	return conn, read, p.greet(conn, read)
}

func (p *phone) greet(conn net.Conn, read *bufio.Reader) error {
	place := p.square.place
	_, err := fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"+
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\nX-Forwarded-For: 10.0.%d.%d\r\n\r\n",
		place.Path, conn.RemoteAddr(), p.number>>8, p.number&255)
	if err != nil {
		return err
	}
	if err := shaken(read); err != nil {
		return err
	}
	for _, say := range place.Say {
		say = strings.ReplaceAll(say, "SINCE", strconv.FormatInt(p.last.Load(), 10))
		if _, err := conn.Write(masked(0x1, []byte(say))); err != nil {
			return err
		}
	}
	return nil
}

// shaken reads the server's part of the handshake.
func shaken(read *bufio.Reader) error {
	status, err := read.ReadString('\n')
	if err == nil && !strings.Contains(status, " 101 ") {
		err = errors.New(status)
	}
	for line := status; err == nil && strings.TrimSpace(line) != ""; {
		line, err = read.ReadString('\n')
	}
	return err
}

// masked is a client's frame with the mask 0, which changes nothing.
func masked(opcode byte, payload []byte) []byte {
	out := []byte{0x80 | opcode}
	if len(payload) < 126 {
		out = append(out, 0x80|byte(len(payload)))
	} else {
		out = binary.BigEndian.AppendUint16(append(out, 0x80|126), uint16(len(payload)))
	}
	return append(append(out, 0, 0, 0, 0), payload...)
}

// listen reads until the connection ends.
func (p *phone) listen(conn net.Conn, read *bufio.Reader) uint16 {
	s := p.square
	ready := s.place.Ready == ""
	if ready {
		s.ready.Add(1)
	}
	defer func() {
		if ready {
			s.ready.Add(-1)
		}
	}()
	for {
		opcode, payload, err := readFrame(read)
		switch {
		case err != nil:
			return 0
		case opcode == 0x8 && len(payload) >= 2:
			return binary.BigEndian.Uint16(payload)
		case opcode == 0x9:
			if _, err := conn.Write(masked(0xA, nil)); err != nil {
				return 0
			}
		case !ready && bytes.Contains(payload, []byte(s.place.Ready)):
			ready = true
			s.ready.Add(1)
		default:
			p.hear(payload)
		}
	}
}

func readFrame(read *bufio.Reader) (opcode byte, payload []byte, err error) {
	head, err := read.Peek(2)
	if err != nil {
		return 0, nil, err
	}
	opcode, length, size := head[0]&0xf, int(head[1]&0x7f), 2
	if length == 126 {
		if head, err = read.Peek(4); err != nil {
			return 0, nil, err
		}
		length, size = int(binary.BigEndian.Uint16(head[2:])), 4
	}
	if size+length <= read.Size() {
		whole, err := read.Peek(size + length)
		if err != nil {
			return 0, nil, err
		}
		_, err = read.Discard(size + length) // what was peeked holds until the next read
		return opcode, whole[size:], err
	}
	payload = make([]byte, size+length)
	_, err = io.ReadFull(read, payload)
	return opcode, payload[min(size, len(payload)):], err
}

var (
	itemMark = []byte(`{"op":"item"`)
	seqMark  = []byte(`"seq":`)
	pubMark  = []byte(`"pub":`) // Centrifuge's; it puts several into a frame when it is behind
)

// hear counts a frame; an item by its seq.
func (p *phone) hear(payload []byte) {
	s := p.square
	if !bytes.HasPrefix(payload, itemMark) {
		if len(payload) >= Item {
			s.frames.Add(int64(max(1, bytes.Count(payload, pubMark))))
		}
		return
	}
	s.frames.Add(1)
	seq := number(payload[bytes.Index(payload, seqMark)+len(seqMark):])
	switch last := p.last.Load(); {
	case seq <= last:
		s.repeats.Add(1)
		return
	case seq > last+1:
		s.gaps.Add(1)
	}
	p.last.Store(seq)
	if seq < mostItems {
		s.heard[seq].Add(1)
		latest(&s.last[seq], time.Now().UnixNano())
	}
}

func latest(at *atomic.Int64, now int64) {
	for {
		was := at.Load()
		if was >= now || at.CompareAndSwap(was, now) {
			return
		}
	}
}

func number(digits []byte) (n int64) {
	for _, d := range digits {
		if d < '0' || d > '9' {
			break
		}
		n = n*10 + int64(d-'0')
	}
	return n
}
