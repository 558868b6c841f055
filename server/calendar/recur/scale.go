package recur

import (
	"time"

	"onestreet/server/calendar/almanac"
)

// month is one of a calendar's months.
type month struct {
	year   int
	name   monthName
	first  almanac.Date
	length int
}

func (m month) last() almanac.Date { return m.first + almanac.Date(m.length) - 1 }

// scale is a calendar: the months of its years in order, and which of its years a date lies in.
type scale struct {
	months func(year int) []month
	yearOf func(almanac.Date) int
}

var gregorian = scale{
	months: func(year int) (list []month) {
		for n := time.January; n <= time.December; n++ {
			first := almanac.On(year, n, 1)
			list = append(list, month{year, monthName{number: int(n)}, first, int(almanac.On(year, n+1, 1) - first)})
		}
		return list
	},
	yearOf: func(date almanac.Date) int {
		year, _, _ := date.Civil()
		return year
	},
}

var chinese = scale{
	months: func(year int) (list []month) {
		for _, m := range almanac.Months(year) {
			list = append(list, month{year, monthName{m.Month, m.Leap}, m.First, m.Length})
		}
		return list
	},
	yearOf: func(date almanac.Date) int {
		day, err := almanac.Of(date)
		if err != nil {
			year, _, _ := date.Civil()
			return year
		}
		return day.Lunar.Year
	},
}

// at finds a date's place among the months of its year; -1 where the calendar does not know it.
func (s scale) at(date almanac.Date) (year, index, day int) {
	year = s.yearOf(date)
	for i, m := range s.months(year) {
		if date >= m.first && date <= m.last() {
			return year, i, int(date-m.first) + 1
		}
	}
	return year, -1, 0
}
