package coupon

import (
	"context"
	"errors"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
	"onestreet/server/platform/db"
	"onestreet/server/relation"
)

// AtBill is a coupon held against a bill of so many fen in a store.
type AtBill struct {
	Staff
	Member models.ID
	Coupon models.ID
	Bill   int64
}

// Receipt is what came of a redemption, with each funder's part in their order.
type Receipt struct {
	models.Redemption
	Shares []models.RedemptionShare
}

// Preview is the receipt that redeeming would give now; nothing is changed.
// Errors: those of Redeem.
func (s *Service) Preview(ctx context.Context, at AtBill) (Receipt, error) {
	var out Receipt
	r := s.DB.Read(ctx)
	c, p, err := s.atHand(ctx, r, at)
	if err != nil {
		return out, err
	}
	if err = setAside(r, p.campaigns[c.CampaignID]); err != nil {
		return out, err
	}
	if out, err = s.receipt(p, c, at); err != nil {
		return out, err
	}
	quote, err := s.Referral.Quote(ctx, at.Alliance, at.Store, at.Member, out.ToPay)
	if err != nil {
		return out, err
	}
	out.Points = models.PointsFor(out.ToPay, p.street.PointsPerYuan)
	out.settle(quote.Store, quote.Amount, quote.BPS)
	return out, nil
}

// Redeem uses a coupon against a bill, once whatever is retried, in one transaction with everything that follows from
// it: the visit and its points, the commission, and what the funders owe the store.
// Errors: coupon_unknown, coupon_used (saying when and where), coupon_void, coupon_expired, not_yet_valid, not_partner,
// not_today, wrong_weekday, wrong_hour, below_minimum, no_effect, budget_spent, store_limit, set_aside, store_suspended.
func (s *Service) Redeem(ctx context.Context, at AtBill) (Receipt, error) {
	var out Receipt
	err := s.DB.Tx(ctx, func(tx *gorm.DB) error {
		if _, err := s.Ledger.Lock(tx, at.Alliance); err != nil {
			return err
		}
		c, p, err := s.atHand(tx.Statement.Context, tx, at)
		if err != nil {
			return err
		}
		if out, err = s.receipt(p, c, at); err != nil {
			return err
		}
		return s.redeem(tx, p, &c, &out)
	})
	return out, err
}

// atHand reads a coupon of the member and all that it is judged by. Errors: coupon_unknown, store_suspended.
func (s *Service) atHand(ctx context.Context, r *gorm.DB, at AtBill) (models.Coupon, *pocket, error) {
	if err := s.active(ctx, at.Alliance, at.Store); err != nil {
		return models.Coupon{}, nil, err
	}
	c, err := find[models.Coupon](r, "id = ? AND alliance_id = ? AND member_id = ?", at.Coupon, at.Alliance, at.Member)
	if errors.Is(err, models.ErrNotFound) {
		err = ErrNoCoupon
	}
	if err != nil {
		return c, nil, err
	}
	st, err := s.street(ctx, at.Alliance)
	if err != nil {
		return c, nil, err
	}
	p, err := s.pocket(r, st, []models.Coupon{c})
	return c, p, err
}

// receipt prices a bill and splits what it costs by the signed shares.
func (s *Service) receipt(p *pocket, c models.Coupon, at AtBill) (Receipt, error) {
	price, refused := p.price(c, at.Store, at.Bill)
	if refused != nil {
		return Receipt{}, refused
	}
	now := p.street.now
	out := Receipt{Redemption: models.Redemption{
		ID: models.NewID(), AllianceID: at.Alliance, CouponID: c.ID, UseNumber: c.Uses + 1, CampaignID: c.CampaignID, StoreID: at.Store,
		MemberID: c.MemberID, ByAccount: at.Account, At: now, LocalDate: p.street.LocalDate(now), State: models.RedemptionStands,
		Bill: price.Bill, Off: price.Off, Cost: price.Cost, ToPay: price.ToPay,
	}}
	signed := p.shares[termsOfCoupon(c)]
	for i, amount := range models.SplitCost(price.Cost, signed) {
		out.Shares = append(out.Shares, models.RedemptionShare{
			RedemptionID: out.ID, StoreID: signed[i].StoreID, AllianceID: at.Alliance, Position: int64(i), ShareBPS: signed[i].ShareBPS, Amount: amount,
		})
	}
	return out, nil
}

