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
)

// judge says what entries of another calendar would be here.
type judge struct {
	street models.Alliance
	host   models.ID // the store that is to hold them, or the street itself
	name   string    // the host's
	now    time.Time
	known  map[string]models.ImportedEvent // what came before, by the hash of its UID
	events map[models.ID]models.Event      // that it became
	papers map[models.ID]bool              // drafts that still are
	column func(pointer string) string     // under which column of the file a field stands
}

// looked is an entry with what it would be here.
type look struct {
	intake.Entry
	Dates int         `json:"dates,omitempty"` // within half a year
	Next  []time.Time `json:"next,omitempty"`  // the first of them
	Event models.ID   `json:"event,omitzero"`  // that it became before
}

const nextShown = 3

func (s *Service) judge(ctx context.Context, desk Desk) (*judge, error) {
	street, err := s.openStreet(ctx, desk)
	if err != nil {
		return nil, err
	}
	name, err := s.Pool.HostName(ctx, desk.Alliance, desk.Store)
	return &judge{street: street, host: desk.Store, name: name, now: s.Clock.Now()}, err
}

// rows judges a file's entries and counts them.
func (j *judge) rows(r *gorm.DB, imp *models.CalendarImport, file intake.File) ([]models.CalendarImportRow, error) {
	if err := j.remember(r, file.Entries); err != nil {
		return nil, err
	}
	j.column = columnsOf(imp.Columns)
	rows := make([]models.CalendarImportRow, 0, len(file.Entries))
	for _, e := range file.Entries {
		l, state := j.of(e)
		imp.Counts.Add(state)
		rows = append(rows, models.CalendarImportRow{ID: models.NewID(), AllianceID: imp.AllianceID, ImportID: imp.ID, Line: e.Line, State: state, Entry: asJSON(l)})
	}
	return rows, nil
}

// remember reads what of the entries came before, and what has become of it.
func (j *judge) remember(r *gorm.DB, entries []intake.Entry) error {
	j.known, j.events, j.papers = map[string]models.ImportedEvent{}, map[models.ID]models.Event{}, map[models.ID]bool{}
	for part := range slices.Chunk(entries, 500) {
		hashes := make([][]byte, 0, len(part))
		for _, e := range part {
			hashes = append(hashes, uidHash(e.UID))
		}
		if err := j.rememberThese(r, hashes); err != nil {
			return err
		}
	}
	return nil
}

func (j *judge) rememberThese(r *gorm.DB, hashes [][]byte) error {
	var came []models.ImportedEvent
	if err := r.Where("store_id = ? AND uid_hash IN ?", j.host, hashes).Find(&came).Error; err != nil || len(came) == 0 {
		return err
	}
	var events, papers []models.ID
	for _, c := range came {
		j.known[string(c.UIDHash)] = c
		events, papers = append(events, c.EventID), append(papers, c.PaperID)
	}
	var found []models.Event
	if err := r.Where("id IN ?", events).Find(&found).Error; err != nil {
		return err
	}
	for _, e := range found {
		j.events[e.ID] = e
	}
	var drafts []models.ID
	err := r.Model(&models.EventPaper{}).Where("id IN ?", papers).Pluck("id", &drafts).Error
	for _, id := range drafts {
		j.papers[id] = true
	}
	return err
}

// pointers are the fields of a plan as a calendar's properties and a table's fields name them.
var pointers = map[string][2]string{
	"/title": {"SUMMARY", "title"}, "/story": {"DESCRIPTION", "story"}, "/place": {"LOCATION", "place"}, "/capacity": {"", "capacity"},
	"/starts_at": {"DTSTART", "date"}, "/ends_at": {"DTEND", "end"}, "/rule": {"RRULE", "repeat"}, "/tzid": {"DTSTART", "repeat"},
}

func columnsOf(columns []models.CalendarColumn) func(string) string {
	return func(pointer string) string {
		names := pointers[pointer]
		if len(columns) == 0 {
			return names[0]
		}
		i := slices.IndexFunc(columns, func(c models.CalendarColumn) bool { return c.Field == names[1] })
		if i < 0 {
			return ""
		}
		return columns[i].Header
	}
}

// of judges one entry.
func (j *judge) of(e intake.Entry) (look, models.CalendarRowState) {
	l := look{Entry: e}
	came, known := j.known[string(uidHash(e.UID))]
	l.Event = came.EventID
	switch {
	case e.SameAs > 0:
		return l, models.CalendarRepeated
	case e.Off && known:
		return l, j.ofOff(&l, came)
	case e.Off:
		return l, models.CalendarCancelled
	case e.Faulty():
		return l, models.CalendarFaulty
	}
	if past := l.plan(j); past {
		return l, models.CalendarPast
	}
	if l.Faulty() {
		return l, models.CalendarFaulty
	}
	if known {
		return l, j.ofKnown(&l, came)
	}
	return l, models.CalendarNew
}

