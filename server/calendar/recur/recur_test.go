package recur_test

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/calendar/almanac"
	"onestreet/server/calendar/recur"
)

func read[T any](t testing.TB, file string) (cases T) {
	t.Helper()
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, &cases))
	return cases
}

func date(t testing.TB, text string) almanac.Date {
	t.Helper()
	d, err := almanac.Parse(text)
	require.NoError(t, err)
	return d
}

func rule(t testing.TB, text string) recur.Rule {
	t.Helper()
	r, err := recur.Parse([]byte(text))
	require.NoError(t, err, text)
	return r
}

// dates expands a rule and tells its dates as they are printed.
func dates(t testing.TB, r recur.Rule, w recur.Window) ([]string, recur.Answer) {
	t.Helper()
	a, err := r.Expand(w)
	require.NoError(t, err)
	return r.See(a, "en").Dates, a
}

type rruleCase struct {
	ID     string
	Expect []string
	Ends   bool
}

func TestRulesOfTheRFCsGiveTheirDates(t *testing.T) {
	cases := read[struct{ Rules []json.RawMessage }](t, "testdata/rrules.json").Rules
	require.Len(t, cases, 26)
	for _, text := range cases {
		var c rruleCase
		require.NoError(t, json.Unmarshal(text, &c))
		r := rule(t, string(text))
		w := recur.Window{From: max(r.From, recur.DateOf(r.Start)), To: r.To, Open: r.To == 0}
		if r.From != 0 {
			w.From = r.From
		}
		if !c.Ends && w.Open {
			w.Most = len(c.Expect)
		}
		got, a := dates(t, r, w)
		assert.Equal(t, c.Expect, got, c.ID)
		assert.Equal(t, c.Ends, a.Complete, c.ID)
	}
}

func TestMarketDaysOfRealTowns(t *testing.T) {
	type lists struct {
		Lists []struct {
			Town     string
			Rule     json.RawMessage
			From, To string
			Dates    []string
		}
	}
	for _, c := range read[lists](t, "../almanac/testdata/market-days.json").Lists {
		got, a := dates(t, rule(t, string(c.Rule)), recur.Window{From: date(t, c.From), To: date(t, c.To)})
		assert.Equal(t, c.Dates, got, "%s from %s", c.Town, c.From)
		assert.False(t, a.Complete)
	}
}

func TestRulesAsCalendarProgramsWriteThem(t *testing.T) {
	for text, want := range map[string][]string{
		"DTSTART;TZID=Asia/Shanghai:20261201T090000\r\nRRULE:FREQ=WEEKLY;COUNT=3\r\nEXDATE;TZID=Asia/Shanghai:20261208T090000\r\nRDATE:20261203T100000\r\n": {
			"2026-12-01T09:00", "2026-12-03T10:00", "2026-12-15T09:00"},
		"rrule:freq=daily;count=2\ndtstart;value=date:20261201":                                            {"2026-12-01", "2026-12-02"},
		"DTSTART:20261201T010000Z\nFREQ=DAILY;UNTIL=20261202T010000Z":                                      {"2026-12-01T01:00", "2026-12-02T01:00"},
		"DTSTART;TZID=Asia/Shanghai:20261201T090000\nRRULE:FREQ=DAILY;UNTIL=20261202":                      {"2026-12-01T09:00", "2026-12-02T09:00"}, // the whole day
		"DTSTART:20261201T090000\nRRULE:FREQ=DAILY;\n COUNT=2":                                             {"2026-12-01T09:00", "2026-12-02T09:00"},
		"DTSTART;TZID=Asia/Shanghai:20261201T090000\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE:20261202T010000Z":    {"2026-12-01T09:00", "2026-12-03T09:00"},
		"DTSTART;TZID=Asia/Shanghai:20261201T090000\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE;VALUE=DATE:20261202": {"2026-12-01T09:00", "2026-12-03T09:00"},
		"DTSTART;VALUE=DATE:20261201\nRRULE:FREQ=MONTHLY;COUNT=6;BYDAY=1TU,SU": {
			"2026-12-01", "2026-12-06", "2026-12-13", "2026-12-20", "2026-12-27", "2027-01-03"}, // rrule-go gives none
		"DTSTART:20261206T090000\nRRULE:FREQ=WEEKLY;COUNT=2;BYDAY=SU;":                                                      {"2026-12-06T09:00", "2026-12-13T09:00"},                     // as Google writes it
		"DTSTART:20261215T090000\nRRULE:FREQ=YEARLY;COUNT=3;BYWEEKNO=-1,-2":                                                 {"2026-12-22T09:00", "2026-12-29T09:00", "2027-12-21T09:00"}, // on the start's weekday
		"DTSTART;VALUE=DATE:20261206\nRRULE:FREQ=DAILY;COUNT=2;BYHOUR=8,9":                                                  {"2026-12-06", "2026-12-07"},                                 // a whole day has no hours
		"DTSTART:20261206T080000\nRRULE:FREQ=DAILY;COUNT=2;BYHOUR=8,9,8":                                                    {"2026-12-06T08:00", "2026-12-06T09:00"},
		"DTSTART:20261206T000000\nRRULE:FREQ=WEEKLY;COUNT=2;BYHOUR=8,10;BYSETPOS=2":                                         {"2026-12-06T10:00", "2026-12-13T10:00"}, // on the start's weekday
		"DTSTART:20261201T090000\nRDATE:20261201T090000,20261205T090000":                                                    {"2026-12-01T09:00", "2026-12-05T09:00"},
		"DTSTART;TZID=Asia/Shanghai:20261201T090000\nRRULE:FREQ=DAILY;COUNT=1\nRDATE;TZID=America/New_York:20261202T090000": {"2026-12-01T09:00", "2026-12-02T22:00"},
	} {
		got, a := dates(t, rule(t, text), recur.Window{From: date(t, "2026-01-01"), Open: true})
		assert.Equal(t, want, got, text)
		assert.True(t, a.Complete, text)
	}
}

