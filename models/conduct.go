package models

import "time"

var _ = table(&ConductRules{}, &ConductTerm{}, &ConductCase{}, &ConductReport{}, &ConductStrike{}, &ConductStanding{}, &ConductBlock{}, &ConductModerator{}, &ConductLine{})

// StrikeDays is how long a strike counts.
const StrikeDays = 90

// StrikesOut is the strike that puts its author out: the ones before it take points.
const StrikesOut = 3

// ConductRules are what a street agreed on for its talk. Fine is in points; SlowMinutes is how long somebody waits
// between two posts, 0 is not at all.
type ConductRules struct {
	AllianceID   ID   `gorm:"primaryKey"`
	HoldDoubtful bool // what a rule is not sure of waits for a moderator; else it is shown and looked at
	FirstReview  bool // the first post of a neighbour waits
	SlowMinutes  int
	Fine         int64
	RulesOff     []string `gorm:"serializer:json"` // common rules that do not hold in this street
	UpdatedBy    ID
	UpdatedAt    time.Time
}

// TableName implements gorm's Tabler.
func (ConductRules) TableName() string { return "conduct_rules" }

// ConductTerm is a word of the street's own list: Does is "ad", "review" or "ok". One that is not active only stands there.
type ConductTerm struct {
	ID         ID `gorm:"primaryKey"`
	AllianceID ID
	Word       string
	Does       string
	Active     bool
	AddedBy    ID
	CreatedAt  time.Time
}

// TableName implements gorm's Tabler.
func (ConductTerm) TableName() string { return "conduct_terms" }

// CaseState is where a case stands.
type CaseState string

// A case is open while it is held (not shown) or shown (and looked at); the other three are decided.
const (
	CaseHeld    CaseState = "held"
	CaseShown   CaseState = "shown"
	CasePassed  CaseState = "passed"
	CaseStruck  CaseState = "struck"
	CaseRemoved CaseState = "removed"
)

// Open tells whether somebody still has to decide.
func (s CaseState) Open() bool { return s == CaseHeld || s == CaseShown }

// ConductCase is one post or comment that a rule or neighbours stopped at; there is one a text at most. SubjectID is the
// id of the post or comment, also of one that is not shown yet; PostID is the post that a comment stands under. Draft is
// what the feed needs to show it.
type ConductCase struct {
	ID         ID `gorm:"primaryKey"`
	AllianceID ID
	SubjectID  ID
	Kind       string // "post" or "comment"
	PostID     ID
	AccountID  ID
	MemberID   ID
	StoreID    ID
	Feed       string
	Text       string
	Draft      string
	Why        string // "rule", "first" or "report"
	Rule       string
	Evidence   string
	State      CaseState
	Reports    int
	CreatedAt  time.Time
	DecidedAt  *time.Time
	DecidedBy  ID     // zero: the rule
	Reason     string // what a moderator said of the decision
}

// TableName implements gorm's Tabler.
func (ConductCase) TableName() string { return "conduct_cases" }

// ConductReport is one neighbour's word against a text: at most one.
type ConductReport struct {
	CaseID     ID `gorm:"primaryKey"`
	AccountID  ID `gorm:"primaryKey"`
	AllianceID ID
	Reason     string
	CreatedAt  time.Time
}

// TableName implements gorm's Tabler.
func (ConductReport) TableName() string { return "conduct_reports" }

// AppealState is where an appeal stands.
type AppealState string

// A strike is appealed once at most.
const (
	AppealNone    AppealState = "none"
	AppealOpen    AppealState = "open"
	AppealGranted AppealState = "granted"
	AppealRefused AppealState = "refused"
)

// ConductStrike is an advert held against its author, one a case. Nth counts those that were alive then; Points is what
// was taken, as many as there were. DecidedBy is zero where a rule was sure.
type ConductStrike struct {
	ID         ID `gorm:"primaryKey"`
	AllianceID ID
	CaseID     ID
	AccountID  ID
	MemberID   ID
	Nth        int
	Points     int64
	Text       string
	Rule       string
	Evidence   string
	DecidedBy  ID
	CreatedAt  time.Time
	ExpiresAt  time.Time
	Appeal     string
	AppealedAt *time.Time
	State      AppealState
	AnsweredBy ID
	AnsweredAt *time.Time
	Answer     string
}

// TableName implements gorm's Tabler.
func (ConductStrike) TableName() string { return "conduct_strikes" }

// ConductStanding is how an account stands in the talk. Its row is what strikes of one author wait for.
type ConductStanding struct {
	AllianceID ID `gorm:"primaryKey"`
	AccountID  ID `gorm:"primaryKey"`
	MutedUntil *time.Time
	MutedWhy   string
	LastPostAt *time.Time
	Passed     bool // somebody looked at a first post and let it through
}

// TableName implements gorm's Tabler.
func (ConductStanding) TableName() string { return "conduct_standings" }

// ConductBlock hides what one account says from another.
type ConductBlock struct {
	AllianceID ID `gorm:"primaryKey"`
	AccountID  ID `gorm:"primaryKey"` // who does not want to see
	BlockedID  ID `gorm:"primaryKey"`
	CreatedAt  time.Time
}

// TableName implements gorm's Tabler.
func (ConductBlock) TableName() string { return "conduct_blocks" }

// ConductModerator is a member who looks after the talk.
type ConductModerator struct {
	AllianceID ID `gorm:"primaryKey"`
	AccountID  ID `gorm:"primaryKey"`
	MemberID   ID
	GrantedBy  ID
	CreatedAt  time.Time
}

// TableName implements gorm's Tabler.
func (ConductModerator) TableName() string { return "conduct_moderators" }

// ConductLine is one line of the trail: who did what about whom. By is zero for the rules.
type ConductLine struct {
	ID         ID `gorm:"primaryKey"`
	AllianceID ID
	At         time.Time
	ByID       ID
	What       string
	AccountID  ID
	CaseID     ID
	Feed       string // where it happened; empty: it concerns the street
	Words      string // what it is about: a text, a word, a time
	Why        string // the reason: a moderator's, or the rule and what it found
}

// TableName implements gorm's Tabler.
func (ConductLine) TableName() string { return "conduct_lines" }
