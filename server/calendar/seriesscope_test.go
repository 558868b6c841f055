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

func onDate(app *testkit.App, o calendar.OccurrenceView, rest string) string {
	return tea(app, "/occurrences/"+o.ID.String()+rest)
}

// rehearsed is what a change would do.
func rehearsed(app *testkit.App, o calendar.OccurrenceView, change body) calendar.Effect {
	var e calendar.Effect
	app.As(testkit.ManagerOf("tea")).Post(onDate(app, o, "/preview"), change).Must(http.StatusOK).Into(&e)
	return e
}

func edited(app *testkit.App, o calendar.OccurrenceView, change body) calendar.EventView {
	var e calendar.EventView
	app.As(testkit.ManagerOf("tea")).Patch(onDate(app, o, ""), change).Must(http.StatusOK).Into(&e)
	return e
}

// standing are the dates of an event by id.
func standing(e calendar.EventView) map[models.ID]calendar.OccurrenceView {
	found := map[models.ID]calendar.OccurrenceView{}
	for _, o := range e.Occurrences {
		found[o.ID] = o
	}
	return found
}

func TestAPreviewTellsWhatTheEditThenDoes(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		e := weekly(app, "FREQ=WEEKLY")
		second, fourth := e.Occurrences[1], e.Occurrences[3]
		app.As(testkit.Shopper).Post(signUps(second), body{}).Must(http.StatusCreated)
		app.As(testkit.Shopper).Post(signUps(fourth), body{}).Must(http.StatusCreated)
		app.As(testkit.OtherShopper).Post(signUps(fourth), body{}).Must(http.StatusCreated)

		change := body{"scope": "following", "starts_at": second.StartsAt.Add(time.Hour), "ends_at": second.EndsAt.Add(time.Hour), "place": "门口"}
		effect := rehearsed(app, second, change)
		assert.Equal(t, len(e.Occurrences)-1, effect.Changed)
		assert.Equal(t, 2, effect.Told, "each member once, however many dates")
		assert.Equal(t, second.ID, effect.Dates[0].ID)
		assert.Equal(t, calendar.EffectMoved, effect.Dates[0].What)
		assert.Equal(t, 1, effect.Dates[0].SignedUp)
		assert.NotEmpty(t, effect.Dates[0].Lunar)
		require.Equal(t, hours(app, e, 40), hours(app, shown(app, e.ID), 40), "a preview changes nothing")

		now := edited(app, second, change)
		for i, o := range now.Occurrences {
			if i == 0 {
				assert.Equal(t, "二楼靠窗", o.Place)
				assert.True(t, o.StartsAt.Equal(e.Occurrences[0].StartsAt))
				continue
			}
			assert.Equal(t, "门口", o.Place)
			assert.True(t, o.StartsAt.Equal(e.Occurrences[i].StartsAt.Add(time.Hour)))
		}
		app.Time.Advance(25 * time.Hour)
		require.NoError(t, app.Calendar.MakeAhead(app.Ctx()))
		last := shown(app, e.ID).Occurrences
		assert.Equal(t, "门口", last[len(last)-1].Place, "dates made later follow too")
	})
}

func TestTheDaysOfASeriesAreMoved(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		e := weekly(app, "FREQ=WEEKLY;BYDAY=SU")
		boss, zone := app.As(testkit.ManagerOf("tea")), app.Street.Alliance.Location()
		second := e.Occurrences[1]
		app.As(testkit.Shopper).Post(signUps(e.Occurrences[2]), body{}).Must(http.StatusCreated)
		to := second.StartsAt.In(zone).AddDate(0, 0, 3)
		change := body{"scope": "following", "starts_at": to, "ends_at": to.Add(2 * time.Hour)}
		boss.Patch(onDate(app, second, ""), change).Refused(http.StatusConflict, "series_rhythm")
		change["pattern"] = body{"rule": "FREQ=WEEKLY;BYDAY=WE", "starts_at": to}
		assert.Equal(t, 1, rehearsed(app, second, change).Told)
		now := standing(edited(app, second, change))
		for i, before := range e.Occurrences[:6] {
			after := now[before.ID]
			want := before.StartsAt.In(zone)
			if i > 0 {
				want = want.AddDate(0, 0, 3)
			}
			assert.Equal(t, want.Format(time.DateTime), after.StartsAt.In(zone).Format(time.DateTime), "each date moved with its guests")
		}
		assert.Equal(t, 1, now[e.Occurrences[2].ID].Taken)

		daily := weekly(app, "FREQ=DAILY")
		third := daily.Occurrences[2]
		back := third.StartsAt.AddDate(0, 0, -1)
		shifted := edited(app, third, body{"scope": "following", "starts_at": back, "ends_at": back.Add(2 * time.Hour), "pattern": body{"rule": "FREQ=DAILY", "starts_at": back}})
		require.Equal(t, hours(app, daily, 30), hours(app, shifted, 30), "two on one day there are not")
	})
}

