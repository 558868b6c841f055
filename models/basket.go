package models

// Line is a row of a bill: so many pieces of one price.
type Line struct {
	Unit   int64  // fen a piece
	Pieces int64  // 1 or more
	Goods  string // what they are, as the shop calls it; an offer limited to goods looks for its own
	Least  int64  // fen: no coupon brings a piece below it, such as a price bound by contract; 0: none
}

// Sum is what the line costs.
func (l Line) Sum() int64 { return l.Unit * l.Pieces }

// Basket is a bill at the till: Bill fen in all. Its lines may be told or not, or a part of them only; what they do not
// tell is the rest of the bill.
type Basket struct {
	Bill  int64
	Lines []Line
}

// Rest is what the lines do not tell. It is negative when they tell of more than the bill: there is no such bill.
func (b Basket) Rest() int64 {
	rest := b.Bill
	for _, l := range b.Lines {
		rest -= l.Sum()
	}
	return rest
}

// openBill is a bill while coupons are laid on it: what is left of each line, of the rest last.
type openBill struct {
	lines []Line
	left  []int64
	told  int // how many of the lines were told: all but the rest
}

func (b Basket) open() *openBill {
	o := &openBill{lines: append(append([]Line{}, b.Lines...), Line{Unit: b.Rest(), Pieces: 1}), told: len(b.Lines)}
	for _, l := range o.lines {
		o.left = append(o.left, l.Sum())
	}
	return o
}

// total is what is left to pay.
func (b *openBill) total() int64 { return sum(b.left) }

// seenBy is what is left of the lines that an offer looks at; the others are zero.
func (b *openBill) seenBy(o Offer) []int64 {
	seen := make([]int64, len(b.left))
	for i, left := range b.left {
		if o.Goods == "" || i < b.told && b.lines[i].Goods == o.Goods {
			seen[i] = left
		}
	}
	return seen
}

// rooms is how much each line can still come down.
func (b *openBill) rooms(seen []int64) []int64 {
	rooms := make([]int64, len(seen))
	for i, left := range seen {
		rooms[i] = max(left-b.lines[i].Least*b.lines[i].Pieces, 0)
	}
	return rooms
}

// take lays an offer on the bill. What is to be paid is rounded half up to the fen, as a till rounds a price (10.50 less
// 15 % is 8.93); the discount is the rest, so that nothing is lost between the two, and the lines share it by what is
// left of them (models.Split). An offer that is refused leaves the bill as it is.
func (b *openBill) take(o Offer) (Price, Refusal) {
	before, seen := b.total(), b.seenBy(o)
	full := Price{Bill: before, ToPay: max(before, 0)}
	if why := b.refuses(o, sum(seen)); why != "" {
		return full, why
	}
	if o.HandsOver() {
		return Price{Bill: before, ToPay: before, Cost: max(o.Off, 0)}, ""
	}
	off, weights, rooms := b.wanted(o, seen)
	if o.Capped() {
		off = min(off, o.Cap)
	}
	off = min(max(off, 0), sum(rooms))
	if off == 0 {
		return full, RefusedNoEffect
	}
	return Price{Bill: before, Off: off, ToPay: before - off, Cost: off, Lines: b.lower(off, weights, rooms)}, ""
}

func (b *openBill) refuses(o Offer, base int64) Refusal {
	looks := o.Goods != "" || o.Kind == CouponAmount && o.PerPiece
	switch {
	case looks && b.told == 0:
		return RefusedNeedsLines
	case base < max(o.MinSpend, 0):
		return RefusedBelowMinimum
	case o.Kind == CouponBuyGet && b.told > 0 && b.pieces(o) < o.Buy+o.Get:
		return RefusedTooFew
	}
	return ""
}

// wanted is what an offer asks for, and how the lines that it looks at share it: by weight, each within its room.
func (b *openBill) wanted(o Offer, seen []int64) (off int64, weights, rooms []int64) {
	rooms = b.rooms(seen)
	switch {
	case o.Kind == CouponAmount && o.PerPiece:
		rooms = b.within(rooms, func(_ int, l Line) int64 { return o.Off * l.Pieces })
		return sum(rooms), rooms, rooms
	case o.Kind == CouponBuyGet && b.told > 0:
		free := b.free(o)
		rooms = b.within(rooms, func(i int, l Line) int64 { return l.Unit * free[i] })
		return sum(rooms), rooms, rooms
	}
	return o.offWhole(sum(seen)), seen, rooms
}

// within is what is wanted of each told line, within its room.
func (b *openBill) within(rooms []int64, want func(int, Line) int64) []int64 {
	held := make([]int64, len(rooms))
	for i := range b.told {
		held[i] = min(max(want(i, b.lines[i]), 0), rooms[i])
	}
	return held
}

// offWhole is what is wanted off so many fen as a whole.
func (o Offer) offWhole(base int64) int64 {
	switch o.Kind {
	case CouponAmount, CouponPunchCard:
		return o.Off
	case CouponPercent:
		return base - roundedPart(base, BasisPoints-o.PercentBPS, BasisPoints)
	case CouponFixedPrice:
		return base - o.Price
	case CouponBuyGet:
		return base - roundedPart(base, o.Buy, o.Buy+o.Get)
	}
	return 0
}

// lower takes off what the lines share, and says of which line how much; nil for a bill without lines.
func (b *openBill) lower(off int64, weights, rooms []int64) []int64 {
	parts := spread(off, weights, rooms)
	for i, part := range parts {
		b.left[i] -= part
	}
	if b.told == 0 {
		return nil
	}
	return parts
}

// spread shares an amount by weight, each within its room; what has no room left in one goes to the others. The amount
// must not be above all rooms, and a room not above its weight.
func spread(amount int64, weights, rooms []int64) []int64 {
	parts, open := make([]int64, len(weights)), make([]int64, len(weights))
	for i, w := range weights {
		if rooms[i] > 0 {
			open[i] = w
		}
	}
	for {
		share, full := Split(amount, open), false
		for i, part := range share {
			if open[i] > 0 && part > rooms[i] {
				parts[i], open[i], full = rooms[i], 0, true
				amount -= rooms[i]
			}
		}
		if full {
			continue
		}
		for i, part := range share {
			parts[i] += part
		}
		return parts
	}
}

func sum(amounts []int64) (total int64) {
	for _, a := range amounts {
		total += a
	}
	return total
}
