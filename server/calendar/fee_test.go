package calendar_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/calendar"
	"onestreet/server/relation"
	"onestreet/server/testkit"
)

// earns gives a member points by a purchase: a point a yuan.
func earns(t *testing.T, app *testkit.App, who testkit.Persona, yuan int64) {
	t.Helper()
	require.NoError(t, app.DB.Tx(app.Ctx(), func(tx *gorm.DB) error {
		_, err := app.Relation.Record(tx, relation.Visit{Alliance: app.Street.Alliance.ID, Store: app.Street.Stores["shoes"].ID,
			Member: app.Street.People[who].Member.ID, Kind: models.VisitPurchase, Amount: yuan * 100, Reference: "earn:" + models.NewID().String()})
		return err
	}))
}

func points(t *testing.T, app *testkit.App, who testkit.Persona) int64 {
	t.Helper()
	n, err := app.Ledger.Points(app.Ctx(), app.Street.Alliance.ID, app.Street.People[who].Member.ID)
	require.NoError(t, err)
	return n
}

func TestPlacesThatCostPointsArePaidOnceAndPaidBack(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		e := tasting(app, 3)
		o := e.Occurrences[0]
		asks(app, e, body{"fee": "points", "points": 30, "per_member": 3, "waiting_places": 5})
		earns(t, app, testkit.Shopper, 100)
		earns(t, app, testkit.OtherShopper, 40)
		app.As(testkit.OtherShopper).Post(signUps(o), body{"companions": 1}).Refused(http.StatusConflict, "few_points")
		app.As(testkit.ThirdShopper).Post(signUps(o), nil).Refused(http.StatusConflict, "few_points")

		up := app.As(testkit.Shopper)
		up.Post(signUps(o), body{"companions": 2}).Must(http.StatusCreated)
		require.EqualValues(t, 10, points(t, app, testkit.Shopper))
		app.As(testkit.OtherShopper).Post(signUps(o), body{"wait": true}).Must(http.StatusCreated)
		require.EqualValues(t, 40, points(t, app, testkit.OtherShopper), "who waits has paid nothing")
		errs := testkit.Crowd(6, func(int) error {
			return app.Calendar.GiveBack(app.Ctx(), app.Street.Alliance.ID, app.Street.People[testkit.Shopper].Member.ID, o.ID)
		})
		back := 0
		for _, err := range errs {
			if err == nil {
				back++
			}
		}
		require.Equal(t, 1, back)
		require.EqualValues(t, 100, points(t, app, testkit.Shopper), "paid back once, whoever asks at once")
		app.As(testkit.OtherShopper).Post(signUps(o)+"/offer", nil).Must(http.StatusCreated)
		require.EqualValues(t, 10, points(t, app, testkit.OtherShopper))
		up.Post(signUps(o), nil).Must(http.StatusCreated)
		require.EqualValues(t, 70, points(t, app, testkit.Shopper))

		app.Time.Set(Sunday)
		me := app.Street.People[testkit.Shopper].Member.ID
		app.As(testkit.ClerkOf("tea")).Post(checkIns(app, o), body{"member_id": me, "came": 2}).Must(http.StatusCreated)
		require.EqualValues(t, 40, points(t, app, testkit.Shopper), "one more came than was paid for")
		_, err := app.Calendar.Cancel(app.Ctx(), teaDesk(app), e.ID)
		require.NoError(t, err)
		require.EqualValues(t, 40, points(t, app, testkit.OtherShopper), "called off: paid back")
		require.EqualValues(t, 40, points(t, app, testkit.Shopper), "but who had come has had it")
		booksHold(t, app)
	})
}

