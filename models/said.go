package models

import (
	"fmt"
	"time"
)

// How days and times are said to people, in both languages and as the web app writes them. The times given are local ones.

var weekdaysZH = [...]string{"周日", "周一", "周二", "周三", "周四", "周五", "周六"}

// SaidWeekday is a day of the week: "周日", "Sunday".
func SaidWeekday(d time.Weekday) Text { return Text{ZH: weekdaysZH[d], EN: d.String()} }

// SaidTime is a time of the day, alike in both languages: "4:04", "18:18".
func SaidTime(local time.Time) string { return fmt.Sprintf("%d:%02d", local.Hour(), local.Minute()) }

// SaidDay is a day of this year: "10 月 31 日", "31 October".
func SaidDay(local time.Time) Text {
	return Text{ZH: local.Format("1 月 2 日"), EN: local.Format("2 January")}
}

// SaidDate is a day with its weekday: "10 月 31 日周六", "Saturday 31 October".
func SaidDate(local time.Time) Text {
	day, weekday := SaidDay(local), SaidWeekday(local.Weekday())
	return Text{ZH: day.ZH + weekday.ZH, EN: weekday.EN + " " + day.EN}
}

// SaidMoment is a day and a time: "10 月 31 日 18:18", "31 October at 18:18".
func SaidMoment(local time.Time) Text { return SaidDay(local).at(local) }

// SaidAppointment is a moment with its weekday: "10 月 31 日周六 18:18", "Saturday 31 October at 18:18".
func SaidAppointment(local time.Time) Text { return SaidDate(local).at(local) }

func (t Text) at(local time.Time) Text {
	return Text{ZH: t.ZH + " " + SaidTime(local), EN: t.EN + " at " + SaidTime(local)}
}
