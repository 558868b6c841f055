package models

// CouponKind says what a coupon gives.
type CouponKind string

// The kinds. A gift costs its funders its worth and takes nothing off the bill; the others take off the bill.
const (
	CouponAmount     CouponKind = "amount"      // Off fen off; with PerPiece, off each piece, at most Cap
	CouponPercent    CouponKind = "percent"     // PercentBPS off, at most Cap
	CouponGift       CouponKind = "gift"        // Gift handed over; worth Off to its funders
	CouponFixedPrice CouponKind = "fixed_price" // pay Price whatever it costs, at most Cap off
	CouponBuyGet     CouponKind = "buy_x_get_y" // of each Buy+Get pieces the Get cheapest are free; at most Cap off
	CouponPunchCard  CouponKind = "punch_card"  // Times uses; each takes Off fen off, or hands over Gift, which is worth Off
)

// Offer is what a coupon takes off a bill. Amounts are fen; fields that a kind does not use are zero.
type Offer struct {
	Kind       CouponKind
	Off        int64  // amount, punch_card: fen off; with a gift: what it costs its funders, each time
	PerPiece   bool   // amount: off each piece
	PercentBPS int64  `gorm:"column:percent_bps"` // percent: ten-thousandths taken off; 12 % off (8.8 折) is 1,200
	Cap        int64  // percent, fixed_price, buy_x_get_y, amount a piece: the most fen that one coupon takes off
	Price      int64  // fixed_price: fen to pay
	Gift       string // gift, punch_card: what is handed over
	Buy        int64  `gorm:"column:buy_pieces"` // buy_x_get_y: pieces paid
	Get        int64  `gorm:"column:get_pieces"` // buy_x_get_y: pieces free with them
	Times      int64  // punch_card: uses of one coupon
	Goods      string // the goods it is limited to, as a bill's lines name them; empty: the whole bill
	MinSpend   int64  // the bill (of a limited offer: its goods) from which it works; exactly so much is enough
}

// Uses is how often one coupon can be used: once, but for a punch card.
func (o Offer) Uses() int64 {
	if o.Kind == CouponPunchCard {
		return max(o.Times, 1)
	}
	return 1
}

// HandsOver tells whether a use hands something over and leaves the bill alone.
func (o Offer) HandsOver() bool {
	return o.Kind == CouponGift || o.Kind == CouponPunchCard && o.Gift != ""
}

// Capped tells whether an offer needs a Cap: without one nobody could say, and sign, what it costs at worst.
func (o Offer) Capped() bool {
	switch o.Kind {
	case CouponPercent, CouponFixedPrice, CouponBuyGet:
		return true
	}
	return o.Kind == CouponAmount && o.PerPiece
}

// Price is what an offer makes of a bill. Off + ToPay = Bill, and none is negative. Cost is what the funders bear
// together: Off, or the worth of the gift.
// Lines is what comes off each line of an itemised bill, and off the rest of it last; they sum to Off.
type Price struct {
	Bill, Off, ToPay, Cost int64
	Lines                  []int64
}

// Refusal says why a coupon does not work here and now; the empty one means that it does.
type Refusal string

// The refusals of a coupon by itself, in the order in which they are looked for; what several on one bill add is in
// stack.go.
const (
	RefusedGiven        Refusal = "given_away"
	RefusedVoid         Refusal = "void"
	RefusedUsed         Refusal = "used"
	RefusedExpired      Refusal = "expired"
	RefusedNotYetValid  Refusal = "not_yet_valid"
	RefusedNotPartner   Refusal = "not_partner"
	RefusedNotToday     Refusal = "not_today"
	RefusedNotMarket    Refusal = "not_market_day"
	RefusedWrongWeekday Refusal = "wrong_weekday"
	RefusedWrongHour    Refusal = "wrong_hour"
	RefusedNeedsLines   Refusal = "lines_needed" // it looks at goods or pieces, and the bill does not tell them
	RefusedBelowMinimum Refusal = "below_minimum"
	RefusedBudget       Refusal = "budget_spent" // what it would cost is not there any more
	RefusedStoreLimit   Refusal = "store_limit"  // this store has taken as many as it may
	RefusedTooFew       Refusal = "too_few_pieces"
	RefusedNoEffect     Refusal = "no_effect" // it would take nothing off: the coupon is kept for a better day
)

// PriceFor is the offer's price for a bill by itself.
func (o Offer) PriceFor(b Basket) (Price, Refusal) { return b.open().take(o) }

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

// MaxCost is the most that one coupon can cost its funders together, with every use of it: what a worst case is reckoned
// from.
func (o Offer) MaxCost() int64 { return o.maxOfUse() * o.Uses() }

func (o Offer) maxOfUse() int64 {
	if o.Capped() {
		return max(o.Cap, 0)
	}
	return max(o.Off, 0)
}

// PerCoupon is the most that one coupon can cost a funder of so many basis points: its exact part of the highest cost of
// a use, rounded up, since the odd fen of a split may fall on it each time.
func (o Offer) PerCoupon(shareBPS int64) int64 {
	if shareBPS <= 0 {
		return 0
	}
	whole, rest := mulDiv(o.maxOfUse(), min(shareBPS, BasisPoints), BasisPoints)
	if rest > 0 {
		whole++
	}
	return whole * o.Uses()
}

// WorstCase is what a funder of so many basis points pays when every coupon of the stock is used at its highest cost.
func (o Offer) WorstCase(stock, shareBPS int64) int64 { return stock * o.PerCoupon(shareBPS) }
