package calendar_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/testkit"
)

func entries(cal *icsPart) map[string]*icsPart {
	found := map[string]*icsPart{}
	for _, p := range cal.parts {
		if p.name == "VEVENT" {
			found[p.all("UID")[0].value] = p
		}
	}
	return found
}

func TestAStreetIsSubscribedTo(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		e := weekly(app, `{"kind":"street"}`)
		path := "/calendar.ics?street=" + app.Street.Alliance.Slug
		first := app.As(testkit.Visitor).Get(path).Must(http.StatusOK)
		tag := first.Header.Get("ETag")
		cal := readICS(t, string(first.Body))
		assert.Equal(t, "PT3H", cal.one(t, "REFRESH-INTERVAL").value)
		assert.Equal(t, "DURATION", cal.one(t, "REFRESH-INTERVAL").params["VALUE"])
		require.Len(t, entries(cal), len(e.Occurrences))
		for _, o := range e.Occurrences {
			entry := entries(cal)[o.ID.String()+"@onestreet"]
			require.True(t, entry.one(t, "DTSTART").local(t, cal).Equal(o.StartsAt), "the moon's days go out as dates")
			require.Empty(t, entry.all("RRULE"))
		}

		again := app.As(testkit.Visitor).With("If-None-Match", tag).Get(path).Must(http.StatusNotModified)
		assert.Empty(t, again.Body)
		app.As(testkit.Shopper).Post(signUps(e.Occurrences[0]), body{}).Must(http.StatusCreated)
		app.As(testkit.Visitor).With("If-None-Match", tag).Get(path).Must(http.StatusNotModified)

		moved := e.Occurrences[1]
		at := moved.StartsAt.Add(time.Hour)
		app.As(testkit.ManagerOf("tea")).Patch(tea(app, "/occurrences/"+moved.ID.String()), body{"starts_at": at, "ends_at": at.Add(time.Hour)}).Must(http.StatusOK)
		cal = readICS(t, string(app.As(testkit.Visitor).With("If-None-Match", tag).Get(path).Must(http.StatusOK).Body))
		entry := entries(cal)[moved.ID.String()+"@onestreet"]
		assert.True(t, entry.one(t, "DTSTART").local(t, cal).Equal(at))
		assert.Equal(t, "1", entry.one(t, "SEQUENCE").value)

		app.As(testkit.ManagerOf("tea")).Post(tea(app, "/occurrences/"+moved.ID.String()+"/cancel"), body{}).Must(http.StatusOK)
		cal = readICS(t, string(app.As(testkit.Visitor).Get(path).Must(http.StatusOK).Body))
		assert.Equal(t, "CANCELLED", entries(cal)[moved.ID.String()+"@onestreet"].one(t, "STATUS").value)
	})
}

func TestAStoreIsSubscribedTo(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		tasting(app, 4)
		of := func(slug string) string {
			return app.At(slug, "/calendar.ics?street="+app.Street.Alliance.Slug)
		}
		require.Len(t, entries(readICS(t, string(app.As(testkit.Visitor).Get(of("tea")).Must(http.StatusOK).Body))), 1)
		require.Empty(t, entries(readICS(t, string(app.As(testkit.Visitor).Get(of("shoes")).Must(http.StatusOK).Body))))
		for _, guessed := range []string{models.NewID().String(), "x"} {
			app.As(testkit.Visitor).Get("/stores/"+guessed+"/calendar.ics?street="+app.Street.Alliance.Slug).Refused(http.StatusNotFound, "not_found")
		}
		app.As(testkit.OtherCoordinator).Get(app.At("tea", "/calendar.ics")).Refused(http.StatusNotFound, "not_found")
	})
}
