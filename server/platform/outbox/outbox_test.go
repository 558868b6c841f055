package outbox_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/clock"
	"onestreet/server/platform/db"
	"onestreet/server/platform/outbox"
	"onestreet/server/testkit/services"
	"onestreet/server/testkit/together"
)

func TestMain(m *testing.M) { services.Main(m) }

type visited struct {
	Store string `json:"store"`
}

var street = models.NewID()

type node struct {
	db    *db.DB
	clock *clock.Fake
	url   string
}

func each(t *testing.T, test func(t *testing.T, n *node)) {
	urls := map[string]func(*testing.T) string{
		"sqlite": func(t *testing.T) string { return "sqlite:" + filepath.Join(t.TempDir(), "x.db") },
		"mysql":  func(t *testing.T) string { return "mysql:" + services.NewDatabase(t) },
	}
	for name, url := range urls {
		t.Run(name, func(t *testing.T) {
			n := &node{clock: clock.NewFake(time.Date(2026, 10, 17, 0, 0, 0, 0, time.UTC)), url: url(t)}
			var err error
			n.db, err = db.Open(n.url, db.Options{Volatile: true})
			require.NoError(t, err)
			t.Cleanup(func() { require.NoError(t, n.db.Close()) })
			require.NoError(t, n.db.Migrate(t.Context()))
			test(t, n)
		})
	}
}

func (n *node) box() *outbox.Outbox { return outbox.New(n.db, n.clock, slog.New(slog.DiscardHandler)) }

func add(t *testing.T, n *node, o *outbox.Outbox, stores ...string) {
	t.Helper()
	require.NoError(t, n.db.Tx(t.Context(), func(tx *gorm.DB) error {
		for _, s := range stores {
			if err := o.Add(tx, street, "visited", visited{Store: s}); err != nil {
				return err
			}
		}
		return nil
	}))
}

func TestEventsReachEveryHandlerOnceInOrder(t *testing.T) {
	each(t, func(t *testing.T, n *node) {
		o := n.box()
		var got []string
		for _, name := range []string{"first", "second"} {
			outbox.On(o, "visited", name, func(_ context.Context, _ *gorm.DB, _ outbox.Event, v visited) error {
				got = append(got, name+" "+v.Store)
				return nil
			})
		}
		add(t, n, o, "shoes", "tea")
		require.NoError(t, o.Drain(t.Context()))
		require.NoError(t, o.Drain(t.Context()))
		require.Equal(t, []string{"first shoes", "first tea", "second shoes", "second tea"}, got)
	})
}

func TestManyEventsAreToldInTheirOrder(t *testing.T) {
	each(t, func(t *testing.T, n *node) {
		o := n.box()
		var got []string
		outbox.On(o, "visited", "note", func(_ context.Context, _ *gorm.DB, _ outbox.Event, v visited) error {
			got = append(got, v.Store)
			return nil
		})
		all, want := make([]visited, 450), make([]string, 450) // more than two pages
		for i := range all {
			want[i] = fmt.Sprint("store ", i)
			all[i] = visited{Store: want[i]}
		}
		require.NoError(t, n.db.Tx(t.Context(), func(tx *gorm.DB) error { return outbox.AddAll(o, tx, street, "visited", all) }))
		require.NoError(t, o.Drain(t.Context()))
		require.Equal(t, want, got)
		require.NoError(t, o.Drain(t.Context()))
		require.Len(t, got, 450, "each is done")
	})
}

func TestManyEventsShareATransactionAndOneThatFailsFailsAlone(t *testing.T) {
	each(t, func(t *testing.T, n *node) {
		o := n.box()
		bad, done, most := true, []string{}, 0
		outbox.OnMany(o, "visited", "room.many", func(_ context.Context, tx *gorm.DB, told []outbox.Told[visited]) error {
			most = max(most, len(told))
			for _, e := range told {
				if bad && e.What.Store == "tea" {
					return errors.New("not yet")
				}
				db.AfterCommit(tx, func() { done = append(done, e.What.Store) })
			}
			return nil
		})
		add(t, n, o, "shoes", "tea", "books")
		require.Error(t, o.Drain(t.Context()))
		require.Equal(t, 3, most)
		require.Equal(t, []string{"shoes", "books"}, done)
		bad = false
		n.clock.Advance(time.Second)
		require.NoError(t, o.Drain(t.Context()))
		require.Equal(t, []string{"shoes", "books", "tea"}, done)
	})
}

