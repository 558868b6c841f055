package recur

import (
	"cmp"
	"iter"
	"slices"
	"time"

	"github.com/teambition/rrule-go"

	"onestreet/models"
	"onestreet/server/calendar/almanac"
)

// scaled is an RRULE of RFC 7529, computed month by month: SKIP moves first months that a year does not have, then days
// that a month does not have, and dates that fall together are one.
type scaled struct {
	Repeat
	scale
	start      time.Time
	month      monthName // in which the start lies
	day        int
	firstYear  int
	firstMonth int // index among the year's months
	hours      []time.Duration
}

func newScaled(p Repeat, start time.Time) *scaled {
	s := &scaled{Repeat: p, scale: gregorian, start: start, hours: hoursOf(p.option, start)}
	if p.lunar {
		s.scale = chinese
	}
	var index int
	s.firstYear, index, s.day = s.at(DateOf(start))
	if index >= 0 {
		s.firstMonth, s.month = index, s.months(s.firstYear)[index].name
	}
	return s
}

// hoursOf is the times of day of the rule, in order.
func hoursOf(o rrule.ROption, start time.Time) []time.Duration {
	var list []time.Duration
	for _, h := range orElse(o.Byhour, start.Hour()) {
		for _, m := range orElse(o.Byminute, start.Minute()) {
			for _, s := range orElse(o.Bysecond, start.Second()) {
				list = append(list, time.Duration(h)*time.Hour+time.Duration(m)*time.Minute+time.Duration(s)*time.Second)
			}
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

func orElse(list []int, n int) []int {
	if len(list) > 0 {
		return list
	}
	return []int{n}
}

func (s *scaled) times(r *run) iter.Seq[time.Time] {
	return func(yield func(time.Time) bool) {
		var last time.Time
		for dates := range s.periods(r) {
			for _, t := range s.chosen(dates) {
				if !t.After(last) {
					continue // moved onto a day that has been
				}
				if last = t; !yield(t) {
					return
				}
			}
		}
	}
}

// chosen gives a period's dates their hours and keeps what BYSETPOS names.
func (s *scaled) chosen(dates []almanac.Date) []time.Time {
	slices.Sort(dates)
	var all []time.Time
	for _, date := range slices.Compact(dates) {
		for _, hour := range s.hours {
			all = append(all, wallOf(date).Add(hour))
		}
	}
	if len(s.option.Bysetpos) == 0 {
		return all
	}
	var some []time.Time
	for _, n := range s.option.Bysetpos {
		if n < 0 {
			n += len(all) + 1
		}
		if n >= 1 && n <= len(all) {
			some = append(some, all[n-1])
		}
	}
	slices.SortFunc(some, time.Time.Compare)
	return slices.CompactFunc(some, time.Time.Equal)
}

// periods yields the dates of one year, month, week or day after the other.
func (s *scaled) periods(r *run) iter.Seq[[]almanac.Date] {
	switch s.option.Freq {
	case rrule.YEARLY:
		return s.years(r)
	case rrule.MONTHLY:
		return s.eachMonth(r)
	case rrule.WEEKLY:
		return s.weeks(r)
	}
	return s.eachDay(r)
}

func (s *scaled) years(r *run) iter.Seq[[]almanac.Date] {
	return func(yield func([]almanac.Date) bool) {
		for year := s.firstYear; ; year += s.option.Interval {
			months := s.months(year)
			if len(months) == 0 || months[0].first > r.limit() || !r.step() || !yield(s.yearly(r, year, months)) {
				return
			}
		}
	}
}

func (s *scaled) eachMonth(r *run) iter.Seq[[]almanac.Date] {
	return func(yield func([]almanac.Date) bool) {
		wait := 0
		for year, from := s.firstYear, s.firstMonth; ; year, from = year+1, 0 {
			months := s.months(year)
			if len(months) == 0 || months[0].first > r.limit() {
				return
			}
			for _, m := range months[from:] {
				if wait > 0 {
					wait--
					continue
				}
				wait = s.option.Interval - 1
				if !r.step() || (s.means(m.name) && !yield(s.monthly(r, m))) {
					return
				}
			}
		}
	}
}

func (s *scaled) weeks(r *run) iter.Seq[[]almanac.Date] {
	return func(yield func([]almanac.Date) bool) {
		first := DateOf(s.start)
		back := (int(first.Weekday()) + 6 - s.option.Wkst.Day() + 7) % 7
		for week := first - almanac.Date(back); week <= r.limit() && r.step(); week += almanac.Date(7 * s.option.Interval) {
			var dates []almanac.Date
			for date := week; date < week+7; date++ {
				if s.weekly(date) {
					dates = append(dates, date)
				}
			}
			if !yield(dates) {
				return
			}
		}
	}
}

func (s *scaled) weekly(date almanac.Date) bool {
	if len(s.option.Byweekday) == 0 && date.Weekday() != s.start.Weekday() {
		return false
	}
	_, index, _ := s.at(date)
	return index >= 0 && s.onWeekday(date) && s.inMonths(date)
}

func (s *scaled) eachDay(r *run) iter.Seq[[]almanac.Date] {
	return func(yield func([]almanac.Date) bool) {
		for date := DateOf(s.start); date <= r.limit() && r.step(); date += almanac.Date(s.option.Interval) {
			if s.onWeekday(date) && s.inMonths(date) && s.onMonthDay(date) && !yield([]almanac.Date{date}) {
				return
			}
		}
	}
}

func (s *scaled) means(name monthName) bool {
	return len(s.byMonth) == 0 || slices.Contains(s.byMonth, name)
}

func (s *scaled) inMonths(date almanac.Date) bool {
	if len(s.byMonth) == 0 {
		return true
	}
	year, index, _ := s.at(date)
	return index >= 0 && s.means(s.months(year)[index].name)
}

func (s *scaled) onWeekday(date almanac.Date) bool {
	return len(s.option.Byweekday) == 0 || slices.ContainsFunc(s.option.Byweekday, func(d rrule.Weekday) bool { return isDay(date, d) })
}

func (s *scaled) onMonthDay(date almanac.Date) bool {
	if len(s.option.Bymonthday) == 0 {
		return true
	}
	year, index, day := s.at(date)
	return index >= 0 && slices.ContainsFunc(s.option.Bymonthday, func(n int) bool {
		return n == day || n == day-s.months(year)[index].length-1
	})
}

func isDay(date almanac.Date, d rrule.Weekday) bool { return (int(date.Weekday())+6)%7 == d.Day() }

// yearly is the dates of a year.
func (s *scaled) yearly(r *run, year int, months []month) []almanac.Date {
	o := s.option
	whole := month{year: year, first: months[0].first, length: lengthOf(months)}
	switch {
	case len(o.Byyearday) > 0:
		return slices.DeleteFunc(s.numbered(r, whole, o.Byyearday), func(d almanac.Date) bool {
			return !s.onWeekday(d) || !s.inMonths(d) || !s.onMonthDay(d)
		})
	case len(s.byMonth) == 0 && len(o.Bymonthday) == 0 && len(o.Byweekday) > 0:
		return s.weekdaysOf(whole)
	}
	var dates []almanac.Date
	for _, m := range s.monthsOf(year, months) {
		dates = append(dates, s.monthly(r, m)...)
	}
	return dates
}

func lengthOf(months []month) int {
	last := months[len(months)-1]
	return int(last.last()-months[0].first) + 1
}

// monthsOf is the months of a year that the rule means, those that it does not have moved by SKIP.
func (s *scaled) monthsOf(year int, months []month) []month {
	names := s.byMonth
	if len(names) == 0 && len(s.option.Bymonthday) > 0 {
		return months
	}
	if len(names) == 0 {
		names = []monthName{s.month}
	}
	var list []month
	for _, name := range names {
		if m, ok := s.find(year, months, name); ok {
			list = append(list, m)
		}
	}
	slices.SortFunc(list, func(a, b month) int { return cmp.Compare(a.first, b.first) })
	return slices.Compact(list)
}

func (s *scaled) find(year int, months []month, name monthName) (month, bool) {
	if i := slices.IndexFunc(months, func(m month) bool { return m.name == name }); i >= 0 {
		return months[i], true
	}
	before := slices.IndexFunc(months, func(m month) bool { return m.name == monthName{number: name.number} })
	switch {
	case !name.leap || before < 0 || s.skip == "OMIT":
		return month{}, false
	case s.skip == "BACKWARD":
		return months[before], true
	case before+1 < len(months):
		return months[before+1], true
	}
	following := s.months(year + 1)
	if len(following) == 0 {
		return month{}, false
	}
	return following[0], true
}

// monthly is the dates of a month.
func (s *scaled) monthly(r *run, m month) []almanac.Date {
	o := s.option
	if len(o.Bymonthday) == 0 && len(o.Byweekday) > 0 {
		return s.weekdaysOf(m)
	}
	days := o.Bymonthday
	if len(days) == 0 {
		days = []int{s.day}
	}
	dates := s.numbered(r, m, days)
	if len(o.Byweekday) == 0 {
		return dates
	}
	weekdays := s.weekdaysOf(m)
	return slices.DeleteFunc(dates, func(d almanac.Date) bool { return !slices.Contains(weekdays, d) })
}

// numbered is the days of a month or year by number, from its end when negative; SKIP moves those that it does not have.
func (s *scaled) numbered(r *run, m month, numbers []int) []almanac.Date {
	var dates []almanac.Date
	for _, n := range numbers {
		day := n
		if n < 0 {
			day = m.length + 1 + n
		}
		if date, ok := s.moved(m, day); ok {
			dates = append(dates, date)
		} else if n == 30 && s.lunar && m.length == 29 {
			r.miss(Missing{Lunar: true, Date: lunarDate(m, n), Length: m.length, last: m.last()})
		}
	}
	return dates
}

func lunarDate(m month, day int) models.LunarDate {
	return models.LunarDate{Year: m.year, Month: m.name.number, Leap: m.name.leap, Day: day}
}

func (s *scaled) moved(m month, day int) (almanac.Date, bool) {
	if day >= 1 && day <= m.length {
		return m.first + almanac.Date(day) - 1, true
	}
	switch after := day > m.length; {
	case s.skip == "OMIT":
		return 0, false
	case s.skip == "FORWARD" && after:
		return m.last() + 1, true
	case s.skip == "FORWARD":
		return m.first, true
	case after:
		return m.last(), true
	}
	return m.first - 1, true
}

// weekdaysOf is the days of BYDAY in a month or year: every Monday, or the second, or the last.
func (s *scaled) weekdaysOf(m month) []almanac.Date {
	var dates []almanac.Date
	for _, d := range s.option.Byweekday {
		var all []almanac.Date
		for date := m.first; date <= m.last(); date++ {
			if isDay(date, d) {
				all = append(all, date)
			}
		}
		switch n := d.N(); {
		case n == 0:
			dates = append(dates, all...)
		case n > 0 && n <= len(all):
			dates = append(dates, all[n-1])
		case n < 0 && -n <= len(all):
			dates = append(dates, all[len(all)+n])
		}
	}
	return dates
}
