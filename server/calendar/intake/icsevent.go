package intake

import (
	"cmp"
	"fmt"
	"html"
	"regexp"
	"strconv"
	"strings"
	"time"

	"onestreet/models"
	"onestreet/server/platform/sheet"
)

// entries makes events of a calendar's VEVENTs. Those with a RECURRENCE-ID are dates of another that is in the file, or, when it
// is not, stand alone.
func (r *reader) entries(events []*part, cancelled bool) []Entry {
	var list []Entry
	at := map[string]int{} // the series of a UID
	for _, p := range events {
		if _, isDate := p.first("RECURRENCE-ID"); isDate {
			continue
		}
		e := r.entry(p, cancelled)
		if e.Repeat != nil {
			at[e.UID] = len(list)
		}
		list = append(list, e)
	}
	for _, p := range events {
		of, isDate := p.first("RECURRENCE-ID")
		if !isDate {
			continue
		}
		e := r.entry(p, cancelled)
		if i, found := at[e.UID]; found {
			list[i].move(r, e, of)
			continue
		}
		e.UID += " " + of.Value
		list = append(list, e)
	}
	return list
}

// entry reads a VEVENT by itself.
func (r *reader) entry(p *part, cancelled bool) Entry {
	e := Entry{Line: p.line, UID: p.text("UID"), Off: cancelled || strings.EqualFold(p.text("STATUS"), "CANCELLED")}
	e.Sequence, _ = strconv.Atoi(p.text("SEQUENCE")) // what is no number is no change
	e.Modified = utcOf(cmp.Or(p.text("LAST-MODIFIED"), p.text("DTSTAMP")))
	e.words(p)
	if class := strings.ToUpper(p.text("CLASS")); class == "PRIVATE" || class == "CONFIDENTIAL" {
		e.Private = true
		e.note(remark("private", "CLASS"))
	}
	if p.cut {
		e.note(fault("unfinished", ""))
	}
	if len(p.broken) > 0 {
		e.note(remark("line_broken", "", p.broken[0]))
	}
	r.times(&e, p)
	if e.UID == "" { // RFC 5545 asks for one; what has none is known by what it says
		e.UID = fmt.Sprintf("%s|%s", e.Title, e.StartsAt.Format(time.RFC3339))
	}
	return e
}

func utcOf(text string) time.Time {
	at, err := time.Parse("20060102T150405Z", text)
	if err != nil {
		return time.Time{}
	}
	return at
}

var (
	lineBreaks = regexp.MustCompile(`(?i)<br\s*/?>|</p>|</div>|</li>`)
	anyTag     = regexp.MustCompile(`</?[a-zA-Z][^>]*>`)
)

// words reads an event's texts. Some programs write HTML into DESCRIPTION.
func (e *Entry) words(p *part) {
	e.Title = e.clipped(p.text("SUMMARY"), models.EventTitleMax, "SUMMARY")
	e.Place = e.clipped(p.text("LOCATION"), models.EventPlaceMax, "LOCATION")
	story, _ := p.first("DESCRIPTION")
	text := story.Value
	if anyTag.MatchString(text) {
		text = html.UnescapeString(anyTag.ReplaceAllString(lineBreaks.ReplaceAllString(text, "\n"), ""))
	}
	text = plainLines(text)
	if link := p.text("URL"); link != "" && !strings.Contains(text, link) {
		text = strings.TrimSpace(text + "\n\n" + link)
	}
	e.Story = e.clipped(text, models.EventStoryMax, "DESCRIPTION")
	if e.Title == "" {
		e.note(fault("title_missing", "SUMMARY"))
	}
}

func (e *Entry) clipped(text string, limit int, column string) string {
	short := sheet.Clip(text, limit)
	if short != text {
		e.note(remark("too_long", column, limit))
	}
	return short
}

