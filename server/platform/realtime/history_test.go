package realtime

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
	"onestreet/server/testkit/together"
)

func TestAStreetThatComesBackReadsTheDatabaseOnce(t *testing.T) {
	var y history
	var reads atomic.Int64
	read := func(_ context.Context, since int64) ([]models.StreamItem, error) {
		reads.Add(1)
		return items(since+1, 200), nil
	}
	var all together.Group
	for range 200 {
		all.Go(func() {
			frames, ok, err := y.missed(t.Context(), 0, 200, Key{}, read)
			if !ok || err != nil || len(frames) == 0 {
				t.Errorf("%v %v", ok, err)
			}
		})
	}
	all.Wait()
	require.EqualValues(t, 1, reads.Load())
	y.add(201, []byte("201"))
	frames, ok, err := y.missed(t.Context(), 200, 201, Key{}, read)
	require.NoError(t, err)
	require.True(t, ok)
	require.Equal(t, "201", string(frames[0]), "what is new is kept too")
	y.forget()
	_, _, err = y.missed(t.Context(), 150, 200, Key{}, read)
	require.NoError(t, err)
	require.EqualValues(t, 2, reads.Load())
}

func items(from, to int64) (all []models.StreamItem) {
	for seq := from; seq <= to; seq++ {
		all = append(all, models.StreamItem{Seq: seq, Kind: "post.created", Data: "{}"})
	}
	return all
}

func TestWhatIsNewWhileThePastIsReadContinuesIt(t *testing.T) {
	var y history
	_, ok, err := y.missed(t.Context(), 0, 3, Key{}, func(context.Context, int64) ([]models.StreamItem, error) {
		y.add(3, []byte("3 again"))
		y.add(4, []byte("4"))
		return items(1, 3), nil
	})
	require.NoError(t, err)
	require.True(t, ok)
	kept, ok := y.kept(3, 4)
	require.True(t, ok)
	require.Equal(t, "4", string(kept[0]))
	y.add(6, []byte("6")) // a hole: the past ends before it
	_, ok = y.kept(4, 6)
	require.False(t, ok)
}

func TestOnlyTheNewestAreKept(t *testing.T) {
	var y history
	_, _, err := y.missed(t.Context(), 0, 1, Key{}, func(context.Context, int64) ([]models.StreamItem, error) { return items(1, 1), nil })
	require.NoError(t, err)
	for seq := int64(2); seq <= MaxBehind+5; seq++ {
		y.add(seq, []byte(fmt.Sprint(seq)))
	}
	_, ok := y.kept(4, MaxBehind+5)
	require.False(t, ok)
	kept, ok := y.kept(5, MaxBehind+5)
	require.True(t, ok)
	require.Equal(t, "6", string(kept[0]))
}

// TestWhatIsTakenBackIsNotTold: nobody who comes back is brought an item after it was erased, though others were brought
// it a moment ago; on another node too.
func TestWhatIsTakenBackIsNotTold(t *testing.T) {
	bothDatabases(t, func(t *testing.T, d *db.DB) {
		s := newStreet(t, d, NewLocal(), Options{})
		second := s.node(s.hub.broker, Options{})
		s.post(feed, 3)
		for _, h := range []*Hub{s.hub, second} {
			w := s.wire(h)
			w.enter("")
			w.followed(feed, 0)
			for seq := int64(1); seq <= 3; seq++ {
				require.Equal(t, "post.created", w.hear().Kind)
			}
		}
		require.NoError(t, d.Tx(t.Context(), func(tx *gorm.DB) error { return s.streams.Erase(tx, s.alliance, feed, 2) }))
		for _, h := range []*Hub{s.hub, second} {
			w := s.wire(h)
			w.enter("")
			w.followed(feed, 1)
			require.Equal(t, KindErased, w.hear().Kind)
		}
	})
}