// ofOff is what becomes of an entry that the other calendar has called off since it came.
func (j *judge) ofOff(l *look, came models.ImportedEvent) models.CalendarRowState {
	e, isEvent := j.events[came.EventID]
	if isEvent && e.State == models.EventStatePublished && !said(came).Off {
		l.Problems = append(l.Problems, remark("would_cancel"))
		return models.CalendarChanged
	}
	return models.CalendarUnchanged
}

// ofKnown is what becomes of an entry that came before.
func (j *judge) ofKnown(l *look, came models.ImportedEvent) models.CalendarRowState {
	before := said(came)
	e, isEvent := j.events[came.EventID]
	older := l.Sequence < came.Sequence || l.Sequence == came.Sequence && came.ModifiedAt != nil && l.Modified.Before(*came.ModifiedAt)
	switch {
	case asJSON(saying(l.Entry)) == came.Said:
		return models.CalendarUnchanged
	case older:
		l.Problems = append(l.Problems, remark("file_older"))
	case isEvent && e.State == models.EventStateCancelled:
		l.Problems = append(l.Problems, remark("cancelled_here"))
	case !isEvent && !j.papers[came.PaperID]:
		l.Problems = append(l.Problems, remark("draft_gone"))
	case isEvent && (before.Repeat == nil) != (l.Repeat == nil):
		l.Problems = append(l.Problems, intake.Refused("kind_changed", j.column("/rule"), words["kind_changed"]))
		return models.CalendarFaulty
	default:
		l.Problems = append(l.Problems, remark("would_change"))
		return models.CalendarChanged
	}
	return models.CalendarUnchanged
}

// saying is what a file says of an event, without where and when it says it.
func saying(e intake.Entry) intake.Entry {
	e.Line, e.Sequence, e.Modified, e.SameAs, e.Problems = 0, 0, time.Time{}, 0, nil
	return e
}

// said is what a file said of an event when it came.
func said(came models.ImportedEvent) intake.Entry {
	var e intake.Entry
	_ = json.Unmarshal([]byte(came.Said), &e) // written by saying
	return e
}

// plan works out an entry's dates to come and says what of it cannot stand. It is true when all of it is past.
func (l *look) plan(j *judge) (past bool) {
	if l.Place == "" {
		l.Problems = append(l.Problems, remark("place_supposed"))
	}
	if l.Repeat == nil {
		if !l.StartsAt.After(j.now) {
			return true
		}
		l.Dates, l.Next = 1, []time.Time{l.StartsAt}
	} else if past = l.dates(j); past || l.Faulty() {
		return past
	}
	l.refuse(j, eventPlan(l.Entry, l.Next[0], j.name, 1).Check(j.now))
	return false
}

// dates are those of an entry that comes again, those that were moved among them.
func (l *look) dates(j *judge) (past bool) {
	began := !l.StartsAt.After(j.now)
	rule, err := patternFrom(l.Entry).checked(j.street, j.now)
	if err != nil && !(errors.Is(err, ErrNoDates) && began) {
		l.refuse(j, err)
		return false
	}
	var times []time.Time
	if err == nil {
		from := later(j.now, l.StartsAt.Add(-time.Second))
		times, err = moments(rule, j.street, from, from.AddDate(1, 0, 0))
		l.refuse(j, err)
	}
	for _, m := range l.Moved {
		times = slices.DeleteFunc(times, m.Of.Equal)
		if !m.Off && m.StartsAt.After(j.now) {
			times = append(times, m.StartsAt)
		}
		if !m.Off && (!m.EndsAt.After(m.StartsAt) || m.EndsAt.Sub(m.StartsAt) > models.EventLengthMax) {
			l.refuse(j, models.ErrInvalid.Field("/ends_at", words["moved_length"]))
		}
	}
	slices.SortFunc(times, time.Time.Compare)
	for _, t := range times {
		if t.Before(j.now.Add(models.SeriesAhead)) {
			l.Dates++
		}
	}
	l.Next = times[:min(nextShown, len(times))]
	return len(times) == 0
}

// refuse says each field of a refusal as a fault of the entry.
func (l *look) refuse(j *judge, err error) {
	var refused *models.Error
	if !errors.As(err, &refused) {
		return
	}
	if len(refused.Fields) == 0 {
		refused = refused.At("/rule")
	}
	for _, f := range refused.Fields {
		l.Problems = append(l.Problems, intake.Refused(refused.Code, j.column(f.Pointer), f.Text))
	}
}

// eventPlan is an entry as a plan of its date at a time. Without a place of its own it is at the host's.
func eventPlan(e intake.Entry, at time.Time, host string, capacity int) models.EventPlan {
	return models.EventPlan{
		Title: e.Title, Story: e.Story, Place: cmp.Or(e.Place, host), Capacity: cmp.Or(e.Capacity, capacity),
		StartsAt: at, EndsAt: at.Add(e.EndsAt.Sub(e.StartsAt)),
	}.Trimmed()
}

func patternFrom(e intake.Entry) Pattern {
	r := e.Repeat
	return Pattern{Rule: r.Rule, Zone: r.Zone, StartsAt: e.StartsAt, Until: r.Until, Count: r.Count, Except: r.Except, Extra: r.Extra}
}
