package almanac_test

import (
	"encoding/json"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"onestreet/models"
	"onestreet/server/calendar/almanac"
)

type lunarCases struct {
	Days []struct {
		Gregorian  string
		Lunar      models.LunarDate
		Sexagenary string
	}
	Months []struct {
		models.LunarDate
		First string
		Days  int
	}
	Disputed []struct {
		Gregorian string
		Accept    []models.LunarDate
	}
	Unknown []struct {
		Lunar models.LunarDate
		Why   string
	}
	Sexagenary []struct{ Gregorian, Sexagenary string }
}

func read[T any](t *testing.T, file string) (cases T) {
	t.Helper()
	text, err := os.ReadFile("testdata/" + file)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, &cases))
	return cases
}

func day(t *testing.T, text string) almanac.Day {
	t.Helper()
	date, err := almanac.Parse(text)
	require.NoError(t, err)
	d, err := almanac.Of(date)
	require.NoError(t, err)
	return d
}

func TestDaysAgreeWithTheObservatory(t *testing.T) {
	cases := read[lunarCases](t, "lunar.json")
	require.Len(t, cases.Days, 54)
	for _, c := range cases.Days {
		d := day(t, c.Gregorian)
		assert.Equal(t, c.Lunar, d.Lunar, c.Gregorian)
		assert.Equal(t, c.Sexagenary, models.SexagenaryDay(d.Sexagenary), c.Gregorian)
	}
	for _, c := range cases.Disputed {
		assert.Contains(t, c.Accept, day(t, c.Gregorian).Lunar, c.Gregorian)
	}
	for _, c := range cases.Sexagenary {
		assert.Equal(t, c.Sexagenary, models.SexagenaryDay(day(t, c.Gregorian).Sexagenary), c.Gregorian)
	}
}

func TestMonthsBeginAndEndAsPrinted(t *testing.T) {
	cases := read[lunarCases](t, "lunar.json")
	require.NotEmpty(t, cases.Months)
	for _, m := range cases.Months {
		first := m.LunarDate
		first.Day = 1
		date, err := almanac.OfLunar(first)
		require.NoError(t, err)
		assert.Equal(t, m.First, date.String(), "%+v", m.LunarDate)
		assert.Equal(t, m.Days, day(t, m.First).MonthLength, m.First)
	}
}

func TestADayThatTheLunarCalendarLacksIsRefused(t *testing.T) {
	for _, c := range read[lunarCases](t, "lunar.json").Unknown {
		_, err := almanac.OfLunar(c.Lunar)
		assert.ErrorIs(t, err, almanac.ErrNoSuchDay, c.Why)
	}
}

func TestYearsWithoutATableAreRefused(t *testing.T) {
	for _, date := range []almanac.Date{almanac.First - 1, almanac.Last + 1, almanac.On(9999, 1, 1), almanac.On(-500, 1, 1)} {
		_, err := almanac.Of(date)
		assert.ErrorIs(t, err, almanac.ErrSpan, date.String())
	}
	for _, year := range []int{-1, 1899, 2101} {
		_, err := almanac.OfLunar(models.LunarDate{Year: year, Month: 1, Day: 1})
		assert.ErrorIs(t, err, almanac.ErrSpan)
	}
	_, err := almanac.OfLunar(models.LunarDate{Year: 2100, Month: 12, Day: 29})
	assert.ErrorIs(t, err, almanac.ErrSpan, "the end of lunar 2100 lies in 2101")
}

func TestEveryDayGoesToItsLunarDateAndBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		date := almanac.Date(rapid.IntRange(int(almanac.First), int(almanac.Last)).Draw(t, "date"))
		d, err := almanac.Of(date)
		require.NoError(t, err)
		back, err := almanac.OfLunar(d.Lunar)
		require.NoError(t, err)
		assert.Equal(t, date, back)
		assert.Contains(t, []int{29, 30}, d.MonthLength)
	})
}

func TestTheDayAfterIsTheNextLunarDay(t *testing.T) {
	for date := almanac.On(1999, 1, 1); date < almanac.On(2040, 1, 1); date++ {
		today, err := almanac.Of(date)
		require.NoError(t, err)
		tomorrow, err := almanac.Of(date + 1)
		require.NoError(t, err)
		if today.Lunar.Day < today.MonthLength {
			require.Equal(t, today.Lunar.Day+1, tomorrow.Lunar.Day, today.String())
		} else {
			require.Equal(t, 1, tomorrow.Lunar.Day, today.String())
		}
	}
}

