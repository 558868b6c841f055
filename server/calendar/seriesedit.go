package calendar

import (
	"context"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/calendar/almanac"
	"onestreet/server/platform/db"
)

// SeriesChange is what an organiser changes in a series, from one of its dates on; nil stays as it is. Texts are the whole
// event's.
type SeriesChange struct {
	From                models.ID // occurrence; zero: every date that is to come
	Title, Story, Place *string
	Pattern             *Pattern
	Minutes, Capacity   *int
}

// ChangeSeries changes a series from a date on ("this and following"), or all that is to come. Dates that the new pattern
// has too keep their places and those who signed up, who are told of another hour; dates that it lacks go, but for those
// for which somebody signed up: they stay as they were. A date that was moved or called off by itself stays so.
// Errors: not_found, event_single, event_cancelled, event_over, invalid, capacity_taken, those of PublishSeries.
func (s *Service) ChangeSeries(ctx context.Context, desk Desk, event models.ID, c SeriesChange) (models.Event, error) {
	var e models.Event
	street, err := s.openStreet(ctx, desk)
	if err != nil {
		return e, err
	}
	return e, s.DB.Tx(ctx, func(tx *gorm.DB) (err error) {
		if e, err = desk.event(db.Lock(tx), event); err != nil {
			return err
		}
		if e.State == models.EventStateCancelled {
			return ErrCancelled
		}
		from, err := s.beginOf(tx, desk, e, c.From)
		if err != nil {
			return err
		}
		if err := s.rewriteTexts(tx, &e, c); err != nil {
			return err
		}
		return s.reshape(tx, street, e, from, c)
	})
}

// beginOf is the moment from which a change counts: the slot of a date, or now.
func (s *Service) beginOf(tx *gorm.DB, desk Desk, e models.Event, id models.ID) (time.Time, error) {
	now := s.Clock.Now()
	if id.IsZero() {
		return now, nil
	}
	o, err := desk.occurrence(tx, id)
	switch {
	case err != nil:
		return now, err
	case o.EventID != e.ID || o.Slot == nil:
		return now, models.ErrNotFound
	case o.Over(now):
		return now, ErrOver
	}
	return later(now, o.Slot.Add(-time.Second)), nil
}

func (s *Service) rewriteTexts(tx *gorm.DB, e *models.Event, c SeriesChange) error {
	now := s.Clock.Now()
	plan := models.EventPlan{Title: e.Title, Story: e.Story, Place: e.Place, Capacity: e.Capacity, StartsAt: now.Add(time.Hour), EndsAt: now.Add(2 * time.Hour)}
	set(&plan.Title, c.Title)
	set(&plan.Story, c.Story)
	set(&plan.Place, c.Place)
	set(&plan.Capacity, c.Capacity)
	if c.Minutes != nil {
		plan.EndsAt = plan.StartsAt.Add(time.Duration(*c.Minutes) * time.Minute)
	}
	plan = plan.Trimmed()
	if err := plan.Check(now); err != nil {
		return err
	}
	elsewhere := plan.Place != e.Place
	e.Title, e.Story, e.Place, e.UpdatedAt = plan.Title, plan.Story, plan.Place, now
	if err := tx.Save(e).Error; err != nil || !elsewhere {
		return err
	}
	return s.Outbox.Add(tx, e.AllianceID, models.EventEventMoved, models.EventChanged{EventID: e.ID})
}

// reshape ends the series that runs at a moment and begins another there, which takes over the dates that are to come.
func (s *Service) reshape(tx *gorm.DB, street models.Alliance, e models.Event, from time.Time, c SeriesChange) error {
	var all []models.Series
	if err := db.Lock(tx).Where("event_id = ?", e.ID).Order("created_at DESC, id DESC").Find(&all).Error; err != nil {
		return err
	}
	if len(all) == 0 {
		return ErrSingle
	}
	if c.Pattern == nil {
		return s.refit(tx, all[0], from, c)
	}
	now, old := s.Clock.Now(), all[0]
	fresh := old
	fresh.ID, fresh.MadeUntil, fresh.CreatedAt, fresh.UpdatedAt = models.NewID(), from, now, now
	set(&fresh.Minutes, c.Minutes)
	set(&fresh.Capacity, c.Capacity)
	if _, err := c.Pattern.checked(street, now); err != nil {
		return err
	}
	var err error
	if fresh.Rule, err = c.Pattern.write(street); err != nil {
		return err
	}
	if err := tx.Where("id = ?", old.ID).Delete(&models.Series{}).Error; err != nil {
		return err
	}
	if err := tx.Create(&fresh).Error; err != nil {
		return err
	}
	if err := s.carryOver(tx, street, fresh, from); err != nil {
		return err
	}
	return s.makeDates(tx, street, fresh)
}

