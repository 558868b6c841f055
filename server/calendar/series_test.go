package calendar_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/calendar"
	"onestreet/server/calendar/recur"
	"onestreet/server/platform/db"
	"onestreet/server/testkit"
)

func series(rule string) body {
	return body{
		"title": "逢集那天的茶摊", "place": "二楼靠窗", "minutes": 120, "capacity": 8,
		"pattern": body{"rule": rule, "starts_at": Sunday.Format(time.RFC3339)},
	}
}

func weekly(app *testkit.App, rule string) calendar.EventView {
	var e calendar.EventView
	app.As(testkit.ManagerOf("tea")).Post(tea(app, "/series"), series(rule)).Must(http.StatusCreated).Into(&e)
	return e
}

// hours are the dates that stand, by the street's clock.
func hours(app *testkit.App, e calendar.EventView, most int) (list []string) {
	zone := app.Street.Alliance.Location()
	for _, o := range e.Occurrences {
		if o.State == models.EventStatePublished && len(list) < most {
			list = append(list, o.StartsAt.In(zone).Format("01-02 15:04"))
		}
	}
	return list
}

func TestAnEventComesEveryWeek(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		e := weekly(app, "FREQ=WEEKLY")
		first := hours(app, e, 100)
		require.InDelta(t, 27, len(first), 1, "half a year ahead")

		app.Time.Advance(30 * 24 * time.Hour)
		require.NoError(t, app.Calendar.MakeAhead(app.Ctx()))
		errs := testkit.Crowd(4, func(int) error { return app.Calendar.MakeAhead(app.Ctx()) })
		for _, err := range errs {
			require.NoError(t, err)
		}
		more := hours(app, shown(app, e.ID), 100)
		require.InDelta(t, len(first)+4, len(more), 1, "it goes on, and no date twice")
		require.Equal(t, first, more[:len(first)])
	})
}

// shown is the event as its organisers see it now.
func shown(app *testkit.App, event models.ID) calendar.EventView {
	var page struct{ Items []calendar.EventView }
	app.As(testkit.ManagerOf("tea")).Get(tea(app, "/events")).Must(http.StatusOK).Into(&page)
	for _, e := range page.Items {
		if e.ID == event {
			return e
		}
	}
	return calendar.EventView{}
}

func TestAnEventComesEveryMarketDayOfTheStreet(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		street := app.Street.Alliance
		var preview recur.View
		pattern := body{"rule": `{"kind":"street"}`, "starts_at": Sunday.Format(time.RFC3339)}
		app.As(testkit.ManagerOf("tea")).Post(tea(app, "/series/preview"), pattern).Must(http.StatusOK).Into(&preview)
		require.Len(t, preview.Days, 12)
		for _, day := range preview.Days {
			require.Contains(t, []int{3, 6, 9}, day.Lunar.Day%10)
		}
		e := weekly(app, `{"kind":"street"}`)
		for i, o := range e.Occurrences[:12] {
			require.Equal(t, preview.Days[i].Gregorian, o.StartsAt.In(street.Location()).Format(time.DateOnly), "what the preview showed")
		}

		app.As(testkit.Shopper).Post(signUps(e.Occurrences[1]), body{}).Must(http.StatusCreated)
		setRule(t, app, "5,10")
		app.Time.Advance(25 * time.Hour)
		require.NoError(t, app.Calendar.MakeAhead(app.Ctx()))
		now := shown(app, e.ID)
		kept := 0
		for _, o := range now.Occurrences {
			if o.ID == e.Occurrences[1].ID {
				kept++
				require.Equal(t, 1, o.Taken, "somebody comes: it stays")
			}
		}
		require.Equal(t, 1, kept)
		require.InDelta(t, 36, len(now.Occurrences), 5, "two days in ten")
	})
}

