package calendar

import (
	"context"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/calendar/almanac"
	"onestreet/server/platform/db"
)

// Scope says which dates of a series an organiser means, who has one of them open.
type Scope string

// The scopes.
const (
	ScopeOne       Scope = "one"       // this date alone
	ScopeFollowing Scope = "following" // it and those after it
	ScopeAll       Scope = "all"       // every date that is to come
)

// Edit is what an organiser changes, with one of the dates open; what is nil stays as it is. Times are the open date's: the
// others follow at its new hour. A Pattern is another rhythm, and not for one date alone.
type Edit struct {
	Scope Scope
	Change
	Pattern *Pattern
}

// SeriesChange is what an organiser changes in a series, from one of its dates on; nil stays as it is.
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
	err = s.DB.Tx(ctx, func(tx *gorm.DB) (err error) {
		e, err = s.changeSeries(tx, street, desk, event, c)
		return err
	})
	return e, err
}

func (s *Service) changeSeries(tx *gorm.DB, street models.Alliance, desk Desk, event models.ID, c SeriesChange) (models.Event, error) {
	e, err := s.liveEvent(tx, desk, event)
	if err != nil {
		return e, err
	}
	r, err := s.openSeries(tx, street, e)
	if err != nil {
		return e, err
	}
	if r.from, err = s.beginOf(tx, desk, e, c.From); err != nil {
		return e, err
	}
	plan := models.EventPlan{Title: e.Title, Story: e.Story, Place: e.Place, Capacity: r.old.Capacity, StartsAt: s.Clock.Now().Add(time.Hour)}
	minutes := r.old.Minutes
	set(&minutes, c.Minutes)
	plan.EndsAt = plan.StartsAt.Add(time.Duration(minutes) * time.Minute)
	plan = Change{Title: c.Title, Story: c.Story, Place: c.Place, Capacity: c.Capacity}.apply(plan).Trimmed()
	if err := plan.Check(s.Clock.Now()); err != nil {
		return e, err
	}
	r.series.Minutes, r.series.Capacity = minutes, plan.Capacity
	err = r.write(tx, &e, c.From.IsZero(), plan, c.Pattern)
	return e, err
}

