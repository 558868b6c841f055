package almanac

import (
	"time"

	"onestreet/models"
)

// terms are the solar terms in the order of the Gregorian year: 1 is 小寒, 24 is 冬至.
var terms = []models.Text{{},
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

// lunarFestivals are those that a street keeps, by lunar month and day. A leap month does not keep them again.
var lunarFestivals = map[[2]int]models.Text{
	{1, 1}:   {ZH: "春节", EN: "Spring Festival"},
	{1, 15}:  {ZH: "元宵节", EN: "Lantern Festival"},
	{2, 2}:   {ZH: "龙抬头", EN: "Dragon Raises Head"},
	{3, 3}:   {ZH: "上巳节", EN: "Shangsi"},
	{5, 5}:   {ZH: "端午节", EN: "Dragon Boat Festival"},
	{7, 7}:   {ZH: "七夕节", EN: "Qixi"},
	{7, 15}:  {ZH: "中元节", EN: "Ghost Festival"},
	{8, 15}:  {ZH: "中秋节", EN: "Mid-Autumn"},
	{9, 9}:   {ZH: "重阳节", EN: "Double Ninth"},
	{10, 1}:  {ZH: "寒衣节", EN: "Winter Clothes"},
	{10, 15}: {ZH: "下元节", EN: "Xiayuan"},
	{12, 8}:  {ZH: "腊八节", EN: "Laba"},
	{12, 23}: {ZH: "北小年", EN: "Little New Year (north)"},
	{12, 24}: {ZH: "南小年", EN: "Little New Year (south)"},
}

var newYearsEve = models.Text{ZH: "除夕", EN: "New Year's Eve"}

type civil struct {
	month time.Month
	day   int
}

// civilFestivals are the holidays by the Gregorian calendar.
var civilFestivals = map[civil]models.Text{
	{time.January, 1}:    {ZH: "元旦", EN: "New Year's Day"},
	{time.March, 8}:      {ZH: "妇女节", EN: "Women's Day"},
	{time.May, 1}:        {ZH: "劳动节", EN: "Labour Day"},
	{time.May, 4}:        {ZH: "青年节", EN: "Youth Day"},
	{time.June, 1}:       {ZH: "儿童节", EN: "Children's Day"},
	{time.September, 10}: {ZH: "教师节", EN: "Teachers' Day"},
	{time.October, 1}:    {ZH: "国庆节", EN: "National Day"},
}

// Festivals lists what the day is known for, the greatest first: the lunar festival, the holiday, the solar term.
func (d Day) Festivals() []models.Text {
	var found []models.Text
	if name, ok := d.lunarFestival(); ok {
		found = append(found, name)
	}
	_, month, day := d.Civil()
	if name, ok := civilFestivals[civil{month, day}]; ok {
		found = append(found, name)
	}
	if d.Term > 0 {
		found = append(found, terms[d.Term])
	}
	return found
}

func (d Day) lunarFestival() (models.Text, bool) {
	if d.Lunar.Month == 12 && d.lastOfYear() {
		return newYearsEve, true
	}
	if d.Lunar.Leap {
		return models.Text{}, false
	}
	name, ok := lunarFestivals[[2]int{d.Lunar.Month, d.Lunar.Day}]
	return name, ok
}

// lastOfYear tells whether tomorrow is the first day of the first month (a leap twelfth month would come between).
func (d Day) lastOfYear() bool {
	if d.Lunar.Day != d.MonthLength || d.Date == Last {
		return false
	}
	tomorrow, err := Of(d.Date + 1)
	return err == nil && tomorrow.Lunar.Month == 1
}
