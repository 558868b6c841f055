package feed_test

import (
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/feed"
	"onestreet/server/identity"
	"onestreet/server/testkit"
	"onestreet/server/testkit/together"
)

const noonsDay = "2026-10-17" // in the street, when every test begins

func pinnedTexts(t *testing.T, app *testkit.App, p testkit.Persona) []string {
	t.Helper()
	texts := []string{}
	for _, pin := range read(t, app, p).Pinned {
		texts = append(texts, pin.Post.Text)
	}
	return texts
}

func TestANoticeStandsOnTopUntilItsDay(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		p := say(t, app, testkit.Shopper, "明天停水")
		at := "/posts/" + p.ID.String() + "/pin"
		boss := app.As(testkit.Coordinator)
		for _, who := range []testkit.Persona{testkit.Shopper, testkit.OwnerOf("shoes")} {
			app.As(who).Put(at, body{"until": noonsDay}).Refused(http.StatusForbidden, "may_not_pin")
			app.As(who).Delete(at).Refused(http.StatusForbidden, "may_not_pin")
		}
		app.As(testkit.OtherCoordinator).Put(at, body{"until": noonsDay}).Refused(http.StatusNotFound, "not_found")
		for _, until := range []string{"2026-10-16", "2027-03-01", "tomorrow", ""} {
			boss.Put(at, body{"until": until}).Refused(http.StatusUnprocessableEntity, "pin_until")
		}
		screen := watch(t, app, testkit.Visitor, p.Seq)
		boss.Put(at, body{"until": noonsDay}).Must(http.StatusOK)
		boss.Put(at, body{"until": noonsDay}).Must(http.StatusOK) // again is the same
		var told feed.PinView
		screen.Hear() // emptied by the second
		f := screen.Hear()
		require.Equal(t, "post.pinned", f.Kind)
		require.NoError(t, json.Unmarshal(f.Data, &told))
		require.Equal(t, "明天停水", told.Post.Text)
		require.Equal(t, time.Date(2026, 10, 17, 16, 0, 0, 0, time.UTC), told.Until, "midnight in the street")
		require.Equal(t, []string{"明天停水"}, pinnedTexts(t, app, testkit.Visitor))
		boss.Delete(at).Must(http.StatusNoContent)
		boss.Delete(at).Must(http.StatusNoContent)
		require.Equal(t, "post.unpinned", screen.Hear().Kind)
		require.Empty(t, pinnedTexts(t, app, testkit.Visitor))
		boss.Put(at, body{"until": noonsDay}).Must(http.StatusOK)
		app.Time.Advance(14 * time.Hour)
		require.Empty(t, pinnedTexts(t, app, testkit.Visitor), "its day is over")
	})
}

func TestThreeNoticesAreTheMostWhoeverPinsAtOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		var posts []feed.PostView
		for range 6 {
			posts = append(posts, say(t, app, testkit.Shopper, "通知"))
		}
		boss := &identity.Principal{AllianceID: app.Street.Alliance.ID, AccountID: app.Street.People[testkit.Coordinator].Account.ID, Coordinator: true}
		var all together.Group
		refused := make([]error, len(posts))
		for i, p := range posts {
			all.Go(func() { refused[i] = app.Feed.Pin(app.Ctx(), boss, p.ID, noonsDay) })
		}
		all.Wait()
		up := 0
		for _, err := range refused {
			if err == nil {
				up++
				continue
			}
			require.ErrorIs(t, err, feed.ErrPinsFull)
		}
		require.Equal(t, 3, up)
		require.Len(t, pinnedTexts(t, app, testkit.Visitor), 3)
		app.Time.Advance(24 * time.Hour)
		require.NoError(t, app.Feed.Pin(app.Ctx(), boss, posts[0].ID, "2026-10-18"), "what is over makes room")
	})
}

// TestANoticeThatIsTakenDownIsToldNoMore: neither on top nor by what the stream remembers.
func TestANoticeThatIsTakenDownIsToldNoMore(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		p := say(t, app, testkit.Shopper, "电话打不通的停水通知")
		app.As(testkit.Coordinator).Put("/posts/"+p.ID.String()+"/pin", body{"until": noonsDay}).Must(http.StatusOK)
		app.As(testkit.Shopper).Delete("/posts/" + p.ID.String()).Must(http.StatusNoContent)
		require.Empty(t, pinnedTexts(t, app, testkit.Visitor))
		items, err := app.Streams.Since(app.Ctx(), app.Street.Alliance.ID, "feed:street", 0, 10)
		require.NoError(t, err)
		require.Len(t, items, 3)
		for _, item := range items {
			require.NotContains(t, item.Data, "停水")
		}
	})
}

