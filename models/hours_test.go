package models

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// noodleHours: mornings and evenings, closed on Mondays; Saturday's evening runs past midnight.
var noodleHours = []Hours{
	{2, "06:00", "14:00"}, {2, "17:00", "21:30"},
	{6, "06:00", "14:00"}, {6, "17:00", "01:30"},
	{0, "00:00", "24:00"},
}

func TestAStoreIsOpenInItsSpans(t *testing.T) {
	for _, c := range []struct {
		local         string // 2026-10-17 is a Saturday
		open          bool
		opens, closes string
	}{
		{"2026-10-13 05:59", false, "06:00", "14:00"},
		{"2026-10-13 06:00", true, "06:00", "14:00"},
		{"2026-10-13 13:59", true, "06:00", "14:00"},
		{"2026-10-13 14:00", false, "17:00", "21:30"},
		{"2026-10-13 23:00", false, "17:00", "21:30"},
		{"2026-10-12 12:00", false, "", ""},
		{"2026-10-17 23:59", true, "17:00", "01:30"},
		{"2026-10-18 01:00", true, "00:00", "24:00"},
		{"2026-10-18 23:59", true, "00:00", "24:00"},
		{"2026-10-19 00:00", false, "", ""},
	} {
		at, err := time.Parse("2006-01-02 15:04", c.local)
		require.NoError(t, err)
		require.Equal(t, c.open, OpenAt(noodleHours, at), c.local)
		opens, closes := Today(noodleHours, at)
		require.Equal(t, [2]string{c.opens, c.closes}, [2]string{opens, closes}, c.local)
	}
}

func TestTheSpanThatRunsPastTheWeeksEndGoesOnOnSunday(t *testing.T) {
	late := []Hours{{6, "20:00", "02:00"}}
	sunday := time.Date(2026, 10, 18, 1, 59, 0, 0, time.UTC)
	require.True(t, OpenAt(late, sunday))
	require.False(t, OpenAt(late, sunday.Add(time.Minute)))
	require.Equal(t, sunday.Add(time.Minute), ClosesAt(late, sunday))
	require.Equal(t, time.Date(2026, 10, 18, 2, 0, 0, 0, time.UTC), ClosesAt(late, time.Date(2026, 10, 17, 21, 15, 30, 0, time.UTC)))
	require.Equal(t, time.Date(2026, 10, 15, 0, 0, 0, 0, time.UTC), ClosesAt(late, time.Date(2026, 10, 14, 9, 0, 0, 0, time.UTC)))
}

func TestHoursThatAreNoneAreRefused(t *testing.T) {
	require.Empty(t, CheckHours(noodleHours).ZH)
	for _, h := range []Hours{{7, "09:00", "10:00"}, {-1, "09:00", "10:00"}, {1, "9:00", "10:00"}, {1, "24:00", "10:00"}, {1, "09:60", "10:00"}, {1, "09:00", "25:00"}, {1, "", ""}, {1, "+9:00", "10:00"}} {
		require.NotEmpty(t, CheckHours([]Hours{h}).EN, "%v", h)
	}
	require.NotEmpty(t, CheckHours(make([]Hours, 29)).ZH)
}

// A store is open in exactly one span's length of minutes a week; while it is open, the span shown holds the moment
// and ends when ClosesAt says.
func TestOpenMinutesOfAWeekAreTheSpansLength(t *testing.T) {
	sunday := time.Date(2026, 10, 18, 0, 0, 0, 0, time.UTC)
	rapid.Check(t, func(t *rapid.T) {
		clockAt := func(name string) int { return rapid.IntRange(0, 23*60+59).Draw(t, name) }
		from, to := clockAt("opens"), clockAt("closes")
		h := Hours{rapid.IntRange(0, 6).Draw(t, "weekday"), hhmm(from), hhmm(to)}
		want := to - from
		if want <= 0 {
			want += dayMinutes
		}
		got := 0
		for minute := range weekMinutes {
			at := sunday.Add(time.Duration(minute) * time.Minute)
			if !OpenAt([]Hours{h}, at) {
				continue
			}
			got++
			if end := ClosesAt([]Hours{h}, at); OpenAt([]Hours{h}, end) || !OpenAt([]Hours{h}, end.Add(-time.Minute)) {
				t.Fatalf("%v at %v: closes at %v", h, at, end)
			}
		}
		if got != want {
			t.Fatalf("%v: open %d minutes a week, expected %d", h, got, want)
		}
	})
}

func hhmm(minute int) string { return fmt.Sprintf("%02d:%02d", minute/60, minute%60) }

func TestSignsMustBeReadable(t *testing.T) {
	require.True(t, ReadableSign("#B5402C"))
	require.False(t, ReadableSign("#FFEECC"))
	require.False(t, ReadableSign("red"))
	require.Equal(t, "#873021", NightColor("#B5402C"))
	require.Equal(t, "red", NightColor("red"))
}

func TestAWindowGoesDarkWhenItsTimeIsOver(t *testing.T) {
	until := time.Date(2026, 10, 17, 13, 0, 0, 0, time.UTC)
	s := Store{Live: "熬葱油", LiveUntil: &until}
	require.Equal(t, "熬葱油", s.LiveAt(until.Add(-time.Second)))
	require.Empty(t, s.LiveAt(until))
}

func TestLinkCodesAreReadableAndNotGuessed(t *testing.T) {
	seen := map[string]bool{}
	for range 1000 {
		code := NewLinkCode()
		require.Regexp(t, `^[2-9a-hjkmnp-z]{8}$`, code)
		require.False(t, seen[code])
		seen[code] = true
	}
}
