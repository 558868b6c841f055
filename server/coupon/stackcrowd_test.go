package coupon_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/coupon"
	"onestreet/server/platform/db"
	"onestreet/server/testkit"
)

// Three hundred taps, on MariaDB on two nodes (an SQLite file has one): overlapping combinations of two coupons and a card
// at two tills, and reversals between them. Whatever comes first, no coupon is used twice at once and the books hold.
func TestOverlappingStacksAtTwoTills(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		sum, percent := r.stack(testkit.Shopper)
		card := r.Claimed(testkit.Shopper, r.live(r.alone(body{
			"title": "五杯卡", "kind": "punch_card", "off": testkit.Yuan(300), "times": 5, "min_spend": testkit.Yuan(0), "stackable": true,
			"partners": []body{{"store_id": r.StoreID("noodles"), "share_bps": 3333}},
		})))
		hands := [][]models.ID{{sum.ID, percent.ID}, {percent.ID, card.ID}, {card.ID, sum.ID}, {sum.ID, percent.ID, card.ID}, {card.ID}}
		nodes, bills := []*coupon.Service{r.Coupon, r.Coupon}, make([]coupon.Bill, 300)
		if r.DB.Dialect == db.MySQL {
			nodes[1] = r.SecondNode().Coupon
		}
		errs := testkit.Crowd(len(bills), func(i int) (err error) {
			at := r.till([]string{"shoes", "noodles"}[i%2], testkit.Shopper, sum, 9000)
			at.Coupons = hands[i%len(hands)]
			if bills[i], err = nodes[i%2].Redeem(r.Ctx(), at); err == nil && i%3 > 0 {
				_, err = nodes[(i+1)%2].Reverse(r.Ctx(), at.Staff, bills[i].Receipts[len(bills[i].Receipts)-1].ID, "改单")
			}
			return err
		})
		ok, _ := testkit.Counted(t, errs, coupon.ErrCouponUsed)
		assert.Positive(t, ok)
		for _, c := range []coupon.CouponView{sum, percent, card} {
			var now models.Coupon
			require.NoError(t, r.DB.Read(r.Ctx()).Where("id = ?", c.ID).Take(&now).Error)
			standing := r.count(&models.Redemption{}, "coupon_id = ? AND state = ?", c.ID, models.RedemptionStands)
			assert.Equal(t, standing, now.Spent)
			assert.LessOrEqual(t, standing, now.Times)
		}
		visits := r.count(&models.Visit{}, "member_id = ? AND kind = ? AND cancelled_at IS NULL", r.Member(testkit.Shopper).ID, models.VisitRedemption)
		assert.Equal(t, r.count(&models.Redemption{}, "position = 0 AND state = ? AND member_id = ?", models.RedemptionStands, r.Member(testkit.Shopper).ID), visits)
	})
}

// A double tap that the network sends twice has one key and one answer; without one, the second is a second bill.
func TestACardTappedOneHundredTimesAtOnceHasFiveUses(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		card := r.Claimed(testkit.Shopper, r.fiveCups(nil))
		errs := testkit.Crowd(100, func(int) error {
			_, err := r.Coupon.Redeem(r.Ctx(), r.till("shoes", testkit.Shopper, card, 1500))
			return err
		})
		ok, refused := testkit.Counted(t, errs, coupon.ErrCouponUsed)
		assert.Equal(t, 5, ok)
		assert.Equal(t, 95, refused["coupon_used"])
	})
}

func TestTheAuditNamesAStackThatAHandHasChanged(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		sum, percent := r.stack(testkit.Shopper)
		at := r.till("noodles", testkit.Shopper, sum, 6800)
		at.Coupons = []models.ID{sum.ID, percent.ID}
		done, err := r.Coupon.Redeem(r.Ctx(), at)
		require.NoError(t, err)
		r.booksHold()
		second := done.Receipts[1].ID
		for name, s := range map[string]struct {
			check string
			row   models.ID
			sql   string
			args  []any
		}{
			"a gap between two receipts": {"coupon.bills", second, "UPDATE redemptions SET bill = bill + 1, off = off + 1 WHERE id = ?", []any{second}},
			"a receipt out of its bill":  {"coupon.shares", done.ID, "UPDATE redemptions SET bill_id = ? WHERE id = ?", []any{models.NewID(), second}},
			"paid something else":        {"coupon.bills", done.ID, "UPDATE redemptions SET paid = paid + 1 WHERE bill_id = ?", []any{done.ID}},
			"a share moved to the other": {"coupon.shares", second, "UPDATE redemption_shares SET amount = amount - 1 WHERE redemption_id = ? AND store_id = ?", []any{second, r.StoreID("tea")}},
			"a use that nobody made":     {"coupon.once", sum.ID, "UPDATE coupons SET spent = 0, state = 'usable', redemption_id = NULL WHERE id = ?", []any{sum.ID}},
		} {
			found := r.spoiled(s.sql, s.args...)
			require.NotNil(t, found, name)
			assert.Equal(t, s.check, found.Check, "%s: %s", name, found.Problem)
			if s.check != "coupon.bills" {
				assert.Equal(t, s.row.String(), found.Row, name)
			}
		}
	})
}
