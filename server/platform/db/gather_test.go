package db_test

import (
	"context"
	"errors"
	"strconv"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/server/platform/db"
	"onestreet/server/testkit/together"
)

func TestReadsThatComeTogetherShareAQuery(t *testing.T) {
	var queries, most atomic.Int64
	g := db.NewGather(16, func(_ context.Context, keys []int) (map[int]string, error) {
		queries.Add(1)
		most.Store(max(most.Load(), int64(len(keys))))
		found := map[int]string{}
		for _, k := range keys {
			if k%7 != 0 {
				found[k] = strconv.Itoa(k)
			}
		}
		return found, nil
	})
	var all together.Group
	for k := range 2000 {
		all.Go(func() {
			value, found, err := g.Get(context.Background(), k)
			require.NoError(t, err)
			require.Equal(t, k%7 != 0, found)
			if found {
				require.Equal(t, strconv.Itoa(k), value)
			}
		})
	}
	all.Wait()
	require.Less(t, queries.Load(), int64(2000), "readers share queries")
	require.LessOrEqual(t, most.Load(), int64(16))
}

func TestWhatManyAskForIsReadOnce(t *testing.T) {
	release, begun := make(chan struct{}), make(chan int, 200)
	g := db.NewGather(512, func(_ context.Context, keys []string) (map[string]int, error) {
		begun <- len(keys)
		<-release
		return map[string]int{"page": 7}, nil
	})
	var all together.Group
	ask := func() {
		value, found, err := g.Get(context.Background(), "page")
		require.NoError(t, err)
		require.True(t, found)
		require.Equal(t, 7, value)
	}
	all.Go(ask)
	require.Equal(t, 1, <-begun)
	for range 100 {
		all.Go(ask)
	}
	close(release)
	all.Wait()
	close(begun)
	for n := range begun {
		require.Equal(t, 1, n, "a crowd's key is one")
	}
}

// What was true before somebody asked is no answer: a query under way when they ask is not theirs.
func TestASharedReadIsNeverOlderThanTheQuestion(t *testing.T) {
	var now atomic.Int64
	g := db.NewGather(8, func(_ context.Context, keys []int) (map[int]int64, error) {
		value, found := now.Load(), map[int]int64{}
		for _, k := range keys {
			found[k] = value
		}
		return found, nil
	})
	var all together.Group
	for k := range 500 {
		all.Go(func() {
			asked := now.Add(1)
			value, _, err := g.Get(context.Background(), k)
			require.NoError(t, err)
			require.GreaterOrEqual(t, value, asked)
		})
	}
	all.Wait()
}

func TestASharedReadThatFailsFailsForItsReaders(t *testing.T) {
	broken := errors.New("broken")
	g := db.NewGather(8, func(context.Context, []int) (map[int]int, error) { return nil, broken })
	_, found, err := g.Get(t.Context(), 1)
	require.ErrorIs(t, err, broken)
	require.False(t, found)
}

func TestWhoStopsWaitingIsNotHeld(t *testing.T) {
	release := make(chan struct{})
	g := db.NewGather(8, func(context.Context, []int) (map[int]int, error) {
		<-release
		return map[int]int{1: 1}, nil
	})
	ctx, stop := context.WithCancel(t.Context())
	stop()
	_, _, err := g.Get(ctx, 1)
	require.ErrorIs(t, err, context.Canceled)
	close(release)
	value, found, err := g.Get(t.Context(), 1)
	require.NoError(t, err)
	require.True(t, found)
	require.Equal(t, 1, value)
}

func TestAReadInATransactionSeesWhatThatWrote(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		g := db.NewGather(8, func(ctx context.Context, keys []int64) (map[int64]int64, error) {
			var c counter
			err := d.Read(ctx).Where("id = ?", keys[0]).Take(&c).Error
			return map[int64]int64{c.ID: c.N}, err
		})
		require.NoError(t, d.Tx(context.Background(), func(tx *gorm.DB) error {
			before, found, err := g.Get(tx.Statement.Context, 1)
			require.NoError(t, err)
			require.True(t, found)
			require.NoError(t, add(tx))
			now, _, err := g.Get(tx.Statement.Context, 1)
			require.Equal(t, before+1, now)
			return err
		}))
	})
}
