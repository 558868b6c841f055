package coupon

import (
	"strings"
	"unicode/utf8"

	"onestreet/models"
)

// The bounds of what a coupon may give.
const (
	maxPieces = 99
	maxTimes  = 30
	maxWord   = 20 // characters of goods and of a category
)

// usedFields clears what the kind of an offer does not use.
func usedFields(o models.Offer) models.Offer {
	used := models.Offer{Kind: o.Kind, MinSpend: o.MinSpend}
	switch o.Kind {
	case models.CouponAmount:
		used.Off, used.PerPiece = o.Off, o.PerPiece
	case models.CouponGift:
		used.Off, used.Gift = o.Off, o.Gift
	case models.CouponPercent:
		used.PercentBPS = o.PercentBPS
	case models.CouponFixedPrice:
		used.Price = o.Price
	case models.CouponBuyGet:
		used.Buy, used.Get = o.Buy, o.Get
	case models.CouponPunchCard:
		used.Off, used.Gift, used.Times = o.Off, o.Gift, o.Times
	}
	used.Gift = strings.TrimSpace(used.Gift)
	if used.Capped() {
		used.Cap = o.Cap
	}
	if !used.HandsOver() {
		used.Goods = strings.TrimSpace(o.Goods)
	}
	return used
}

// plainStacking: what goes alone has no category.
func plainStacking(s models.Stacking) models.Stacking {
	if !s.Stackable {
		return models.Stacking{}
	}
	s.Category = strings.TrimSpace(s.Category)
	return s
}

func (t Terms) checkOffer(p *problems) {
	switch t.Kind {
	case models.CouponAmount:
		p.expect(t.Off > 0, "/off/amount", "减多少要大于 0", "How much it takes off must be above 0.")
	case models.CouponPercent:
		p.expect(t.PercentBPS > 0 && t.PercentBPS <= models.BasisPoints, "/percent_bps", "折扣要在 0 和 100% 之间", "The percentage must be above 0 and at most 100 %.")
	case models.CouponGift:
		p.expect(t.Gift != "", "/gift", "写上送什么", "Say what is given.")
	case models.CouponBuyGet:
		p.expect(t.Buy > 0 && t.Buy <= maxPieces, "/buy", "买几件要在 1 到 99 之间", "Pieces to buy: 1 to 99.")
		p.expect(t.Get > 0 && t.Get <= maxPieces, "/get", "送几件要在 1 到 99 之间", "Pieces for free: 1 to 99.")
	case models.CouponPunchCard:
		p.expect(t.Times > 1 && t.Times <= maxTimes, "/times", "一张能用几次，要在 2 到 30 之间", "Uses of one card: 2 to 30.")
		p.expect(t.Off > 0 || t.Gift != "", "/off/amount", "每次减多少，或者送什么", "Say what each use takes off, or hands over.")
	}
	if t.Capped() {
		p.checkCap(t.Cap)
	}
	p.expect(utf8.RuneCountInString(t.Goods) <= maxWord, "/goods", "最多 20 个字", "At most 20 characters.")
	p.expect(utf8.RuneCountInString(t.Category) <= maxWord, "/category", "最多 20 个字", "At most 20 characters.")
}

// checkCap: without the most that one coupon costs there is no worst case, and so nothing that anyone could sign.
func (p *problems) checkCap(most int64) {
	p.expect(most > 0, "/cap/amount", "写上一张券最多省多少，几家才好签字", "Say the most that one coupon takes off, so that its worst case can be signed.")
}
