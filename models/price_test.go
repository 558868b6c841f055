package models

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"
)

const nocap = math.MaxInt64

func TestWhatACouponTakesOff(t *testing.T) {
	amount := func(off, from int64) Offer { return Offer{Kind: CouponAmount, Off: off, MinSpend: from} }
	percent := func(bps, most int64) Offer { return Offer{Kind: CouponPercent, PercentBPS: bps, Cap: most} }
	fixed := func(price, most int64) Offer { return Offer{Kind: CouponFixedPrice, Price: price, Cap: most} }
	buyGet := func(buy, get int64) Offer { return Offer{Kind: CouponBuyGet, Buy: buy, Get: get, Cap: nocap} }
	for _, c := range []struct {
		name  string
		offer Offer
		bill  int64
		off   int64
	}{
		{"10 off from 50, a bill of 68", amount(1000, 5000), 6800, 1000},
		{"15 off from 60, a bill of 68 (the counter's page)", amount(1500, 6000), 6800, 1500},
		{"exactly the minimum is enough", amount(1000, 5000), 5000, 1000},
		{"no minimum", amount(1000, 0), 1000, 1000},
		{"never more than the bill", amount(20000, 0), 10000, 10000},
		{"above the sum, nothing is carried over", amount(1500, 0), 1000, 1000},
		{"106.00 off 106.00 (Sylius)", amount(10600, 0), 10600, 10600},
		{"10.10 off 56.05 (Sylius)", amount(1010, 0), 5605, 1010},
		{"10.00 from 90.00, a bill of 160.00 (Sylius)", amount(1000, 9000), 16000, 1000},
		{"156.00 off 780.00", amount(15600, 0), 78000, 15600},
		{"20 % of 100.00 (Sylius)", percent(2000, nocap), 10000, 2000},
		{"20 % of 1,200.00 (Sylius)", percent(2000, nocap), 120000, 24000},
		{"20 % of 70.00 (Sylius)", percent(2000, nocap), 7000, 1400},
		{"10 % of 200.50 (Voucherify)", percent(1000, nocap), 20050, 2005},
		{"all of it (Sylius)", percent(10000, nocap), 10000, 10000},
		{"half a fen: the price rounds up (Sylius)", percent(1500, nocap), 1050, 157},
		{"8.8 zhe of 99.99", percent(1200, nocap), 9999, 1200},
		{"8.8 zhe, at most 30 off", percent(1200, 3000), 40000, 3000},
		{"just under the cap", percent(1200, 3000), 24999, 3000},
		{"far under the cap", percent(1200, 3000), 10000, 1200},
		{"15 % from 100.00, two lines of 60 and 50", Offer{Kind: CouponPercent, PercentBPS: 1500, Cap: nocap, MinSpend: 10000}, 11000, 1650},
		{"a price instead of 23.00 (pretix)", fixed(1200, nocap), 2300, 1100},
		{"a price, but at most 8.00 off", fixed(1200, 800), 2300, 800},
		{"for nothing", fixed(0, nocap), 2300, 2300},
		{"three for two (pretix)", buyGet(2, 1), 36000, 12000},
		{"three cakes for two (the wallet's page)", buyGet(2, 1), 2700, 900},
		{"one free with one", buyGet(1, 1), 1999, 999},
		{"two free with three", buyGet(3, 2), 1000, 400},
		{"ten pieces, one of them free", buyGet(9, 1), 3333, 333},
		{"buy and get, capped", Offer{Kind: CouponBuyGet, Buy: 2, Get: 1, Cap: 500}, 2700, 500},
		{"one fen off one fen", amount(1, 0), 1, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, why := c.offer.PriceFor(Basket{Bill: c.bill})
			assert.Equal(t, Refusal(""), why)
			assert.Equal(t, Price{Bill: c.bill, Off: c.off, ToPay: c.bill - c.off, Cost: c.off}, got)
		})
	}
}

func TestAGiftCostsItsFundersAndLeavesTheBillAlone(t *testing.T) {
	tea := Offer{Kind: CouponGift, Gift: "菊花茶一壶", Off: 1800, MinSpend: 3000}
	got, why := tea.PriceFor(Basket{Bill: 6800})
	assert.Empty(t, why)
	assert.Equal(t, Price{Bill: 6800, Off: 0, ToPay: 6800, Cost: 1800}, got)
	_, why = tea.PriceFor(Basket{Bill: 2999})
	assert.Equal(t, RefusedBelowMinimum, why)
	free, why := Offer{Kind: CouponGift, Gift: "糖"}.PriceFor(Basket{})
	assert.Empty(t, why)
	assert.Zero(t, free)
}

