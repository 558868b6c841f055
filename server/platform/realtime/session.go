package realtime

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"os"
	"runtime/debug"
	"time"

	"golang.org/x/time/rate"

	"onestreet/models"
)

// Serve speaks the protocol on a socket whose WebSocket handshake is done, and returns when the connection has ended
// and nothing writes to it any more. address is where it comes from.
func (h *Hub) Serve(conn net.Conn, address string) { h.serve(conn, nil, address) }

// serve is Serve for a socket of which something was read early.
func (h *Hub) serve(conn net.Conn, early []byte, address string) {
	c := h.newClient(conn, address)
	if why, ok := h.admit(c); !ok {
		c.out.shut(why)
	}
	defer h.dismiss(c)
	defer c.recover()
	c.run(conn, early)
}

func (h *Hub) newClient(conn net.Conn, address string) *Client {
	turn := h.turn.Add(1)
	return &Client{
		hub: h, id: models.NewID(), address: address,
		shard: int(turn % uint64(len(h.shards))), slot: turn % pingEvery,
		out:     newOutlet(conn, h.opt.QueueBytes),
		limiter: rate.NewLimiter(rate.Limit(h.opt.FramesRate), h.opt.FramesBurst),
		follows: map[string]*following{},
	}
}

func (h *Hub) admit(c *Client) (Close, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	switch {
	case h.draining:
		return CloseGoingAway, false
	case len(h.clients) >= h.opt.Total, h.address[c.address] >= h.opt.PerAddress:
		return CloseTooMany, false
	}
	h.clients[c] = struct{}{}
	h.address[c.address]++
	return Close{}, true
}

// countAccount takes one of the account's places; visitors have none.
func (h *Hub) countAccount(account models.ID) bool {
	if account.IsZero() {
		return true
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.accounts[account] >= h.opt.PerAccount {
		return false
	}
	h.accounts[account]++
	return true
}

// dismiss takes the connection off the hub and closes its socket. Nothing reaches it afterwards.
func (h *Hub) dismiss(c *Client) {
	c.dropAll()
	c.out.sever()
	c.mu.Lock()
	account, counted := c.subject.Account, c.counted
	c.mu.Unlock()
	h.mu.Lock()
	defer h.mu.Unlock()
	if counted {
		release(h.accounts, account)
	}
	if _, in := h.clients[c]; !in {
		return
	}
	delete(h.clients, c)
	release(h.address, c.address)
	if h.draining && len(h.clients) == 0 {
		close(h.empty)
	}
}

func release[K comparable](counts map[K]int, k K) {
	if counts[k]--; counts[k] <= 0 {
		delete(counts, k)
	}
}

// recover keeps a panic in one connection from ending the process.
func (c *Client) recover() {
	if p := recover(); p != nil {
		c.hub.opt.Log.Error("realtime: panic", "conn", c.id, "panic", p, "stack", string(debug.Stack()))
		c.out.shut(CloseInside)
	}
}

// run reads until the connection ends.
func (c *Client) run(conn net.Conn, early []byte) {
	c.out.keepReading(time.Now().Add(c.hub.opt.HelloWithin))
	r := &reader{src: conn, control: c.control}
	if len(early) > 0 {
		r.src = io.MultiReader(bytes.NewReader(early), conn)
	}
	for {
		message, err := r.next()
		if err == nil && !c.limiter.AllowN(c.hub.clock.Now(), 1) {
			err = ending{CloseTooFrequent}
		}
		if err != nil {
			c.end(conn, err)
			return
		}
		if c.out.open() {
			c.apart(func() { c.receive(message) })
		}
		c.alive()
	}
}

// apart acts on a goroutine of its own and waits for it: queries and JSON make a stack grow to tens of kilobytes, and the
// reader's would keep them for as long as the connection lasts.
func (c *Client) apart(act func()) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer c.recover()
		act()
	}()
	<-done
}

// alive puts off the end of a connection that said hello; one that did not has its few seconds and no more.
func (c *Client) alive() {
	if c.isGreeted() {
		c.out.keepReading(time.Now().Add(c.hub.opt.SilentFor))
	}
}

