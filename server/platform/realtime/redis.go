package realtime

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"onestreet/models"
)

const (
	redisQueue   = 4096            // messages that wait for Redis; more are dropped and repaired by the hubs' sweeps
	redisAtOnce  = 256             // messages in one round trip at most
	redisWait    = 2 * time.Second // for one command, or one round trip
	redisChannel = "onestreet:"
)

// Redis is the broker between nodes: publish and subscribe by stream, with the message as payload. A node's own
// messages reach its receivers at once and not through Redis, so a node serves on while Redis is away; what other nodes
// missed meanwhile their hubs read from the database.
type Redis struct {
	*Local
	node   models.ID
	client *redis.Client
	ears   *listening
	log    *slog.Logger
	out    chan Message
	owed   owed
	stop   context.CancelFunc
	work   sync.WaitGroup
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
	client := redis.NewClient(opt)
	r := &Redis{
		Local: NewLocal(), node: models.NewID(), client: client, ears: newListening(client.Subscribe(ctx), log), log: log,
		out: make(chan Message, redisQueue), owed: owed{due: make(chan struct{}, 1)}, stop: stop,
	}
	r.work.Go(func() { r.send(ctx) })
	r.work.Go(func() { r.ears.ask(ctx) })
	r.work.Go(r.receive)
	return r, nil
}

// Close stops sending and hearing.
func (r *Redis) Close() error {
	r.stop()
	subscribed := r.ears.sub.Close()
	r.work.Wait()
	if err := r.client.Close(); err != nil {
		return err
	}
	return subscribed
}

// Publish implements Broker.
func (r *Redis) Publish(m Message) {
	r.Local.Publish(m)
	if m.Key == control {
		r.owed.add(m)
		return
	}
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
		case <-r.owed.due:
			r.sendOwed(ctx)
		case m := <-r.out:
			_ = r.sendAll(ctx, r.waiting(m)) // it has been said; the other nodes read it from the database
		}
	}
}

// waiting is a message with those that wait behind it: a crowd's go in one round trip.
func (r *Redis) waiting(first Message) []Message {
	all := []Message{first}
	for len(all) < redisAtOnce {
		select {
		case m := <-r.out:
			all = append(all, m)
		default:
			return all
		}
	}
	return all
}

// sendOwed sends what no sweep would find; what Redis does not take now it is given again soon.
func (r *Redis) sendOwed(ctx context.Context) {
	for _, m := range r.owed.take() {
		if r.sendAll(ctx, []Message{m}) != nil && ctx.Err() == nil {
			r.owed.keep(m)
		}
	}
}

// sendAll publishes messages in their order. Error: what Redis said of the first that it did not take.
func (r *Redis) sendAll(ctx context.Context, all []Message) error {
	ctx, cancel := context.WithTimeout(ctx, redisWait)
	defer cancel()
	_, err := r.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		for _, m := range all {
			data, err := json.Marshal(parcel{Node: r.node, Message: m})
			if err != nil {
				r.log.Error("message not encoded", "stream", m.Key.Stream, "error", err)
				continue
			}
			p.Publish(ctx, channel(m.Key), data)
		}
		return nil
	})
	if err != nil && !errors.Is(ctx.Err(), context.Canceled) {
		r.log.Warn("redis does not take messages; other nodes read them from the database", "error", err)
	}
	return err
}

func channel(k Key) string { return redisChannel + k.Alliance.String() + ":" + k.Stream }

// receive hands what other nodes published to this node's receivers until the subscription is closed.
func (r *Redis) receive() {
	for m := range r.ears.sub.ChannelWithSubscriptions() {
		switch m := m.(type) {
		case *redis.Subscription:
			if m.Kind == "subscribe" {
				r.ears.confirm(m.Channel)
			}
		case *redis.Message:
			var p parcel
			if err := json.Unmarshal([]byte(m.Payload), &p); err == nil && p.Node != r.node {
				r.Local.Publish(p.Message)
			}
		}
	}
}

// Subscribe implements Broker. While Redis is away it returns after a moment without an error: the subscription takes
// effect when Redis is back, and until then the sweeps bring what is missed.
func (r *Redis) Subscribe(ctx context.Context, k Key) error {
	r.ears.open(ctx, channel(k))
	return nil
}

// Unsubscribe implements Broker.
func (r *Redis) Unsubscribe(k Key) { r.ears.shut(channel(k)) }

// Gap implements Broker: it asks Redis too, for a node that says nothing itself would not notice.
func (r *Redis) Gap(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, redisWait)
	defer cancel()
	away := r.client.Ping(ctx).Err() != nil
	return r.ears.gap() || away
}
