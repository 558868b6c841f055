package coupon_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/coupon"
	"onestreet/server/ledger"
	"onestreet/server/testkit"
)

// takeBack asks to reverse a redemption.
func (r rig) takeBack(slug string, redemption models.ID) *testkit.Response {
	return r.As(testkit.ClerkOf(slug)).Post(r.At(slug, "/redemptions/"+redemption.String()+"/reversal"), body{"reason": "点错了"})
}

func TestAReversalGivesEverythingBack(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		mine := r.Claimed(r.newcomer("shoes"), r.live(r.tenOff()))
		done := r.redeemed("noodles", newcomer, mine, 6800)
		r.As(testkit.ClerkOf("noodles")).Post(r.At("noodles", "/redemptions/"+done.ID.String()+"/reversal"), body{"reason": " \u200b\u2060"}).Must(http.StatusUnprocessableEntity)
		var got coupon.RedemptionView
		r.takeBack("noodles", done.ID).Must(http.StatusOK).Into(&got)
		assert.Equal(t, models.RedemptionUndone, got.State)
		assert.Equal(t, "点错了", got.Reversed.Reason)
		assert.Equal(t, "clerk of noodles", got.Reversed.By)
		assert.Equal(t, models.CouponUsable, got.Coupon.State)
		assert.Nil(t, got.Coupon.Used)
		for _, slug := range []string{"shoes", "noodles", "tea"} {
			assert.Zero(t, r.net(slug), slug)
		}
		assert.Zero(t, r.points(newcomer))
		assert.Equal(t, 1, r.events(models.EventRedemptionReversed, done.ID))
		var visit models.Visit
		require.NoError(t, r.DB.Read(r.Ctx()).Where("reference = ?", "redemption:"+done.ID.String()).Take(&visit).Error)
		assert.NotNil(t, visit.CancelledAt)

		var seen coupon.CampaignView
		r.As(testkit.ClerkOf("shoes")).Get("/campaigns/" + mine.Campaign.ID.String()).Must(http.StatusOK).Into(&seen)
		assert.Zero(t, *seen.Redeemed)
		assert.Equal(t, int64(99), seen.Remaining, "the coupon is back with its member, not in the stock")

		again := r.redeemed("tea", newcomer, mine, 5000)
		assert.Equal(t, models.Fen(4000), again.ToPay)
		assert.Equal(t, int64(700+150-80), r.net("tea"))
		assert.Equal(t, int64(-700+80+200), r.net("shoes"), "the credit posts again")
	})
}

func TestAReversalHappensOnce(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		mine := r.Claimed(testkit.Shopper, r.live(r.tenOff()))
		done := r.redeemed("noodles", testkit.Shopper, mine, 6800)
		by := coupon.Staff{Alliance: r.Street.Alliance.ID, Store: r.StoreID("noodles"), Account: models.NewID()}
		errs := testkit.Crowd(10, func(int) error {
			_, err := r.Coupon.Reverse(r.Ctx(), by, done.ID, "双击")
			return err
		})
		ok, refused := testkit.Counted(t, errs, coupon.ErrReversed)
		assert.Equal(t, 1, ok)
		assert.Equal(t, 9, refused["already_reversed"])
		assert.Zero(t, r.net("noodles"))
		r.takeBack("noodles", done.ID).Refused(http.StatusConflict, "already_reversed")
	})
}

func TestOnlyTheSameDayAndTheSameStoreTakeBack(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		r.Time.Set(r.local("2026-10-20 23:50"))
		mine := r.Claimed(testkit.Shopper, r.live(r.tenOff()))
		done := r.redeemed("noodles", testkit.Shopper, mine, 6800)
		r.takeBack("tea", done.ID).Refused(http.StatusNotFound, "not_found")
		r.Time.Set(r.local("2026-10-21 00:00"))
		r.takeBack("noodles", done.ID).Refused(http.StatusConflict, "reversal_too_late")
		r.Time.Set(r.local("2026-10-20 23:59"))
		r.As(testkit.ClerkOf("noodles")).Post(r.At("noodles", "/redemptions/"+done.ID.String()+"/reversal"), body{"reason": "  "}).Refused(http.StatusUnprocessableEntity, "invalid")
		r.takeBack("noodles", done.ID).Must(http.StatusOK)
	})
}

func TestWhatWasReversedInAnEndedCampaignStillWorks(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(r.tenOff())
		mine := r.Claimed(testkit.Shopper, c)
		done := r.redeemed("noodles", testkit.Shopper, mine, 6800)
		r.As(testkit.ManagerOf("shoes")).Post(r.At("shoes", "/campaigns/"+c.ID.String()+"/end"), nil).Must(http.StatusOK)
		r.takeBack("noodles", done.ID).Must(http.StatusOK)
		r.redeemed("noodles", testkit.Shopper, mine, 6800)
	})
}

func TestWhoHasLeftGetsNoCouponBack(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		done := r.redeemed("noodles", r.newcomer("shoes"), r.Claimed(newcomer, r.live(r.tenOff())), 6800)
		r.As(newcomer).Post("/me/leave", body{"confirm": "leave"}).Must(http.StatusNoContent)
		var got coupon.RedemptionView
		r.takeBack("noodles", done.ID).Must(http.StatusOK).Into(&got)
		assert.Equal(t, models.CouponVoid, got.Coupon.State)
		assert.Zero(t, r.net("noodles"), "the books are put right all the same")
	})
}

func TestSpentPointsKeepARedemptionFromBeingTakenBack(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		mine := r.Claimed(testkit.Shopper, r.live(r.tenOff()))
		done := r.redeemed("noodles", testkit.Shopper, mine, 6800)
		r.spend(testkit.Shopper, 20)
		r.Time.Advance(time.Minute)
		r.takeBack("noodles", done.ID).Refused(http.StatusConflict, "points_spent")
		assert.Equal(t, int64(700+150-116), r.net("noodles"), "nothing is half taken back")
		assert.Equal(t, int64(38), r.points(testkit.Shopper))
	})
}

// spend lets a member pay the tea house with points.
func (r rig) spend(who testkit.Persona, points int64) {
	r.t.Helper()
	require.NoError(r.t, r.DB.Tx(r.Ctx(), func(tx *gorm.DB) error {
		_, err := r.Ledger.Post(tx, r.Street.Alliance.ID, ledger.Entry{
			Debit: models.MemberPoints(r.Member(who).ID), Credit: models.StorePoints(r.StoreID("tea")), Amount: points,
			Kind: models.KindPointsSpent, Reference: "spent:" + models.NewID().String(),
		})
		return err
	}))
}
