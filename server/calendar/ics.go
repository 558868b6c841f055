package calendar

import (
	"context"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"

	"onestreet/models"
)

// icsLocal is a date-time in the zone of its TZID (RFC 5545, 3.3.5, form 3).
const icsLocal = "20060102T150405"

// alarmBefore is when phones ring, in the words of RFC 5545, 3.3.6.
const alarmBefore = "-PT1H"

// ICS writes an occurrence as an iCalendar file (RFC 5545), its texts in the reader's language. UID stays the same for
// ever; SEQUENCE and LAST-MODIFIED grow with every change, so a program that reads it again moves what it has.
// Error: not_found.
func (s *Service) ICS(ctx context.Context, alliance, id models.ID, locale string) (string, models.Occurrence, error) {
	view, err := s.View(ctx, alliance, models.ID{}, id)
	if err != nil {
		return "", models.Occurrence{}, err
	}
	street, err := s.Pool.Alliance(ctx, alliance)
	if err != nil {
		return "", models.Occurrence{}, err
	}
	o, err := s.Occurrence(ctx, alliance, id)
	if err != nil {
		return "", o, err
	}
	cal := ics.NewCalendarFor("Onestreet")
	cal.SetProductId("-//Onestreet//Calendar 1.0//ZH")
	cal.SetCalscale("GREGORIAN")
	cal.SetMethod(ics.MethodPublish)
	cal.SetXWRCalName(plainLine(street.Name))
	zone := street.Location()
	cal.AddVTimezone(timezone(zone, o.StartsAt, o.EndsAt))
	cal.AddVEvent(s.entry(view, o, zone, locale))
	return cal.Serialize(ics.WithNewLineWindows), o, nil
}

func (s *Service) entry(v OccurrenceView, o models.Occurrence, zone *time.Location, locale string) *ics.VEvent {
	host := v.Stores[0].Name
	link := s.PublicURL + "/calendar/" + v.ID.String()
	e := ics.NewEvent(v.ID.String() + "@onestreet")
	e.SetDtStampTime(o.UpdatedAt)
	e.SetCreatedTime(o.CreatedAt)
	e.SetModifiedAt(o.UpdatedAt)
	e.SetSequence(o.Sequence)
	tzid := ics.WithTZID(zone.String())
	e.SetProperty(ics.ComponentPropertyDtStart, v.StartsAt.In(zone).Format(icsLocal), tzid)
	e.SetProperty(ics.ComponentPropertyDtEnd, v.EndsAt.In(zone).Format(icsLocal), tzid)
	e.SetLocation(plainLine(models.Text{ZH: host + "，" + v.Place, EN: host + ", " + v.Place}.In(locale)))
	e.SetDescription(plain(strings.TrimSpace(v.Story + "\n\n" + link)))
	e.SetURL(link)
	if v.State == models.EventStateCancelled {
		e.SetStatus(ics.ObjectStatusCancelled)
		e.SetSummary(plainLine(models.Text{ZH: "取消了：" + v.Title, EN: "Cancelled: " + v.Title}.In(locale)))
		return e
	}
	e.SetStatus(ics.ObjectStatusConfirmed)
	e.SetSummary(plainLine(v.Title))
	ring(e, models.Text{ZH: "一小时后：" + v.Title, EN: "In an hour: " + v.Title}.In(locale))
	return e
}

func ring(e *ics.VEvent, text string) {
	alarm := e.AddAlarm()
	alarm.SetAction(ics.ActionDisplay)
	alarm.SetTrigger(alarmBefore)
	alarm.SetDescription(plainLine(text))
}

// timezone describes a zone for the time that an event covers, with a year around it: one observance for each change
// of the clock, or a single one where the clock never changes.
func timezone(zone *time.Location, from, to time.Time) *ics.VTimezone {
	tz := ics.NewTimezone(zone.String())
	at := from.AddDate(-1, 0, 0).In(zone)
	tz.Components = append(tz.Components, observance(at))
	for {
		_, change := at.ZoneBounds()
		if change.IsZero() || change.After(to.AddDate(1, 0, 0)) {
			return tz
		}
		at = change
		tz.Components = append(tz.Components, observance(at))
	}
}

// observance describes the offset that holds at a time, from when it began (RFC 5545, 3.6.5: DTSTART is local time by
// the offset before).
func observance(at time.Time) ics.Component {
	name, offset := at.Zone()
	begin, before := "19700101T000000", offset
	if start, _ := at.ZoneBounds(); !start.IsZero() && start.Year() > 1970 {
		_, before = start.Add(-time.Second).Zone()
		begin = start.In(time.FixedZone("", before)).Format(icsLocal)
	}
	base := ics.ComponentBase{}
	base.SetProperty(ics.ComponentPropertyDtStart, begin)
	base.SetProperty(ics.ComponentProperty(ics.PropertyTzoffsetfrom), icsOffset(before))
	base.SetProperty(ics.ComponentProperty(ics.PropertyTzoffsetto), icsOffset(offset))
	base.SetProperty(ics.ComponentProperty(ics.PropertyTzname), name)
	if at.IsDST() {
		return &ics.Daylight{ComponentBase: base}
	}
	return &ics.Standard{ComponentBase: base}
}

// icsOffset writes seconds east of UTC as +0800.
func icsOffset(seconds int) string {
	return time.Unix(0, 0).In(time.FixedZone("", seconds)).Format("-0700")
}

// plain takes out what iCalendar text cannot hold: control characters other than the line's end.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		if r != '\n' && (r < ' ' || r == 0x7f) {
			return -1
		}
		return r
	}, text)
}

// plainLine is plain text on one line.
func plainLine(text string) string {
	return strings.Join(strings.Fields(plain(strings.ReplaceAll(text, "\n", " "))), " ")
}
