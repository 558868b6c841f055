package realtime

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
	"onestreet/server/testkit/together"
)

// ears is a broker that writes down what is published.
type ears struct {
	*Local
	mu   sync.Mutex
	seqs []int64
}

func (e *ears) Publish(m Message) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.seqs = append(e.seqs, m.Seq)
}

func TestSixtyWritersLeaveNoGap(t *testing.T) {
	bothDatabases(t, func(t *testing.T, d *db.DB) {
		e := &ears{Local: NewLocal()}
		s := newStreet(t, d, e, Options{})
		var writers together.Group
		for range 60 {
			writers.Go(func() { s.post(feed, 5) })
		}
		writers.Wait()
		head, err := s.streams.Head(t.Context(), s.alliance, feed)
		require.NoError(t, err)
		require.EqualValues(t, 300, head)
		items, err := s.streams.Since(t.Context(), s.alliance, feed, 0, 1000)
		require.NoError(t, err)
		require.Len(t, items, 300)
		for i, item := range items {
			require.EqualValues(t, i+1, item.Seq)
		}
		require.Len(t, e.seqs, 300, "every item is published once")
	})
}

func TestARollbackLeavesNoGapAndPublishesNothing(t *testing.T) {
	bothDatabases(t, func(t *testing.T, d *db.DB) {
		e := &ears{Local: NewLocal()}
		s := newStreet(t, d, e, Options{})
		s.post(feed, 1)
		regret := errors.New("changed my mind")
		err := d.Tx(t.Context(), func(tx *gorm.DB) error {
			item, err := s.streams.Append(tx, s.alliance, feed, "post.created", 1)
			require.NoError(t, err)
			require.EqualValues(t, 2, item.Seq)
			return regret
		})
		require.ErrorIs(t, err, regret)
		s.post(feed, 1)
		require.Equal(t, []int64{1, 2}, e.seqs)
	})
}

func TestManyItemsAtOnceAndDataThatTellsItsSeq(t *testing.T) {
	bothDatabases(t, func(t *testing.T, d *db.DB) {
		s := newStreet(t, d, NewLocal(), Options{})
		s.post(feed, 2)
		own := func(seq int64) any { return map[string]int64{"seq": seq} }
		err := d.Tx(t.Context(), func(tx *gorm.DB) error {
			items, err := s.streams.AppendAll(tx, s.alliance, feed, Draft{"a", own}, Draft{"b", own})
			require.Len(t, items, 2)
			return err
		})
		require.NoError(t, err)
		items, err := s.streams.Since(t.Context(), s.alliance, feed, 2, 10)
		require.NoError(t, err)
		var got []string
		for _, i := range items {
			got = append(got, fmt.Sprint(i.Seq, i.Kind, i.Data))
		}
		require.Equal(t, []string{`3a{"seq":3}`, `4b{"seq":4}`}, got)
	})
}

func TestStreamsOfTwoStreetsHaveTheSameNameAndNothingElse(t *testing.T) {
	bothDatabases(t, func(t *testing.T, d *db.DB) {
		ours := newStreet(t, d, NewLocal(), Options{})
		theirs := newStreet(t, d, NewLocal(), Options{})
		ours.post(feed, 3)
		theirs.post(feed, 1)
		items, err := theirs.streams.Since(t.Context(), theirs.alliance, feed, 0, 10)
		require.NoError(t, err)
		require.Len(t, items, 1)
		heads, err := ours.streams.heads(t.Context(), []Key{{ours.alliance, feed}, {theirs.alliance, feed}, {ours.alliance, "desk:none"}})
		require.NoError(t, err)
		require.Equal(t, map[Key]int64{{ours.alliance, feed}: 3, {theirs.alliance, feed}: 1}, heads)
	})
}

func TestAnErasedItemKeepsItsPlace(t *testing.T) {
	bothDatabases(t, func(t *testing.T, d *db.DB) {
		s := newStreet(t, d, NewLocal(), Options{})
		other := newStreet(t, d, NewLocal(), Options{})
		s.post(feed, 3)
		other.post(feed, 3)
		require.NoError(t, d.Tx(t.Context(), func(tx *gorm.DB) error {
			return s.streams.Erase(tx, s.alliance, feed, 2, 99)
		}))
		data := func(alliance models.ID) []string {
			items, err := s.streams.Since(t.Context(), alliance, feed, 0, 10)
			require.NoError(t, err)
			var all []string
			for _, i := range items {
				all = append(all, i.Kind+i.Data)
			}
			return all
		}
		hello, erased := `post.created{"text":"街坊们好"}`, `erased{}`
		require.Equal(t, []string{hello, erased, hello}, data(s.alliance))
		require.Equal(t, []string{hello, hello, hello}, data(other.alliance))
	})
}

func TestDataThatIsNoJSONIsRefused(t *testing.T) {
	s := newStreet(t, sqlite(t), NewLocal(), Options{})
	require.ErrorContains(t, s.append(feed, func() {}), "post.created of feed:street")
}
