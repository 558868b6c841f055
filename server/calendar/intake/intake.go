// Package intake reads the calendar that a shop or a street had before: an .ics file from a phone, Outlook, Google or WeCom, or a
// table of events (CSV, XLSX) with a line for each. It says of every event what it would become here, when, where and how often,
// what was left out of it, and why it cannot come where it cannot. It knows no database: what is here already is for others to say.
//
//	.ics  → lines → components → zones → events, each with its dates that were moved
//	table → rows of cells → header → events: "每周六 9:00", "农历三月十五", "逢三六九"
//
// Times are told in the street's zone where the file names none. Rules are only taken apart here; package recur reads them.
package intake

import (
	"bytes"
	"time"

	"onestreet/models"
)

// Most is how many events a file may have, past ones and broken ones included.
const Most = 10_000

// What a file is.
const (
	ICS  = "ICS"
	CSV  = "CSV"
	XLSX = "XLSX"
)

// Street is where the events are to come.
type Street struct {
	Zone *time.Location
	Now  time.Time
}

// File is a whole file as read.
type File struct {
	Source   string // ICS, CSV or XLSX
	Encoding string // "UTF-8", "UTF-16", "GB18030" or "XLSX"
	Columns  []models.CalendarColumn
	Entries  []Entry
	Notes    []Problem // what is said of the file as a whole
}

// Entry is one event of the file, as it would come into the calendar.
type Entry struct {
	Line     int       `json:"line"` // of the file, from 1
	UID      string    `json:"uid"`
	Sequence int       `json:"sequence,omitempty"`
	Modified time.Time `json:"modified,omitzero"` // zero: the file does not say
	Off      bool      `json:"off,omitempty"`     // cancelled
	Private  bool      `json:"private,omitempty"`
	Title    string    `json:"title"`
	Story    string    `json:"story,omitempty"`
	Place    string    `json:"place,omitempty"`
	StartsAt time.Time `json:"starts_at,omitzero"` // UTC; the first date of one that comes again
	EndsAt   time.Time `json:"ends_at,omitzero"`
	AllDay   bool      `json:"all_day,omitempty"`
	Capacity int       `json:"capacity,omitempty"` // 0: the file does not say
	Fee      Fee       `json:"fee,omitzero"`
	Repeat   *Repeat   `json:"repeat,omitempty"`
	Moved    []Moved   `json:"moved,omitempty"`
	SameAs   int       `json:"same_as,omitempty"` // the line that says the same, or a newer thing, of the same event
	Problems []Problem `json:"problems,omitempty"`
}

// Fee is what the file says of the price; Kind is empty where it says nothing.
type Fee struct {
	Kind   models.Fee `json:"kind,omitempty"`
	Points int64      `json:"points,omitempty"`
	Price  int64      `json:"price,omitempty"` // fen
}

// Repeat is how an event comes again, in the calendar's own words.
type Repeat struct {
	Rule   string   `json:"rule"`            // RRULE without its end, or a market rule in JSON
	Zone   string   `json:"zone"`            // by whose clock
	Until  string   `json:"until,omitempty"` // YYYY-MM-DD
	Count  int      `json:"count,omitempty"`
	Except []string `json:"except,omitempty"` // YYYY-MM-DD, or with an hour where it is not the rule's
	Extra  []string `json:"extra,omitempty"`  // 2006-01-02T15:04:05
}

// Moved is a date of a series that is not as its rule says: at another time, with other words, or off.
type Moved struct {
	Of       time.Time `json:"of"` // the moment that the rule gave
	StartsAt time.Time `json:"starts_at,omitzero"`
	EndsAt   time.Time `json:"ends_at,omitzero"`
	Off      bool      `json:"off,omitempty"`
	Title    string    `json:"title,omitempty"` // where it has its own
	Story    string    `json:"story,omitempty"`
	Place    string    `json:"place,omitempty"`
}

// Faulty tells whether the entry cannot come as it is.
func (e Entry) Faulty() bool {
	for _, p := range e.Problems {
		if p.Fault {
			return true
		}
	}
	return false
}

func (e *Entry) note(p Problem) { e.Problems = append(e.Problems, p) }

// Read reads a file. Errors: import_empty, import_file (neither a calendar nor a table), import_old_excel, import_header (no
// column of titles, or none of dates), import_no_events (a calendar of other things), import_rows (more than Most).
func Read(data []byte, street Street) (File, error) {
	var f File
	var err error
	if isCalendar(data) {
		f, err = readICS(data, street)
	} else {
		f, err = readTable(data, street)
	}
	if err == nil && len(f.Entries) > Most {
		err = ErrRows.With(Most)
	}
	if err != nil {
		return File{}, err
	}
	markSame(f.Entries)
	return f, nil
}

// isCalendar tells an .ics file by its first line, whatever its name and encoding.
func isCalendar(data []byte) bool {
	head := bytes.ReplaceAll(data[:min(len(data), 4096)], []byte{0}, nil)
	return bytes.Contains(bytes.ToUpper(head), []byte("BEGIN:VCALENDAR"))
}

// markSame lets the newest word of an event stand; where several are as new, the first.
func markSame(entries []Entry) {
	best := map[string]int{}
	for i := range entries {
		kept, seen := best[entries[i].UID]
		if !seen {
			best[entries[i].UID] = i
			continue
		}
		if entries[i].newer(entries[kept]) {
			best[entries[i].UID], kept, i = i, i, kept
		}
		entries[i].SameAs = entries[kept].Line
	}
}

// newer tells whether an entry is a later word of the same event than another (RFC 5546, 2.1.5).
func (e Entry) newer(than Entry) bool {
	if e.Sequence != than.Sequence {
		return e.Sequence > than.Sequence
	}
	return e.Modified.After(than.Modified)
}
