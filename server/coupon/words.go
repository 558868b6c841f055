package coupon

import (
	"fmt"
	"strings"
	"time"

	"onestreet/models"
)

var weekdayZH = [...]string{"周日", "周一", "周二", "周三", "周四", "周五", "周六"}

// moment writes a time of the street as people say it: 7 月 3 日 18:18.
func moment(at time.Time, zone *time.Location) models.Text {
	local := at.In(zone)
	return models.Text{
		ZH: fmt.Sprintf("%d 月 %d 日 %s", local.Month(), local.Day(), local.Format("15:04")),
		EN: "on " + local.Format("January 2 at 15:04"),
	}
}

// weekdays writes a set of days: 周一、周三.
func weekdays(set models.Weekdays) models.Text {
	var zh, en []string
	for _, d := range set.List() {
		zh, en = append(zh, weekdayZH[d]), append(en, time.Weekday(d).String())
	}
	return models.Text{ZH: strings.Join(zh, "、"), EN: strings.Join(en, ", ")}
}

// say fills an error's words with texts, each language with its own.
func say(e *models.Error, parts ...models.Text) *models.Error {
	t := fill(e.Text.ZH, e.Text.EN, parts...)
	return e.Say(t.ZH, t.EN)
}

// fill fills a sentence of two languages with texts of two languages.
func fill(zh, en string, parts ...models.Text) models.Text {
	inZH, inEN := make([]any, len(parts)), make([]any, len(parts))
	for i, p := range parts {
		inZH[i], inEN[i] = p.ZH, p.EN
	}
	return models.Text{ZH: fmt.Sprintf(zh, inZH...), EN: fmt.Sprintf(en, inEN...)}
}

// both is a text that is the same in both languages.
func both(text string) models.Text { return models.Text{ZH: text, EN: text} }

// bare is a moment without the English "on", for "from …" and "begins …".
func bare(at time.Time, zone *time.Location) models.Text {
	m := moment(at, zone)
	m.EN = strings.TrimPrefix(m.EN, "on ")
	return m
}
