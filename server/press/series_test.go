package press_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/feed"
	"onestreet/server/notify"
	"onestreet/server/press"
	"onestreet/server/testkit"
	"onestreet/server/testkit/together"
)

// lessons is the noodle shop's series.
func lessons(t *testing.T, app *testkit.App) press.SerialPage {
	t.Helper()
	var page press.SerialPage
	body := map[string]any{"title": "林师傅晚上教一道", "about": "家里有什么就教什么", "store_id": app.Street.Stores["noodles"].ID}
	app.As(testkit.ClerkOf("noodles")).Post("/series", body).Must(http.StatusCreated).Into(&page)
	return page
}

func at(s press.SerialPage, rest string) string { return "/series/" + s.ID.String() + rest }

func tell(app *testkit.App, s press.SerialPage, title string) *testkit.Response {
	return app.As(testkit.OwnerOf("noodles")).Post(at(s, "/parts"), map[string]any{"title": title, "text": "先把锅烧热。" + title})
}

func read(t *testing.T, app *testkit.App, who testkit.Persona, s press.SerialPage) press.SerialPage {
	t.Helper()
	var page press.SerialPage
	app.As(who).Get(at(s, "")).Must(http.StatusOK).Into(&page)
	return page
}

func TestPartsAreNumberedInTheOrderOfTheStreetWhateverComesAtOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := lessons(t, app)
		by := app.Street.People[testkit.OwnerOf("noodles")]
		who := feed.Author{Alliance: app.Street.Alliance.ID, Account: by.Account.ID, Store: app.Street.Stores["noodles"].ID}
		var all together.Group
		for i := range 30 {
			all.Go(func() {
				title := fmt.Sprintf("第 %d 道", i)
				if _, err := app.Feed.Say(app.Ctx(), feed.Draft{Author: who, Feed: "street", Text: title, Card: models.CardPart, CardID: s.ID, Head: title}); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		page := read(t, app, testkit.Visitor, s)
		require.EqualValues(t, 30, page.Parts)
		var before int64
		for i, line := range page.Lines {
			require.EqualValues(t, i+1, line.Number)
			var post feed.PostView
			app.As(testkit.Visitor).Get("/posts/" + line.PostID.String()).Must(http.StatusOK).Into(&post)
			require.Greater(t, post.Seq, before)
			require.Equal(t, &feed.PartCard{SeriesID: s.ID, Series: s.Title, Number: line.Number, Title: post.Text}, post.Card.Part)
			before = post.Seq
		}
	})
}

func TestAPartKnowsItsNeighboursAndAReaderHowFarTheyAre(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := lessons(t, app)
		for _, title := range []string{"葱油面", "红烧肉", "酸汤鱼", "桂花藕"} {
			tell(app, s, title).Must(http.StatusCreated)
		}
		gone := read(t, app, testkit.Shopper, s).Lines[1].PostID
		app.As(testkit.OwnerOf("noodles")).Delete("/posts/" + gone.String()).Must(http.StatusNoContent)
		var part press.PartPage
		app.As(testkit.Shopper).Get(at(s, "/parts/3")).Must(http.StatusOK).Into(&part)
		require.Equal(t, "酸汤鱼", part.Title)
		require.Equal(t, "林师傅", part.Post.Author.Name)
		require.EqualValues(t, 1, part.Previous.Number, "the second was taken down")
		require.EqualValues(t, 4, part.Next.Number)
		page := read(t, app, testkit.Shopper, s)
		require.True(t, page.Lines[1].Gone)
		require.Empty(t, page.Lines[1].Title)
		app.As(testkit.Shopper).Get(at(s, "/parts/2")).Refused(http.StatusGone, "post_gone")
		app.As(testkit.Shopper).Get(at(s, "/parts/9")).Refused(http.StatusNotFound, "not_found")

		progress := func(n int64) *testkit.Response {
			return app.As(testkit.Shopper).Put(at(s, "/progress"), map[string]any{"number": n})
		}
		progress(3).Must(http.StatusNoContent)
		progress(1).Must(http.StatusNoContent)
		require.EqualValues(t, 3, read(t, app, testkit.Shopper, s).ReadTo, "it never goes back")
		require.Zero(t, read(t, app, testkit.OtherShopper, s).ReadTo)
		for _, n := range []int64{0, -1, 5} {
			progress(n).Refused(http.StatusUnprocessableEntity, "part_unknown")
		}
		tell(app, s, "第五道").Must(http.StatusCreated)
		require.EqualValues(t, 5, read(t, app, testkit.Shopper, s).Lines[4].Number, "a number is never given again")
	})
}

