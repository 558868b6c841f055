package recur

import (
	"iter"
	"slices"
	"time"

	"github.com/teambition/rrule-go"
)

// quick computes the rules that nearly every event has: every so many days, on days of every so many weeks, on a date or on the
// first Friday of every so many months, and nothing else in the rule. rrule-go would give the same dates (property_test.go holds
// it to that) after building the masks of a whole year for each question, which is most of what a month of a street costs.
type quick struct {
	start time.Time
	base  time.Time // first day of the period that the start lies in, at the start's hour
	every int       // days, or months
	days  []int     // days of a period, from 0, in order; of months: dates
	nth   []rrule.Weekday
	monthly,
	counted bool
}

// quickly makes a rule quick, if it is one of them.
func (p plain) quickly() (quick, bool) {
	o := p.repeat.option
	q := quick{start: p.start, base: p.start, every: o.Interval, counted: p.repeat.count > 0}
	if len(o.Bymonth)+len(o.Byyearday)+len(o.Byweekno)+len(o.Bysetpos)+len(o.Byhour)+len(o.Byminute)+len(o.Bysecond)+len(o.Byeaster) > 0 {
		return q, false
	}
	switch o.Freq {
	case rrule.DAILY:
		q.days = []int{0}
		return q, len(o.Byweekday)+len(o.Bymonthday) == 0
	case rrule.WEEKLY:
		return q.weekly(p, o)
	case rrule.MONTHLY:
		return q.months(o)
	}
	return q, false
}

func (q quick) weekly(p plain, o rrule.ROption) (quick, bool) {
	if len(o.Bymonthday) > 0 {
		return q, false
	}
	q.base, q.every = p.start.Add(-p.intoWeek(o)), 7*o.Interval
	if len(o.Byweekday) == 0 {
		o.Byweekday = []rrule.Weekday{weekdays[p.start.Weekday()]}
	}
	for _, day := range o.Byweekday {
		if day.N() != 0 {
			return q, false
		}
		q.days = append(q.days, (day.Day()-o.Wkst.Day()+7)%7)
	}
	return q.sorted(), true
}

func (q quick) months(o rrule.ROption) (quick, bool) {
	q.monthly = true
	q.base = atHour(time.Date(q.start.Year(), q.start.Month(), 1, 0, 0, 0, 0, time.UTC), q.start)
	switch {
	case len(o.Byweekday) > 0 && len(o.Bymonthday) > 0:
		return q, false
	case len(o.Byweekday) > 0:
		q.nth = o.Byweekday
		return q, !slices.ContainsFunc(q.nth, func(day rrule.Weekday) bool { return day.N() == 0 })
	case len(o.Bymonthday) > 0:
		q.days = slices.Clone(o.Bymonthday)
		return q.sorted(), !slices.ContainsFunc(q.days, func(day int) bool { return day < 1 })
	}
	q.days = []int{q.start.Day()}
	return q, true
}

func (q quick) sorted() quick {
	slices.Sort(q.days)
	q.days = slices.Compact(q.days)
	return q
}

const aDay = 24 * time.Hour

func (q quick) times(r *run) iter.Seq[time.Time] {
	if q.monthly {
		return q.byMonth(r)
	}
	return func(yield func(time.Time) bool) {
		period := time.Duration(q.every) * aDay
		at := q.base
		if ahead := r.from.Sub(at); !q.counted && ahead > 0 {
			at = at.Add(ahead / period * period)
		}
		for r.step() {
			for _, day := range q.days {
				if t := at.Add(time.Duration(day) * aDay); !t.Before(q.start) && !yield(t) {
					return
				}
			}
			at = at.Add(period)
		}
	}
}

func (q quick) byMonth(r *run) iter.Seq[time.Time] {
	return func(yield func(time.Time) bool) {
		at := q.base
		if ahead := (r.from.Year()-at.Year())*12 + int(r.from.Month()-at.Month()); !q.counted && ahead > 0 {
			at = at.AddDate(0, ahead/q.every*q.every, 0)
		}
		var room [8]int
		for r.step() {
			for _, day := range q.datesOf(at, room[:0]) {
				if t := at.Add(time.Duration(day-1) * aDay); !t.Before(q.start) && !yield(t) {
					return
				}
			}
			at = at.AddDate(0, q.every, 0)
		}
	}
}

// datesOf are the rule's days of the month that begins at a day; what the month does not have is left out.
func (q quick) datesOf(first time.Time, dates []int) []int {
	last := first.AddDate(0, 1, -1).Day()
	for _, day := range q.days {
		if day <= last {
			dates = append(dates, day)
		}
	}
	for _, day := range q.nth {
		if date := nthOf(first, last, day); date >= 1 && date <= last {
			dates = append(dates, date)
		}
	}
	if len(q.nth) > 1 {
		slices.Sort(dates)
		dates = slices.Compact(dates)
	}
	return dates
}

// nthOf is the date of the first Friday, or the last Sunday, of a month; one that it does not have lies outside of it.
func nthOf(first time.Time, last int, day rrule.Weekday) int {
	begins := (int(first.Weekday()) + 6) % 7 // from Monday, as the library counts
	if n := day.N(); n > 0 {
		return 1 + (day.Day()-begins+7)%7 + (n-1)*7
	}
	ends := (begins + last - 1) % 7
	return last - (ends-day.Day()+7)%7 + (day.N()+1)*7
}
