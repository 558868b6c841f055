package calendar_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	ics "github.com/arran4/golang-ical"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/calendar"
	"onestreet/server/calendar/almanac"
	"onestreet/server/calendar/icszone"
	"onestreet/server/calendar/recur"
	"onestreet/server/platform/db"
	"onestreet/server/testkit"
)

// Other calendar programs read our files here: ical.js, and khal from Debian. Both must be installed (make setup, npm ci); a
// machine without them fails.

// found is a date that a program finds in a file.
type found struct {
	UID, Title, Status string
	Sequence, Alarms   int
	Override           bool
	Start, End         time.Time
}

// icalJS lets ical.js expand files up to a moment.
func icalJS(t *testing.T, to time.Time, texts ...string) [][]found {
	t.Helper()
	var calendars []map[string]any
	for _, text := range texts {
		calendars = append(calendars, map[string]any{"text": text, "to": to})
	}
	input, err := json.Marshal(calendars)
	require.NoError(t, err)
	program := exec.CommandContext(t.Context(), "node", "../../frontend/scripts/ical.mjs")
	program.Stdin, program.Stderr = bytes.NewReader(input), os.Stderr
	output, err := program.Output()
	require.NoError(t, err, "ical.js, from frontend/node_modules")
	var lists [][]found
	require.NoError(t, json.Unmarshal(output, &lists))
	return lists
}

func feedOf(app *testkit.App) string {
	return string(app.As(testkit.Visitor).Get("/calendar.ics?street=" + app.Street.Alliance.Slug).Must(http.StatusOK).Body)
}

// asFound are the dates of the street's own books, in the words of icalJS.
func asFound(t *testing.T, app *testkit.App, to time.Time) (list []string) {
	t.Helper()
	var rows []models.Occurrence
	require.NoError(t, app.DB.Read(app.Ctx()).Where("alliance_id = ? AND starts_at <= ?", app.Street.Alliance.ID, to).Order("starts_at").Find(&rows).Error)
	for _, o := range rows {
		list = append(list, line(o.StartsAt, o.EndsAt, map[bool]string{true: "CANCELLED", false: "CONFIRMED"}[o.State == models.EventStateCancelled]))
	}
	slices.Sort(list)
	return list
}

func line(start, end time.Time, status string) string {
	return start.UTC().Format(time.DateTime) + " " + end.UTC().Format(time.DateTime) + " " + status
}

func lines(dates []found) (list []string) {
	for _, d := range dates {
		list = append(list, line(d.Start, d.End, d.Status))
	}
	slices.Sort(list)
	return list
}

func inBerlin(t *testing.T, app *testkit.App) {
	t.Helper()
	id := app.Street.Alliance.ID
	sql, err := app.DB.SQL()
	require.NoError(t, err)
	_, err = sql.ExecContext(app.Ctx(), "UPDATE alliances SET time_zone = 'Europe/Berlin' WHERE id = ?", id[:])
	require.NoError(t, err)
}

func onDay(e calendar.EventView, n int) string { return "/occurrences/" + e.Occurrences[n].ID.String() }

