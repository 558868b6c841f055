package models

import "fmt"

// LunarDate is a day of the Chinese lunar calendar. The year is named by the Gregorian year its new year falls in; a
// leap month has the number of the month it follows. Which Gregorian day it is needs the sky: see calendar/almanac.
type LunarDate struct {
	Year  int  `json:"year"`
	Month int  `json:"month"` // 1–12
	Leap  bool `json:"leap"`
	Day   int  `json:"day"` // 1–30
}

var (
	stems        = []string{"甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"}
	branches     = []string{"子", "丑", "寅", "卯", "辰", "巳", "午", "未", "申", "酉", "戌", "亥"}
	branchBeasts = []string{"鼠", "牛", "虎", "兔", "龙", "蛇", "马", "羊", "猴", "鸡", "狗", "猪"}
	animals      = []string{"Rat", "Ox", "Tiger", "Rabbit", "Dragon", "Snake", "Horse", "Goat", "Monkey", "Rooster", "Dog", "Pig"}
	lunarMonth   = []string{"", "正", "二", "三", "四", "五", "六", "七", "八", "九", "十", "冬", "腊"}
	digits       = []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"}
)

// SolarTerms are the solar terms in the order of the Gregorian year: 1 is 小寒, 24 is 冬至.
var SolarTerms = [25]Text{{},
	{ZH: "小寒", EN: "Minor Cold"}, {ZH: "大寒", EN: "Major Cold"},
	{ZH: "立春", EN: "Start of Spring"}, {ZH: "雨水", EN: "Rain Water"},
	{ZH: "惊蛰", EN: "Insects Wake"}, {ZH: "春分", EN: "Spring Equinox"},
	{ZH: "清明", EN: "Qingming"}, {ZH: "谷雨", EN: "Grain Rain"},
	{ZH: "立夏", EN: "Start of Summer"}, {ZH: "小满", EN: "Grain Buds"},
	{ZH: "芒种", EN: "Grain in Ear"}, {ZH: "夏至", EN: "Summer Solstice"},
	{ZH: "小暑", EN: "Minor Heat"}, {ZH: "大暑", EN: "Major Heat"},
	{ZH: "立秋", EN: "Start of Autumn"}, {ZH: "处暑", EN: "End of Heat"},
	{ZH: "白露", EN: "White Dew"}, {ZH: "秋分", EN: "Autumn Equinox"},
	{ZH: "寒露", EN: "Cold Dew"}, {ZH: "霜降", EN: "First Frost"},
	{ZH: "立冬", EN: "Start of Winter"}, {ZH: "小雪", EN: "Minor Snow"},
	{ZH: "大雪", EN: "Major Snow"}, {ZH: "冬至", EN: "Winter Solstice"},
}

// YearName is the year's name in the cycle of sixty, such as 丙午年.
func (d LunarDate) YearName() Text {
	stem, branch := mod(d.Year-4, 10), mod(d.Year-4, 12)
	return Text{ZH: stems[stem] + branches[branch] + "年", EN: "Year of the " + animals[branch]}
}

// MonthName is the month's name, such as 十月, 腊月 or 闰六月.
func (d LunarDate) MonthName() Text {
	zh, en := lunarMonth[d.Month]+"月", fmt.Sprintf("month %d", d.Month)
	if d.Leap {
		return Text{ZH: "闰" + zh, EN: "leap " + en}
	}
	return Text{ZH: zh, EN: en}
}

// ShortMonth is the month's name without 月, to be listed: 九、十月.
func (d LunarDate) ShortMonth() Text {
	zh, en := lunarMonth[d.Month], fmt.Sprint(d.Month)
	if d.Leap {
		return Text{ZH: "闰" + zh, EN: "leap " + en}
	}
	return Text{ZH: zh, EN: en}
}

// DayName is the day's name, such as 初一, 十五 or 廿三.
func (d LunarDate) DayName() Text {
	return Text{ZH: lunarDayName(d.Day), EN: fmt.Sprint(d.Day)}
}

// Line is what stands under a day in the month's grid: the day, and on the first of a month the month's name.
func (d LunarDate) Line() Text {
	if d.Day == 1 {
		return d.MonthName()
	}
	return d.DayName()
}

func lunarDayName(day int) string {
	switch {
	case day <= 10:
		return "初" + digits[day]
	case day < 20:
		return "十" + digits[day-10]
	case day == 20:
		return "二十"
	case day < 30:
		return "廿" + digits[day-20]
	}
	return "三十"
}

// SexagenaryDay names a day in the cycle of sixty (0 is 甲子).
func SexagenaryDay(n int) string { return stems[mod(n, 10)] + branches[mod(n, 12)] }

func mod(n, m int) int { return ((n % m) + m) % m }
