package models

import (
	"slices"
	"time"
)

// MarketKind sorts the rules by which towns hold market (赶集, 赶场, 赶圩, 赶街).
type MarketKind string

// The kinds of market rules, as towns tell them.
const (
	MarketNone            MarketKind = ""                 // the street has no market day
	MarketDaily           MarketKind = "daily"            // 天天
	MarketLunarDigits     MarketKind = "lunar_digits"     // 农历逢三六九; 10 is a day that ends in 0
	MarketGregorianDigits MarketKind = "gregorian_digits" // 公历逢 3、8
	MarketLunarDays       MarketKind = "lunar_days"       // 农历初一、十五
	MarketGregorianDays   MarketKind = "gregorian_days"   // 每月 8、18、28 日
	MarketWeekdays        MarketKind = "weekdays"         // 每周二、五
	MarketBranches        MarketKind = "branches"         // 逢卯、酉日: every six or twelve days, or 空三赶四
	MarketLunarYearly     MarketKind = "lunar_yearly"     // once a year: 二月初六
	MarketTerms           MarketKind = "solar_terms"      // on the day of 清明, 冬至
	MarketEveryDays       MarketKind = "every_days"       // 七天一场, counted from a day on which there was one
	MarketAny             MarketKind = "any"              // several of them: 逢三六九, and the fair of 二月初六
)

// MarketRule says on which days the street holds market. Only the fields of its kind are used.
//
// A leap month counts its days anew, so digit and day rules hold in it again; a yearly fair is held once, in the
// ordinary month. Leap says otherwise where a town does. Branch rules, solar terms and counted days do not notice the
// moon. In a month without a 30th, 逢十 has no market on that day: nothing is moved to the 29th.
type MarketRule struct {
	Kind     MarketKind
	Digits   []int          // 1–10; 10 is a day that ends in 0
	Days     []int          // days of a month: 1–30 lunar, 1–31 Gregorian
	Weekdays []time.Weekday // of MarketWeekdays
	Branches []int          // 0 子 … 11 亥
	Dates    [][2]int       // lunar month 1–12 and day 1–30, of MarketLunarYearly
	Leap     *bool          // whether lunar rules hold in leap months too; nil: as above
	Terms    []int          // solar terms: 1 小寒 … 24 冬至
	Every    int            // 1–366 days, of MarketEveryDays
	Since    time.Time      // a market day of MarketEveryDays, at midnight UTC
	Rules    []MarketRule   // of MarketAny
}

// MarketDay is what a rule needs to know of a day.
type MarketDay struct {
	Day     int // of the Gregorian month
	Weekday time.Weekday
	Branch  int // earthly branch of the day: 0 子 … 11 亥
	Term    int // solar term that begins on the day: 1–24; 0: none
	Number  int // days since 1970-01-01
	Lunar   LunarDate
}

// ErrMarketRule is the answer to a rule that cannot be read: market_rule_invalid.
var ErrMarketRule = Fail(Invalid, "market_rule_invalid",
	"集日没看懂：写成 3,6,9 这样的农历尾数，或写明是哪一种", "The market rule is not clear: write lunar digits such as 3,6,9, or name its kind")

// Holds tells whether there is a market on the day.
func (r MarketRule) Holds(d MarketDay) bool {
	switch r.Kind {
	case MarketDaily:
		return true
	case MarketLunarDigits:
		return r.inMonth(d.Lunar, true) && slices.Contains(r.Digits, lastDigit(d.Lunar.Day))
	case MarketGregorianDigits:
		return slices.Contains(r.Digits, lastDigit(d.Day))
	case MarketLunarDays:
		return r.inMonth(d.Lunar, true) && slices.Contains(r.Days, d.Lunar.Day)
	case MarketGregorianDays:
		return slices.Contains(r.Days, d.Day)
	case MarketWeekdays:
		return slices.Contains(r.Weekdays, d.Weekday)
	case MarketBranches:
		return slices.Contains(r.Branches, d.Branch)
	case MarketLunarYearly:
		return r.inMonth(d.Lunar, false) && slices.Contains(r.Dates, [2]int{d.Lunar.Month, d.Lunar.Day})
	case MarketTerms:
		return d.Term > 0 && slices.Contains(r.Terms, d.Term)
	case MarketEveryDays:
		return mod(d.Number-dayNumber(r.Since), r.Every) == 0
	case MarketAny:
		return slices.ContainsFunc(r.Rules, func(one MarketRule) bool { return one.Holds(d) })
	}
	return false
}

// inMonth tells whether the rule holds in the day's month, where leap months count as they usually do for its kind.
func (r MarketRule) inMonth(d LunarDate, usually bool) bool {
	if !d.Leap {
		return true
	}
	if r.Leap != nil {
		return *r.Leap
	}
	return usually
}

func dayNumber(t time.Time) int { return int(t.Unix() / 86_400) }

// lastDigit is the day's last digit, where 0 is told as ten (逢十).
func lastDigit(day int) int { return (day+9)%10 + 1 }

// check refuses rules that say nothing, and days that no month has.
func (r MarketRule) check() error {
	ok := false
	switch r.Kind {
	case MarketDaily:
		ok = true
	case MarketLunarDigits, MarketGregorianDigits:
		ok = within(r.Digits, 1, 10)
	case MarketLunarDays:
		ok = within(r.Days, 1, 30)
	case MarketGregorianDays:
		ok = within(r.Days, 1, 31)
	case MarketWeekdays:
		ok = within(r.Weekdays, time.Sunday, time.Saturday)
	case MarketBranches:
		ok = within(r.Branches, 0, 11)
	case MarketLunarYearly:
		ok = yearly(r.Dates)
	case MarketTerms:
		ok = within(r.Terms, 1, 24)
	case MarketEveryDays:
		ok = r.Every >= 1 && r.Every <= 366 && !r.Since.IsZero()
	case MarketAny:
		ok = len(r.Rules) > 0 && len(r.Rules) <= 8
	}
	if !ok {
		return ErrMarketRule
	}
	return nil
}

func within[N ~int](list []N, low, high N) bool {
	return len(list) > 0 && slices.Min(list) >= low && slices.Max(list) <= high
}

func yearly(dates [][2]int) bool {
	for _, d := range dates {
		if d[0] < 1 || d[0] > 12 || d[1] < 1 || d[1] > 30 {
			return false
		}
	}
	return len(dates) > 0
}