func TestASeriesIsOneEntryWithItsChanges(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		inBerlin(t, app) // its clock changes twice in the half year
		manager := app.As(testkit.ManagerOf("tea"))
		e := weekly(app, "FREQ=WEEKLY;BYDAY=TU,SA")
		moved, longer, off := e.Occurrences[2], e.Occurrences[30], e.Occurrences[4]
		at := moved.StartsAt.Add(26 * time.Hour)
		manager.Patch(tea(app, onDay(e, 2)), body{"starts_at": at, "ends_at": at.Add(2 * time.Hour)}).Must(http.StatusOK)
		manager.Patch(tea(app, onDay(e, 30)), body{"ends_at": longer.EndsAt.Add(time.Hour)}).Must(http.StatusOK)
		manager.Post(tea(app, onDay(e, 4)+"/cancel"), body{}).Must(http.StatusOK)
		weekly(app, `{"kind":"lunar_digits","digits":[3,6,9]}`)
		to := testkit.Noon.Add(models.SeriesAhead)

		text := feedOf(app)
		dates := icalJS(t, to, text)[0]
		assert.Equal(t, asFound(t, app, to), lines(dates))
		master := entriesOf(readICS(t, text), e.ID)
		require.Len(t, master, 4, "the series, and a date moved, a longer one, one called off")
		assert.Equal(t, "FREQ=WEEKLY;BYDAY=TU,SA", master[""].one(t, "RRULE").value)
		assert.Empty(t, master[""].all("EXDATE"))
		for _, o := range []calendar.OccurrenceView{moved, longer, off} {
			change := master[o.StartsAt.In(berlin(t)).Format("20060102T150405")]
			require.NotNil(t, change)
			assert.Equal(t, "Europe/Berlin", change.one(t, "RECURRENCE-ID").params["TZID"])
			assert.Equal(t, "1", change.one(t, "SEQUENCE").value)
		}

		app.Time.Advance(time.Hour)
		app.As(testkit.ManagerOf("tea")).Patch(tea(app, "/events/"+e.ID.String()+"/series"), body{"title": "喝茶去"}).Must(http.StatusOK)
		again := entriesOf(readICS(t, feedOf(app)), e.ID)
		assert.Equal(t, "1", again[""].one(t, "SEQUENCE").value)
		assert.Equal(t, "喝茶去", again[""].one(t, "SUMMARY").text(t))
		assert.True(t, again[""].one(t, "LAST-MODIFIED").utc(t).Equal(testkit.Noon.Add(time.Hour)))
		for at, change := range again {
			if at != "" {
				assert.Greater(t, change.one(t, "SEQUENCE").value, "1", "a date's grows with its series'")
			}
		}
	})
}

// rhythms are rules of every sort that other programs read too.
var rhythms = []string{
	"FREQ=DAILY", "FREQ=DAILY;INTERVAL=3", "FREQ=DAILY;COUNT=100", "FREQ=DAILY;INTERVAL=2;BYDAY=MO,WE,FR", "FREQ=WEEKLY", "FREQ=WEEKLY;COUNT=40",
	"FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU", "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=TU,SU", "FREQ=WEEKLY;BYDAY=MO;BYHOUR=9,15", "FREQ=WEEKLY;UNTIL=20270601",
	"FREQ=MONTHLY", "FREQ=MONTHLY;BYDAY=1FR", "FREQ=MONTHLY;BYDAY=-1SU,2TU", "FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=MONTHLY;BYMONTHDAY=-1,15", "FREQ=MONTHLY;INTERVAL=5;BYMONTHDAY=7",
	"FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "FREQ=YEARLY", "FREQ=YEARLY;BYMONTH=3,10;BYDAY=-1SU", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "FREQ=YEARLY;INTERVAL=2;BYMONTH=5",
	"RSCALE=GREGORIAN;FREQ=MONTHLY;BYDAY=2SA",
}

// zoneText is how a zone is described in a file.
func zoneText(zone *time.Location, from, to time.Time) string {
	cal := &ics.Calendar{Components: []ics.Component{icszone.Of(zone, from, to)}}
	text := cal.Serialize(ics.WithNewLineWindows)
	return strings.TrimSuffix(strings.TrimPrefix(text, "BEGIN:VCALENDAR\r\n"), "END:VCALENDAR\r\n")
}

func TestOthersFindTheDatesOfARuleFromAnyMomentOn(t *testing.T) {
	zone, form := berlin(t), "20060102T150405"
	to := time.Date(2029, 6, 1, 0, 0, 0, 0, zone)
	var texts []string
	var want [][]string
	for n, text := range rhythms {
		rule, err := recur.Parse([]byte("DTSTART;TZID=Europe/Berlin:20260131T143000\nRRULE:" + text + "\nEXDATE;VALUE=DATE:20270315\nRDATE;TZID=Europe/Berlin:20270402T101500"))
		require.NoError(t, err, text)
		after := time.Date(2026, 2, 1, 0, 0, 0, 0, zone).AddDate(0, 0, 17*n)
		out, ok := rule.Outside(after, time.Time{})
		require.True(t, ok, text)
		lines := []string{"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", zoneText(zone, after, to) + "BEGIN:VEVENT", "UID:x", "DTSTAMP:20260101T000000Z",
			"DTSTART;TZID=Europe/Berlin:" + out.Start.Format(form), "DURATION:PT1H", "STATUS:CONFIRMED", "RRULE:" + out.RRule}
		for _, x := range out.Except {
			lines = append(lines, "EXDATE;TZID=Europe/Berlin:"+x.Format(form))
		}
		for _, x := range out.Extra {
			lines = append(lines, "RDATE;TZID=Europe/Berlin:"+x.Format(form))
		}
		texts = append(texts, strings.Join(append(lines, "END:VEVENT", "END:VCALENDAR", ""), "\r\n"))

		answer, err := rule.Expand(recur.Window{From: almanac.At(after, zone), To: almanac.At(to, zone)})
		require.NoError(t, err)
		var own []string
		for _, wall := range answer.Times {
			if at := rule.Instant(wall, zone); !wall.Before(out.Start) && !at.After(to) {
				own = append(own, line(at, at.Add(time.Hour), "CONFIRMED"))
			}
		}
		want = append(want, own)
	}
	for n, dates := range icalJS(t, to, texts...) {
		assert.Equal(t, want[n], lines(dates), rhythms[n])
	}
}

