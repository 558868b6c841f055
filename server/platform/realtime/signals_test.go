package realtime

import (
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"onestreet/models"
)

// recorder notes what signals leave and when.
type recorder struct {
	mu   sync.Mutex
	from time.Time
	said []said
}

type said struct {
	kind string
	data any
	at   time.Duration
}

func (r *recorder) send(_ Key, kind string, data any) {
	if late, ok := data.(func() any); ok {
		data = late()
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.said = append(r.said, said{kind, data, time.Since(r.from)})
}

// heard is what has been sent so far, once everything that is due has been done.
func (r *recorder) heard() []said {
	synctest.Wait()
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]said(nil), r.said...)
}

func TestSignalsAreCoalescedToFourASecondAndTheLastOneArrives(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := &recorder{from: time.Now()}
		c := newCoalescer(CoalesceEvery, r.send)
		street := Key{Stream: feed}
		for i := range 100 { // every nine milliseconds: never at the moment at which a window ends
			c.offer(street, matter{kind: "presence"}, i)
			time.Sleep(9 * time.Millisecond)
		}
		time.Sleep(time.Second)
		require.Equal(t, []said{
			{"presence", 0, 0}, {"presence", 27, 250 * time.Millisecond}, {"presence", 55, 500 * time.Millisecond},
			{"presence", 83, 750 * time.Millisecond}, {"presence", 99, time.Second},
		}, r.heard())
		c.mu.Lock()
		require.Empty(t, c.windows, "nothing is kept of a quiet stream")
		c.mu.Unlock()
		c.close()
	})
}

func TestSignalsAboutDifferentThingsDoNotReplaceEachOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := &recorder{from: time.Now()}
		c := newCoalescer(CoalesceEvery, r.send)
		one, two := models.NewID(), models.NewID()
		c.offer(Key{Stream: feed}, matter{"post.liked", one}, "one: 1")
		c.offer(Key{Stream: feed}, matter{"post.liked", two}, "two: 1")
		c.offer(Key{Stream: feed}, matter{"post.liked", one}, "one: 2")
		c.offer(Key{Stream: feed}, matter{"post.liked", two}, "two: 2")
		c.offer(Key{Stream: "desk:shoes"}, matter{kind: "desk.changed"}, "desk")
		time.Sleep(time.Second)
		require.Equal(t, []said{
			{"post.liked", "one: 1", 0}, {"desk.changed", "desk", 0},
			{"post.liked", "two: 2", CoalesceEvery}, {"post.liked", "one: 2", CoalesceEvery},
		}, r.heard())
		c.close()
	})
}

func TestASignalTellsTheStateOfWhenItLeaves(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := &recorder{from: time.Now()}
		c := newCoalescer(CoalesceEvery, r.send)
		var mu sync.Mutex
		likes := 1
		count := func() any {
			mu.Lock()
			defer mu.Unlock()
			return likes
		}
		c.offer(Key{}, matter{kind: "post.liked"}, count)
		c.offer(Key{}, matter{kind: "post.liked"}, count)
		mu.Lock()
		likes = 7
		mu.Unlock()
		time.Sleep(time.Second)
		require.Equal(t, []any{1, 7}, []any{r.heard()[0].data, r.heard()[1].data})
		c.close()
	})
}

func TestASlowAnswerIsNotOvertakenByANewerOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := &recorder{from: time.Now()}
		c := newCoalescer(CoalesceEvery, r.send)
		go c.offer(Key{}, matter{kind: "post.liked"}, func() any {
			time.Sleep(2 * time.Second) // the database is slow
			return "old"
		})
		time.Sleep(time.Second)
		c.offer(Key{}, matter{kind: "post.liked"}, "new")
		time.Sleep(3 * time.Second)
		require.Equal(t, []any{"old", "new"}, []any{r.heard()[0].data, r.heard()[1].data})
		c.close()
	})
}

func TestAfterCloseNoSignalLeaves(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := &recorder{from: time.Now()}
		c := newCoalescer(CoalesceEvery, r.send)
		c.offer(Key{}, matter{kind: "a"}, 1)
		c.offer(Key{}, matter{kind: "a"}, 2)
		c.close()
		c.offer(Key{}, matter{kind: "a"}, 3)
		time.Sleep(time.Second)
		require.Len(t, r.said, 1)
	})
}
