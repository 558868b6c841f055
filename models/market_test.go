package models

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestMarketRulesAreReadAndToldAsTheTownDoes(t *testing.T) {
	for text, want := range map[string]Text{
		"3,6,9":            {"逢集，农历三六九", "Market on lunar days ending in 3, 6, 9"},
		" 3、6，9 ":          {"逢集，农历三六九", "Market on lunar days ending in 3, 6, 9"},
		"5 10":             {"逢集，农历五十", "Market on lunar days ending in 5, 0"},
		"":                 {},
		`{"kind":"daily"}`: {"天天逢集", "Market every day"},
		`{"kind":"gregorian_digits","digits":[3,8]}`:          {"逢集，公历 3、8", "Market on dates ending in 3, 8"},
		`{"kind":"lunar_days","days":[1,15]}`:                 {"逢集，农历初一、十五", "Market on lunar days 1, 15"},
		`{"kind":"gregorian_days","days":[8,18,28]}`:          {"逢集，每月 8、18、28 日", "Market on day 8, 18, 28 of each month"},
		`{"kind":"weekdays","days":["TU","FR"]}`:              {"逢集，每周二、五", "Market on Tuesday, Friday"},
		`{"kind":"branches","branches":["卯","酉"]}`:            {"逢集，卯酉日", "Market on Rabbit, Rooster days"},
		`{"kind":"lunar_yearly","dates":[[2,6],[2,21]]}`:      {"逢集，农历二月初六、二月廿一", "Market on lunar 2/6, 2/21"},
		`{"kind":"lunar_digits","digits":[1,4,7],"town":"x"}`: {"逢集，农历一四七", "Market on lunar days ending in 1, 4, 7"},
	} {
		rule, err := ParseMarketRule(text)
		require.NoError(t, err, text)
		assert.Equal(t, want, rule.Words(), text)
	}
}

func TestARuleThatSaysNothingIsRefused(t *testing.T) {
	for _, text := range []string{
		"0", "11", "三", "3;6", "-3", ",", "{", `{"kind":"moon"}`, `{"kind":"lunar_digits"}`, `{"kind":"lunar_digits","digits":[0]}`,
		`{"kind":"lunar_days","days":[31]}`, `{"kind":"lunar_days","days":["MO"]}`, `{"kind":"gregorian_days","days":[32]}`,
		`{"kind":"weekdays","days":["XX"]}`, `{"kind":"weekdays","days":[1]}`, `{"kind":"branches","branches":["猫"]}`,
		`{"kind":"lunar_yearly","dates":[[13,1]]}`, `{"kind":"lunar_yearly","dates":[[2,31]]}`, `{"kind":""}`,
	} {
		_, err := ParseMarketRule(text)
		assert.ErrorIs(t, err, ErrMarketRule, text)
	}
}

func TestAStreetWithoutARuleHasNoMarket(t *testing.T) {
	assert.False(t, MarketRule{}.Holds(MarketDay{Day: 3, Lunar: LunarDate{Month: 1, Day: 3}}))
}

func TestDigitRulesLookAtTheLastDigitOnly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rule := MarketRule{Kind: MarketLunarDigits, Digits: []int{rapid.IntRange(1, 10).Draw(t, "digit")}}
		day := rapid.IntRange(1, 20).Draw(t, "day")
		now := rule.Holds(MarketDay{Lunar: LunarDate{Month: 1, Day: day}})
		later := rule.Holds(MarketDay{Lunar: LunarDate{Month: 1, Day: day + 10}})
		assert.Equal(t, now, later)
		assert.Equal(t, day%10 == rule.Digits[0]%10, now)
	})
}

func TestAYearlyFairIsHeldInTheOrdinaryMonthOnly(t *testing.T) {
	fair := MarketRule{Kind: MarketLunarYearly, Dates: [][2]int{{2, 6}}}
	assert.True(t, fair.Holds(MarketDay{Lunar: LunarDate{Year: 2023, Month: 2, Day: 6}}))
	assert.False(t, fair.Holds(MarketDay{Lunar: LunarDate{Year: 2023, Month: 2, Leap: true, Day: 6}}))
	assert.False(t, fair.Holds(MarketDay{Lunar: LunarDate{Year: 2023, Month: 3, Day: 6}}))
}

func TestLunarNames(t *testing.T) {
	for day, name := range map[int]string{1: "初一", 9: "初九", 10: "初十", 11: "十一", 19: "十九", 20: "二十", 21: "廿一", 29: "廿九", 30: "三十"} {
		assert.Equal(t, name, LunarDate{Month: 1, Day: day}.DayName().ZH)
	}
	assert.Equal(t, "十月", LunarDate{Year: 2026, Month: 10, Day: 1}.Line().ZH)
	assert.Equal(t, "初二", LunarDate{Year: 2026, Month: 10, Day: 2}.Line().ZH)
	assert.Equal(t, Text{"闰六月", "leap month 6"}, LunarDate{Year: 2025, Month: 6, Leap: true, Day: 1}.Line())
	assert.Equal(t, "腊月", LunarDate{Month: 12, Day: 1}.MonthName().ZH)
	assert.Equal(t, Text{"丙午年", "Year of the Horse"}, LunarDate{Year: 2026, Month: 10, Day: 1}.YearName())
	assert.Equal(t, "庚午年", LunarDate{Year: 1990}.YearName().ZH)
	assert.Equal(t, "甲子", SexagenaryDay(60))
	assert.Equal(t, "癸亥", SexagenaryDay(-1))
}

func TestRulesThatTownsAddToTheUsualOnes(t *testing.T) {
	for text, want := range map[string]Text{
		`{"kind":"lunar_digits","digits":[3,6,9],"leap":false}`:                                                   {"逢集，农历三六九，闰月不逢", "Market on lunar days ending in 3, 6, 9, not in leap months"},
		`{"kind":"lunar_yearly","dates":[[2,6]],"leap":true}`:                                                     {"逢集，农历二月初六，闰月再逢一次", "Market on lunar 2/6, and again in the leap month"},
		`{"kind":"solar_terms","terms":["清明","Winter Solstice"]}`:                                                 {"逢集，清明、冬至", "Market on Qingming, Winter Solstice"},
		`{"kind":"every_days","every":7,"since":"2026-01-03"}`:                                                    {"逢集，每 7 天一场，从 2026-01-03 起", "Market on every 7 days from 2026-01-03"},
		`{"kind":"branches","branches":["牛","未"]}`:                                                                {"逢集，丑未日", "Market on Ox, Goat days"},
		`{"kind":"any","rules":[{"kind":"lunar_digits","digits":[3,8]},{"kind":"lunar_yearly","dates":[[2,6]]}]}`: {"逢集，农历三八；农历二月初六", "Market on lunar days ending in 3, 8; lunar 2/6"},
	} {
		rule, err := ParseMarketRule(text)
		require.NoError(t, err, text)
		assert.Equal(t, want, rule.Words(), text)
	}
}
