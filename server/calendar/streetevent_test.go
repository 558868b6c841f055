package calendar_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/calendar"
	"onestreet/server/testkit"
)

// atStreet is a path of the street itself, where a store would stand.
func atStreet(app *testkit.App, rest string) string {
	return "/stores/" + app.Street.Alliance.ID.String() + rest
}

// templeFair is an event of the street itself: it costs points, and gives some at the door.
func templeFair(app *testkit.App) calendar.EventView {
	var e calendar.EventView
	host := app.As(testkit.Coordinator)
	host.Post(atStreet(app, "/events"), plan(20).with("title", "入冬庙会").with("place", "牌坊下")).Must(http.StatusCreated).Into(&e)
	terms := body{"per_member": 3, "waiting_places": 5, "offer_minutes": 60, "cancel_hours": 0, "who": "everyone", "level": "none", "no_shows": 0, "fee": "points", "points": 10, "price": 0, "questions": []body{}, "gift_points": 5}
	host.Put(atStreet(app, "/events/"+e.ID.String()+"/terms"), terms).Must(http.StatusOK)
	host.Put(atStreet(app, "/events/"+e.ID.String()+"/terms"), terms.with("who", "level").with("level", "weak")).Refused(http.StatusUnprocessableEntity, "street_level")
	return e
}

func TestTheStreetItselfHoldsAnEvent(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		e := templeFair(app)
		o := e.Occurrences[0]
		path := func(rest string) string { return atStreet(app, "/occurrences/"+o.ID.String()+rest) }
		me, other, third := app.Street.People[testkit.Shopper].Member, app.Street.People[testkit.OtherShopper].Member, app.Street.People[testkit.ThirdShopper].Member
		for _, who := range []testkit.Persona{testkit.Shopper, testkit.OtherShopper, testkit.ThirdShopper} {
			earns(t, app, who, 30)
		}
		app.Drain()

		var shown calendar.OccurrenceView
		app.As(testkit.Shopper).Get("/occurrences/" + o.ID.String()).Must(http.StatusOK).Into(&shown)
		require.Len(t, shown.Stores, 1)
		assert.Equal(t, "青石街", shown.Stores[0].Name)
		assert.Empty(t, shown.Stores[0].Slug)
		for at, says := range map[string]string{"/calendar.ics": `青石街，牌坊下`, "/occurrences/" + o.ID.String() + "/event.ics": `青石街，牌坊下`} {
			assert.Contains(t, string(app.As(testkit.Shopper).Get(at).Must(http.StatusOK).Body), says, at)
		}
		feed := string(app.As(testkit.Shopper).Get("/feeds/street/posts").Must(http.StatusOK).Body)
		assert.Contains(t, feed, "入冬庙会", "the coordinator who made it tells of it")
		assert.Contains(t, feed, `"badge":"coordinator"`)

		// Stores that are asked and accept stand at the door; the event stays the coordinators'.
		noodles := app.Street.Stores["noodles"].ID
		app.As(testkit.Coordinator).Put(atStreet(app, "/events/"+e.ID.String()+"/hosts"), body{"store_ids": []models.ID{noodles}}).Must(http.StatusOK)
		app.Drain()
		gift, theirs := doorGift(app, "noodles", "热汤一碗", 2), doorGift(app, "tea", "菊花茶一壶", 5)
		accept := app.At("noodles", "/hostings/"+e.ID.String())
		app.As(testkit.ManagerOf("noodles")).Put(accept, body{"decision": "accept", "gift_campaign_id": theirs.ID}).Refused(http.StatusUnprocessableEntity, "gift_campaign")
		app.As(testkit.ManagerOf("noodles")).Put(accept, body{"decision": "accept"}).Must(http.StatusOK)
		app.As(testkit.ManagerOf("noodles")).Put(accept, body{"decision": "accept", "gift_campaign_id": gift.ID}).Must(http.StatusOK)
		var joined calendar.EventView
		app.As(testkit.ManagerOf("noodles")).Get(app.At("noodles", "/events/"+e.ID.String())).Must(http.StatusOK).Into(&joined)
		require.Equal(t, gift.ID, joined.Hosts[0].Gift)
		mine := string(app.As(testkit.OwnerOf("tea")).Get("/stores/" + app.Street.Stores["tea"].ID.String() + "/desk").Must(http.StatusOK).Body)
		assert.NotContains(t, mine, "入冬庙会")
		for _, s := range []testkit.Scenario{
			{Name: "an owner", As: testkit.OwnerOf("tea"), Method: "GET", Path: atStreet(app, "/events"), Status: http.StatusForbidden},
			{Name: "an owner makes none in its name", As: testkit.OwnerOf("tea"), Method: "POST", Path: atStreet(app, "/events"), Body: plan(5), Status: http.StatusForbidden},
			{Name: "an owner edits it as the store's", As: testkit.OwnerOf("noodles"), Method: "PATCH", Path: app.At("noodles", "/events/"+e.ID.String()), Body: body{"title": "x"}, Status: http.StatusNotFound},
			{Name: "a member", As: testkit.Shopper, Method: "GET", Path: path("/guests"), Status: http.StatusForbidden},
			{Name: "a store that was not asked", As: testkit.ClerkOf("tea"), Method: "GET", Path: occurrencePath(app, "tea", o, "/guests"), Status: http.StatusNotFound},
			{Name: "another street's coordinator", As: testkit.OtherCoordinator, Method: "PATCH", Path: atStreet(app, "/events/"+e.ID.String()), Body: body{"title": "x"}, Status: http.StatusForbidden},
			{Name: "a coordinator plans no store's events", As: testkit.Coordinator, Method: "POST", Path: tea(app, "/events"), Body: plan(5), Status: http.StatusForbidden},
			{Name: "another street's, by its own id", As: testkit.OtherCoordinator, Method: "GET", Path: "/stores/" + app.Other.Alliance.ID.String() + "/occurrences/" + o.ID.String() + "/guests", Status: http.StatusNotFound},
		} {
			s.Run(t, app)
		}

		app.As(testkit.Shopper).Post(signUps(o), body{"companions": 1}).Must(http.StatusCreated)
		require.EqualValues(t, 10, points(t, app, testkit.Shopper))
		app.As(testkit.OtherShopper).Post(signUps(o), nil).Must(http.StatusCreated)
		app.Time.Set(Sunday)
		app.As(testkit.Coordinator).Post(path("/check-ins"), body{"member_id": me.ID}).Must(http.StatusCreated)
		assert.Equal(t, []models.VisitKind{models.VisitPurchase}, kindsOf(visits(t, app, me.ID)), "whom a coordinator lets in has been in no store")
		require.EqualValues(t, 15, points(t, app, testkit.Shopper), "given by the street")
		app.As(testkit.ClerkOf("noodles")).Post(occurrencePath(app, "noodles", o, "/check-ins"), body{"member_id": other.ID}).Must(http.StatusCreated)
		seen := visits(t, app, other.ID)
		require.Len(t, seen, 2)
		assert.Equal(t, noodles, visitOf(seen, models.VisitCheckIn).StoreID, "whoever's staff stood at the door")
		app.As(testkit.ClerkOf("noodles")).Post(occurrencePath(app, "noodles", o, "/check-ins"), body{"member_id": third.ID}).Must(http.StatusCreated)
		require.EqualValues(t, 25, points(t, app, testkit.ThirdShopper), "paid at the door, and given the street's points")
		app.Drain()
		var given []models.Handout
		require.NoError(t, app.DB.Read(app.Ctx()).Where("campaign_id = ?", gift.ID).Order("coupon_id").Find(&given).Error)
		require.Len(t, given, 2, "the noodle shop's coupon for whoever came first, the coordinator's guest too; then there are none left")
		assert.Equal(t, []models.ID{me.ID, other.ID}, []models.ID{given[0].MemberID, given[1].MemberID})
		booksHold(t, app)

		app.Time.Set(Sunday.Add(3 * time.Hour))
		app.As(testkit.Coordinator).Post(path("/thanks"), body{"words": "庙会散了，明年还在牌坊下"}).Must(http.StatusCreated)
		app.Drain()
		inbox := string(app.As(testkit.Shopper).Get("/me/inbox").Must(http.StatusOK).Body)
		assert.Contains(t, inbox, "青石街谢谢您来")
		assert.Contains(t, inbox, "明年还在牌坊下")
		var r calendar.Results
		app.As(testkit.Coordinator).Get(path("/results")).Must(http.StatusOK).Into(&r)
		assert.Equal(t, []int64{3, 4, 3}, []int64{int64(r.Came), int64(r.People), r.FirstHere})
		assert.Zero(t, r.Buyers, "a store's own figures are no coordinator's")
	})
}

