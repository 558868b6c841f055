package calendar

import (
	"cmp"
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"onestreet/models"
	"onestreet/server/calendar/recur"
	"onestreet/server/platform/db"
	"onestreet/server/pool"
)

// Repeated is an event that comes again: its plan for the first date, and the pattern.
type Repeated struct {
	models.EventPlan
	Pattern Pattern
}

// PublishSeries puts an event that comes again into the calendar, with its dates for half a year; MakeAhead goes on.
// Errors: invalid, those of package recur, series_dense, series_empty, store_suspended.
func (s *Service) PublishSeries(ctx context.Context, desk Desk, r Repeated) (models.Event, error) {
	now, plan := s.Clock.Now(), r.Trimmed()
	r.Pattern.StartsAt = plan.StartsAt
	if err := plan.Check(now); err != nil {
		return models.Event{}, err
	}
	street, err := s.openStreet(ctx, desk)
	if err != nil {
		return models.Event{}, err
	}
	if _, err := r.Pattern.checked(street, now); err != nil {
		return models.Event{}, err
	}
	var e models.Event
	err = s.DB.Tx(ctx, func(tx *gorm.DB) (err error) {
		e, err = s.putSeries(tx, street, desk, Repeated{plan, r.Pattern}, true)
		return err
	})
	return e, err
}

// putSeries writes an event that comes again, with its dates for half a year. own are those that are not as the rule says; none of
// them is made again. news says whether the street hears of it.
func (s *Service) putSeries(tx *gorm.DB, street models.Alliance, desk Desk, r Repeated, news bool, own ...models.Occurrence) (models.Event, error) {
	text, err := r.Pattern.write(street)
	if err != nil {
		return models.Event{}, err
	}
	e, now := s.eventOf(desk, r.EventPlan), s.Clock.Now()
	e.Rhythmic = r.Pattern.rhythmic(street)
	series := models.Series{
		ID: models.NewID(), AllianceID: desk.Alliance, EventID: e.ID, StoreID: desk.Store, Rule: text, Capacity: r.Capacity,
		Minutes: int(r.EndsAt.Sub(r.StartsAt).Minutes()), BeginsAt: now, MadeUntil: now, CreatedAt: now, UpdatedAt: now,
	}
	if err := tx.Create(&e).Error; err != nil {
		return e, err
	}
	if err := tx.Create(&series).Error; err != nil {
		return e, err
	}
	for _, o := range own {
		row := dateOf(series, *o.Slot, now)
		row.StartsAt, row.EndsAt, row.State, row.Title, row.Story, row.Place = o.StartsAt, o.EndsAt, o.State, o.Title, o.Story, o.Place
		if err := tx.Create(&row).Error; err != nil {
			return e, err
		}
	}
	if err := s.makeDates(tx, street, series); err != nil || !news {
		return e, err
	}
	return e, s.Outbox.Add(tx, desk.Alliance, models.EventEventPublished, models.EventChanged{EventID: e.ID})
}

// SeriesView is how an event comes again, as its form needs it.
type SeriesView struct {
	Pattern Pattern    `json:"pattern"`
	Minutes int        `json:"minutes" doc:"how long a date lasts"`
	EndsAt  *time.Time `json:"ends_at,omitempty" doc:"called off from then on"`
}

// SeriesOf tells how an event of the desk's store comes again. Errors: not_found, event_single.
func (s *Service) SeriesOf(ctx context.Context, desk Desk, event models.ID) (SeriesView, error) {
	read := s.DB.Read(ctx)
	if _, err := desk.event(read, event); err != nil {
		return SeriesView{}, err
	}
	var list []models.Series
	err := read.Where("event_id = ?", event).Order("created_at DESC, id DESC").Limit(1).Find(&list).Error
	if err != nil || len(list) == 0 {
		return SeriesView{}, cmp.Or(err, error(ErrSingle))
	}
	p, err := patternOf(list[0].Rule)
	return SeriesView{Pattern: p, Minutes: list[0].Minutes, EndsAt: list[0].EndsAt}, err
}

// openStreet is the street of a desk whose store takes part. Error: store_suspended.
func (s *Service) openStreet(ctx context.Context, desk Desk) (models.Alliance, error) {
	if desk.street() {
		return s.Pool.Alliance(ctx, desk.Alliance)
	}
	store, err := s.Pool.Store(ctx, desk.Alliance, desk.Store)
	if err != nil {
		return models.Alliance{}, err
	}
	if !store.Active() {
		return models.Alliance{}, pool.ErrSuspended
	}
	return s.Pool.Alliance(ctx, desk.Alliance)
}

