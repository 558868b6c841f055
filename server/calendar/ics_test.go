package calendar_test

import (
	"net/http"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/calendar"
	"onestreet/server/testkit"
)

// The reader below is written from RFC 5545 alone and shares nothing with what writes the files.

// icsLine is one content line: name, parameters, value (3.1).
type icsLine struct {
	name   string
	params map[string]string
	value  string
}

// icsPart is a component with its lines and parts.
type icsPart struct {
	name  string
	lines []icsLine
	parts []*icsPart
}

func readICS(t *testing.T, text string) *icsPart {
	t.Helper()
	require.True(t, utf8.ValidString(text), "UTF-8 (3.1.4)")
	require.True(t, strings.HasSuffix(text, "\r\n"), "the last line ends, too")
	require.NotContains(t, strings.ReplaceAll(text, "\r\n", ""), "\n", "lines end with CRLF (3.1)")
	require.NotContains(t, strings.ReplaceAll(text, "\r\n", ""), "\r", "lines end with CRLF (3.1)")
	for _, physical := range strings.Split(text, "\r\n") {
		require.LessOrEqual(t, len(physical), 75, "75 octets a line without its end (3.1): %q", physical)
		require.True(t, utf8.ValidString(physical), "a character is not cut in two: %q", physical)
	}
	root := &icsPart{}
	open := []*icsPart{root}
	for _, raw := range strings.Split(strings.TrimSuffix(strings.ReplaceAll(text, "\r\n ", ""), "\r\n"), "\r\n") {
		line := readLine(t, raw)
		top := open[len(open)-1]
		switch line.name {
		case "BEGIN":
			part := &icsPart{name: line.value}
			top.parts = append(top.parts, part)
			open = append(open, part)
		case "END":
			require.Equal(t, top.name, line.value, "parts are closed in order")
			open = open[:len(open)-1]
		default:
			top.lines = append(top.lines, line)
		}
	}
	require.Len(t, open, 1, "everything is closed")
	require.Len(t, root.parts, 1)
	return root.parts[0]
}

func readLine(t *testing.T, raw string) icsLine {
	t.Helper()
	head, value, found := strings.Cut(raw, ":")
	require.True(t, found, "%q", raw)
	fields := strings.Split(head, ";")
	line := icsLine{name: fields[0], params: map[string]string{}, value: value}
	for _, p := range fields[1:] {
		k, v, _ := strings.Cut(p, "=")
		line.params[k] = v
	}
	return line
}

func (p *icsPart) all(name string) (found []icsLine) {
	for _, l := range p.lines {
		if l.name == name {
			found = append(found, l)
		}
	}
	return found
}

// one is a property that stands exactly once.
func (p *icsPart) one(t *testing.T, name string) icsLine {
	t.Helper()
	found := p.all(name)
	require.Len(t, found, 1, "%s of %s", name, p.name)
	return found[0]
}

func (p *icsPart) part(t *testing.T, name string) *icsPart {
	t.Helper()
	for _, c := range p.parts {
		if c.name == name {
			return c
		}
	}
	t.Fatalf("%s has no %s", p.name, name)
	return nil
}

// text undoes the escapes of TEXT (3.3.11).
func (l icsLine) text(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	for i := 0; i < len(l.value); i++ {
		c := l.value[i]
		require.NotContains(t, ";,", string(c), "a bare %q in %s", c, l.name)
		if c != '\\' {
			b.WriteByte(c)
			continue
		}
		i++
		require.Less(t, i, len(l.value))
		switch l.value[i] {
		case 'n', 'N':
			b.WriteByte('\n')
		case '\\', ';', ',':
			b.WriteByte(l.value[i])
		default:
			t.Fatalf("escape \\%c in %s", l.value[i], l.name)
		}
	}
	return b.String()
}

func (l icsLine) utc(t *testing.T) time.Time {
	t.Helper()
	at, err := time.Parse("20060102T150405Z", l.value)
	require.NoError(t, err, l.name)
	return at
}

// local reads a date-time by the zone that the file itself describes: the observance that began last (3.6.5).
func (l icsLine) local(t *testing.T, cal *icsPart) time.Time {
	t.Helper()
	zone := cal.part(t, "VTIMEZONE")
	require.Equal(t, zone.one(t, "TZID").value, l.params["TZID"], "the zone of %s is described", l.name)
	at, err := time.Parse("20060102T150405", l.value)
	require.NoError(t, err)
	offset, since := "", ""
	for _, o := range zone.parts {
		require.Contains(t, []string{"STANDARD", "DAYLIGHT"}, o.name)
		begin := o.one(t, "DTSTART").value
		require.NotEmpty(t, o.one(t, "TZOFFSETFROM").value)
		if begin <= l.value && begin >= since {
			since, offset = begin, o.one(t, "TZOFFSETTO").value
		}
	}
	require.NotEmpty(t, offset, "an observance holds at %s", l.value)
	shift, err := time.Parse("-0700", offset)
	require.NoError(t, err)
	_, seconds := shift.Zone()
	return at.Add(-time.Duration(seconds) * time.Second)
}