func (c *Client) control(opcode byte, payload []byte) error {
	if !c.limiter.AllowN(c.hub.clock.Now(), 1) {
		return ending{CloseTooFrequent}
	}
	switch opcode {
	case opPing:
		c.out.send(frame(opPong, payload))
		c.alive()
		return nil
	case opPong:
		c.alive()
		return nil
	case opClose:
		c.out.shut(CloseNormal)
		return errClosed
	}
	return ending{CloseProtocol}
}

// end closes a connection that broke a rule, was too slow to say hello, or is gone.
func (c *Client) end(conn net.Conn, err error) {
	var rule ending
	switch {
	case errors.As(err, &rule):
		c.out.shut(rule.Close)
	case errors.Is(err, os.ErrDeadlineExceeded) && !c.isGreeted() && c.out.open():
		c.out.shut(CloseTooSlow)
	default:
		return
	}
	// What else comes is not read as frames; the other end has a moment to see why.
	_, _ = io.Copy(io.Discard, conn)
}

// receive acts on one message.
func (c *Client) receive(message []byte) {
	ctx, cancel := context.WithTimeout(c.hub.ctx, askWait)
	defer cancel()
	var q request
	if err := json.Unmarshal(message, &q); err != nil {
		c.complain(ErrFrame, "")
		return
	}
	if !c.isGreeted() {
		c.greet(ctx, q)
		return
	}
	if err := c.act(ctx, q); err != nil {
		c.complain(err, q.Stream)
	}
}

func (c *Client) act(ctx context.Context, q request) error {
	switch q.Op {
	case "follow":
		return c.follow(ctx, q.Stream, q.Since)
	case "unfollow":
		return c.unfollow(q.Stream)
	case "typing":
		return c.typing(q.Stream)
	case "token":
		c.renew(ctx, q.Token)
		return nil
	case "hello":
		return ErrGreeted
	}
	return ErrOp
}

// greet acts on the first frame, which must be hello.
func (c *Client) greet(ctx context.Context, q request) {
	hello := Hello{Token: q.Token, Street: q.Street, Locale: q.Locale}
	c.mu.Lock()
	c.hello = hello
	c.mu.Unlock()
	switch {
	case q.Op != "hello":
		c.refuse(ErrHello)
		return
	case q.V != 1:
		c.refuse(ErrVersion)
		return
	}
	s, err := c.hub.authenticate(ctx, hello)
	if err != nil {
		c.refuse(err)
		return
	}
	if !c.hub.countAccount(s.Account) {
		c.out.shut(CloseTooMany)
		return
	}
	c.mu.Lock()
	c.subject, c.greeted, c.counted = s, true, !s.Account.IsZero()
	c.mu.Unlock()
	c.send(welcomeFrame{"welcome", c.id, c.hub.clock.Now()})
}

// renew takes a new token for the same account on the same socket.
func (c *Client) renew(ctx context.Context, token string) {
	c.mu.Lock()
	hello, before := c.hello, c.subject
	c.mu.Unlock()
	hello.Token = token
	s, err := c.hub.authenticate(ctx, hello)
	if err == nil && (s.Account != before.Account || s.Alliance != before.Alliance) {
		err = ErrOther
	}
	if err != nil {
		c.refuse(err)
		return
	}
	c.mu.Lock()
	c.hello = hello
	c.mu.Unlock()
	c.adopt(ctx, s)
	answer := tokenFrame{Op: "renewed"}
	if !s.Expires.IsZero() {
		answer.Expires = &s.Expires
	}
	c.send(answer)
}

func (c *Client) unfollow(stream string) error {
	f := c.following(stream)
	if f == nil {
		return ErrNotFollowed
	}
	c.drop(f)
	c.send(streamFrame{"unfollowed", stream})
	return nil
}

// typing tells the others who follow the stream; more often than every two seconds it says nothing.
func (c *Client) typing(stream string) error {
	if c.following(stream) == nil {
		return ErrNotFollowed
	}
	now := c.hub.clock.Now()
	c.mu.Lock()
	s, soon := c.subject, now.Sub(c.typed) < typingWait
	if !soon {
		c.typed = now
	}
	c.mu.Unlock()
	switch {
	case s.Face == nil:
		return ErrNotAllowed
	case !soon:
		c.hub.streams.Signal(s.Alliance, stream, "typing", s.Face, s.Account)
	}
	return nil
}
