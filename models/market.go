package models

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
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
)

// MarketRule says on which days the street holds market. Only the fields of its kind are used.
//
// A leap month counts its days anew, so digit and day rules hold in it again; a yearly fair is held once, in the
// ordinary month; branch rules do not notice the moon. In a month without a 30th, 逢十 has no market on that day:
// nothing is moved to the 29th.
type MarketRule struct {
	Kind     MarketKind
	Digits   []int          // 1–10
	Days     []int          // days of a month: 1–30 lunar, 1–31 Gregorian
	Weekdays []time.Weekday // of MarketWeekdays
	Branches []int          // 0 子 … 11 亥
	Dates    [][2]int       // lunar month 1–12 and day 1–30, of MarketLunarYearly
}

// MarketDay is what a rule needs to know of a day.
type MarketDay struct {
	Day     int // of the Gregorian month
	Weekday time.Weekday
	Branch  int // earthly branch of the day: 0 子 … 11 亥
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
		return slices.Contains(r.Digits, lastDigit(d.Lunar.Day))
	case MarketGregorianDigits:
		return slices.Contains(r.Digits, lastDigit(d.Day))
	case MarketLunarDays:
		return slices.Contains(r.Days, d.Lunar.Day)
	case MarketGregorianDays:
		return slices.Contains(r.Days, d.Day)
	case MarketWeekdays:
		return slices.Contains(r.Weekdays, d.Weekday)
	case MarketBranches:
		return slices.Contains(r.Branches, d.Branch)
	case MarketLunarYearly:
		return !d.Lunar.Leap && slices.Contains(r.Dates, [2]int{d.Lunar.Month, d.Lunar.Day})
	}
	return false
}

// lastDigit is the day's last digit, where 0 is told as ten (逢十).
func lastDigit(day int) int { return (day+9)%10 + 1 }

// ParseMarketRule reads a rule: nothing (no market), lunar digits such as "3,6,9", or a JSON object with its kind, such
// as {"kind":"weekdays","days":["TU","FR"]}. It returns ErrMarketRule for anything else.
func ParseMarketRule(text string) (MarketRule, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return MarketRule{}, nil
	}
	if strings.HasPrefix(text, "{") {
		return marketRuleFromJSON([]byte(text))
	}
	rule := MarketRule{Kind: MarketLunarDigits}
	for _, part := range strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune(",，、 ", c) }) {
		n, err := strconv.Atoi(part)
		if err != nil {
			return MarketRule{}, ErrMarketRule
		}
		rule.Digits = append(rule.Digits, n)
	}
	return rule, rule.check()
}

// marketRuleJSON is how rules are written: days are numbers, or two letters of the weekday (RFC 5545).
type marketRuleJSON struct {
	Kind     MarketKind      `json:"kind"`
	Digits   []int           `json:"digits,omitempty"`
	Days     json.RawMessage `json:"days,omitempty"`
	Branches []string        `json:"branches,omitempty"`
	Dates    [][2]int        `json:"dates,omitempty"`
}

var weekdayCodes = []string{"SU", "MO", "TU", "WE", "TH", "FR", "SA"}

func marketRuleFromJSON(text []byte) (MarketRule, error) {
	var in marketRuleJSON
	if err := json.Unmarshal(text, &in); err != nil {
		return MarketRule{}, ErrMarketRule
	}
	rule := MarketRule{Kind: in.Kind, Digits: in.Digits, Dates: in.Dates}
	if err := rule.readDays(in.Days); err != nil {
		return MarketRule{}, err
	}
	for _, name := range in.Branches {
		rule.Branches = append(rule.Branches, slices.Index(branches, name))
	}
	return rule, rule.check()
}

func (r *MarketRule) readDays(text json.RawMessage) error {
	if len(text) == 0 {
		return nil
	}
	if r.Kind != MarketWeekdays {
		if json.Unmarshal(text, &r.Days) != nil {
			return ErrMarketRule
		}
		return nil
	}
	var codes []string
	if json.Unmarshal(text, &codes) != nil {
		return ErrMarketRule
	}
	for _, code := range codes {
		r.Weekdays = append(r.Weekdays, time.Weekday(slices.Index(weekdayCodes, code)))
	}
	return nil
}

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

// Words tells the rule as the legend of the calendar does, such as 逢集，农历三六九; empty where there is no market.
func (r MarketRule) Words() Text {
	switch r.Kind {
	case MarketNone:
		return Text{}
	case MarketDaily:
		return Text{"天天逢集", "Market every day"}
	}
	days := r.days()
	return Text{"逢集，" + days.ZH, "Market on " + days.EN}
}

func (r MarketRule) days() Text {
	switch r.Kind {
	case MarketLunarDigits:
		return Text{"农历" + each(r.Digits, "", chineseDigit), "lunar days ending in " + each(r.Digits, ", ", endDigit)}
	case MarketGregorianDigits:
		return Text{"公历 " + each(r.Digits, "、", endDigit), "dates ending in " + each(r.Digits, ", ", endDigit)}
	case MarketLunarDays:
		return Text{"农历" + each(r.Days, "、", lunarDayName), "lunar days " + each(r.Days, ", ", strconv.Itoa)}
	case MarketGregorianDays:
		return Text{"每月 " + each(r.Days, "、", strconv.Itoa) + " 日", "day " + each(r.Days, ", ", strconv.Itoa) + " of each month"}
	case MarketWeekdays:
		return Text{"每周" + each(r.Weekdays, "、", chineseWeekday), each(r.Weekdays, ", ", time.Weekday.String)}
	case MarketBranches:
		return Text{each(r.Branches, "", branchName) + "日", each(r.Branches, ", ", branchAnimal) + " days"}
	}
	return Text{"农历" + each(r.Dates, "、", yearlyName), "lunar " + each(r.Dates, ", ", yearlyNumber)}
}

func each[T any](list []T, between string, name func(T) string) string {
	names := make([]string, len(list))
	for i, item := range list {
		names[i] = name(item)
	}
	return strings.Join(names, between)
}

func chineseDigit(n int) string { return digits[n] }
func endDigit(n int) string     { return strconv.Itoa(n % 10) }
func chineseWeekday(d time.Weekday) string {
	return []string{"日", "一", "二", "三", "四", "五", "六"}[d]
}
func branchName(n int) string      { return branches[n] }
func branchAnimal(n int) string    { return animals[n] }
func yearlyName(d [2]int) string   { return lunarMonth[d[0]] + "月" + lunarDayName(d[1]) }
func yearlyNumber(d [2]int) string { return fmt.Sprintf("%d/%d", d[0], d[1]) }
