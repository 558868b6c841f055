package coupon

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"onestreet/models"
)

func TestPaperSaysWhatACouponIsWorth(t *testing.T) {
	for _, one := range []struct {
		offer  models.Offer
		zh, en string
	}{
		{models.Offer{Kind: models.CouponAmount, Off: 500, MinSpend: 2000}, "减 5，满 20 可用", "¥5 off, from ¥20"},
		{models.Offer{Kind: models.CouponAmount, Off: 150, PerPiece: true, Cap: 600}, "每件减 1.50，最多省 6", "¥1.50 off each piece, up to ¥6 off"},
		{models.Offer{Kind: models.CouponPercent, PercentBPS: 1200, Cap: 2000, MinSpend: 5000}, "8.8 折，最多省 20，满 50 可用", "12% off, up to ¥20 off, from ¥50"},
		{models.Offer{Kind: models.CouponPercent, PercentBPS: 5000, Cap: 100, Goods: "牛肉面"}, "5 折，最多省 1，只算牛肉面", "50% off, up to ¥1 off, on 牛肉面 only"},
		{models.Offer{Kind: models.CouponPercent, PercentBPS: 1250, Cap: 100}, "8.75 折，最多省 1", "12.5% off, up to ¥1 off"},
		{models.Offer{Kind: models.CouponGift, Gift: "茶叶蛋一个"}, "送茶叶蛋一个", "茶叶蛋一个, a gift"},
		{models.Offer{Kind: models.CouponFixedPrice, Price: 1990, Cap: 900}, "一口价 19.90，最多省 9", "for ¥19.90, up to ¥9 off"},
		{models.Offer{Kind: models.CouponBuyGet, Buy: 2, Get: 1, Cap: 900}, "买 2 送 1，最多省 9", "buy 2, get 1, up to ¥9 off"},
		{models.Offer{Kind: models.CouponPunchCard, Times: 10, Off: 200}, "10 次，每次减 2", "10 times, ¥2 off each"},
		{models.Offer{Kind: models.CouponPunchCard, Times: 5, Gift: "豆浆一杯"}, "5 次，每次送豆浆一杯", "5 times, 豆浆一杯 each"},
	} {
		assert.Equal(t, models.Text{ZH: one.zh, EN: one.en}, Worth(one.offer))
	}
}
