package calendar

import (
	"context"
	"errors"
	"slices"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/calendar/almanac"
	"onestreet/server/calendar/recur"
)

// Effect is what an edit would do: which dates change, and who is told.
type Effect struct {
	Dates   []EffectDate `json:"dates" nullable:"false" doc:"in order of time; at most 60, those for which somebody signed up first to stay on the list"`
	Changed int          `json:"changed" doc:"dates that change, go, or are called off"`
	Added   int          `json:"added" doc:"dates that come new"`
	Kept    int          `json:"kept" doc:"dates that the new rhythm lacks and that stay, because somebody signed up"`
	Told    int          `json:"told" doc:"members who get a letter: of another time or place, or that it is off"`
}

// EffectKind says what becomes of a date.
type EffectKind string

// What becomes of a date.
const (
	EffectMoved  EffectKind = "moved"  // another time or place
	EffectWords  EffectKind = "words"  // another name or text
	EffectPlaces EffectKind = "places" // more or fewer places
	EffectOff    EffectKind = "off"    // called off
	EffectGone   EffectKind = "gone"   // nobody had signed up: it is taken out
	EffectAdded  EffectKind = "added"  // comes new
	EffectKept   EffectKind = "kept"   // not in the new rhythm, but somebody signed up
)

// EffectDate is one date before and after.
type EffectDate struct {
	ID       models.ID   `json:"id"`
	What     EffectKind  `json:"what" enum:"moved,words,places,off,gone,added,kept"`
	StartsAt time.Time   `json:"starts_at" doc:"as it is now"`
	NewStart *time.Time  `json:"new_starts_at,omitempty" doc:"with what=moved"`
	SignedUp int         `json:"signed_up" doc:"members who have places"`
	Places   int         `json:"places" doc:"that they have"`
	Lunar    string      `json:"lunar" doc:"of the day on which it is then, such as 十月初六"`
	after    time.Time   // for the order
	members  []models.ID // who have places or wait
}

// effectShown bounds how many dates an effect lists.
const effectShown = 60

// errRehearsed takes a rehearsal back.
var errRehearsed = errors.New("calendar: this was a rehearsal")

// Rehearse tells what an edit (or calling off, with off) would do, by doing it and taking it back: the preview cannot differ
// from the deed. Errors as EditDate.
func (s *Service) Rehearse(ctx context.Context, desk Desk, occurrence models.ID, c Edit, off bool, locale string) (Effect, error) {
	var effect Effect
	street, err := s.openStreet(ctx, desk)
	if err != nil {
		return effect, err
	}
	err = s.DB.Tx(ctx, func(tx *gorm.DB) error {
		o, err := desk.occurrence(tx, occurrence)
		if err != nil {
			return err
		}
		before, err := s.stage(tx, o.EventID)
		if err != nil {
			return err
		}
		if off {
			_, err = s.callDatesOff(tx, desk, occurrence, c.Scope)
		} else {
			_, err = s.editDate(tx, street, desk, occurrence, c)
		}
		if err != nil {
			return err
		}
		after, err := s.stage(tx, o.EventID)
		if err != nil {
			return err
		}
		if effect, err = before.to(tx, after, street.Location(), locale); err != nil {
			return err
		}
		return errRehearsed
	})
	if errors.Is(err, errRehearsed) {
		err = nil
	}
	return effect, err
}

// stage is an event with its dates that are to come.
type stage struct {
	event models.Event
	dates []models.Occurrence
}

func (s *Service) stage(tx *gorm.DB, event models.ID) (stage, error) {
	var st stage
	if err := tx.Where("id = ?", event).Take(&st.event).Error; err != nil {
		return st, err
	}
	return st, tx.Where("event_id = ? AND ends_at > ?", event, s.Clock.Now()).Order("starts_at, id").Find(&st.dates).Error
}

