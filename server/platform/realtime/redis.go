package realtime

import (
	"context"
	"encoding/json"
	"log/slog"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"onestreet/models"
)

const (
	redisQueue   = 4096            // messages that wait for Redis; more are dropped and repaired by the hubs' sweeps
	redisWait    = 2 * time.Second // for one command
	redisChannel = "onestreet:"
)

// Redis is the broker between nodes: publish and subscribe by stream, with the message as payload. A node's own
// messages reach its receivers at once and not through Redis, so a node serves on while Redis is away; what other nodes
// missed meanwhile their hubs read from the database.
type Redis struct {
	*Local
	node   models.ID
	client *redis.Client
	sub    *redis.PubSub
	log    *slog.Logger
	out    chan Message
	stop   context.CancelFunc
	work   sync.WaitGroup

	mu     sync.Mutex
	counts map[Key]int
	heard  map[string]chan struct{} // closed when Redis has confirmed a channel
}

// parcel is a message on its way through Redis.
type parcel struct {
	Node    models.ID
	Message Message
}

// NewRedis returns a broker over a Redis at an address such as "redis://127.0.0.1:6379". It does not wait for Redis to
// answer; an address that cannot be read is an error.
func NewRedis(address string, log *slog.Logger) (*Redis, error) {
	opt, err := redis.ParseURL(address)
	if err != nil {
		return nil, err
	}
	opt.DialTimeout, opt.ReadTimeout, opt.WriteTimeout, opt.MaxRetries = redisWait, redisWait, redisWait, 1
	ctx, stop := context.WithCancel(context.Background())
	r := &Redis{
		Local: NewLocal(), node: models.NewID(), client: redis.NewClient(opt), log: log, out: make(chan Message, redisQueue), stop: stop,
		counts: map[Key]int{}, heard: map[string]chan struct{}{},
	}
	r.sub = r.client.Subscribe(ctx)
	r.work.Go(func() { r.send(ctx) })
	r.work.Go(r.receive)
	return r, nil
}

// Close stops sending and hearing.
func (r *Redis) Close() error {
	r.stop()
	subscribed := r.sub.Close()
	r.work.Wait()
	if err := r.client.Close(); err != nil {
		return err
	}
	return subscribed
}

// Publish implements Broker.
func (r *Redis) Publish(m Message) {
	r.Local.Publish(m)
	select {
	case r.out <- m:
	default: // Redis is away or slow; what is committed is found by the other nodes' sweeps
	}
}

func (r *Redis) send(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case m := <-r.out:
			r.sendOne(ctx, m)
		}
	}
}

func (r *Redis) sendOne(ctx context.Context, m Message) {
	data, err := json.Marshal(parcel{Node: r.node, Message: m})
	if err != nil {
		r.log.Error("message not encoded", "stream", m.Key.Stream, "error", err)
		return
	}
	ctx, cancel := context.WithTimeout(ctx, redisWait)
	defer cancel()
	if err := r.client.Publish(ctx, channel(m.Key), data).Err(); err != nil && ctx.Err() == nil {
		r.log.Warn("redis does not take messages; other nodes read them from the database", "error", err)
	}
}

func channel(k Key) string { return redisChannel + k.Alliance.String() + ":" + k.Stream }

// receive hands what other nodes published to this node's receivers until the subscription is closed.
func (r *Redis) receive() {
	for m := range r.sub.ChannelWithSubscriptions() {
		switch m := m.(type) {
		case *redis.Subscription:
			if m.Kind == "subscribe" {
				r.confirm(m.Channel)
			}
		case *redis.Message:
			var p parcel
			if err := json.Unmarshal([]byte(m.Payload), &p); err == nil && p.Node != r.node {
				r.Local.Publish(p.Message)
			}
		}
	}
}

func (r *Redis) confirm(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if waiting, ok := r.heard[name]; ok {
		close(waiting)
		delete(r.heard, name)
	}
}

// Subscribe implements Broker. While Redis is away it returns after a moment without an error: the subscription takes
// effect when Redis is back, and until then the sweeps bring what is missed.
func (r *Redis) Subscribe(ctx context.Context, k Key) error {
	name := channel(k)
	r.mu.Lock()
	r.counts[k]++
	if r.counts[k] > 1 {
		r.mu.Unlock()
		return nil
	}
	waiting := make(chan struct{})
	r.heard[name] = waiting
	r.mu.Unlock()
	ctx, cancel := context.WithTimeout(ctx, redisWait)
	defer cancel()
	if err := r.sub.Subscribe(ctx, name); err != nil {
		r.log.Warn("redis does not answer", "error", err)
		return nil
	}
	select {
	case <-waiting:
	case <-ctx.Done():
	}
	return nil
}

// Unsubscribe implements Broker.
func (r *Redis) Unsubscribe(k Key) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.counts[k]--
	if r.counts[k] > 0 {
		return
	}
	delete(r.counts, k)
	ctx, cancel := context.WithTimeout(context.Background(), redisWait)
	defer cancel()
	if err := r.sub.Unsubscribe(ctx, channel(k)); err != nil {
		r.log.Warn("redis does not answer", "error", err)
	}
}
