package recur

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"onestreet/server/calendar/almanac"
)

// Rules that are computed here have the dates that the library gives them.
func TestQuickRulesHaveTheLibrarysDates(t *testing.T) {
	days := []string{"MO", "TU", "WE", "TH", "FR", "SA", "SU"}
	rapid.Check(t, func(t *rapid.T) {
		parts := []string{fmt.Sprintf("INTERVAL=%d", rapid.IntRange(1, 5).Draw(t, "interval"))}
		switch rapid.SampledFrom([]string{"daily", "weekly", "nth", "dates", "start"}).Draw(t, "kind") {
		case "daily":
			parts = append(parts, "FREQ=DAILY")
		case "weekly":
			parts = append(parts, "FREQ=WEEKLY", "WKST="+rapid.SampledFrom(days).Draw(t, "first"))
			if some := rapid.SliceOfNDistinct(rapid.SampledFrom(days), 0, 7, rapid.ID[string]).Draw(t, "days"); len(some) > 0 {
				parts = append(parts, "BYDAY="+strings.Join(some, ","))
			}
		case "nth":
			nth := rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) string {
				return rapid.SampledFrom([]string{"1", "2", "3", "4", "5", "-1", "-2", "-5"}).Draw(t, "n") + rapid.SampledFrom(days).Draw(t, "day")
			}), 1, 4, rapid.ID[string]).Draw(t, "nth")
			parts = append(parts, "FREQ=MONTHLY", "BYDAY="+strings.Join(nth, ","))
		case "dates":
			dates := rapid.SliceOfNDistinct(rapid.IntRange(1, 31), 1, 5, rapid.ID[int]).Draw(t, "dates")
			parts = append(parts, "FREQ=MONTHLY", "BYMONTHDAY="+strings.Trim(strings.ReplaceAll(fmt.Sprint(dates), " ", ","), "[]"))
		case "start":
			parts = append(parts, "FREQ=MONTHLY")
		}
		if n := rapid.IntRange(0, 30).Draw(t, "count"); n > 0 {
			parts = append(parts, fmt.Sprintf("COUNT=%d", n))
		}
		start := time.Date(2024, 1, 1, 9, 30, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 800).Draw(t, "start"))
		repeat, err := readRepeat(strings.Join(parts, ";"), start, false, nil)
		require.NoError(t, err)
		p := plain{&repeat, start}
		_, ok := p.quickly()
		require.True(t, ok, repeat.text)
		from := almanac.On(2024, 6, 1) + almanac.Date(rapid.IntRange(0, 1000).Draw(t, "from"))
		window := Window{From: from, To: from + 200}
		take := func(by func(*run) func(func(time.Time) bool)) []time.Time {
			r, list := newRun(window, nil, Most), []time.Time{}
			for at := range by(r) {
				if at.After(r.end) {
					break
				}
				if !at.Before(r.from) {
					list = append(list, at)
				}
			}
			return list
		}
		if repeat.count > 0 { // who counts takes all from the start
			window.From = almanac.On(2024, 1, 1)
		}
		want := take(func(r *run) func(func(time.Time) bool) { return p.byLibrary(r) })
		got := take(func(r *run) func(func(time.Time) bool) { return p.times(r) })
		require.True(t, slices.EqualFunc(want, got, time.Time.Equal), "%s from %s: %v, the library says %v", repeat.text, start, got, want)
	})
}
