package calendar

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// Taking an import back, within a day: what it made is taken out of the calendar as if it had never come, so that it may come again; what
// it changed goes back to what it was. Whatever people have signed up to stays, and so does what somebody has worked on since. Sign-ups
// lock a date's row and so does this: whoever is first decides, and who comes second is told.

// Left says what became of an entry when its import was taken back.
type Left string

// What becomes of them.
const (
	LeftRemoved  Left = "removed"
	LeftRestored Left = "restored"
	LeftAsIs     Left = "left"
)

// Undone is one entry of an import that was taken back. Code says why it was left.
type Undone struct {
	Line    int       `json:"line"`
	Title   string    `json:"title"`
	Outcome Left      `json:"outcome"`
	Event   models.ID `json:"event,omitzero"`
	Code    string    `json:"code,omitempty"`
}

// TakeBack undoes an import. A second time gets what came of the first. Errors: not_found, import_not_done, import_undo_late.
func (s *Service) TakeBack(ctx context.Context, desk Desk, id models.ID) (models.CalendarImport, error) {
	var imp models.CalendarImport
	return imp, s.DB.Tx(ctx, func(tx *gorm.DB) (err error) {
		imp, err = desk.looked(db.Lock(tx), id)
		now := s.Clock.Now()
		switch {
		case err != nil || imp.UndoneAt != nil:
			return err
		case imp.DoneAt == nil:
			return ErrUndoNothing
		case !now.Before(*imp.UndoUntil()):
			return ErrUndoLate
		}
		if err := desk.takeTurns(tx); err != nil {
			return err
		}
		list, err := (&undoing{s: s, tx: tx, imp: imp, now: now}).all()
		if err != nil {
			return err
		}
		text := asJSON(list)
		imp.Undone, imp.UndoneAt = &text, &now
		return tx.Save(&imp).Error
	})
}

// undoing takes one import back.
type undoing struct {
	s   *Service
	tx  *gorm.DB
	imp models.CalendarImport
	now time.Time
}

func (u *undoing) all() ([]Undone, error) {
	var rows []models.ImportedBefore
	if err := u.tx.Where("import_id = ?", u.imp.ID).Order("line").Find(&rows).Error; err != nil {
		return nil, err
	}
	came, err := u.lock(rows)
	list := make([]Undone, 0, len(rows))
	for i := 0; err == nil && i < len(rows); i++ {
		var one Undone
		if one, err = u.one(rows[i], came[rows[i].ImportedID]); err == nil {
			list = append(list, one)
		}
	}
	if err != nil {
		return nil, err
	}
	return list, u.tx.Where("import_id = ?", u.imp.ID).Delete(&models.ImportedBefore{}).Error
}

// lock reads what the entries are known by, and locks the dates of them all, in the order of their ids as sign-ups do.
func (u *undoing) lock(rows []models.ImportedBefore) (map[models.ID]models.ImportedEvent, error) {
	ids := make([]models.ID, len(rows))
	for i, row := range rows {
		ids[i] = row.ImportedID
	}
	var list []models.ImportedEvent
	if err := u.tx.Where("id IN ?", ids).Find(&list).Error; err != nil {
		return nil, err
	}
	came := make(map[models.ID]models.ImportedEvent, len(list))
	events := make([]models.ID, 0, len(list))
	for _, c := range list {
		came[c.ID] = c
		events = append(events, c.EventID)
	}
	var locked []models.ID
	return came, db.Lock(u.tx).Model(&models.Occurrence{}).Where("event_id IN ?", events).Order("id").Pluck("id", &locked).Error
}

func (u *undoing) one(row models.ImportedBefore, came models.ImportedEvent) (Undone, error) {
	out := Undone{Line: row.Line, Title: row.Title, Outcome: LeftAsIs, Event: came.EventID}
	if came.ImportID != u.imp.ID {
		out.Code = "newer_file"
		return out, nil
	}
	is, err := beforeOf(u.tx, came)
	if err != nil {
		return out, err
	}
	was, err := wasOf(row)
	if err != nil {
		return out, err
	}
	if out.Code, err = u.holds(is, came); err != nil || out.Code != "" {
		return out, err
	}
	if was == nil {
		out.Outcome, out.Event = LeftRemoved, models.ID{}
		return out, u.remove(is)
	}
	out.Outcome = LeftRestored
	return out, u.restore(is, *was)
}

