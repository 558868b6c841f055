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

func month(app *testkit.App, as testkit.Persona, query string) calendar.MonthView {
	var m calendar.MonthView
	app.As(as).Get("/calendar" + query).Must(http.StatusOK).Into(&m)
	return m
}

func dayOf(t *testing.T, m calendar.MonthView, date string) calendar.MonthDay {
	t.Helper()
	for _, d := range m.Days {
		if d.Date == date {
			return d
		}
	}
	t.Fatalf("%s is not in the month", date)
	return calendar.MonthDay{}
}

func TestNovemberOfThePictures(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		m := month(app, testkit.Shopper, "?month=2026-11")
		assert.Equal(t, "2026-11", m.Month)
		assert.Equal(t, "丙午年", m.YearName)
		assert.Equal(t, "农历九、十月", m.Lunar)
		assert.Equal(t, "逢集，农历三六九", m.MarketRule.Text)
		require.Len(t, m.Days, 35, "whole weeks from Sunday")
		assert.Equal(t, "2026-11-01", m.Days[0].Date)
		assert.Equal(t, "2026-12-05", m.Days[34].Date)
		assert.Equal(t, calendar.MonthDay{Date: "2026-11-01", Lunar: "廿三", Market: true, Occurrences: []models.ID{}}, m.Days[0])
		assert.Equal(t, "十月", dayOf(t, m, "2026-11-09").Lunar, "the first shows the month's name")
		assert.Equal(t, "寒衣节", dayOf(t, m, "2026-11-09").Festival)
		assert.Equal(t, "立冬", dayOf(t, m, "2026-11-07").Festival)
		assert.Equal(t, "小雪", dayOf(t, m, "2026-11-22").Festival)
		assert.Equal(t, "下元节", dayOf(t, m, "2026-11-23").Festival)
		for _, d := range []string{"2026-11-01", "2026-11-04", "2026-11-07", "2026-11-11", "2026-11-14", "2026-12-01", "2026-12-04"} {
			assert.True(t, dayOf(t, m, d).Market, d)
		}
		for _, d := range []string{"2026-11-02", "2026-11-08", "2026-11-09", "2026-11-12", "2026-11-30", "2026-12-05"} {
			assert.False(t, dayOf(t, m, d).Market, d)
		}
	})
}

func TestTheCalendarSpeaksEnglish(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		var m calendar.MonthView
		app.As(testkit.Visitor).In("en").Get("/calendar?month=2026-02").Must(http.StatusOK).Into(&m)
		assert.Equal(t, "Year of the Snake / Year of the Horse", m.YearName)
		assert.Equal(t, "Lunar month 12, 1", m.Lunar)
		assert.Equal(t, "Spring Festival", dayOf(t, m, "2026-02-17").Festival)
		assert.Equal(t, "month 1", dayOf(t, m, "2026-02-17").Lunar)
		assert.Equal(t, "New Year's Eve", dayOf(t, m, "2026-02-16").Festival)
		assert.Equal(t, "Market on lunar days ending in 3, 6, 9", m.MarketRule.Text)
	})
}

func TestWithoutAMonthItIsThePresentOneOfTheStreet(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		assert.Equal(t, "2026-10", month(app, testkit.Visitor, "").Month)
		app.Time.Set(time.Date(2026, 10, 31, 16, 0, 0, 0, time.UTC)) // midnight in the street
		assert.Equal(t, "2026-11", month(app, testkit.Visitor, "").Month)
	})
}

func TestMonthsThatAreNone(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		for _, m := range []string{"2026-13", "2026-00", "2026-1", "x", "20261"} {
			app.As(testkit.Visitor).Get("/calendar?month="+m).Refused(http.StatusUnprocessableEntity, "invalid")
		}
		for _, m := range []string{"1901-12", "2100-01", "9999-12", "0000-01"} {
			app.As(testkit.Visitor).Get("/calendar?month="+m).Refused(http.StatusUnprocessableEntity, "month_out_of_range")
		}
		assert.Equal(t, "1902-01", month(app, testkit.Visitor, "?month=1902-01").Month)
		assert.Equal(t, "2099-12", month(app, testkit.Visitor, "?month=2099-12").Month)
	})
}

