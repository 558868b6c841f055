package coupon

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"onestreet/models"
)

// Question is what a till, or a member before they go to one, asks: which coupons apply to this bill in this store?
type Question struct {
	Alliance, Store, Member models.ID
	models.Basket
}

// Answer is which of a member's usable coupons apply to a bill in a store now, those that end first first, and what the
// best of them that go together make of it.
type Answer struct {
	Coupons []Applies
	Best    models.Slip
	pocket  *pocket
	store   models.ID
}

// Applies says what one coupon makes of the bill by itself, or why it does not apply; then whether the best combination
// has it, or why it does without.
type Applies struct {
	Coupon  models.Coupon
	Price   models.Price
	Refused *models.Error
	InBest  bool
	LeftOut *models.Error
	lacks   models.LeftOut // what the bill by itself has too little of
}

// Qualify answers a question without changing anything. It reads a member's usable coupons by their index, at most a
// hundred, and what was signed of them: however many coupons there are in all, it looks at no other.
// Errors: not_found, store_suspended, lines_above_bill.
func (s *Service) Qualify(ctx context.Context, q Question) (Answer, error) {
	if q.Rest() < 0 {
		return Answer{}, ErrLinesAboveBill
	}
	if err := s.active(ctx, q.Alliance, q.Store); err != nil {
		return Answer{}, err
	}
	st, err := s.street(ctx, q.Alliance)
	if err != nil {
		return Answer{}, err
	}
	r := s.DB.Read(ctx)
	coupons, err := usableOf(r, q, st)
	if err != nil {
		return Answer{}, err
	}
	p, err := s.pocket(r, st, coupons)
	if err != nil {
		return Answer{}, err
	}
	return p.answer(coupons, q), nil
}

func usableOf(r *gorm.DB, q Question, st street) ([]models.Coupon, error) {
	var coupons []models.Coupon
	err := r.Where("alliance_id = ? AND member_id = ? AND state = ? AND valid_until >= ?", q.Alliance, q.Member, models.CouponUsable, st.now).
		Order("valid_until, id").Limit(maxAtTill).Find(&coupons).Error
	return coupons, err
}

func (p *pocket) answer(coupons []models.Coupon, q Question) Answer {
	a := Answer{Coupons: make([]Applies, len(coupons)), pocket: p, store: q.Store}
	var held []models.Held
	for i, c := range coupons {
		a.Coupons[i] = Applies{Coupon: c, Refused: p.judge(c, q.Store)}
		if a.Coupons[i].Refused != nil {
			continue
		}
		alone := q.Lay(p.held(c))
		if len(alone.LeftOut) > 0 {
			a.Coupons[i].lacks = alone.LeftOut[0]
			a.Coupons[i].Refused = p.leftOut(alone.LeftOut[0])
			continue
		}
		if why := p.covers(c, alone.Cost); why != "" {
			a.Coupons[i].Refused = p.refused(why, c)
			continue
		}
		a.Coupons[i].Price, held = alone.Steps[0].Price, append(held, p.held(c))
	}
	a.Best = q.Best(held...)
	a.place()
	return a
}

// place says of each coupon that applies whether the best combination has it.
func (a *Answer) place() {
	for i := range a.Coupons {
		c := &a.Coupons[i]
		c.InBest = a.Best.Has(c.Coupon.ID)
		out := slices.IndexFunc(a.Best.LeftOut, func(out models.LeftOut) bool { return out.Coupon == c.Coupon.ID })
		if out >= 0 {
			c.LeftOut = a.pocket.leftOut(a.Best.LeftOut[out])
		}
	}
}

// clashes are the other coupons that apply and never go on one bill with this one, and why.
func (a Answer) clashes(with Applies) []ClashView {
	mine, clashes := a.pocket.held(with.Coupon), []ClashView{}
	for _, other := range a.Coupons {
		if other.Refused != nil || other.Coupon.ID == with.Coupon.ID {
			continue
		}
		theirs := a.pocket.held(other.Coupon)
		if why := mine.Clash(theirs); why != "" {
			said := a.pocket.leftOut(models.LeftOut{Held: mine, Why: why, Other: theirs})
			clashes = append(clashes, ClashView{CouponID: other.Coupon.ID, why: said})
		}
	}
	return clashes
}
