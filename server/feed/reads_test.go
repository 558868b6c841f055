package feed_test

import (
	"encoding/json"
	"math/rand/v2"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/feed"
	"onestreet/server/identity"
	"onestreet/server/testkit"
	"onestreet/server/testkit/together"
)

func unread(t *testing.T, app *testkit.App, p testkit.Persona) []feed.FeedUnread {
	t.Helper()
	var mine feed.MyFeeds
	app.As(p).Get("/me/feeds").Must(http.StatusOK).Into(&mine)
	return mine.Items
}

func TestWhatIsNewIsCountedAndReadOnEveryDevice(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		before := say(t, app, testkit.OtherShopper, "早")
		li := app.As(testkit.Shopper)
		require.EqualValues(t, -1, unread(t, app, testkit.Shopper)[0].Seq)
		require.Empty(t, unread(t, app, testkit.Shopper)[0].Posts, "before the first visit nothing is news")
		li.Put("/feeds/street/read", body{"seq": before.Seq}).Must(http.StatusOK)

		say(t, app, testkit.Shopper, "我自己说的")
		news := say(t, app, testkit.OtherShopper, "新的")
		gone := say(t, app, testkit.ThirdShopper, "要撤的")
		app.As(testkit.ThirdShopper).Delete("/posts/" + gone.ID.String()).Must(http.StatusNoContent)
		blocked := say(t, app, testkit.ThirdShopper, "不想看的")
		li.Put("/posts/"+blocked.ID.String()+"/block", nil).Must(http.StatusOK)
		require.Equal(t, []models.ID{news.ID}, unread(t, app, testkit.Shopper)[0].Posts)
		page := read(t, app, testkit.Shopper)
		require.EqualValues(t, before.Seq, page.Read)
		require.Equal(t, []models.ID{app.Street.People[testkit.ThirdShopper].Member.ID}, page.Hidden)

		tablet := app.Open(testkit.Shopper)
		tablet.Follow("inbox:"+app.Street.People[testkit.Shopper].Member.ID.String(), 0)
		li.Put("/feeds/street/read", body{"seq": page.Seq + 1000}).Must(http.StatusOK) // beyond the last: counts as the last
		var heard feed.FeedUnread
		require.NoError(t, json.Unmarshal(tablet.Signal("feed.read").Data, &heard))
		require.Equal(t, feed.FeedUnread{Feed: "street", Seq: page.Seq, Head: page.Seq, Posts: []models.ID{}}, heard)
		require.Len(t, unread(t, app, testkit.Shopper), 1)
		say(t, app, testkit.OtherShopper, "后来的")
		require.Len(t, unread(t, app, testkit.Shopper)[0].Posts, 1, "what comes after is news, whatever was claimed to be read")
		li.Put("/feeds/street/read", body{"seq": -1}).Refused(http.StatusUnprocessableEntity, "invalid")
		li.Put("/feeds/alley/read", body{"seq": 1}).Refused(http.StatusNotFound, "not_found")
	})
}

func TestACircleIsNewsFromTheMomentOneComesIn(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		c := circle(app, models.CircleOpen, nil)
		posts := "/feeds/" + c.ID.String() + "/posts"
		owner, li := app.As(testkit.OwnerOf("noodles")), app.As(testkit.Shopper)
		owner.Post(posts, body{"text": "老话"}).Must(http.StatusCreated)
		li.Put("/circles/"+c.ID.String()+"/me", nil).Must(http.StatusOK)
		var p feed.PostView
		owner.Post(posts, body{"text": "新话"}).Must(http.StatusCreated).Into(&p)
		mine := unread(t, app, testkit.Shopper)
		require.Len(t, mine, 2)
		require.Equal(t, []models.ID{p.ID}, mine[1].Posts)
		closed := circle(app, models.CircleInvitation, nil)
		li.Put("/feeds/"+closed.ID.String()+"/read", body{"seq": 1}).Refused(http.StatusForbidden, "not_in_circle")
		app.As(testkit.OtherOwner).Put("/feeds/"+c.ID.String()+"/read", body{"seq": 1}).Refused(http.StatusNotFound, "not_found")
	})
}

// TestReadNeverTurnsUnread: many devices tell in any order how far they have read; at no moment is something unread that was
// read a moment before, and in the end the furthest counts.
func TestReadNeverTurnsUnread(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		for range 12 {
			say(t, app, testkit.OtherShopper, "一句")
		}
		li := app.Street.People[testkit.Shopper]
		reader := &identity.Principal{AllianceID: app.Street.Alliance.ID, AccountID: li.Account.ID, MemberID: li.Member.ID}
		_, err := app.Feed.MarkRead(app.Ctx(), reader, models.StreetFeed, 0)
		require.NoError(t, err)
		var devices together.Group
		for d := range 8 {
			devices.Go(func() {
				r, last := rand.New(rand.NewPCG(7, uint64(d))), int64(0)
				for range 12 {
					now, err := app.Feed.MarkRead(app.Ctx(), reader, models.StreetFeed, r.Int64N(13))
					if err != nil || now.Seq < last || len(now.Posts) != int(12-now.Seq) {
						t.Errorf("read up to %d turned %d, %d unread: %v", last, now.Seq, len(now.Posts), err)
						return
					}
					last = now.Seq
				}
			})
		}
		devices.Wait()
		now, err := app.Feed.MarkRead(app.Ctx(), reader, models.StreetFeed, 12)
		require.NoError(t, err)
		require.Empty(t, now.Posts)
		now, err = app.Feed.MarkRead(app.Ctx(), reader, models.StreetFeed, 3) // a tablet that slept all day
		require.NoError(t, err)
		require.EqualValues(t, 12, now.Seq)
		require.Empty(t, now.Posts)
	})
}
