package calendar

import (
	"context"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// SignUp takes a place for a member. Errors: not_found, already_signed_up, event_full, event_started, event_cancelled.
func (s *Service) SignUp(ctx context.Context, alliance, member, occurrence models.ID) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		row := models.SignUp{State: models.SignedUp, SignedUpAt: s.Clock.Now()}
		row.AllianceID, row.OccurrenceID, row.MemberID = alliance, occurrence, member
		if err := s.take(tx, row, notBegun); err != nil {
			return err
		}
		return s.Outbox.Add(tx, alliance, models.EventSignUpMade, models.SignUpChanged{OccurrenceID: occurrence, MemberID: member})
	})
}

// notBegun limits the taking of places to dates that have not begun; anyTime is for the door.
const (
	notBegun = "starts_at > ?"
	anyTime  = "starts_at <> ?"
)

// take writes the member's row and then takes the place: the row's unique key and the update's condition hold, whoever
// comes at the same moment. Everyone locks in this order: the member's row, then the occurrence's.
func (s *Service) take(tx *gorm.DB, row models.SignUp, when string) error {
	row.ID = models.NewID()
	if err := tx.Create(&row).Error; err != nil {
		if db.IsDuplicate(err) {
			return ErrSignedUp
		}
		return err
	}
	taken := tx.Model(&models.Occurrence{}).
		Where("id = ? AND alliance_id = ? AND state = ? AND taken < capacity", row.OccurrenceID, row.AllianceID, models.EventStatePublished).
		Where(when, s.Clock.Now()).
		UpdateColumn("taken", gorm.Expr("taken + 1"))
	if taken.Error == nil && taken.RowsAffected == 0 {
		return s.noPlace(tx, row)
	}
	return taken.Error
}

// noPlace says why there was none; the transaction takes the member's row back.
func (s *Service) noPlace(tx *gorm.DB, row models.SignUp) error {
	o, err := occurrence(tx, row.AllianceID, row.OccurrenceID)
	switch {
	case err != nil:
		return err
	case o.State == models.EventStateCancelled:
		return ErrCancelled
	case row.State == models.SignedUp && o.Started(s.Clock.Now()):
		return ErrStarted
	}
	return ErrFull.With(o.Capacity)
}

// GiveBack returns a member's place. Errors: not_found, not_signed_up, already_attended, event_started.
func (s *Service) GiveBack(ctx context.Context, alliance, member, id models.ID) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		if _, err := occurrence(tx, alliance, id); err != nil {
			return err
		}
		return s.giveBack(tx, alliance, member, id)
	})
}

func (s *Service) giveBack(tx *gorm.DB, alliance, member, id models.ID) error {
	gone := tx.Where("occurrence_id = ? AND member_id = ? AND state = ?", id, member, models.SignedUp).Delete(&models.SignUp{})
	if gone.Error != nil {
		return gone.Error
	}
	if gone.RowsAffected == 0 {
		return notGiven(tx, member, id)
	}
	freed := tx.Model(&models.Occurrence{}).Where("id = ? AND "+notBegun, id, s.Clock.Now()).UpdateColumn("taken", gorm.Expr("taken - 1"))
	if freed.Error == nil && freed.RowsAffected == 0 {
		return ErrStarted
	}
	if freed.Error != nil {
		return freed.Error
	}
	return s.Outbox.Add(tx, alliance, models.EventSignUpCancelled, models.SignUpChanged{OccurrenceID: id, MemberID: member})
}

func notGiven(tx *gorm.DB, member, id models.ID) error {
	var rows int64
	if err := tx.Model(&models.SignUp{}).Where("occurrence_id = ? AND member_id = ?", id, member).Count(&rows).Error; err != nil {
		return err
	}
	if rows > 0 {
		return ErrAttended
	}
	return ErrNotSignedUp
}
