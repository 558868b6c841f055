package coupon

import (
	"context"
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

// PriceView is what a coupon makes of a bill, and who bears what. Cost is what is split: the discount, or the worth of
// a gift.
type PriceView struct {
	Bill       models.Money          `json:"bill"`
	Off        models.Money          `json:"off"`
	ToPay      models.Money          `json:"to_pay"`
	Cost       models.Money          `json:"cost" doc:"what the stores bear together: off, or what the gift is worth"`
	Shares     []BorneView           `json:"shares" nullable:"false" doc:"the issuer first; they sum to cost"`
	Commission *RedemptionCommission `json:"commission,omitempty"`
	Keeps      models.Money          `json:"keeps" doc:"paid, plus the other stores' shares, less the commission"`
	Points     int64                 `json:"points"`
}

func priceView(st street, r Receipt) PriceView {
	v := PriceView{
		Bill: models.Fen(r.Bill), Off: models.Fen(r.Off), ToPay: models.Fen(r.ToPay), Cost: models.Fen(r.Cost),
		Keeps: models.Fen(r.Keeps), Points: r.Points, Shares: []BorneView{},
	}
	for _, sh := range r.Shares {
		v.Shares = append(v.Shares, BorneView{Store: st.funder(sh.StoreID), Amount: models.Fen(sh.Amount)})
	}
	if r.Commission > 0 {
		v.Commission = &RedemptionCommission{Store: st.stores[r.CommissionStore], Amount: models.Fen(r.Commission), BPS: r.CommissionBPS}
	}
	return v
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

// RedemptionView is a receipt.
type RedemptionView struct {
	PriceView
	ID       models.ID              `json:"id"`
	At       time.Time              `json:"at"`
	By       string                 `json:"by"`
	Store    models.StoreRef        `json:"store"`
	State    models.RedemptionState `json:"state" enum:"posted,reversed"`
	Reversed *ReversedView          `json:"reversed,omitempty"`
	Coupon   CouponView             `json:"coupon"`
	Member   PayerView              `json:"member"`
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
	if !after.IsZero() {
		query = query.Where("id < ?", after)
	}
	var rows []models.Redemption
	if err := query.Order("id DESC").Limit(limit + 1).Find(&rows).Error; err != nil {
		return none, err
	}
	next := ""
	if len(rows) > limit {
		rows = rows[:limit]
		next = web.EncodeCursor(rows[limit-1].ID)
	}
	receipts, err := withShares(r, rows)
	if err != nil {
		return none, err
	}
	views, err := s.receiptViews(ctx, r, by.Alliance, receipts)
	return web.NewPage(views, next), err
}

// receiptView shows one receipt.
func (s *Service) receiptView(ctx context.Context, out Receipt) (RedemptionView, error) {
	views, err := s.receiptViews(ctx, s.DB.Read(ctx), out.AllianceID, []Receipt{out})
	if err != nil {
		return RedemptionView{}, err
	}
	return views[0], nil
}

func (s *Service) receiptViews(ctx context.Context, r *gorm.DB, alliance models.ID, receipts []Receipt) ([]RedemptionView, error) {
	st, err := s.street(ctx, alliance)
	if err != nil {
		return nil, err
	}
	var accounts, members, coupons []models.ID
	for _, out := range receipts {
		accounts = append(accounts, out.ByAccount, out.ReversedBy)
		members, coupons = append(members, out.MemberID), append(coupons, out.CouponID)
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
	views := make([]RedemptionView, len(receipts))
	for i, out := range receipts {
		views[i] = receiptView(st, out, names)
		views[i].Coupon = tickets[out.CouponID]
		m := people[out.MemberID]
		views[i].Member = PayerView{ID: out.MemberID, Name: m.Ref().Name, Number: m.Number}
	}
	return views, nil
}

func receiptView(st street, out Receipt, names map[models.ID]string) RedemptionView {
	v := RedemptionView{PriceView: priceView(st, out), ID: out.ID, At: out.At, By: names[out.ByAccount], Store: st.stores[out.StoreID], State: out.State}
	if out.ReversedAt != nil {
		v.Reversed = &ReversedView{At: *out.ReversedAt, By: names[out.ReversedBy], Reason: out.ReversalReason}
	}
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
