package calendar

import (
	"context"

	"gorm.io/gorm"

	"onestreet/models"
)

// CallOff calls a date of a series off, or with it those after it, or all that are to come. Those signed up are told. A series
// that is called off from a date on makes no dates any more.
// Errors: not_found, event_single, event_cancelled, event_over.
func (s *Service) CallOff(ctx context.Context, desk Desk, occurrence models.ID, scope Scope) (models.Event, error) {
	var e models.Event
	return e, s.DB.Tx(ctx, func(tx *gorm.DB) (err error) {
		e, err = s.callDatesOff(tx, desk, occurrence, scope)
		return err
	})
}

func (s *Service) callDatesOff(tx *gorm.DB, desk Desk, occurrence models.ID, scope Scope) (models.Event, error) {
	e, o, err := s.opened(tx, desk, occurrence)
	if err != nil {
		return e, err
	}
	switch scope {
	case ScopeAll:
		return e, s.callSeriesOff(tx, &e, nil)
	case ScopeFollowing:
		ended := tx.Model(&models.Series{}).Where("event_id = ?", e.ID).UpdateColumns(map[string]any{"ends_at": *o.Slot, "updated_at": s.Clock.Now()})
		if ended.Error != nil {
			return e, ended.Error
		}
		e.Sequence, e.UpdatedAt = e.Sequence+1, s.Clock.Now()
		if err := tx.Save(&e).Error; err != nil {
			return e, err
		}
		return e, s.callOffWhere(tx, e, tx.Where("slot >= ?", *o.Slot))
	}
	return e, s.callOffWhere(tx, e, tx.Where("id = ?", o.ID))
}

// callSeriesOff calls off all that is to come of a series, which makes no dates any more.
func (s *Service) callSeriesOff(tx *gorm.DB, e *models.Event, err error) error {
	if err != nil {
		return err
	}
	if e.State == models.EventStateCancelled {
		return ErrCancelled
	}
	now := s.Clock.Now()
	e.State, e.UpdatedAt, e.CancelledAt = models.EventStateCancelled, now, &now
	e.Sequence++
	if err := tx.Save(e).Error; err != nil {
		return err
	}
	if err := tx.Where("event_id = ?", e.ID).Delete(&models.Series{}).Error; err != nil {
		return err
	}
	return s.callOffWhere(tx, *e, tx)
}

// callOffWhere calls off the dates of an event that are to come and that the condition picks, and tells those signed up.
func (s *Service) callOffWhere(tx *gorm.DB, e models.Event, which *gorm.DB) error {
	now := s.Clock.Now()
	var ids []models.ID
	err := which.Model(&models.Occurrence{}).Where("event_id = ? AND ends_at > ? AND state = ?", e.ID, now, models.EventStatePublished).Order("id").Pluck("id", &ids).Error
	for i := 0; err == nil && i < len(ids); i++ {
		if err = s.cancelled(tx.Where("id = ?", ids[i])); err == nil {
			err = s.payAllBack(tx, ids[i])
		}
		if err == nil {
			err = s.Outbox.Add(tx, e.AllianceID, models.EventEventCancelled, models.EventChanged{EventID: e.ID, OccurrenceID: ids[i]})
		}
	}
	return err
}

func (s *Service) cancelled(dates *gorm.DB) error {
	return dates.Model(&models.Occurrence{}).UpdateColumns(map[string]any{
		"state": models.EventStateCancelled, "sequence": gorm.Expr("sequence + 1"), "updated_at": s.Clock.Now(),
	}).Error
}
