package traffic_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"onestreet/models"
	"onestreet/server/testkit"
)

func TestTheDeskIsTheStoresOwnDay(t *testing.T) {
	each(t, func(t *testing.T, s street) {
		people := s.joins(4, "noodles")
		s.seen("noodles", 0, people[:2]...)
		s.Time.Advance(7 * day)
		c := s.campaign()
		s.joins(2, "noodles")
		s.seen("noodles", 0, people[0])
		s.seen("tea", 0, people...)
		s.Time.Advance(3 * time.Hour)
		s.redeems(c, "noodles", people[1])
		s.seen("noodles", 0, people[2])

		d := s.desk("noodles")
		assert.EqualValues(t, 3, d.Today.Visits)
		assert.EqualValues(t, 2, d.Today.Compare.Visits)
		assert.Equal(t, "上个周六这个时候", d.Today.Compare.Label)
		assert.EqualValues(t, 1, d.Redemptions)
		assert.EqualValues(t, 2, d.NewMembers)
		assert.True(t, d.Open)
		assert.Equal(t, "21:00", d.ClosesAt)
		assert.Equal(t, 9, d.Hours[0].Hour)
		assert.Equal(t, 20, d.Hours[len(d.Hours)-1].Hour)
		byHour := map[int]int64{}
		for _, h := range d.Hours {
			byHour[h.Hour] = h.Visits
		}
		assert.EqualValues(t, 1, byHour[10])
		assert.EqualValues(t, 2, byHour[13])
		assert.NotEmpty(t, d.Notices, "it was asked to sign, and brought members in")

		books := s.desk("books")
		assert.Zero(t, books.Today.Visits)
		assert.Empty(t, books.Care)
		assert.Empty(t, books.Notices)
	})
}

func TestCreditsThatWaitStandOnTheDesk(t *testing.T) {
	each(t, func(t *testing.T, s street) {
		people := s.joins(3, "tea")
		assert.EqualValues(t, 600, s.desk("tea").PendingCredit.Amount)
		s.seen("noodles", 1000, people[0])
		assert.EqualValues(t, 400, s.desk("tea").PendingCredit.Amount)
		assert.EqualValues(t, 200, s.overview().CreditsPosted.Amount)
	})
}

func TestADeskIsForItsStaffAlone(t *testing.T) {
	each(t, func(t *testing.T, s street) {
		s.seen("noodles", 1000, s.joins(1, "noodles")...)
		s.Drain()
		path := "/stores/" + s.StoreID("noodles").String() + "/desk"
		for _, p := range []testkit.Persona{testkit.OwnerOf("tea"), testkit.Coordinator, testkit.OtherOwner, testkit.OtherCoordinator, testkit.Shopper} {
			s.As(p).Get(path).Must(403)
		}
		s.As(testkit.Visitor).Get(path).Must(401)
		got := s.As(testkit.ClerkOf("noodles")).In("en").Get(path).Must(200).Map()
		today := got["today"].(map[string]any)
		assert.EqualValues(t, 1, today["visits"])
		assert.Equal(t, "last Saturday by this time", today["compare"].(map[string]any)["label"])
	})
}

func TestAClosedDayHasAnEmptyDesk(t *testing.T) {
	each(t, func(t *testing.T, s street) {
		s.Time.Set(time.Date(2026, 10, 17, 15, 0, 0, 0, time.UTC)) // 23:00 in the street
		d := s.desk("tea")
		assert.False(t, d.Open)
		assert.Len(t, d.Hours, 12)
		assert.Equal(t, models.Fen(0), d.PendingCredit)
	})
}