func TestTheHourThatTheClockJumpsOverDoesNotCome(t *testing.T) {
	r := rule(t, "DTSTART;TZID=America/New_York:20260307T023000\nRRULE:FREQ=DAILY;COUNT=3")
	got, a := dates(t, r, recur.Window{From: date(t, "2026-03-01"), Open: true})
	assert.Equal(t, []string{"2026-03-07T02:30", "2026-03-09T02:30", "2026-03-10T02:30"}, got, "and is not counted")
	assert.Equal(t, "2026-03-09T02:30:00-04:00", r.See(a, "en").Days[1].At)
	twice := rule(t, "DTSTART;TZID=Europe/Berlin:20261024T023000\nRRULE:FREQ=DAILY;COUNT=3")
	_, a = dates(t, twice, recur.Window{From: date(t, "2026-10-01"), Open: true})
	assert.Equal(t, "2026-10-25T02:30:00+02:00", twice.See(a, "en").Days[1].At, "of two, the first")
	assert.Equal(t, "2026-10-26T02:30:00+01:00", twice.See(a, "en").Days[2].At)
}

func TestNoMarketOnADayThatTheMonthDoesNotHave(t *testing.T) {
	r := rule(t, `{"kind":"lunar_digits","digits":[5,10]}`)
	got, a := dates(t, r, recur.Window{From: date(t, "2026-02-05"), To: date(t, "2026-02-25")})
	assert.Equal(t, []string{"2026-02-07", "2026-02-12", "2026-02-21"}, got, "腊月 has 29 days")
	v := r.See(a, "zh-CN")
	require.Len(t, v.Missing, 1)
	assert.Equal(t, models.LunarDate{Year: 2025, Month: 12, Day: 30}, *v.Missing[0].Lunar)
	assert.Equal(t, "腊月只有 29 天，没有三十，这天不逢", v.Missing[0].Why)

	february := rule(t, `{"kind":"gregorian_days","days":[30]}`)
	got, a = dates(t, february, recur.Window{From: date(t, "2028-02-01"), To: date(t, "2028-04-30")})
	assert.Equal(t, []string{"2028-03-30", "2028-04-30"}, got)
	assert.Equal(t, "2028-02-30", february.See(a, "en").Missing[0].Gregorian)

	eve := rule(t, `{"dtstart":"2026-01-01","rrule":"RSCALE=CHINESE;FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=30"}`)
	got, a = dates(t, eve, recur.Window{From: date(t, "2026-01-01"), To: date(t, "2030-12-31")})
	assert.Equal(t, []string{"2030-02-02"}, got)
	assert.Len(t, a.Missing, 4)
}

