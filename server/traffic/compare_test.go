package traffic_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

// Market days of October and November 2026 by 三六九: the 18th (初九), the 22nd (十三), the 25th (十六), the 28th (十九), 1 November (廿三).
func TestMarketDaysAreHeldAgainstMarketDays(t *testing.T) {
	each(t, func(t *testing.T, s street) {
		zone := s.Street.Alliance.Location()
		noon := func(month time.Month, day int) { s.Time.Set(time.Date(2026, month, day, 12, 0, 0, 0, zone)) }
		people := s.joins(3, "noodles")
		noon(10, 18)
		s.seen("noodles", 0, people...)
		noon(10, 22)
		s.seen("noodles", 0, people[0])

		d := s.desk("noodles")
		assert.EqualValues(t, 3, d.Today.Compare.Visits)
		assert.Equal(t, "上个集日（10 月 18 日）这个时候", d.Today.Compare.Label)
		o := s.overview()
		assert.EqualValues(t, -2, o.Visits.Delta)
		assert.Equal(t, "上个集日（10 月 18 日）这个时候", o.Visits.Against)

		noon(10, 29)
		assert.Equal(t, "3 周前的周四这个时候（近些那几天逢集）", s.desk("noodles").Today.Compare.Label, "the 22nd and the 15th were market days, and this is none")
		noon(10, 30)
		assert.Equal(t, "上个周五这个时候", s.desk("noodles").Today.Compare.Label)
	})
}
