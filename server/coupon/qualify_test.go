package coupon_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/coupon"
	"onestreet/server/testkit"
)

func TestWhatAppliesToABillHereAndWhyTheOthersDoNot(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		sum, percent := r.stack(testkit.Shopper)
		alone := r.Claimed(testkit.Shopper, r.live(testkit.With(r.tenOff(), body{"title": "独一份", "off": testkit.Yuan(500)})))
		elsewhere := r.Claimed(testkit.Shopper, r.live(r.alone(body{"title": "布鞋券"})))
		far := r.Claimed(testkit.Shopper, r.live(testkit.With(r.tenOff(), body{"title": "满一百", "min_spend": testkit.Yuan(10000)})))
		ask := body{"code": r.CodeOf(r.Member(testkit.Shopper)), "bill": testkit.Yuan(6800)}
		var got coupon.QualificationView
		r.As(testkit.ClerkOf("noodles")).Post(r.At("noodles", "/qualifications"), ask).Must(http.StatusOK).Into(&got)
		by := map[models.ID]coupon.QualifiedView{}
		for _, q := range got.Coupons {
			by[q.Coupon.ID] = q
		}
		assert.Equal(t, []models.ID{sum.ID, percent.ID}, got.Best.CouponIDs)
		assert.Equal(t, models.Fen(5104), got.Best.ToPay)
		assert.Equal(t, models.Fen(1000), by[sum.ID].Off)
		assert.Equal(t, models.Fen(816), by[percent.ID].Off, "alone it would be of the whole bill")
		assert.True(t, by[sum.ID].InBest)
		assert.Equal(t, "「独一份」不和别的券一起用", by[alone.ID].LeftOut)
		assert.Len(t, by[alone.ID].Clashes, 2)
		assert.Len(t, by[sum.ID].Clashes, 1)
		assert.Equal(t, "not_partner", by[elsewhere.ID].Code)
		assert.Equal(t, "below_minimum", by[far.ID].Code)
		assert.Equal(t, "满 100.00 元才能用，还差 32.00 元", by[far.ID].Why)
		assert.False(t, got.Coupons[len(got.Coupons)-1].OK, "what applies comes first")

		var mine coupon.QualificationView
		r.As(testkit.Shopper).In("en").Post("/me/qualifications", body{"store_id": r.StoreID("noodles"), "bill": testkit.Yuan(6800)}).Must(http.StatusOK).Into(&mine)
		assert.Equal(t, got.Best, mine.Best, "the member sees before they queue what the till will see")
		assert.Zero(t, r.count(&models.Redemption{}, "member_id = ?", r.Member(testkit.Shopper).ID), "asking changes nothing")
	})
}

func TestAskingIsBoundToTheStoreAndTheMemberAtItsCounter(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		r.Claimed(testkit.Shopper, r.live(r.tenOff()))
		member := body{"member_id": r.Member(testkit.Shopper).ID, "bill": testkit.Yuan(6800)}
		clerk := r.As(testkit.ClerkOf("noodles"))
		clerk.Post(r.At("noodles", "/qualifications"), member).Refused(http.StatusConflict, "code_needed")
		clerk.Post(r.At("noodles", "/qualifications"), body{"bill": testkit.Yuan(6800)}).Refused(http.StatusUnprocessableEntity, "code_or_member")
		clerk.Post(r.At("tea", "/qualifications"), member).Must(http.StatusForbidden)
		clerk.Post(r.At("noodles", "/lookups"), body{"code": r.CodeOf(r.Member(testkit.Shopper))}).Must(http.StatusOK)
		var got coupon.QualificationView
		clerk.Post(r.At("noodles", "/qualifications"), member).Must(http.StatusOK).Into(&got)
		require.Len(t, got.Coupons, 1)
		clerk.Post(r.At("noodles", "/qualifications"), testkit.With(member, body{"lines": []body{{"unit": testkit.Yuan(9000), "pieces": 1}}})).Refused(http.StatusUnprocessableEntity, "lines_above_bill")
		r.As(testkit.Shopper).Post("/me/qualifications", body{"store_id": models.NewID(), "bill": testkit.Yuan(100)}).Refused(http.StatusNotFound, "not_found")
	})
}
