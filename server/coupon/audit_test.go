package coupon_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
	"onestreet/server/testkit"
)

var errRollBack = errors.New("roll back")

// spoiled runs the audit of one database after a hand has spoiled a row, and takes it all back.
func (r rig) spoiled(spoil string, args ...any) *ledger.Finding {
	r.t.Helper()
	var found *ledger.Finding
	err := r.DB.Tx(r.Ctx(), func(tx *gorm.DB) error {
		require.NoError(r.t, tx.Exec(spoil, args...).Error)
		report, err := r.Ledger.Audit().Street(tx.Statement.Context, r.Street.Alliance.ID)
		require.NoError(r.t, err)
		found = report.Finding
		return errRollBack
	})
	require.ErrorIs(r.t, err, errRollBack)
	return found
}

func TestTheAuditNamesTheFirstRowThatDoesNotHold(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(r.tenOff())
		used, open := r.Claimed(testkit.Shopper, c), r.Claimed(testkit.OtherShopper, c)
		done := r.redeemed("noodles", testkit.Shopper, used, 6800)
		r.booksHold()
		for name, s := range map[string]struct {
			check, table string
			row          models.ID
			sql          string
			args         []any
		}{
			"a coupon out of nowhere":         {"coupon.stock", "campaigns", c.ID, "UPDATE campaigns SET claimed = claimed - 1 WHERE id = ?", []any{c.ID}},
			"stock that grew":                 {"coupon.stock", "campaigns", c.ID, "UPDATE campaigns SET remaining = remaining + 1 WHERE id = ?", []any{c.ID}},
			"a share that was changed":        {"coupon.stock", "campaigns", c.ID, "UPDATE campaign_shares SET share_bps = share_bps + 1 WHERE campaign_id = ? AND store_id = ?", []any{c.ID, r.StoreID("tea")}},
			"a used coupon made usable":       {"coupon.once", "coupons", used.ID, "UPDATE coupons SET state = 'usable' WHERE id = ?", []any{used.ID}},
			"a coupon used without a receipt": {"coupon.once", "coupons", open.ID, "UPDATE coupons SET state = 'used' WHERE id = ?", []any{open.ID}},
			"more than the limit":             {"coupon.once", "coupons", open.ID, "UPDATE coupons SET number = 2 WHERE id = ?", []any{open.ID}},
			"a receipt that says more":        {"coupon.shares", "redemptions", done.ID, "UPDATE redemptions SET off = off + 1 WHERE id = ?", []any{done.ID}},
			"a part that does not add up":     {"coupon.shares", "redemptions", done.ID, "UPDATE redemption_shares SET amount = amount + 1 WHERE redemption_id = ? AND store_id = ?", []any{done.ID, r.StoreID("tea")}},
			"parts that the ledger has not":   {"coupon.shares", "redemptions", done.ID, "UPDATE redemption_shares SET amount = CASE store_id WHEN ? THEN 850 ELSE 0 END WHERE redemption_id = ? AND store_id <> ?", []any{r.StoreID("shoes"), done.ID, r.StoreID("noodles")}},
			"another commission":              {"coupon.shares", "redemptions", done.ID, "UPDATE redemptions SET commission = 0 WHERE id = ?", []any{done.ID}},
		} {
			found := r.spoiled(s.sql, s.args...)
			require.NotNil(t, found, name)
			assert.Equal(t, s.check, found.Check, name)
			assert.Equal(t, s.table, found.Table, name)
			assert.Equal(t, s.row.String(), found.Row, "%s: %s", name, found.Problem)
		}
	})
}

func TestAReversedReceiptMustBeTakenBackInTheLedgerToo(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		done := r.redeemed("noodles", testkit.Shopper, r.Claimed(testkit.Shopper, r.live(r.tenOff())), 6800)
		err := r.DB.Tx(r.Ctx(), func(tx *gorm.DB) error {
			require.NoError(t, tx.Exec("UPDATE redemptions SET state = 'reversed' WHERE id = ?", done.ID).Error)
			require.NoError(t, tx.Exec("UPDATE coupons SET state = 'usable', spent = 0, redemption_id = NULL WHERE id = ?", done.Coupon.ID).Error)
			report, err := r.Ledger.Audit().Street(tx.Statement.Context, r.Street.Alliance.ID)
			require.NoError(t, err)
			require.NotNil(t, report.Finding)
			assert.Equal(t, "coupon.shares", report.Finding.Check)
			assert.Contains(t, report.Finding.Problem, "taken back in the ledger")
			return errRollBack
		})
		require.ErrorIs(t, err, errRollBack)
	})
}