func fetchICS(t *testing.T, app *testkit.App, o calendar.OccurrenceView, locale string) *icsPart {
	t.Helper()
	r := app.As(testkit.Visitor).In(locale).Get(strings.TrimPrefix(o.ICSURL, "/api/v1")).Must(http.StatusOK)
	assert.Equal(t, "text/calendar; charset=utf-8", r.Header.Get("Content-Type"))
	return readICS(t, string(r.Body))
}

func TestAnOccurrenceOpensInACalendarProgram(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		e := tasting(app, 20)
		o := e.Occurrences[0]
		cal := fetchICS(t, app, o, "zh-CN")
		assert.Equal(t, "VCALENDAR", cal.name)
		assert.Equal(t, "2.0", cal.one(t, "VERSION").value)
		assert.NotEmpty(t, cal.one(t, "PRODID").value)
		assert.Equal(t, "PUBLISH", cal.one(t, "METHOD").value)

		event := cal.part(t, "VEVENT")
		assert.Equal(t, o.ID.String()+"@onestreet", event.one(t, "UID").value)
		assert.True(t, event.one(t, "DTSTART").local(t, cal).Equal(Sunday))
		assert.Equal(t, "20261018T143000", event.one(t, "DTSTART").value, "the street's wall clock")
		assert.Equal(t, "Asia/Shanghai", event.one(t, "DTSTART").params["TZID"])
		assert.True(t, event.one(t, "DTEND").local(t, cal).Equal(Sunday.Add(90*time.Minute)))
		assert.Equal(t, "认一认秋天的茶", event.one(t, "SUMMARY").text(t))
		assert.Equal(t, "清和茶馆，二楼靠窗", event.one(t, "LOCATION").text(t))
		assert.Equal(t, "老吴泡\n\nhttp://street.test/calendar/"+o.ID.String(), event.one(t, "DESCRIPTION").text(t))
		assert.Equal(t, "CONFIRMED", event.one(t, "STATUS").value)
		assert.Equal(t, "0", event.one(t, "SEQUENCE").value)
		assert.True(t, event.one(t, "DTSTAMP").utc(t).Equal(testkit.Noon))
		assert.True(t, event.one(t, "LAST-MODIFIED").utc(t).Equal(testkit.Noon))

		alarm := event.part(t, "VALARM")
		assert.Equal(t, "DISPLAY", alarm.one(t, "ACTION").value)
		assert.Equal(t, "-PT1H", alarm.one(t, "TRIGGER").value)
		assert.Equal(t, "一小时后：认一认秋天的茶", alarm.one(t, "DESCRIPTION").text(t))
		assert.Empty(t, alarm.all("UID"))

		zone := cal.part(t, "VTIMEZONE").part(t, "STANDARD")
		assert.Equal(t, "+0800", zone.one(t, "TZOFFSETTO").value)
		assert.Equal(t, "+0900", zone.one(t, "TZOFFSETFROM").value, "China's clock last changed in 1991")
		assert.Equal(t, "19910915T020000", zone.one(t, "DTSTART").value)
		assert.Len(t, cal.part(t, "VTIMEZONE").parts, 1, "and does not change any more")
	})
}

func TestAChangeKeepsTheUIDAndRaisesTheSequence(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		e := tasting(app, 20)
		o := e.Occurrences[0]
		first := fetchICS(t, app, o, "zh-CN").part(t, "VEVENT")
		app.Time.Advance(time.Hour)
		later := Sunday.Add(3 * time.Hour)
		app.As(testkit.ManagerOf("tea")).Patch(tea(app, "/events/"+e.ID.String()), body{"starts_at": later, "ends_at": later.Add(time.Hour)}).Must(http.StatusOK)
		cal := fetchICS(t, app, o, "zh-CN")
		moved := cal.part(t, "VEVENT")
		assert.Equal(t, first.one(t, "UID").value, moved.one(t, "UID").value)
		assert.Equal(t, "1", moved.one(t, "SEQUENCE").value)
		assert.True(t, moved.one(t, "DTSTART").local(t, cal).Equal(later))
		assert.True(t, moved.one(t, "LAST-MODIFIED").utc(t).Equal(testkit.Noon.Add(time.Hour)))
		assert.True(t, moved.one(t, "CREATED").utc(t).Equal(testkit.Noon))

		app.As(testkit.ManagerOf("tea")).Post(tea(app, "/events/"+e.ID.String()+"/cancel"), nil).Must(http.StatusOK)
		off := fetchICS(t, app, o, "zh-CN").part(t, "VEVENT")
		assert.Equal(t, "CANCELLED", off.one(t, "STATUS").value)
		assert.Equal(t, "2", off.one(t, "SEQUENCE").value)
		assert.Equal(t, "取消了：认一认秋天的茶", off.one(t, "SUMMARY").text(t))
		assert.Empty(t, off.parts, "nothing rings for what is off")
		assert.Equal(t, first.one(t, "UID").value, off.one(t, "UID").value)
	})
}

