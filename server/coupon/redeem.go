package coupon

import (
	"context"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
	"onestreet/server/relation"
)

// Preview is what redeeming would give now; nothing is changed.
// Errors: those of Redeem.
func (s *Service) Preview(ctx context.Context, at AtBill) (Bill, error) {
	r := s.DB.Read(ctx)
	coupons, p, err := s.atHand(ctx, r, at)
	if err != nil {
		return Bill{}, err
	}
	out, err := p.bill(coupons, at)
	if err != nil {
		return out, err
	}
	for _, c := range coupons {
		if err := setAside(r, p.campaigns[c.CampaignID]); err != nil {
			return Bill{}, err
		}
	}
	quote, err := s.Referral.Quote(ctx, at.Alliance, at.Store, at.Member, out.Paid())
	if err != nil {
		return out, err
	}
	out.settle(models.ID{}, models.PointsFor(out.Paid(), p.street.PointsPerYuan), quote)
	return out, nil
}

// Redeem uses coupons against a bill, once whatever is retried, in one transaction with everything that follows from it:
// one visit and its points, the commission, and what the funders of each coupon owe the store. Either all of the coupons
// work together, or none is used.
// Errors: coupon_needed, coupon_unknown, coupon_used (saying when and where), coupon_void, coupon_expired, not_yet_valid,
// not_partner, not_today, wrong_weekday, wrong_hour, budget_spent, store_limit, set_aside, lines_needed,
// lines_above_bill, below_minimum, too_few_pieces, no_effect, not_stackable, same_campaign, same_category, same_kind, too_many, store_suspended.
func (s *Service) Redeem(ctx context.Context, at AtBill) (Bill, error) {
	done, err := s.redemptions.Do(ctx, asked{AtBill: at})
	return done.bill, err
}

// atHand reads coupons of the member and all that they are judged by; one that is named twice is used once.
// Errors: coupon_needed, coupon_unknown, store_suspended.
func (s *Service) atHand(ctx context.Context, r *gorm.DB, at AtBill) ([]models.Coupon, *pocket, error) {
	if err := s.active(ctx, at.Alliance, at.Store); err != nil {
		return nil, nil, err
	}
	wanted := map[models.ID]bool{}
	for _, id := range at.Coupons {
		wanted[id] = true
	}
	if len(wanted) == 0 {
		return nil, nil, ErrWhichCoupon
	}
	var coupons []models.Coupon
	err := r.Where("id IN ? AND alliance_id = ? AND member_id = ?", at.Coupons, at.Alliance, at.Member).Order("id").Find(&coupons).Error
	if err == nil && len(coupons) < len(wanted) {
		err = ErrNoCoupon
	}
	if err != nil {
		return nil, nil, err
	}
	st, err := s.street(ctx, at.Alliance)
	if err != nil {
		return nil, nil, err
	}
	p, err := s.pocket(r, st, coupons)
	return coupons, p, err
}

// redeem carries a bill out. The coupons come first, in the order of their ids, so that two tills wait and do not
// deadlock: whoever changes one from usable is the only one who goes on.
func (s *Service) redeem(tx *gorm.DB, p *pocket, coupons []models.Coupon, out *Bill) error {
	for _, c := range coupons {
		if err := s.use(tx, p.street, c, *out.of(c.ID)); err != nil {
			return err
		}
		if err := countIn(tx, p.campaigns[c.CampaignID], p.allotted); err != nil {
			return err
		}
	}
	first := out.First()
	visit, err := s.Relation.Record(tx, relation.Visit{
		Alliance: first.AllianceID, Store: first.StoreID, Member: first.MemberID, Kind: models.VisitRedemption, Amount: out.Paid(),
		By: first.ByAccount, Reference: "redemption:" + out.ID.String(), At: first.At,
	})
	if err != nil {
		return err
	}
	commission, err := s.Referral.Gain(tx, visit)
	if err != nil {
		return err
	}
	out.settle(visit.ID, visit.Points, commission)
	return s.book(tx, p, out)
}

// use counts a use of a coupon, and marks it used with the last one that it has.
func (s *Service) use(tx *gorm.DB, st street, c models.Coupon, out Receipt) error {
	change := map[string]any{"uses": out.UseNumber, "spent": c.Spent + 1}
	if c.Left() <= 1 {
		change["state"], change["redemption_id"], change["used_at"] = models.CouponUsed, out.ID, out.At
	}
	used := tx.Model(&models.Coupon{}).Where("id = ? AND state = ? AND uses = ?", c.ID, models.CouponUsable, c.Uses).Updates(change)
	if used.Error != nil {
		return used.Error
	}
	if used.RowsAffected == 0 {
		return s.tooLate(tx, st, c.ID)
	}
	return nil
}

// tooLate says who used the coupon while this till was about to.
func (s *Service) tooLate(tx *gorm.DB, st street, coupon models.ID) error {
	now, err := db.Find[models.Coupon](tx, "id = ?", coupon)
	if err != nil {
		return err
	}
	p, err := s.pocket(tx, st, []models.Coupon{now})
	if err != nil {
		return err
	}
	if why := now.RefusedAt(st.now); why != "" {
		return p.refused(why, now)
	}
	return ErrCouponUsed
}

// book writes the receipts, posts who owes whom, and tells.
func (s *Service) book(tx *gorm.DB, p *pocket, out *Bill) error {
	for i := range out.Receipts {
		if err := s.spend(tx, p.campaigns[out.Receipts[i].CampaignID], &out.Receipts[i]); err != nil {
			return err
		}
	}
	rows, shares, entries := out.rows()
	if err := tx.Create(&rows).Error; err != nil {
		return err
	}
	if err := tx.Create(&shares).Error; err != nil {
		return err
	}
	first := out.First()
	if _, err := s.Ledger.Post(tx, first.AllianceID, entries...); err != nil {
		return err
	}
	db.AfterCommit(tx, func() { s.walletChanged(first.AllianceID, first.MemberID) })
	for _, r := range rows {
		err := s.Outbox.Add(tx, r.AllianceID, models.EventCouponRedeemed, models.CouponRedeemed{
			RedemptionID: r.ID, BillID: r.BillID, Position: r.Position, CouponID: r.CouponID, MemberID: r.MemberID, StoreID: r.StoreID,
			CampaignID: r.CampaignID, VisitID: r.VisitID, Off: r.Off, Paid: r.Paid, At: r.At,
		})
		if err != nil {
			return err
		}
	}
	return nil
}
