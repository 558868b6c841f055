package models

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"
)

// anyBasket is a bill with or without lines; they tell all of it or a part.
func anyBasket(t *rapid.T) Basket {
	b := Basket{Bill: rapid.Int64Range(0, 100_000).Draw(t, "rest")}
	for i := range rapid.IntRange(0, 4).Draw(t, "lines") {
		l := Line{
			Unit: rapid.Int64Range(0, 20_000).Draw(t, fmt.Sprint("unit", i)), Pieces: rapid.Int64Range(1, 9).Draw(t, fmt.Sprint("pieces", i)),
			Goods: rapid.SampledFrom([]string{"", "cake", "shoe"}).Draw(t, fmt.Sprint("goods", i)),
		}
		if rapid.Bool().Draw(t, fmt.Sprint("bound", i)) {
			l.Least = rapid.Int64Range(0, 25_000).Draw(t, fmt.Sprint("least", i))
		}
		b.Lines = append(b.Lines, l)
		b.Bill += l.Sum()
	}
	return b
}

func anyHeld(t *rapid.T, i int) Held {
	fen := func(name string, most int64) int64 { return rapid.Int64Range(0, most).Draw(t, fmt.Sprint(name, i)) }
	kinds := []CouponKind{CouponAmount, CouponPercent, CouponGift, CouponFixedPrice, CouponBuyGet, CouponPunchCard}
	return Held{
		Coupon: ID{15: byte(i + 1)}, Campaign: ID{14: byte(fen("campaign", 6))},
		Offer: Offer{
			Kind: rapid.SampledFrom(kinds).Draw(t, fmt.Sprint("kind", i)), Off: fen("off", 30_000), PerPiece: rapid.Bool().Draw(t, fmt.Sprint("piece", i)),
			PercentBPS: fen("bps", BasisPoints), Cap: fen("cap", 50_000), Price: fen("price", 60_000), Buy: 1 + fen("buy", 3), Get: 1 + fen("get", 3),
			Times: 5, Goods: rapid.SampledFrom([]string{"", "", "cake"}).Draw(t, fmt.Sprint("of", i)), MinSpend: fen("min", 60_000),
		},
		Stacking: Stacking{Stackable: fen("stack", 3) > 0, Category: rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, fmt.Sprint("category", i))},
		Until:    time.Unix(fen("until", 5), 0),
	}
}

func anyHand(t *rapid.T) []Held {
	hand := make([]Held, rapid.IntRange(0, 7).Draw(t, "coupons"))
	for i := range hand {
		hand[i] = anyHeld(t, i)
	}
	return hand
}

// holds checks what is always so of a slip.
func holds(t *rapid.T, b Basket, s Slip) {
	assert.Equal(t, b.Bill, s.Bill)
	assert.Equal(t, b.Bill, s.Off+s.ToPay, "no fen is lost")
	assert.GreaterOrEqual(t, s.ToPay, int64(0), "never below zero")
	assert.GreaterOrEqual(t, s.Off, int64(0), "never above the bill")
	left, off, cost := b.Bill, int64(0), int64(0)
	for _, step := range s.Steps {
		assert.Equal(t, left, step.Bill, "each begins with what the one before left")
		assert.LessOrEqual(t, step.Cost, step.maxOfUse(), "the worst case is the worst")
		left, off, cost = step.ToPay, off+step.Off, cost+step.Cost
	}
	assert.Equal(t, []int64{s.ToPay, s.Off, s.Cost}, []int64{left, off, cost}, "the steps sum to the slip")
	lines := s.Lines()
	if lines == nil {
		assert.True(t, len(b.Lines) == 0 || s.Off == 0)
		return
	}
	assert.Equal(t, s.Off, sum(lines), "the lines share all of it")
	for i, part := range lines[:min(len(lines), len(b.Lines))] {
		l := b.Lines[i]
		assert.LessOrEqual(t, part, max(l.Sum()-l.Least*l.Pieces, 0), "no piece below its least")
		assert.GreaterOrEqual(t, part, int64(0))
	}
}

func TestWhatIsAlwaysSoOfASlip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b, hand := anyBasket(t), anyHand(t)
		for _, s := range []Slip{b.Lay(hand...), b.Best(hand...)} {
			holds(t, b, s)
			assert.Equal(t, len(hand), len(s.Steps)+len(s.LeftOut), "every coupon is on it, or told why not")
			assert.LessOrEqual(t, len(s.Steps), MaxStack)
			for i, step := range s.Steps {
				for _, other := range s.Steps[:i] {
					assert.Empty(t, step.Clash(other.Held), "who clashes is not on it together")
				}
			}
		}
	})
}

func TestTheOrderInWhichCouponsComeDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b, hand := anyBasket(t), anyHand(t)
		shuffled := rapid.Permutation(slices.Clone(hand)).Draw(t, "shuffled")
		assert.Equal(t, b.Lay(hand...), b.Lay(shuffled...))
		assert.Equal(t, b.Best(hand...), b.Best(shuffled...))
	})
}

// The best is held against every combination there is, tried one by one.
func TestNoCombinationGivesMoreThanTheBest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b, hand := anyBasket(t), anyHand(t)
		best := b.Best(hand...)
		for set := range 1 << len(hand) {
			var some []Held
			for i, h := range hand {
				if set&(1<<i) != 0 {
					some = append(some, h)
				}
			}
			if slip := b.Lay(some...); len(slip.LeftOut) == 0 {
				assert.GreaterOrEqual(t, best.Cost, slip.Cost)
			}
		}
	})
}

// A wallet may be full of coupons that all go together; the till still gets its answer in a few milliseconds.
func TestAHundredCouponsAreAFewHundredCombinations(t *testing.T) {
	var hand []Held
	for i := range 100 {
		hand = append(hand, Held{
			Coupon: ID{15: byte(i)}, Campaign: ID{14: byte(i + 1)}, Stacking: Stacking{Stackable: true}, Until: time.Unix(int64(i), 0),
			Offer: Offer{Kind: CouponAmount, Off: 500 + int64(i%7)*100, MinSpend: int64(i%11) * 700},
		})
	}
	assert.Less(t, testing.AllocsPerRun(2, func() { Basket{Bill: 9000}.Best(hand...) }), 30_000.0)
}

func TestAPunchCardsWorstCaseCountsEveryUse(t *testing.T) {
	card := Offer{Kind: CouponPunchCard, Off: 1000, Times: 5}
	assert.Equal(t, int64(5000), card.MaxCost())
	assert.Equal(t, int64(5*334), card.PerCoupon(3333), "the odd fen may fall on it each time")
	assert.Equal(t, int64(200*5*334), card.WorstCase(200, 3333))
	rapid.Check(t, func(t *rapid.T) {
		card.Off = rapid.Int64Range(0, 100_000).Draw(t, "off")
		shares := sharesOf(t)
		paid := make([]int64, len(shares))
		for range card.Times {
			for i, part := range Split(card.Off, shares) {
				paid[i] += part
			}
		}
		for i := range shares {
			assert.LessOrEqual(t, paid[i], card.PerCoupon(shares[i]), "nobody pays more than they signed")
		}
	})
}