func TestAnEarlierHour(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		for _, scope := range []string{"following", "all"} {
			e := weekly(app, "FREQ=WEEKLY")
			second := e.Occurrences[1]
			app.As(testkit.Shopper).Post(signUps(second), body{}).Must(http.StatusCreated)
			change := body{"scope": scope, "starts_at": second.StartsAt.Add(-5 * time.Hour), "ends_at": second.EndsAt.Add(-5 * time.Hour)}
			effect := rehearsed(app, second, change)
			assert.Zero(t, effect.Kept, scope)
			assert.LessOrEqual(t, effect.Added, 1, "one more may fit into the half year")
			now := standing(edited(app, second, change))
			assert.Equal(t, len(e.Occurrences)+effect.Added, len(now))
			assert.True(t, now[second.ID].StartsAt.Equal(second.StartsAt.Add(-5*time.Hour)))
			assert.Equal(t, scope == "following", now[e.Occurrences[0].ID].StartsAt.Equal(e.Occurrences[0].StartsAt))
			assert.True(t, now[e.Occurrences[2].ID].StartsAt.Equal(e.Occurrences[2].StartsAt.Add(-5*time.Hour)))
		}
	})
}

func TestADateHasWordsOfItsOwn(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		e := weekly(app, "FREQ=WEEKLY")
		second, third := e.Occurrences[1], e.Occurrences[2]
		app.As(testkit.Shopper).Post(signUps(second), body{}).Must(http.StatusCreated)
		assert.Equal(t, 0, rehearsed(app, second, body{"title": "新茶专场"}).Told, "another name moves nobody")
		now := standing(edited(app, second, body{"title": "新茶专场", "place": "院子里"}))
		assert.Equal(t, "新茶专场", now[second.ID].Title)
		assert.Equal(t, "逢集那天的茶摊", now[third.ID].Title)

		now = standing(edited(app, third, body{"scope": "all", "title": "茶摊", "capacity": 20}))
		assert.Equal(t, "茶摊", now[third.ID].Title)
		assert.Equal(t, 20, now[third.ID].Capacity)
		assert.Equal(t, "新茶专场", now[second.ID].Title, "what a date has of its own, it keeps")
		assert.Equal(t, "院子里", now[second.ID].Place)

		boss := app.As(testkit.ManagerOf("tea"))
		boss.Patch(onDate(app, third, ""), body{"scope": "all", "title": " "}).Refused(http.StatusUnprocessableEntity, "invalid")
		boss.Patch(onDate(app, third, ""), body{"scope": "some"}).Must(http.StatusUnprocessableEntity)
		boss.Patch(onDate(app, third, ""), body{"scope": "all", "ends_at": third.StartsAt.Add(-time.Hour)}).Refused(http.StatusUnprocessableEntity, "invalid")
		app.As(testkit.ManagerOf("shoes")).Post(app.At("shoes", "/occurrences/"+third.ID.String()+"/preview"), body{}).Must(http.StatusNotFound)
		app.As(testkit.ManagerOf("shoes")).Get(app.At("shoes", "/events/"+e.ID.String()+"/series")).Must(http.StatusNotFound)
	})
}

func TestMarketDaysStayMarketDays(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		e := weekly(app, `{"kind":"street"}`)
		boss, zone := app.As(testkit.ManagerOf("tea")), app.Street.Alliance.Location()
		third := e.Occurrences[2]
		next := third.StartsAt.AddDate(0, 0, 1)
		boss.Patch(onDate(app, third, ""), body{"scope": "all", "starts_at": next, "ends_at": next.Add(time.Hour)}).Refused(http.StatusConflict, "series_market_day")
		edited(app, third, body{"starts_at": next, "ends_at": next.Add(time.Hour)})
		later := e.Occurrences[3].StartsAt.Add(90 * time.Minute)
		edited(app, e.Occurrences[3], body{"scope": "following", "starts_at": later, "ends_at": later.Add(time.Hour)})
		app.Time.Advance(25 * time.Hour)
		require.NoError(t, app.Calendar.MakeAhead(app.Ctx()))
		now := standing(shown(app, e.ID))
		assert.Equal(t, e.Occurrences[1].StartsAt.In(zone).Format(time.DateTime), now[e.Occurrences[1].ID].StartsAt.In(zone).Format(time.DateTime), "those before keep their hour")
		assert.True(t, now[third.ID].StartsAt.Equal(next))
		assert.True(t, now[e.Occurrences[3].ID].StartsAt.Equal(later))
		assert.True(t, now[e.Occurrences[4].ID].StartsAt.Equal(e.Occurrences[4].StartsAt.Add(90*time.Minute)))
		assert.GreaterOrEqual(t, len(now), len(e.Occurrences))

		var s calendar.SeriesView
		boss = app.As(testkit.ManagerOf("tea"))
		boss.Get(tea(app, "/events/"+e.ID.String()+"/series")).Must(http.StatusOK).Into(&s)
		assert.JSONEq(t, `{"kind":"street"}`, s.Pattern.Rule)
		assert.Equal(t, 60, s.Minutes)
	})
}