func TestARuleOfItsOwnHasAnEndAndExceptions(t *testing.T) {
	r := rule(t, `{"kind":"lunar_digits","digits":[3,6,9],"dtstart":"2026-12-01T09:00","tzid":"Asia/Shanghai","count":5,"exdate":["2026-12-07"],"rdate":"2026-12-25T10:00"}`)
	got, a := dates(t, r, recur.Window{From: date(t, "2026-12-01"), Open: true})
	assert.Equal(t, []string{"2026-12-01T09:00", "2026-12-04T09:00", "2026-12-11T09:00", "2026-12-14T09:00", "2026-12-25T10:00"}, got)
	assert.True(t, a.Complete)
	later, _ := dates(t, r, recur.Window{From: date(t, "2026-12-10"), To: date(t, "2026-12-31")})
	assert.Equal(t, got[2:], later, "counted from the start, not from the window")
	until := rule(t, `{"kind":"daily","dtstart":"2026-12-01","until":"2026-12-03"}`)
	got, a = dates(t, until, recur.Window{From: date(t, "2026-11-01"), Open: true})
	assert.Equal(t, []string{"2026-12-01", "2026-12-02", "2026-12-03"}, got)
	assert.True(t, a.Complete)
}

func TestLeapMonthsAsTheTownHasIt(t *testing.T) {
	window := recur.Window{From: date(t, "2025-07-20"), To: date(t, "2025-08-27")} // 闰六月 is 07-25 to 08-22
	for text, want := range map[string][]string{
		`{"kind":"lunar_days","days":[1]}`:                                                                {"2025-07-25", "2025-08-23"},
		`{"kind":"lunar_days","days":[1],"leap":false}`:                                                   {"2025-08-23"},
		`{"kind":"lunar_yearly","dates":[[6,15]]}`:                                                        {},
		`{"kind":"lunar_yearly","dates":[[6,15]],"leap":true}`:                                            {"2025-08-08"},
		`{"kind":"solar_terms","terms":["大暑","立秋"]}`:                                                      {"2025-07-22", "2025-08-07"},
		`{"kind":"every_days","every":10,"since":"2025-01-01"}`:                                           {"2025-07-20", "2025-07-30", "2025-08-09", "2025-08-19"},
		`{"kind":"branches","branches":["牛"]}`:                                                            {"2025-07-31", "2025-08-12", "2025-08-24"},
		`{"kind":"any","rules":[{"kind":"lunar_days","days":[15]},{"kind":"gregorian_days","days":[1]}]}`: {"2025-08-01", "2025-08-08"},
	} {
		got, _ := dates(t, rule(t, text), window)
		assert.Equal(t, want, got, text)
	}
}

func TestAFileOfSeveralRules(t *testing.T) {
	rules, err := recur.Read([]byte(`{"about":"x","words":[{"words":["赶集"]}],"rules":[{"id":"a","town":"t","rule":{"kind":"daily"}},
		{"id":"b","rrule":"FREQ=DAILY;COUNT=1","dtstart":"2026-01-01"}],"lists":[{"rule":"a","dates":[]}],"more":[{"id":"c","kind":"daily"}]}`))
	require.NoError(t, err)
	var ids []string
	for _, r := range rules {
		ids = append(ids, r.ID)
	}
	assert.Equal(t, []string{"a", "b", "c"}, ids)
	rules, err = recur.Read([]byte("DTSTART:20260101\nRRULE:FREQ=DAILY\n\nDTSTART:20260201\nRRULE:FREQ=DAILY\n"))
	require.NoError(t, err)
	assert.Len(t, rules, 2)
	rules, err = recur.Read([]byte(`[{"kind":"daily"},{"kind":"weekdays","days":["MO"]}]`))
	require.NoError(t, err)
	assert.Len(t, rules, 2)
}

