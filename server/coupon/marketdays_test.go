package coupon_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"

	"onestreet/server/coupon"
	"onestreet/server/testkit"
)

// On the street of the tests market is held on lunar days that end in 3, 6 and 9: 17 October 2026 is 初八, the 18th 初九.
func TestACouponForMarketDays(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(r.alone(body{"market_only": true}))
		assert.True(t, c.MarketOnly)
		mine := r.Claimed(testkit.Shopper, c)
		assert.Equal(t, "2026-10-18", mine.Campaign.MarketDays[0])
		assert.Len(t, mine.Campaign.MarketDays, 12)

		till := r.As(testkit.ClerkOf("shoes"))
		till.Post(r.At("shoes", "/redemptions"), r.bill(testkit.Shopper, mine, 6000)).Refused(http.StatusConflict, "not_market_day")
		refused := till.Post(r.At("shoes", "/redemptions"), r.bill(testkit.Shopper, mine, 6000)).Map()
		assert.Equal(t, "这张券逢集才能用，下一集是 10 月 18 日（初九）", refused["detail"])
		english := till.In("en").Post(r.At("shoes", "/redemptions"), r.bill(testkit.Shopper, mine, 6000)).Map()
		assert.Equal(t, "This coupon works on market days only; the next is on 18 October.", english["detail"])

		r.Time.Set(r.local("2026-10-18 10:00"))
		r.redeemed("shoes", testkit.Shopper, mine, 6000)
		r.booksHold()
	})
}

func TestACouponForMarketDaysNeedsAMarket(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		boss := r.As(testkit.Coordinator)
		tag := boss.Get("/alliance").Must(http.StatusOK).Header.Get("ETag")
		boss.With("If-Match", tag).Patch("/alliance", body{"market_rule": ""}).Must(http.StatusOK)
		answer := r.As(testkit.ManagerOf("shoes")).Post(r.At("shoes", "/campaigns"), r.alone(body{"market_only": true})).Refused(http.StatusUnprocessableEntity, "invalid").Map()
		assert.Equal(t, "/market_only", answer["errors"].([]any)[0].(map[string]any)["pointer"])
		var plain coupon.CampaignView
		r.As(testkit.ManagerOf("shoes")).Post(r.At("shoes", "/campaigns"), r.alone(nil)).Must(http.StatusCreated).Into(&plain)
		assert.False(t, plain.MarketOnly)
	})
}