func berlin(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	return zone
}

// entriesOf are the entries of a series by their RECURRENCE-ID; the series itself has none.
func entriesOf(cal *icsPart, event models.ID) map[string]*icsPart {
	list := map[string]*icsPart{}
	for _, p := range cal.parts {
		if p.name == "VEVENT" && p.all("UID")[0].value == event.String()+"@onestreet" {
			at := ""
			if ids := p.all("RECURRENCE-ID"); len(ids) > 0 {
				at = ids[0].value
			}
			list[at] = p
		}
	}
	return list
}

func TestThisAndFollowingGoesOnUnderTheSameUID(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		manager := app.As(testkit.ManagerOf("tea"))
		e := weekly(app, "FREQ=WEEKLY")
		app.As(testkit.Shopper).Post(signUps(e.Occurrences[12]), body{}).Must(http.StatusCreated) // kept when the rule lacks it
		from := e.Occurrences[10]
		manager.Patch(tea(app, "/events/"+e.ID.String()+"/series"), body{
			"from":    from.ID,
			"pattern": body{"rule": "FREQ=MONTHLY;BYDAY=1SU", "starts_at": Sunday.Format(time.RFC3339), "exdate": []string{"2027-02-07"}, "rdate": []string{"2027-03-10"}},
		}).Must(http.StatusOK)
		to := testkit.Noon.Add(models.SeriesAhead)
		text := feedOf(app)
		assert.Equal(t, asFound(t, app, to), lines(icalJS(t, to, text)[0]))
		series := entriesOf(readICS(t, text), e.ID)
		require.Len(t, series, 1)
		assert.Equal(t, "FREQ=MONTHLY;BYDAY=1SU", series[""].one(t, "RRULE").value)
		assert.Equal(t, "20270207T143000", series[""].one(t, "EXDATE").value)
		assert.Equal(t, "20270310T143000", series[""].one(t, "RDATE").value)

		for _, kind := range []string{`{"kind":"lunar_digits","digits":[3,6,9]}`, "FREQ=WEEKLY;COUNT=5"} {
			app.Time.Advance(time.Hour)
			app.As(testkit.ManagerOf("tea")).Patch(tea(app, "/events/"+e.ID.String()+"/series"), body{"pattern": body{"rule": kind, "starts_at": Sunday.Format(time.RFC3339)}}).Must(http.StatusOK)
			text = feedOf(app)
			series = entriesOf(readICS(t, text), e.ID)
			require.Len(t, series, 1)
			if strings.HasPrefix(kind, "{") {
				assert.Equal(t, "CANCELLED", series[""].one(t, "STATUS").value, "a stale subscription lets the series go")
				continue
			}
			assert.Equal(t, "FREQ=WEEKLY;UNTIL=20261115T063000Z", series[""].one(t, "RRULE").value)
			assert.Equal(t, asFound(t, app, to), lines(icalJS(t, to, text)[0]))
		}
		sequence := series[""].one(t, "SEQUENCE").value
		app.As(testkit.ManagerOf("tea")).Post(tea(app, "/events/"+e.ID.String()+"/cancel"), body{}).Must(http.StatusOK)
		series = entriesOf(readICS(t, feedOf(app)), e.ID)
		require.Len(t, series, 1)
		assert.Equal(t, "CANCELLED", series[""].one(t, "STATUS").value)
		assert.Greater(t, series[""].one(t, "SEQUENCE").value, sequence)
		assert.Empty(t, series[""].all("RRULE"))
	})
}