func TestARoomHearsOfTwoKindsInTheirOrder(t *testing.T) {
	each(t, func(t *testing.T, n *node) {
		o := n.box()
		var got []string
		var counted []int
		outbox.OnAny(o, "visited", "room.counts", func(_ context.Context, _ *gorm.DB, told []outbox.Told[visited]) error {
			counted = append(counted, len(told))
			return nil
		})
		for _, kind := range []string{"visited", "left"} {
			outbox.On(o, kind, "room."+kind, func(_ context.Context, _ *gorm.DB, e outbox.Event, v visited) error {
				got = append(got, e.Kind+" "+v.Store)
				return nil
			})
		}
		require.NoError(t, n.db.Tx(t.Context(), func(tx *gorm.DB) error {
			for _, kind := range []string{"visited", "left", "visited"} {
				if err := o.Add(tx, street, kind, visited{Store: "tea"}); err != nil {
					return err
				}
			}
			return nil
		}))
		require.NoError(t, o.Drain(t.Context()))
		require.Equal(t, []string{"visited tea", "left tea", "visited tea"}, got)
		require.Equal(t, []int{2}, counted, "who needs no order is told at once")
	})
}

func TestARolledBackEventIsNeverTold(t *testing.T) {
	each(t, func(t *testing.T, n *node) {
		o := n.box()
		told := 0
		outbox.On(o, "visited", "count", func(context.Context, *gorm.DB, outbox.Event, visited) error { told++; return nil })
		stop := errors.New("stop")
		require.ErrorIs(t, n.db.Tx(t.Context(), func(tx *gorm.DB) error {
			return errors.Join(o.Add(tx, street, "visited", visited{}), stop)
		}), stop)
		require.NoError(t, o.Drain(t.Context()))
		require.Zero(t, told)
	})
}

func TestAFailingHandlerIsTriedAgainLaterAndHoldsUpNobody(t *testing.T) {
	each(t, func(t *testing.T, n *node) {
		o := n.box()
		tries, others := 0, 0
		outbox.On(o, "visited", "fails twice", func(context.Context, *gorm.DB, outbox.Event, visited) error {
			if tries++; tries <= 2 {
				return errors.New("not yet")
			}
			return nil
		})
		outbox.On(o, "visited", "works", func(context.Context, *gorm.DB, outbox.Event, visited) error { others++; return nil })
		add(t, n, o, "shoes")
		require.Error(t, o.Drain(t.Context()))
		require.NoError(t, o.Drain(t.Context()), "not due yet")
		require.Equal(t, 1, tries)
		n.clock.Advance(time.Second)
		require.Error(t, o.Drain(t.Context()))
		n.clock.Advance(2 * time.Second)
		require.NoError(t, o.Drain(t.Context()))
		require.Equal(t, 3, tries)
		require.Equal(t, 1, others, "a handler that has done its part is not asked again")
	})
}

// TestTwoNodesHandleAnEventOnce lets two nodes dispatch the same events at once.
func TestTwoNodesHandleAnEventOnce(t *testing.T) {
	each(t, func(t *testing.T, n *node) {
		var told atomic.Int64
		boxes := []*outbox.Outbox{n.box(), n.box()}
		for _, o := range boxes {
			outbox.On(o, "visited", "count", func(_ context.Context, tx *gorm.DB, _ outbox.Event, _ visited) error {
				db.AfterCommit(tx, func() { told.Add(1) })
				return nil
			})
		}
		for range 25 {
			add(t, n, boxes[0], "shoes", "tea")
		}
		var all together.Group
		for _, o := range boxes {
			all.Go(func() { require.NoError(t, o.Drain(context.Background())) })
		}
		all.Wait()
		require.EqualValues(t, 50, told.Load())
	})
}

func TestRunDispatchesAfterTheCommit(t *testing.T) {
	each(t, func(t *testing.T, n *node) {
		o := n.box()
		told := make(chan string, 1)
		outbox.On(o, "visited", "tell", func(_ context.Context, _ *gorm.DB, _ outbox.Event, v visited) error {
			told <- v.Store
			return nil
		})
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan struct{})
		go func() { o.Run(ctx); close(ended) }()
		add(t, n, o, "tea")
		require.Equal(t, "tea", <-told)
		stop()
		<-ended
	})
}
