package calendar

import (
	"slices"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/calendar/almanac"
	"onestreet/server/platform/db"
)

// refit brings the dates of a series after a moment in line with what the series is to be.
type refit struct {
	s        *Service
	street   models.Alliance
	zone     *time.Location
	old      models.Series
	series   models.Series // as it is to be
	from     time.Time     // dates after it change
	days     int           // by so many days the open date was moved
	open     models.ID     // the date whose time the organiser set, also when it had one of its own; zero: none
	market   bool          // the market moved, not an organiser
	was, now models.Event  // the event before and after
}

// openSeries locks the series of an event. Error: event_single.
func (s *Service) openSeries(tx *gorm.DB, street models.Alliance, e models.Event) (*refit, error) {
	var all []models.Series
	if err := db.Lock(tx).Where("event_id = ?", e.ID).Order("created_at DESC, id DESC").Find(&all).Error; err != nil {
		return nil, err
	}
	if len(all) == 0 {
		return nil, ErrSingle
	}
	return &refit{s: s, street: street, zone: street.Location(), old: all[0], series: all[0], was: e, now: e}, nil
}

// write keeps the new words and the new pattern, and fits the dates to them. A nil pattern keeps days and hours.
func (r *refit) write(tx *gorm.DB, e *models.Event, all bool, plan models.EventPlan, p *Pattern) error {
	r.series.UpdatedAt = r.s.Clock.Now()
	e.Sequence++
	e.Rhythmic = e.Rhythmic || p != nil && p.rhythmic(r.street)
	if err := r.words(tx, e, all, plan); err != nil {
		return err
	}
	if p == nil {
		if err := tx.Save(&r.series).Error; err != nil {
			return err
		}
		return r.keepDays(tx)
	}
	if _, err := p.checked(r.street, r.s.Clock.Now()); err != nil {
		return err
	}
	var err error
	if r.series.Rule, err = p.write(r.street); err != nil {
		return err
	}
	r.series.EndsAt, r.series.BeginsAt, r.series.MadeUntil = nil, r.from, r.from
	if err := tx.Save(&r.series).Error; err != nil {
		return err
	}
	if err := r.carryOver(tx, true); err != nil {
		return err
	}
	return r.s.makeDates(tx, r.street, r.series)
}

// words keeps what is written: as the event's when all dates change, else as the series' from here on.
func (r *refit) words(tx *gorm.DB, e *models.Event, all bool, plan models.EventPlan) error {
	shown := e.On(models.Occurrence{Title: r.old.Title, Story: r.old.Story, Place: r.old.Place})
	if !all {
		r.series.Title, r.series.Story, r.series.Place = ownWord(plan.Title, e.Title), ownWord(plan.Story, e.Story), ownWord(plan.Place, e.Place)
		e.UpdatedAt = r.s.Clock.Now()
		return tx.Save(e).Error
	}
	for _, w := range []struct {
		word, was    string
		event, stage *string
	}{
		{plan.Title, shown.Title, &e.Title, &r.series.Title}, {plan.Story, shown.Story, &e.Story, &r.series.Story}, {plan.Place, shown.Place, &e.Place, &r.series.Place},
	} {
		if w.word != w.was {
			*w.event, *w.stage = w.word, ""
		}
	}
	e.UpdatedAt = r.s.Clock.Now()
	r.now = *e
	return tx.Save(e).Error
}

// coming are the dates after the moment, those called off among them: each keeps its turn.
func (r *refit) coming(tx *gorm.DB) ([]models.Occurrence, error) {
	var dates []models.Occurrence
	err := db.Lock(tx).Where("event_id = ? AND slot > ?", r.series.EventID, r.from).Order("slot").Find(&dates).Error
	return dates, err
}

func (r *refit) keepDays(tx *gorm.DB) error {
	dates, err := r.coming(tx)
	for i := 0; err == nil && i < len(dates); i++ {
		err = r.fit(tx, dates[i], *dates[i].Slot)
	}
	return err
}

// carryOver gives each date its turn in the new pattern: the turn of its day, or, when an organiser moved the days, one that
// is near. Dates without a turn go, unless somebody signed up.
func (r *refit) carryOver(tx *gorm.DB, near bool) error {
	dates, err := r.coming(tx)
	if err != nil {
		return err
	}
	turns, err := r.turns(tx, dates)
	if err != nil {
		return err
	}
	given := deal(dates, turns, r.zone, r.days, near)
	for _, o := range dates {
		if _, has := given[o.ID]; !has {
			if err := r.leave(tx, o); err != nil {
				return err
			}
		}
	}
	// Nobody steps on a turn that another has not left yet: first those that come earlier, in order, then the others, from the last.
	for _, o := range dates {
		if slot, has := given[o.ID]; has && !slot.After(*o.Slot) {
			if err := r.fit(tx, o, slot); err != nil {
				return err
			}
		}
	}
	for _, o := range slices.Backward(dates) {
		if slot, has := given[o.ID]; has && slot.After(*o.Slot) {
			if err := r.fit(tx, o, slot); err != nil {
				return err
			}
		}
	}
	return nil
}

// turns are the moments that the pattern gives, but for those that dates before the change have.
func (r *refit) turns(tx *gorm.DB, dates []models.Occurrence) ([]time.Time, error) {
	rule, err := readRule(r.series.Rule, r.street)
	if err != nil {
		return nil, err
	}
	now, from := r.s.Clock.Now(), r.from
	if begins := rule.Instant(rule.Start, r.zone).Add(-time.Second).UTC(); len(dates) > 0 && begins.Before(from) {
		from = later(now, begins) // the open date is moved to an earlier time: its turn lies before it
	}
	turns, err := moments(rule, r.street, from, lastOf(r.series, now.Add(models.SeriesAhead)))
	if err != nil {
		return nil, err
	}
	var before []time.Time
	err = tx.Model(&models.Occurrence{}).Where("event_id = ? AND slot > ? AND slot <= ?", r.series.EventID, from, r.from).Pluck("slot", &before).Error
	return slices.DeleteFunc(turns, func(t time.Time) bool {
		return slices.ContainsFunc(before, t.Equal)
	}), err
}