func TestAnEventOfTheStreetIsMovedAndCalledOff(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		e := templeFair(app)
		o := e.Occurrences[0]
		earns(t, app, testkit.Shopper, 30)
		app.As(testkit.Shopper).Post(signUps(o), nil).Must(http.StatusCreated)
		host := app.As(testkit.Coordinator)
		host.Patch(atStreet(app, "/events/"+e.ID.String()), body{"place": "老戏台"}).Must(http.StatusOK)
		host.Post(atStreet(app, "/events/"+e.ID.String()+"/cancel"), nil).Must(http.StatusOK)
		app.Drain()
		assert.EqualValues(t, 30, points(t, app, testkit.Shopper), "paid back by the street")
		assert.Contains(t, string(app.As(testkit.Shopper).Get("/me/inbox").Must(http.StatusOK).Body), "青石街跟您说声对不住")
		var page struct{ Items []calendar.EventView }
		host.Get(atStreet(app, "/events")).Must(http.StatusOK).Into(&page)
		require.Len(t, page.Items, 1)
		assert.Equal(t, models.EventStateCancelled, page.Items[0].State)

		weekly := body{"title": "街口早市", "place": "牌坊下", "minutes": 120, "capacity": 50, "pattern": body{"starts_at": Sunday.Format(time.RFC3339), "rule": "FREQ=WEEKLY", "count": 3}}
		var series calendar.EventView
		host.Post(atStreet(app, "/series"), weekly).Must(http.StatusCreated).Into(&series)
		require.Len(t, series.Occurrences, 3)
		host.Patch(atStreet(app, "/occurrences/"+series.Occurrences[1].ID.String()), body{"scope": "one", "place": "桥头"}).Must(http.StatusOK)
		booksHold(t, app)
	})
}

func kindsOf(list []models.Visit) (kinds []models.VisitKind) {
	for _, v := range list {
		kinds = append(kinds, v.Kind)
	}
	return kinds
}

func visitOf(list []models.Visit, kind models.VisitKind) models.Visit {
	for _, v := range list {
		if v.Kind == kind {
			return v
		}
	}
	return models.Visit{}
}
