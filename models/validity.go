package models

import (
	"slices"
	"time"
)

// Weekdays is a set of weekdays, one bit each, Sunday the lowest; the empty set stands for every day.
type Weekdays uint8

// WeekdaySet makes a set of weekdays 0 (Sunday) to 6; others are passed over.
func WeekdaySet(days []int) Weekdays {
	var w Weekdays
	for _, d := range days {
		if d >= 0 && d <= 6 {
			w |= 1 << d
		}
	}
	return w
}

// List is the set as numbers, 0 for Sunday, in order; empty for every day.
func (w Weekdays) List() []int {
	list := []int{}
	for d := range 7 {
		if w&(1<<d) != 0 {
			list = append(list, d)
		}
	}
	return list
}

// Has tells whether the set holds a day.
func (w Weekdays) Has(d time.Weekday) bool { return w == 0 || w&(1<<d) != 0 }

// Validity is when a campaign's coupons work: between fixed dates, for some days after the claim, or both (then the
// earlier end counts); on some weekdays; within some hours of the day. Days and hours are those of the street's zone.
type Validity struct {
	ValidFrom  *time.Time // nil: from the claim on
	ValidUntil *time.Time // the last moment; nil: ValidDays alone says
	ValidDays  int64      // works to the end of the day so many days after the claim; 0: ValidUntil alone says
	Weekdays   Weekdays
	HoursFrom  string   // "10:00"; both empty: all day
	HoursTo    string   // the first minute it does not work any more; before HoursFrom: over midnight, of the day it began on
	NotOn      []string `gorm:"serializer:json"` // days on which it does not work, YYYY-MM-DD
	MarketOnly bool     // on market days of the street only: who knows the almanac judges it
}

// Span is the validity of a coupon claimed at a time: from and until, both still valid.
func (v Validity) Span(claimed time.Time, zone *time.Location) (from, until time.Time) {
	from = claimed
	if v.ValidFrom != nil && v.ValidFrom.After(claimed) {
		from = *v.ValidFrom
	}
	if v.ValidDays > 0 {
		y, m, d := claimed.In(zone).Date()
		until = time.Date(y, m, d+int(v.ValidDays), 23, 59, 59, 0, zone).UTC()
	}
	if v.ValidUntil != nil && (v.ValidDays == 0 || v.ValidUntil.Before(until)) {
		until = *v.ValidUntil
	}
	return from, until
}

// DayOf is a moment on the day of the street that it counts to: hours over midnight belong to the day on which they begin, as
// a store's own do, so half past midnight is still Friday's night.
func (v Validity) DayOf(now time.Time, zone *time.Location) time.Time {
	local := now.In(zone)
	to := minutes(v.HoursTo)
	if minutes(v.HoursFrom) > to && local.Hour()*60+local.Minute() < to {
		return time.Date(local.Year(), local.Month(), local.Day()-1, 23, 59, 59, 0, zone)
	}
	return local
}

// RefusedAt says whether the day or the hour is wrong.
func (v Validity) RefusedAt(now time.Time, zone *time.Location) Refusal {
	local, day := now.In(zone), v.DayOf(now, zone)
	if slices.Contains(v.NotOn, day.Format(time.DateOnly)) {
		return RefusedNotToday
	}
	if !v.Weekdays.Has(day.Weekday()) {
		return RefusedWrongWeekday
	}
	if v.HoursFrom != v.HoursTo && !v.within(local.Hour()*60+local.Minute()) {
		return RefusedWrongHour
	}
	return ""
}

func (v Validity) within(minute int) bool {
	from, to := minutes(v.HoursFrom), minutes(v.HoursTo)
	if from < to {
		return from <= minute && minute < to
	}
	return minute >= from || minute < to
}
