package relation_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
	"onestreet/server/relation"
	"onestreet/server/testkit"
	"onestreet/server/testkit/together"
)

func TestAPurchaseEarnsAPointForEachWholeYuanAndIsARelation(t *testing.T) {
	each(t, func(t *testing.T, s street) {
		shopper := s.member(testkit.Shopper)
		v := s.buys("noodles", shopper, 6899)
		assert.EqualValues(t, 68, v.Points)
		assert.EqualValues(t, 68, s.points(shopper))

		r := s.relation("noodles", shopper)
		assert.Equal(t, []int64{1, 1, 6899}, []int64{r.Visits, r.Purchases, r.Spent})
		assert.Equal(t, models.LevelMicro, r.Level)
		assert.Equal(t, s.Time.Now(), r.LastVisitAt.UTC())
		assert.Equal(t, s.Time.Now().Add(90*day), r.FallsAt.UTC())
	})
}

func TestAScanEarnsNothingAndIsNoPurchase(t *testing.T) {
	each(t, func(t *testing.T, s street) {
		shopper := s.member(testkit.Shopper)
		_, err := s.record(s.visit(models.VisitScan, "noodles", shopper, 0))
		require.NoError(t, err)
		r := s.relation("noodles", shopper)
		assert.Equal(t, []int64{1, 0, 0}, []int64{r.Visits, r.Purchases, r.Spent})
		assert.Equal(t, models.LevelNone, r.Level)
		assert.Zero(t, s.points(shopper))
	})
}

func TestAGiftIsNoPurchaseButAPaidRedemptionIs(t *testing.T) {
	each(t, func(t *testing.T, s street) {
		shopper := s.member(testkit.Shopper)
		for _, paid := range []int64{0, 5800} {
			_, err := s.record(s.visit(models.VisitRedemption, "noodles", shopper, paid))
			require.NoError(t, err)
		}
		assert.EqualValues(t, 1, s.relation("noodles", shopper).Purchases)
		assert.EqualValues(t, 58, s.points(shopper))
	})
}

func TestWhatIsRecordedTwiceCountsOnce(t *testing.T) {
	each(t, func(t *testing.T, s street) {
		shopper := s.member(testkit.Shopper)
		in := s.visit(models.VisitPurchase, "noodles", shopper, 2000)
		first, err := s.record(in)
		require.NoError(t, err)
		again, err := s.record(in)
		require.NoError(t, err)
		assert.Equal(t, first.ID, again.ID)
		assert.EqualValues(t, 20, s.points(shopper))
		assert.EqualValues(t, 1, s.relation("noodles", shopper).Visits)

		in.Amount = 3000
		_, err = s.record(in)
		require.ErrorIs(t, err, relation.ErrReference)
	})
}

func TestWhoAndWhereMustBeOfTheStreet(t *testing.T) {
	each(t, func(t *testing.T, s street) {
		ours, theirs := s.visit(models.VisitScan, "noodles", s.member(testkit.Shopper), 0), s.Other
		foreign := ours
		foreign.Member = theirs.People[testkit.Shopper].Member.ID
		_, err := s.record(foreign)
		require.ErrorIs(t, err, models.ErrNotFound)

		foreign = ours
		foreign.Store = theirs.Stores["noodles"].ID
		_, err = s.record(foreign)
		require.ErrorIs(t, err, models.ErrNotFound)

		s.leaves(ours.Member)
		_, err = s.record(ours)
		require.ErrorIs(t, err, relation.ErrLeft)
		var rows int64
		require.NoError(t, s.DB.Read(s.Ctx()).Model(&models.Visit{}).Where("alliance_id = ?", s.Street.Alliance.ID).Count(&rows).Error)
		assert.Zero(t, rows)
	})
}

func TestManyTillsAtOnceLoseNothing(t *testing.T) {
	each(t, func(t *testing.T, s street) {
		shopper := s.member(testkit.Shopper)
		same := s.visit(models.VisitPurchase, "noodles", shopper, 1000)
		var all together.Group
		errs := make(chan error, 40)
		for range 20 {
			all.Go(func() {
				_, err := s.record(s.visit(models.VisitPurchase, "noodles", shopper, 1000))
				errs <- err
			})
			all.Go(func() {
				_, err := s.record(same)
				errs <- err
			})
		}
		all.Wait()
		close(errs)
		for err := range errs {
			require.NoError(t, err)
		}
		r := s.relation("noodles", shopper)
		assert.Equal(t, []int64{21, 21, 21000}, []int64{r.Visits, r.Purchases, r.Spent})
		assert.EqualValues(t, 210, s.points(shopper))
	})
}

func TestAReversedVisitCountsNoMore(t *testing.T) {
	each(t, func(t *testing.T, s street) {
		shopper := s.member(testkit.Shopper)
		s.buys("noodles", shopper, 1000)
		v := s.buys("noodles", shopper, 5000)
		require.NoError(t, s.cancel(v.ID))
		require.NoError(t, s.cancel(v.ID), "twice is once")
		r := s.relation("noodles", shopper)
		assert.Equal(t, []int64{1, 1, 1000}, []int64{r.Visits, r.Purchases, r.Spent})
		assert.EqualValues(t, 10, s.points(shopper))
		require.ErrorIs(t, s.cancel(models.NewID()), models.ErrNotFound)
	})
}

func TestSpentPointsHoldAReversalBack(t *testing.T) {
	each(t, func(t *testing.T, s street) {
		shopper := s.member(testkit.Shopper)
		v := s.buys("noodles", shopper, 5000)
		require.NoError(t, s.DB.Tx(s.Ctx(), func(tx *gorm.DB) error {
			_, err := s.Ledger.Post(tx, s.Street.Alliance.ID, ledger.Entry{
				Debit: models.MemberPoints(shopper), Credit: models.StorePoints(s.StoreID("tea")), Amount: 45, Kind: models.KindPointsSpent, Reference: "tea",
			})
			return err
		}))
		require.ErrorIs(t, s.cancel(v.ID), ledger.ErrTooLow)
		assert.EqualValues(t, 1, s.relation("noodles", shopper).Purchases, "nothing has changed")
		assert.EqualValues(t, 5, s.points(shopper))
	})
}

func TestTheAuditNamesAVisitOrARelationThatDoesNotHold(t *testing.T) {
	each(t, func(t *testing.T, s street) {
		v := s.buys("noodles", s.member(testkit.Shopper), 5000)
		require.NoError(t, s.cancel(s.buys("noodles", s.member(testkit.Shopper), 700).ID))
		look := func() *ledger.Finding {
			s.Drain()
			report, err := s.Ledger.Audit().Street(s.Ctx(), s.Street.Alliance.ID)
			require.NoError(t, err)
			return report.Finding
		}
		set := func(row any, id models.ID, column string, value int64) {
			require.NoError(t, s.DB.Tx(s.Ctx(), func(tx *gorm.DB) error { return tx.Model(row).Where("id = ?", id).Update(column, value).Error }))
		}
		require.Nil(t, look())

		set(&models.Visit{}, v.ID, "points", 51)
		require.Equal(t, "relation.points", look().Check)
		assert.Equal(t, v.ID.String(), look().Row)
		set(&models.Visit{}, v.ID, "points", 50)

		r := s.relation("noodles", s.member(testkit.Shopper))
		set(&models.Relation{}, r.ID, "spent", 4999)
		require.Equal(t, "relation.facts", look().Check)
		assert.Equal(t, r.ID.String(), look().Row)
		set(&models.Relation{}, r.ID, "spent", 5000)
		require.Nil(t, look())
	})
}