func TestRulesThatCannotWorkAreRefused(t *testing.T) {
	start := "DTSTART;TZID=Asia/Shanghai:20261201T090000\nRRULE:"
	for text, want := range map[string]error{
		start + "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30":                        recur.ErrNever,
		start + "FREQ=MONTHLY;BYMONTH=4,6;BYMONTHDAY=31":                     recur.ErrNever,
		start + "RSCALE=CHINESE;FREQ=MONTHLY;BYMONTHDAY=31":                  recur.ErrNever,
		start + "FREQ=MONTHLY;BYDAY=-6MO":                                    recur.ErrNever,
		start + "FREQ=HOURLY;INTERVAL=2;BYHOUR=10":                           recur.ErrNever,
		start + "FREQ=MINUTELY;INTERVAL=60;BYMINUTE=1":                       recur.ErrNever,
		start + "FREQ=SECONDLY;INTERVAL=2;BYSECOND=1":                        recur.ErrNever,
		start + "FREQ=DAILY;UNTIL=20261130":                                  recur.ErrEndsBefore,
		start + "FREQ=DAILY;COUNT=100001":                                    recur.ErrTooMany,
		start + "FREQ=DAILY;COUNT=0":                                         recur.ErrUnclear,
		start + "FREQ=DAILY;COUNT=2;UNTIL=20270101":                          recur.ErrUnclear,
		start + "FREQ=DAILY;INTERVAL=0":                                      recur.ErrUnclear,
		start + "FREQ=DAILY;FREQ=DAILY":                                      recur.ErrUnclear,
		start + "FREQ=FORTNIGHTLY":                                           recur.ErrUnclear,
		start + "INTERVAL=2":                                                 recur.ErrUnclear,
		start + "FREQ=DAILY;BYEASTER=1":                                      recur.ErrUnclear,
		start + "FREQ=DAILY;BYHOUR=24":                                       recur.ErrUnclear,
		start + "FREQ=DAILY;BYDAY=2MO":                                       recur.ErrUnclear,
		start + "FREQ=DAILY;BYYEARDAY=3":                                     recur.ErrUnclear,
		start + "FREQ=WEEKLY;BYMONTHDAY=3":                                   recur.ErrUnclear,
		start + "FREQ=MONTHLY;BYWEEKNO=3":                                    recur.ErrUnclear,
		start + "FREQ=MONTHLY;BYSETPOS=1":                                    recur.ErrUnclear,
		start + "FREQ=DAILY;UNTIL=soon":                                      recur.ErrUnclear,
		start + "RSCALE=HEBREW;FREQ=YEARLY":                                  recur.ErrUnclear,
		start + "RSCALE=GREGORIAN;FREQ=YEARLY;SKIP=YES":                      recur.ErrUnclear,
		start + "RSCALE=CHINESE;FREQ=YEARLY;BYMONTH=13":                      recur.ErrUnclear,
		start + "RSCALE=GREGORIAN;FREQ=YEARLY;BYMONTH=5L;SKIP=FORWARD":       recur.ErrUnclear,
		start + "RSCALE=CHINESE;FREQ=HOURLY":                                 recur.ErrUnclear,
		start + "FREQ=DAILY\nSUMMARY:x":                                      recur.ErrUnclear,
		"DTSTART:20260230\nRRULE:FREQ=DAILY":                                 recur.ErrUnclear,
		"RRULE:FREQ=DAILY":                                                   recur.ErrUnclear,
		"DTSTART;TZID=Mars/Olympus:20260101\nRRULE:FREQ=DAILY":               recur.ErrZone,
		"DTSTART;TZID=Local:20260101\nRRULE:FREQ=DAILY":                      recur.ErrZone,
		`{"kind":"daily","dtstart":"2026-12-02","until":"2026-12-01"}`:       recur.ErrEndsBefore,
		`{"kind":"daily","count":3}`:                                         recur.ErrUnclear,
		`{"kind":"lunar_days","days":[31]}`:                                  models.ErrMarketRule,
		`{"kind":"solar_terms","terms":["小暑节"]}`:                             models.ErrMarketRule,
		`{"kind":"every_days","every":0,"since":"2026-01-01"}`:               models.ErrMarketRule,
		`{"kind":"every_days","every":7}`:                                    models.ErrMarketRule,
		`{"kind":"any","rules":[]}`:                                          models.ErrMarketRule,
		`{"kind":"any","rules":[{"kind":"any","rules":[{"kind":"daily"}]}]}`: models.ErrMarketRule,
		`{"id":"nothing"}`:                                                   recur.ErrUnclear,
		`{`:                                                                  recur.ErrUnclear,
		`hello`:                                                              recur.ErrUnclear,
	} {
		_, err := recur.Parse([]byte(text))
		assert.ErrorIs(t, err, want, strings.TrimPrefix(text, start))
	}
	for _, text := range []string{"", " \n", "{}", "[]", `{"rules":[]}`, "[3]", "{"} {
		_, err := recur.Read([]byte(text))
		assert.ErrorIs(t, err, recur.ErrUnclear, text)
	}
}

