package models

import (
	"cmp"
	"slices"
)

// bestOf is how many coupons that go with others are tried together, in every combination of up to MaxStack: of more,
// those that give most by themselves.
const bestOf = 10

// Best lays those coupons on the bill that together give most (what comes off, and what gifts are worth), and says of
// every other one why it is not among them. Of combinations that give the same it takes the one with more gifts, then
// the one with fewer coupons, then the one whose coupons come first in the order of application.
func (b Basket) Best(coupons ...Held) Slip {
	s := search{basket: b, best: b.Lay()}
	works, refused := s.alone(coupons)
	s.from(tried(works), nil, 0)
	s.best.LeftOut = append(b.because(s.best, works), refused...)
	return s.best
}

// search is the look for the best combination: coupons by what they give alone, which is the most that each can give.
type search struct {
	basket Basket
	best   Slip
}

// candidate is a coupon and what it gives by itself.
type candidate struct {
	Held
	gives int64
}

// alone tells the coupons that work by themselves, those that give most first, from those that do not.
func (s *search) alone(coupons []Held) (works []candidate, refused []LeftOut) {
	order := slices.Clone(coupons)
	slices.SortFunc(order, inOrder)
	for _, h := range order {
		slip := s.basket.Lay(h)
		if refused = append(refused, slip.LeftOut...); len(slip.Steps) > 0 {
			works = append(works, candidate{h, slip.Cost})
		}
	}
	slices.SortStableFunc(works, func(x, y candidate) int { return cmp.Compare(y.gives, x.gives) })
	return works, refused
}

// tried is what combinations are made of.
func tried(works []candidate) []candidate {
	var some []candidate
	stackable := 0
	for _, c := range works {
		if c.Stackable {
			stackable++
		}
		if !c.Stackable || stackable <= bestOf {
			some = append(some, c)
		}
	}
	return some
}

// from tries every combination of the coupons with those chosen already. A coupon never gives more after others than
// alone, so that a branch whose most is below the best is not walked; nor is one in which somebody is left out, since
// nobody comes back in when more is taken off.
func (s *search) from(rest []candidate, chosen []Held, most int64) {
	for i, c := range rest {
		if most+top(rest[i:], MaxStack-len(chosen)) < s.best.Cost {
			return
		}
		next := append(slices.Clone(chosen), c.Held)
		slip := s.basket.Lay(next...)
		if len(slip.LeftOut) > 0 {
			continue
		}
		if givesMore(slip, s.best) {
			s.best = slip
		}
		if c.Stackable && len(next) < MaxStack {
			s.from(rest[i+1:], next, most+c.gives)
		}
	}
}

// top is the most that so many of the coupons give, of which the first give most.
func top(rest []candidate, n int) (most int64) {
	for _, c := range rest[:min(n, len(rest))] {
		most += c.gives
	}
	return most
}

func givesMore(a, b Slip) bool {
	return cmp.Or(cmp.Compare(a.Cost, b.Cost), a.gifts()-b.gifts(), len(b.Steps)-len(a.Steps)) > 0
}

func (s Slip) gifts() (n int) {
	for _, step := range s.Steps {
		if step.HandsOver() {
			n++
		}
	}
	return n
}

// because says why coupons that work are not on the best slip.
func (b Basket) because(best Slip, works []candidate) []LeftOut {
	var out []LeftOut
	for _, c := range works {
		if !best.Has(c.Coupon) {
			out = append(out, b.why(best, c.Held))
		}
	}
	slices.SortStableFunc(out, func(x, y LeftOut) int { return inOrder(x.Held, y.Held) })
	return out
}

func (b Basket) why(best Slip, h Held) LeftOut {
	if why, other := best.clash(h); why != "" {
		return LeftOut{Held: h, Why: why, Other: other, Left: best.ToPay}
	}
	together := []Held{h}
	for _, step := range best.Steps {
		together = append(together, step.Held)
	}
	for _, out := range b.Lay(together...).LeftOut {
		if out.Coupon == h.Coupon {
			return out
		}
	}
	return LeftOut{Held: h, Why: RefusedGivesLess, Left: best.ToPay}
}
