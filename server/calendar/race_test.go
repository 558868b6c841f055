package calendar_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/calendar"
	"onestreet/server/testkit"
)

func TestFortyWhoWantTwentyPlacesGetTwenty(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		o := tasting(app, 20).Occurrences[0]
		people := app.Join(40, "tea")
		errs := testkit.Crowd(40, func(i int) error {
			return signUp(app, app.Street.Alliance.ID, people[i].Member.ID, o.ID)
		})
		in := 0
		for _, err := range errs {
			if err == nil {
				in++
				continue
			}
			require.ErrorIs(t, err, calendar.ErrFull)
		}
		assert.Equal(t, 20, in)
		inTheBooks(t, app, o.ID, 20)
		assert.Equal(t, 20, events(t, app, models.EventSignUpMade), "one event for each place, none for the others")
	})
}

func TestOneMemberWhoTapsThirtyTimesGetsOnePlace(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		o := tasting(app, 20).Occurrences[0]
		me := app.Street.People[testkit.Shopper].Member.ID
		errs := testkit.Crowd(30, func(int) error { return signUp(app, app.Street.Alliance.ID, me, o.ID) })
		assert.Equal(t, 1, successes(t, errs, calendar.ErrSignedUp))
		inTheBooks(t, app, o.ID, 1)
	})
}

func TestThirtyScansOfOneMemberCheckInOnce(t *testing.T) {
	for _, signedUp := range []bool{true, false} {
		testkit.Each(t, func(t *testing.T, app *testkit.App) {
			o := tasting(app, 20).Occurrences[0]
			me := app.Street.People[testkit.Shopper].Member.ID
			if signedUp {
				require.NoError(t, signUp(app, app.Street.Alliance.ID, me, o.ID))
			}
			errs := testkit.Crowd(30, func(int) error {
				_, _, err := app.Calendar.CheckIn(app.Ctx(), teaDesk(app), calendar.CheckIn{Occurrence: o.ID, Member: me})
				return err
			})
			assert.Equal(t, 1, successes(t, errs, calendar.ErrCheckedIn))
			inTheBooks(t, app, o.ID, 1)
			assert.Len(t, visits(t, app, me), 1)
			assert.Equal(t, 1, events(t, app, models.EventCheckInMade))
		})
	}
}

func TestPlacesGivenBackAndTakenAtOnceStillAddUp(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		o := tasting(app, 10).Occurrences[0]
		people := app.Join(24, "tea")
		alliance := app.Street.Alliance.ID
		for _, p := range people[:10] {
			require.NoError(t, signUp(app, alliance, p.Member.ID, o.ID))
		}
		errs := testkit.Crowd(48, func(i int) error {
			member := people[i%24].Member.ID
			if i%2 == 0 {
				return app.Calendar.GiveBack(app.Ctx(), alliance, member, o.ID)
			}
			return signUp(app, alliance, member, o.ID)
		})
		for _, err := range errs {
			var refused *models.Error
			require.True(t, err == nil || errors.As(err, &refused), "%v", err)
		}
		found, err := app.Calendar.Occurrence(app.Ctx(), alliance, o.ID)
		require.NoError(t, err)
		inTheBooks(t, app, o.ID, found.Taken)
		assert.LessOrEqual(t, found.Taken, 10)
	})
}

func TestTheLastPlaceGoesToTheDoorOrToTheApp(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		o := tasting(app, 1).Occurrences[0]
		people := app.Join(20, "tea")
		errs := testkit.Crowd(20, func(i int) error {
			if i%2 == 0 {
				return signUp(app, app.Street.Alliance.ID, people[i].Member.ID, o.ID)
			}
			_, _, err := app.Calendar.CheckIn(app.Ctx(), teaDesk(app), calendar.CheckIn{Occurrence: o.ID, Member: people[i].Member.ID})
			return err
		})
		assert.Equal(t, 1, successes(t, errs, calendar.ErrFull))
		inTheBooks(t, app, o.ID, 1)
	})
}

func TestPlacesAreNeverFewerThanThoseWhoTookThemWhileBothChange(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		e := tasting(app, 20)
		o, people := e.Occurrences[0], app.Join(20, "tea")
		testkit.Crowd(40, func(i int) error {
			if i%2 == 0 {
				return signUp(app, app.Street.Alliance.ID, people[i/2].Member.ID, o.ID)
			}
			fewer := 5 + i%7
			_, err := app.Calendar.Change(app.Ctx(), teaDesk(app), e.ID, calendar.Change{Capacity: &fewer})
			return err
		})
		found, err := app.Calendar.Occurrence(app.Ctx(), app.Street.Alliance.ID, o.ID)
		require.NoError(t, err)
		assert.LessOrEqual(t, found.Taken, found.Capacity)
		inTheBooks(t, app, o.ID, found.Taken)
	})
}

func teaDesk(app *testkit.App) calendar.Desk {
	return calendar.Desk{
		Alliance: app.Street.Alliance.ID, Store: app.Street.Stores["tea"].ID, Account: app.Street.People[testkit.ClerkOf("tea")].Account.ID,
	}
}

// successes counts who was let in; everyone else must have been refused for the reason.
func successes(t *testing.T, errs []error, reason error) int {
	t.Helper()
	n := 0
	for _, err := range errs {
		if err == nil {
			n++
			continue
		}
		require.ErrorIs(t, err, reason)
	}
	return n
}

// events counts the domain events of a kind in the test's street.
func events(t *testing.T, app *testkit.App, kind string) int {
	t.Helper()
	var n int64
	err := app.DB.Read(app.Ctx()).Table("outbox").Where("alliance_id = ? AND kind = ?", app.Street.Alliance.ID, kind).Count(&n).Error
	require.NoError(t, err)
	return int(n)
}