func TestRulesWithoutAnEndAreRefusedWhereNobodySaysUntilWhen(t *testing.T) {
	for _, text := range []string{`{"kind":"daily"}`, "DTSTART:20261201T090000\nRRULE:FREQ=SECONDLY"} {
		_, err := rule(t, text).Expand(recur.Window{From: date(t, "2026-12-01"), Open: true})
		assert.ErrorIs(t, err, recur.ErrEndless)
	}
	secondly := rule(t, "DTSTART:20261201T090000\nRRULE:FREQ=SECONDLY")
	_, err := secondly.Expand(recur.Window{From: date(t, "2026-12-01"), To: date(t, "2027-12-31")})
	assert.ErrorIs(t, err, recur.ErrTooMany)
	counted := rule(t, "DTSTART:20000101T090000\nRRULE:FREQ=SECONDLY;BYMONTH=6;COUNT=100000")
	_, err = counted.Expand(recur.Window{From: date(t, "2001-01-01"), Open: true})
	assert.NoError(t, err, "it ended before")
	got, _ := dates(t, secondly, recur.Window{From: date(t, "2030-12-01"), Open: true, Most: 2})
	assert.Equal(t, []string{"2030-12-01T00:00", "2030-12-01T00:00:01"}, got)
	all, a := dates(t, rule(t, `{"kind":"daily"}`), recur.Window{From: almanac.First, To: almanac.Last})
	assert.Len(t, all, 73_049)
	assert.False(t, a.Complete)
}

func TestWhyARuleIsNotClearIsSaidInTheReadersLanguage(t *testing.T) {
	english := regexp.MustCompile(`[a-z]{3,} [a-z]{2,}`)
	for text, want := range map[string]string{
		"":         "规则没看懂：还没写规则",
		`{"kind":`: "规则没看懂：JSON 写得不对",
		`{"dtstart":"2026-12-01","rrule":"BYDAY=MO"}`:                                "规则没看懂：少了 FREQ，就是隔多久一次",
		`{"dtstart":"2026-12-01","rrule":"FREQ=DAILY;BYMONTH=13"}`:                   "规则没看懂：BYMONTH=13",
		`{"dtstart":"2026-12-01","rrule":"FREQ=DAILY;BYHOUR=25"}`:                    "规则没看懂：BYHOUR=25",
		`{"dtstart":"2026-12-01","rrule":"FREQ=SOMETIMES"}`:                          "规则没看懂：FREQ=SOMETIMES",
		`{"dtstart":"2026-12-01","rrule":"FREQ=DAILY;FREQ=DAILY"}`:                   "规则没看懂：FREQ 写了两遍",
		`{"dtstart":"2026-12-01","rrule":"FREQ=DAILY;COUNT=2;UNTIL=20270101"}`:       "规则没看懂：COUNT 和 UNTIL 只能写一个",
		`{"dtstart":"2026-12-01","rrule":"FREQ=WEEKLY;BYMONTHDAY=3"}`:                "规则没看懂：BYMONTHDAY 不能和 FREQ=WEEKLY 一起用",
		`{"dtstart":"2026-12-01","rrule":"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}`:     "这条规则一天也排不出来：BYMONTHDAY=30，这些月最多 29 天",
		`{"dtstart":"2026-12-01T09:00","rrule":"FREQ=HOURLY;INTERVAL=24;BYHOUR=10"}`: "这条规则一天也排不出来：INTERVAL=24，永远碰不上写的钟点",
		"DTSTART:20261201T090000\nSUMMARY:x":                                         "规则没看懂：第 2 行，只认 DTSTART、RRULE、EXDATE、RDATE",
	} {
		_, err := recur.Parse([]byte(text))
		var refused *models.Error
		require.ErrorAs(t, err, &refused, text)
		assert.Equal(t, want, refused.Text.ZH, text)
		assert.NotRegexp(t, english, refused.Text.ZH, text)
		assert.NotRegexp(t, "[一-龥]", refused.Text.EN, text)
	}
}