// plainLines makes each line of a text plain.
func plainLines(text string) string {
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	for i := range lines {
		lines[i] = sheet.Tidy(lines[i])
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// moment is a time by a wall clock, or a day.
type moment struct {
	wall time.Time // as if it were UTC
	zone *time.Location
	day  bool
}

func (m moment) instant() time.Time {
	y, month, d := m.wall.Date()
	return time.Date(y, month, d, m.wall.Hour(), m.wall.Minute(), m.wall.Second(), 0, m.zone).UTC()
}

// in is the moment by another zone's clock; a day is the same everywhere.
func (m moment) in(zone *time.Location) moment {
	if m.day {
		return moment{m.wall, zone, true}
	}
	return wallIn(m.instant(), zone)
}

func wallIn(at time.Time, zone *time.Location) moment {
	at = at.In(zone)
	return moment{time.Date(at.Year(), at.Month(), at.Day(), at.Hour(), at.Minute(), at.Second(), 0, time.UTC), zone, false}
}

var dateTime = regexp.MustCompile(`^\d{8}(T\d{4}(\d{2})?Z?)?$`)

// moment reads a DATE or DATE-TIME of a property.
func (r *reader) moment(p property, value string) (moment, *Problem) {
	value = strings.ToUpper(strings.TrimSpace(value))
	m := moment{zone: r.floating}
	if tzid := p.param("TZID"); tzid != "" {
		if m.zone = r.zone(tzid); m.zone == nil {
			wrong := fault("zone_unknown", p.IANAToken, sheet.Clip(tzid, 60))
			return m, &wrong
		}
	}
	plain, utc := strings.CutSuffix(value, "Z")
	if utc {
		m.zone = time.UTC
	}
	form := "20060102T150405"
	m.day = len(plain) == len("20060102")
	var err error
	if m.wall, err = time.Parse(form[:min(len(form), len(plain))], plain); err != nil {
		code := "date_unread"
		if dateTime.MatchString(value) {
			code = "date_impossible"
		}
		wrong := fault(code, p.IANAToken, sheet.Clip(value, 40))
		return m, &wrong
	}
	if m.day {
		m.zone = r.street.Zone
	}
	return m, nil
}

// supposed is how long an event lasts that does not say.
const supposed = time.Hour

// times reads when an event is, and how it comes again.
func (r *reader) times(e *Entry, p *part) {
	begin, has := p.first("DTSTART")
	if !has {
		e.note(fault("date_missing", "DTSTART"))
		return
	}
	start, wrong := r.moment(begin, begin.Value)
	if wrong != nil {
		e.note(*wrong)
		return
	}
	e.StartsAt, e.AllDay = start.instant(), start.day
	r.end(e, p, start)
	if start.day {
		e.note(remark("all_day", "DTSTART"))
	} else if start.zone.String() != r.street.Zone.String() && start.zone != time.UTC {
		e.note(remark("zone_other", "DTSTART", start.zone.String()))
	}
	r.repeat(e, p, start)
}

// end reads DTEND or DURATION. The end of days is the first day after; here they end a minute before midnight.
func (r *reader) end(e *Entry, p *part, start moment) {
	e.EndsAt = e.StartsAt
	if until, has := p.first("DTEND"); has {
		end, wrong := r.moment(until, until.Value)
		if wrong != nil {
			e.note(*wrong)
			return
		}
		e.EndsAt = end.instant()
	} else if d, ok := duration(p.text("DURATION")); ok {
		e.EndsAt = e.StartsAt.Add(d)
	}
	switch {
	case e.EndsAt.Before(e.StartsAt):
		e.note(fault("end_before_start", "DTEND", clockText(e.EndsAt.In(r.street.Zone))))
	case start.day && e.EndsAt.Equal(e.StartsAt):
		e.EndsAt = moment{start.wall.AddDate(0, 0, 1), start.zone, true}.instant().Add(-time.Minute)
	case start.day:
		e.EndsAt = e.EndsAt.Add(-time.Minute)
	case e.EndsAt.Equal(e.StartsAt):
		e.EndsAt = e.StartsAt.Add(supposed)
		e.note(remark("end_supposed", "DTEND"))
	}
}

func clockText(at time.Time) string { return at.Format("2006-01-02 15:04") }

var durationForm = regexp.MustCompile(`^\+?P(?:(\d{1,3})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,7})S)?)?$`)

// duration reads RFC 5545's, 3.3.6.
func duration(text string) (time.Duration, bool) {
	m := durationForm.FindStringSubmatch(strings.ToUpper(text))
	if m == nil {
		return 0, false
	}
	var d time.Duration
	for i, unit := range []time.Duration{7 * 24 * time.Hour, 24 * time.Hour, time.Hour, time.Minute, time.Second} {
		if n, err := strconv.Atoi(m[i+1]); err == nil {
			d += time.Duration(n) * unit
		}
	}
	return d, d > 0
}
