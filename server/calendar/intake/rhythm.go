package intake

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"onestreet/models"
	"onestreet/server/calendar/almanac"
)

var weekdayCodes = []string{"SU", "MO", "TU", "WE", "TH", "FR", "SA"}

// once tells a rhythm that is none.
func once(text string) bool {
	return slices.Contains([]string{"", "否", "无", "不", "不重复", "单次", "一次", "仅一次", "once", "no", "none", "never", "-"}, strings.ToLower(text))
}

// forms are the ways in which people say how often, each with what it becomes; from is the date beside it, or nil.
var forms = []struct {
	form *regexp.Regexp
	rule func(r row, m []string, from *day) string
}{
	{regexp.MustCompile(`(?i)^(?:RRULE:)?(.*FREQ=.*)$`), func(_ row, m []string, _ *day) string { return strings.ToUpper(m[1]) }},
	{regexp.MustCompile(`(?i)^(?:每天|天天|每日|daily|every ?day)$`), fixed("FREQ=DAILY")},
	{regexp.MustCompile(`(?i)^(?:每个?)?(?:工作日|(?:周|星期)一(?:到|至|-|~)(?:周|星期)?五)$|^(?:every )?weekdays?$`), fixed("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR")},
	{regexp.MustCompile(`(?i)^(?:每个?)?(?:周末|双休日)$|^(?:every )?weekends?$`), fixed("FREQ=WEEKLY;BYDAY=SA,SU")},
	{regexp.MustCompile(`(?i)^(?:每逢|每个|每|逢|赶)?(?:集|集日|赶集|赶集日|逢集|场|圩日|market ?days?|every market ?day)(?:日|的日子)?$`), fixed(`{"kind":"street"}`)},
	{regexp.MustCompile(`^(?:农历|阴历)?(?:每月)?逢([一二三四五六七八九十0-9、,和逢 ]+)(?:日)?$`), digitsOf(models.MarketLunarDigits)},
	{regexp.MustCompile(`^(?:公历|阳历)(?:每月)?逢([一二三四五六七八九十0-9、,和逢 ]+)(?:日)?$`), digitsOf(models.MarketGregorianDigits)},
	{regexp.MustCompile(`^(?:每月)?(?:农历|阴历)?(?:每月)?((?:初[一二三四五六七八九十]|廿[一二三四五六七八九]?|二?十[一二三四五六七八九]?|三十)(?:[、,和 ]*(?:初[一二三四五六七八九十]|廿[一二三四五六七八九]?|二?十[一二三四五六七八九]?|三十))*)$`), lunarDays},
	{regexp.MustCompile(`^每月([0-9、,和 日号]+)$`), monthDays},
	{regexp.MustCompile(`^每个?月的?(?:第([一二三四五1-5])个?|(最后)一?个?)(?:周|星期|礼拜)([一二三四五六日天末])$`), monthWeekday},
	{regexp.MustCompile(`^(每两周|每2周|隔周|每隔一周|双周)(?:的?(?:周|星期|礼拜)?([一二三四五六日天、,和周星期 ]+))?$`), fortnightly},
	{regexp.MustCompile(`^(?:每个?)?(?:周|星期|礼拜)([一二三四五六日天][一二三四五六日天、,和及周星期礼拜 ]*)$`), func(_ row, m []string, _ *day) string { return weekly(m[1], 1) }},
	{regexp.MustCompile(`(?i)^(?:weekly on |every )?((?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:days?)?(?:\s*(?:,|and|&)\s*)?)+)$`), weekdaysNamed},
	{regexp.MustCompile(`(?i)^(?:每周|每个?星期|每个?礼拜|weekly|every week)$`), byDate("FREQ=WEEKLY;BYDAY=%s", weekdayOf)},
	{regexp.MustCompile(`(?i)^(?:每个?月|monthly|every month)$`), byDate("FREQ=MONTHLY;BYMONTHDAY=%s", monthDayOf)},
	{regexp.MustCompile(`(?i)^(?:每年|年年|yearly|annually|every year)$`), yearly},
	{regexp.MustCompile(`^(?:每年|年年)的?(.+)$`), yearlyOn},
}

// rhythm reads how often something comes; false for a text that says no such thing.
func (r row) rhythm(text string, from *day) (*Repeat, bool) {
	text = strings.TrimSpace(text)
	for _, f := range forms {
		m := f.form.FindStringSubmatch(text)
		if m == nil {
			continue
		}
		if rule := f.rule(r, m, from); rule != "" {
			return &Repeat{Rule: rule, Zone: r.street.Zone.String()}, true
		}
	}
	return nil, false
}

