package models_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onestreet/models"
)

func TestWhenAStoreRests(t *testing.T) {
	at := func(text string) time.Time {
		when, err := time.ParseInLocation("2006-01-02 15:04", text, time.FixedZone("street", 8*60*60))
		require.NoError(t, err)
		return when
	}
	for _, c := range []struct{ from, until, now, back string }{
		{"22:00", "08:00", "2026-10-17 21:59", ""},
		{"22:00", "08:00", "2026-10-17 22:00", "2026-10-18 08:00"},
		{"22:00", "08:00", "2026-10-18 00:30", "2026-10-18 08:00"},
		{"22:00", "08:00", "2026-10-18 07:59", "2026-10-18 08:00"},
		{"22:00", "08:00", "2026-10-18 08:00", ""},
		{"13:00", "15:30", "2026-10-17 14:00", "2026-10-17 15:30"},
		{"13:00", "15:30", "2026-10-17 15:30", ""},
		{"22:00", "08:00", "2026-12-31 23:00", "2027-01-01 08:00"},
		{"", "", "2026-10-17 23:00", ""},
		{"08:00", "08:00", "2026-10-17 08:00", ""},
		{"25:00", "08:00", "2026-10-17 07:00", ""},
	} {
		back, rests := models.QuietUntil(c.from, c.until, at(c.now))
		require.Equal(t, c.back != "", rests, "%+v", c)
		if rests {
			require.Equal(t, at(c.back), back, "%+v", c)
		}
	}
}