func letters(t *testing.T, app *testkit.App, who testkit.Persona) []notify.Notice {
	t.Helper()
	var inbox notify.InboxView
	app.As(who).Get("/me/inbox").Must(http.StatusOK).Into(&inbox)
	var parts []notify.Notice
	for _, n := range inbox.Items {
		if n.Kind == models.NoticePart {
			parts = append(parts, n)
		}
	}
	return parts
}

func TestWhoFollowsHearsOnceAndNotAtNight(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := lessons(t, app)
		for _, who := range []testkit.Persona{testkit.Shopper, testkit.OtherShopper, testkit.ThirdShopper} {
			for range 2 {
				app.As(who).Put(at(s, "/follow"), nil).Must(http.StatusNoContent)
			}
		}
		app.As(testkit.ThirdShopper).Delete(at(s, "/follow")).Must(http.StatusNoContent)
		require.EqualValues(t, 2, read(t, app, testkit.Visitor, s).Followers)
		muted := models.Privacy{ID: models.NewID(), AllianceID: app.Street.Alliance.ID, MemberID: app.Street.People[testkit.OtherShopper].Member.ID, StoreID: app.Street.Stores["noodles"].ID, Muted: true, UpdatedAt: app.Time.Now()}
		require.NoError(t, app.DB.Tx(app.Ctx(), func(tx *gorm.DB) error { return tx.Create(&muted).Error }))
		app.Time.Set(time.Date(2026, 10, 17, 22, 30, 0, 0, app.Street.Alliance.Location()))
		tell(app, s, "葱油面").Must(http.StatusCreated)
		tellAll := func() {
			var nodes together.Group
			for range 4 {
				nodes.Go(func() {
					if err := app.Notify.TellOfParts(app.Ctx()); err != nil {
						t.Error(err)
					}
				})
			}
			nodes.Wait()
		}
		tellAll()
		require.Empty(t, letters(t, app, testkit.Shopper), "nobody is woken")
		app.Time.Set(time.Date(2026, 10, 18, 8, 0, 0, 0, app.Street.Alliance.Location()))
		tellAll()
		tellAll()
		got := letters(t, app, testkit.Shopper)
		require.Len(t, got, 1)
		require.Equal(t, "「林师傅晚上教一道」第 1 回：葱油面", got[0].Title)
		require.True(t, strings.HasPrefix(got[0].Link, "/posts/"))
		require.Empty(t, letters(t, app, testkit.OtherShopper), "who muted the store hears nothing")
		require.Empty(t, letters(t, app, testkit.ThirdShopper))
	})
}

func TestASeriesIsToldByItsOwnAndStopsWhenTheySay(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := lessons(t, app)
		set := func(who testkit.Persona, state string) *testkit.Response {
			return app.As(who).Put(at(s, ""), map[string]any{"title": "林师傅教一道", "state": state})
		}
		set(testkit.OwnerOf("tea"), "paused").Refused(http.StatusForbidden, "not_your_series")
		set(testkit.Shopper, "paused").Refused(http.StatusForbidden, "not_your_series")
		set(testkit.OtherOwner, "paused").Refused(http.StatusNotFound, "not_found")
		app.As(testkit.OwnerOf("tea")).Post(at(s, "/parts"), map[string]any{"title": "一", "text": "一"}).Refused(http.StatusForbidden, "not_your_series")
		app.As(testkit.OtherShopper).Post("/series", map[string]any{"title": "别家的", "store_id": app.Street.Stores["tea"].ID}).Refused(http.StatusForbidden, "not_your_store")
		set(testkit.ClerkOf("noodles"), "paused").Must(http.StatusOK)
		tell(app, s, "一").Refused(http.StatusConflict, "series_paused")
		set(testkit.ClerkOf("noodles"), "running").Must(http.StatusOK)
		tell(app, s, "一").Must(http.StatusCreated)
		set(testkit.ClerkOf("noodles"), "ended").Must(http.StatusOK)
		tell(app, s, "二").Refused(http.StatusConflict, "series_ended")
		set(testkit.ClerkOf("noodles"), "running").Refused(http.StatusConflict, "series_ended")
		for body, code := range map[string]string{"": "series_title", strings.Repeat("长", 25): "series_title"} {
			app.As(testkit.Shopper).Post("/series", map[string]any{"title": body}).Refused(http.StatusUnprocessableEntity, code)
		}
		app.As(testkit.Shopper).Post("/series", map[string]any{"title": "遛狗记", "about": strings.Repeat("长", 201)}).Refused(http.StatusUnprocessableEntity, "series_about")
	})
}