// refit gives the dates after a moment other places or another length; their days and hours stay.
func (s *Service) refit(tx *gorm.DB, series models.Series, from time.Time, c SeriesChange) error {
	if c.Minutes == nil && c.Capacity == nil {
		return nil
	}
	set(&series.Minutes, c.Minutes)
	set(&series.Capacity, c.Capacity)
	series.UpdatedAt = s.Clock.Now()
	if err := tx.Save(&series).Error; err != nil {
		return err
	}
	var dates []models.Occurrence
	err := db.Lock(tx).Where("event_id = ? AND slot > ? AND state = ?", series.EventID, from, models.EventStatePublished).Order("slot").Find(&dates).Error
	for i := 0; err == nil && i < len(dates); i++ {
		err = s.fit(tx, series, dates[i], *dates[i].Slot, true)
	}
	return err
}

// carryOver fits the dates after a moment to a series: each takes the hour that the series has on its day.
func (s *Service) carryOver(tx *gorm.DB, street models.Alliance, series models.Series, from time.Time) error {
	rule, err := readRule(series.Rule, street)
	if err != nil {
		return err
	}
	slots, err := moments(rule, street, from, s.Clock.Now().Add(models.SeriesAhead))
	if err != nil {
		return err
	}
	onDay := map[almanac.Date]time.Time{}
	for _, slot := range slots {
		onDay[almanac.At(slot, street.Location())] = slot
	}
	var dates []models.Occurrence
	err = db.Lock(tx).Where("event_id = ? AND slot > ? AND state = ?", series.EventID, from, models.EventStatePublished).Order("slot").Find(&dates).Error
	for i := 0; err == nil && i < len(dates); i++ {
		slot, ok := onDay[almanac.At(*dates[i].Slot, street.Location())]
		err = s.fit(tx, series, dates[i], slot, ok)
	}
	return err
}

// fit gives a date its new hour and places, or lets it go when the series lacks it and nobody has signed up.
func (s *Service) fit(tx *gorm.DB, series models.Series, o models.Occurrence, slot time.Time, there bool) error {
	if !there {
		return tx.Where("id = ? AND taken = 0 AND waiting = 0", o.ID).Delete(&models.Occurrence{}).Error
	}
	end := slot.Add(time.Duration(series.Minutes) * time.Minute)
	byItself := !o.StartsAt.Equal(*o.Slot) // moved by hand: keeps its own hour
	same := o.StartsAt.Equal(slot) && o.EndsAt.Equal(end)
	if o.Capacity == series.Capacity && (same || byItself && o.Slot.Equal(slot)) {
		return nil
	}
	now := s.Clock.Now()
	change := map[string]any{"slot": slot, "capacity": series.Capacity, "updated_at": now, "sequence": o.Sequence + 1}
	if !byItself {
		change["starts_at"], change["ends_at"] = slot, end
	}
	done := tx.Model(&models.Occurrence{}).Where("id = ? AND taken + held <= ?", o.ID, series.Capacity).UpdateColumns(change)
	if done.Error == nil && done.RowsAffected == 0 {
		return ErrCapacityTaken.With(o.Taken)
	}
	if done.Error != nil {
		return done.Error
	}
	if err := s.afterEdit(tx, o.ID, !byItself && !same); err != nil || byItself || same {
		return err
	}
	return s.Outbox.Add(tx, o.AllianceID, models.EventEventMoved, models.EventChanged{EventID: o.EventID, OccurrenceID: o.ID})
}

