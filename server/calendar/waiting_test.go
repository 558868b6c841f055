package calendar_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/calendar"
	"onestreet/server/testkit"
)

// asks sets an event's terms; what is not named is as by default, with room for ten who wait and an hour to answer.
func asks(app *testkit.App, e calendar.EventView, change body) {
	terms := body{
		"per_member": 4, "waiting_places": 10, "offer_minutes": 60, "cancel_hours": 0, "who": "everyone", "level": "none",
		"no_shows": 0, "fee": "free", "points": 0, "price": 0, "questions": []body{},
	}
	for k, v := range change {
		terms[k] = v
	}
	app.As(testkit.ManagerOf("tea")).Put(tea(app, "/events/"+e.ID.String()+"/terms"), terms).Must(http.StatusOK)
}

func place(app *testkit.App, who testkit.Persona, o calendar.OccurrenceView) *calendar.OwnPlace {
	var v calendar.OccurrenceView
	app.As(who).Get("/occurrences/" + o.ID.String()).Must(http.StatusOK).Into(&v)
	return v.Mine
}

// booksHold fails the test unless the counts of places, offers and those who wait are those of the rows.
func booksHold(t *testing.T, app *testkit.App) {
	t.Helper()
	report, err := app.Ledger.Audit().Street(app.Ctx(), app.Street.Alliance.ID)
	require.NoError(t, err)
	require.Nil(t, report.Finding, "%v", report.Finding)
}

func TestAFreedPlaceIsOfferedInOrderAndGoesOnByItself(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		e := tasting(app, 1)
		o := e.Occurrences[0]
		asks(app, e, nil)
		wait := body{"wait": true}
		app.As(testkit.Shopper).Post(signUps(o), wait).Must(http.StatusCreated)
		app.As(testkit.OtherShopper).Post(signUps(o), body{}).Refused(http.StatusConflict, "event_full")
		app.As(testkit.OtherShopper).Post(signUps(o), wait).Must(http.StatusCreated)
		app.As(testkit.OtherShopper).Post(signUps(o), wait).Refused(http.StatusConflict, "already_waiting")
		app.As(testkit.ThirdShopper).Post(signUps(o), wait).Must(http.StatusCreated)
		assert.EqualValues(t, "waiting", place(app, testkit.ThirdShopper, o).State)
		assert.EqualValues(t, 1, place(app, testkit.ThirdShopper, o).Ahead)
		offer := signUps(o) + "/offer"
		app.As(testkit.OtherShopper).Post(offer, nil).Refused(http.StatusConflict, "no_offer")

		app.As(testkit.Shopper).Delete(signUps(o)).Must(http.StatusOK)
		mine := place(app, testkit.OtherShopper, o)
		assert.EqualValues(t, "offered", mine.State)
		assert.True(t, mine.OfferedUntil.Equal(testkit.Noon.Add(time.Hour)))
		app.As(testkit.Shopper).Post(signUps(o), body{}).Refused(http.StatusConflict, "event_full")
		booksHold(t, app)

		app.Time.Set(testkit.Noon.Add(time.Hour))
		require.NoError(t, app.Calendar.PassOffersOn(app.Ctx()))
		require.NoError(t, app.Calendar.PassOffersOn(app.Ctx()))
		assert.Nil(t, place(app, testkit.OtherShopper, o))
		assert.EqualValues(t, "offered", place(app, testkit.ThirdShopper, o).State)
		app.As(testkit.OtherShopper).Post(offer, nil).Refused(http.StatusConflict, "no_offer")
		app.As(testkit.ThirdShopper).Post(offer, nil).Must(http.StatusCreated)
		assert.EqualValues(t, "signed_up", place(app, testkit.ThirdShopper, o).State)
		assert.Equal(t, 2, events(t, app, models.EventOfferMade))
		assert.Equal(t, 1, events(t, app, models.EventOfferExpired))
		inTheBooks(t, app, o.ID, 1)
		booksHold(t, app)
	})
}

