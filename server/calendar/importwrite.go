package calendar

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/calendar/intake"
	"onestreet/server/platform/db"
)

// BringAs says what entries become.
type BringAs string

// What they become.
const (
	BringPublished BringAs = "published"
	BringDraft     BringAs = "draft"
)

// Bring is what somebody chooses of a calendar.
type Bring struct {
	Lines    []int
	As       BringAs
	Capacity int // places of what does not say
}

// Outcome is what came of an entry.
type Outcome string

// The outcomes.
const (
	OutcomePublished Outcome = "published"
	OutcomeDraft     Outcome = "draft"
	OutcomeUpdated   Outcome = "updated"
	OutcomeCancelled Outcome = "cancelled"
	OutcomeUnchanged Outcome = "unchanged"
	OutcomeRefused   Outcome = "refused"
)

// Brought is one entry and what came of it.
type Brought struct {
	Line    int          `json:"line"`
	Title   string       `json:"title"`
	Outcome Outcome      `json:"outcome"`
	Event   models.ID    `json:"event,omitzero"`
	Paper   models.ID    `json:"paper,omitzero"`
	Code    string       `json:"code,omitempty"`
	Why     *models.Text `json:"why,omitempty"`
}

// BringIn makes events, or drafts, of chosen entries in one transaction. What came before is changed where the file says something
// newer. A second time gets what came of the first: nothing comes twice. An entry that cannot be changed any more (fewer places than
// are taken) is left as it is, and its outcome says why.
// Errors: not_found, store_suspended, invalid, import_none_chosen, import_many_chosen, import_lines, too_many_papers.
func (s *Service) BringIn(ctx context.Context, desk Desk, id models.ID, b Bring) (models.CalendarImport, error) {
	var imp models.CalendarImport
	if err := b.check(); err != nil {
		return imp, err
	}
	j, err := s.judge(ctx, desk)
	if err != nil {
		return imp, err
	}
	err = s.DB.Tx(ctx, func(tx *gorm.DB) (err error) {
		if imp, err = desk.looked(db.Lock(tx), id); err != nil || imp.DoneAt != nil {
			return err
		}
		if err := desk.takeTurns(tx); err != nil {
			return err
		}
		w := &writer{s: s, tx: tx, desk: desk, judge: j, imp: &imp, Bring: b}
		return w.write()
	})
	return imp, err
}

// takeTurns lets two files of one host wait for each other: an entry may be in both.
func (d Desk) takeTurns(tx *gorm.DB) error {
	if d.street() {
		_, err := db.Find[models.Alliance](db.Lock(tx).Select("id"), "id = ?", d.Alliance)
		return err
	}
	_, err := db.Find[models.Store](db.Lock(tx).Select("id"), "id = ?", d.Store)
	return err
}

func (b Bring) check() error {
	wrong := models.ErrInvalid
	if b.As != BringPublished && b.As != BringDraft {
		wrong = wrong.Field("/as", models.Text{ZH: "直接发布还是先存草稿，选一个", EN: "Publish them, or keep them as drafts?"})
	}
	if b.Capacity < 1 || b.Capacity > models.EventCapacityMax {
		wrong = wrong.Field("/capacity", models.Text{ZH: "位子要在 1 到 10000 之间", EN: "Places must be between 1 and 10,000"})
	}
	switch {
	case len(wrong.Fields) > 0:
		return wrong
	case len(b.Lines) == 0:
		return ErrImportNone
	case len(b.Lines) > models.CalendarAtOnce:
		return ErrImportMany.With(models.CalendarAtOnce).At("/lines")
	}
	return nil
}

// writer writes what was chosen of an import.
type writer struct {
	Bring
	*judge
	s    *Service
	tx   *gorm.DB
	desk Desk
	imp  *models.CalendarImport
	news bool // few enough for the street's feed
}

