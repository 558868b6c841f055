package models

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Words tells the rule as the legend of the calendar does, such as 逢集，农历三六九; empty where there is no market.
func (r MarketRule) Words() Text {
	switch r.Kind {
	case MarketNone:
		return Text{}
	case MarketDaily:
		return Text{"天天逢集", "Market every day"}
	}
	days := r.days()
	return Text{"逢集，" + days.ZH + r.leapWords().ZH, "Market on " + days.EN + r.leapWords().EN}
}

// leapWords tells what the rule does in leap months, where it is not what is usual.
func (r MarketRule) leapWords() Text {
	if r.Leap == nil {
		return Text{}
	}
	switch r.Kind {
	case MarketLunarDigits, MarketLunarDays:
		if !*r.Leap {
			return Text{"，闰月不逢", ", not in leap months"}
		}
	case MarketLunarYearly:
		if *r.Leap {
			return Text{"，闰月再逢一次", ", and again in the leap month"}
		}
	}
	return Text{}
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
	case MarketTerms:
		return Text{each(r.Terms, "、", termName), each(r.Terms, ", ", termEnglish)}
	case MarketEveryDays:
		since := r.Since.Format(time.DateOnly)
		return Text{fmt.Sprintf("每 %d 天一场，从 %s 起", r.Every, since), fmt.Sprintf("every %d days from %s", r.Every, since)}
	case MarketAny:
		return Text{each(r.Rules, "；", partChinese), each(r.Rules, "; ", partEnglish)}
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

func termName(n int) string    { return SolarTerms[n].ZH }
func termEnglish(n int) string { return SolarTerms[n].EN }

func partChinese(r MarketRule) string {
	if r.Kind == MarketDaily {
		return "天天"
	}
	return r.days().ZH + r.leapWords().ZH
}

func partEnglish(r MarketRule) string {
	if r.Kind == MarketDaily {
		return "every day"
	}
	return r.days().EN + r.leapWords().EN
}
