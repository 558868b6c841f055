package almanac

import (
	"time"

	lunar "github.com/6tail/lunar-go/calendar"
)

// compute asks lunar-go for the months and terms that touch a Gregorian year. Its year begins with the month of the
// winter solstice before and goes on for fifteen months.
func compute(year int) *table {
	sky := lunar.NewLunarYear(year)
	t := &table{terms: map[Date]int{}}
	for e := sky.GetMonths().Front(); e != nil; e = e.Next() {
		m := e.Value.(*lunar.LunarMonth)
		t.months = append(t.months, month{
			first: julian(m.GetFirstJulianDay()), length: m.GetDayCount(),
			year: m.GetYear(), month: max(m.GetMonth(), -m.GetMonth()), leap: m.IsLeap(),
		})
	}
	// The list of terms begins with the 大雪 of the year before, which is term 23.
	for i, moment := range sky.GetJieQiJulianDays() {
		t.terms[julian(moment)] = (i+22)%24 + 1
	}
	return t
}

func julian(moment float64) Date {
	s := lunar.NewSolarFromJulianDay(moment)
	return On(s.GetYear(), time.Month(s.GetMonth()), s.GetDay())
}
