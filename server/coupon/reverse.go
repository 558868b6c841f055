package coupon

import (
	"context"
	"errors"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
	"onestreet/server/platform/db"
)

// Reverse takes a redemption back on its own day: the coupon goes back to its member, every transfer of it is reversed
// (shares, commission, points, and the referral credit that it had posted), the visit counts no more. The receipt stays
// and says who took it back and why.
// Errors: not_found, already_reversed, reversal_too_late, points_spent.
func (s *Service) Reverse(ctx context.Context, by Staff, redemption models.ID, reason string) (Receipt, error) {
	var out Receipt
	err := s.DB.Tx(ctx, func(tx *gorm.DB) error {
		if _, err := s.Ledger.Lock(tx, by.Alliance); err != nil {
			return err
		}
		st, err := s.street(tx.Statement.Context, by.Alliance)
		if err != nil {
			return err
		}
		if out, err = receiptOf(tx, by.Alliance, by.Store, redemption); err != nil {
			return err
		}
		switch {
		case out.State == models.RedemptionUndone:
			return ErrReversed
		case out.LocalDate != st.LocalDate(st.now):
			return ErrOtherDay
		}
		return s.reverse(tx, &out, by, reason)
	})
	if errors.Is(err, ledger.ErrTooLow) {
		err = ErrPointsSpent
	}
	return out, err
}

func (s *Service) reverse(tx *gorm.DB, out *Receipt, by Staff, reason string) error {
	if err := s.undo(tx, out, by, reason); err != nil {
		return err
	}
	if err := s.giveBack(tx, out); err != nil {
		return err
	}
	if err := s.unspend(tx, out); err != nil {
		return err
	}
	if err := countOut(tx, out.CampaignID); err != nil {
		return err
	}
	for _, e := range out.entries() {
		if _, err := s.Ledger.Reverse(tx, out.AllianceID, e.Reference, e.Reference+":back", reason); err != nil {
			return err
		}
	}
	if err := s.Referral.Reverse(tx, out.AllianceID, out.VisitID, reason); err != nil {
		return err
	}
	if err := s.Relation.Cancel(tx, out.AllianceID, out.VisitID, reason); err != nil {
		return err
	}
	db.AfterCommit(tx, func() { s.walletChanged(out.AllianceID, out.MemberID) })
	return s.Outbox.Add(tx, out.AllianceID, models.EventRedemptionReversed, models.RedemptionReversed{RedemptionID: out.ID})
}

// undo marks the receipt; of two who do it at once the second is refused.
func (s *Service) undo(tx *gorm.DB, out *Receipt, by Staff, reason string) error {
	now := s.Clock.Now()
	done := tx.Model(&models.Redemption{}).Where("id = ? AND state = ?", out.ID, models.RedemptionStands).
		Updates(map[string]any{"state": models.RedemptionUndone, "reversed_at": now, "reversed_by": by.Account, "reversal_reason": reason})
	if done.Error != nil {
		return done.Error
	}
	if done.RowsAffected == 0 {
		return ErrReversed
	}
	out.State, out.ReversedAt, out.ReversedBy, out.ReversalReason = models.RedemptionUndone, &now, by.Account, reason
	return nil
}

// giveBack returns the coupon to its member, usable until its own end. Who has left the street meanwhile gets it no more.
func (s *Service) giveBack(tx *gorm.DB, out *Receipt) error {
	m, err := s.Pool.Member(tx.Statement.Context, out.AllianceID, out.MemberID)
	if err != nil {
		return err
	}
	state := models.CouponUsable
	if m.Left() {
		state = models.CouponVoid
	}
	return tx.Model(&models.Coupon{}).Where("id = ? AND redemption_id = ? AND state = ?", out.CouponID, out.ID, models.CouponUsed).
		Updates(map[string]any{"state": state, "redemption_id": nil, "used_at": nil}).Error
}

// receiptOf reads a store's receipt. Error: not_found.
func receiptOf(r *gorm.DB, alliance, store, redemption models.ID) (Receipt, error) {
	row, err := find[models.Redemption](r, "id = ? AND alliance_id = ? AND store_id = ?", redemption, alliance, store)
	if err != nil {
		return Receipt{}, err
	}
	receipts, err := withShares(r, []models.Redemption{row})
	if err != nil {
		return Receipt{}, err
	}
	return receipts[0], nil
}

// withShares adds to receipts what each funder bore.
func withShares(r *gorm.DB, rows []models.Redemption) ([]Receipt, error) {
	receipts, place, ids := make([]Receipt, len(rows)), map[models.ID]int{}, make([]models.ID, len(rows))
	for i, row := range rows {
		receipts[i].Redemption, place[row.ID], ids[i] = row, i, row.ID
	}
	var shares []models.RedemptionShare
	err := r.Where("redemption_id IN ?", ids).Order("position").Find(&shares).Error
	for _, sh := range shares {
		i := place[sh.RedemptionID]
		receipts[i].Shares = append(receipts[i].Shares, sh)
	}
	return receipts, err
}
