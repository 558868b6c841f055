// Package icszone describes a time zone in a file of RFC 5545, so that other programs tell the same hour from it.
package icszone

import (
	"fmt"
	"slices"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"
)

// local is how a time of the clock on the wall is written.
const local = "20060102T150405"

// zoneYears is how far ahead a zone's changes of the clock are looked at: for a rule by which they go on, and, where there
// is none, to be written one by one.
const zoneYears = 12

// Of describes a zone from a year before what is in it: one observance for each change of the clock, or a single one
// where the clock never changes. The last change to summer time and the last one back say by which rule they come again,
// since a series may go on for ever; where there is no such rule, the changes of some years are written.
func Of(zone *time.Location, from, to time.Time) *ics.VTimezone {
	tz := ics.NewTimezone(zone.String())
	at := from.AddDate(-1, 0, 0).In(zone)
	tz.Components = append(tz.Components, observance(at, ""))
	changes := changesOf(zone, at, to.AddDate(zoneYears, 0, 0))
	later := slices.IndexFunc(changes, func(c time.Time) bool { return c.After(to) })
	if later >= 0 && later+1 < len(changes) {
		there, back := yearly(changes[later:]), yearly(changes[later+1:])
		if there != "" && back != "" {
			rest := []ics.Component{observance(changes[later], there), observance(changes[later+1], back)}
			tz.Components = append(append(tz.Components, plainly(changes[:later])...), rest...)
			return tz
		}
	}
	tz.Components = append(tz.Components, plainly(changes)...)
	return tz
}

func plainly(changes []time.Time) []ics.Component {
	var list []ics.Component
	for _, change := range changes {
		list = append(list, observance(change, ""))
	}
	return list
}

// changesOf lists when a zone's clock changes between two times. Beyond the tables of a zone, which end in 2037, ZoneBounds
// also ends at every new year, and does not go on from the last day of a leap year.
func changesOf(zone *time.Location, from, to time.Time) []time.Time {
	var list []time.Time
	for at := from.In(zone); ; {
		_, next := at.ZoneBounds()
		if next.IsZero() || next.After(to) {
			return list
		}
		if !next.After(at) {
			next = at.AddDate(0, 0, 1)
		}
		_, offset := at.Zone()
		if _, other := next.Zone(); other != offset {
			list = append(list, next)
		}
		at = next
	}
}

// yearly is the rule by which every second change comes again, such as the last Sunday of March at the same hour; empty
// where they follow none.
func yearly(changes []time.Time) string {
	var same []time.Time
	for i := 0; i < len(changes); i += 2 {
		same = append(same, before(changes[i]))
	}
	first := same[0]
	nth, last := (first.Day()-1)/7+1, true
	for i, at := range same {
		if at.Year() != first.Year()+i || at.Month() != first.Month() || at.Weekday() != first.Weekday() || at.Format("1504") != first.Format("1504") {
			return ""
		}
		if (at.Day()-1)/7+1 != nth {
			nth = 0
		}
		last = last && at.AddDate(0, 0, 7).Month() != at.Month()
	}
	switch weekday := strings.ToUpper(first.Weekday().String()[:2]); {
	case len(same) < zoneYears/2:
		return ""
	case last:
		return fmt.Sprintf("FREQ=YEARLY;BYMONTH=%d;BYDAY=-1%s", first.Month(), weekday)
	case nth > 0:
		return fmt.Sprintf("FREQ=YEARLY;BYMONTH=%d;BYDAY=%d%s", first.Month(), nth, weekday)
	}
	return ""
}

// before tells a change of the clock by the clock that ran until then.
func before(change time.Time) time.Time {
	_, offset := change.Add(-time.Second).Zone()
	return change.In(time.FixedZone("", offset))
}

// observance describes the offset that holds at a time, from when it began (RFC 5545, 3.6.5: DTSTART is local time by
// the offset before).
func observance(at time.Time, rule string) ics.Component {
	name, offset := at.Zone()
	begin, from := "19700101T000000", offset
	if start, _ := at.ZoneBounds(); !start.IsZero() && start.Year() > 1970 {
		_, from = start.Add(-time.Second).Zone()
		begin = before(start).Format(local)
	}
	base := ics.ComponentBase{}
	base.SetProperty(ics.ComponentPropertyDtStart, begin)
	base.SetProperty(ics.ComponentProperty(ics.PropertyTzoffsetfrom), offsetText(from))
	base.SetProperty(ics.ComponentProperty(ics.PropertyTzoffsetto), offsetText(offset))
	base.SetProperty(ics.ComponentProperty(ics.PropertyTzname), name)
	if rule != "" {
		base.SetProperty(ics.ComponentPropertyRrule, rule)
	}
	if at.IsDST() {
		return &ics.Daylight{ComponentBase: base}
	}
	return &ics.Standard{ComponentBase: base}
}

// offsetText writes seconds east of UTC as +0800.
func offsetText(seconds int) string {
	return time.Unix(0, 0).In(time.FixedZone("", seconds)).Format("-0700")
}