func TestOneDateOfASeriesIsMovedAndAnotherCalledOff(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		e := weekly(app, "FREQ=WEEKLY")
		boss := app.As(testkit.ManagerOf("tea"))
		second, third := e.Occurrences[1], e.Occurrences[2]
		app.As(testkit.Shopper).Post(signUps(second), body{}).Must(http.StatusCreated)

		boss.Patch(tea(app, "/events/"+e.ID.String()), body{"title": "x"}).Refused(http.StatusConflict, "event_repeats")
		at := second.StartsAt.Add(26 * time.Hour)
		boss.Patch(tea(app, "/occurrences/"+second.ID.String()), body{"starts_at": at, "ends_at": at.Add(time.Hour)}).Must(http.StatusOK)
		boss.Post(tea(app, "/occurrences/"+third.ID.String()+"/cancel"), body{}).Must(http.StatusOK)
		boss.Post(tea(app, "/occurrences/"+third.ID.String()+"/cancel"), body{}).Refused(http.StatusConflict, "event_cancelled")
		app.Time.Advance(25 * time.Hour)
		require.NoError(t, app.Calendar.MakeAhead(app.Ctx()))

		now := shown(app, e.ID)
		byID := map[models.ID]calendar.OccurrenceView{}
		for _, o := range now.Occurrences {
			byID[o.ID] = o
		}
		assert.True(t, byID[second.ID].StartsAt.Equal(at))
		assert.Equal(t, 1, byID[second.ID].Taken)
		assert.Equal(t, models.EventStateCancelled, byID[third.ID].State)
		assert.GreaterOrEqual(t, len(now.Occurrences), len(e.Occurrences), "neither is made again")
		boss = app.As(testkit.ManagerOf("tea"))
		boss.Patch(tea(app, "/occurrences/"+second.ID.String()), body{"capacity": 0}).Refused(http.StatusUnprocessableEntity, "invalid")
		app.As(testkit.ManagerOf("shoes")).Patch(app.At("shoes", "/occurrences/"+second.ID.String()), body{"capacity": 3}).Must(http.StatusNotFound)
	})
}

func TestThisDateAndThoseAfterItGetAnotherHour(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		e := weekly(app, "FREQ=WEEKLY")
		boss := app.As(testkit.ManagerOf("tea"))
		before := hours(app, e, 4)
		third := e.Occurrences[2]
		app.As(testkit.Shopper).Post(signUps(third), body{}).Must(http.StatusCreated)
		later := third.StartsAt.Add(2 * time.Hour)
		boss.Patch(tea(app, "/events/"+e.ID.String()+"/series"), body{
			"from": third.ID, "capacity": 5, "pattern": body{"rule": "FREQ=WEEKLY;INTERVAL=2", "starts_at": later},
		}).Must(http.StatusOK)
		now := shown(app, e.ID)
		zone := app.Street.Alliance.Location()
		require.Equal(t, []string{before[0], before[1], later.In(zone).Format("01-02 15:04"), later.AddDate(0, 0, 14).In(zone).Format("01-02 15:04")}, hours(app, now, 4))
		assert.Equal(t, third.ID, now.Occurrences[2].ID)
		assert.Equal(t, 1, now.Occurrences[2].Taken, "who signed up, comes two hours later")
		assert.Equal(t, 5, now.Occurrences[2].Capacity)
		assert.Equal(t, 8, now.Occurrences[0].Capacity)

		boss.Patch(tea(app, "/events/"+e.ID.String()+"/series"), body{"title": "茶摊"}).Must(http.StatusOK)
		assert.Equal(t, "茶摊", shown(app, e.ID).Title)
		require.Equal(t, hours(app, now, 40), hours(app, shown(app, e.ID), 40), "a new name moves nothing")

		boss.Patch(tea(app, "/events/"+e.ID.String()+"/series"), body{"capacity": 0}).Refused(http.StatusUnprocessableEntity, "invalid")
		boss.Patch(tea(app, "/events/"+e.ID.String()+"/series"), body{"from": now.Occurrences[3].ID, "capacity": 30}).Must(http.StatusOK)
		wider := shown(app, e.ID)
		assert.Equal(t, []int{8, 8, 5, 30}, []int{wider.Occurrences[0].Capacity, wider.Occurrences[1].Capacity, wider.Occurrences[2].Capacity, wider.Occurrences[3].Capacity})
		require.Equal(t, hours(app, now, 40), hours(app, wider, 40))

		boss.Post(tea(app, "/events/"+e.ID.String()+"/cancel"), body{}).Must(http.StatusOK)
		require.Empty(t, hours(app, shown(app, e.ID), 40))
		require.NoError(t, app.Calendar.MakeAhead(app.Ctx()))
		require.Empty(t, hours(app, shown(app, e.ID), 40), "it makes no dates any more")
		boss.Patch(tea(app, "/events/"+e.ID.String()+"/series"), body{"title": "x"}).Refused(http.StatusConflict, "event_cancelled")
	})
}

