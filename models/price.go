package models

// CouponKind says what a coupon gives.
type CouponKind string

// The kinds. Gift costs its funders the gift's worth and takes nothing off the bill; the others take off the bill.
const (
	CouponAmount     CouponKind = "amount"      // Off fen off
	CouponPercent    CouponKind = "percent"     // PercentBPS off, at most Cap
	CouponGift       CouponKind = "gift"        // Gift handed over; worth Off to its funders
	CouponFixedPrice CouponKind = "fixed_price" // pay Price whatever it costs, at most Cap off
	CouponBuyGet     CouponKind = "buy_x_get_y" // of Buy+Get equal pieces, pay Buy; at most Cap off
)

// Offer is what a coupon takes off a bill. Amounts are fen; fields that a kind does not use are zero.
type Offer struct {
	Kind       CouponKind
	Off        int64  // amount: fen off; gift: what the gift costs its funders
	PercentBPS int64  `gorm:"column:percent_bps"` // percent: ten-thousandths taken off; 12 % off (8.8 折) is 1,200
	Cap        int64  // percent, fixed_price, buy_x_get_y: the most fen that one coupon takes off
	Price      int64  // fixed_price: fen to pay
	Gift       string // gift: what is handed over
	Buy        int64  `gorm:"column:buy_pieces"` // buy_x_get_y: pieces paid
	Get        int64  `gorm:"column:get_pieces"` // buy_x_get_y: pieces free with them
	MinSpend   int64  // the bill from which it works; exactly so much is enough
}

// Price is what an offer makes of a bill. Off + ToPay = Bill, and none is negative. Cost is what the funders bear
// together: Off, or the worth of the gift.
type Price struct{ Bill, Off, ToPay, Cost int64 }

// Refusal says why a coupon does not work here and now; the empty one means that it does.
type Refusal string

// The refusals, in the order in which they are looked for.
const (
	RefusedGiven        Refusal = "given_away"
	RefusedVoid         Refusal = "void"
	RefusedUsed         Refusal = "used"
	RefusedExpired      Refusal = "expired"
	RefusedNotYetValid  Refusal = "not_yet_valid"
	RefusedNotPartner   Refusal = "not_partner"
	RefusedNotToday     Refusal = "not_today"
	RefusedWrongWeekday Refusal = "wrong_weekday"
	RefusedWrongHour    Refusal = "wrong_hour"
	RefusedBelowMinimum Refusal = "below_minimum"
	RefusedBudget       Refusal = "budget_spent" // what it would cost is not there any more
	RefusedStoreLimit   Refusal = "store_limit"  // this store has taken as many as it may
	RefusedNoEffect     Refusal = "no_effect"    // it would take nothing off: the coupon is kept for a better day
)

// PriceFor is the offer's price for a bill of so many fen. What is to be paid is rounded half up to the fen, as a till
// rounds a price (10.50 less 15 % is 8.93); the discount is the rest of the bill, so that nothing is lost between the
// two. It refuses a bill below the minimum, and one that it would not change.
func (o Offer) PriceFor(bill int64) (Price, Refusal) {
	full := Price{Bill: bill, ToPay: max(bill, 0)}
	if bill < 0 || bill < o.MinSpend {
		return full, RefusedBelowMinimum
	}
	if o.Kind == CouponGift {
		return Price{Bill: bill, ToPay: bill, Cost: max(o.Off, 0)}, ""
	}
	off := min(max(o.off(bill), 0), bill)
	if off == 0 {
		return full, RefusedNoEffect
	}
	return Price{Bill: bill, Off: off, ToPay: bill - off, Cost: off}, ""
}

// off is what is wanted off a bill, before it is held within the bill.
func (o Offer) off(bill int64) int64 {
	switch o.Kind {
	case CouponAmount:
		return o.Off
	case CouponPercent:
		return min(bill-roundedPart(bill, BasisPoints-o.PercentBPS, BasisPoints), o.Cap)
	case CouponFixedPrice:
		return min(bill-o.Price, o.Cap)
	case CouponBuyGet:
		return min(bill-roundedPart(bill, o.Buy, o.Buy+o.Get), o.Cap)
	}
	return 0
}

// roundedPart is part/whole of amount, rounded half up. A part outside 0..whole, or no whole, is read as the whole.
func roundedPart(amount, part, whole int64) int64 {
	if part < 0 || whole <= 0 || part >= whole {
		return amount
	}
	quotient, rest := mulDiv(amount, part, whole)
	if rest*2 >= uint64(whole) {
		quotient++
	}
	return quotient
}

// MaxCost is the most that one coupon can cost its funders together: what a worst case is reckoned from.
func (o Offer) MaxCost() int64 {
	switch o.Kind {
	case CouponAmount, CouponGift:
		return max(o.Off, 0)
	}
	return max(o.Cap, 0)
}

// PerCoupon is the most that one coupon can cost a funder of so many basis points: its exact part of the highest cost,
// rounded up, since the odd fen of a split may fall on it.
func (o Offer) PerCoupon(shareBPS int64) int64 {
	if shareBPS <= 0 {
		return 0
	}
	whole, rest := mulDiv(o.MaxCost(), min(shareBPS, BasisPoints), BasisPoints)
	if rest > 0 {
		whole++
	}
	return whole
}

// WorstCase is what a funder of so many basis points pays when every coupon of the stock is used at its highest cost.
func (o Offer) WorstCase(stock, shareBPS int64) int64 { return stock * o.PerCoupon(shareBPS) }
