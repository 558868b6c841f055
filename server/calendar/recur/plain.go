package recur

import (
	"iter"
	"time"

	"github.com/teambition/rrule-go"
)

// plain is an RRULE as rrule-go computes it.
type plain struct {
	repeat *Repeat
	start  time.Time
}

func (p plain) times(r *run) iter.Seq[time.Time] {
	if q, ok := p.quickly(); ok {
		return q.times(r)
	}
	return p.byLibrary(r)
}

func (p plain) byLibrary(r *run) iter.Seq[time.Time] {
	return func(yield func(time.Time) bool) {
		rule, err := rrule.NewRRule(p.from(r.from))
		if err != nil {
			r.err = unclear(p.repeat.text)
			return
		}
		next := rule.Iterator()
		for t, ok := next(); ok && r.step(); t, ok = next() {
			if !yield(t) {
				return
			}
		}
	}
}

// from lets a rule whose dates are not counted begin shortly before the window, at a start that gives the same dates.
func (p plain) from(window time.Time) rrule.ROption {
	o := p.repeat.option
	ahead := window.Sub(p.start)
	if o.Freq == rrule.WEEKLY && len(o.Bysetpos) > 0 {
		o = p.fromItsWeek(o)
	}
	if p.repeat.count > 0 || ahead <= 0 {
		return o
	}
	switch o.Freq {
	case rrule.YEARLY:
		return p.fromYear(o, window)
	case rrule.MONTHLY:
		return p.fromMonth(o, window)
	case rrule.WEEKLY:
		return p.fromWeek(o, ahead)
	}
	step := time.Duration(o.Interval) * unitOf(o.Freq)
	o.Dtstart = p.start.Add(ahead / step * step)
	return o
}

func unitOf(f rrule.Frequency) time.Duration {
	switch f {
	case rrule.DAILY:
		return 24 * time.Hour
	case rrule.HOURLY:
		return time.Hour
	case rrule.MINUTELY:
		return time.Minute
	}
	return time.Second
}

// dayless tells whether the rule takes its day from the start.
func dayless(o rrule.ROption) bool {
	return len(o.Byweekno)+len(o.Byyearday)+len(o.Bymonthday)+len(o.Byweekday) == 0
}

// fromYear begins on 1 January of a year that the rule's interval meets; what it took from the start it names.
func (p plain) fromYear(o rrule.ROption, window time.Time) rrule.ROption {
	if dayless(o) {
		if len(o.Bymonth) == 0 {
			o.Bymonth = []int{int(p.start.Month())}
		}
		o.Bymonthday = []int{p.start.Day()}
	}
	years := max(0, window.Year()-1-p.start.Year()) / o.Interval * o.Interval
	if years == 0 {
		return p.repeat.option
	}
	o.Dtstart = atHour(time.Date(p.start.Year()+years, time.January, 1, 0, 0, 0, 0, time.UTC), p.start)
	return o
}

func (p plain) fromMonth(o rrule.ROption, window time.Time) rrule.ROption {
	if dayless(o) {
		o.Bymonthday = []int{p.start.Day()}
	}
	months := (window.Year()-p.start.Year())*12 + int(window.Month()-p.start.Month()) - 1
	months = max(0, months) / o.Interval * o.Interval
	if months == 0 {
		return p.repeat.option
	}
	o.Dtstart = atHour(time.Date(p.start.Year(), p.start.Month()+time.Month(months), 1, 0, 0, 0, 0, time.UTC), p.start)
	return o
}

// fromWeek begins on the first day of a week that the interval meets.
func (p plain) fromWeek(o rrule.ROption, ahead time.Duration) rrule.ROption {
	const day = 24 * time.Hour
	step := time.Duration(o.Interval) * 7 * day
	weeks := (ahead - 7*day) / step
	if weeks <= 0 {
		return o
	}
	o = p.fromItsWeek(o)
	o.Dtstart = o.Dtstart.Add(weeks * step)
	return o
}

// fromItsWeek begins on the first day of the start's week, on the start's weekday where the rule names none:
// rrule-go would have BYSETPOS choose from what is left of the first week.
func (p plain) fromItsWeek(o rrule.ROption) rrule.ROption {
	if dayless(o) {
		o.Byweekday = []rrule.Weekday{weekdays[p.start.Weekday()]}
	}
	o.Dtstart = p.start.Add(-p.intoWeek(o))
	return o
}

// intoWeek is how many whole days the start lies after the first day of its week.
func (p plain) intoWeek(o rrule.ROption) time.Duration {
	sinceMonday := (int(p.start.Weekday()) + 6) % 7
	return time.Duration((sinceMonday-o.Wkst.Day()+7)%7) * 24 * time.Hour
}

var weekdays = [7]rrule.Weekday{rrule.SU, rrule.MO, rrule.TU, rrule.WE, rrule.TH, rrule.FR, rrule.SA}

func atHour(day, clock time.Time) time.Time {
	return day.Add(clock.Sub(clock.Truncate(24 * time.Hour)))
}
