package realtime

import (
	"context"
	"strings"

	"onestreet/models"
)

// maxName is how long a stream's name is at most, in bytes; names are "prefix" or "prefix:id".
const maxName = 100

// authorize asks the stream's authorizer.
func (h *Hub) authorize(ctx context.Context, s Subject, stream string) error {
	prefix, id, named := strings.Cut(stream, ":")
	may, ok := h.authorizers[prefix]
	if !ok || named && id == "" || len(stream) > maxName || strings.ContainsFunc(id, notInName) {
		return ErrStream
	}
	return may(ctx, s, id)
}

func notInName(r rune) bool {
	return r != '-' && (r < '0' || r > '9') && (r < 'a' || r > 'z')
}

// join returns the topic of a stream with one follower more, and subscribes to it when it is the first.
func (h *Hub) join(ctx context.Context, k Key) (*topic, error) {
	h.mu.Lock()
	t := h.topics[k]
	if t == nil {
		t = newTopic(k, len(h.shards), h.opt.JoinWithin)
		h.topics[k] = t
	}
	t.followers++
	h.mu.Unlock()
	if err := h.broker.Subscribe(ctx, k); err != nil {
		h.part(t)
		return nil, err
	}
	return t, nil
}

// part takes a follower from a topic; the last one takes the topic along.
func (h *Hub) part(t *topic) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if t.followers--; t.followers == 0 {
		delete(h.topics, t.key)
	}
}

// leave is what ends with a following: its place at the topic, and its person's presence.
func (h *Hub) leave(f *following) {
	h.broker.Unsubscribe(f.topic.key)
	h.part(f.topic)
	if !f.person.IsZero() && h.crowd.leave(f.topic.key, f.person) {
		h.tellPresence(f.topic.key)
	}
}

// follow brings the connection everything after seq since (nil: after the head) and then what is new. Following a
// stream again begins anew. Errors: unknown_stream, too_many_streams and the authorizer's own.
func (c *Client) follow(ctx context.Context, stream string, since *int64) error {
	if f := c.following(stream); f != nil {
		c.drop(f)
	}
	f, err := c.enrol(ctx, stream)
	if err != nil {
		return err
	}
	if err := c.catchUp(ctx, f, since); err != nil {
		c.drop(f)
		return err
	}
	return nil
}

// enrol puts the connection among the followers of a stream, catching up. It asks again when the subject changed
// while it asked.
func (c *Client) enrol(ctx context.Context, stream string) (*following, error) {
	for {
		subject, generation := c.who()
		if err := c.hub.authorize(ctx, subject, stream); err != nil {
			return nil, err
		}
		t, err := c.hub.join(ctx, Key{subject.Alliance, stream})
		if err != nil {
			return nil, err
		}
		f := &following{stream: stream, topic: t, part: t.parts[c.shard]}
		enrolled, err := c.place(f, subject, generation)
		if enrolled {
			if f.arrived {
				c.hub.tellPresence(t.key)
			}
			return f, nil
		}
		c.hub.leave(f)
		if err != nil {
			return nil, err
		}
	}
}

func (c *Client) place(f *following, subject Subject, generation int) (bool, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.generation != generation {
		return false, nil
	}
	if len(c.follows) >= maxStreams {
		return false, ErrStreams
	}
	c.follows[f.stream] = f
	f.sub = f.part.add(c.out)
	if prefix, _, _ := strings.Cut(f.stream, ":"); c.hub.lively[prefix] && !subject.Unseen {
		f.person = subject.person(c.id)
		f.arrived = c.hub.crowd.enter(f.topic.key, f.person)
	}
	return true, nil
}

// catchUp sends what was missed, then what was held back meanwhile, and makes the following live.
func (c *Client) catchUp(ctx context.Context, f *following, since *int64) error {
	missed, err := c.hub.missed(ctx, f.topic, since)
	if err != nil {
		return err
	}
	if f.topic.start(missed.head, func(m Message) { c.hub.emit(f.topic, m) }) {
		c.hub.repairSoon(f.topic)
	}
	if missed.reset {
		c.reset(f, missed.head)
		return nil
	}
	c.send(headFrame{"following", f.stream, missed.head})
	for _, frames := range missed.pieces {
		if f.sub.over.Load() || !c.out.sendPaced(frames) {
			return nil
		}
	}
	c.catchHeld(f, missed.head)
	return nil
}

func (c *Client) catchHeld(f *following, sent int64) {
	for {
		held, state := f.part.goLive(f.sub, sent)
		switch state {
		case catchGone:
			return
		case catchLost:
			c.reset(f, f.topic.head())
			return
		case catchLive:
			if !f.person.IsZero() {
				c.send(signalFrame{"signal", f.stream, kindPresence, encodePresence(c.hub.crowd.online(f.topic.key, c.hub.clock.Now()))})
			}
			return
		}
		for _, d := range held {
			if d.seq != 0 && d.seq <= sent {
				continue
			}
			if f.sub.over.Load() || !c.out.sendPaced(d.frame) {
				return
			}
			sent = max(sent, d.seq)
		}
	}
}

// reset ends a following that is too far behind: the client takes a snapshot and follows from its seq.
func (c *Client) reset(f *following, head int64) {
	c.drop(f)
	c.send(headFrame{"reset", f.stream, head})
}

// missed is what a follower has to be brought.
type missed struct {
	head   int64
	pieces [][]byte // frames, several in a piece
	reset  bool     // too many, not kept any more, or a since that this stream never had
}

func (h *Hub) missed(ctx context.Context, t *topic, since *int64) (missed, error) {
	head, _, err := h.heads.Get(ctx, t.key) // 0 for a stream without items
	if err != nil || since == nil || *since == head {
		return missed{head: head}, err
	}
	if behind := head - *since; behind < 0 || behind > MaxBehind || *since < 0 {
		return missed{head: head, reset: true}, nil
	}
	frames, all, err := t.history.missed(ctx, *since, head, t.key, func(ctx context.Context, since int64) ([]models.StreamItem, error) {
		return h.streams.Since(ctx, t.key.Alliance, t.key.Stream, since, MaxBehind)
	})
	return missed{head: head, pieces: inPieces(frames, min(batchBytes, h.opt.QueueBytes/8)), reset: !all}, err
}
