package recur

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"onestreet/server/calendar/almanac"
)

// everyRule draws a rule of the Gregorian calendar that both computers know.
func everyRule(t *rapid.T) string {
	text := "FREQ=" + rapid.SampledFrom([]string{"YEARLY", "MONTHLY", "WEEKLY", "DAILY"}).Draw(t, "freq")
	text += fmt.Sprintf(";INTERVAL=%d", rapid.IntRange(1, 5).Draw(t, "interval"))
	part := func(name, value string) {
		if rapid.IntRange(0, 2).Draw(t, name) == 0 {
			text += ";" + value
		}
	}
	weekly, longer := strings.Contains(text, "WEEKLY"), strings.Contains(text, "LY;") && !strings.Contains(text, "WEEKLY") && !strings.Contains(text, "DAILY")
	part("month", fmt.Sprintf("BYMONTH=%d,%d", rapid.IntRange(1, 6).Draw(t, "m"), rapid.IntRange(7, 12).Draw(t, "n")))
	if !weekly {
		part("day", fmt.Sprintf("BYMONTHDAY=%d,%d", rapid.IntRange(1, 31).Draw(t, "d"), -rapid.IntRange(1, 31).Draw(t, "e")))
	}
	if longer && !strings.Contains(text, "BYMONTHDAY") && rapid.Bool().Draw(t, "nth") {
		part("weekday", fmt.Sprintf("BYDAY=%d%s,-1SU", rapid.SampledFrom([]int{1, 2, 5, -1, -2}).Draw(t, "ordinal"), "TU"))
	} else {
		part("weekday", "BYDAY=MO,WE,SA")
	}
	part("hours", "BYHOUR=7,18")
	part("week", "WKST=SU")
	if strings.Contains(text, "BYMONTHDAY") || strings.Contains(text, "BYDAY") {
		part("chosen", "BYSETPOS=1,-1")
	}
	return text
}

func drawn(t *rapid.T) (Repeat, time.Time) {
	start := time.Date(2020, time.Month(rapid.IntRange(1, 12).Draw(t, "month")), rapid.IntRange(1, 31).Draw(t, "day"), 9, 30, 0, 0, time.UTC)
	p, err := readRepeat(everyRule(t), start, false, nil)
	if err != nil {
		t.Skip("a rule that has no date")
	}
	return p, start
}

func during(r Rule, from, to almanac.Date) ([]time.Time, error) {
	a, err := r.Expand(Window{From: from, To: to})
	return a.Times, err
}

// Two ways to the same dates: rrule-go, and the months of the Gregorian calendar that SKIP needs.
func TestBothComputersGiveTheSameDates(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, start := drawn(t)
		same := p
		same.scaled = true
		for _, month := range p.option.Bymonth {
			same.byMonth = append(same.byMonth, monthName{number: month})
		}
		to := DateOf(start) + 3000
		want, err := during(Rule{Start: start, Repeats: []Repeat{p}}, DateOf(start), to)
		require.NoError(t, err)
		got, err := during(Rule{Start: start, Repeats: []Repeat{same}}, DateOf(start), to)
		require.NoError(t, err)
		require.Equal(t, want, got, p.text)
	})
}

// A rule that is asked about a later window begins near it; the dates are those of the whole.
func TestAWindowShowsWhatTheWholeHas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, start := drawn(t)
		rule := Rule{Start: start, Repeats: []Repeat{p}}
		from := DateOf(start) + almanac.Date(rapid.IntRange(0, 5000).Draw(t, "from"))
		counted := p
		counted.count = Most // one that is counted is followed from its start
		whole, err := during(Rule{Start: start, Repeats: []Repeat{counted}}, from, from+800)
		require.NoError(t, err)
		part, err := during(rule, from, from+800)
		require.NoError(t, err)
		require.Equal(t, whole, part, p.text)
	})
}

// 逢 digits are the days of every lunar month that end so: what RSCALE=CHINESE says in other words, for two hundred years.
func TestMarketDigitsAreTheDaysOfEveryLunarMonth(t *testing.T) {
	for digit := 1; digit <= 10; digit++ {
		market, err := Parse(fmt.Appendf(nil, `{"kind":"lunar_digits","digits":[%d]}`, digit))
		require.NoError(t, err)
		monthly, err := Parse(fmt.Appendf(nil, "DTSTART:19010219\nRRULE:RSCALE=CHINESE;FREQ=MONTHLY;BYMONTHDAY=%d,%d,%d", digit, digit+10, digit+20))
		require.NoError(t, err)
		want, err := during(market, almanac.On(1901, 2, 19), almanac.Last)
		require.NoError(t, err)
		got, err := during(monthly, almanac.On(1901, 2, 19), almanac.Last)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
}

func TestAYearlyFairIsWhatTheLunarYearSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		month, day := rapid.IntRange(1, 12).Draw(t, "month"), rapid.IntRange(1, 30).Draw(t, "day")
		fair, err := Parse(fmt.Appendf(nil, `{"kind":"lunar_yearly","dates":[[%d,%d]]}`, month, day))
		require.NoError(t, err)
		yearly, err := Parse(fmt.Appendf(nil, "DTSTART:19010219\nRRULE:RSCALE=CHINESE;FREQ=YEARLY;BYMONTH=%d;BYMONTHDAY=%d", month, day))
		require.NoError(t, err)
		window := Window{From: almanac.On(1980, 2, 16), To: almanac.On(2040, 12, 31)}
		want, err := fair.Expand(window)
		require.NoError(t, err)
		got, err := yearly.Expand(window)
		require.NoError(t, err)
		require.Equal(t, want.Times, got.Times)
		require.Len(t, want.Missing, len(got.Missing), "the same thirtieths are missing")
	})
}

func TestBranchesComeInTheirTurn(t *testing.T) {
	for text, gap := range map[string]int{`["卯","酉"]`: 6, `["子"]`: 12, `["卯","未","亥"]`: 4} {
		rule, err := Parse([]byte(`{"kind":"branches","branches":` + text + `}`))
		require.NoError(t, err)
		times, err := during(rule, almanac.First, almanac.Last)
		require.NoError(t, err)
		for i := 1; i < len(times); i++ {
			require.Equal(t, time.Duration(gap)*24*time.Hour, times[i].Sub(times[i-1]), "across months, leap months and years")
		}
	}
}

// However a rule is written, it is read or refused, and answered within bounds.
func FuzzParse(f *testing.F) {
	f.Add("DTSTART:20260101T090000\nRRULE:FREQ=MONTHLY;BYDAY=-1FR;BYSETPOS=2")
	f.Add(`{"kind":"lunar_digits","digits":[3,6,9],"leap":false}`)
	f.Add("DTSTART:20260101\nRRULE:RSCALE=CHINESE;FREQ=YEARLY;BYMONTH=6L;SKIP=FORWARD")
	f.Fuzz(func(t *testing.T, text string) {
		rule, err := Parse([]byte(text))
		if err != nil {
			return
		}
		a, err := rule.Expand(Window{From: almanac.On(2026, 1, 1), To: almanac.On(2026, 3, 31)})
		if err != nil {
			require.Empty(t, a.Times)
			return
		}
		require.True(t, len(a.Times) <= Most+len(rule.Extra))
	})
}