func fixed(rule string) func(row, []string, *day) string {
	return func(row, []string, *day) string { return rule }
}

func byDate(rule string, part func(almanac.Date) string) func(row, []string, *day) string {
	return func(_ row, _ []string, from *day) string {
		if from == nil {
			return ""
		}
		return fmt.Sprintf(rule, part(from.date))
	}
}

func weekdayOf(d almanac.Date) string { return weekdayCodes[d.Weekday()] }

func monthDayOf(d almanac.Date) string {
	_, _, nth := d.Civil()
	return fmt.Sprint(nth)
}

// market writes a market rule.
func market(rule map[string]any) string {
	text, err := json.Marshal(rule)
	if err != nil {
		return ""
	}
	return string(text)
}

func digitsOf(kind models.MarketKind) func(row, []string, *day) string {
	return func(_ row, m []string, _ *day) string {
		var list []int
		for _, c := range m[1] {
			if n := number(string(c)); n >= 0 {
				list = append(list, (n+9)%10+1)
			}
		}
		if len(list) == 0 {
			return ""
		}
		return market(map[string]any{"kind": kind, "digits": list})
	}
}

var lunarDay = regexp.MustCompile(`初[一二三四五六七八九十]|廿[一二三四五六七八九]?|三十|二十[一二三四五六七八九]?|十[一二三四五六七八九]?`)

func lunarDays(_ row, m []string, _ *day) string {
	var list []int
	for _, name := range lunarDay.FindAllString(m[1], -1) {
		n := number(name)
		if name == "廿" {
			n = 20
		}
		list = append(list, n)
	}
	return market(map[string]any{"kind": models.MarketLunarDays, "days": list})
}

var digitsForm = regexp.MustCompile(`\d+`)

func monthDays(_ row, m []string, _ *day) string {
	list := digitsForm.FindAllString(m[1], -1)
	if len(list) == 0 {
		return ""
	}
	return "FREQ=MONTHLY;BYMONTHDAY=" + strings.Join(list, ",")
}

func monthWeekday(_ row, m []string, _ *day) string {
	nth := -1
	if m[2] == "" {
		nth = number(m[1])
	}
	days := weekdaysIn(m[3])
	if len(days) != 1 {
		return ""
	}
	return fmt.Sprintf("FREQ=MONTHLY;BYDAY=%d%s", nth, days[0])
}

func fortnightly(_ row, m []string, from *day) string {
	if m[2] != "" {
		return weekly(m[2], 2)
	}
	if from == nil {
		return ""
	}
	return "FREQ=WEEKLY;INTERVAL=2;BYDAY=" + weekdayOf(from.date)
}

func weekly(days string, every int) string {
	list := weekdaysIn(days)
	if len(list) == 0 {
		return ""
	}
	if every > 1 {
		return fmt.Sprintf("FREQ=WEEKLY;INTERVAL=%d;BYDAY=%s", every, strings.Join(list, ","))
	}
	return "FREQ=WEEKLY;BYDAY=" + strings.Join(list, ",")
}

// weekdaysIn finds the days of the week in 六、日.
func weekdaysIn(text string) (list []string) {
	for _, c := range text {
		at := slices.Index([]rune("日一二三四五六"), c)
		if c == '天' {
			at = 0
		}
		if at >= 0 && !slices.Contains(list, weekdayCodes[at]) {
			list = append(list, weekdayCodes[at])
		}
	}
	return list
}

var weekdayName = regexp.MustCompile(`(?i)mon|tue|wed|thu|fri|sat|sun`)

func weekdaysNamed(_ row, m []string, _ *day) string {
	var list []string
	for _, name := range weekdayName.FindAllString(m[1], -1) {
		if code := strings.ToUpper(name[:2]); !slices.Contains(list, code) {
			list = append(list, code)
		}
	}
	return "FREQ=WEEKLY;BYDAY=" + strings.Join(list, ",")
}

// yearly is every year on the date beside it: by the moon, where the date is told by it.
func yearly(_ row, _ []string, from *day) string {
	if from == nil {
		return ""
	}
	if from.lunar != nil {
		return market(map[string]any{"kind": models.MarketLunarYearly, "dates": [][2]int{{from.lunar.Month, from.lunar.Day}}})
	}
	_, month, nth := from.date.Civil()
	return fmt.Sprintf("FREQ=YEARLY;BYMONTH=%d;BYMONTHDAY=%d", month, nth)
}

func yearlyOn(r row, m []string, _ *day) string {
	d, code := r.dayOf(strings.TrimSpace(m[1]))
	if code != "" {
		return ""
	}
	return yearly(r, nil, &d)
}
