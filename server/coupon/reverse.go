package coupon

import (
	"context"
	"errors"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
	"onestreet/server/platform/db"
)

// Reverse takes a redemption back on its own day, and with it the whole bill that it is on: every coupon goes back to its
// member, a punch card gets its use back, every transfer is reversed (shares, commission, points, and the referral credit
// that the bill had posted), the visit counts no more. The receipts stay and say who took them back and why.
// Errors: not_found, already_reversed, reversal_too_late, points_spent.
func (s *Service) Reverse(ctx context.Context, by Staff, redemption models.ID, reason string) (Bill, error) {
	var out Bill
	err := s.DB.Tx(ctx, func(tx *gorm.DB) error {
		if _, err := s.Ledger.Lock(tx, by.Alliance); err != nil {
			return err
		}
		st, err := s.street(tx.Statement.Context, by.Alliance)
		if err != nil {
			return err
		}
		if out, err = billOf(tx, by.Alliance, by.Store, redemption); err != nil {
			return err
		}
		switch {
		case out.First().State == models.RedemptionUndone:
			return ErrReversed
		case out.First().LocalDate != st.LocalDate(st.now):
			return ErrOtherDay
		}
		return s.reverse(tx, &out, by, reason)
	})
	if errors.Is(err, ledger.ErrTooLow) {
		err = ErrPointsSpent
	}
	return out, err
}

func (s *Service) reverse(tx *gorm.DB, out *Bill, by Staff, reason string) error {
	if err := s.undo(tx, out, by, reason); err != nil {
		return err
	}
	if err := s.giveBack(tx, out); err != nil {
		return err
	}
	for i := range out.Receipts {
		if err := s.unspend(tx, &out.Receipts[i]); err != nil {
			return err
		}
		if err := countOut(tx, out.Receipts[i].CampaignID); err != nil {
			return err
		}
	}
	first := out.First()
	_, _, entries := out.rows()
	for _, e := range entries {
		if _, err := s.Ledger.Reverse(tx, first.AllianceID, e.Reference, e.Reference+":back", reason); err != nil {
			return err
		}
	}
	if err := s.Referral.Reverse(tx, first.AllianceID, first.VisitID, reason); err != nil {
		return err
	}
	if err := s.Relation.Cancel(tx, first.AllianceID, first.VisitID, reason); err != nil {
		return err
	}
	db.AfterCommit(tx, func() { s.walletChanged(first.AllianceID, first.MemberID) })
	for _, r := range out.Receipts {
		if err := s.Outbox.Add(tx, r.AllianceID, models.EventRedemptionReversed, models.RedemptionReversed{RedemptionID: r.ID}); err != nil {
			return err
		}
	}
	return nil
}

// undo marks the receipts; of two who do it at once the second is refused.
func (s *Service) undo(tx *gorm.DB, out *Bill, by Staff, reason string) error {
	now := s.Clock.Now()
	done := tx.Model(&models.Redemption{}).Where("bill_id = ? AND state = ?", out.ID, models.RedemptionStands).
		Updates(map[string]any{"state": models.RedemptionUndone, "reversed_at": now, "reversed_by": by.Account, "reversal_reason": reason})
	if done.Error != nil {
		return done.Error
	}
	if done.RowsAffected != int64(len(out.Receipts)) {
		return ErrReversed
	}
	for i := range out.Receipts {
		r := &out.Receipts[i]
		r.State, r.ReversedAt, r.ReversedBy, r.ReversalReason = models.RedemptionUndone, &now, by.Account, reason
	}
	return nil
}

// giveBack returns each use to its coupon, usable until its own end. Who has left the street meanwhile gets none back,
// and a coupon that is void stays void.
func (s *Service) giveBack(tx *gorm.DB, out *Bill) error {
	m, err := s.Pool.Member(tx.Statement.Context, out.First().AllianceID, out.First().MemberID)
	if err != nil {
		return err
	}
	state := models.CouponUsable
	if m.Left() {
		state = models.CouponVoid
	}
	for _, r := range out.Receipts {
		err := tx.Model(&models.Coupon{}).Where("id = ? AND spent > 0", r.CouponID).Updates(map[string]any{
			"state": gorm.Expr("CASE WHEN state = ? THEN state ELSE ? END", models.CouponVoid, state), "spent": gorm.Expr("spent - 1"),
			"redemption_id": nil, "used_at": nil,
		}).Error
		if err != nil {
			return err
		}
	}
	return nil
}
