package referral_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/referral"
	"onestreet/server/testkit"
)

func TestR44_TheStoreThatGainsPaysTheOneThatBrought(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		m := s.newcomer("shoes", models.ID{})
		_, own := s.buy(m, "shoes", 9900)
		assert.Zero(t, own, "nobody pays for the own member")
		quoted, err := s.Referral.Quote(t.Context(), s.id, s.StoreID("tea"), m.ID, 5300)
		require.NoError(t, err)
		v, got := s.buy(m, "tea", 5300)
		assert.Equal(t, referral.Commission{Store: s.StoreID("shoes"), Amount: 106, BPS: 200}, got)
		assert.Equal(t, got, quoted)
		assert.Equal(t, got, s.gain(v), "the same visit has the same answer")
		assert.Zero(t, s.gain(s.visit(m.ID, "tea", models.VisitRedemption, 0)), "a gift: nothing was paid")
		assert.EqualValues(t, -106, s.fen("tea").Net())
		assert.EqualValues(t, 306, s.fen("shoes").Net())
		s.mustBalance()
	})
}

func TestAQuotePromisesNothingAndChangesNothing(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		m := s.newcomer("shoes", models.ID{})
		for store, paid := range map[string]int64{"shoes": 5300, "tea": 0} {
			quoted, err := s.Referral.Quote(t.Context(), s.id, s.StoreID(store), m.ID, paid)
			require.NoError(t, err)
			assert.Zero(t, quoted)
		}
		_, err := s.Referral.Quote(t.Context(), app.Other.Alliance.ID, s.StoreID("tea"), m.ID, 5300)
		assert.ErrorIs(t, err, models.ErrNotFound, "a member of another street")
		assert.Equal(t, models.ReferralPending, s.of(m).State)
	})
}

func TestR45_AMembersMonthIsCapped(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		m, other := s.newcomer("shoes", models.ID{}), s.newcomer("shoes", models.ID{})
		app.Time.Set(time.Date(2026, 10, 31, 15, 59, 0, 0, time.UTC)) // a minute before midnight in the street
		_, first := s.buy(m, "tea", 96700)
		assert.EqualValues(t, 1934, first.Amount)
		quoted, err := s.Referral.Quote(t.Context(), s.id, s.StoreID("books"), m.ID, 9500)
		require.NoError(t, err)
		v, part := s.buy(m, "books", 9500)
		assert.EqualValues(t, 66, part.Amount)
		assert.Equal(t, part, quoted)
		_, nothing := s.buy(m, "noodles", 5000)
		assert.Equal(t, referral.Commission{Store: s.StoreID("shoes"), BPS: 200}, nothing, "the cap is spent")
		_, others := s.buy(other, "tea", 5000)
		assert.EqualValues(t, 100, others.Amount, "another member has a month of their own")
		var kept models.Commission
		require.NoError(t, s.DB.Read(t.Context()).Where("visit_id = ?", v.ID).Take(&kept).Error)
		assert.Equal(t, []int64{9500, 190, 1934, 66}, []int64{kept.Paid, kept.Uncapped, kept.Prior, kept.Amount}, "why it is less stays on record")

		app.Time.Advance(time.Minute)
		_, next := s.buy(m, "books", 9500)
		assert.EqualValues(t, 190, next.Amount, "a new month in the street, though not in Greenwich")
		s.set("commission_cap", 100)
		_, lowered := s.buy(m, "books", 9500)
		assert.Zero(t, lowered.Amount, "a lowered cap takes nothing back and lets nothing through")
		s.mustBalance()
	})
}

// TestR46_TheCapReachedByManyAtOnceIsNeverExceeded: 120 tills ask for 50 fen each out of 2,000.
func TestR46_TheCapReachedByManyAtOnceIsNeverExceeded(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		m := s.newcomer("shoes", models.ID{})
		const tills = 120
		visits := make([]models.Visit, tills)
		for i := range visits {
			visits[i] = s.visit(m.ID, []string{"tea", "books", "noodles"}[i%3], models.VisitPurchase, 2500)
		}
		given := make([]int64, tills)
		testkit.AtOnce(2*tills, func(i int) {
			err := s.DB.Tx(t.Context(), func(tx *gorm.DB) error {
				owed, err := s.Referral.Gain(tx, visits[i%tills])
				if i < tills {
					given[i] = owed[visits[i].ID].Amount
				}
				return err
			})
			assert.NoError(t, err)
		})
		var sum int64
		for _, amount := range given {
			sum += amount
		}
		assert.EqualValues(t, 2000, sum)
		assert.EqualValues(t, 2000, s.month(m))
		assert.EqualValues(t, 2200, s.fen("shoes").Net(), "each visit once, and the credit once")
		s.mustBalance()
	})
}

