package coupon

import (
	"context"
	"slices"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/web"
)

// BorneView is what one store bears of a discount.
type BorneView struct {
	Store  models.StoreRef `json:"store"`
	Amount models.Money    `json:"amount"`
}

// RedemptionCommission is what goes to the store that brought the member in.
type RedemptionCommission struct {
	Store  models.StoreRef `json:"store"`
	Amount models.Money    `json:"amount"`
	BPS    int64           `json:"bps"`
}

// StepView is what one coupon took off a bill, as a till slip says it.
type StepView struct {
	CouponID models.ID         `json:"coupon_id"`
	Title    string            `json:"title"`
	Kind     models.CouponKind `json:"kind" enum:"amount,percent,gift,fixed_price,buy_x_get_y,punch_card"`
	Rule     models.Rule       `json:"rule" enum:"gift,pieces,goods,price,sum,percent" doc:"how it comes off; they come in this order"`
	Gift     string            `json:"gift,omitempty"`
	Before   models.Money      `json:"before"`
	Off      models.Money      `json:"off"`
	After    models.Money      `json:"after"`
	Cost     models.Money      `json:"cost" doc:"off, or what the gift is worth"`
}

// PriceView is what coupons make of a bill, and who bears what. Cost is what is split: what came off, and the worth of
// gifts.
type PriceView struct {
	Bill       models.Money          `json:"bill"`
	Off        models.Money          `json:"off"`
	ToPay      models.Money          `json:"to_pay"`
	Cost       models.Money          `json:"cost" doc:"what the stores bear together: off, or what the gift is worth"`
	Steps      []StepView            `json:"steps" nullable:"false" doc:"one a coupon, in the order in which they took off; their offs sum to off"`
	Shares     []BorneView           `json:"shares" nullable:"false" doc:"the issuer first; they sum to cost"`
	Commission *RedemptionCommission `json:"commission,omitempty"`
	Keeps      models.Money          `json:"keeps" doc:"paid, plus the other stores' shares, less the commission"`
	Points     int64                 `json:"points"`
}

// priceView shows a bill with its coupons' tickets.
func priceView(st street, b Bill, tickets map[models.ID]CouponView) PriceView {
	first := b.First()
	v := PriceView{
		Bill: models.Fen(b.Before()), ToPay: models.Fen(b.Paid()), Points: first.Points, Steps: []StepView{}, Shares: []BorneView{},
		Off:   models.Fen(b.sum(func(r Receipt) int64 { return r.Off })),
		Cost:  models.Fen(b.sum(func(r Receipt) int64 { return r.Cost })),
		Keeps: models.Fen(b.sum(func(r Receipt) int64 { return r.Keeps })),
	}
	for _, r := range b.Receipts {
		v.Steps = append(v.Steps, stepView(r, tickets[r.CouponID].Campaign))
		v.bear(st, r.Shares)
	}
	if first.Commission > 0 {
		v.Commission = &RedemptionCommission{Store: st.stores[first.CommissionStore], Amount: models.Fen(first.Commission), BPS: first.CommissionBPS}
	}
	return v
}

func stepView(r Receipt, c CouponCampaign) StepView {
	return StepView{
		CouponID: r.CouponID, Title: c.Title, Kind: c.Kind, Rule: c.rule, Gift: c.Gift,
		Before: models.Fen(r.Bill), Off: models.Fen(r.Off), After: models.Fen(r.ToPay), Cost: models.Fen(r.Cost),
	}
}

// bear adds what stores bear of one coupon to what they bear of the bill.
func (v *PriceView) bear(st street, shares []models.RedemptionShare) {
	for _, sh := range shares {
		i := slices.IndexFunc(v.Shares, func(b BorneView) bool { return b.Store.ID == sh.StoreID })
		if i < 0 {
			i = len(v.Shares)
			v.Shares = append(v.Shares, BorneView{Store: st.funder(sh.StoreID), Amount: models.Fen(0)})
		}
		v.Shares[i].Amount = models.Fen(v.Shares[i].Amount.Amount + sh.Amount)
	}
}

// ReversedView says when, by whom and why a redemption was taken back.
type ReversedView struct {
	At     time.Time `json:"at"`
	By     string    `json:"by"`
	Reason string    `json:"reason"`
}

// PayerView is whose coupon it was.
type PayerView struct {
	ID     models.ID `json:"id"`
	Name   string    `json:"name"`
	Number int64     `json:"number"`
}