func TestPatternsThatCannotWorkAreRefused(t *testing.T) {
	app := testkit.New(t, db.SQLite)
	boss := app.As(testkit.ManagerOf("tea"))
	for rule, code := range map[string]string{
		"FREQ=HOURLY":                         "series_dense",
		"FREQ=SECONDLY":                       "rule_too_many",
		"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30": "rule_never",
		"FREQ=YEARLY;INTERVAL=3;BYMONTH=1":    "series_empty",
		"every day":                           "rule_unclear",
		`{"kind":"moon"}`:                     "market_rule_invalid",
		`{"kind":`:                            "rule_unclear",
		"":                                    "rule_unclear",
	} {
		boss.Post(tea(app, "/series"), series(rule)).Refused(http.StatusUnprocessableEntity, code)
		boss.Post(tea(app, "/series/preview"), body{"rule": rule, "starts_at": Sunday}).Refused(http.StatusUnprocessableEntity, code)
	}
	ended := body{"rule": "FREQ=DAILY", "starts_at": Sunday, "until": "2020-01-01"}
	boss.Post(tea(app, "/series"), series("FREQ=DAILY").with("pattern", ended)).Refused(http.StatusUnprocessableEntity, "rule_ends_before_start")
	app.As(testkit.ManagerOf("shoes")).Post(tea(app, "/series"), series("FREQ=DAILY")).Must(http.StatusForbidden)
	var all calendar.EventView
	three := body{"rule": "FREQ=DAILY", "starts_at": Sunday, "count": 3, "exdate": []string{Sunday.Add(24 * time.Hour).Format(time.DateOnly)}, "rdate": []string{Sunday.AddDate(0, 0, 9).Format(time.DateOnly)}}
	boss.Post(tea(app, "/series"), series("FREQ=DAILY").with("pattern", three)).Must(http.StatusCreated).Into(&all)
	require.Len(t, all.Occurrences, 3)

	single := tasting(app, 4)
	boss.Patch(tea(app, "/events/"+single.ID.String()+"/series"), body{"capacity": 9}).Refused(http.StatusConflict, "event_single")
	boss.Patch(tea(app, "/occurrences/"+single.Occurrences[0].ID.String()), body{"capacity": 9}).Refused(http.StatusConflict, "event_single")
}

func TestTheCoordinatorSeesMarketDaysBeforeAgreeing(t *testing.T) {
	app := testkit.New(t, db.SQLite)
	var v calendar.MarketPreview
	app.As(testkit.Coordinator).Post("/market-rule/preview", body{"market_rule": `{"kind":"branches","branches":["卯","酉"]}`}).Must(http.StatusOK).Into(&v)
	require.Equal(t, "逢集，卯酉日", v.Text)
	require.Len(t, v.Next.Dates, 12)
	app.As(testkit.Coordinator).Post("/market-rule/preview", body{"market_rule": "13"}).Refused(http.StatusUnprocessableEntity, "market_rule_invalid")
}