func TestR65_AReversalTakesTheCommissionAndItsRoomBack(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		m := s.newcomer("shoes", models.ID{})
		s.buy(m, "shoes", 100) // posts the credit
		v, _ := s.buy(m, "tea", 95000)
		_, part := s.buy(m, "books", 9500)
		assert.EqualValues(t, 100, part.Amount)
		s.undo(v)
		s.undo(v)
		assert.EqualValues(t, 300, s.fen("shoes").Net())
		assert.Zero(t, s.fen("tea").Net())
		assert.EqualValues(t, 100, s.month(m))
		assert.Zero(t, s.gain(reload(s, v)), "what was reversed is not counted again")
		_, again := s.buy(m, "tea", 5000)
		assert.EqualValues(t, 100, again.Amount, "the month has room again")
		assert.Equal(t, models.ReferralPosted, s.of(m).State, "another visit had posted the credit")
		s.undo(models.Visit{ID: models.NewID()}) // nothing known of it
		s.mustBalance()
	})
}

func reload(s street, v models.Visit) models.Visit {
	var now models.Visit
	require.NoError(s.t, s.DB.Read(s.t.Context()).Where("id = ?", v.ID).Take(&now).Error)
	return now
}

func TestR66_AReversalOfWhatPostedTheCreditMakesItWaitAgain(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		inviter := app.Street.People[testkit.Shopper].Member
		m := s.newcomer("shoes", inviter.ID)
		v, _ := s.buy(m, "tea", 5300)
		s.undo(v)
		r := s.of(m)
		assert.Equal(t, models.ReferralPending, r.State)
		assert.Nil(t, r.SettledAt)
		assert.False(t, r.Rewarded)
		assert.Zero(t, s.balance(models.MemberPoints(inviter.ID)).Net())
		assert.EqualValues(t, 0, s.fen("shoes").Net())
		assert.EqualValues(t, 200, s.fen("shoes").PendingCredits)
		s.mustBalance()

		s.buy(m, "books", 100)
		assert.Equal(t, models.ReferralPosted, s.of(m).State)
		assert.EqualValues(t, 200, s.balance(models.MemberPoints(inviter.ID)).Net())
		s.mustBalance()
	})
}

func TestR66_AReversalOfTheFirstOfTwoPurchasesLeavesTheCreditPosted(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		m := s.newcomer("shoes", models.ID{})
		first, _ := s.buy(m, "tea", 5300)
		second, _ := s.buy(m, "books", 100)
		s.undo(first)
		r := s.of(m)
		assert.Equal(t, models.ReferralPosted, r.State)
		assert.Equal(t, second.ID, r.VisitID)
		s.undo(second)
		assert.Equal(t, models.ReferralPending, s.of(m).State)
		app.Time.Advance(61 * day)
		s.vest()
		assert.Equal(t, models.ReferralVoided, s.of(m).State)
		assert.Zero(t, s.fen("shoes").Net())
		s.mustBalance()
	})
}

func TestR67_PointsThatTheInviterHasSpentStaySpent(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		inviter := app.Street.People[testkit.Shopper].Member
		m := s.newcomer("shoes", inviter.ID)
		v, _ := s.buy(m, "tea", 5300)
		s.tx(func(tx *gorm.DB) error {
			_, err := s.Ledger.Post(tx, s.id, spend(s, inviter, 150))
			return err
		})
		s.undo(v)
		assert.Equal(t, models.ReferralPending, s.of(m).State, "the store's credit goes back")
		assert.True(t, s.of(m).Rewarded, "the inviter's points cannot")
		s.buy(m, "books", 100)
		assert.EqualValues(t, 50, s.balance(models.MemberPoints(inviter.ID)).Net(), "and are not given twice")
		s.mustBalance()
	})
}