// RedemptionView is the receipt of a bill. Coupon is the first of Coupons.
type RedemptionView struct {
	PriceView
	ID       models.ID              `json:"id"`
	At       time.Time              `json:"at"`
	By       string                 `json:"by"`
	Store    models.StoreRef        `json:"store"`
	State    models.RedemptionState `json:"state" enum:"posted,reversed"`
	Reversed *ReversedView          `json:"reversed,omitempty"`
	Coupon   CouponView             `json:"coupon" doc:"the first of coupons"`
	Coupons  []CouponView           `json:"coupons" nullable:"false" doc:"in the order of steps"`
	Member   PayerView              `json:"member"`
	TillOff  *models.Money          `json:"till_off,omitempty" doc:"what a till without a network took off, where the terms give another sum"`
}

// Redemptions lists the receipts of a store that a filter lets through, newest first, at most limit of them, and the
// cursor of the next page. Errors: cursor, filter_date.
func (s *Service) Redemptions(ctx context.Context, by Staff, f RedemptionFilter, cursor string, limit int) (web.Page[RedemptionView], error) {
	var none web.Page[RedemptionView]
	var after models.ID
	if err := web.DecodeCursor(cursor, &after); err != nil {
		return none, err
	}
	r := s.DB.Read(ctx)
	query, err := s.narrow(r.Where("store_id = ? AND alliance_id = ?", by.Store, by.Alliance), r, by.Alliance, f)
	if err != nil {
		return none, err
	}
	key := "id"
	if query = query.Model(&models.Redemption{}); f.Code != "" {
		key = "bill_id" // whichever of a bill's coupons it is
	} else {
		query = query.Where("position = 0")
	}
	if !after.IsZero() {
		query = query.Where(key+" < ?", after)
	}
	var ids []models.ID
	if err := query.Order(key+" DESC").Limit(limit+1).Pluck(key, &ids).Error; err != nil {
		return none, err
	}
	next := ""
	if len(ids) > limit {
		ids = ids[:limit]
		next = web.EncodeCursor(ids[limit-1])
	}
	bills, err := billsOf(r, ids)
	if err != nil {
		return none, err
	}
	views, err := s.receiptViews(ctx, r, by.Alliance, bills)
	if err != nil {
		return none, err
	}
	return web.NewPage(views, next), tillSums(r, views)
}

// receiptView shows the receipt of one bill.
func (s *Service) receiptView(ctx context.Context, out Bill) (RedemptionView, error) {
	views, err := s.receiptViews(ctx, s.DB.Read(ctx), out.First().AllianceID, []Bill{out})
	if err != nil {
		return RedemptionView{}, err
	}
	return views[0], nil
}

func (s *Service) receiptViews(ctx context.Context, r *gorm.DB, alliance models.ID, bills []Bill) ([]RedemptionView, error) {
	st, err := s.street(ctx, alliance)
	if err != nil {
		return nil, err
	}
	var accounts, members, coupons []models.ID
	for _, b := range bills {
		first := b.First()
		accounts, members = append(accounts, first.ByAccount, first.ReversedBy), append(members, first.MemberID)
		for _, out := range b.Receipts {
			coupons = append(coupons, out.CouponID)
		}
	}
	names, err := s.Identity.Names(r, accounts)
	if err != nil {
		return nil, err
	}
	people, err := s.Pool.Members(ctx, alliance, members)
	if err != nil {
		return nil, err
	}
	tickets, err := s.couponsByID(r, st, coupons)
	if err != nil {
		return nil, err
	}
	views := make([]RedemptionView, len(bills))
	for i, b := range bills {
		m := people[b.First().MemberID]
		views[i] = receiptView(st, b, names, tickets)
		views[i].Member = PayerView{ID: b.First().MemberID, Name: m.Ref().Name, Number: m.Number}
	}
	return views, nil
}

func receiptView(st street, b Bill, names map[models.ID]string, tickets map[models.ID]CouponView) RedemptionView {
	out := b.First()
	v := RedemptionView{PriceView: priceView(st, b, tickets), ID: b.ID, At: out.At, By: names[out.ByAccount], Store: st.stores[out.StoreID], State: out.State}
	if out.ReversedAt != nil {
		v.Reversed = &ReversedView{At: *out.ReversedAt, By: names[out.ReversedBy], Reason: out.ReversalReason}
	}
	for _, r := range b.Receipts {
		v.Coupons = append(v.Coupons, tickets[r.CouponID])
	}
	v.Coupon = v.Coupons[0]
	return v
}

func (s *Service) couponsByID(r *gorm.DB, st street, ids []models.ID) (map[models.ID]CouponView, error) {
	var rows []models.Coupon
	if err := r.Where("id IN ?", ids).Find(&rows).Error; err != nil {
		return nil, err
	}
	views, err := s.couponViews(r, st, rows)
	found := make(map[models.ID]CouponView, len(views))
	for _, v := range views {
		found[v.ID] = v
	}
	return found, err
}