func (w *writer) write() error {
	var rows []models.CalendarImportRow
	lines := slices.Compact(slices.Sorted(slices.Values(w.Lines)))
	if err := w.tx.Where("import_id = ? AND line IN ?", w.imp.ID, lines).Order("line").Find(&rows).Error; err != nil {
		return err
	}
	if len(rows) != len(lines) {
		return ErrImportLines
	}
	entries := make([]intake.Entry, len(rows))
	for i, row := range rows {
		if err := json.Unmarshal([]byte(row.Entry), &entries[i]); err != nil {
			return err
		}
	}
	if err := w.remember(w.tx, entries); err != nil {
		return err
	}
	w.column, w.news = columnsOf(w.imp.Columns), len(rows) <= models.CalendarNewsMost
	return w.all(rows, entries)
}

func (w *writer) all(rows []models.CalendarImportRow, entries []intake.Entry) error {
	came := make([]Brought, 0, len(rows))
	for i, e := range entries {
		e.Problems = faultsOf(e.Problems)
		b, err := w.one(e, rows[i].State)
		if err != nil {
			return err
		}
		came = append(came, b)
	}
	now := w.s.Clock.Now()
	w.imp.Result, w.imp.DoneAt = asJSON(came), &now
	if err := w.tx.Save(w.imp).Error; err != nil {
		return err
	}
	return w.tx.Where("import_id = ?", w.imp.ID).Delete(&models.CalendarImportRow{}).Error
}

// faultsOf are what the file itself is at fault for; the rest is judged anew.
func faultsOf(list []intake.Problem) []intake.Problem {
	return slices.DeleteFunc(list, func(p intake.Problem) bool { return !p.Fault })
}

// one writes an entry by what it is now: time has passed since the look, and another file may have brought it.
func (w *writer) one(e intake.Entry, seen models.CalendarRowState) (Brought, error) {
	b := Brought{Line: e.Line, Title: e.Title, Outcome: OutcomeUnchanged}
	if !seen.Takes() {
		b.Code = string(seen)
		return b, nil
	}
	l, state := w.of(e)
	b.Event = l.Event
	if !state.Takes() {
		b.Code = string(state)
		return b, nil
	}
	err := db.Part(w.tx, func(tx *gorm.DB) (err error) {
		part := *w
		part.tx = tx
		b, err = part.bring(l, state, b)
		return err
	})
	var refused *models.Error
	if errors.As(err, &refused) && !errors.Is(err, ErrManyPapers) {
		return Brought{Line: e.Line, Title: e.Title, Outcome: OutcomeRefused, Event: l.Event, Code: refused.Code, Why: &refused.Text}, nil
	}
	return b, err
}

func (w *writer) bring(l look, state models.CalendarRowState, b Brought) (Brought, error) {
	came := w.imported(l)
	err := w.keepBefore(l, state, came)
	if err != nil {
		return b, err
	}
	switch {
	case state == models.CalendarNew && w.As == BringDraft:
		came.PaperID, err = w.draft(l)
		b.Outcome, b.Paper = OutcomeDraft, came.PaperID
	case state == models.CalendarNew:
		came.EventID, err = w.publish(l)
		b.Outcome, b.Event = OutcomePublished, came.EventID
	case l.Off:
		e := w.events[came.EventID]
		b.Outcome, err = OutcomeCancelled, w.s.cancel(w.tx, &e)
	default:
		b.Outcome, b.Paper, err = OutcomeUpdated, came.PaperID, w.update(l, came)
	}
	if err != nil {
		return b, err
	}
	came.Said, came.Sequence, came.ImportID, came.UpdatedAt = asJSON(saying(l.Entry)), l.Sequence, w.imp.ID, w.now
	came.ModifiedAt = nil
	if !l.Modified.IsZero() {
		came.ModifiedAt = &l.Modified
	}
	return b, w.tx.Save(&came).Error
}

// imported is what is remembered of an entry, new when it comes for the first time.
func (w *writer) imported(l look) models.ImportedEvent {
	if came, known := w.known[string(uidHash(l.UID))]; known {
		return came
	}
	return models.ImportedEvent{ID: models.NewID(), AllianceID: w.desk.Alliance, StoreID: w.desk.Store, UIDHash: uidHash(l.UID), CreatedAt: w.now}
}