// liveEvent locks an event of the desk's store that is not off. Errors: not_found, event_cancelled.
func (s *Service) liveEvent(tx *gorm.DB, desk Desk, id models.ID) (models.Event, error) {
	e, err := desk.event(db.Lock(tx), id)
	if err == nil && e.State == models.EventStateCancelled {
		err = ErrCancelled
	}
	return e, err
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

// EditDate changes a date of a series, or with it those after it, or all that are to come. Those signed up are told of another
// time or place, and say whether they come all the same (Keep) or give their places back.
// Errors: not_found, event_single, event_cancelled, event_over, invalid, capacity_taken, series_market_day, series_rhythm,
// those of PublishSeries.
func (s *Service) EditDate(ctx context.Context, desk Desk, occurrence models.ID, c Edit) (models.Event, error) {
	var e models.Event
	street, err := s.openStreet(ctx, desk)
	if err != nil {
		return e, err
	}
	return e, s.DB.Tx(ctx, func(tx *gorm.DB) (err error) {
		e, err = s.editDate(tx, street, desk, occurrence, c)
		return err
	})
}

func (s *Service) editDate(tx *gorm.DB, street models.Alliance, desk Desk, occurrence models.ID, c Edit) (models.Event, error) {
	e, o, err := s.opened(tx, desk, occurrence)
	if err != nil {
		return e, err
	}
	before := planOf(e.On(o), o)
	plan := c.apply(before).Trimmed()
	if err := plan.Check(s.judgedAt(before, plan)); err != nil {
		return e, err
	}
	if c.Scope == ScopeOne {
		return e, s.editOne(tx, e, o, plan)
	}
	r, err := s.openSeries(tx, street, e)
	if err != nil {
		return e, err
	}
	r.aim(o, plan, c)
	if err := r.rhythm(o, plan, &c); err != nil {
		return e, err
	}
	return e, r.write(tx, &e, c.Scope == ScopeAll, plan, c.Pattern)
}

// opened locks the event of a date and the date, which can still be changed.
// Errors: not_found, event_single, event_cancelled, event_over.
func (s *Service) opened(tx *gorm.DB, desk Desk, id models.ID) (models.Event, models.Occurrence, error) {
	o, err := desk.occurrence(tx, id)
	if err != nil {
		return models.Event{}, o, err
	}
	e, err := s.liveEvent(tx, desk, o.EventID)
	if err != nil {
		return e, o, err
	}
	o, err = s.ofSeries(tx, desk, id)
	return e, o, err
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

// editOne gives one date a time, places and words of its own.
func (s *Service) editOne(tx *gorm.DB, e models.Event, o models.Occurrence, plan models.EventPlan) error {
	next := o
	next.StartsAt, next.EndsAt, next.Capacity = plan.StartsAt, plan.EndsAt, plan.Capacity
	next.Title, next.Story, next.Place = ownWord(plan.Title, e.Title), ownWord(plan.Story, e.Story), ownWord(plan.Place, e.Place)
	return s.replace(tx, e, e, o, next)
}

// ownWord is a word that differs from the event's, or nothing.
func ownWord(word, of string) string {
	if word == of {
		return ""
	}
	return word
}

// aim says from where on the dates change, how long they last, and how many places they have.
func (r *refit) aim(o models.Occurrence, plan models.EventPlan, c Edit) {
	r.open = o.ID
	if c.StartsAt == nil {
		r.open = models.ID{}
	}
	r.days = int(almanac.At(plan.StartsAt, r.zone) - almanac.At(o.StartsAt, r.zone))
	r.from = r.s.Clock.Now()
	if c.Scope == ScopeFollowing {
		r.from = later(r.from, o.Slot.Add(-time.Second))
	}
	if c.StartsAt != nil || c.EndsAt != nil {
		r.series.Minutes = int(plan.EndsAt.Sub(plan.StartsAt).Minutes())
	}
	set(&r.series.Capacity, c.Capacity)
}

// rhythm finds the pattern that gives the open date its new time. Another hour keeps the days; another day needs another
// rhythm, and a series of market days has no other days. Errors: series_market_day, series_rhythm.
func (r *refit) rhythm(o models.Occurrence, plan models.EventPlan, c *Edit) error {
	if c.Pattern != nil {
		c.Pattern.StartsAt = plan.StartsAt
		return nil
	}
	if plan.StartsAt.Equal(o.StartsAt.UTC()) {
		return nil
	}
	old, err := patternOf(r.old.Rule)
	if err != nil {
		return err
	}
	if r.days != 0 {
		return dayMoved(old)
	}
	c.Pattern, err = r.atHour(old, o, plan, c.Scope)
	return err
}

func dayMoved(old Pattern) error {
	if old.market() {
		return ErrMarketDay
	}
	return ErrRhythm
}

// atHour is the pattern at the open date's new hour. "This and following" begins with the open date: what a count has left
// counts from there.
func (r *refit) atHour(old Pattern, o models.Occurrence, plan models.EventPlan, scope Scope) (*Pattern, error) {
	fresh, hour := old, plan.StartsAt.In(r.zone)
	first := old.StartsAt.In(r.zone)
	fresh.StartsAt = time.Date(first.Year(), first.Month(), first.Day(), hour.Hour(), hour.Minute(), hour.Second(), 0, r.zone)
	if scope != ScopeFollowing {
		return &fresh, nil
	}
	if old.Count > 0 {
		rule, err := readRule(r.old.Rule, r.street)
		if err != nil {
			return nil, err
		}
		left, err := moments(rule, r.street, o.Slot.Add(-time.Second), o.Slot.AddDate(50, 0, 0))
		if err != nil {
			return nil, err
		}
		fresh.Count = max(1, len(left))
	}
	fresh.StartsAt = plan.StartsAt
	return &fresh, nil
}