// settle completes a receipt: what goes to the store that brought the member in, and what stays here.
func (r *Receipt) settle(origin models.ID, commission, bps int64) {
	r.CommissionStore, r.Commission, r.CommissionBPS = origin, commission, bps
	r.Keeps = r.ToPay - commission
	for _, sh := range r.Shares {
		if sh.StoreID != r.StoreID {
			r.Keeps += sh.Amount
		}
	}
}

// redeem carries a receipt out. The coupon comes first: whoever changes it from usable is the only one who goes on.
func (s *Service) redeem(tx *gorm.DB, p *pocket, c *models.Coupon, out *Receipt) error {
	used := tx.Model(&models.Coupon{}).Where("id = ? AND state = ? AND uses = ?", c.ID, models.CouponUsable, c.Uses).
		Updates(map[string]any{"state": models.CouponUsed, "uses": out.UseNumber, "redemption_id": out.ID, "used_at": out.At})
	if used.Error != nil {
		return used.Error
	}
	if used.RowsAffected == 0 {
		return s.tooLate(tx, p.street, c.ID)
	}
	if err := countIn(tx, p.campaigns[c.CampaignID], p.allotted); err != nil {
		return err
	}
	visit, err := s.Relation.Record(tx, relation.Visit{
		Alliance: out.AllianceID, Store: out.StoreID, Member: out.MemberID, Kind: models.VisitRedemption, Amount: out.ToPay,
		By: out.ByAccount, Reference: "redemption:" + out.ID.String(), At: out.At,
	})
	if err != nil {
		return err
	}
	commission, err := s.Referral.Gain(tx, visit)
	if err != nil {
		return err
	}
	out.VisitID, out.Points = visit.ID, visit.Points
	out.settle(commission.Store, commission.Amount, commission.BPS)
	return s.book(tx, out)
}

// tooLate says who used the coupon while this till was about to.
func (s *Service) tooLate(tx *gorm.DB, st street, coupon models.ID) error {
	now, err := find[models.Coupon](tx, "id = ?", coupon)
	if err != nil {
		return err
	}
	p, err := s.pocket(tx, st, []models.Coupon{now})
	if err != nil {
		return err
	}
	if why := now.RefusedAt(st.now); why != "" {
		return p.refused(why, now, 0)
	}
	return ErrCouponUsed
}

// book writes the receipt, posts who owes whom, and tells.
func (s *Service) book(tx *gorm.DB, out *Receipt) error {
	if err := s.spend(tx, out); err != nil {
		return err
	}
	if err := tx.Create(&out.Redemption).Error; err != nil {
		return err
	}
	if err := tx.Create(&out.Shares).Error; err != nil {
		return err
	}
	if _, err := s.Ledger.Post(tx, out.AllianceID, out.entries()...); err != nil {
		return err
	}
	db.AfterCommit(tx, func() { s.walletChanged(out.AllianceID, out.MemberID) })
	return s.Outbox.Add(tx, out.AllianceID, models.EventCouponRedeemed, models.CouponRedeemed{
		RedemptionID: out.ID, CouponID: out.CouponID, MemberID: out.MemberID, StoreID: out.StoreID, CampaignID: out.CampaignID,
		VisitID: out.VisitID, Off: out.Off, Paid: out.ToPay, At: out.At,
	})
}

// entries are the transfers of a receipt: every funder but the store itself owes the store its part.
func (r *Receipt) entries() []ledger.Entry {
	var entries []ledger.Entry
	for _, sh := range r.Shares {
		if sh.Amount == 0 || sh.StoreID == r.StoreID {
			continue
		}
		entries = append(entries, ledger.Entry{
			Debit: r.payer(sh.StoreID), Credit: models.StoreFen(r.StoreID), Amount: sh.Amount, Kind: models.KindCouponShare,
			Reference: shareReference(r.ID, sh.StoreID), Member: r.MemberID, Store: r.StoreID, Visit: r.VisitID,
			Campaign: r.CampaignID, Coupon: r.CouponID, Redemption: r.ID, At: r.At,
		})
	}
	return entries
}

// shareReference names the transfer by which a funder pays its part of a redemption.
func shareReference(redemption, funder models.ID) string {
	return "redemption:" + redemption.String() + ":" + funder.String()
}

// payer is the account of a funder: a store's, or the alliance's fund.
func (r *Receipt) payer(funder models.ID) models.AccountKey {
	if funder == r.AllianceID {
		return models.FundFen()
	}
	return models.StoreFen(funder)
}
