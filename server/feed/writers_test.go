package feed_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/conduct"
	"onestreet/server/feed"
	"onestreet/server/platform/outbox"
	"onestreet/server/testkit"
	"onestreet/server/testkit/together"
)

// writer is somebody who says something in the rush, and what they are told: nil, the error, or that one of several drafts
// of theirs is let through.
type writer struct {
	draft feed.Draft
	told  error
}

// rush is two hundred drafts at once: of a store's persona into two feeds; of neighbours in slow mode, four each; of one
// who is muted; and drafts that are too long, or have a photo or a name that nobody knows.
func rush(t *testing.T, app *testkit.App) (writers []writer, circle models.ID) {
	t.Helper()
	circle = openCircle(app)
	people := app.Join(21, "noodles")
	app.As(testkit.Coordinator).Put("/conduct/rules", body{"hold_doubtful": false, "first_review": false, "slow_minutes": 5, "fine": 5}).Must(http.StatusOK)
	app.As(testkit.Coordinator).Put("/conduct/mutes/"+people[20].Member.ID.String(), body{"hours": 2, "words": "歇一歇"}).Must(http.StatusOK)
	owner := app.Street.People[testkit.OwnerOf("noodles")]
	store := feed.Author{Alliance: app.Street.Alliance.ID, Account: owner.Account.ID, Store: app.Street.Stores["noodles"].ID}
	for i := range 200 {
		w := writer{draft: feed.Draft{Author: store, Feed: models.StreetFeed, Text: fmt.Sprint("今天的面 ", i)}}
		switch {
		case i < 100 && i%3 == 0:
			w.draft.Feed = circle.String()
		case i < 100:
		case i < 180:
			w.draft.Author, w.told = neighbour(app, people[i%20]), conduct.ErrSlow
		case i < 185:
			w.draft.Author, w.told = neighbour(app, people[20]), conduct.ErrMuted
		case i < 190:
			w.draft.Text, w.told = fmt.Sprintf("%02001d", i), feed.ErrTooLong
		case i < 195:
			w.draft.Photos, w.told = []models.ID{models.NewID()}, feed.ErrPhoto
		default:
			w.draft.Mentions, w.told = []models.ID{models.NewID()}, feed.ErrMention
		}
		writers = append(writers, w)
	}
	return writers, circle
}

func openCircle(app *testkit.App) models.ID { return circle(app, models.CircleOpen, nil).ID }

func neighbour(app *testkit.App, p testkit.Person) feed.Author {
	return feed.Author{Alliance: app.Street.Alliance.ID, Account: p.Account.ID, Member: p.Member.ID}
}

// TestManyWritersShareOneOrder: of two hundred drafts at once exactly those are refused that must be, and harm nobody beside
// them; the others stand in their feeds in one order, without a gap, are found by their words and told of once.
func TestManyWritersShareOneOrder(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		writers, circle := rush(t, app)
		var all together.Group
		var let atomic.Int64 // neighbours in slow mode whose turn it was
		for _, w := range writers {
			all.Go(func() {
				_, err := app.Feed.Say(app.Ctx(), w.draft)
				if err == nil && errors.Is(w.told, conduct.ErrSlow) {
					let.Add(1)
				} else if !errors.Is(err, w.told) {
					t.Errorf("%.20s: %v instead of %v", w.draft.Text, err, w.told)
				}
			})
		}
		all.Wait()
		require.EqualValues(t, 20, let.Load(), "one of each neighbour's four")
		inOrder(t, app, "street", 66+20)
		inOrder(t, app, circle.String(), 34)
		var found, told int64
		require.NoError(t, app.DB.Read(app.Ctx()).Model(&models.PostTerm{}).Where("alliance_id = ? AND term = ?", app.Street.Alliance.ID, "今天").Count(&found).Error)
		require.NoError(t, app.DB.Read(app.Ctx()).Model(&outbox.Event{}).Where("alliance_id = ? AND kind = ?", app.Street.Alliance.ID, models.EventPostCreated).Count(&told).Error)
		require.Equal(t, [2]int64{120, 120}, [2]int64{found, told})
	})
}

