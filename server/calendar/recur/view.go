package recur

import (
	"fmt"
	"time"

	"onestreet/models"
	"onestreet/server/calendar/almanac"
)

// View is a rule's dates as the command line prints them and the form previews them.
type View struct {
	ID       string        `json:"id,omitempty" doc:"of the rule, where its file names it"`
	Zone     string        `json:"tzid,omitempty"`
	Dates    []string      `json:"dates" nullable:"false" doc:"YYYY-MM-DD, or YYYY-MM-DDTHH:MM by the wall clock when the rule has an hour"`
	Days     []DayView     `json:"days" nullable:"false" doc:"the same dates, with what the almanac knows of them"`
	Missing  []MissingView `json:"missing" nullable:"false" doc:"days that the rule names and the month does not have: there is nothing on them"`
	Complete bool          `json:"complete" doc:"nothing comes after the last date"`
}

// DayView is a date with what the almanac knows of it.
type DayView struct {
	Gregorian  string            `json:"gregorian" doc:"YYYY-MM-DD"`
	At         string            `json:"at,omitempty" doc:"the moment, with the offset of its zone"`
	Weekday    string            `json:"weekday" doc:"SU to SA"`
	Lunar      *models.LunarDate `json:"lunar,omitempty" doc:"absent outside 1901–2100"`
	Name       string            `json:"name,omitempty" doc:"such as 闰六月初三"`
	YearName   string            `json:"year_name,omitempty" doc:"such as 丙午年"`
	Sexagenary string            `json:"ganzhi_day,omitempty" doc:"such as 甲子"`
	Term       string            `json:"term,omitempty" doc:"the solar term that begins on the day"`
	Festivals  []string          `json:"festivals,omitempty"`
}

// MissingView is a day that there is not.
type MissingView struct {
	Lunar     *models.LunarDate `json:"lunar,omitempty"`
	Gregorian string            `json:"gregorian,omitempty" doc:"such as 2027-02-30"`
	Why       string            `json:"why"`
}

// See tells a rule's answer in a language.
func (r Rule) See(a Answer, locale string) View {
	v := View{ID: r.ID, Dates: []string{}, Days: []DayView{}, Missing: []MissingView{}, Complete: a.Complete}
	if r.Zone != nil {
		v.Zone = r.Zone.String()
	}
	for _, t := range a.Times {
		v.Dates = append(v.Dates, r.text(t))
		day := SeeDay(DateOf(t), locale)
		if !r.AllDay && r.Zone != nil {
			day.At = r.Instant(t, time.UTC).Format(time.RFC3339)
		}
		v.Days = append(v.Days, day)
	}
	for _, m := range a.Missing {
		v.Missing = append(v.Missing, m.see(locale))
	}
	return v
}

func (r Rule) text(wall time.Time) string {
	switch {
	case r.AllDay:
		return wall.Format(time.DateOnly)
	case wall.Second() != 0:
		return wall.Format("2006-01-02T15:04:05")
	}
	return wall.Format("2006-01-02T15:04")
}

var weekdayNames = [7]string{"SU", "MO", "TU", "WE", "TH", "FR", "SA"}

// SeeDay tells what the almanac knows of a date.
func SeeDay(date almanac.Date, locale string) DayView {
	v := DayView{Gregorian: date.String(), Weekday: weekdayNames[date.Weekday()]}
	day, err := almanac.Of(date)
	if err != nil {
		return v
	}
	v.Lunar, v.YearName = &day.Lunar, day.Lunar.YearName().In(locale)
	v.Name = models.Text{ZH: day.Lunar.MonthName().ZH + day.Lunar.DayName().ZH, EN: day.Lunar.MonthName().EN + ", day " + day.Lunar.DayName().EN}.In(locale)
	v.Sexagenary, v.Term = models.SexagenaryDay(day.Sexagenary), models.SolarTerms[day.Term].In(locale)
	for _, name := range day.Festivals() {
		v.Festivals = append(v.Festivals, name.In(locale))
	}
	return v
}

func (m Missing) see(locale string) MissingView {
	if !m.Lunar {
		return MissingView{
			Gregorian: fmt.Sprintf("%04d-%02d-%02d", m.Date.Year, m.Date.Month, m.Date.Day),
			Why: models.Text{
				ZH: fmt.Sprintf("%d 月只有 %d 天，这天没有", m.Date.Month, m.Length), EN: fmt.Sprintf("the month has %d days: nothing on this one", m.Length),
			}.In(locale),
		}
	}
	return MissingView{Lunar: &m.Date, Why: models.Text{
		ZH: fmt.Sprintf("%s只有 %d 天，没有%s，这天不逢", m.Date.MonthName().ZH, m.Length, m.Date.DayName().ZH),
		EN: fmt.Sprintf("the lunar month has %d days: no market on the %sth", m.Length, m.Date.DayName().EN),
	}.In(locale)}
}