func TestDraftsAndTemplatesStandInNoCalendar(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		papers := tea(app, "/event-papers")
		terms := body{"per_member": 1, "waiting_places": 0, "offer_minutes": 120, "cancel_hours": 0, "who": "everyone", "level": "none", "no_shows": 0, "fee": "free", "points": 0, "price": 0, "questions": []body{}}
		draft := body{"kind": "draft", "title": "还没想好", "story": "", "place": "", "capacity": 20, "terms": terms}
		var p calendar.Paper
		app.As(testkit.ManagerOf("tea")).Post(papers, draft).Must(http.StatusCreated).Into(&p)
		app.As(testkit.ManagerOf("tea")).Put(papers+"/"+p.ID.String(), draft.with("title", "想好了").with("starts_at", Sunday).with("ends_at", Sunday.Add(time.Hour))).Must(http.StatusOK)
		var list struct{ Items []calendar.Paper }
		app.As(testkit.ClerkOf("tea")).Get(papers).Must(http.StatusOK).Into(&list)
		require.Len(t, list.Items, 1)
		assert.Equal(t, "想好了", list.Items[0].Title)
		assert.True(t, list.Items[0].StartsAt.Equal(Sunday))
		assert.Equal(t, 120, list.Items[0].Terms.OfferMinutes)
		month := string(app.As(testkit.Shopper).Get("/calendar?month=2026-10").Must(http.StatusOK).Body)
		assert.NotContains(t, month, "想好了")
		for _, s := range []testkit.Scenario{
			{Name: "a clerk", As: testkit.ClerkOf("tea"), Method: "POST", Path: papers, Body: draft, Status: http.StatusForbidden},
			{Name: "another store's", As: testkit.ManagerOf("shoes"), Method: "PUT", Path: app.At("shoes", "/event-papers/"+p.ID.String()), Body: draft, Status: http.StatusNotFound},
			{Name: "thrown away by another store", As: testkit.ManagerOf("shoes"), Method: "DELETE", Path: app.At("shoes", "/event-papers/"+p.ID.String()), Status: http.StatusNotFound},
			{Name: "a kind that is none", As: testkit.ManagerOf("tea"), Method: "POST", Path: papers, Body: draft.with("kind", "poster"), Status: http.StatusUnprocessableEntity},
			{Name: "a name too long", As: testkit.ManagerOf("tea"), Method: "POST", Path: papers, Body: draft.with("title", strings.Repeat("长", 41)), Status: http.StatusUnprocessableEntity},
			{Name: "no places", As: testkit.ManagerOf("tea"), Method: "POST", Path: papers, Body: draft.with("capacity", 0), Status: http.StatusUnprocessableEntity},
		} {
			s.Run(t, app)
		}
		app.As(testkit.ManagerOf("tea")).Delete(papers + "/" + p.ID.String()).Must(http.StatusNoContent)
		app.As(testkit.ManagerOf("tea")).Delete(papers+"/"+p.ID.String()).Refused(http.StatusNotFound, "not_found")
	})
}

func TestTheHeadOfAPageSaysWhatWhenAndWhere(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		o := tasting(app, 20).Occurrences[0]
		app.As(testkit.Shopper).Post(signUps(o), nil).Must(http.StatusCreated)
		title, tags, err := app.Calendar.PageHead(app.Ctx(), "/calendar/"+o.ID.String())
		require.NoError(t, err)
		assert.Equal(t, "认一认秋天的茶 · 青石街", title)
		assert.Contains(t, tags, `<meta property="og:description" content="10 月 18 日周日 14:30，农历九月初九，二楼靠窗，清和茶馆">`)
		assert.NotContains(t, tags, "李桂芳")
		_, again, err := app.Calendar.PageHead(app.Ctx(), "/events/"+o.ID.String())
		require.NoError(t, err)
		assert.Equal(t, tags, again)
		for _, path := range []string{"/", "/calendar", "/calendar/x", "/stores/" + o.ID.String()} {
			_, tags, err := app.Calendar.PageHead(app.Ctx(), path)
			require.NoError(t, err)
			assert.Empty(t, tags)
		}
		app.As(testkit.ManagerOf("tea")).Patch(tea(app, "/events/"+o.EventID.String()), body{"title": `茶"><script>`}).Must(http.StatusOK)
		title, tags, err = app.Calendar.PageHead(app.Ctx(), "/calendar/"+o.ID.String())
		require.NoError(t, err)
		assert.NotContains(t, title+tags, "<script>")
	})
}
