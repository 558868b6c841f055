package models

import (
	"bytes"
	"cmp"
	"slices"
	"time"
)

// MaxStack is how many coupons one bill takes.
const MaxStack = 5

// Stacking says what a coupon goes together with on one bill. The zero value goes with nothing: that is what partners
// signed before there was a choice.
type Stacking struct {
	Stackable bool   // may be used together with others that may
	Category  string `gorm:"column:stack_category"` // of a category one coupon a bill; empty: it is one of its own
}

// The refusals that several coupons on one bill add.
const (
	RefusedExclusive    Refusal = "not_stackable" // it goes with no other, or the other does not
	RefusedSameCampaign Refusal = "same_campaign" // of a campaign one coupon a bill
	RefusedSameCategory Refusal = "same_category" // of a category one coupon a bill
	RefusedSameKind     Refusal = "same_kind"     // a piece is counted for one buy_x_get_y only
	RefusedTooMany      Refusal = "too_many"      // MaxStack are on the bill
	RefusedGivesLess    Refusal = "gives_less"    // it would work, and the others give more without it
)

// Held is a coupon that its member could lay on a bill.
type Held struct {
	Coupon, Campaign ID
	Offer
	Stacking
	Until time.Time // the last moment it works
}

// Step is what one coupon made of the bill: Bill was left before it, ToPay after it.
type Step struct {
	Held
	Price
}

// LeftOut is a coupon that a slip did without, and why; Other is the one that is in its way, if one is, and Left what was
// left of the bill, or of its goods, when it was looked at.
type LeftOut struct {
	Held
	Why   Refusal
	Other Held
	Left  int64
}

// Slip is what coupons make of a bill together, step by step. Off + ToPay = Bill, none is negative, and the steps' parts
// sum to Off and to Cost.
type Slip struct {
	Bill, Off, ToPay, Cost int64
	Steps                  []Step
	LeftOut                []LeftOut
}

// Rule is how an offer comes off a bill.
type Rule string

// The rules, in the order of application: first what leaves the bill alone, then what looks at pieces and at goods, then
// the price for all of it, then fixed sums, and percentages of what is left at the end.
const (
	RuleGift    Rule = "gift"
	RulePieces  Rule = "pieces"
	RuleGoods   Rule = "goods"
	RulePrice   Rule = "price"
	RuleSum     Rule = "sum"
	RulePercent Rule = "percent"
)

var ruleOrder = []Rule{RuleGift, RulePieces, RuleGoods, RulePrice, RuleSum, RulePercent}

// Rule is the one by which the offer comes off.
func (o Offer) Rule() Rule {
	switch {
	case o.HandsOver():
		return RuleGift
	case o.Kind == CouponBuyGet:
		return RulePieces
	case o.Goods != "" || o.PerPiece:
		return RuleGoods
	case o.Kind == CouponFixedPrice:
		return RulePrice
	case o.Kind == CouponPercent:
		return RulePercent
	}
	return RuleSum
}

func (o Offer) place() int { return slices.Index(ruleOrder, o.Rule()) }

// inOrder compares by the order of application: by place, then the one that ends first, then the one claimed first.
func inOrder(a, b Held) int {
	return cmp.Or(a.place()-b.place(), a.Until.Compare(b.Until), bytes.Compare(a.Coupon[:], b.Coupon[:]))
}

// Clash says why two coupons do not go on one bill, whatever it is; empty when they do.
func (h Held) Clash(other Held) Refusal {
	switch {
	case h.Campaign == other.Campaign:
		return RefusedSameCampaign
	case !h.Stackable || !other.Stackable:
		return RefusedExclusive
	case h.Category != "" && h.Category == other.Category:
		return RefusedSameCategory
	case h.Kind == CouponBuyGet && other.Kind == CouponBuyGet:
		return RefusedSameKind
	}
	return ""
}

// Lay lays coupons on a bill, in the order of application whatever order they come in. Each is judged by what the ones
// before it left, its minimum too; who clashes with one that is already on it is left out.
func (b Basket) Lay(coupons ...Held) Slip {
	order, open := slices.Clone(coupons), b.open()
	slices.SortFunc(order, inOrder)
	slip := Slip{Bill: b.Bill, ToPay: max(b.Bill, 0)}
	for _, h := range order {
		out := LeftOut{Held: h, Left: sum(open.seenBy(h.Offer))}
		if out.Why, out.Other = slip.clash(h); out.Why == "" {
			var price Price
			if price, out.Why = open.take(h.Offer); out.Why == "" {
				slip.add(Step{h, price})
				continue
			}
		}
		slip.LeftOut = append(slip.LeftOut, out)
	}
	return slip
}

func (s *Slip) add(step Step) {
	s.Steps = append(s.Steps, step)
	s.Off, s.Cost, s.ToPay = s.Off+step.Off, s.Cost+step.Cost, step.ToPay
}

// clash is why a coupon does not go with those on the slip, and the one it does not go with.
func (s Slip) clash(h Held) (Refusal, Held) {
	for _, step := range s.Steps {
		if why := h.Clash(step.Held); why != "" {
			return why, step.Held
		}
	}
	if len(s.Steps) == MaxStack {
		return RefusedTooMany, Held{}
	}
	return "", Held{}
}

// Has tells whether a coupon is on the slip.
func (s Slip) Has(coupon ID) bool {
	return slices.ContainsFunc(s.Steps, func(step Step) bool { return step.Coupon == coupon })
}

// Lines is what comes off each line of an itemised bill, and off the rest of it last.
func (s Slip) Lines() []int64 {
	var lines []int64
	for _, step := range s.Steps {
		if lines == nil && step.Lines != nil {
			lines = make([]int64, len(step.Lines))
		}
		for i, off := range step.Lines {
			lines[i] += off
		}
	}
	return lines
}
