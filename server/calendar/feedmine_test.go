package calendar_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/calendar"
	"onestreet/server/testkit"
)

func renewed(app *testkit.App, who testkit.Persona) calendar.OwnAddress {
	var made calendar.OwnAddress
	app.As(who).Post("/me/calendar", nil).Must(http.StatusCreated).Into(&made)
	made.Path = strings.TrimPrefix(made.Path, "/api/v1")
	return made
}

func TestAMembersOwnCalendarHasWhatTheySignedUpFor(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		mine, full := tasting(app, 5).Occurrences[0], tasting(app, 1)
		tasting(app, 5) // nobody signs up for this one
		asks(app, full, nil)
		app.As(testkit.Shopper).Post(signUps(mine), body{}).Must(http.StatusCreated)
		app.As(testkit.OtherShopper).Post(signUps(full.Occurrences[0]), body{}).Must(http.StatusCreated)
		app.As(testkit.Shopper).Post(signUps(full.Occurrences[0]), body{"wait": true}).Must(http.StatusCreated)

		made := renewed(app, testkit.Shopper)
		answer := app.As(testkit.Visitor).Get(made.Path).Must(http.StatusOK)
		assert.Equal(t, "private, no-cache", answer.Header.Get("Cache-Control"))
		assert.Equal(t, "noindex", answer.Header.Get("X-Robots-Tag"))
		cal := readICS(t, string(answer.Body))
		list := entries(cal)
		require.Len(t, list, 2)
		assert.Equal(t, "CONFIRMED", list[mine.ID.String()+"@onestreet"].one(t, "STATUS").value)
		waiting := list[full.Occurrences[0].ID.String()+"@onestreet"]
		assert.Equal(t, "TENTATIVE", waiting.one(t, "STATUS").value)
		assert.Equal(t, "候补：认一认秋天的茶", waiting.one(t, "SUMMARY").text(t))
		app.As(testkit.Visitor).With("If-None-Match", answer.Header.Get("ETag")).Get(made.Path).Must(http.StatusNotModified)

		app.As(testkit.ManagerOf("tea")).Post(tea(app, "/events/"+full.ID.String()+"/cancel"), nil).Must(http.StatusOK)
		app.As(testkit.Shopper).Delete(signUps(mine)).Must(http.StatusOK)
		list = entries(readICS(t, string(app.As(testkit.Visitor).Get(made.Path).Must(http.StatusOK).Body)))
		assert.NotContains(t, list, mine.ID.String()+"@onestreet")
	})
}

func TestTheAddressOfAnOwnCalendarIsASecret(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		var before calendar.OwnCalendar
		app.As(testkit.Shopper).Get("/me/calendar").Must(http.StatusOK).Into(&before)
		assert.Nil(t, before.MadeAt)
		first := renewed(app, testkit.Shopper)
		key := strings.Split(first.Path, "/")[2]
		assert.Len(t, key, 32, "160 bits, five a letter")

		var rows []models.CalendarKey
		require.NoError(t, app.DB.Read(app.Ctx()).Where("alliance_id = ?", app.Street.Alliance.ID).Find(&rows).Error)
		require.Len(t, rows, 1)
		assert.Len(t, rows[0].KeyHash, 32)
		assert.NotContains(t, string(rows[0].KeyHash), key, "only a hash is kept")

		app.As(testkit.Visitor).Get(first.Path).Must(http.StatusOK)
		var seen calendar.OwnCalendar
		app.As(testkit.Shopper).Get("/me/calendar").Must(http.StatusOK).Into(&seen)
		require.NotNil(t, seen.AskedAt)
		assert.True(t, seen.AskedAt.Equal(testkit.Noon))

		second := renewed(app, testkit.Shopper)
		assert.NotEqual(t, first.Path, second.Path)
		other := renewed(app, testkit.OtherShopper)
		var answers []string
		for _, path := range []string{first.Path, strings.Replace(first.Path, key, strings.Repeat("a", 32), 1), strings.Replace(first.Path, key, "x", 1)} {
			r := app.As(testkit.Visitor).Get(path)
			r.Refused(http.StatusNotFound, "not_found")
			answers = append(answers, r.Header.Get("Content-Type")+r.Header.Get("Cache-Control"))
		}
		assert.Equal(t, []string{answers[0], answers[0], answers[0]}, answers, "one that was revoked, one that never was, and no key at all look the same")
		app.As(testkit.Visitor).Get(second.Path).Must(http.StatusOK)

		app.As(testkit.Shopper).Delete("/me/calendar").Must(http.StatusNoContent)
		app.As(testkit.Visitor).Get(second.Path).Refused(http.StatusNotFound, "not_found")
		app.As(testkit.Visitor).Get(other.Path).Must(http.StatusOK)
	})
}

func TestWhoLeavesTheStreetLeavesNoAddressBehind(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		made := renewed(app, testkit.Shopper)
		app.Time.Advance(time.Minute)
		app.As(testkit.Shopper).Post("/me/leave", body{"confirm": "离开"}).Must(http.StatusNoContent)
		app.As(testkit.Visitor).Get(made.Path).Refused(http.StatusNotFound, "not_found")
	})
}

func TestWhoGuessesAddressesOfCalendarsGetsNoAnswer(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		var own calendar.OwnAddress
		app.As(testkit.Shopper).Post("/me/calendar", nil).Must(http.StatusCreated).Into(&own)
		path := strings.TrimPrefix(own.Path, "/api/v1")
		for range 20 {
			app.As(testkit.Visitor).Get(path).Must(http.StatusOK)
			app.As(testkit.Visitor).Get("/own-calendars/"+strings.Repeat("a", 32)+"/calendar.ics").Refused(http.StatusNotFound, "not_found")
		}
		app.As(testkit.Visitor).Get("/own-calendars/"+strings.Repeat("b", 32)+"/calendar.ics").Refused(http.StatusTooManyRequests, "too_fast")
		app.As(testkit.Visitor).Get(path).Refused(http.StatusTooManyRequests, "too_fast") // nor is a right guess told from a wrong one
		app.Time.Advance(10 * time.Minute)
		app.As(testkit.Visitor).Get(path).Must(http.StatusOK)
	})
}
