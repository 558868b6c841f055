package models

import "time"

var _ = table(&Import{}, &ImportRow{})

// ImportState is where an import stands.
type ImportState string

// The states of an import.
const (
	ImportPreview ImportState = "preview" // read and judged; nothing else is written yet
	ImportRunning ImportState = "running" // being written, batch by batch; a crash goes on where it stopped
	ImportDone    ImportState = "done"
	ImportFailed  ImportState = "failed"
)

// ImportColumn is one column of the file and the field that its header names; Field is empty when none does.
type ImportColumn struct {
	Index  int    `json:"index"`
	Header string `json:"header"`
	Field  string `json:"field" enum:",name,phone,last_purchase,total_spent,purchases,tags,note"`
	Sample string `json:"sample" doc:"the first value that is not empty"`
}

// ImportCounts counts the rows of a file by what they are. Valid is New + Known.
type ImportCounts struct {
	Rows      int `json:"rows"`
	Valid     int `json:"valid"`
	New       int `json:"new"`
	Known     int `json:"known"`
	Duplicate int `json:"duplicate"`
	Invalid   int `json:"invalid"`
}

// ImportResult counts what an import did to the store's customers.
type ImportResult struct {
	Invited   int `json:"invited" doc:"people who got an invitation"`
	Updated   int `json:"updated" doc:"people the store knew already and now knows more of"`
	Unchanged int `json:"unchanged"`
}

// Import is one file of a store's customers: judged at once, written when the store says so.
type Import struct {
	ID         ID `gorm:"primaryKey"`
	AllianceID ID
	StoreID    ID
	AccountID  ID
	FileName   string
	Encoding   string // "UTF-8", "UTF-16", "GB18030" or "XLSX"
	State      ImportState
	Columns    []ImportColumn `gorm:"serializer:json;column:found_columns"`
	Counts     ImportCounts   `gorm:"embedded;embeddedPrefix:count_"`
	Done       int            // rows written, of Counts.Valid
	Attempts   int            // batches that failed in a row
	CreatedAt  time.Time
	StartedAt  *time.Time
	EndedAt    *time.Time
}

// TableName implements gorm's Tabler.
func (Import) TableName() string { return "imports" }

// RowState is what a row of an imported file is.
type RowState string

// The states of a row.
const (
	RowNew       RowState = "new"
	RowKnown     RowState = "known"     // this store has the phone already
	RowDuplicate RowState = "duplicate" // the phone stands further up in the same file
	RowInvalid   RowState = "invalid"
)

// ImportRow is one row of a file as it was read. Person is the JSON of what is to be written; it is emptied when it has
// been, so that the customers table is the only place that keeps it.
type ImportRow struct {
	ID          ID `gorm:"primaryKey"`
	AllianceID  ID
	ImportID    ID
	Line        int // of the file, from 1
	State       RowState
	Name        string
	PhoneMasked string
	PhoneHash   []byte // nil when the phone could not be read
	Problem     string // code of what is wrong; on a valid row, of what was left out
	Detail      string // what stood there
	SameAsLine  int    // the first line with this phone, for duplicates
	Person      string
	Outcome     string // "invited", "updated" or "unchanged" once written
}

// TableName implements gorm's Tabler.
func (ImportRow) TableName() string { return "import_rows" }
