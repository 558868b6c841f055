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

func TestAMemberSignsUpAndGivesThePlaceBack(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		o := tasting(app, 20).Occurrences[0]
		var mine calendar.OccurrenceView
		app.As(testkit.Shopper).Post(signUps(o), nil).Must(http.StatusCreated).Into(&mine)
		require.NotNil(t, mine.Mine)
		assert.Equal(t, models.SignedUp, mine.Mine.State)
		assert.Equal(t, 1, mine.Taken)

		app.As(testkit.Shopper).Post(signUps(o), nil).Refused(http.StatusConflict, "already_signed_up")
		inTheBooks(t, app, o.ID, 1)

		var free calendar.OccurrenceView
		app.As(testkit.Shopper).Delete(signUps(o)).Must(http.StatusOK).Into(&free)
		assert.Nil(t, free.Mine)
		assert.Equal(t, 0, free.Taken)
		app.As(testkit.Shopper).Delete(signUps(o)).Refused(http.StatusConflict, "not_signed_up")
		app.As(testkit.Shopper).Post(signUps(o), nil).Must(http.StatusCreated)
		inTheBooks(t, app, o.ID, 1)
	})
}

func TestTheOneTooManyIsToldThatItIsFull(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		o := tasting(app, 1).Occurrences[0]
		app.As(testkit.Shopper).Post(signUps(o), nil).Must(http.StatusCreated)
		testkit.Scenario{Name: "full", As: testkit.OtherShopper, Method: "POST", Path: signUps(o), Status: http.StatusConflict,
			Code: "event_full", Says: []string{"1 个位子都坐满了"}}.Run(t, app)
		testkit.Scenario{Name: "full, in English", As: testkit.OtherShopper, Method: "POST", Path: signUps(o), Language: "en",
			Status: http.StatusConflict, Code: "event_full", Says: []string{"every place is taken (1)"}}.Run(t, app)
		inTheBooks(t, app, o.ID, 1)
		app.As(testkit.Shopper).Delete(signUps(o)).Must(http.StatusOK)
		app.As(testkit.OtherShopper).Post(signUps(o), nil).Must(http.StatusCreated)
	})
}

func TestPlacesAreTakenAndGivenBackUntilTheStart(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		o := tasting(app, 20).Occurrences[0]
		app.Time.Set(Sunday.Add(-time.Second))
		app.As(testkit.Shopper).Post(signUps(o), nil).Must(http.StatusCreated)
		app.Time.Set(Sunday)
		app.As(testkit.OtherShopper).Post(signUps(o), nil).Refused(http.StatusConflict, "event_started")
		app.As(testkit.Shopper).Delete(signUps(o)).Refused(http.StatusConflict, "event_started")
		inTheBooks(t, app, o.ID, 1)
	})
}

func TestACancelledEventTakesNobody(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		e := tasting(app, 20)
		app.As(testkit.ManagerOf("tea")).Post(tea(app, "/events/"+e.ID.String()+"/cancel"), nil).Must(http.StatusOK)
		app.As(testkit.Shopper).Post(signUps(e.Occurrences[0]), nil).Refused(http.StatusConflict, "event_cancelled")
		inTheBooks(t, app, e.Occurrences[0].ID, 0)
	})
}

func TestARetriedSignUpGetsTheFirstAnswer(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		o := tasting(app, 20).Occurrences[0]
		me := app.As(testkit.Shopper).With("Idempotency-Key", "tap-1")
		first := me.Post(signUps(o), nil).Must(http.StatusCreated)
		again := me.Post(signUps(o), nil).Must(http.StatusCreated)
		assert.JSONEq(t, string(first.Body), string(again.Body))
		inTheBooks(t, app, o.ID, 1)
	})
}

func TestWhatIsNotThereOrNotOursIsNotFound(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		o := tasting(app, 20).Occurrences[0]
		nobody := calendar.OccurrenceView{ID: models.NewID()}
		app.As(testkit.Shopper).Post(signUps(nobody), nil).Refused(http.StatusNotFound, "not_found")
		app.As(testkit.Shopper).Delete(signUps(nobody)).Refused(http.StatusNotFound, "not_found")
		app.As(testkit.OtherCoordinator).Get("/occurrences/"+o.ID.String()).Refused(http.StatusNotFound, "not_found")
		stranger := app.Other.People[testkit.Shopper]
		err := signUp(app, app.Other.Alliance.ID, stranger.Member.ID, o.ID)
		require.ErrorIs(t, err, models.ErrNotFound, "a member of another street")
		require.ErrorIs(t, app.Calendar.GiveBack(app.Ctx(), app.Other.Alliance.ID, stranger.Member.ID, o.ID), models.ErrNotFound)
		inTheBooks(t, app, o.ID, 0)
	})
}

func TestOnlyMembersSignUp(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		o := tasting(app, 20).Occurrences[0]
		app.As(testkit.Visitor).Post(signUps(o), nil).Refused(http.StatusUnauthorized, "login_required")
		app.As(testkit.OwnerOf("tea")).Post(signUps(o), nil).Refused(http.StatusForbidden, "not_member")
		app.As(testkit.Visitor).Get("/occurrences/" + o.ID.String()).Must(http.StatusOK)
	})
}

func TestAMemberWhoLeavesGivesPlacesAheadBack(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		ahead, been := tasting(app, 5).Occurrences[0], tasting(app, 5).Occurrences[0]
		me := app.Street.People[testkit.Shopper].Member
		app.As(testkit.Shopper).Post(signUps(ahead), nil).Must(http.StatusCreated)
		app.As(testkit.ClerkOf("tea")).Post(checkIns(app, been), body{"code": app.CodeOf(me)}).Must(http.StatusCreated)

		export := app.As(testkit.Shopper).Get("/me/export").Must(http.StatusOK)
		assert.Contains(t, string(export.Body), "认一认秋天的茶")

		app.As(testkit.Shopper).Post("/me/leave", body{"confirm": "离开"}).Must(http.StatusNoContent)
		inTheBooks(t, app, ahead.ID, 0)
		inTheBooks(t, app, been.ID, 1)
		list := guests(app, been)
		assert.Equal(t, me.Pseudonym, list.Items[0].Name, "the list still adds up, without the name")
	})
}

// signUpIn signs up in a transaction of the test's own, which it joins.
func signUpIn(tx *gorm.DB, app *testkit.App, in calendar.SignUp) error {
	_, err := app.Calendar.SignUp(tx.Statement.Context, in)
	return err
}

func TestATransactionThatFailsLeavesNothing(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		o := tasting(app, 20).Occurrences[0]
		err := app.DB.Tx(app.Ctx(), func(tx *gorm.DB) error {
			me := app.Street.People[testkit.Shopper].Member.ID
			require.NoError(t, signUpIn(tx, app, calendar.SignUp{Alliance: app.Street.Alliance.ID, Member: me, Occurrence: o.ID}))
			return assert.AnError
		})
		require.ErrorIs(t, err, assert.AnError)
		inTheBooks(t, app, o.ID, 0)
		assert.Equal(t, 0, events(t, app, models.EventSignUpMade))
	})
}
