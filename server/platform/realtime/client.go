package realtime

import (
	"context"
	"errors"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"onestreet/models"
)

// Client is one connection: who it is, what it follows, and its outlet.
type Client struct {
	hub     *Hub
	id      models.ID
	address string
	shard   int
	slot    uint64 // the beat of twenty-five at which it is pinged
	out     *outlet
	limiter *rate.Limiter

	mu         sync.Mutex
	greeted    bool
	counted    bool // among its account's connections
	hello      Hello
	subject    Subject
	generation int // of subject: what was allowed to an older one must be asked again
	typed      time.Time
	follows    map[string]*following
}

// following is one connection's place at a stream.
type following struct {
	stream  string
	topic   *topic
	part    *part
	sub     *sub
	person  models.ID // who is counted in presence; zero: nobody
	arrived bool      // one more than before
}

func (c *Client) account() models.ID {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.subject.Account
}

func (c *Client) isGreeted() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.greeted
}

func (c *Client) locale() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.subject.Locale != "" {
		return c.subject.Locale
	}
	return c.hello.Locale
}

func (c *Client) expired(now time.Time) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return !c.subject.Expires.IsZero() && !now.Before(c.subject.Expires)
}

func (c *Client) who() (Subject, int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.subject, c.generation
}

func (c *Client) send(v any) { c.out.send(jsonFrame(v)) }

// complain sends an error frame. stream is empty for what is about no stream.
func (c *Client) complain(err error, stream string) {
	var told *models.Error
	if !errors.As(err, &told) {
		c.hub.opt.Log.Error("realtime", "conn", c.id, "error", err)
		told = errInside
	}
	c.send(errorFrame{"error", told.Code, told.Text.In(c.locale()), stream})
}

// refuse says why the connection cannot go on, and ends it.
func (c *Client) refuse(err error) {
	c.complain(err, "")
	var told *models.Error
	switch {
	case !errors.As(err, &told), told.Kind == models.Internal, told.Kind == models.Unavailable:
		c.out.shut(CloseInside)
	case told.Kind == models.Unauthorized:
		c.out.shut(CloseExpired)
	default:
		c.out.shut(CloseNotAllowed)
	}
}

// adopt makes s the connection's subject and ends what s may not follow.
func (c *Client) adopt(ctx context.Context, s Subject) {
	c.mu.Lock()
	c.subject = s
	c.generation++
	follows := make([]*following, 0, len(c.follows))
	for _, f := range c.follows {
		follows = append(follows, f)
	}
	c.mu.Unlock()
	for _, f := range follows {
		if err := c.hub.authorize(ctx, s, f.stream); err != nil {
			c.drop(f)
			c.complain(err, f.stream)
		}
	}
}

// recheck finds out anew who the connection is and what it may follow.
func (c *Client) recheck(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, askWait)
	defer cancel()
	c.mu.Lock()
	hello, before := c.hello, c.subject
	c.mu.Unlock()
	s, err := c.hub.authenticate(ctx, hello)
	if err == nil && (s.Account != before.Account || s.Alliance != before.Alliance) {
		err = ErrOther
	}
	if err != nil {
		c.refuse(err)
		c.dropAll()
		return
	}
	c.adopt(ctx, s)
}

func (c *Client) following(stream string) *following {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.follows[stream]
}

// drop ends a following; it may be called by anyone, more than once.
func (c *Client) drop(f *following) {
	c.mu.Lock()
	mine := c.follows[f.stream] == f
	if mine {
		delete(c.follows, f.stream)
	}
	c.mu.Unlock()
	if !mine {
		return
	}
	f.part.remove(f.sub)
	c.hub.leave(f)
}

func (c *Client) dropAll() {
	c.mu.Lock()
	follows := make([]*following, 0, len(c.follows))
	for _, f := range c.follows {
		follows = append(follows, f)
	}
	c.mu.Unlock()
	for _, f := range follows {
		c.drop(f)
	}
}
