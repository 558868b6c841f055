package referral

import (
	"errors"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
	"onestreet/server/platform/db"
)

// Reverse takes back what a visit caused, in the transaction that reverses its redemption: the commission, with its room
// in the member's month, and the credit if this visit posted it. The credit then is pending again until its day, or is
// posted at once by another purchase in time. The inviter's points go back too, unless they are spent. Repeating it
// changes nothing. Errors: those of the ledger's Reverse.
func (s *Service) Reverse(tx *gorm.DB, alliance, visit models.ID, reason string) error {
	if _, err := s.Ledger.Lock(tx, alliance); err != nil {
		return err
	}
	if err := s.reverseCommission(tx, alliance, visit, reason); err != nil {
		return err
	}
	r, err := db.Find[models.Referral](tx, "alliance_id = ? AND visit_id = ? AND state = ?", alliance, visit, models.ReferralPosted)
	if err != nil {
		return db.IfNone(err, nil)
	}
	return s.reopen(tx, r, reason)
}

func (s *Service) reverseCommission(tx *gorm.DB, alliance, visit models.ID, reason string) error {
	c, err := db.Find[models.Commission](tx, "visit_id = ? AND alliance_id = ? AND reversed_at IS NULL", visit, alliance)
	if err != nil {
		return db.IfNone(err, nil)
	}
	return s.takeBack(tx, c, reason)
}

// takeBack reverses a commission and gives its room in the member's month back.
func (s *Service) takeBack(tx *gorm.DB, c models.Commission, reason string) error {
	if err := tx.Model(&models.Commission{}).Where("id = ?", c.ID).Update("reversed_at", s.Clock.Now()).Error; err != nil {
		return err
	}
	if c.Amount == 0 {
		return nil
	}
	reference := commissionReference(c)
	if _, err := s.Ledger.Reverse(tx, c.AllianceID, reference, back(reference), reason); err != nil {
		return err
	}
	return tx.Model(&models.CommissionMonth{}).
		Where("alliance_id = ? AND member_id = ? AND month = ? AND amount >= ?", c.AllianceID, c.MemberID, c.Month, c.Amount).
		Update("amount", gorm.Expr("amount - ?", c.Amount)).Error
}

// back names the reversal of a transfer.
func back(reference string) string { return reference + ":back" }

// reopen takes a posted credit back and holds it anew.
func (s *Service) reopen(tx *gorm.DB, r models.Referral, reason string) error {
	if r.Amount > 0 {
		if _, err := s.Ledger.Reverse(tx, r.AllianceID, postReference(r), back(postReference(r)), reason); err != nil {
			return err
		}
	}
	if err := s.unreward(tx, &r, reason); err != nil {
		return err
	}
	undone := r.VisitID
	r.State, r.Round, r.VisitID, r.SettledAt = models.ReferralPending, r.Round+1, models.ID{}, nil
	err := tx.Model(&r).Select("state", "round", "visit_id", "settled_at", "rewarded").Updates(&r).Error
	if err != nil {
		return err
	}
	if err := s.hold(tx, r); err != nil {
		return err
	}
	other, found, err := firstGain(tx, r, undone)
	if err != nil || !found {
		return err
	}
	return s.vest(tx, r, other)
}

// unreward takes the inviter's points back when they are still there; else the inviter keeps them, and gets none again.
func (s *Service) unreward(tx *gorm.DB, r *models.Referral, reason string) error {
	if !r.Rewarded {
		return nil
	}
	given, err := rewardOf(tx, *r)
	if err != nil {
		return err
	}
	_, err = s.Ledger.Reverse(tx, r.AllianceID, given.Reference, back(given.Reference), reason)
	if errors.Is(err, ledger.ErrTooLow) || errors.Is(err, ledger.ErrReversed) {
		return nil
	}
	r.Rewarded = err != nil
	return err
}

// rewardOf finds the last points that a referral earned its inviter, of whatever round.
func rewardOf(tx *gorm.DB, r models.Referral) (models.Transfer, error) {
	var given models.Transfer
	err := tx.Where("alliance_id = ? AND referral_id = ? AND kind = ? AND reverses_id IS NULL", r.AllianceID, r.ID, models.KindPointsReferral).
		Order("seq DESC").Take(&given).Error
	return given, err
}

// firstGain is the member's first purchase or redemption in time that stands, other than one.
func firstGain(tx *gorm.DB, r models.Referral, other models.ID) (models.Visit, bool, error) {
	var visits []models.Visit
	err := tx.Where("alliance_id = ? AND member_id = ? AND kind IN ? AND cancelled_at IS NULL AND at >= ? AND at < ?",
		r.AllianceID, r.MemberID, []models.VisitKind{models.VisitPurchase, models.VisitRedemption}, r.JoinedAt, r.VestsBy).
		Order("at, id").Limit(2).Find(&visits).Error
	for _, v := range visits {
		if v.ID != other {
			return v, true, err
		}
	}
	return models.Visit{}, false, err
}
