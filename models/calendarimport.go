package models

import "time"

var _ = table(&CalendarImport{}, &CalendarImportRow{}, &ImportedEvent{}, &ImportedBefore{})

// CalendarColumn is one column of a table of events and the field that its header names; Field is empty when none does.
type CalendarColumn struct {
	Index  int    `json:"index"`
	Header string `json:"header"`
	Field  string `json:"field" enum:",title,date,time,end,end_date,duration,place,story,capacity,price,repeat,until,uid"`
	Sample string `json:"sample" doc:"the first value that is not empty"`
}

// CalendarRowState is what an entry of a calendar that is brought along would be here.
type CalendarRowState string

// The states of an entry.
const (
	CalendarNew       CalendarRowState = "new"
	CalendarChanged   CalendarRowState = "changed"   // it came before, and the file has a newer word of it
	CalendarUnchanged CalendarRowState = "unchanged" // it came before, and the file says nothing newer
	CalendarPast      CalendarRowState = "past"
	CalendarCancelled CalendarRowState = "cancelled" // called off before it came here
	CalendarRepeated  CalendarRowState = "repeated"  // the file says it twice
	CalendarFaulty    CalendarRowState = "faulty"
)

// Takes tells whether an entry in the state can be chosen.
func (s CalendarRowState) Takes() bool { return s == CalendarNew || s == CalendarChanged }

// CalendarCounts counts the entries of a file by what they would be.
type CalendarCounts struct {
	Rows      int `json:"rows"`
	New       int `json:"new"`
	Changed   int `json:"changed"`
	Unchanged int `json:"unchanged"`
	Past      int `json:"past"`
	Cancelled int `json:"cancelled"`
	Repeated  int `json:"repeated"`
	Faulty    int `json:"faulty"`
}

// Add counts an entry.
func (c *CalendarCounts) Add(state CalendarRowState) {
	c.Rows++
	n := map[CalendarRowState]*int{
		CalendarNew: &c.New, CalendarChanged: &c.Changed, CalendarUnchanged: &c.Unchanged, CalendarPast: &c.Past,
		CalendarCancelled: &c.Cancelled, CalendarRepeated: &c.Repeated, CalendarFaulty: &c.Faulty,
	}[state]
	*n++
}

// CalendarImport is a calendar that a store brings along: judged at once, written when somebody chooses what of it is to come.
type CalendarImport struct {
	ID         ID `gorm:"primaryKey"`
	AllianceID ID
	StoreID    ID // the host of what comes
	AccountID  ID
	FileName   string
	Source     string // "ICS", "CSV" or "XLSX"
	Encoding   string
	Columns    []CalendarColumn `gorm:"serializer:json;column:found_columns"` // of a table
	Notes      string           // JSON: what is said of the file as a whole
	Counts     CalendarCounts   `gorm:"embedded;embeddedPrefix:count_"`
	Result     string           // JSON: what came of it; empty until it is confirmed
	CreatedAt  time.Time
	DoneAt     *time.Time // when it was confirmed

	UndoneAt *time.Time // when it was taken back
	Undone   *string    // JSON: what became of what it had brought
}

// TableName implements gorm's Tabler.
func (CalendarImport) TableName() string { return "calendar_imports" }

// CalendarImportRow is one entry of the file as it was read and judged. The rows go when the import is confirmed or another
// file is looked at: a calendar from a phone holds more than what is meant for the street.
type CalendarImportRow struct {
	ID         ID `gorm:"primaryKey"`
	AllianceID ID
	ImportID   ID
	Line       int // of the file, from 1
	State      CalendarRowState
	Entry      string // JSON
}

// TableName implements gorm's Tabler.
func (CalendarImportRow) TableName() string { return "calendar_import_rows" }

// ImportedEvent remembers that an entry of another calendar came to a store, so that it comes once: (StoreID, UIDHash) is unique.
// Said is what the file said of it last; of a newer file, what is different from it is changed here, and nothing else.
type ImportedEvent struct {
	ID         ID `gorm:"primaryKey"`
	AllianceID ID
	StoreID    ID
	UIDHash    []byte `gorm:"column:uid_hash"` // SHA-256 of its UID in the other calendar
	EventID    ID     // the event, or
	PaperID    ID     // the draft that it became
	ImportID   ID     // that brought its last word
	Sequence   int
	ModifiedAt *time.Time // nil: the file did not say
	Said       string     // JSON
	CreatedAt  time.Time
	UpdatedAt  time.Time `gorm:"autoUpdateTime:false"`
}

// TableName implements gorm's Tabler.
func (ImportedEvent) TableName() string { return "imported_events" }

// ImportedBefore is what an entry that an import wrote was before, for as long as the import can be taken back.
type ImportedBefore struct {
	ID         ID `gorm:"primaryKey"`
	AllianceID ID
	ImportID   ID
	ImportedID ID // the ImportedEvent
	Line       int
	Title      string
	Was        string // JSON; empty: it was not here
	CreatedAt  time.Time
}

// TableName implements gorm's Tabler.
func (ImportedBefore) TableName() string { return "imported_before" }

// CalendarUndo is how long what an import brought can be taken back.
const CalendarUndo = 24 * time.Hour

// UndoUntil is until when the import can be taken back; nil: it has brought nothing, or is taken back already.
func (i CalendarImport) UndoUntil() *time.Time {
	if i.DoneAt == nil || i.UndoneAt != nil {
		return nil
	}
	until := i.DoneAt.Add(CalendarUndo)
	return &until
}

// Limits of bringing a calendar along: how many bytes a file has, how many of its entries come at once, and up to how many of them are
// news on the street's feed.
const (
	CalendarFileMax  = 8 << 20
	CalendarAtOnce   = 200
	CalendarNewsMost = 3
)
