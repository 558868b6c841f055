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

func TestTheClerkChecksAGuestInByTheRotatingCode(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		o := tasting(app, 20).Occurrences[0]
		me := app.Street.People[testkit.Shopper].Member
		app.As(testkit.Shopper).Post(signUps(o), nil).Must(http.StatusCreated)
		app.Time.Set(Sunday.Add(-10 * time.Minute))

		var in calendar.CheckInView
		app.As(testkit.ClerkOf("tea")).Post(checkIns(app, o), body{"code": app.CodeOf(me)}).Must(http.StatusCreated).Into(&in)
		assert.True(t, in.First, "the first event at the tea house")
		assert.Equal(t, "李桂芳", in.Guest.Name)
		assert.Equal(t, me.Number, in.Guest.Number)
		assert.Equal(t, "clerk of tea", in.Guest.By)
		assert.False(t, in.Guest.WalkIn)
		require.NotNil(t, in.Guest.CheckedInAt)
		assert.True(t, in.Guest.CheckedInAt.Equal(Sunday.Add(-10*time.Minute)))

		seen := visits(t, app, me.ID)
		require.Len(t, seen, 1, "coming to an event is a visit")
		assert.Equal(t, models.VisitCheckIn, seen[0].Kind)
		assert.Equal(t, app.Street.Stores["tea"].ID, seen[0].StoreID)
		assert.Zero(t, seen[0].Amount)

		var mine calendar.OccurrenceView
		app.As(testkit.Shopper).Get("/occurrences/" + o.ID.String()).Must(http.StatusOK).Into(&mine)
		assert.Equal(t, models.CheckedIn, mine.Mine.State)
		assert.True(t, mine.Mine.At.Equal(Sunday.Add(-10*time.Minute)))
		app.As(testkit.Shopper).Delete(signUps(o)).Refused(http.StatusConflict, "already_attended")
	})
}

func TestASecondScanSaysWhenAndByWhom(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		o := tasting(app, 20).Occurrences[0]
		me := app.Street.People[testkit.Shopper].Member
		app.As(testkit.ClerkOf("tea")).Post(checkIns(app, o), body{"code": app.CodeOf(me)}).Must(http.StatusCreated)
		app.Time.Advance(5 * time.Minute)
		again := body{"code": app.QROf(me)}
		testkit.Scenario{Name: "again", As: testkit.OwnerOf("tea"), Method: "POST", Path: checkIns(app, o), Body: again,
			Status: http.StatusConflict, Code: "already_checked_in", Says: []string{"10 月 17 日 10:30 由clerk of tea签到了"}}.Run(t, app)
		testkit.Scenario{Name: "again, in English", As: testkit.OwnerOf("tea"), Method: "POST", Path: checkIns(app, o), Body: again,
			Language: "en", Status: http.StatusConflict, Code: "already_checked_in",
			Says: []string{"Checked in on 17 October at 10:30 by clerk of tea."}}.Run(t, app)
		inTheBooks(t, app, o.ID, 1)
		assert.Len(t, visits(t, app, me.ID), 1)
	})
}

func TestAWalkInTakesAPlaceWhileThereIsRoom(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		o := tasting(app, 2).Occurrences[0]
		app.As(testkit.Shopper).Post(signUps(o), nil).Must(http.StatusCreated)
		app.Time.Set(Sunday.Add(10 * time.Minute)) // it has begun; at the door places are still given
		door := app.As(testkit.ClerkOf("tea"))
		other, third := app.Street.People[testkit.OtherShopper].Member, app.Street.People[testkit.ThirdShopper].Member

		var in calendar.CheckInView
		door.Post(checkIns(app, o), body{"member_id": other.ID}).Must(http.StatusCreated).Into(&in)
		assert.True(t, in.Guest.WalkIn)
		inTheBooks(t, app, o.ID, 2)

		door.Post(checkIns(app, o), body{"member_id": third.ID}).Refused(http.StatusConflict, "event_full")
		inTheBooks(t, app, o.ID, 2)
		assert.Empty(t, visits(t, app, third.ID), "who does not get in has not come")

		me := app.Street.People[testkit.Shopper].Member
		door.Post(checkIns(app, o), body{"member_id": me.ID}).Must(http.StatusCreated)
		inTheBooks(t, app, o.ID, 2)
	})
}

func TestTheSecondEventAtAStoreIsNotTheFirst(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		me := body{"member_id": app.Street.People[testkit.Shopper].Member.ID}
		var first, second calendar.CheckInView
		app.As(testkit.ClerkOf("tea")).Post(checkIns(app, tasting(app, 5).Occurrences[0]), me).Must(http.StatusCreated).Into(&first)
		app.As(testkit.ClerkOf("tea")).Post(checkIns(app, tasting(app, 5).Occurrences[0]), me).Must(http.StatusCreated).Into(&second)
		assert.True(t, first.First)
		assert.False(t, second.First)
	})
}

