package models

import "time"

var _ = table(&Objection{})

// ObjectionState says where an objection stands.
type ObjectionState string

// The states of an objection. Once it is not open it never changes again.
//
//	open ──┬── a coordinator decides for this store ── upheld
//	       ├── … for another ── rejected
//	       └── the store takes it back, or leaves the street ── withdrawn
const (
	ObjectionOpen      ObjectionState = "open"
	ObjectionUpheld    ObjectionState = "upheld"
	ObjectionRejected  ObjectionState = "rejected"
	ObjectionWithdrawn ObjectionState = "withdrawn"
)

// The bounds of what people say in a case, in characters.
const (
	SayAtLeast = 8
	SayAtMost  = 400
)

// DecideDays is how long a coordinator has once a case is ripe, before it is marked as overdue.
const DecideDays = 7

// AnswerDays is how long the origin store has for its answer; before that, or the answer, nobody decides.
const AnswerDays = 7

// Objection is one store's word against another's credit for a member. Reason, answer and decision are written once each
// and stay; triggers of the database hold it. A store objects to one referral once.
type Objection struct {
	ID         ID `gorm:"primaryKey"`
	AllianceID ID
	ReferralID ID
	Round      int64 // of the referral when the objection was made
	StoreID    ID    // that objects
	OriginID   ID    // that had the credit then, and may answer
	AccountID  ID    // who wrote it
	Reason     string
	State      ObjectionState
	At         time.Time
	AnswerBy   time.Time // an answer before this moment is waited for
	Answer     string
	AnsweredBy ID
	AnsweredAt *time.Time
	Decision   string // the coordinator's reason
	DecidedFor ID     // the store that has the credit by the decision
	DecidedBy  ID     // account; of a withdrawn one, who took it back: zero when the store left
	DecidedAt  *time.Time
}

// TableName implements gorm's Tabler.
func (Objection) TableName() string { return "objections" }

// AnswerBy is the end of the time in which an objection made at a moment may be answered.
func AnswerBy(at time.Time) time.Time { return at.Add(AnswerDays * 24 * time.Hour) }

// Answerable tells whether the origin store may still say its side: once, to the last moment of the seventh day.
func (o Objection) Answerable(now time.Time) bool {
	return o.State == ObjectionOpen && o.AnsweredAt == nil && now.Before(o.AnswerBy)
}

// Ripe tells whether a coordinator may decide: the origin store has answered, or its time is over.
func (o Objection) Ripe(now time.Time) bool {
	return o.State == ObjectionOpen && (o.AnsweredAt != nil || !now.Before(o.AnswerBy))
}

// Overdue tells whether a coordinator has let a ripe case wait for more than a week.
func (o Objection) Overdue(now time.Time) bool {
	since := o.AnswerBy
	if o.AnsweredAt != nil {
		since = *o.AnsweredAt
	}
	return o.State == ObjectionOpen && !now.Before(since.Add(DecideDays*24*time.Hour))
}