// inOrder expects the posts of a feed to stand in its stream and in their table in the same order, without a gap.
func inOrder(t *testing.T, app *testkit.App, name string, n int) {
	t.Helper()
	items, err := app.Streams.Since(app.Ctx(), app.Street.Alliance.ID, models.FeedStream(name), 0, 500)
	require.NoError(t, err)
	require.Len(t, items, n)
	var posts []models.Post
	require.NoError(t, app.DB.Read(app.Ctx()).Where("alliance_id = ? AND feed = ?", app.Street.Alliance.ID, name).Order("seq").Find(&posts).Error)
	require.Len(t, posts, n)
	for i, item := range items {
		var data struct{ Post feed.PostView }
		require.NoError(t, json.Unmarshal([]byte(item.Data), &data))
		require.Equal(t, int64(i+1), item.Seq)
		require.Equal(t, [2]int64{item.Seq, item.Seq}, [2]int64{data.Post.Seq, posts[i].Seq})
		require.Equal(t, posts[i].ID, data.Post.ID)
		require.Equal(t, posts[i].Text, data.Post.Text)
	}
}

// TestAKeySaysAThingOnce: asked again, also by many at once, when its author is muted by now, or when it was held, the
// request has its first answer.
func TestAKeySaysAThingOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		shopper := app.As(testkit.Shopper)
		once := shopper.With("Idempotency-Key", "one")
		var first, again feed.PostView
		r := once.Post(street, body{"text": "猫找着了"}).Must(http.StatusCreated).Into(&first)
		require.Empty(t, r.Header.Get("Idempotency-Replayed"))
		require.True(t, first.Mine && first.Editable && !first.Pinnable)
		var all together.Group
		ids := make([]models.ID, 30)
		for i := range ids {
			all.Go(func() {
				var p feed.PostView
				shopper.With("Idempotency-Key", "rush").Post(street, body{"text": "又走丢了"}).Must(http.StatusCreated).Into(&p)
				ids[i] = p.ID
			})
		}
		all.Wait()
		for _, id := range ids {
			require.Equal(t, ids[0], id)
		}
		once.Post(street, body{"text": "狗找着了"}).Refused(http.StatusUnprocessableEntity, "idempotency_key_reused")
		for range 2 {
			shopper.With("Idempotency-Key", "ad").Post(street, body{"text": "拿货价，要的加v demo_mei0001"}).Refused(http.StatusUnprocessableEntity, "advert")
		}
		var strikes int64
		require.NoError(t, app.DB.Read(app.Ctx()).Model(&models.ConductCase{}).Where("alliance_id = ? AND state = ?", app.Street.Alliance.ID, models.CaseStruck).Count(&strikes).Error)
		require.EqualValues(t, 1, strikes)
		comments := "/posts/" + first.ID.String() + "/comments"
		var said, still feed.CommentView
		shopper.With("Idempotency-Key", "answer").Post(comments, body{"text": "在哪儿找着的"}).Must(http.StatusCreated).Into(&said)
		for range 20 {
			all.Go(func() {
				shopper.With("Idempotency-Key", "answers").Post(comments, body{"text": "树上"}).Must(http.StatusCreated)
			})
		}
		all.Wait()
		for range 2 {
			shopper.With("Idempotency-Key", "sold").Post(comments, body{"text": "拿货价，要的加v demo_mei0002"}).Refused(http.StatusUnprocessableEntity, "advert")
		}
		require.NoError(t, app.DB.Read(app.Ctx()).Model(&models.ConductCase{}).Where("alliance_id = ? AND kind = 'comment'", app.Street.Alliance.ID).Count(&strikes).Error)
		require.EqualValues(t, 1, strikes)
		app.As(testkit.Coordinator).Put("/conduct/mutes/"+app.Street.People[testkit.Shopper].Member.ID.String(), body{"hours": 2, "words": "歇一歇"}).Must(http.StatusOK)
		r = once.Post(street, body{"text": "猫找着了"}).Must(http.StatusCreated).Into(&again)
		require.Equal(t, "true", r.Header.Get("Idempotency-Replayed"))
		require.Equal(t, first.ID, again.ID)
		require.EqualValues(t, 2, again.Comments)
		shopper.With("Idempotency-Key", "answer").Post(comments, body{"text": "在哪儿找着的"}).Must(http.StatusCreated).Into(&still)
		require.Equal(t, said, still)
		shopper.Post(street, body{"text": "还能说吗"}).Refused(http.StatusForbidden, "muted")
		require.Len(t, read(t, app, testkit.Visitor).Items, 2)
	})
}