func TestASeriesCalledOffFromADateOnEndsThere(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		e := weekly(app, "FREQ=WEEKLY")
		desk := calendar.Desk{Alliance: app.Street.Alliance.ID, Store: app.Street.Stores["tea"].ID}
		title := "最后几场"
		_, err := app.Calendar.EditDate(app.Ctx(), desk, e.Occurrences[5].ID, calendar.Edit{Scope: calendar.ScopeFollowing, Change: calendar.Change{Title: &title}})
		require.NoError(t, err)
		_, err = app.Calendar.CallOff(app.Ctx(), desk, e.Occurrences[8].ID, calendar.ScopeFollowing)
		require.NoError(t, err)
		text, to := feedOf(app), testkit.Noon.Add(models.SeriesAhead)
		assert.Equal(t, asFound(t, app, to), lines(icalJS(t, to, text)[0]))
		series := entriesOf(readICS(t, text), e.ID)
		assert.Equal(t, "FREQ=WEEKLY;UNTIL="+e.Occurrences[8].StartsAt.Add(-time.Second).UTC().Format("20060102T150405Z"), series[""].one(t, "RRULE").value)
		assert.Equal(t, title, series[""].one(t, "SUMMARY").text(t))
		assert.Equal(t, "2", series[""].one(t, "SEQUENCE").value)
	})
}

func TestADateThatLeavesTheFeedChangesItsTag(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		weekly(app, `{"kind":"daily"}`)
		path := "/calendar.ics?street=" + app.Street.Alliance.Slug
		app.Time.Advance(70 * 24 * time.Hour)
		tag := app.As(testkit.Visitor).Get(path).Must(http.StatusOK).Header.Get("ETag")
		app.Time.Advance(24 * time.Hour)
		require.NoError(t, app.Calendar.MakeAhead(app.Ctx()))
		app.As(testkit.Visitor).With("If-None-Match", tag).Get(path).Must(http.StatusOK) // one came and one went: as many as before
	})
}

func TestKhalReadsTheFeed(t *testing.T) {
	app := testkit.New(t, db.SQLite)
	inBerlin(t, app)
	manager := app.As(testkit.ManagerOf("tea"))
	e := weekly(app, "FREQ=WEEKLY;BYDAY=TU,SA;UNTIL=20270301")
	at := e.Occurrences[2].StartsAt.Add(26 * time.Hour)
	manager.Patch(tea(app, onDay(e, 2)), body{"starts_at": at, "ends_at": at.Add(2 * time.Hour)}).Must(http.StatusOK)
	manager.Post(tea(app, onDay(e, 4)+"/cancel"), body{}).Must(http.StatusOK)
	weekly(app, `{"kind":"lunar_digits","digits":[3,6,9]}`)
	to := testkit.Noon.Truncate(24*time.Hour).AddDate(0, 5, 0) // khal lists whole days, up to and without the last
	var want []string
	for _, o := range asFound(t, app, to) {
		want = append(want, o[:16]+" "+o[len(o)-9:])
	}

	home := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(home, name)
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		return path
	}
	config := write("config", fmt.Sprintf("[calendars]\n[[street]]\npath = %[1]s/street\n[sqlite]\npath = %[1]s/khal.db\n"+
		"[locale]\nlocal_timezone = UTC\ndefault_timezone = UTC\ntimeformat = %%H:%%M\ndateformat = %%Y-%%m-%%d\nlongdateformat = %%Y-%%m-%%d\ndatetimeformat = %%Y-%%m-%%d %%H:%%M\nlongdatetimeformat = %%Y-%%m-%%d %%H:%%M\n", home))
	khal := func(arguments ...string) string {
		program := exec.CommandContext(t.Context(), "khal", append([]string{"-c", config}, arguments...)...)
		program.Env = append(os.Environ(), "HOME="+home, "XDG_CONFIG_HOME="+home, "XDG_DATA_HOME="+home, "XDG_CACHE_HOME="+home, "LC_ALL=C.UTF-8")
		output, err := program.CombinedOutput()
		require.NoError(t, err, "khal, from Debian's package: %s", output)
		return string(output)
	}
	khal("import", "--batch", "-a", "street", write("feed.ics", feedOf(app)))
	listed := khal("list", "--day-format", "", "--format", "{start-long-full} {status}", testkit.Noon.Format(time.DateOnly), to.AddDate(0, 0, -1).Format(time.DateOnly))
	var got []string
	for _, row := range strings.Split(strings.TrimSpace(listed), "\n") {
		if row = strings.TrimSpace(row); row != "" {
			got = append(got, row)
		}
	}
	slices.Sort(got)
	assert.Equal(t, want, got)
}
