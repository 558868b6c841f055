package models

import "time"

// PlanColumn is what a persona speaks of.
type PlanColumn string

// The columns of a content plan.
const (
	PlanProduct   PlanColumn = "product"   // what the shop has
	PlanCustomers PlanColumn = "customers" // those who come
	PlanPersonal  PlanColumn = "personal"  // the human behind the counter
)

// PlanColumns are all columns, in the order of the board.
var PlanColumns = []PlanColumn{PlanProduct, PlanCustomers, PlanPersonal}

// Known tells whether there is such a column.
func (c PlanColumn) Known() bool {
	return c == PlanProduct || c == PlanCustomers || c == PlanPersonal
}

// PlanState is where an item of the plan stands: draft ⇄ scheduled → published; or refused by the street's rules, and then
// edited back to a draft.
type PlanState string

// The states of an item.
const (
	PlanDraft     PlanState = "draft"
	PlanScheduled PlanState = "scheduled"
	PlanPublished PlanState = "published"
	PlanRefused   PlanState = "refused"
)

// PlanItem is a post of a store's persona before it is one: drafted by any of the staff, published by the owner. The post has
// the item's id, and its photos are under it from the beginning.
type PlanItem struct {
	ID          ID `gorm:"primaryKey"`
	AllianceID  ID
	StoreID     ID
	Pillar      PlanColumn
	Text        string
	State       PlanState
	DueAt       *time.Time
	DraftedBy   ID
	EditedBy    ID
	ReleasedBy  ID // the owner who scheduled or published it
	PublishedAt *time.Time
	Why         string // the code of the refusal
	Version     int64
	CreatedAt   time.Time
	UpdatedAt   time.Time `gorm:"autoUpdateTime:false"`
}

// TableName implements gorm's Tabler.
func (PlanItem) TableName() string { return "plan_items" }

// PlanSpan is how far back and ahead a plan's balance looks; planEnough is how many items it takes to say something.
const (
	PlanSpan   = 28 * 24 * time.Hour
	planEnough = 4
)

// PlanHint is what a plan's balance says: Missing is the column that is silent, TooMuch the one that talks over the others;
// both are empty where the plan is balanced, or too short to tell.
type PlanHint struct {
	Missing PlanColumn
	TooMuch PlanColumn
}

// PlanBalance weighs what a persona has said and is going to say. A column that has more than three fifths is too much; of
// the silent ones the first is missing.
func PlanBalance(counts map[PlanColumn]int64) PlanHint {
	var all int64
	for _, c := range PlanColumns {
		all += counts[c]
	}
	var hint PlanHint
	if all < planEnough {
		return hint
	}
	for _, c := range PlanColumns {
		if counts[c] == 0 && hint.Missing == "" {
			hint.Missing = c
		}
		if 5*counts[c] > 3*all {
			hint.TooMuch = c
		}
	}
	return hint
}
