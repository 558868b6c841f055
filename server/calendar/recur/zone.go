package recur

import (
	"time"
	_ "time/tzdata" // zones of other streets are known on every machine
)

// zoneOf finds a zone by its name. "" and "floating" are no zone. Error: zone_unknown.
func zoneOf(name string) (*time.Location, error) {
	switch name {
	case "", "floating":
		return nil, nil
	case "Local":
		return nil, ErrZone.With(name)
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil, ErrZone.With(name)
	}
	return zone, nil
}

// instant is the moment at which the wall clock of a zone shows a time. It is false for a time that the clock jumps
// over; of two moments it is the earlier.
func instant(wall time.Time, zone *time.Location) (time.Time, bool) {
	year, month, day := wall.Date()
	at := time.Date(year, month, day, wall.Hour(), wall.Minute(), wall.Second(), 0, zone)
	if at.Hour() != wall.Hour() || at.Minute() != wall.Minute() || at.Day() != day {
		return at, false
	}
	start, _ := at.ZoneBounds()
	if start.IsZero() {
		return at, true
	}
	_, before := start.Add(-time.Second).Zone()
	if earlier := time.Unix(wall.Unix()-int64(before), 0).In(zone); earlier.Before(start) {
		return earlier, true
	}
	return at, true
}

// steady tells whether a zone keeps its clock for all of a time by the wall clock, with a day around it.
func steady(zone *time.Location, from, to time.Time) bool {
	_, change := from.AddDate(0, 0, -1).In(zone).ZoneBounds()
	return change.IsZero() || change.After(to.AddDate(0, 0, 1))
}

// wallClock is what the clock shows at a moment, written as if it were UTC.
func wallClock(at time.Time, zone *time.Location) time.Time {
	if zone == nil {
		zone = time.UTC
	}
	at = at.In(zone)
	year, month, day := at.Date()
	return time.Date(year, month, day, at.Hour(), at.Minute(), at.Second(), 0, time.UTC)
}
