package models_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"onestreet/models"
)

func TestATillsMomentByTheServersClock(t *testing.T) {
	noon := time.Date(2026, 10, 17, 4, 0, 0, 0, time.UTC)
	at := func(minutes int) time.Time { return noon.Add(time.Duration(minutes) * time.Minute) }
	const unknown = -time.Second
	for _, c := range []struct {
		name      string
		last, now int // minutes that the server is ahead
		clock     int // the phone's clock
		contact   int
		since     time.Duration
		want      int
		wild      bool
	}{
		{"a right clock", 0, 0, 30, 0, unknown, 30, false},
		{"five minutes slow", 5, 5, 25, 0, unknown, 30, false},
		{"five minutes fast", -5, -5, 35, 0, unknown, 30, false},
		{"a week slow", 7 * 1440, 7 * 1440, 30 - 7*1440, 0, unknown, 30, false},
		{"drifted a little", 0, 1, 29, 0, unknown, 30, false},
		{"set in between, the steady clock knows", 0, 300, 30 - 300, 10, 20 * time.Minute, 30, true},
		{"set forward in between, the app restarted: the earlier reading", 0, -300, 330, 0, unknown, 30, true},
		{"set back in between, the app restarted: not before what came before it", 0, 300, 30 - 300, 0, unknown, 0, true},
		{"says what is yet to come", 0, 0, 200, 0, unknown, 60, true},
		{"a second ahead of now", 0, 0, 61, 0, unknown, 60, false},
		{"before the entry before it", 0, 0, -30, 0, unknown, 0, true},
	} {
		clock := models.TillClock{Last: at(c.last).Sub(noon), Now: at(c.now).Sub(noon), After: noon, Before: at(60)}
		got, wild := clock.At(models.TillMoment{Clock: at(c.clock), Contact: at(c.contact), Since: c.since})
		assert.Equal(t, at(c.want), got, c.name)
		assert.Equal(t, c.wild, wild, c.name)
	}
}