func TestMoreRoomIsOfferedAndNobodyWithoutPatienceOvertakes(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		e := tasting(app, 2)
		o := e.Occurrences[0]
		asks(app, e, nil)
		app.As(testkit.Shopper).Post(signUps(o), body{"companions": 4}).Refused(http.StatusConflict, "too_many_places")
		app.As(testkit.Shopper).Post(signUps(o), body{"companions": 2}).Refused(http.StatusConflict, "few_left")
		app.As(testkit.Shopper).Post(signUps(o), body{"companions": 1}).Must(http.StatusCreated)
		app.As(testkit.OtherShopper).Post(signUps(o), body{"companions": 2, "wait": true}).Must(http.StatusCreated)
		app.As(testkit.ThirdShopper).Post(signUps(o), body{"wait": true}).Must(http.StatusCreated)

		change := func(capacity int) *testkit.Response {
			return app.As(testkit.ManagerOf("tea")).Patch(tea(app, "/events/"+e.ID.String()), body{"capacity": capacity})
		}
		change(4).Must(http.StatusOK)
		assert.Equal(t, 2, place(app, testkit.OtherShopper, o).Places, "what there is, not less")
		assert.EqualValues(t, "waiting", place(app, testkit.ThirdShopper, o).State)
		change(3).Refused(http.StatusConflict, "capacity_taken")
		change(5).Must(http.StatusOK)
		assert.EqualValues(t, "offered", place(app, testkit.ThirdShopper, o).State)
		app.As(testkit.OtherShopper).Post(signUps(o)+"/offer", nil).Must(http.StatusCreated)
		assert.Equal(t, 1, place(app, testkit.OtherShopper, o).Companions)

		app.Time.Set(Sunday)
		require.NoError(t, app.Calendar.PassOffersOn(app.Ctx()))
		assert.Nil(t, place(app, testkit.ThirdShopper, o), "it has begun: nobody waits any more")
		booksHold(t, app)
	})
}

func TestTheOrganiserAsksAndTheGuestAnswers(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		e := tasting(app, 5)
		o := e.Occurrences[0]
		asks(app, e, body{"questions": []body{
			{"id": "eat", "kind": "choice", "ask": "吃辣吗", "required": true, "choices": []string{"吃", "不吃"}},
			{"id": "word", "kind": "text", "ask": "还有什么要说的", "required": false},
		}})
		me := app.As(testkit.Shopper)
		me.Post(signUps(o), body{}).Refused(http.StatusUnprocessableEntity, "invalid")
		me.Post(signUps(o), body{"answers": body{"eat": "一点点"}}).Refused(http.StatusUnprocessableEntity, "invalid")
		me.Post(signUps(o), body{"answers": body{"eat": "不吃", "else": "x"}}).Must(http.StatusCreated)
		list := guests(app, o)
		assert.Equal(t, models.Answers{"eat": "不吃"}, list.Items[0].Answers)
		assert.Len(t, list.Questions, 2)

		path := tea(app, "/events/"+e.ID.String()+"/terms")
		wrong := body{"per_member": 11, "waiting_places": -1, "offer_minutes": 1, "cancel_hours": 999, "who": "level", "level": "none",
			"no_shows": 11, "fee": "door", "points": 0, "price": 0, "questions": []body{{"id": "A", "kind": "text", "ask": "x", "required": true}}}
		refused := app.As(testkit.ManagerOf("tea")).Put(path, wrong).Refused(http.StatusUnprocessableEntity, "invalid")
		for _, field := range []string{"/per_member", "/waiting_places", "/offer_minutes", "/cancel_hours", "/level", "/no_shows", "/price", "/questions"} {
			assert.Contains(t, string(refused.Body), field)
		}
		app.As(testkit.ClerkOf("tea")).Put(path, wrong).Must(http.StatusForbidden)
		app.As(testkit.ManagerOf("shoes")).Get(app.At("shoes", "/events/"+e.ID.String()+"/terms")).Must(http.StatusNotFound)
	})
}

func TestWhoIsNotCloseEnoughOrStaysAwayDoesNotSignUp(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		missed := tasting(app, 5)
		app.As(testkit.Shopper).Post(signUps(missed.Occurrences[0]), nil).Must(http.StatusCreated)
		app.Time.Set(Sunday.Add(90*time.Minute + models.CheckInGrace))
		require.NoError(t, app.Calendar.NoteMissed(app.Ctx()))
		assert.True(t, guests(app, missed.Occurrences[0]).Items[0].Missed)
		var later calendar.EventView
		day := app.Time.Now().Add(72 * time.Hour)
		app.As(testkit.ManagerOf("tea")).Post(tea(app, "/events"), plan(5).with("starts_at", day.Format(time.RFC3339)).
			with("ends_at", day.Add(time.Hour).Format(time.RFC3339))).Must(http.StatusCreated).Into(&later)
		asks(app, later, body{"no_shows": 1})
		o := later.Occurrences[0]
		app.As(testkit.Shopper).Post(signUps(o), nil).Refused(http.StatusConflict, "no_shows")
		app.As(testkit.OtherShopper).Post(signUps(o), nil).Must(http.StatusCreated)
		asks(app, later, body{"who": "level", "level": "micro", "cancel_hours": 24})
		app.As(testkit.ThirdShopper).Post(signUps(o), nil).Refused(http.StatusConflict, "not_invited")
		app.Time.Set(day.Add(-24 * time.Hour))
		app.As(testkit.OtherShopper).Delete(signUps(o)).Refused(http.StatusConflict, "give_back_closed")
		app.As(testkit.ManagerOf("tea")).Patch(tea(app, "/events/"+later.ID.String()), body{"place": "后院"}).Must(http.StatusOK)
		app.As(testkit.OtherShopper).Delete(signUps(o)).Must(http.StatusOK)
		booksHold(t, app)
	})
}

