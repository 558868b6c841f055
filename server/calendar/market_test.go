package calendar_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/calendar"
	"onestreet/server/platform/db"
	"onestreet/server/testkit"
)

// agree sets the street's market rule as the coordinator does.
func agree(app *testkit.App, rule string) {
	boss := app.As(testkit.Coordinator)
	tag := boss.Get("/alliance").Must(http.StatusOK).Header.Get("ETag")
	boss.With("If-Match", tag).Patch("/alliance", body{"market_rule": rule}).Must(http.StatusOK)
	app.Drain()
}

func TestWhatGoesByTheMarketMovesWithItsRule(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		e := weekly(app, `{"kind":"street"}`)
		booked := e.Occurrences[1]
		app.As(testkit.Shopper).Post(signUps(booked), body{}).Must(http.StatusCreated)
		app.Drain()

		var seen calendar.MarketPreview
		app.As(testkit.Coordinator).Post("/market-rule/preview", body{"market_rule": "5,10"}).Must(http.StatusOK).Into(&seen)
		assert.Equal(t, 1, seen.Effect.Kept)
		assert.Equal(t, 1, seen.Effect.Told)
		assert.Equal(t, len(e.Occurrences)-1, seen.Effect.Gone)

		agree(app, "5,10")
		now := shown(app, e.ID)
		assert.Equal(t, seen.Effect.Added+1, len(now.Occurrences), "what the preview said, at once")
		inbox := letters(app, testkit.Shopper)
		require.Len(t, inbox, 2)
		assert.Equal(t, "集日改了，逢集那天的茶摊不动", inbox[0].Title)
		assert.Contains(t, inbox[0].Link, booked.ID.String())

		agree(app, "3,6,9")
		agree(app, "")
		app.Time.Advance(25 * time.Hour)
		require.NoError(t, app.Calendar.MakeAhead(app.Ctx()))
		assert.Equal(t, hours(app, e, 99), hours(app, shown(app, e.ID), 99), "and back again; without a market what stands, stands")
		assert.Len(t, letters(app, testkit.Shopper), 2)

		var m calendar.MarketSettings
		app.As(testkit.Coordinator).Get("/market-rule").Must(http.StatusOK).Into(&m)
		assert.Empty(t, m.Text)
		assert.EqualValues(t, 1, m.Uses.Events)
		assert.Positive(t, m.Uses.Dates)
	})
}

type letter struct{ Title, Text, Link string }

func letters(app *testkit.App, who testkit.Persona) []letter {
	var page struct{ Items []letter }
	app.As(who).Get("/me/inbox").Must(http.StatusOK).Into(&page)
	return page.Items
}

func TestTheAgendaGoesOnPageByPage(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		e := weekly(app, "FREQ=DAILY")
		seen := map[models.ID]int{}
		var days []string
		cursor, pages := "", 0
		for {
			var page calendar.AgendaView
			app.As(testkit.Shopper).Get("/calendar/agenda?cursor=" + cursor).Must(http.StatusOK).Into(&page)
			for _, d := range page.Days {
				days = append(days, d.Date)
				for _, o := range d.Items {
					seen[o.ID]++
				}
			}
			if pages++; page.NextCursor == "" || pages > 20 {
				break
			}
			cursor = page.NextCursor
		}
		assert.Greater(t, pages, 3)
		assert.IsIncreasing(t, days)
		assert.Len(t, seen, len(e.Occurrences), "every date once")
		for _, n := range seen {
			require.Equal(t, 1, n)
		}
		visitor := app.As(testkit.Visitor)
		visitor.Get("/calendar/agenda?from=soon").Refused(http.StatusUnprocessableEntity, "date_unclear")
		visitor.Get("/calendar/agenda?from=2026-02-30").Refused(http.StatusUnprocessableEntity, "date_unclear")
	})
}

func TestADayOnTheStreet(t *testing.T) {
	app := testkit.New(t, db.SQLite)
	boss := app.As(testkit.ManagerOf("tea"))
	path := app.At("tea", "")
	tag := boss.Get(path).Must(http.StatusOK).Header.Get("ETag")
	boss.With("If-Match", tag).Patch(path, body{"market_hours": []body{{"opens": "25:00", "closes": "12:00"}}}).Must(http.StatusUnprocessableEntity)
	boss.With("If-Match", tag).Patch(path, body{"market_hours": []body{{"opens": "05:30", "closes": "22:30"}}}).Must(http.StatusOK)
	e := weekly(app, `{"kind":"street"}`)
	zone := app.Street.Alliance.Location()
	first := e.Occurrences[0].StartsAt.In(zone)

	of := func(date string) calendar.StreetDay {
		var v calendar.StreetDay
		app.As(testkit.Shopper).Get("/calendar/day?date=" + date).Must(http.StatusOK).Into(&v)
		return v
	}
	spans := func(v calendar.StreetDay) []models.Span {
		for _, s := range v.Stores {
			if s.Store.ID == app.Street.Stores["tea"].ID {
				return s.Spans
			}
		}
		return nil
	}
	market := of(first.Format(time.DateOnly))
	assert.True(t, market.Market)
	assert.Len(t, market.Items, 1)
	assert.Equal(t, []models.Span{{Opens: "05:30", Closes: "22:30"}}, spans(market))
	assert.Contains(t, []int{3, 4, 1}, market.MarketIn)
	require.NotNil(t, market.NextMarket)
	assert.True(t, market.NextMarket.Market)
	before := of(first.AddDate(0, 0, -1).Format(time.DateOnly))
	assert.Equal(t, []models.Span{{Opens: "09:00", Closes: "21:00"}}, spans(before))
	assert.Equal(t, 1, before.MarketIn)
	assert.Equal(t, market.Date, before.NextMarket.Date)

	app.Time.Set(time.Date(first.Year(), first.Month(), first.Day(), 6, 0, 0, 0, zone))
	var page struct {
		Open    bool   `json:"open"`
		OpensAt string `json:"opens_at"`
	}
	app.As(testkit.Shopper).Get(path).Must(http.StatusOK).Into(&page)
	assert.True(t, page.Open, "market days begin early")
	assert.Equal(t, "05:30", page.OpensAt)
	app.As(testkit.Shopper).Get(app.At("shoes", "")).Must(http.StatusOK).Into(&page)
	assert.False(t, page.Open)

	agree(app, "")
	assert.Nil(t, of("2026-10-20").NextMarket)
	app.As(testkit.Visitor).Get("/calendar/day?date=1800-01-01").Refused(http.StatusUnprocessableEntity, "date_unclear")
}
