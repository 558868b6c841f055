package almanac

import (
	"time"

	"onestreet/models"
)

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
		found = append(found, models.SolarTerms[d.Term])
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
