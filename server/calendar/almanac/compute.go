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
	t.observe()
	// The list of terms begins with the 大雪 of the year before, which is term 23.
	for i, moment := range sky.GetJieQiJulianDays() {
		t.terms[observed(julian(moment))] = (i+22)%24 + 1
	}
	return t
}

// observe corrects the one month that the Observatory's table has otherwise: its new moon of September 2057 comes within
// a minute of midnight, and the table lets 九月 begin on the 28th, a day before lunar-go does.
func (t *table) observe() {
	for i, m := range t.months {
		if m.year == 2057 && m.month == 9 && m.first == On(2057, 9, 29) {
			t.months[i-1].length--
			t.months[i].first--
			t.months[i].length++
		}
	}
}

// observed is the day that the Observatory's table gives a solar term, where lunar-go has the neighbouring one: in all
// six the sun is there within minutes of midnight.
func observed(date Date) Date {
	if by, ok := termsOff[date]; ok {
		return date + by
	}
	return date
}

var termsOff = map[Date]Date{
	On(1912, 11, 22): 1,  // 小雪
	On(1913, 9, 23):  1,  // 秋分
	On(1917, 12, 8):  -1, // 大雪
	On(1927, 9, 9):   -1, // 白露
	On(1928, 6, 22):  -1, // 夏至
	On(1979, 1, 20):  1,  // 大寒
}

func julian(moment float64) Date {
	s := lunar.NewSolarFromJulianDay(moment)
	return On(s.GetYear(), time.Month(s.GetMonth()), s.GetDay())
}
