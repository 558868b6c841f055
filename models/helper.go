package models

import "time"

var _ = table(&HelperAnswer{}, &HelperQuestion{})

// HelperAnswer is what a store, or the street (StoreID zero), has taught the helper: words of a question, and the
// answer to it.
type HelperAnswer struct {
	ID         ID `gorm:"primaryKey"`
	AllianceID ID
	StoreID    ID
	Words      []string `gorm:"serializer:json"` // any of them in a question calls the answer
	Text       string
	CreatedAt  time.Time
	UpdatedAt  time.Time
}

// TableName implements gorm's Tabler.
func (HelperAnswer) TableName() string { return "helper_answers" }

// QuestionState says how a question to a person stands.
type QuestionState string

// The states of a question.
const (
	QuestionOpen     QuestionState = "open"
	QuestionReplied  QuestionState = "answered"
	QuestionSetAside QuestionState = "set_aside" // nothing to answer
)

// HelperQuestion is what the helper could not answer: it waits for a store's staff, or for the coordinator (StoreID
// zero). The member who asked gets the answer as a letter.
type HelperQuestion struct {
	ID         ID `gorm:"primaryKey"`
	AllianceID ID
	StoreID    ID
	MemberID   ID
	Text       string
	State      QuestionState
	Answer     string
	AnsweredBy ID
	AnsweredAt *time.Time
	CreatedAt  time.Time
}

// TableName implements gorm's Tabler.
func (HelperQuestion) TableName() string { return "helper_questions" }
