package realtime

import (
	"encoding/json"
	"log/slog"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/testkit/services"
)

func overRedis(t *testing.T, address string) *Redis {
	t.Helper()
	r, err := NewRedis(address, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, r.Close()) })
	return r
}

func listen(b Broker) chan Message {
	heard := make(chan Message, 100)
	b.Attach(func(m Message) { heard <- m })
	return heard
}

func next(t *testing.T, heard chan Message) Message {
	t.Helper()
	select {
	case m := <-heard:
		return m
	case <-time.After(10 * time.Second):
		require.Fail(t, "nothing came through Redis")
	}
	return Message{}
}

func TestTwoNodesHearEachOtherThroughRedis(t *testing.T) {
	address := "redis://" + services.Redis(t)
	here, there := overRedis(t, address), overRedis(t, address)
	atHere, atThere := listen(here), listen(there)
	street, other := Key{models.NewID(), feed}, Key{models.NewID(), feed}
	require.NoError(t, there.Subscribe(t.Context(), street))
	require.NoError(t, here.Subscribe(t.Context(), street))
	said := Message{Key: street, Seq: 7, Kind: "post.created", At: time.Date(2026, 10, 17, 12, 0, 0, 123000, time.UTC), Data: json.RawMessage(`{"post":1}`)}
	here.Publish(Message{Key: other, Seq: 1})
	here.Publish(said)
	require.Equal(t, said, next(t, atThere), "and nothing of a stream that nobody follows there")
	require.EqualValues(t, 1, next(t, atHere).Seq)
	require.Equal(t, said, next(t, atHere))
	there.Publish(Message{Key: street, Seq: 8})
	require.EqualValues(t, 8, next(t, atHere).Seq, "a node hears its own messages once")
	require.EqualValues(t, 8, next(t, atThere).Seq)
}

func TestACrowdsMessagesKeepTheirOrder(t *testing.T) {
	address := "redis://" + services.Redis(t)
	here, there := overRedis(t, address), overRedis(t, address)
	atThere, street := listen(there), Key{models.NewID(), feed}
	require.NoError(t, there.Subscribe(t.Context(), street))
	for i := range int64(2000) {
		here.Publish(Message{Key: street, Seq: i})
	}
	for i := range int64(2000) {
		require.Equal(t, i, next(t, atThere).Seq)
	}
}

func TestAStreamIsFollowedUntilTheLastLetsGo(t *testing.T) {
	address := "redis://" + services.Redis(t)
	here, there := overRedis(t, address), overRedis(t, address)
	atThere := listen(there)
	street, sign := Key{models.NewID(), feed}, Key{models.NewID(), feed}
	for range 2 {
		require.NoError(t, there.Subscribe(t.Context(), street))
	}
	there.Unsubscribe(street)
	here.Publish(Message{Key: street, Seq: 1})
	require.EqualValues(t, 1, next(t, atThere).Seq)
	there.Unsubscribe(street)
	require.NoError(t, there.Subscribe(t.Context(), sign)) // Redis is asked in order: it has let go of the other by now
	here.Publish(Message{Key: street, Seq: 2})
	here.Publish(Message{Key: sign, Seq: 3})
	require.EqualValues(t, 3, next(t, atThere).Seq)
}

// TestRedisAwayHoldsUpNothing: nobody listens at the address; publishing and following go on at once for this node.
func TestRedisAwayHoldsUpNothing(t *testing.T) {
	r := overRedis(t, "redis://127.0.0.1:1")
	heard := listen(r)
	street := Key{models.NewID(), feed}
	require.NoError(t, r.Subscribe(t.Context(), street))
	for i := range 2 * redisQueue {
		r.Publish(Message{Key: street, Seq: int64(i + 1)})
		require.EqualValues(t, i+1, next(t, heard).Seq)
	}
	r.Unsubscribe(street)
}

func TestAnAddressThatIsNone(t *testing.T) {
	_, err := NewRedis("localhost:6379", slog.New(slog.DiscardHandler))
	require.Error(t, err)
}