func TestAPartThatWaitsGetsItsNumberWhenItIsShown(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		app.As(testkit.Coordinator).Put("/conduct/rules", map[string]any{"hold_doubtful": true, "first_review": true, "slow_minutes": 0, "fine": 5}).Must(http.StatusOK)
		var s press.SerialPage
		app.As(testkit.Shopper).Post("/series", map[string]any{"title": "遛狗记"}).Must(http.StatusCreated).Into(&s)
		app.As(testkit.Shopper).Post(at(s, "/parts"), map[string]any{"title": "头一天", "text": "大家好，我们家狗叫豆包"}).Refused(http.StatusConflict, "post_held")
		require.Zero(t, read(t, app, testkit.Visitor, s).Parts)
		var queue struct{ Cases []struct{ ID models.ID } }
		app.As(testkit.Coordinator).Get("/conduct/queue").Must(http.StatusOK).Into(&queue)
		app.As(testkit.Coordinator).Post("/conduct/cases/"+queue.Cases[0].ID.String(), map[string]any{"decision": "show"}).Must(http.StatusOK)
		page := read(t, app, testkit.Visitor, s)
		require.Equal(t, "头一天", page.Lines[0].Title)
		require.Equal(t, "李桂芳", page.Author)
	})
}

func TestWhoLeavesTakesTheirSeriesAlong(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		var s press.SerialPage
		app.As(testkit.Shopper).Post("/series", map[string]any{"title": "遛狗记"}).Must(http.StatusCreated).Into(&s)
		app.As(testkit.Shopper).Post(at(s, "/parts"), map[string]any{"title": "头一天", "text": "豆包"}).Must(http.StatusCreated)
		app.As(testkit.Shopper).Put(at(lessons(t, app), "/follow"), nil).Must(http.StatusNoContent)
		member := app.Street.People[testkit.Shopper].Member.ID
		require.NoError(t, app.Pool.Leave(app.Ctx(), app.Street.Alliance.ID, member, "离开"))
		page := read(t, app, testkit.Visitor, s)
		require.Equal(t, models.SeriesEnded, page.State)
		require.Empty(t, page.Title+page.Lines[0].Title)
		require.True(t, page.Lines[0].Gone)
		var n int64
		require.NoError(t, app.DB.Read(app.Ctx()).Model(&models.SeriesReader{}).Where("member_id = ?", member).Count(&n).Error)
		require.Zero(t, n)
	})
}

func TestASeriesHasACoverThatItsTellersChange(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		var buf bytes.Buffer
		require.NoError(t, png.Encode(&buf, image.NewGray(image.Rect(0, 0, 40, 30))))
		upload := func(who testkit.Persona) (p feed.PhotoView) {
			app.As(who).Upload("/photos", "noodles.png", buf.Bytes()).Must(http.StatusCreated).Into(&p)
			return p
		}
		owner, clerk := testkit.OwnerOf("noodles"), testkit.ClerkOf("noodles")
		body := map[string]any{"title": "林师傅晚上教一道", "store_id": app.Street.Stores["noodles"].ID, "cover_id": upload(clerk).ID}
		app.As(owner).Post("/series", body).Refused(http.StatusUnprocessableEntity, "photo_unknown")
		var page press.SerialPage
		app.As(clerk).Post("/series", body).Must(http.StatusCreated).Into(&page)
		require.Equal(t, body["cover_id"], read(t, app, testkit.Visitor, page).Cover.ID)
		change := map[string]any{"title": page.Title, "state": "running", "cover_id": page.Cover.ID}
		app.As(owner).Put(at(page, ""), change).Must(http.StatusOK) // a colleague's picture stays
		change["cover_id"] = upload(owner).ID
		app.As(owner).Put(at(page, ""), change).Must(http.StatusOK)
		require.Equal(t, change["cover_id"], read(t, app, testkit.Visitor, page).Cover.ID)
		app.As(testkit.OwnerOf("tea")).Put(at(page, ""), change).Refused(http.StatusForbidden, "not_your_series")
		app.As(testkit.Visitor).Get(strings.TrimPrefix(page.Cover.URL, "/api/v1")).Must(http.StatusNotFound) // the old one is gone
		tell(app, page, "擀面").Must(http.StatusCreated)
		var onTheStreet feed.PostView
		app.As(testkit.Visitor).Get("/posts/" + read(t, app, testkit.Visitor, page).Lines[0].PostID.String()).Must(http.StatusOK).Into(&onTheStreet)
		require.Equal(t, change["cover_id"], onTheStreet.Card.Part.Cover.ID)
		delete(change, "cover_id")
		app.As(owner).Put(at(page, ""), change).Must(http.StatusOK)
		require.Nil(t, read(t, app, testkit.Visitor, page).Cover)
	})
}