func (w *writer) publish(l look) (models.ID, error) {
	plan := eventPlan(l.Entry, l.Next[0], w.name, w.Capacity)
	var e models.Event
	var err error
	if l.Repeat == nil {
		e, err = w.s.putEvent(w.tx, w.desk, plan, w.news)
	} else {
		e, err = w.s.putSeries(w.tx, w.street, w.desk, Repeated{plan, patternFrom(l.Entry)}, w.news, w.ownDates(l)...)
	}
	if err != nil || l.Fee.Kind == "" {
		return e.ID, err
	}
	terms := w.terms(models.DefaultTerms(e.ID, e.AllianceID), l.Fee)
	return e.ID, w.tx.Create(&terms).Error
}

func (w *writer) terms(t models.SignUpTerms, fee intake.Fee) models.SignUpTerms {
	if fee.Kind != "" {
		t.Fee, t.Points, t.Price = fee.Kind, fee.Points, fee.Price
	}
	return t
}

// ownDates are the dates to come of a series that are not as its rule says.
func (w *writer) ownDates(l look) (list []models.Occurrence) {
	for _, m := range l.Moved {
		if later(m.Of, m.EndsAt).After(w.now) {
			list = append(list, ownDate(l.Entry, m))
		}
	}
	return list
}

func ownDate(e intake.Entry, m intake.Moved) models.Occurrence {
	o := models.Occurrence{Slot: &m.Of, StartsAt: m.StartsAt, EndsAt: m.EndsAt, State: models.EventStatePublished, Title: m.Title, Story: m.Story, Place: m.Place}
	if m.Off {
		o.StartsAt, o.EndsAt, o.State = m.Of, m.Of.Add(e.EndsAt.Sub(e.StartsAt)), models.EventStateCancelled
	}
	return o
}

// draft keeps an entry as a draft. A series' dates that were moved become exceptions and extra dates of its rule.
func (w *writer) draft(l look) (models.ID, error) {
	var kept int64
	if err := w.tx.Model(&models.EventPaper{}).Where("store_id = ?", w.desk.Store).Count(&kept).Error; err != nil {
		return models.ID{}, err
	}
	if kept >= models.PapersMax {
		return models.ID{}, ErrManyPapers
	}
	row := w.paper(l)
	row.ID, row.AllianceID, row.StoreID, row.Kind = models.NewID(), w.desk.Alliance, w.desk.Store, models.PaperDraft
	row.CreatedBy, row.CreatedAt = w.desk.Account, w.now
	return row.ID, w.tx.Create(&row).Error
}

func (w *writer) paper(l look) models.EventPaper {
	plan := eventPlan(l.Entry, l.Next[0], w.name, w.Capacity)
	row := models.EventPaper{
		Title: plan.Title, Story: plan.Story, Place: plan.Place, Capacity: plan.Capacity, StartsAt: &plan.StartsAt, EndsAt: &plan.EndsAt,
		Terms: w.terms(models.DefaultTerms(models.ID{}, w.desk.Alliance), l.Fee), Pictures: []models.Picture{}, UpdatedAt: w.now,
	}
	if l.Repeat != nil {
		p := withMoved(l.Entry)
		row.Pattern = kept(&p)
	}
	return row
}

// withMoved is a pattern that gives the very dates of an entry, those that were moved too.
func withMoved(e intake.Entry) Pattern {
	p := patternFrom(e)
	zone, err := time.LoadLocation(cmp.Or(p.Zone, "UTC"))
	if err != nil {
		return p
	}
	for _, m := range e.Moved {
		p.Except = append(p.Except, m.Of.In(zone).Format(time.DateOnly))
		if !m.Off {
			p.Extra = append(p.Extra, m.StartsAt.In(zone).Format(wallForm))
		}
	}
	return p
}
