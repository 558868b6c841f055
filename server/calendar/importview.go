package calendar

import (
	"context"
	"encoding/json"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/calendar/almanac"
	"onestreet/server/calendar/intake"
	"onestreet/server/calendar/recur"
	"onestreet/server/platform/web"
)

// CalendarImportView is a calendar that is brought along, as its store sees it.
type CalendarImportView struct {
	ID        models.ID               `json:"id"`
	Host      models.StoreRef         `json:"host" doc:"of what comes: the store, or the street itself"`
	FileName  string                  `json:"file_name"`
	Source    string                  `json:"source" enum:"ICS,CSV,XLSX"`
	Encoding  string                  `json:"encoding" enum:"UTF-8,UTF-16,GB18030,XLSX"`
	State     string                  `json:"state" enum:"preview,done,undone"`
	Columns   []models.CalendarColumn `json:"columns" nullable:"false" doc:"of a table; a calendar has none"`
	Notes     []ImportProblem         `json:"notes" nullable:"false" doc:"what is said of the file as a whole"`
	Counts    models.CalendarCounts   `json:"counts"`
	AtOnce    int                     `json:"at_once" doc:"so many entries are brought in at most"`
	Results   []BroughtView           `json:"results" nullable:"false" doc:"what came of the chosen entries, once it is done"`
	CreatedAt time.Time               `json:"created_at"`
	UndoUntil *time.Time              `json:"undo_until,omitempty" doc:"until then what it brought can be taken back"`
	Undone    []UndoneView            `json:"undone" nullable:"false" doc:"what became of what it had brought, once it is taken back"`
}

// UndoneView is an entry of an import that was taken back.
type UndoneView struct {
	Line       int       `json:"line"`
	Title      string    `json:"title"`
	Outcome    Left      `json:"outcome" enum:"removed,restored,left"`
	Occurrence models.ID `json:"occurrence_id,omitzero" required:"false" doc:"the next date of the event, when there still is one"`
	Code       string    `json:"code,omitempty" enum:"has_guests,in_use,changed_here,newer_file,gone"`
	Why        string    `json:"why,omitempty" doc:"why it was left as it is"`
}

// ImportProblem is what is wrong with an entry, or was left out or supposed.
type ImportProblem struct {
	Code   string `json:"code"`
	Column string `json:"column,omitempty" doc:"the column's header, or the property of the calendar"`
	Fault  bool   `json:"fault,omitempty" doc:"for this it cannot come"`
	Text   string `json:"text" doc:"in the language of Accept-Language"`
}

// BroughtView is an entry that was chosen and what came of it.
type BroughtView struct {
	Line       int       `json:"line"`
	Title      string    `json:"title"`
	Outcome    Outcome   `json:"outcome" enum:"published,draft,updated,cancelled,unchanged,refused"`
	Occurrence models.ID `json:"occurrence_id,omitzero" required:"false" doc:"the next date of the event"`
	Paper      models.ID `json:"paper_id,omitzero" required:"false" doc:"the draft"`
	Why        string    `json:"why,omitempty"`
}

// CalendarRowView is an entry of the file with what it would be here.
type CalendarRowView struct {
	Line     int                     `json:"line" doc:"of the file, from 1"`
	State    models.CalendarRowState `json:"state" enum:"new,changed,unchanged,past,cancelled,repeated,faulty"`
	Title    string                  `json:"title"`
	Place    string                  `json:"place"`
	StartsAt *time.Time              `json:"starts_at,omitempty" doc:"the next date"`
	EndsAt   *time.Time              `json:"ends_at,omitempty"`
	AllDay   bool                    `json:"all_day"`
	Lunar    string                  `json:"lunar" doc:"of the next date, such as 九月初八"`
	Repeats  bool                    `json:"repeats"`
	Next     []time.Time             `json:"next" nullable:"false" doc:"of one that comes again: its next dates"`
	Dates    int                     `json:"dates" doc:"within half a year"`
	Capacity int                     `json:"capacity" doc:"0: the file does not say"`
	Choose   bool                    `json:"choose" doc:"it can come and nothing speaks against it"`
	SameAs   int                     `json:"same_as_line,omitempty"`
	Problems []ImportProblem         `json:"problems" nullable:"false"`
}

