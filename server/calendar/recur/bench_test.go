package recur_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"onestreet/server/calendar/almanac"
	"onestreet/server/calendar/recur"
)

// five hundred rules of every sort, begun two years before
func street(b *testing.B) (rules []recur.Rule) {
	for n := range 500 {
		text := []string{
			`{"kind":"lunar_digits","digits":[3,6,9],"dtstart":"2024-11-03T09:00","tzid":"Asia/Shanghai"}`,
			fmt.Sprintf("DTSTART;TZID=Asia/Shanghai:20241105T%02d0000\nRRULE:FREQ=WEEKLY;BYDAY=TU,FR", 8+n%12),
			"DTSTART;TZID=Asia/Shanghai:20241101T190000\nRRULE:FREQ=MONTHLY;BYDAY=1FR",
			`{"kind":"branches","branches":["卯","酉"],"dtstart":"2024-11-03T09:00","tzid":"Asia/Shanghai"}`,
			"DTSTART;TZID=Asia/Shanghai:20241108T190000\nRRULE:FREQ=DAILY;INTERVAL=3",
		}[n%5]
		rule, err := recur.Parse([]byte(text))
		require.NoError(b, err)
		rules = append(rules, rule)
	}
	return rules
}

func BenchmarkAMonthOfAStreet(b *testing.B) {
	rules := street(b)
	for b.Loop() {
		for _, rule := range rules {
			if _, err := rule.Expand(recur.Window{From: almanac.On(2026, 11, 1), To: almanac.On(2026, 11, 30)}); err != nil {
				b.Fatal(err)
			}
		}
	}
}
