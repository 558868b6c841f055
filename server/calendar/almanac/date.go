package almanac

import (
	"time"
)

// Date is a day of the Gregorian calendar, counted from 1970-01-01 (which is 0). It has no hour and no zone, so
// adding to it never meets a daylight-saving hour.
type Date int

const layout = "2006-01-02"

// On is the date of a year, month and day; days that the month does not have run on into the next.
func On(year int, month time.Month, day int) Date {
	seconds := time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix()
	return Date(seconds / 86_400)
}

// At is the date on which a moment falls in a zone.
func At(t time.Time, zone *time.Location) Date { return On(t.In(zone).Date()) }

// Parse reads YYYY-MM-DD; a day that does not exist is an error.
func Parse(text string) (Date, error) {
	t, err := time.Parse(layout, text)
	return On(t.Date()), err
}

// String writes YYYY-MM-DD.
func (d Date) String() string { return d.utc().Format(layout) }

// Civil is the date's year, month and day.
func (d Date) Civil() (int, time.Month, int) { return d.utc().Date() }

// Weekday is the date's day of the week: 1970-01-01 was a Thursday.
func (d Date) Weekday() time.Weekday { return time.Weekday((int(d+4)%7 + 7) % 7) }

// Begins is the first moment of the date in a zone.
func (d Date) Begins(zone *time.Location) time.Time {
	year, month, day := d.Civil()
	return time.Date(year, month, day, 0, 0, 0, 0, zone)
}

func (d Date) utc() time.Time { return time.Unix(int64(d)*86_400, 0).UTC() }