func TestWhoCannotBeCheckedIn(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		e := tasting(app, 20)
		o := e.Occurrences[0]
		me := app.Street.People[testkit.Shopper].Member
		stranger := app.Other.People[testkit.Shopper].Member
		path := checkIns(app, o)
		for _, s := range []testkit.Scenario{
			{Name: "nobody", Body: body{}, Status: http.StatusUnprocessableEntity, Code: "guest_missing"},
			{Name: "no such code", Body: body{"code": "00000000"}, Status: http.StatusNotFound},
			{Name: "not a code", Body: body{"code": "abc"}, Status: http.StatusUnprocessableEntity},
			{Name: "another street's member", Body: body{"member_id": stranger.ID}, Status: http.StatusNotFound, Code: "not_found"},
			{Name: "another street's code", Body: body{"code": app.CodeOf(stranger)}, Status: http.StatusNotFound},
			{Name: "not an id", Body: body{"member_id": "x"}, Status: http.StatusUnprocessableEntity},
			{Name: "an unknown field", Body: body{"member": me.ID}, Status: http.StatusUnprocessableEntity},
			{Name: "no JSON", Body: "{", Status: http.StatusBadRequest, Code: "body_not_json"},
		} {
			s.As, s.Method, s.Path = testkit.ClerkOf("tea"), "POST", path
			s.Run(t, app)
		}
		inTheBooks(t, app, o.ID, 0)

		app.Time.Set(Sunday.Add(90*time.Minute + models.CheckInGrace))
		app.As(testkit.ClerkOf("tea")).Post(path, body{"member_id": me.ID}).Refused(http.StatusConflict, "event_over")
		inTheBooks(t, app, o.ID, 0)
	})
}

func TestACancelledEventChecksNobodyIn(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		e := tasting(app, 20)
		_, err := app.Calendar.Cancel(app.Ctx(), teaDesk(app), e.ID)
		require.NoError(t, err)
		me := app.Street.People[testkit.Shopper].Member
		app.As(testkit.ClerkOf("tea")).Post(checkIns(app, e.Occurrences[0]), body{"member_id": me.ID}).Refused(http.StatusConflict, "event_cancelled")
	})
}

func TestAMemberWhoLeftIsNotCheckedIn(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		o := tasting(app, 20).Occurrences[0]
		me := app.Street.People[testkit.Shopper].Member
		app.As(testkit.Shopper).Post("/me/leave", body{"confirm": "离开"}).Must(http.StatusNoContent)
		app.As(testkit.ClerkOf("tea")).Post(checkIns(app, o), body{"member_id": me.ID}).Refused(http.StatusNotFound, "member_left")
		inTheBooks(t, app, o.ID, 0)
	})
}

func TestGuestsAreTheHostsOnly(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		e := tasting(app, 20)
		o := e.Occurrences[0]
		app.As(testkit.Shopper).Post(signUps(o), nil).Must(http.StatusCreated)
		list := guests(app, o)
		require.Len(t, list.Items, 1)
		assert.Equal(t, 20, list.Capacity)
		assert.Equal(t, 1, list.Taken)
		assert.Nil(t, list.Items[0].CheckedInAt)

		elsewhere := app.At("shoes", "/occurrences/"+o.ID.String())
		id := app.Street.People[testkit.Shopper].Member.ID
		for _, s := range []testkit.Scenario{
			{Name: "a visitor", As: testkit.Visitor, Path: tea(app, "/occurrences/"+o.ID.String()+"/guests"), Status: http.StatusUnauthorized},
			{Name: "a shopper", As: testkit.Shopper, Path: tea(app, "/occurrences/"+o.ID.String()+"/guests"), Status: http.StatusForbidden, Silent: []string{"李桂芳"}},
			{Name: "another store's clerk", As: testkit.ClerkOf("shoes"), Path: tea(app, "/occurrences/"+o.ID.String()+"/guests"), Status: http.StatusForbidden, Silent: []string{"李桂芳"}},
			{Name: "the same through their own store", As: testkit.ClerkOf("shoes"), Path: elsewhere + "/guests", Status: http.StatusNotFound, Silent: []string{"李桂芳"}},
			{Name: "another street's owner", As: testkit.OtherOwner, Path: tea(app, "/occurrences/"+o.ID.String()+"/guests"), Status: http.StatusForbidden},
			{Name: "a check-in by another store", As: testkit.ClerkOf("shoes"), Method: "POST", Path: elsewhere + "/check-ins", Body: body{"member_id": id}, Status: http.StatusNotFound},
			{Name: "a check-in by a shopper", As: testkit.Shopper, Method: "POST", Path: checkIns(app, o), Body: body{"member_id": id}, Status: http.StatusForbidden},
			{Name: "cancelled by a clerk", As: testkit.ClerkOf("tea"), Method: "POST", Path: tea(app, "/events/"+e.ID.String()+"/cancel"), Status: http.StatusForbidden},
			{Name: "cancelled by another store", As: testkit.ManagerOf("shoes"), Method: "POST", Path: app.At("shoes", "/events/"+e.ID.String()+"/cancel"), Status: http.StatusNotFound},
			{Name: "edited by another store", As: testkit.ManagerOf("shoes"), Method: "PATCH", Path: app.At("shoes", "/events/"+e.ID.String()), Body: body{"title": "鞋"}, Status: http.StatusNotFound},
			{Name: "edited by another street", As: testkit.OtherOwner, Method: "PATCH", Path: "/stores/" + app.Other.Stores["shoes"].ID.String() + "/events/" + e.ID.String(), Body: body{"title": "鞋"}, Status: http.StatusNotFound},
			{Name: "planned by a clerk", As: testkit.ClerkOf("tea"), Method: "POST", Path: tea(app, "/events"), Body: plan(5), Status: http.StatusForbidden},
		} {
			s.Run(t, app)
		}
		inTheBooks(t, app, o.ID, 1)
	})
}
