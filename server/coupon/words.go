package coupon

import (
	"strings"
	"time"

	"onestreet/models"
)

// moment writes a time of the street as people say it within a sentence: 7 月 3 日 18:18, on 3 July at 18:18.
func moment(at time.Time, zone *time.Location) models.Text {
	said := models.SaidMoment(at.In(zone))
	return models.Text{ZH: said.ZH, EN: "on " + said.EN}
}

// weekdays writes a set of days: 周一、周三.
func weekdays(set models.Weekdays) models.Text {
	var zh, en []string
	for _, d := range set.List() {
		day := models.SaidWeekday(time.Weekday(d))
		zh, en = append(zh, day.ZH), append(en, day.EN)
	}
	return models.Text{ZH: strings.Join(zh, "、"), EN: strings.Join(en, ", ")}
}

// fill fills a sentence of two languages with texts of two languages.
func fill(zh, en string, parts ...models.Text) models.Text {
	return models.Text{ZH: zh, EN: en}.Fill(parts...)
}

// bare is a moment without the English "on", for "from …" and "begins …".
func bare(at time.Time, zone *time.Location) models.Text {
	m := moment(at, zone)
	m.EN = strings.TrimPrefix(m.EN, "on ")
	return m
}
