package screen_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/feed"
	"onestreet/server/screen"
	"onestreet/server/testkit"
	"onestreet/server/testkit/together"
)

// install makes a screen of the shoe shop and returns it with what was typed on its TV.
func install(t *testing.T, app *testkit.App, pickedOnly bool) (screen.ScreenView, string) {
	t.Helper()
	var v screen.ScreenView
	app.As(testkit.OwnerOf("shoes")).Post(app.At("shoes", "/screens"), map[string]any{"name": "门口", "picked_only": pickedOnly}).Must(http.StatusCreated).Into(&v)
	address, secret, _ := strings.Cut(v.URL, "#")
	require.Equal(t, "http://street.test/screen", address)
	require.Len(t, secret, 16)
	return v, secret
}

// tv is a TV with a secret.
func tv(app *testkit.App, secret string) *testkit.Client {
	return app.As(testkit.Visitor).With("X-Screen", secret)
}

func wall(t *testing.T, app *testkit.App, secret string) screen.Wall {
	t.Helper()
	var w screen.Wall
	tv(app, secret).Get("/screen").Must(http.StatusOK).Into(&w)
	return w
}

func texts(w screen.Wall) []string {
	said := []string{}
	for _, p := range w.Posts {
		said = append(said, p.Text)
	}
	return said
}

func say(t *testing.T, app *testkit.App, p testkit.Persona, text, feedName string) feed.PostView {
	t.Helper()
	var v feed.PostView
	app.As(p).Post("/feeds/"+feedName+"/posts", map[string]any{"text": text}).Must(http.StatusCreated).Into(&v)
	return v
}

// open opens the TV's socket.
func open(t *testing.T, app *testkit.App, secret string) *testkit.Socket {
	t.Helper()
	s := app.Dial()
	s.Say(map[string]any{"op": "hello", "v": 1, "token": "screen:" + secret, "locale": "en"})
	require.Equal(t, "welcome", s.Hear().Op)
	return s
}

func TestAWindowShowsTheStreetAndOnlyDisplayNames(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		made, secret := install(t, app, false)
		say(t, app, testkit.Shopper, "猫找着了", "street")
		var circle feed.CircleView
		app.As(testkit.OwnerOf("shoes")).Post("/circles", map[string]any{"name": "新鞋", "access": "open", "store_id": app.Street.Stores["shoes"].ID}).Must(http.StatusCreated).Into(&circle)
		say(t, app, testkit.OwnerOf("shoes"), "圈里的话", circle.ID.String())
		start := app.Time.Now().Add(3 * time.Hour)
		app.As(testkit.ManagerOf("tea")).Post(app.At("tea", "/events"), map[string]any{
			"title": "品茶", "story": "", "place": "二楼", "capacity": 8, "starts_at": start.Format(time.RFC3339), "ends_at": start.Add(time.Hour).Format(time.RFC3339),
		}).Must(http.StatusCreated)
		app.Drain()
		w := wall(t, app, strings.ToUpper(secret))
		require.Equal(t, []string{"品茶", "猫找着了"}, texts(w))
		require.Equal(t, []string{"老吴", "李桂芳"}, []string{w.Posts[0].Author, w.Posts[1].Author})
		require.Equal(t, "品茶", w.Events[0].Title)
		require.Equal(t, []string{"2026-10-17", "初八"}, []string{w.Today.Date, w.Today.Lunar})
		require.Equal(t, app.Street.Alliance.Name, w.Street.Name)
		require.Equal(t, "shoes", w.Store.Slug)
		body := tv(app, secret).Get("/screen").Must(http.StatusOK).Body
		for _, person := range app.Street.People {
			require.NotContains(t, string(body), person.Account.ID.String())
			if !person.Member.ID.IsZero() {
				require.NotContains(t, string(body), person.Member.ID.String())
			}
		}
		var listed screen.Screens
		app.As(testkit.ClerkOf("shoes")).Get(app.At("shoes", "/screens")).Must(http.StatusOK).Into(&listed)
		require.Equal(t, made.ID, listed.Items[0].ID)
		require.Empty(t, listed.Items[0].URL, "a clerk does not see the secret")
		require.WithinDuration(t, app.Time.Now(), *listed.Items[0].SeenAt, time.Second)
		app.Time.Advance(8 * 24 * time.Hour)
		require.Empty(t, texts(wall(t, app, secret)), "a week later it is old")
	})
}