func problemViews(list []intake.Problem, locale string) []ImportProblem {
	views := make([]ImportProblem, 0, len(list))
	for _, p := range list {
		views = append(views, ImportProblem{Code: p.Code, Column: p.Column, Fault: p.Fault, Text: p.Text.In(locale)})
	}
	return views
}

func (s *Service) importView(ctx context.Context, imp models.CalendarImport) (CalendarImportView, error) {
	refs, err := s.Pool.Hosts(ctx, imp.AllianceID)
	if err != nil {
		return CalendarImportView{}, err
	}
	v := CalendarImportView{
		ID: imp.ID, Host: refs[imp.StoreID], FileName: imp.FileName, Source: imp.Source, Encoding: imp.Encoding, State: "preview",
		Columns: imp.Columns, Counts: imp.Counts, AtOnce: models.CalendarAtOnce, Results: []BroughtView{}, CreatedAt: imp.CreatedAt, Undone: []UndoneView{},
	}
	if v.Columns == nil {
		v.Columns = []models.CalendarColumn{}
	}
	var notes []intake.Problem
	if err := json.Unmarshal([]byte(imp.Notes), &notes); err != nil {
		return v, err
	}
	v.Notes = problemViews(notes, web.Locale(ctx))
	if imp.DoneAt != nil {
		v.State = "done"
		v.UndoUntil = s.undoUntil(imp)
		v.Results, err = s.broughtViews(ctx, imp)
	}
	if err == nil && imp.Undone != nil {
		v.State = "undone"
		v.Undone, err = s.undoneViews(ctx, *imp.Undone)
	}
	return v, err
}

// undoUntil is until when an import can be taken back; nil when it is too late.
func (s *Service) undoUntil(imp models.CalendarImport) *time.Time {
	until := imp.UndoUntil()
	if until == nil || !s.Clock.Now().Before(*until) {
		return nil
	}
	return until
}

func (s *Service) undoneViews(ctx context.Context, text string) ([]UndoneView, error) {
	var list []Undone
	if err := json.Unmarshal([]byte(text), &list); err != nil {
		return nil, err
	}
	var events []models.ID
	for _, u := range list {
		events = append(events, u.Event)
	}
	next, err := s.nextDates(s.DB.Read(ctx), events)
	views := make([]UndoneView, 0, len(list))
	for _, u := range list {
		views = append(views, UndoneView{Line: u.Line, Title: u.Title, Outcome: u.Outcome, Occurrence: next[u.Event], Code: u.Code, Why: whyLeft[u.Code].In(web.Locale(ctx))})
	}
	return views, err
}

// TakenIn lists the calendars that a desk's store has brought in and can still take back, the newest first.
func (s *Service) TakenIn(ctx context.Context, desk Desk) ([]CalendarImportView, error) {
	var list []models.CalendarImport
	err := s.DB.Read(ctx).Where("alliance_id = ? AND store_id = ? AND undone_at IS NULL AND done_at > ?", desk.Alliance, desk.Store, s.Clock.Now().Add(-models.CalendarUndo)).
		Order("done_at DESC, id DESC").Limit(20).Find(&list).Error
	views := make([]CalendarImportView, 0, len(list))
	for i := 0; err == nil && i < len(list); i++ {
		var v CalendarImportView
		v, err = s.importView(ctx, list[i])
		views = append(views, v)
	}
	return views, err
}