func TestWhenACouponIsKeptForABetterDay(t *testing.T) {
	for _, c := range []struct {
		name  string
		offer Offer
		bill  int64
		want  Refusal
	}{
		{"a fen below the minimum", Offer{Kind: CouponAmount, Off: 1000, MinSpend: 5000}, 4999, RefusedBelowMinimum},
		{"a negative bill", Offer{Kind: CouponAmount, Off: 1000}, -1, RefusedBelowMinimum},
		{"no bill", Offer{Kind: CouponAmount, Off: 1000}, 0, RefusedNoEffect},
		{"nothing off (Voucherify: prevented, stays unused)", Offer{Kind: CouponAmount}, 5000, RefusedNoEffect},
		{"cheaper than the fixed price", Offer{Kind: CouponFixedPrice, Price: 9900, Cap: nocap}, 8000, RefusedNoEffect},
		{"exactly the fixed price", Offer{Kind: CouponFixedPrice, Price: 9900, Cap: nocap}, 9900, RefusedNoEffect},
		{"a percentage of too little", Offer{Kind: CouponPercent, PercentBPS: 1000, Cap: nocap}, 4, RefusedNoEffect},
		{"an unknown kind", Offer{Kind: "lottery", Off: 100}, 5000, RefusedNoEffect},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, why := c.offer.PriceFor(Basket{Bill: c.bill})
			assert.Equal(t, c.want, why)
			assert.Equal(t, Price{Bill: c.bill, ToPay: max(c.bill, 0)}, got)
		})
	}
}

func anyOffer(t *rapid.T) Offer {
	fen := func(name string) int64 { return rapid.Int64Range(0, 1<<40).Draw(t, name) }
	return Offer{
		Kind:       rapid.SampledFrom([]CouponKind{CouponAmount, CouponPercent, CouponGift, CouponFixedPrice, CouponBuyGet}).Draw(t, "kind"),
		Off:        fen("off"),
		PercentBPS: rapid.Int64Range(1, BasisPoints).Draw(t, "percent"),
		Cap:        fen("cap"), Price: fen("price"), MinSpend: rapid.Int64Range(0, 1<<20).Draw(t, "min"),
		Buy: rapid.Int64Range(1, 20).Draw(t, "buy"), Get: rapid.Int64Range(1, 20).Draw(t, "get"),
	}
}

func TestAPriceIsNeverBelowZeroNorAboveTheBill(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		offer, bill := anyOffer(t), rapid.Int64Range(-5, 1<<50).Draw(t, "bill")
		price, why := offer.PriceFor(Basket{Bill: bill})
		assert.GreaterOrEqual(t, price.Off, int64(0))
		assert.GreaterOrEqual(t, price.ToPay, int64(0))
		assert.Equal(t, max(bill, 0), price.Off+price.ToPay)
		assert.LessOrEqual(t, price.Cost, offer.MaxCost(), "the worst case is the worst")
		if why != "" {
			assert.Zero(t, price.Cost, "what is refused costs nothing")
		}
	})
}

func TestNobodyPaysMoreThanTheWorstCaseTheySigned(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		offer, shares := anyOffer(t), sharesOf(t)
		price, _ := offer.PriceFor(Basket{Bill: rapid.Int64Range(0, 1<<41).Draw(t, "bill")})
		for i, part := range Split(price.Cost, shares) {
			assert.LessOrEqual(t, part, offer.PerCoupon(shares[i]))
		}
	})
}

func TestTheWorstCaseOfTheStreetsCoupon(t *testing.T) {
	offer := Offer{Kind: CouponAmount, Off: 2000, MinSpend: 10000}
	assert.Equal(t, int64(160000), offer.WorstCase(200, 4000))
	assert.Equal(t, int64(120000), offer.WorstCase(200, 3000))
	assert.Equal(t, int64(0), offer.WorstCase(200, 0))
	capped := Offer{Kind: CouponPercent, PercentBPS: 1200, Cap: 3000}
	assert.Equal(t, int64(3000*100/2), capped.WorstCase(100, 5000))
	assert.Equal(t, int64(334), Offer{Kind: CouponAmount, Off: 1000}.PerCoupon(3333), "the odd fen may fall on it")
}
