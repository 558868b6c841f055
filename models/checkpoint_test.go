package models

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestAStreetSealsAtNineByItsOwnClock(t *testing.T) {
	tests := []struct{ zone, now, due, day, next string }{
		{"Asia/Shanghai", "2026-10-17T12:59:59Z", "2026-10-16T13:00:00Z", "2026-10-16", "2026-10-17T13:00:00Z"},
		{"Asia/Shanghai", "2026-10-17T13:00:00Z", "2026-10-17T13:00:00Z", "2026-10-17", "2026-10-18T13:00:00Z"},
		{"Asia/Shanghai", "2026-10-17T16:30:00Z", "2026-10-17T13:00:00Z", "2026-10-17", "2026-10-18T13:00:00Z"},    // the street's next day
		{"America/New_York", "2026-11-01T12:00:00Z", "2026-11-01T01:00:00Z", "2026-10-31", "2026-11-02T02:00:00Z"}, // the clocks go back
		{"no such zone", "2027-01-01T00:00:00Z", "2026-12-31T13:00:00Z", "2026-12-31", "2027-01-01T13:00:00Z"},
	}
	for _, test := range tests {
		t.Run(test.zone+" "+test.now, func(t *testing.T) {
			now, err := time.Parse(time.RFC3339, test.now)
			require.NoError(t, err)
			street := Alliance{Slug: "qingshi", TimeZone: test.zone}
			due, day := street.SealDue(now)
			assert.Equal(t, test.due, due.UTC().Format(time.RFC3339))
			assert.Equal(t, test.day, day)
			assert.Equal(t, test.next, street.SealNext(now).UTC().Format(time.RFC3339))
			assert.Equal(t, "onestreet/qingshi", street.LedgerOrigin())
		})
	}
}
