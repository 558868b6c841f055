package models

import (
	"math/big"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"
)

// half rounds amount × part ÷ whole half up, in numbers of any size: another way than the one that it checks.
func half(amount, part, whole int64) int64 {
	twice := new(big.Int).Mul(big.NewInt(2*part), big.NewInt(amount))
	return new(big.Int).Div(twice.Add(twice, big.NewInt(whole)), big.NewInt(2*whole)).Int64()
}

// said is what a kind's description takes off a bill without lines.
func said(o Offer, bill int64) int64 {
	off := map[CouponKind]int64{
		CouponAmount: o.Off, CouponPunchCard: o.Off, CouponPercent: bill - half(bill, BasisPoints-o.PercentBPS, BasisPoints),
		CouponFixedPrice: bill - o.Price, CouponBuyGet: bill - half(bill, o.Buy, o.Buy+o.Get),
	}[o.Kind]
	if o.Kind == CouponPercent || o.Kind == CouponFixedPrice || o.Kind == CouponBuyGet {
		off = min(off, o.Cap)
	}
	return max(min(off, bill), 0)
}

func TestAPriceIsWhatItsKindSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := anyHeld(t, 0).Offer
		o.PerPiece, o.Goods = false, ""
		bill := rapid.Int64Range(0, 120_000).Draw(t, "bill")
		got, why := o.PriceFor(Basket{Bill: bill})
		switch off := said(o, bill); {
		case bill < o.MinSpend:
			assert.Equal(t, RefusedBelowMinimum, why)
		case o.Kind == CouponGift:
			assert.Equal(t, Price{Bill: bill, ToPay: bill, Cost: o.Off}, got)
		case off == 0:
			assert.Equal(t, RefusedNoEffect, why)
		default:
			assert.Equal(t, Price{Bill: bill, Off: off, ToPay: bill - off, Cost: off}, got)
		}
	})
}

// Whatever lies on a bill, whatever its lines, and whoever signed which share of it: guest and funders together pay the bill
// and the gifts, to the fen, and no funder more of a coupon than the most that it signed.
func TestEveryFenOfABillHasAPayer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b, hand := anyBasket(t), anyHand(t)
		signed := make([][]CampaignShare, len(hand))
		for i := range hand {
			for position, bps := range sharesOf(t) {
				signed[i] = append(signed[i], CampaignShare{StoreID: ID{byte(position)}, ShareBPS: bps, Position: int64(position)})
			}
		}
		for _, slip := range []Slip{b.Lay(hand...), b.Best(hand...)} {
			var paid, gifts int64
			for _, step := range slip.Steps {
				shares := signed[place(step.Held)]
				for i, part := range SplitCost(step.Cost, shares) {
					assert.GreaterOrEqual(t, part, int64(0))
					assert.LessOrEqual(t, part*step.Uses(), step.PerCoupon(shares[i].ShareBPS))
					paid += part
				}
				if step.HandsOver() {
					gifts += step.Offer.Off
					assert.Zero(t, step.Price.Off)
				}
			}
			assert.Equal(t, b.Bill+gifts, slip.ToPay+paid)
			assert.Equal(t, slip.Cost, paid)
		}
	})
}

// A coupon is on a slip exactly when it could be: it goes with those before it, and the bill that is left carries it. The order is
// that of the rules, and of two of one rule the one that ends first.
func TestASlipLeavesOutOnlyWhatItMust(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b, hand := anyBasket(t), anyHand(t)
		slip := b.Lay(hand...)
		for i, step := range slip.Steps[min(1, len(slip.Steps)):] {
			before := slip.Steps[i]
			assert.LessOrEqual(t, before.place(), step.place())
			assert.False(t, before.place() == step.place() && before.Until.After(step.Until), "the one that ends first comes first")
		}
		for _, out := range slip.LeftOut {
			clashes := len(slip.Steps) == MaxStack
			for _, step := range slip.Steps {
				clashes = clashes || out.Clash(step.Held) != ""
			}
			if !clashes { // then it is the bill that does not carry it, after those that came before it
				alone := slip.upTo(out.Held)
				assert.Contains(t, []Refusal{RefusedNeedsLines, RefusedBelowMinimum, RefusedTooFew, RefusedNoEffect}, out.Why)
				assert.Equal(t, out.Why, b.Lay(append(alone, out.Held)...).LeftOut[0].Why)
			}
		}
	})
}

// upTo are the coupons on a slip that come before another.
func (s Slip) upTo(h Held) (before []Held) {
	for _, step := range s.Steps {
		if inOrder(step.Held, h) < 0 {
			before = append(before, step.Held)
		}
	}
	return before
}