func TestAModeratorPinsInTheirCircle(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		c := circle(app, models.CircleOpen, nil)
		var p feed.PostView
		app.As(testkit.OwnerOf("noodles")).Post("/feeds/"+c.ID.String()+"/posts", body{"text": "圈规"}).Must(http.StatusCreated).Into(&p)
		at := "/posts/" + p.ID.String() + "/pin"
		app.As(testkit.Shopper).Put(at, body{"until": noonsDay}).Refused(http.StatusForbidden, "may_not_pin")
		app.As(testkit.OwnerOf("noodles")).Put(at, body{"until": noonsDay}).Must(http.StatusOK)
		require.Empty(t, pinnedTexts(t, app, testkit.Shopper), "not on the street")
		var page feed.Page
		app.As(testkit.Shopper).Get("/feeds/" + c.ID.String() + "/posts").Must(http.StatusOK).Into(&page)
		require.Len(t, page.Pinned, 1)
	})
}

func TestAStoreHasANoticeOnItsPage(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		shoes := app.Street.Stores["shoes"].ID
		at := "/stores/" + shoes.String() + "/pin"
		owner := app.As(testkit.OwnerOf("shoes"))
		speak := func(text string) feed.PostView {
			var p feed.PostView
			owner.Post(street, body{"text": text, "store_id": shoes}).Must(http.StatusCreated).Into(&p)
			return p
		}
		first, second := speak("修鞋三天取"), speak("月底盘点")
		other := say(t, app, testkit.Shopper, "不是店里说的")
		app.As(testkit.ManagerOf("shoes")).Put(at, body{"post_id": first.ID, "until": noonsDay}).Refused(http.StatusForbidden, "forbidden")
		owner.Put(at, body{"post_id": other.ID, "until": noonsDay}).Refused(http.StatusUnprocessableEntity, "not_the_stores")
		for _, p := range []feed.PostView{first, second, second} {
			owner.Put(at, body{"post_id": p.ID, "until": noonsDay}).Must(http.StatusOK)
		}
		var pins feed.Pins
		app.As(testkit.Visitor).Get(at).Must(http.StatusOK).Into(&pins)
		require.Len(t, pins.Items, 1)
		require.Equal(t, "月底盘点", pins.Items[0].Post.Text)
		require.Empty(t, pinnedTexts(t, app, testkit.Visitor), "only on its page")
		owner.Delete(at).Must(http.StatusNoContent)
		app.As(testkit.Visitor).Get(at).Must(http.StatusOK).Into(&pins)
		require.Empty(t, pins.Items)
	})
}

func TestAStoreStandsOnAPost(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		tea := app.Street.Stores["tea"]
		var p feed.PostView
		app.As(testkit.Shopper).Post(street, body{"text": "", "card": body{"kind": "store", "id": tea.ID}}).Must(http.StatusCreated).Into(&p)
		require.Equal(t, tea.Name, p.Card.Store.Name)
		require.Equal(t, tea.Name, read(t, app, testkit.Visitor).Items[0].Card.Store.Name)
		for _, id := range []models.ID{models.NewID(), app.Other.Stores["tea"].ID} {
			app.As(testkit.Shopper).Post(street, body{"text": "x", "card": body{"kind": "store", "id": id}}).Refused(http.StatusUnprocessableEntity, "card_unknown")
		}
		app.As(testkit.Shopper).Post(street, body{"text": "x", "card": body{"kind": "campaign", "id": tea.ID}}).Refused(http.StatusUnprocessableEntity, "invalid")
		app.As(testkit.Coordinator).Post("/alliance/stores/"+tea.ID.String()+"/suspend", body{"reason": "装修"}).Must(http.StatusOK)
		require.Nil(t, read(t, app, testkit.Visitor).Items[0].Card, "a store that is not on the street is not shown")
	})
}
