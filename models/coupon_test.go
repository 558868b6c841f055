package models

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"
)

var shanghai = time.FixedZone("UTC+8", 8*60*60)

// local is a time of the street.
func local(text string) time.Time {
	at, err := time.ParseInLocation("2006-01-02 15:04:05", text, shanghai)
	if err != nil {
		panic(err)
	}
	return at.UTC()
}

func TestHowLongACouponWorks(t *testing.T) {
	date := func(text string) *time.Time { at := local(text); return &at }
	for _, c := range []struct {
		name        string
		validity    Validity
		claimed     string
		from, until string
	}{
		{"to a fixed date", Validity{ValidUntil: date("2026-11-15 23:59:59")}, "2026-10-20 09:00:00", "2026-10-20 09:00:00", "2026-11-15 23:59:59"},
		{"between fixed dates", Validity{ValidFrom: date("2026-10-25 00:00:00"), ValidUntil: date("2026-11-15 23:59:59")}, "2026-10-20 09:00:00", "2026-10-25 00:00:00", "2026-11-15 23:59:59"},
		{"claimed after it began", Validity{ValidFrom: date("2026-10-25 00:00:00"), ValidUntil: date("2026-11-15 23:59:59")}, "2026-10-30 09:00:00", "2026-10-30 09:00:00", "2026-11-15 23:59:59"},
		{"seven days", Validity{ValidDays: 7}, "2026-10-20 09:00:00", "2026-10-20 09:00:00", "2026-10-27 23:59:59"},
		{"seven days from late at night: the street's day counts", Validity{ValidDays: 7}, "2026-10-20 23:59:59", "2026-10-20 23:59:59", "2026-10-27 23:59:59"},
		{"over the end of a month", Validity{ValidDays: 1}, "2026-10-31 00:00:00", "2026-10-31 00:00:00", "2026-11-01 23:59:59"},
		{"days, but not beyond a date", Validity{ValidDays: 30, ValidUntil: date("2026-11-01 23:59:59")}, "2026-10-20 09:00:00", "2026-10-20 09:00:00", "2026-11-01 23:59:59"},
		{"a date, but not beyond the days", Validity{ValidDays: 2, ValidUntil: date("2026-11-01 23:59:59")}, "2026-10-20 09:00:00", "2026-10-20 09:00:00", "2026-10-22 23:59:59"},
	} {
		t.Run(c.name, func(t *testing.T) {
			from, until := c.validity.Span(local(c.claimed), shanghai)
			assert.Equal(t, local(c.from), from)
			assert.Equal(t, local(c.until), until)
		})
	}
}

func TestWeekdaysAndHoursAreTheStreets(t *testing.T) {
	lunch := Validity{Weekdays: WeekdaySet([]int{1, 2, 3, 4, 5}), HoursFrom: "10:30", HoursTo: "14:00"}
	night := Validity{HoursFrom: "22:00", HoursTo: "02:00"}
	friday := Validity{Weekdays: WeekdaySet([]int{5}), HoursFrom: "22:00", HoursTo: "02:00", NotOn: []string{"2026-10-23"}}
	for _, c := range []struct {
		name     string
		validity Validity
		at       string
		want     Refusal
	}{
		{"Friday's night", friday, "2026-10-16 23:30:00", ""},
		{"Friday's night after midnight", friday, "2026-10-17 01:59:59", ""},
		{"when Friday's night is over, it is Saturday", friday, "2026-10-17 02:00:00", RefusedWrongWeekday},
		{"the night before Friday is Thursday's", friday, "2026-10-16 00:30:00", RefusedWrongWeekday},
		{"the night of a day that is left out", friday, "2026-10-23 23:30:00", RefusedNotToday},
		{"the same night after midnight", friday, "2026-10-24 00:30:00", RefusedNotToday},
		{"the night before a day that is left out goes on to its end", Validity{HoursFrom: "22:00", HoursTo: "02:00", NotOn: []string{"2026-10-23"}}, "2026-10-23 00:30:00", ""},
		{"over the end of a year", Validity{Weekdays: WeekdaySet([]int{4}), HoursFrom: "22:00", HoursTo: "02:00"}, "2027-01-01 00:30:00", ""},
		{"Monday at noon", lunch, "2026-10-19 12:00:00", ""},
		{"at its first minute", lunch, "2026-10-19 10:30:00", ""},
		{"just before", lunch, "2026-10-19 10:29:59", RefusedWrongHour},
		{"in its last minute", lunch, "2026-10-19 13:59:59", ""},
		{"just after", lunch, "2026-10-19 14:00:00", RefusedWrongHour},
		{"Saturday in the street, still Friday in Greenwich", lunch, "2026-10-17 07:00:00", RefusedWrongWeekday},
		{"Sunday", lunch, "2026-10-18 12:00:00", RefusedWrongWeekday},
		{"late", night, "2026-10-18 23:00:00", ""},
		{"after midnight", night, "2026-10-19 01:59:59", ""},
		{"when the night is over", night, "2026-10-19 02:00:00", RefusedWrongHour},
		{"until the day ends", Validity{HoursFrom: "17:00", HoursTo: "24:00"}, "2026-10-19 23:59:59", ""},
		{"any time", Validity{}, "2026-10-19 03:00:00", ""},
	} {
		t.Run(c.name, func(t *testing.T) { assert.Equal(t, c.want, c.validity.RefusedAt(local(c.at), shanghai)) })
	}
}

func TestWeekdaysAreASet(t *testing.T) {
	assert.Equal(t, []int{0, 3, 6}, WeekdaySet([]int{6, 3, 0, 3, 9, -1}).List())
	assert.Equal(t, []int{}, Weekdays(0).List())
	rapid.Check(t, func(t *rapid.T) {
		set := Weekdays(rapid.Uint8Range(0, 127).Draw(t, "set"))
		assert.Equal(t, set, WeekdaySet(set.List()))
	})
}

func TestACouponExpiresByTheClockAlone(t *testing.T) {
	from, until := local("2026-10-20 09:00:00"), local("2026-11-15 23:59:59")
	usable := Coupon{State: CouponUsable, ValidFrom: from, ValidUntil: until}
	for _, c := range []struct {
		name   string
		state  CouponState
		at     time.Time
		seen   CouponState
		refuse Refusal
	}{
		{"works", CouponUsable, from, CouponUsable, ""},
		{"works to its last moment", CouponUsable, until, CouponUsable, ""},
		{"is over a moment later", CouponUsable, until.Add(1), CouponExpired, RefusedExpired},
		{"has not begun", CouponUsable, from.Add(-1), CouponUsable, RefusedNotYetValid},
		{"used stays used", CouponUsed, until.Add(1), CouponUsed, RefusedUsed},
		{"void stays void", CouponVoid, until.Add(1), CouponVoid, RefusedVoid},
	} {
		t.Run(c.name, func(t *testing.T) {
			coupon := usable
			coupon.State = c.state
			assert.Equal(t, c.seen, coupon.StateAt(c.at))
			assert.Equal(t, c.refuse, coupon.RefusedAt(c.at))
		})
	}
}