// to compares a stage with what it has become.
func (st stage) to(tx *gorm.DB, after stage, zone *time.Location, locale string) (Effect, error) {
	then := map[models.ID]models.Occurrence{}
	for _, o := range after.dates {
		then[o.ID] = o
	}
	effect := Effect{Dates: []EffectDate{}}
	known := map[models.ID]bool{}
	for _, o := range st.dates {
		known[o.ID] = true
		next, there := then[o.ID]
		if what := becomes(st.event, after.event, o, next, there); what != "" {
			effect.Dates = append(effect.Dates, dateBecomes(o, next, what))
		}
	}
	for _, o := range after.dates {
		if !known[o.ID] {
			effect.Dates = append(effect.Dates, EffectDate{ID: o.ID, What: EffectAdded, StartsAt: o.StartsAt, after: o.StartsAt})
		}
	}
	slices.SortStableFunc(effect.Dates, func(a, b EffectDate) int { return a.after.Compare(b.after) })
	if err := effect.count(tx); err != nil {
		return effect, err
	}
	effect.cut()
	for i := range effect.Dates {
		effect.Dates[i].Lunar = recur.SeeDay(almanac.At(effect.Dates[i].after, zone), locale).Name
	}
	return effect, nil
}

func dateBecomes(o, next models.Occurrence, what EffectKind) EffectDate {
	d := EffectDate{ID: o.ID, What: what, StartsAt: o.StartsAt, after: o.StartsAt}
	if what == EffectMoved {
		d.NewStart, d.after = &next.StartsAt, next.StartsAt
	}
	return d
}

// becomes says what has become of a date; nothing when it is as it was.
func becomes(was, now models.Event, o, next models.Occurrence, there bool) EffectKind {
	before, after := was.On(o), now.On(next)
	switch {
	case o.State == models.EventStateCancelled:
		return ""
	case !there:
		return EffectGone
	case next.State == models.EventStateCancelled:
		return EffectOff
	case !o.StartsAt.Equal(next.StartsAt) || !o.EndsAt.Equal(next.EndsAt) || before.Place != after.Place:
		return EffectMoved
	case before.Title != after.Title || before.Story != after.Story:
		return EffectWords
	case o.Capacity != next.Capacity:
		return EffectPlaces
	case o.Slot != nil && next.Slot != nil && next.Slot.Equal(o.Slot.Add(-outside)):
		return EffectKept
	}
	return ""
}

// count adds up who has places, and how many members are told.
func (e *Effect) count(tx *gorm.DB) error {
	at, ids := map[models.ID]*EffectDate{}, make([]models.ID, len(e.Dates))
	for i := range e.Dates {
		at[e.Dates[i].ID], ids[i] = &e.Dates[i], e.Dates[i].ID
	}
	var rows []models.SignUp
	if err := tx.Where("occurrence_id IN ? AND state = ?", ids, models.SignedUp).Find(&rows).Error; err != nil {
		return err
	}
	for _, r := range rows {
		d := at[r.OccurrenceID]
		d.SignedUp, d.Places, d.members = d.SignedUp+1, d.Places+r.People(), append(d.members, r.MemberID)
	}
	var line []models.Waiter
	if err := tx.Where("occurrence_id IN ?", ids).Find(&line).Error; err != nil {
		return err
	}
	for _, w := range line {
		at[w.OccurrenceID].members = append(at[w.OccurrenceID].members, w.MemberID)
	}
	told := map[models.ID]bool{}
	for _, d := range e.Dates {
		e.add(d, told)
	}
	e.Told = len(told)
	return nil
}

func (e *Effect) add(d EffectDate, told map[models.ID]bool) {
	switch d.What {
	case EffectAdded:
		e.Added++
	case EffectKept:
		e.Kept++
	default:
		e.Changed++
	}
	if d.What == EffectMoved || d.What == EffectOff {
		for _, m := range d.members {
			told[m] = true
		}
	}
}

// cut shortens the list: dates for which somebody signed up stay on it before others.
func (e *Effect) cut() {
	if len(e.Dates) <= effectShown {
		return
	}
	room := effectShown
	for _, d := range e.Dates {
		if d.SignedUp > 0 {
			room--
		}
	}
	e.Dates = slices.DeleteFunc(e.Dates, func(d EffectDate) bool {
		if d.SignedUp > 0 {
			return false
		}
		room--
		return room < 0
	})
}
