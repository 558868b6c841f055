package recur

import (
	"iter"
	"slices"
	"time"

	"onestreet/models"
	"onestreet/server/calendar/almanac"
)

// market is a market rule as a source: the rule's days at its start's hour.
type market struct {
	rule    *models.MarketRule
	start   time.Time
	counted bool // its dates are, from the start
}

func (m market) times(r *run) iter.Seq[time.Time] {
	return func(yield func(time.Time) bool) {
		hour := m.start.Sub(m.start.Truncate(24 * time.Hour))
		for date := m.first(r); date <= r.limit(); date++ {
			day, err := almanac.Of(date)
			if err != nil {
				return
			}
			m.missing(r, day, m.rule)
			if m.rule.Holds(day.Facts()) && !yield(wallOf(date).Add(hour)) {
				return
			}
		}
	}
}

// first is where the look-up begins: at the rule's start when its dates are counted, or at the window.
func (m market) first(r *run) almanac.Date {
	first := almanac.First
	if !m.start.IsZero() {
		first = max(first, DateOf(m.start))
	}
	if !m.counted {
		first = max(first, r.window.From)
	}
	return first
}

// missing notes on a month's last day which of the rule's days the month is too short for.
func (m market) missing(r *run, day almanac.Day, rule *models.MarketRule) {
	if rule.Kind == models.MarketAny {
		for i := range rule.Rules {
			m.missing(r, day, &rule.Rules[i])
		}
		return
	}
	if day.Lunar.Day == day.MonthLength && day.MonthLength == 29 {
		if named := (models.MarketDay{Lunar: next(day.Lunar), Term: day.Term}); lunarKind(rule.Kind) && rule.Holds(named) {
			r.miss(Missing{Lunar: true, Date: named.Lunar, Length: day.MonthLength, last: day.Date})
		}
	}
	if rule.Kind == models.MarketGregorianDays || rule.Kind == models.MarketGregorianDigits {
		m.missingCivil(r, day.Date, rule)
	}
}

func (m market) missingCivil(r *run, date almanac.Date, rule *models.MarketRule) {
	year, month, last := date.Civil()
	if _, _, tomorrow := (date + 1).Civil(); tomorrow != 1 {
		return
	}
	for number := last + 1; number <= 31; number++ {
		if named(rule, number) {
			r.miss(Missing{Date: models.LunarDate{Year: year, Month: int(month), Day: number}, Length: last, last: date})
		}
	}
}

// named tells whether a rule of the Gregorian calendar names a day. A digit names the 30th that February lacks, and not
// the 31st that half of the months lack: nobody expects a market there.
func named(rule *models.MarketRule, number int) bool {
	switch rule.Kind {
	case models.MarketGregorianDays:
		return slices.Contains(rule.Days, number)
	case models.MarketGregorianDigits:
		return number == 30 && slices.Contains(rule.Digits, 10)
	}
	return false
}

func lunarKind(kind models.MarketKind) bool {
	return kind == models.MarketLunarDigits || kind == models.MarketLunarDays || kind == models.MarketLunarYearly
}

func next(d models.LunarDate) models.LunarDate {
	d.Day++
	return d
}