// MoveDate changes one date of a series by itself: another time, or other places. Those signed up are told.
// Errors: not_found, event_single, event_cancelled, event_over, invalid, capacity_taken.
func (s *Service) MoveDate(ctx context.Context, desk Desk, occurrence models.ID, c Change) (models.Event, error) {
	var e models.Event
	return e, s.DB.Tx(ctx, func(tx *gorm.DB) error {
		o, err := s.ofSeries(tx, desk, occurrence)
		if err != nil {
			return err
		}
		if e, err = desk.event(tx, o.EventID); err != nil {
			return err
		}
		before := planOf(e, o)
		plan := c.apply(before).Trimmed()
		plan.Title, plan.Story, plan.Place = before.Title, before.Story, before.Place
		if err := plan.Check(s.judgedAt(before, plan)); err != nil {
			return err
		}
		return s.moveDate(tx, o, before, plan)
	})
}

func (s *Service) moveDate(tx *gorm.DB, o models.Occurrence, before, plan models.EventPlan) error {
	done := tx.Model(&models.Occurrence{}).Where("id = ? AND taken + held <= ?", o.ID, plan.Capacity).UpdateColumns(map[string]any{
		"starts_at": plan.StartsAt, "ends_at": plan.EndsAt, "capacity": plan.Capacity, "sequence": o.Sequence + 1, "updated_at": s.Clock.Now(),
	})
	if done.Error == nil && done.RowsAffected == 0 {
		return ErrCapacityTaken.With(o.Taken)
	}
	if done.Error != nil {
		return done.Error
	}
	if err := s.afterEdit(tx, o.ID, moved(before, plan)); err != nil || !moved(before, plan) {
		return err
	}
	return s.Outbox.Add(tx, o.AllianceID, models.EventEventMoved, models.EventChanged{EventID: o.EventID, OccurrenceID: o.ID})
}

// ofSeries locks a date of a series that can still be changed.
func (s *Service) ofSeries(tx *gorm.DB, desk Desk, id models.ID) (models.Occurrence, error) {
	o, err := desk.occurrence(db.Lock(tx), id)
	switch {
	case err != nil:
		return o, err
	case o.Slot == nil:
		return o, ErrSingle
	case o.State == models.EventStateCancelled:
		return o, ErrCancelled
	case o.Over(s.Clock.Now()):
		return o, ErrOver
	}
	return o, nil
}

// CancelDate calls one date of a series off. Those signed up are told; the series goes on.
// Errors: not_found, event_single, event_cancelled, event_over.
func (s *Service) CancelDate(ctx context.Context, desk Desk, occurrence models.ID) (models.Event, error) {
	var e models.Event
	return e, s.DB.Tx(ctx, func(tx *gorm.DB) error {
		o, err := s.ofSeries(tx, desk, occurrence)
		if err != nil {
			return err
		}
		if e, err = desk.event(tx, o.EventID); err != nil {
			return err
		}
		err = s.cancelled(tx.Where("id = ?", o.ID))
		if err != nil {
			return err
		}
		return s.Outbox.Add(tx, o.AllianceID, models.EventEventCancelled, models.EventChanged{EventID: e.ID, OccurrenceID: o.ID})
	})
}

func (s *Service) cancelled(dates *gorm.DB) error {
	return dates.Model(&models.Occurrence{}).UpdateColumns(map[string]any{
		"state": models.EventStateCancelled, "sequence": gorm.Expr("sequence + 1"), "updated_at": s.Clock.Now(),
	}).Error
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
	if err := tx.Save(e).Error; err != nil {
		return err
	}
	if err := tx.Where("event_id = ?", e.ID).Delete(&models.Series{}).Error; err != nil {
		return err
	}
	dates := tx.Where("event_id = ? AND ends_at > ? AND state = ?", e.ID, now, models.EventStatePublished)
	var ids []models.ID
	if err := dates.Session(&gorm.Session{}).Model(&models.Occurrence{}).Pluck("id", &ids).Error; err != nil {
		return err
	}
	for _, id := range ids {
		if err := s.cancelled(tx.Where("id = ?", id)); err != nil {
			return err
		}
		if err := s.Outbox.Add(tx, e.AllianceID, models.EventEventCancelled, models.EventChanged{EventID: e.ID, OccurrenceID: id}); err != nil {
			return err
		}
	}
	return nil
}