// Preview shows the next dates of a pattern with their lunar names. Errors as PublishSeries.
func (s *Service) Preview(ctx context.Context, alliance models.ID, p Pattern, most int, locale string) (recur.View, error) {
	street, err := s.Pool.Alliance(ctx, alliance)
	if err != nil {
		return recur.View{}, err
	}
	return p.preview(street, s.Clock.Now(), most, locale)
}

// MakeAhead makes the dates of every series half a year ahead. Every node may do it at once: a date is unique by its event
// and the moment that the rule gave it.
func (s *Service) MakeAhead(ctx context.Context) error {
	var due []models.Series
	ahead := s.Clock.Now().Add(models.SeriesAhead)
	err := s.DB.Read(ctx).Where("made_until < ?", ahead.Add(-24*time.Hour)).Order("made_until").Limit(1000).Find(&due).Error
	for i := 0; err == nil && i < len(due); i++ {
		err = s.makeAhead(ctx, due[i].ID)
	}
	return err
}

func (s *Service) makeAhead(ctx context.Context, id models.ID) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		series, err := db.Find[models.Series](db.Lock(tx), "id = ?", id)
		if err != nil {
			return db.IfNone(err, nil)
		}
		street, err := s.Pool.Alliance(ctx, series.AllianceID)
		if err != nil {
			return err
		}
		if err := s.followStreet(tx, street, &series); err != nil {
			return err
		}
		return s.makeDates(tx, street, series)
	})
}

// followStreet fits a series of every market day to the rule that the street has now, from its first date on.
func (s *Service) followStreet(tx *gorm.DB, street models.Alliance, series *models.Series) error {
	r, ok, err := s.following(street, *series)
	if err != nil || !ok {
		return err
	}
	if r.was, err = db.Find[models.Event](tx, "id = ?", series.EventID); err != nil {
		return err
	}
	r.now, series.MadeUntil = r.was, r.from
	return r.carryOver(tx, false)
}

// following is how a series follows the street's rule; false when it does not, or the street holds no market now: then what
// stands, stands.
func (s *Service) following(street models.Alliance, series models.Series) (*refit, bool, error) {
	p, err := patternOf(series.Rule)
	if err != nil || !p.ofStreet() {
		return nil, false, err
	}
	if _, err := readRule(series.Rule, street); err != nil {
		return nil, false, nil //nolint:nilerr // said above
	}
	from := later(s.Clock.Now(), p.StartsAt.UTC().Add(-time.Second))
	return &refit{s: s, street: street, zone: street.Location(), old: series, series: series, from: from, market: true}, true, nil
}

// makeDates writes the rows of a series from where they end to half a year ahead. What a rule has become impossible by (a
// street that gave up its market) makes no dates and stops nobody else's.
func (s *Service) makeDates(tx *gorm.DB, street models.Alliance, series models.Series) error {
	now := s.Clock.Now()
	until := now.Add(models.SeriesAhead)
	var slots []time.Time
	if rule, err := readRule(series.Rule, street); err == nil {
		if slots, err = moments(rule, street, later(now, series.MadeUntil), lastOf(series, until)); err != nil {
			return err
		}
	}
	rows := make([]models.Occurrence, 0, len(slots))
	for _, slot := range slots {
		rows = append(rows, dateOf(series, slot, now))
	}
	if len(rows) > 0 {
		if err := tx.Clauses(clause.OnConflict{DoNothing: true}).CreateInBatches(&rows, 200).Error; err != nil {
			return err
		}
	}
	return tx.Model(&models.Series{}).Where("id = ?", series.ID).UpdateColumns(map[string]any{"made_until": until, "updated_at": now}).Error
}

// lastOf is up to when dates of a series are made: an ended one makes none from its end on.
func lastOf(series models.Series, until time.Time) time.Time {
	if series.EndsAt != nil && series.EndsAt.Before(until) {
		return series.EndsAt.Add(-time.Second)
	}
	return until
}

func dateOf(series models.Series, slot, now time.Time) models.Occurrence {
	return models.Occurrence{
		ID: models.NewID(), AllianceID: series.AllianceID, EventID: series.EventID, StoreID: series.StoreID,
		State: models.EventStatePublished, Slot: &slot, StartsAt: slot, EndsAt: slot.Add(time.Duration(series.Minutes) * time.Minute),
		Capacity: series.Capacity, CreatedAt: now, UpdatedAt: now, Title: series.Title, Story: series.Story, Place: series.Place,
	}
}

// repeats tells whether an event comes again, or did.
func repeats(tx *gorm.DB, event models.ID) (bool, error) {
	var n int64
	err := tx.Model(&models.Occurrence{}).Where("event_id = ? AND slot IS NOT NULL", event).Limit(1).Count(&n).Error
	return n > 0, err
}

func orRepeats(err error) error {
	if err != nil {
		return err
	}
	return ErrRepeats
}