func TestTheMonthShowsWhatIsOnAndWhatIsMine(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		o := tasting(app, 20).Occurrences[0]
		app.As(testkit.Shopper).Post(signUps(o), nil).Must(http.StatusCreated)
		mine := month(app, testkit.Shopper, "?month=2026-10")
		require.Len(t, mine.Items, 1)
		assert.Equal(t, []models.ID{o.ID}, dayOf(t, mine, "2026-10-18").Occurrences)
		assert.Equal(t, models.SignedUp, mine.Items[0].Mine.State)
		assert.Nil(t, month(app, testkit.OtherShopper, "?month=2026-10").Items[0].Mine)
		assert.Nil(t, month(app, testkit.Visitor, "?month=2026-10").Items[0].Mine)
		assert.Empty(t, month(app, testkit.OtherCoordinator, "?month=2026-10").Items, "another street")
		assert.Empty(t, month(app, testkit.Shopper, "?month=2026-12").Items)
	})
}

func TestANightLongEventIsOnBothDaysAndOneUntilMidnightOnOne(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		evening := time.Date(2026, 10, 31, 12, 0, 0, 0, time.UTC) // 20:00 in the street, the last of the month
		publish := func(hours time.Duration) models.ID {
			var e calendar.EventView
			p := plan(5).with("starts_at", evening).with("ends_at", evening.Add(hours*time.Hour))
			app.As(testkit.ManagerOf("tea")).Post(tea(app, "/events"), p).Must(http.StatusCreated).Into(&e)
			return e.Occurrences[0].ID
		}
		midnight, night := publish(4), publish(6)
		october, november := month(app, testkit.Visitor, "?month=2026-10"), month(app, testkit.Visitor, "?month=2026-11")
		assert.ElementsMatch(t, []models.ID{midnight, night}, dayOf(t, october, "2026-10-31").Occurrences)
		assert.Equal(t, []models.ID{night}, dayOf(t, november, "2026-11-01").Occurrences)
		require.Len(t, november.Items, 1)
	})
}

func TestACancelledDateIsShownToThoseWhoHadSignedUp(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		e := tasting(app, 20)
		app.As(testkit.Shopper).Post(signUps(e.Occurrences[0]), nil).Must(http.StatusCreated)
		_, err := app.Calendar.Cancel(app.Ctx(), teaDesk(app), e.ID)
		require.NoError(t, err)
		mine := month(app, testkit.Shopper, "?month=2026-10")
		require.Len(t, mine.Items, 1)
		assert.Equal(t, models.EventStateCancelled, mine.Items[0].State)
		assert.Empty(t, month(app, testkit.OtherShopper, "?month=2026-10").Items)
	})
}

func TestAStreetWithoutARuleHasNoMarketDays(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		setRule(t, app, "")
		m := month(app, testkit.Visitor, "?month=2026-10")
		assert.Empty(t, m.MarketRule.Text)
		for _, d := range m.Days {
			assert.False(t, d.Market, d.Date)
		}
		setRule(t, app, `{"kind":"weekdays","days":["SA"]}`)
		weekly := month(app, testkit.Visitor, "?month=2026-10")
		assert.True(t, dayOf(t, weekly, "2026-10-17").Market)
		assert.False(t, dayOf(t, weekly, "2026-10-18").Market)
		assert.Equal(t, "逢集，每周六", weekly.MarketRule.Text)
	})
}

func setRule(t *testing.T, app *testkit.App, rule string) {
	t.Helper()
	sql, err := app.DB.SQL()
	require.NoError(t, err)
	id := app.Street.Alliance.ID
	_, err = sql.ExecContext(app.Ctx(), "UPDATE alliances SET market_rule = ? WHERE id = ?", rule, id[:])
	require.NoError(t, err)
}
