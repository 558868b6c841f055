package calendar

import (
	"reflect"
	"time"

	"gorm.io/gorm/clause"

	"onestreet/models"
	"onestreet/server/calendar/almanac"
	"onestreet/server/calendar/intake"
	"onestreet/server/platform/db"
)

// update changes what an entry became where the file says something else than it said before. What was changed here by hand, and
// stands in the file as it did, stays.
func (w *writer) update(l look, came models.ImportedEvent) error {
	before := said(came)
	if came.EventID.IsZero() {
		return w.updateDraft(l, came.PaperID)
	}
	e := w.events[came.EventID]
	var err error
	if l.Repeat == nil {
		err = w.s.change(w.tx, &e, w.changeOf(before, l.Entry))
	} else {
		err = w.updateSeries(before, l.Entry, e)
	}
	if err != nil || l.Fee == before.Fee {
		return err
	}
	terms, err := termsOf(w.tx, e.ID, e.AllianceID)
	if err != nil {
		return err
	}
	terms = w.terms(terms, l.Fee)
	return w.tx.Clauses(clause.OnConflict{UpdateAll: true}).Create(&terms).Error
}

func (w *writer) updateDraft(l look, id models.ID) error {
	row := w.paper(l)
	return w.tx.Model(&models.EventPaper{}).Where("id = ? AND store_id = ?", id, w.desk.Store).
		Select("Title", "Story", "Place", "StartsAt", "EndsAt", "Pattern", "UpdatedAt").Updates(&row).Error
}

// changeOf is what differs between two words of an entry.
func (w *writer) changeOf(before, now intake.Entry) Change {
	was, is := eventPlan(before, before.StartsAt, w.name, 0), eventPlan(now, now.StartsAt, w.name, 0)
	c := Change{
		Title: differs(was.Title, is.Title), Story: differs(was.Story, is.Story), Place: differs(was.Place, is.Place),
		StartsAt: differs(was.StartsAt, is.StartsAt), EndsAt: differs(was.EndsAt, is.EndsAt),
	}
	if now.Capacity > 0 {
		c.Capacity = differs(was.Capacity, is.Capacity)
	}
	if c.StartsAt != nil || c.EndsAt != nil { // a date is moved as a whole
		c.StartsAt, c.EndsAt = &is.StartsAt, &is.EndsAt
	}
	return c
}

// differs is the new value, or nil when it is the old one.
func differs[T comparable](was, is T) *T {
	if was == is {
		return nil
	}
	return &is
}

func (w *writer) updateSeries(before, now intake.Entry, e models.Event) error {
	c := w.changeOf(before, now)
	change := SeriesChange{Title: c.Title, Story: c.Story, Place: c.Place, Capacity: c.Capacity}
	change.Minutes = differs(minutesOf(before), minutesOf(now))
	if !before.StartsAt.Equal(now.StartsAt) || !reflect.DeepEqual(before.Repeat, now.Repeat) {
		p := patternFrom(now)
		change.Pattern = &p
	}
	if err := w.moveBack(before, now, e); err != nil {
		return err
	}
	if !reflect.DeepEqual(change, SeriesChange{}) {
		if _, err := w.s.changeSeries(w.tx, w.street, w.desk, e.ID, change); err != nil {
			return err
		}
	}
	return w.updateDates(before, now, e.ID)
}

func minutesOf(e intake.Entry) int { return int(e.EndsAt.Sub(e.StartsAt).Minutes()) }

// moveBack lets dates that the file does not move any more be as their rule says.
func (w *writer) moveBack(before, now intake.Entry, e models.Event) error {
	still := map[almanac.Date]bool{}
	for _, m := range now.Moved {
		still[almanac.At(m.Of, w.street.Location())] = true
	}
	for _, m := range before.Moved {
		if still[almanac.At(m.Of, w.street.Location())] || m.Off || !m.Of.After(w.now) {
			continue
		}
		back := models.Occurrence{StartsAt: m.Of, EndsAt: m.Of.Add(before.EndsAt.Sub(before.StartsAt)), State: models.EventStatePublished}
		if _, err := w.updateDate(e, m.Of, back); err != nil {
			return err
		}
	}
	return nil
}

// updateDates brings the dates that are not as their rule says to what the file says of them now.
func (w *writer) updateDates(before, now intake.Entry, event models.ID) error {
	e, err := db.Find[models.Event](w.tx, "id = ?", event)
	if err != nil {
		return err
	}
	was := movedBy(before)
	for _, m := range now.Moved {
		if old, there := was[m.Of.Unix()]; there && reflect.DeepEqual(old, m) || !later(m.Of, m.EndsAt).After(w.now) {
			continue
		}
		there, err := w.updateDate(e, m.Of, ownDate(now, m))
		if err == nil && !there {
			err = w.makeDate(e, m.Of, ownDate(now, m))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func movedBy(e intake.Entry) map[int64]intake.Moved {
	list := make(map[int64]intake.Moved, len(e.Moved))
	for _, m := range e.Moved {
		list[m.Of.Unix()] = m
	}
	return list
}

// updateDate gives a date of a series what the file says of it; false when there is no such date yet. What was called off here, or is
// over, stays.
func (w *writer) updateDate(e models.Event, slot time.Time, to models.Occurrence) (there bool, err error) {
	var found []models.Occurrence
	if err := db.Lock(w.tx).Where("event_id = ? AND slot = ?", e.ID, slot).Find(&found).Error; err != nil || len(found) == 0 {
		return false, err
	}
	o := found[0]
	switch {
	case o.State == models.EventStateCancelled || o.Over(w.now):
		return true, nil
	case to.State == models.EventStateCancelled:
		return true, w.s.callOffWhere(w.tx, e, w.tx.Where("id = ?", o.ID))
	}
	next := o
	next.StartsAt, next.EndsAt, next.Title, next.Story, next.Place = to.StartsAt, to.EndsAt, to.Title, to.Story, to.Place
	return true, w.s.replace(w.tx, e, e, o, next)
}

// makeDate makes a date that is not as its rule says before its turn: the series will not make it again.
func (w *writer) makeDate(e models.Event, slot time.Time, to models.Occurrence) error {
	series, err := db.Find[models.Series](w.tx, "event_id = ?", e.ID)
	if err != nil {
		return err
	}
	row := dateOf(series, slot, w.now)
	row.StartsAt, row.EndsAt, row.State, row.Title, row.Story, row.Place = to.StartsAt, to.EndsAt, to.State, to.Title, to.Story, to.Place
	return w.tx.Create(&row).Error
}