// broughtViews shows what came of an import, each with the date to go to.
func (s *Service) broughtViews(ctx context.Context, imp models.CalendarImport) ([]BroughtView, error) {
	var came []Brought
	if err := json.Unmarshal([]byte(imp.Result), &came); err != nil {
		return nil, err
	}
	var events []models.ID
	for _, b := range came {
		events = append(events, b.Event)
	}
	next, err := s.nextDates(s.DB.Read(ctx), events)
	views := make([]BroughtView, 0, len(came))
	for _, b := range came {
		v := BroughtView{Line: b.Line, Title: b.Title, Outcome: b.Outcome, Occurrence: next[b.Event], Paper: b.Paper}
		if b.Why != nil {
			v.Why = b.Why.In(web.Locale(ctx))
		}
		views = append(views, v)
	}
	return views, err
}

// nextDates are the next dates of events; of those that are over, the last.
func (s *Service) nextDates(r *gorm.DB, events []models.ID) (map[models.ID]models.ID, error) {
	var dates []models.Occurrence
	err := r.Select("id, event_id, ends_at").Where("event_id IN ?", events).Order("starts_at, id").Find(&dates).Error
	next, now := map[models.ID]models.ID{}, s.Clock.Now()
	over := map[models.ID]bool{}
	for _, o := range dates {
		if _, has := next[o.EventID]; !has || over[o.EventID] {
			next[o.EventID], over[o.EventID] = o.ID, o.Over(now)
		}
	}
	return next, err
}

// ImportedCalendar shows an import of the desk's store. Error: not_found.
func (s *Service) ImportedCalendar(ctx context.Context, desk Desk, id models.ID) (CalendarImportView, error) {
	imp, err := desk.looked(s.DB.Read(ctx), id)
	if err != nil {
		return CalendarImportView{}, err
	}
	return s.importView(ctx, imp)
}

// CalendarRows lists the entries of an import in the file's order; state is empty for all. Errors: not_found, cursor.
func (s *Service) CalendarRows(ctx context.Context, desk Desk, id models.ID, state models.CalendarRowState, cursor string, limit int) (web.Page[CalendarRowView], error) {
	var page web.Page[CalendarRowView]
	var after int
	if err := web.DecodeCursor(cursor, &after); err != nil {
		return page, err
	}
	street, err := s.Pool.Alliance(ctx, desk.Alliance)
	if err != nil {
		return page, err
	}
	if _, err := desk.looked(s.DB.Read(ctx), id); err != nil {
		return page, err
	}
	find := s.DB.Read(ctx).Where("import_id = ? AND line > ?", id, after)
	if state != "" {
		find = find.Where("state = ?", state)
	}
	var rows []models.CalendarImportRow
	if err := find.Order("line").Limit(limit + 1).Find(&rows).Error; err != nil {
		return page, err
	}
	next := ""
	if len(rows) > limit {
		rows, next = rows[:limit], web.EncodeCursor(rows[limit-1].Line)
	}
	views := make([]CalendarRowView, 0, len(rows))
	for _, row := range rows {
		v, err := rowView(row, street.Location(), web.Locale(ctx))
		if err != nil {
			return page, err
		}
		views = append(views, v)
	}
	return web.NewPage(views, next), nil
}

func rowView(row models.CalendarImportRow, zone *time.Location, locale string) (CalendarRowView, error) {
	var l look
	if err := json.Unmarshal([]byte(row.Entry), &l); err != nil {
		return CalendarRowView{}, err
	}
	v := CalendarRowView{
		Line: row.Line, State: row.State, Title: l.Title, Place: l.Place, AllDay: l.AllDay, Repeats: l.Repeat != nil, Dates: l.Dates,
		Next: []time.Time{}, Capacity: l.Capacity, Choose: row.State.Takes() && !l.Private, SameAs: l.SameAs, Problems: problemViews(l.Problems, locale),
	}
	at := l.StartsAt
	if len(l.Next) > 0 {
		at = l.Next[0]
	}
	if v.Repeats && len(l.Next) > 0 {
		v.Next = l.Next
	}
	if !at.IsZero() {
		v.StartsAt = &at
		if end := at.Add(l.EndsAt.Sub(l.StartsAt)); end.After(at) {
			v.EndsAt = &end
		}
		v.Lunar = recur.SeeDay(almanac.At(at, zone), locale).Name
	}
	return v, nil
}
