package referral_test

import (
	"encoding/json"
	"errors"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/testkit"
)

func mustJSON(t *testing.T, v any) []byte {
	t.Helper()
	text, err := json.Marshal(v)
	require.NoError(t, err)
	return text
}

// TestR63_AllAtOnceHasOneOutcome lets 320 callers do everything that can be done about eight members at once, across the
// moment at which their time is over.
func TestR63_AllAtOnceHasOneOutcome(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		members := make([]models.Member, 8)
		for i := range members {
			members[i] = s.rival(app.Street.People[testkit.OtherShopper].Member.ID)
		}
		app.Time.Set(s.of(members[0]).VestsBy.Add(-time.Second))
		testkit.AtOnce(320, func(i int) {
			m, chance := members[i%len(members)], rand.New(rand.NewPCG(uint64(i), 3))
			if i == 160 {
				app.Time.Advance(2 * time.Minute)
			}
			s.mayBeRefused(s.doSomething(m, chance))
		})
		s.settleAll(members)
		for _, m := range members {
			r := s.of(m)
			assert.Contains(t, []models.ReferralState{models.ReferralPosted, models.ReferralVoided}, r.State)
			assert.Equal(t, r.StoreID, s.origin(m))
		}
		assert.Zero(t, s.fen("shoes").PendingCredits+s.fen("tea").PendingCredits+s.fen("books").PendingCredits)
		s.mustBalance()
	})
}

func (s street) mayBeRefused(err error) {
	s.t.Helper()
	var refused *models.Error
	if err != nil && !errors.As(err, &refused) {
		assert.NoError(s.t, err)
	}
}

// doSomething is one caller's step.
func (s street) doSomething(m models.Member, chance *rand.Rand) error {
	store := []string{"tea", "books"}[chance.IntN(2)]
	switch chance.IntN(7) {
	case 0, 1:
		_, err := s.tryToObject(store, m)
		return err
	case 2:
		return s.withOpen(m, func(o models.Objection) error { return s.tryToAnswer("shoes", o) })
	case 3:
		return s.withOpen(m, func(o models.Objection) error {
			return s.Referral.Withdraw(s.t.Context(), s.id, o.StoreID, o.ID, o.AccountID)
		})
	case 4:
		return s.tryToDecide(m, []string{"shoes", store}[chance.IntN(2)])
	case 5:
		return s.tryToBuy(m, []string{"noodles", "shoes", "tea"}[chance.IntN(3)])
	}
	_, err := s.Referral.Vest(s.t.Context())
	return err
}

// withOpen does something about an open objection, if there is one.
func (s street) withOpen(m models.Member, do func(o models.Objection) error) error {
	var open []models.Objection
	err := s.DB.Read(s.t.Context()).Where("referral_id = ? AND state = ?", s.of(m).ID, models.ObjectionOpen).Limit(1).Find(&open).Error
	if err != nil || len(open) == 0 {
		return err
	}
	return do(open[0])
}

func (s street) tryToBuy(m models.Member, store string) error {
	v := models.Visit{ID: models.NewID(), AllianceID: s.id, StoreID: s.StoreID(store), MemberID: m.ID, Kind: models.VisitPurchase, Amount: 30000,
		Reference: models.NewID().String(), At: s.Time.Now()}
	return s.DB.Tx(s.t.Context(), func(tx *gorm.DB) error {
		if err := tx.Create(&v).Error; err != nil {
			return err
		}
		_, err := s.Referral.Gain(tx, v)
		return err
	})
}

// settleAll decides what is open, in favour of whoever has it, and lets the day end.
func (s street) settleAll(members []models.Member) {
	s.t.Helper()
	s.Drain()
	s.Time.Advance(8 * day)
	for _, m := range members {
		if r := s.of(m); r.State == models.ReferralObjected {
			err := s.withOpen(m, func(o models.Objection) error {
				for slug, store := range s.Street.Stores {
					if store.ID == r.StoreID {
						return s.tryToDecide(m, slug)
					}
				}
				return models.ErrNotFound
			})
			require.NoError(s.t, err)
		}
	}
	s.vest()
	s.Drain()
}

func TestR71_TheAuditComparesObjectionsWithAllThatFollows(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		open, quiet := s.rival(models.ID{}), s.rival(models.ID{})
		s.object("tea", open)
		s.mustBalance()
		s.tx(func(tx *gorm.DB) error {
			return tx.Exec("UPDATE referrals SET state = 'pending' WHERE id = ?", s.of(open).ID).Error
		})
		s.finds("referrals", "an objection is open")
		s.tx(func(tx *gorm.DB) error {
			return tx.Exec("UPDATE referrals SET state = 'objected' WHERE id = ?", s.of(open).ID).Error
		})
		s.tx(func(tx *gorm.DB) error {
			return tx.Exec("UPDATE referrals SET state = 'objected' WHERE id = ?", s.of(quiet).ID).Error
		})
		s.finds("referrals", "no objection is open")
		s.tx(func(tx *gorm.DB) error {
			return tx.Exec("UPDATE referrals SET state = 'pending' WHERE id = ?", s.of(quiet).ID).Error
		})
		s.tx(func(tx *gorm.DB) error {
			return tx.Exec("UPDATE members SET origin_store_id = ? WHERE id = ?", s.StoreID("books"), quiet.ID).Error
		})
		s.finds("referrals", "another origin store than the member")
		s.tx(func(tx *gorm.DB) error {
			return tx.Exec("UPDATE referrals SET store_id = ? WHERE id = ?", s.StoreID("books"), s.of(quiet).ID).Error
		})
		s.finds("ledger_transfers", "holds a credit for another store")
		s.tx(func(tx *gorm.DB) error {
			if err := tx.Exec("UPDATE referrals SET store_id = ? WHERE id = ?", s.StoreID("shoes"), s.of(quiet).ID).Error; err != nil {
				return err
			}
			return tx.Exec("UPDATE members SET origin_store_id = ? WHERE id = ?", s.StoreID("shoes"), quiet.ID).Error
		})
		s.mustBalance()
	})
}

// finds fails the test unless the audit names a row of a table.
func (s street) finds(table, says string) {
	s.t.Helper()
	report, err := s.Ledger.Audit().Street(s.t.Context(), s.id)
	require.NoError(s.t, err)
	if assert.NotNil(s.t, report.Finding, says) {
		assert.Equal(s.t, table, report.Finding.Table)
		assert.Contains(s.t, report.Finding.Problem, says)
	}
}
