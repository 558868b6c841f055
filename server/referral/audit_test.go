package referral_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
	"onestreet/server/testkit"
)

func spend(s street, m models.Member, points int64) ledger.Entry {
	return ledger.Entry{
		Debit: models.MemberPoints(m.ID), Credit: models.StorePoints(s.StoreID("tea")), Amount: points, Kind: models.KindPointsSpent,
		Reference: "spend:" + models.NewID().String(), Member: m.ID, Store: s.StoreID("tea"),
	}
}

// TestTheAuditComparesTheReferralsWithTheLedger changes one row a time by hand, and back.
func TestTheAuditComparesTheReferralsWithTheLedger(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		m := s.newcomer("shoes", models.ID{})
		v, _ := s.buy(m, "tea", 5300)
		undone, _ := s.buy(m, "tea", 100)
		s.undo(undone)
		s.mustBalance()
		r := s.of(m)
		for _, test := range []struct {
			name, change, back, check, table, says string
			row                                    models.ID
		}{
			{"a credit made larger", "UPDATE referrals SET amount = 300 WHERE id = ?", "UPDATE referrals SET amount = 200 WHERE id = ?",
				"referral.credits", "referrals", "200 posted and 0 pending", r.ID},
			{"a credit said to wait", "UPDATE referrals SET state = 'pending' WHERE id = ?", "UPDATE referrals SET state = 'posted' WHERE id = ?",
				"referral.credits", "referrals", "is pending over 200 fen", r.ID},
			{"a state of no kind", "UPDATE referrals SET state = 'maybe' WHERE id = ?", "UPDATE referrals SET state = 'posted' WHERE id = ?",
				"referral.credits", "referrals", "is none", r.ID},
			{"a commission made smaller", "UPDATE commissions SET amount = 6 WHERE visit_id = ?", "UPDATE commissions SET amount = 106 WHERE visit_id = ?",
				"referral.commissions", "commissions", "comes to 6 fen, but the ledger has 106", v.ID},
			{"a reversed one said to stand", "UPDATE commissions SET reversed_at = NULL WHERE visit_id = ?", "UPDATE commissions SET reversed_at = at WHERE visit_id = ?",
				"referral.commissions", "commissions", "but the ledger has 0", undone.ID},
			{"a month with room it has not", "UPDATE commission_months SET amount = 6 WHERE member_id = ?", "UPDATE commission_months SET amount = 106 WHERE member_id = ?",
				"referral.commissions", "commission_months", "says 6 fen, but its commissions come to 106", m.ID},
			{"a month's row gone", "UPDATE commission_months SET month = '1999-01' WHERE member_id = ?", "UPDATE commission_months SET month = '2026-10' WHERE member_id = ?",
				"referral.commissions", "commission_months", "", m.ID},
		} {
			s.tx(func(tx *gorm.DB) error { return tx.Exec(test.change, test.row).Error })
			report, err := app.Ledger.Audit().Street(t.Context(), s.id)
			require.NoError(t, err)
			if assert.NotNil(t, report.Finding, test.name) {
				assert.Equal(t, test.check, report.Finding.Check, test.name)
				assert.Equal(t, test.table, report.Finding.Table, test.name)
				assert.Contains(t, report.Finding.Problem, test.says, test.name)
				assert.Equal(t, s.id, report.Finding.Alliance, test.name)
			}
			s.tx(func(tx *gorm.DB) error { return tx.Exec(test.back, test.row).Error })
			s.mustBalance()
		}
	})
}

func TestTheAuditFindsMoneyThatNoReferralTellsOf(t *testing.T) {
	for kind, says := range map[string]string{models.KindReferral: "credits a referral", models.KindCommission: "pays a commission"} {
		t.Run(kind, func(t *testing.T) {
			testkit.Each(t, func(t *testing.T, app *testkit.App) {
				s := on(t, app)
				stray := ledger.Entry{Debit: models.FundFen(), Credit: models.StoreFen(s.StoreID("tea")), Amount: 5, Kind: kind,
					Reference: "stray", Visit: models.NewID(), Referral: models.NewID()}
				s.tx(func(tx *gorm.DB) error {
					_, err := s.Ledger.Post(tx, s.id, stray)
					return err
				})
				report, err := app.Ledger.Audit().Street(t.Context(), s.id)
				require.NoError(t, err)
				require.NotNil(t, report.Finding)
				assert.Contains(t, report.Finding.Problem, says)
				s.tx(func(tx *gorm.DB) error {
					_, err := s.Ledger.Reverse(tx, s.id, "stray", "stray:back", "")
					return err
				})
				s.mustBalance()
			})
		})
	}
}