func TestASeriesEndsFromADateOn(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		e := weekly(app, "FREQ=WEEKLY")
		boss := app.As(testkit.ManagerOf("tea"))
		third := e.Occurrences[2]
		app.As(testkit.Shopper).Post(signUps(third), body{}).Must(http.StatusCreated)
		effect := rehearsed(app, third, body{"scope": "following", "off": true})
		assert.Equal(t, 1, effect.Told)
		assert.Equal(t, len(e.Occurrences)-2, effect.Changed)
		boss.Post(onDate(app, third, "/cancel"), body{"scope": "following"}).Must(http.StatusOK)
		app.Time.Advance(25 * time.Hour)
		require.NoError(t, app.Calendar.MakeAhead(app.Ctx()))
		now := shown(app, e.ID)
		assert.Equal(t, models.EventStatePublished, now.State)
		assert.Equal(t, hours(app, e, 2), hours(app, now, 99), "two are left, and no more come")
	})
}

func TestWhoSignedUpKeepsOrGivesBackAMovedPlace(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		e := weekly(app, "FREQ=WEEKLY")
		o := e.Occurrences[1]
		boss := app.As(testkit.ManagerOf("tea"))
		var terms calendar.TermsView
		boss.Get(tea(app, "/events/"+e.ID.String()+"/terms")).Must(http.StatusOK).Into(&terms)
		terms.CancelHours = 336
		boss.Put(tea(app, "/events/"+e.ID.String()+"/terms"), terms).Must(http.StatusOK)
		for _, who := range []testkit.Persona{testkit.Shopper, testkit.OtherShopper} {
			app.As(who).Post(signUps(o), body{}).Must(http.StatusCreated)
			app.As(who).Delete(signUps(o)).Refused(http.StatusConflict, "give_back_closed")
		}
		app.Time.Advance(time.Minute)
		edited(app, o, body{"starts_at": o.StartsAt.Add(3 * time.Hour), "ends_at": o.EndsAt.Add(3 * time.Hour), "place": "桥头"})

		var mine calendar.OccurrenceView
		app.As(testkit.Shopper).Get("/occurrences/" + o.ID.String()).Must(http.StatusOK).Into(&mine)
		require.NotNil(t, mine.Mine.Moved)
		assert.True(t, mine.Mine.Moved.WasAt.Equal(o.StartsAt))
		assert.Equal(t, "二楼靠窗", mine.Mine.Moved.WasPlace)
		assert.True(t, guests(app, o).Items[0].Asked)

		app.Time.Advance(time.Minute)
		var kept calendar.OccurrenceView
		app.As(testkit.Shopper).Post(signUps(o)+"/keep", nil).Must(http.StatusOK).Into(&kept)
		assert.Nil(t, kept.Mine.Moved)
		assert.False(t, guests(app, o).Items[0].Asked)
		app.As(testkit.Shopper).Post(signUps(o)+"/keep", nil).Must(http.StatusOK)
		app.As(testkit.Shopper).Delete(signUps(o)).Refused(http.StatusConflict, "give_back_closed")
		app.As(testkit.OtherShopper).Delete(signUps(o)).Must(http.StatusOK)
		app.As(testkit.OtherShopper).Post(signUps(o)+"/keep", nil).Refused(http.StatusConflict, "not_signed_up")
		inTheBooks(t, app, o.ID, 1)

		boss = app.As(testkit.ManagerOf("tea"))
		boss.Post(onDate(app, o, "/cancel"), nil).Must(http.StatusOK)
		app.As(testkit.Shopper).Post(signUps(o)+"/keep", nil).Refused(http.StatusConflict, "event_cancelled")
	})
}