func TestEveryYearHasItsTwentyFourTerms(t *testing.T) {
	for year := 1901; year <= 2100; year++ {
		var seen []int
		for date := almanac.On(year, 1, 1); date < almanac.On(year+1, 1, 1); date++ {
			d, err := almanac.Of(date)
			require.NoError(t, err)
			if d.Term > 0 {
				seen = append(seen, d.Term)
			}
		}
		require.Len(t, seen, 24, "%d", year)
		for i, term := range seen {
			require.Equal(t, i+1, term, "%d", year)
		}
	}
}

func TestFestivals(t *testing.T) {
	for date, want := range map[string][]string{
		"2026-11-07": {"立冬"},
		"2026-11-09": {"寒衣节"},
		"2026-11-22": {"小雪"},
		"2026-11-23": {"下元节"},
		"2026-10-01": {"国庆节"},
		"2026-02-16": {"除夕"}, // the twelfth month has 29 days
		"2026-02-17": {"春节"},
		"2026-04-05": {"清明"},
		"2026-06-19": {"端午节"},
		"2025-08-09": nil,    // 闰六月十六
		"2024-02-09": {"除夕"}, // the twelfth month has 30 days
		"2023-04-04": nil,
		"2025-10-06": {"中秋节"},
		"2020-10-01": {"中秋节", "国庆节"},
	} {
		var names []string
		for _, name := range day(t, date).Festivals() {
			names = append(names, name.ZH)
			assert.NotEmpty(t, name.EN, name.ZH)
		}
		assert.Equal(t, want, names, date)
	}
}

func TestALeapMonthDoesNotKeepItsFestivalsAgain(t *testing.T) {
	leap, err := almanac.OfLunar(models.LunarDate{Year: 2028, Month: 5, Leap: true, Day: 5})
	require.NoError(t, err)
	assert.Empty(t, day(t, leap.String()).Festivals())
}

type marketCases struct {
	Lists []struct {
		Town     string
		Rule     json.RawMessage
		From, To string
		Dates    []string
	}
}

func TestMarketDaysOfRealTowns(t *testing.T) {
	lists := read[marketCases](t, "market-days.json").Lists
	require.NotEmpty(t, lists)
	for _, c := range lists {
		rule, err := models.ParseMarketRule(string(c.Rule))
		require.NoError(t, err, c.Town)
		dates, err := almanac.Markets(rule, day(t, c.From).Date, day(t, c.To).Date)
		require.NoError(t, err)
		got := []string{}
		for _, date := range dates {
			got = append(got, date.String())
		}
		assert.Equal(t, c.Dates, got, "%s from %s", c.Town, c.From)
	}
}

func TestTheStreetOfThePicturesHoldsMarketOnThreeSixNine(t *testing.T) {
	rule, err := models.ParseMarketRule("3,6,9")
	require.NoError(t, err)
	dates, err := almanac.Markets(rule, almanac.On(2026, 11, 1), almanac.On(2026, 12, 5))
	require.NoError(t, err)
	var days []int
	for _, date := range dates {
		_, _, day := date.Civil()
		days = append(days, day)
	}
	assert.Equal(t, []int{1, 4, 7, 11, 14, 17, 21, 24, 27, 1, 4}, days)
}

func TestADateHasNoZone(t *testing.T) {
	shanghai, err := time.LoadLocation("Asia/Shanghai")
	require.NoError(t, err)
	late := time.Date(2026, 11, 13, 16, 30, 0, 0, time.UTC)
	assert.Equal(t, "2026-11-14", almanac.At(late, shanghai).String())
	assert.Equal(t, "2026-11-13", almanac.At(late, time.UTC).String())
	assert.Equal(t, time.Date(2026, 11, 13, 16, 0, 0, 0, time.UTC), almanac.At(late, shanghai).Begins(shanghai).UTC())
	assert.Equal(t, "1969-12-31", almanac.On(1969, 12, 31).String())
	_, err = almanac.Parse("2026-02-30")
	assert.Error(t, err)
}

func BenchmarkAMonthOfFiveHundredRules(b *testing.B) {
	rule, err := models.ParseMarketRule("3,6,9")
	require.NoError(b, err)
	for b.Loop() {
		for range 500 {
			if _, err := almanac.Markets(rule, almanac.On(2026, 11, 1), almanac.On(2026, 11, 30)); err != nil {
				b.Fatal(err)
			}
		}
	}
}