func TestWhatAModeratorHasToLookAtLeavesTheWindowAtOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		_, secret := install(t, app, false)
		doubtful, gone := say(t, app, testkit.Shopper, "便宜的鞋", "street"), say(t, app, testkit.Shopper, "说错了", "street")
		s := open(t, app, secret)
		require.Equal(t, "following", s.Follow("feed:street", wall(t, app, secret).Seq).Op)
		require.Equal(t, "following", s.Follow(screen.Stream, 0).Op)
		app.As(testkit.OtherShopper).Post("/posts/"+doubtful.ID.String()+"/report", map[string]any{"words": "像广告"}).Must(http.StatusOK)
		s.Signal("screens.changed")
		require.Equal(t, []string{"说错了"}, texts(wall(t, app, secret)))
		app.As(testkit.Coordinator).Delete("/posts/" + gone.ID.String()).Must(http.StatusNoContent)
		f := s.Hear()
		require.Equal(t, "post.deleted", f.Kind)
		require.Contains(t, string(f.Data), gone.ID.String())
		require.Empty(t, texts(wall(t, app, secret)))
		var queue struct{ Cases []struct{ ID models.ID } }
		app.As(testkit.Coordinator).Get("/conduct/queue").Must(http.StatusOK).Into(&queue)
		app.As(testkit.Coordinator).Post("/conduct/cases/"+queue.Cases[0].ID.String(), map[string]any{"decision": "show"}).Must(http.StatusOK)
		s.Signal("screens.changed")
		require.Equal(t, []string{"便宜的鞋"}, texts(wall(t, app, secret)))
	})
}

func TestAScreenMayShowOnlyWhatItsShopPicked(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		_, secret := install(t, app, true)
		one, two := say(t, app, testkit.Shopper, "一", "street"), say(t, app, testkit.Shopper, "二", "street")
		app.As(testkit.ClerkOf("shoes")).Post("/feeds/street/posts", map[string]any{"text": "新到棉鞋", "store_id": app.Street.Stores["shoes"].ID}).Must(http.StatusCreated)
		app.As(testkit.ClerkOf("tea")).Put(app.At("tea", "/screen-picks/"+two.ID.String()), nil).Must(http.StatusNoContent)
		require.Equal(t, []string{"新到棉鞋"}, texts(wall(t, app, secret)), "another shop's pick is not ours")
		pick := app.At("shoes", "/screen-picks/"+one.ID.String())
		for range 2 {
			app.As(testkit.ClerkOf("shoes")).Put(pick, nil).Must(http.StatusNoContent)
		}
		require.Equal(t, []string{"新到棉鞋", "一"}, texts(wall(t, app, secret)))
		var could screen.Candidates
		app.As(testkit.ClerkOf("shoes")).Get(app.At("shoes", "/screen-picks")).Must(http.StatusOK).Into(&could)
		require.Equal(t, []bool{true, false, false}, []bool{could.Items[0].Own, could.Items[1].Own, could.Items[2].Own})
		require.Equal(t, []bool{false, false, true}, []bool{could.Items[0].Picked, could.Items[1].Picked, could.Items[2].Picked})
		app.As(testkit.ClerkOf("shoes")).Delete(pick).Must(http.StatusNoContent)
		require.Equal(t, []string{"新到棉鞋"}, texts(wall(t, app, secret)))
		app.As(testkit.ClerkOf("shoes")).Put(app.At("shoes", "/screen-picks/"+models.NewID().String()), nil).Refused(http.StatusNotFound, "not_found")
	})
}