// holds says what speaks against taking an entry back, or nothing.
func (u *undoing) holds(is snapshot, came models.ImportedEvent) (string, error) {
	since := later(*u.imp.DoneAt, came.UpdatedAt)
	switch {
	case is.Paper == nil && is.Event.ID.IsZero():
		return "gone", nil
	case is.Paper != nil && is.Paper.UpdatedAt.After(since):
		return "changed_here", nil
	case is.Paper != nil:
		return "", nil
	}
	changed := is.Event.UpdatedAt.After(since)
	for _, o := range is.Dates {
		if o.Taken > 0 || o.Waiting > 0 || o.Unnamed > 0 {
			return "has_guests", nil
		}
		changed = changed || o.UpdatedAt.After(since) && !o.CreatedAt.After(since)
	}
	if changed {
		return "changed_here", nil
	}
	return u.used(is)
}

func (u *undoing) used(is snapshot) (string, error) {
	var hosts, doors int64
	if err := u.tx.Model(&models.EventHost{}).Where("event_id = ?", is.Event.ID).Count(&hosts).Error; err != nil {
		return "", err
	}
	if err := u.tx.Model(&models.Door{}).Where("occurrence_id IN ?", idsOf(is.Dates)).Count(&doors).Error; err != nil {
		return "", err
	}
	if hosts+doors > 0 {
		return "in_use", nil
	}
	return "", nil
}

// remove takes an entry out as if it had never come.
func (u *undoing) remove(is snapshot) error {
	if err := u.tx.Where("id = ?", is.Imported.ID).Delete(&models.ImportedEvent{}).Error; err != nil {
		return err
	}
	if is.Paper != nil {
		return u.tx.Where("id = ?", is.Paper.ID).Delete(&models.EventPaper{}).Error
	}
	for _, row := range []any{&models.Occurrence{}, &models.Series{}, &models.SignUpTerms{}} {
		if err := u.tx.Where("event_id = ?", is.Event.ID).Delete(row).Error; err != nil {
			return err
		}
	}
	if err := u.tx.Where("id = ?", is.Event.ID).Delete(&models.Event{}).Error; err != nil {
		return err
	}
	return u.s.Outbox.Add(u.tx, u.imp.AllianceID, models.EventEventWithdrawn, models.EventChanged{EventID: is.Event.ID})
}

// restore gives an entry back what it was. Calendar programs are told: their copies count the changes.
func (u *undoing) restore(is, was snapshot) error {
	was.Imported.UpdatedAt = u.now
	if err := u.tx.Save(&was.Imported).Error; err != nil {
		return err
	}
	if was.Paper != nil {
		was.Paper.UpdatedAt = u.now
		return u.tx.Save(was.Paper).Error
	}
	was.Event.Sequence, was.Event.UpdatedAt = is.Event.Sequence+1, u.now
	if err := u.tx.Save(&was.Event).Error; err != nil {
		return err
	}
	if was.Series != nil {
		was.Series.UpdatedAt = u.now
		if err := u.tx.Save(was.Series).Error; err != nil {
			return err
		}
	}
	if err := u.restoreDates(is, was); err != nil {
		return err
	}
	return u.restoreFee(is, was)
}

// restoreDates gives the dates back that were not over then. Those that the import made go: the series makes its own again.
func (u *undoing) restoreDates(is, was snapshot) error {
	now := make(map[models.ID]models.Occurrence, len(is.Dates))
	for _, o := range is.Dates {
		now[o.ID] = o
	}
	for _, o := range was.Dates {
		o.Sequence, o.UpdatedAt = max(o.Sequence, now[o.ID].Sequence)+1, u.now
		if err := u.tx.Save(&o).Error; err != nil {
			return err
		}
		delete(now, o.ID)
	}
	for id, o := range now {
		if !o.Over(*u.imp.DoneAt) {
			if err := u.tx.Where("id = ?", id).Delete(&models.Occurrence{}).Error; err != nil {
				return err
			}
		}
	}
	return nil
}

// restoreFee gives back what it cost, unless somebody has said otherwise since.
func (u *undoing) restoreFee(is, was snapshot) error {
	fee := said(is.Imported).Fee
	if is.Terms == nil || fee.Kind == "" || is.Terms.Fee != fee.Kind || is.Terms.Points != fee.Points || is.Terms.Price != fee.Price {
		return nil
	}
	terms, old := *is.Terms, models.DefaultTerms(is.Event.ID, is.Event.AllianceID)
	if was.Terms != nil {
		old = *was.Terms
	}
	terms.Fee, terms.Points, terms.Price = old.Fee, old.Points, old.Price
	return u.tx.Clauses(clause.OnConflict{UpdateAll: true}).Create(&terms).Error
}
