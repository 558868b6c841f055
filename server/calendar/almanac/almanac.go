// Package almanac knows the days: their lunar date, solar term, festivals and place in the cycle of sixty, and which of
// them are market days of a street.
//
// The moon and the sun are computed by lunar-go, which agrees with the Hong Kong Observatory's tables for 1901–2100 on
// every day but those of one month of 2057 and six solar terms, which are corrected. It is asked once a year of the
// calendar; the answers are kept as a table, so that a day is a look-up and a month of many streets' rules costs nothing. The package imports models only: any feature may use it.
package almanac

import (
	"fmt"
	"sort"
	"sync/atomic"
	"time"

	"onestreet/models"
)

// The first and the last day that the almanac answers for: the span of the Observatory's tables.
var (
	First = On(1901, 1, 1)
	Last  = On(2100, 12, 31)
)

// Day is what the almanac knows of a date.
type Day struct {
	Date
	Lunar       models.LunarDate
	MonthLength int // of the lunar month: 29 or 30
	Sexagenary  int // place in the cycle of sixty: 0 甲子 … 59 癸亥
	Term        int // solar term that begins on this day: 1 小寒 … 24 冬至; 0: none
	civilDay    int // of the Gregorian month
}

// ErrSpan is the answer for days that the almanac does not know: date_out_of_range.
var ErrSpan = models.Fail(models.Invalid, "date_out_of_range",
	"日历只有 1901 年到 2100 年", "The calendar covers the years 1901 to 2100")

// ErrNoSuchDay is the answer for a lunar date that the calendar does not have: lunar_date_unknown.
var ErrNoSuchDay = models.Fail(models.Invalid, "lunar_date_unknown", "农历没有这一天", "The lunar calendar has no such day")

// Of tells a date's day. It returns ErrSpan before 1901 and after 2100.
func Of(date Date) (Day, error) {
	if date < First || date > Last {
		return Day{}, ErrSpan
	}
	at := date.utc()
	return tableOf(at.Year()).days[at.YearDay()-1], nil
}

// OfLunar finds the date of a lunar day. It returns ErrNoSuchDay for a day or leap month that the year does not have,
// and ErrSpan outside 1901–2100.
func OfLunar(want models.LunarDate) (Date, error) {
	if want.Year < 1900 || want.Year > 2100 {
		return 0, ErrSpan
	}
	for _, year := range []int{want.Year, want.Year + 1} { // the twelfth month ends in the next Gregorian year
		for _, m := range tableOf(year).months {
			if m.year == want.Year && m.month == want.Month && m.leap == want.Leap {
				return m.date(want.Day)
			}
		}
	}
	return 0, ErrNoSuchDay
}

// Facts is what a market rule needs to know of the day.
func (d Day) Facts() models.MarketDay {
	return models.MarketDay{Day: d.civilDay, Weekday: d.Weekday(), Branch: d.Sexagenary % 12, Term: d.Term, Number: int(d.Date), Lunar: d.Lunar}
}

// Markets lists the market days of a rule from one date to another, both included. It returns ErrSpan when either lies
// outside 1901–2100.
func Markets(rule models.MarketRule, from, to Date) ([]Date, error) {
	var dates []Date
	for date := from; date <= to; date++ {
		day, err := Of(date)
		if err != nil {
			return nil, err
		}
		if rule.Holds(day.Facts()) {
			dates = append(dates, date)
		}
	}
	return dates, nil
}

// table holds the lunar months, solar terms and days of one Gregorian year.
type table struct {
	months []month // in order; the first begins in the year before
	terms  map[Date]int
	days   []Day
}

type month struct {
	first  Date
	length int
	year   int
	month  int
	leap   bool
}

func (m month) date(day int) (Date, error) {
	if day < 1 || day > m.length {
		return 0, ErrNoSuchDay
	}
	date := m.first + Date(day-1)
	if date < First || date > Last {
		return 0, ErrSpan
	}
	return date, nil
}

var tables [202]atomic.Pointer[table] // from 1900: Of and OfLunar refuse other years

func tableOf(year int) *table {
	kept := &tables[year-1900]
	if t := kept.Load(); t != nil {
		return t
	}
	fresh := compute(year)
	for date := On(year, time.January, 1); date < On(year+1, time.January, 1); date++ {
		fresh.days = append(fresh.days, fresh.day(date))
	}
	kept.Store(fresh) // another may have stored the same before
	return fresh
}

func (t *table) day(date Date) Day {
	i := sort.Search(len(t.months), func(i int) bool { return t.months[i].first > date }) - 1
	m := t.months[i]
	_, _, civilDay := date.Civil()
	return Day{
		Date:        date,
		Lunar:       models.LunarDate{Year: m.year, Month: m.month, Leap: m.leap, Day: int(date-m.first) + 1},
		MonthLength: m.length,
		Sexagenary:  sexagenary(date),
		Term:        t.terms[date],
		civilDay:    civilDay,
	}
}

// sexagenary counts the cycle of sixty, which never breaks: 1970-01-01 was 辛巳 (17).
func sexagenary(date Date) int { return ((int(date)+17)%60 + 60) % 60 }

// String is for messages: 2026-11-07 农历九月廿九.
func (d Day) String() string {
	return fmt.Sprintf("%s 农历%s%s", d.Date, d.Lunar.MonthName().ZH, d.Lunar.DayName().ZH)
}