func TestATVFollowsTheStreetAndNothingElse(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		_, secret := install(t, app, false)
		var circle feed.CircleView
		app.As(testkit.OwnerOf("shoes")).Post("/circles", map[string]any{"name": "新鞋", "access": "open", "store_id": app.Street.Stores["shoes"].ID}).Must(http.StatusCreated).Into(&circle)
		s := open(t, app, secret)
		for _, stream := range []string{
			"feed:" + circle.ID.String(), "inbox:" + app.Street.People[testkit.Shopper].Member.ID.String(), "desk:" + app.Street.Stores["shoes"].ID.String(), "alliance",
			"chat:" + models.NewID().String(),
		} {
			require.Equal(t, "error", s.Follow(stream, 0).Op, stream)
		}
		require.Equal(t, "following", s.Follow("feed:street", 0).Op)
		require.Equal(t, "following", s.Follow(screen.Stream, 0).Op)
		li := app.Open(testkit.Shopper)
		require.Equal(t, "not_allowed", li.Follow(screen.Stream, 0).Code, "nobody else hears what is for the screens")
		require.Equal(t, "following", li.Follow("feed:street", 0).Op)
		require.JSONEq(t, `{"online":1}`, string(li.Signal("presence").Data), "a TV is nobody on the street")
		s.Say(map[string]any{"op": "typing", "stream": "feed:street"})
		require.Equal(t, "not_allowed", s.Hear().Code)
	})
}

func TestASwitchedOffScreenHearsNothingMore(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		v, secret := install(t, app, false)
		s := open(t, app, secret)
		require.Equal(t, "following", s.Follow("feed:street", 0).Op)
		joinURL := wall(t, app, secret).JoinURL
		app.As(testkit.OwnerOf("shoes")).Delete(app.At("shoes", "/screens/"+v.ID.String())).Must(http.StatusNoContent)
		say(t, app, testkit.Shopper, "它听不到", "street")
		require.Equal(t, "screen_off", s.Hear().Code)
		require.Equal(t, 4003, s.Closed())
		tv(app, secret).Get("/screen").Refused(http.StatusGone, "screen_off")
		again := app.Dial()
		again.Say(map[string]any{"op": "hello", "v": 1, "token": "screen:" + secret})
		require.Equal(t, "screen_off", again.Hear().Code)
		link, err := app.Pool.Link(app.Ctx(), joinURL[strings.LastIndex(joinURL, "/")+1:])
		require.NoError(t, err)
		require.True(t, link.Expired(app.Time.Now()))
		app.As(testkit.OwnerOf("shoes")).Delete(app.At("shoes", "/screens/"+v.ID.String())).Refused(http.StatusGone, "screen_off")
		tv(app, "0000000000000000").Get("/screen").Refused(http.StatusNotFound, "not_found")
		tv(app, "").Get("/screen").Refused(http.StatusNotFound, "not_found")
	})
}

func TestAScreenIsItsStoresAlone(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		v, secret := install(t, app, false)
		require.Empty(t, wall(t, app, secret).Posts)
		body := map[string]any{"name": "我的"}
		app.As(testkit.OwnerOf("tea")).Put(app.At("shoes", "/screens/"+v.ID.String()), body).Must(http.StatusForbidden)
		app.As(testkit.OwnerOf("tea")).Put(app.At("tea", "/screens/"+v.ID.String()), body).Refused(http.StatusNotFound, "not_found")
		app.As(testkit.ManagerOf("shoes")).Post(app.At("shoes", "/screens"), body).Must(http.StatusForbidden)
		app.As(testkit.OtherOwner).Delete(app.At("shoes", "/screens/"+v.ID.String())).Must(http.StatusForbidden)
		for name, want := range map[string]string{"": "screen_name", " \u200b ": "screen_name", strings.Repeat("屏", 25): "screen_name"} {
			app.As(testkit.OwnerOf("shoes")).Post(app.At("shoes", "/screens"), map[string]any{"name": name}).Refused(http.StatusUnprocessableEntity, want)
		}
		var now screen.Screens
		app.As(testkit.OwnerOf("shoes")).Put(app.At("shoes", "/screens/"+v.ID.String()), map[string]any{"name": "柜台边", "picked_only": true}).Must(http.StatusOK).Into(&now)
		require.Equal(t, "柜台边", now.Items[0].Name)
		require.True(t, now.Items[0].PickedOnly)
	})
}

func TestTheEighthScreenIsTheLast(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		owner := app.As(testkit.OwnerOf("shoes"))
		var all together.Group
		for range 12 {
			all.Go(func() { owner.Post(app.At("shoes", "/screens"), map[string]any{"name": "门口"}) })
		}
		all.Wait()
		var made screen.Screens
		owner.Get(app.At("shoes", "/screens")).Must(http.StatusOK).Into(&made)
		require.Len(t, made.Items, models.ScreensMost)
		owner.Post(app.At("shoes", "/screens"), map[string]any{"name": "门口"}).Refused(http.StatusConflict, "screens_many")
	})
}
