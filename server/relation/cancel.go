package relation

import (
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// Cancel takes a visit back in the caller's transaction, because its redemption was reversed or its points were taken by
// mistake: it counts no more, and its points go back. Cancelling twice changes nothing. Errors: not_found, and the ledger's when the points are spent.
func (s *Service) Cancel(tx *gorm.DB, alliance, visit models.ID, reason string) error {
	street, err := s.Pool.Alliance(tx.Statement.Context, alliance)
	if err != nil {
		return err
	}
	done := tx.Model(&models.Visit{}).Where("id = ? AND alliance_id = ? AND cancelled_at IS NULL", visit, alliance).Update("cancelled_at", s.Clock.Now())
	if done.Error != nil {
		return done.Error
	}
	v, err := db.Find[models.Visit](tx, "id = ? AND alliance_id = ?", visit, alliance)
	if err != nil || done.RowsAffected == 0 {
		return err
	}
	return s.unfollow(tx, street, v, reason)
}

func (s *Service) unfollow(tx *gorm.DB, street models.Alliance, v models.Visit, reason string) error {
	if v.Points > 0 {
		reference := pointsReference(v.ID)
		if _, err := s.Ledger.Reverse(tx, v.AllianceID, reference, reference+":back", reason); err != nil {
			return err
		}
	}
	if _, err := s.member(tx, v.AllianceID, v.MemberID); err == nil { // who has left has no relation any more
		if err := s.refresh(tx, street, pair{v.StoreID, v.MemberID}); err != nil {
			return err
		}
	}
	s.cardChanged(tx, v)
	return s.Outbox.Add(tx, v.AllianceID, models.EventVisitCancelled, told(v))
}
