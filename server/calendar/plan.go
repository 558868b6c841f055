package calendar

import (
	"context"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// Publish puts an event with one date into the street's calendar.
// Errors: invalid, with every field that cannot be; store_suspended.
func (s *Service) Publish(ctx context.Context, desk Desk, plan models.EventPlan) (models.Event, error) {
	now, plan := s.Clock.Now(), plan.Trimmed()
	if err := plan.Check(now); err != nil {
		return models.Event{}, err
	}
	if _, err := s.openStreet(ctx, desk); err != nil {
		return models.Event{}, err
	}
	var e models.Event
	err := s.DB.Tx(ctx, func(tx *gorm.DB) (err error) {
		e, err = s.putEvent(tx, desk, plan, true)
		return err
	})
	return e, err
}

// putEvent writes an event with one date; news says whether the street hears of it.
func (s *Service) putEvent(tx *gorm.DB, desk Desk, plan models.EventPlan, news bool) (models.Event, error) {
	e := s.eventOf(desk, plan)
	o := models.Occurrence{
		ID: models.NewID(), AllianceID: desk.Alliance, EventID: e.ID, StoreID: desk.Store, State: models.EventStatePublished,
		StartsAt: plan.StartsAt, EndsAt: plan.EndsAt, Capacity: plan.Capacity, CreatedAt: e.CreatedAt, UpdatedAt: e.CreatedAt,
	}
	if err := tx.Create(&e).Error; err != nil {
		return e, err
	}
	if err := tx.Create(&o).Error; err != nil || !news {
		return e, err
	}
	return e, s.Outbox.Add(tx, desk.Alliance, models.EventEventPublished, models.EventChanged{EventID: e.ID})
}

func (s *Service) eventOf(desk Desk, plan models.EventPlan) models.Event {
	now := s.Clock.Now()
	return models.Event{
		ID: models.NewID(), AllianceID: desk.Alliance, StoreID: desk.Store, State: models.EventStatePublished,
		CreatedBy: desk.Account, CreatedAt: now, UpdatedAt: now,
		Title: plan.Title, Story: plan.Story, Place: plan.Place, Capacity: plan.Capacity, Pictures: []models.Picture{},
	}
}

// Change is what an organiser corrects; nil stays as it is.
type Change struct {
	Title, Story, Place *string
	StartsAt, EndsAt    *time.Time
	Capacity            *int
}

// Change edits an event and its date. Another time or place is told to those signed up.
// Errors: not_found, event_cancelled, event_over, invalid, capacity_taken.
func (s *Service) Change(ctx context.Context, desk Desk, event models.ID, c Change) (models.Event, error) {
	var e models.Event
	err := s.DB.Tx(ctx, func(tx *gorm.DB) (err error) {
		if e, err = desk.event(tx, event); err != nil {
			return err
		}
		if repeats, err := repeats(tx, e.ID); err != nil || repeats {
			return orRepeats(err)
		}
		return s.change(tx, &e, c)
	})
	return e, err
}

func (s *Service) change(tx *gorm.DB, e *models.Event, c Change) error {
	o, err := s.standing(tx, e.ID)
	if err != nil {
		return err
	}
	before := planOf(*e, o)
	plan := c.apply(before).Trimmed()
	if err := plan.Check(s.judgedAt(before, plan)); err != nil {
		return err
	}
	if plan == before {
		return nil
	}
	return s.rewrite(tx, e, o, before, plan)
}

// standing locks the date of an event that can still be changed. Errors: event_cancelled, event_over.
func (s *Service) standing(tx *gorm.DB, event models.ID) (models.Occurrence, error) {
	o, err := db.Find[models.Occurrence](db.Lock(tx).Order("starts_at, id"), "event_id = ?", event)
	if err != nil {
		return o, err
	}
	if o.State == models.EventStateCancelled {
		return o, ErrCancelled
	}
	if o.Over(s.Clock.Now()) {
		return o, ErrOver
	}
	return o, nil
}

// judgedAt is the time by which a changed plan is judged: one that has begun keeps its start and is still in order.
func (s *Service) judgedAt(before, plan models.EventPlan) time.Time {
	now := s.Clock.Now()
	if plan.StartsAt.Equal(before.StartsAt) && now.After(before.StartsAt.Add(-time.Microsecond)) {
		return before.StartsAt.Add(-time.Microsecond)
	}
	return now
}

func planOf(e models.Event, o models.Occurrence) models.EventPlan {
	return models.EventPlan{
		Title: e.Title, Story: e.Story, Place: e.Place, Capacity: o.Capacity,
		StartsAt: o.StartsAt.UTC(), EndsAt: o.EndsAt.UTC(),
	}
}

func (c Change) apply(p models.EventPlan) models.EventPlan {
	set(&p.Title, c.Title)
	set(&p.Story, c.Story)
	set(&p.Place, c.Place)
	set(&p.Capacity, c.Capacity)
	set(&p.StartsAt, c.StartsAt)
	set(&p.EndsAt, c.EndsAt)
	return p
}

func set[T any](field *T, value *T) {
	if value != nil {
		*field = *value
	}
}

// rewrite stores the plan. Fewer places than are taken is refused by the update's own condition, under the row's lock.
func (s *Service) rewrite(tx *gorm.DB, e *models.Event, o models.Occurrence, before, plan models.EventPlan) error {
	now := s.Clock.Now()
	e.Title, e.Story, e.Place, e.Capacity, e.UpdatedAt = plan.Title, plan.Story, plan.Place, plan.Capacity, now
	if err := tx.Save(e).Error; err != nil {
		return err
	}
	change := map[string]any{
		"starts_at": plan.StartsAt, "ends_at": plan.EndsAt, "capacity": plan.Capacity,
		"sequence": o.Sequence + 1, "updated_at": now,
	}
	if moved(before, plan) {
		change["was_at"], change["was_place"] = before.StartsAt, before.Place
	}
	done := tx.Model(&models.Occurrence{}).Where("id = ? AND taken + held <= ?", o.ID, plan.Capacity).Updates(change)
	if done.Error == nil && done.RowsAffected == 0 {
		return ErrCapacityTaken.With(o.Taken + o.Held).At("/capacity")
	}
	if done.Error != nil {
		return done.Error
	}
	if err := s.afterEdit(tx, o.ID, moved(before, plan)); err != nil || !moved(before, plan) {
		return err
	}
	return s.Outbox.Add(tx, e.AllianceID, models.EventEventMoved, models.EventChanged{EventID: e.ID})
}

func moved(before, plan models.EventPlan) bool {
	return before.Place != plan.Place || !before.StartsAt.Equal(plan.StartsAt) || !before.EndsAt.Equal(plan.EndsAt)
}

// Cancel calls an event off, for good. Those signed up are told.
// Errors: not_found, event_cancelled when it is off already, event_over.
func (s *Service) Cancel(ctx context.Context, desk Desk, event models.ID) (models.Event, error) {
	var e models.Event
	err := s.DB.Tx(ctx, func(tx *gorm.DB) (err error) {
		if e, err = desk.event(tx, event); err != nil {
			return err
		}
		return s.cancel(tx, &e)
	})
	return e, err
}

// cancel calls off an event with all its dates to come. Errors: event_cancelled, event_over.
func (s *Service) cancel(tx *gorm.DB, e *models.Event) error {
	if repeats, err := repeats(tx, e.ID); err != nil || repeats {
		return s.callSeriesOff(tx, e, err)
	}
	o, err := s.standing(tx, e.ID)
	if err != nil {
		return err
	}
	return s.callOff(tx, e, o)
}

func (s *Service) callOff(tx *gorm.DB, e *models.Event, o models.Occurrence) error {
	now := s.Clock.Now()
	e.State, e.UpdatedAt, e.CancelledAt = models.EventStateCancelled, now, &now
	if err := tx.Save(e).Error; err != nil {
		return err
	}
	err := tx.Model(&models.Occurrence{}).Where("id = ?", o.ID).Updates(map[string]any{
		"state": models.EventStateCancelled, "sequence": o.Sequence + 1, "updated_at": now,
	}).Error
	if err != nil {
		return err
	}
	if err := s.payAllBack(tx, o.ID); err != nil {
		return err
	}
	return s.Outbox.Add(tx, e.AllianceID, models.EventEventCancelled, models.EventChanged{EventID: e.ID})
}