// TestACrowdGetsExactlyThePlacesInOrderOfArrival: a hundred places, fifty who may wait, a crowd in one moment: exactly so many, in the
// order in which they came.
func TestACrowdGetsExactlyThePlacesInOrderOfArrival(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		const crowd, places, line = 200, 100, 50
		e := tasting(app, places)
		asks(app, e, body{"waiting_places": line})
		o, people := e.Occurrences[0], app.Join(crowd, "tea")
		errs := testkit.Crowd(crowd, func(i int) error {
			_, err := app.Calendar.SignUp(app.Ctx(), calendar.SignUp{Alliance: app.Street.Alliance.ID, Member: people[i].Member.ID, Occurrence: o.ID, Wait: true})
			return err
		})
		assert.Equal(t, places+line, successes(t, errs, calendar.ErrWaitingFull))
		fair(t, app, o.ID, places, line)
		booksHold(t, app)
	})
}

// fair fails the test unless so many have places and so many wait, and the places went to those who came first.
func fair(t testing.TB, app *testkit.App, id models.ID, places, line int) {
	t.Helper()
	read := app.DB.Read(app.Ctx())
	var seats, waits []int64
	require.NoError(t, read.Model(&models.SignUp{}).Where("occurrence_id = ?", id).Order("arrival").Pluck("arrival", &seats).Error)
	require.NoError(t, read.Model(&models.Waiter{}).Where("occurrence_id = ?", id).Order("arrival").Pluck("arrival", &waits).Error)
	require.Len(t, seats, places)
	require.Len(t, waits, line)
	for i, n := range append(seats, waits...) {
		require.EqualValues(t, i+1, n, "in the order of arrival, without a gap")
	}
}

func TestTheDatabaseItselfHoldsThePlaces(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		o := tasting(app, 2).Occurrences[0]
		for _, change := range []map[string]any{
			{"taken": 3}, {"taken": 1, "held": 2}, {"held": -1}, {"waiting": -1}, {"waiting": 1, "waiting_places": 0}, {"unnamed": 1},
		} {
			err := app.DB.Tx(app.Ctx(), func(tx *gorm.DB) error {
				return tx.Model(&models.Occurrence{}).Where("id = ?", o.ID).UpdateColumns(change).Error
			})
			assert.Error(t, err, "%v", change)
		}
	})
}

func TestACountChangedByHandIsNamed(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		e := tasting(app, 1)
		o := e.Occurrences[0]
		asks(app, e, nil)
		app.As(testkit.Shopper).Post(signUps(o), nil).Must(http.StatusCreated)
		app.As(testkit.OtherShopper).Post(signUps(o), body{"wait": true}).Must(http.StatusCreated)
		for column, says := range map[string]string{"waiting": "wait", "held": "held", "taken": "taken"} {
			var was int
			require.NoError(t, app.DB.Read(app.Ctx()).Model(&models.Occurrence{}).Where("id = ?", o.ID).Pluck(column, &was).Error)
			set := func(n, room int) {
				require.NoError(t, app.DB.Tx(app.Ctx(), func(tx *gorm.DB) error {
					return tx.Model(&models.Occurrence{}).Where("id = ?", o.ID).UpdateColumns(map[string]any{column: n, "capacity": room}).Error
				}))
			}
			set(was+1, 2)
			report, err := app.Ledger.Audit().Street(app.Ctx(), app.Street.Alliance.ID)
			require.NoError(t, err)
			require.NotNil(t, report.Finding)
			assert.Contains(t, report.Finding.Problem, says)
			set(was, 1)
		}
	})
}