func TestTextsAreEscapedAndFolded(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		title := `茶; 酒, 花 \n "引号" BEGIN:VEVENT`
		story := strings.Repeat("老吴说：水开了先烫杯子，再放茶叶；三泡以后才算数。", 12) + "\r\nEND:VEVENT\nSTATUS:CANCELLED\t收\x00尾" + strings.Repeat("a", 200)
		var e calendar.EventView
		app.As(testkit.ManagerOf("tea")).Post(tea(app, "/events"), plan(20).with("title", title).with("story", story)).Must(http.StatusCreated).Into(&e)
		cal := fetchICS(t, app, e.Occurrences[0], "zh-CN")
		event := cal.part(t, "VEVENT")
		assert.Equal(t, title, event.one(t, "SUMMARY").text(t))
		assert.Contains(t, event.one(t, "DESCRIPTION").text(t), "END:VEVENT\nSTATUS:CANCELLED收尾aaa", "control characters are taken out, lines stay lines")
		assert.Equal(t, "CONFIRMED", event.one(t, "STATUS").value)
		assert.Len(t, cal.parts, 2, "a zone and one event, whatever the text says")
	})
}

func TestAStreetWhoseClockChangesSaysWhen(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		sql, err := app.DB.SQL()
		require.NoError(t, err)
		id := app.Street.Alliance.ID
		_, err = sql.ExecContext(app.Ctx(), "UPDATE alliances SET time_zone = 'Europe/Berlin' WHERE id = ?", id[:])
		require.NoError(t, err)
		for _, start := range []time.Time{ // before and after the clock goes back on 25 October 2026 at 01:00 UTC
			time.Date(2026, 10, 24, 8, 0, 0, 0, time.UTC), time.Date(2026, 10, 25, 8, 0, 0, 0, time.UTC),
			time.Date(2027, 3, 28, 0, 30, 0, 0, time.UTC), time.Date(2027, 3, 28, 1, 30, 0, 0, time.UTC), time.Date(2027, 7, 1, 8, 0, 0, 0, time.UTC),
		} {
			var e calendar.EventView
			p := plan(5).with("starts_at", start).with("ends_at", start.Add(26*time.Hour))
			app.As(testkit.ManagerOf("tea")).Post(tea(app, "/events"), p).Must(http.StatusCreated).Into(&e)
			cal := fetchICS(t, app, e.Occurrences[0], "zh-CN")
			event := cal.part(t, "VEVENT")
			assert.True(t, event.one(t, "DTSTART").local(t, cal).Equal(start), "%s is written as %s", start, event.one(t, "DTSTART").value)
			assert.True(t, event.one(t, "DTEND").local(t, cal).Equal(start.Add(26*time.Hour)), start)
			var daylight []string
			for _, o := range cal.part(t, "VTIMEZONE").parts {
				if o.name == "DAYLIGHT" {
					daylight = append(daylight, o.one(t, "DTSTART").value)
					assert.Equal(t, "+0100", o.one(t, "TZOFFSETFROM").value)
					assert.Equal(t, "+0200", o.one(t, "TZOFFSETTO").value)
				}
			}
			assert.Contains(t, daylight, "20260329T020000", "local time by the offset before")
		}
	})
}

func TestTheFileSpeaksTheReadersLanguage(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		o := tasting(app, 20).Occurrences[0]
		event := fetchICS(t, app, o, "en").part(t, "VEVENT")
		assert.Equal(t, "清和茶馆, 二楼靠窗", event.one(t, "LOCATION").text(t))
		assert.Equal(t, "In an hour: 认一认秋天的茶", event.part(t, "VALARM").one(t, "DESCRIPTION").text(t))
	})
}

func TestAnIcsThatIsNotThere(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		o := tasting(app, 20).Occurrences[0]
		app.As(testkit.Visitor).Get("/occurrences/"+models.NewID().String()+"/event.ics").Refused(http.StatusNotFound, "not_found")
		app.As(testkit.Visitor).Get("/occurrences/x/event.ics").Refused(http.StatusNotFound, "not_found")
		app.As(testkit.OtherCoordinator).Get("/occurrences/"+o.ID.String()+"/event.ics").Refused(http.StatusNotFound, "not_found")
	})
}
