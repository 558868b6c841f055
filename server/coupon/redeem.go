package coupon

import (
	"context"
	"maps"
	"slices"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
	"onestreet/server/platform/db"
	"onestreet/server/platform/outbox"
	"onestreet/server/referral"
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
	done, err := s.redemptions.Do(ctx, asked{AtBill: at, withCode: true})
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
	err := r.Where("id IN ? AND +member_id = ?", at.Coupons, at.Member).Where(db.OfStreet, at.Alliance).Order("id").Find(&coupons).Error
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

// redeem carries bills of a street out, all or none; coupons are theirs as they were before. The coupons come first:
// whoever changes one from usable is the only one who goes on.
func (s *Service) redeem(tx *gorm.DB, p *pocket, coupons []models.Coupon, bills ...*Bill) error {
	if err := s.use(tx, p.street, coupons, bills); err != nil {
		return err
	}
	for _, taken := range takings(p, bills) {
		if err := countIn(tx, taken.campaign, int64(len(taken.receipts)), p.allotted); err != nil {
			return err
		}
		if err := s.spend(tx, taken); err != nil {
			return err
		}
	}
	if err := s.followUp(tx, bills); err != nil {
		return err
	}
	return s.book(tx, bills)
}

// followUp records the visits and posts the commissions that bills bring with them.
func (s *Service) followUp(tx *gorm.DB, bills []*Bill) error {
	seen, gained := make([]relation.Visit, len(bills)), make([]referral.Gained, len(bills))
	for i, out := range bills {
		seen[i] = out.visit()
		gained[i] = referral.Gained{Member: seen[i].Member, At: seen[i].At}
	}
	foreseen, err := s.Referral.Foresee(tx, seen[0].Alliance, gained...)
	if err != nil {
		return err
	}
	visits, err := s.Relation.RecordAll(tx, seen...)
	if err != nil {
		return err
	}
	owed, err := s.Referral.GainNew(tx, foreseen, visits...)
	if err != nil {
		return err
	}
	for i, out := range bills {
		out.settle(visits[i].ID, visits[i].Points, owed[visits[i].ID])
	}
	return nil
}

// visit is what a bill is to the store: the member was there and paid.
func (b *Bill) visit() relation.Visit {
	first := b.First()
	return relation.Visit{
		Alliance: first.AllianceID, Store: first.StoreID, Member: first.MemberID, Kind: models.VisitRedemption, Amount: b.Paid(),
		By: first.ByAccount, Reference: "redemption:" + b.ID.String(), New: true, At: first.At,
	}
}

// countUses counts uses of coupons that are as they were read.
var countUses = db.Update{
	Table: "coupons", Key: []string{"id"}, Set: []string{"uses", "spent", "state", "redemption_id", "used_at"}, Given: []string{"had"},
	When: "t.state = 'usable' AND t.uses = v.had",
}

// use counts the uses of coupons that are on bills, and marks those used whose last one it was.
func (s *Service) use(tx *gorm.DB, st street, coupons []models.Coupon, bills []*Bill) error {
	after := map[models.ID]models.Coupon{}
	for _, c := range coupons {
		after[c.ID] = c
	}
	for _, out := range bills {
		for i := range out.Receipts {
			r := &out.Receipts[i]
			after[r.CouponID] = r.leaves(after[r.CouponID])
		}
	}
	var rows []any
	for _, before := range coupons {
		c := after[before.ID]
		rows = append(rows, c.ID, c.Uses, c.Spent, string(c.State), c.RedemptionID, c.UsedAt, before.Uses)
	}
	return countUses.Counted(tx, rows, func(used int64) error {
		if used == int64(len(coupons)) {
			return nil
		}
		return s.tooLate(tx, st, after)
	})
}

// leaves is a coupon as a receipt of it leaves it.
func (r *Receipt) leaves(c models.Coupon) models.Coupon {
	if c.Uses, c.Spent = r.UseNumber, c.Spent+1; c.Left() == 0 {
		c.State, c.RedemptionID, c.UsedAt = models.CouponUsed, r.ID, &r.At
	}
	return c
}

// tooLate says what became of a coupon while this till was about to use it; after are the coupons as they would be.
func (s *Service) tooLate(tx *gorm.DB, st street, after map[models.ID]models.Coupon) error {
	var now []models.Coupon
	if err := tx.Where("id IN ?", slices.Collect(maps.Keys(after))).Order("id").Find(&now).Error; err != nil {
		return err
	}
	i := slices.IndexFunc(now, func(c models.Coupon) bool { return c.State != after[c.ID].State || c.Uses != after[c.ID].Uses })
	if i < 0 {
		return ErrCouponUsed
	}
	p, err := s.pocket(tx, st, now)
	if err != nil {
		return err
	}
	if why := now[i].RefusedAt(st.now); why != "" {
		return p.refused(why, now[i])
	}
	return ErrCouponUsed
}

// book writes the receipts of bills, posts who owes whom, and tells.
func (s *Service) book(tx *gorm.DB, bills []*Bill) error {
	var rows []models.Redemption
	var shares []models.RedemptionShare
	var entries []ledger.Entry
	for _, out := range bills {
		receipts, borne, transfers := out.rows()
		rows, shares, entries = append(rows, receipts...), append(shares, borne...), append(entries, transfers...)
		first := out.First()
		db.AfterCommit(tx, func() { s.walletChanged(first.AllianceID, first.MemberID) })
	}
	if err := db.Create(tx, &rows); err != nil {
		return err
	}
	if err := db.Create(tx, &shares); err != nil {
		return err
	}
	street := rows[0].AllianceID
	if _, err := s.Ledger.Post(tx, street, entries...); err != nil {
		return err
	}
	events := make([]models.CouponRedeemed, len(rows))
	for i, r := range rows {
		events[i] = models.CouponRedeemed{
			RedemptionID: r.ID, BillID: r.BillID, Position: r.Position, CouponID: r.CouponID, MemberID: r.MemberID, StoreID: r.StoreID,
			CampaignID: r.CampaignID, VisitID: r.VisitID, Off: r.Off, Paid: r.Paid, At: r.At,
		}
	}
	return outbox.AddAll(s.Outbox, tx, street, models.EventCouponRedeemed, events)
}
