package models

import "time"

var _ = table(&EventPaper{})

// PaperKind says what an organiser keeps.
type PaperKind string

// The kinds of papers.
const (
	PaperDraft    PaperKind = "draft"    // an event that is not in the calendar yet
	PaperTemplate PaperKind = "template" // to make events from, again and again
)

// EventPaper is an event as its organiser has written it so far: a draft, or a template. It stands in no calendar and nobody
// signs up by it; publishing a draft makes an event of it.
type EventPaper struct {
	ID         ID `gorm:"primaryKey"`
	AllianceID ID
	StoreID    ID
	Kind       PaperKind
	Title      string
	Story      string
	Place      string
	Capacity   int
	StartsAt   *time.Time
	EndsAt     *time.Time
	Terms      SignUpTerms `gorm:"serializer:json"`
	Bring      string
	Pictures   []Picture `gorm:"serializer:json"`
	Pattern    string    // JSON of how it comes again; empty: once
	CreatedBy  ID
	CreatedAt  time.Time
	UpdatedAt  time.Time `gorm:"autoUpdateTime:false"`
}

// TableName implements gorm's Tabler.
func (EventPaper) TableName() string { return "event_papers" }

// PapersMax is how many drafts and templates a store keeps.
const PapersMax = 100

// Check names what is too long or cannot be, as ErrInvalid; what is missing is no fault of a draft.
func (p EventPaper) Check() error {
	plan := EventPlan{Title: p.Title, Story: p.Story, Place: p.Place, Capacity: p.Capacity, StartsAt: time.Unix(1, 0), EndsAt: time.Unix(2, 0)}
	if plan.Title == "" {
		plan.Title = "-"
	}
	if plan.Place == "" {
		plan.Place = "-"
	}
	if err := plan.Check(time.Unix(0, 0)); err != nil {
		return err
	}
	if p.Kind != PaperDraft && p.Kind != PaperTemplate {
		return ErrInvalid.Field("/kind", Text{ZH: "草稿还是样子，选一个", EN: "Choose draft or template"})
	}
	if err := CheckBring(p.Bring); err != nil {
		return err
	}
	return p.Terms.Check()
}
