package calendar

import (
	"context"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"onestreet/models"
)

// Terms are an event's terms of signing up. Error: not_found.
func (s *Service) Terms(ctx context.Context, desk Desk, event models.ID) (models.SignUpTerms, error) {
	read := s.DB.Read(ctx)
	e, err := desk.event(read, event)
	if err != nil {
		return models.SignUpTerms{}, err
	}
	return termsOf(read, e.ID, e.AllianceID)
}

// SetTerms says how people sign up for an event's dates from now on; who has a place or waits keeps it.
// Errors: not_found, event_cancelled, invalid.
func (s *Service) SetTerms(ctx context.Context, desk Desk, t models.SignUpTerms) (models.SignUpTerms, error) {
	t.AllianceID = desk.Alliance
	if t.Questions == nil {
		t.Questions = []models.Question{}
	}
	if err := t.Check(); err != nil {
		return t, err
	}
	return t, s.DB.Tx(ctx, func(tx *gorm.DB) error {
		e, err := desk.event(tx, t.EventID)
		if err != nil {
			return err
		}
		if e.State == models.EventStateCancelled {
			return ErrCancelled
		}
		return tx.Clauses(clause.OnConflict{UpdateAll: true}).Create(&t).Error
	})
}
