package models

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

func TestDaysAndTimesAreSaidAsTheyAreOnEveryScreen(t *testing.T) {
	early := time.Date(2026, 10, 31, 4, 4, 0, 0, time.UTC)
	assert.Equal(t, "4:04", SaidTime(early))
	assert.Equal(t, "18:18", SaidTime(early.Add(14*time.Hour+14*time.Minute)))
	for _, said := range []struct {
		got    Text
		zh, en string
	}{
		{SaidWeekday(time.Sunday), "周日", "Sunday"},
		{SaidDay(early), "10 月 31 日", "31 October"},
		{SaidDate(early), "10 月 31 日周六", "Saturday 31 October"},
		{SaidMoment(early), "10 月 31 日 4:04", "31 October at 4:04"},
		{SaidAppointment(early), "10 月 31 日周六 4:04", "Saturday 31 October at 4:04"},
	} {
		assert.Equal(t, Text{ZH: said.zh, EN: said.en}, said.got)
	}
}
