package models

import "time"

var _ = table(&AuditRun{})

// AuditState is where an audit of a street's books stands.
type AuditState string

// The states of an audit.
const (
	AuditRunning AuditState = "running"
	AuditPassed  AuditState = "passed"
	AuditFound   AuditState = "found"  // a row does not hold
	AuditFailed  AuditState = "failed" // the books could not be read to the end
)

// AuditHour is the hour, by the street's clock, from which the clock audits the night's books.
const AuditHour = 3

// AuditRun is one audit of a street's books and what it came to. A street has one that runs at most: Running is 1 while it
// does and then NULL, unique with the alliance. The fields from Check on name the row that does not hold.
type AuditRun struct {
	ID         ID `gorm:"primaryKey"`
	AllianceID ID
	State      AuditState
	Running    *int64
	ByAccount  ID // the coordinator; zero: the clock
	StartedAt  time.Time
	EndedAt    *time.Time
	TookMs     int64
	Transfers  int64
	Accounts   int64
	Passed     string // names of the checks that hold, parted by spaces
	Check      string `gorm:"column:found_check"`
	Table      string `gorm:"column:found_table"`
	Row        string `gorm:"column:found_row"`
	Seq        int64  `gorm:"column:found_seq"`
	Problem    string
}

// TableName implements gorm's Tabler.
func (AuditRun) TableName() string { return "audits" }

// AuditDue is the last moment at or before a time at which the clock audits the street's books.
func (a Alliance) AuditDue(at time.Time) time.Time {
	local := a.Local(at)
	due := time.Date(local.Year(), local.Month(), local.Day(), AuditHour, 0, 0, 0, local.Location())
	if due.After(at) {
		due = time.Date(local.Year(), local.Month(), local.Day()-1, AuditHour, 0, 0, 0, local.Location())
	}
	return due
}
