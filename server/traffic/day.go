package traffic

import (
	"time"

	"onestreet/models"
)

// localDay is a date of a street: from its midnight until just before the next one.
type localDay struct {
	alliance   models.ID
	name       string // "2026-10-17"
	from, till time.Time
	zone       *time.Location
}

func dayOf(street models.Alliance, at time.Time) localDay {
	local := street.Local(at)
	from := time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, local.Location())
	return localDay{alliance: street.ID, name: local.Format(time.DateOnly), from: from.UTC(), till: from.AddDate(0, 0, 1).UTC(), zone: local.Location()}
}

func (d localDay) weekday() time.Weekday { return d.from.In(d.zone).Weekday() }

// plus is the day so many days later, or earlier.
func (d localDay) plus(days int) localDay {
	from := d.from.In(d.zone).AddDate(0, 0, days)
	return localDay{alliance: d.alliance, name: from.Format(time.DateOnly), from: from.UTC(), till: from.AddDate(0, 0, 1).UTC(), zone: d.zone}
}

func (d localDay) hour(at time.Time) int { return at.In(d.zone).Hour() }

// quarter divides every hour of every zone.
const quarter = 15 * time.Minute

// span is an hour of the day as the clock on the wall shows it: two hours long where the clock is set back.
func (d localDay) span(hour int) (from, till time.Time) {
	for at := d.from; at.Before(d.till); at = at.Add(quarter) {
		if d.hour(at) != hour {
			continue
		}
		if from.IsZero() {
			from = at
		}
		till = at.Add(quarter)
	}
	return from, till
}