// nearDays is how far from its day a date may find its turn: within half a week.
const nearDays = 3

// deal gives dates their turns, each to one: that of the day it would have, else, if near ones do, the nearest that is free.
func deal(dates []models.Occurrence, turns []time.Time, zone *time.Location, days int, near bool) map[models.ID]time.Time {
	free := map[almanac.Date]time.Time{}
	for _, t := range turns {
		free[almanac.At(t, zone)] = t
	}
	given := map[models.ID]time.Time{}
	reach := 0
	if near {
		reach = nearDays
	}
	for away := 0; away <= reach; away++ {
		for _, o := range dates {
			if _, has := given[o.ID]; has {
				continue
			}
			want := almanac.At(*o.Slot, zone) + almanac.Date(days)
			for _, day := range []almanac.Date{want + almanac.Date(away), want - almanac.Date(away)} {
				if t, ok := free[day]; ok {
					given[o.ID] = t
					delete(free, day)
					break
				}
			}
		}
	}
	return given
}

// leave lets a date without a turn go, or, when somebody signed up, lets it stay as it is, outside the pattern.
func (r *refit) leave(tx *gorm.DB, o models.Occurrence) error {
	if o.State == models.EventStatePublished {
		gone := tx.Where("id = ? AND taken = 0 AND held = 0 AND waiting = 0", o.ID).Delete(&models.Occurrence{})
		if gone.Error != nil || gone.RowsAffected > 0 {
			return gone.Error
		}
	}
	if !o.StartsAt.Equal(*o.Slot) {
		return nil
	}
	if err := tx.Model(&models.Occurrence{}).Where("id = ?", o.ID).UpdateColumn("slot", o.Slot.Add(-outside)).Error; err != nil || !r.market || o.State == models.EventStateCancelled {
		return err
	}
	return r.s.Outbox.Add(tx, o.AllianceID, models.EventEventStays, models.EventChanged{EventID: o.EventID, OccurrenceID: o.ID})
}

// outside is by how much the slot of a date that stays outside the pattern lies before its beginning: its turn is free for
// another, and its time is its own from now on.
const outside = time.Second

// fit gives a date its turn. What it has of its own, it keeps: a time to which it was moved, places, words.
func (r *refit) fit(tx *gorm.DB, o models.Occurrence, slot time.Time) error {
	if o.State == models.EventStateCancelled {
		if o.Slot.Equal(slot) {
			return nil
		}
		return tx.Model(&models.Occurrence{}).Where("id = ?", o.ID).UpdateColumn("slot", slot).Error
	}
	next := o
	next.Slot = &slot
	length := o.EndsAt.Sub(o.StartsAt)
	if length == time.Duration(r.old.Minutes)*time.Minute || o.ID == r.open {
		length = time.Duration(r.series.Minutes) * time.Minute
	}
	if o.StartsAt.Equal(*o.Slot) || o.ID == r.open {
		next.StartsAt = slot
	}
	next.EndsAt = next.StartsAt.Add(length)
	if o.Capacity == r.old.Capacity {
		next.Capacity = r.series.Capacity
	}
	for _, w := range []struct {
		of       *string
		was, now string
	}{{&next.Title, r.old.Title, r.series.Title}, {&next.Story, r.old.Story, r.series.Story}, {&next.Place, r.old.Place, r.series.Place}} {
		if *w.of == w.was {
			*w.of = w.now
		}
	}
	return r.s.replace(tx, r.was, r.now, o, next)
}

// replace writes a date as it is to be; those who signed up or wait are told of another time or place. Fewer places than are
// taken are refused by the update's own condition, under the row's lock. Error: capacity_taken.
func (s *Service) replace(tx *gorm.DB, was, now models.Event, o, next models.Occurrence) error {
	before, after := was.On(o), now.On(next)
	moved := !o.StartsAt.Equal(next.StartsAt) || !o.EndsAt.Equal(next.EndsAt) || before.Place != after.Place
	worded := before.Title != after.Title || before.Story != after.Story || o.Title != next.Title || o.Story != next.Story || o.Place != next.Place
	if !moved && !worded && o.Capacity == next.Capacity && o.Slot.Equal(*next.Slot) {
		return nil
	}
	at := s.Clock.Now()
	change := map[string]any{
		"slot": next.Slot, "starts_at": next.StartsAt, "ends_at": next.EndsAt, "capacity": next.Capacity,
		"title": next.Title, "story": next.Story, "place": next.Place, "sequence": o.Sequence + 1, "updated_at": at,
	}
	if moved {
		change["moved_at"], change["was_at"], change["was_place"] = at, o.StartsAt, before.Place
	}
	done := tx.Model(&models.Occurrence{}).Where("id = ? AND taken + held <= ?", o.ID, next.Capacity).UpdateColumns(change)
	if done.Error == nil && done.RowsAffected == 0 {
		return ErrCapacityTaken.With(o.Taken + o.Held).At("/capacity")
	}
	if done.Error != nil || o.Taken+o.Held+o.Waiting == 0 {
		return done.Error // nobody to tell
	}
	if err := s.afterEdit(tx, o.ID, moved); err != nil || !moved {
		return err
	}
	return s.Outbox.Add(tx, o.AllianceID, models.EventEventMoved, models.EventChanged{EventID: o.EventID, OccurrenceID: o.ID})
}
