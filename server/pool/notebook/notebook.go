// Package notebook reads a shop's own book of customers, whatever program it comes from: CSV in UTF-8, UTF-16 or
// GB18030 with any of three separators, or an Excel workbook. It finds the columns by their headers, reads each phone,
// date and amount in the forms that people use, and says of every row whether it can be taken, repeats one above, or
// is wrong and why. It knows no database: whom the store knows already is for others to say.
//
//	bytes → text or workbook → rows of cells → header → people → judged rows
package notebook

import (
	"errors"
	"fmt"

	"onestreet/models"
	"onestreet/server/platform/sheet"
)

const (
	maxRows = 20_000
	maxName = 40
	maxNote = 500
	maxTag  = 20
	maxTags = 20
)

// Person is what one row says of a customer.
type Person struct {
	Phone        string   `json:"phone"` // E.164
	Name         string   `json:"name,omitempty"`
	LastPurchase string   `json:"last_purchase,omitempty"` // local date, 2026-01-21
	Spent        int64    `json:"spent,omitempty"`         // fen
	Purchases    int      `json:"purchases,omitempty"`
	Tags         []string `json:"tags,omitempty"`
	Note         string   `json:"note,omitempty"`
}

// Row is a row of the file as judged. State is RowNew, RowDuplicate or RowInvalid. Problem is the code of what is
// wrong; on a row that is taken, of what was left out of it.
type Row struct {
	Line    int // of the file, from 1
	State   models.RowState
	Person  Person
	Problem string
	Detail  string // what stood in the cell
	SameAs  int    // the first line with this phone, for a duplicate
}

// Sheet is a whole file.
type Sheet struct {
	Encoding string // "UTF-8", "UTF-16", "GB18030" or "XLSX"
	Columns  []models.ImportColumn
	Rows     []Row
}

// Read reads a file. Errors: import_empty, import_file (no table in it), import_old_excel, import_header (no column of
// phones found), import_rows (more than 20,000).
func Read(data []byte) (Sheet, error) {
	lines, encoding, err := sheet.Open(data, maxRows+sheet.HeaderDepth)
	switch {
	case errors.Is(err, sheet.ErrEmpty):
		return Sheet{}, ErrEmpty
	case errors.Is(err, ErrRows):
		return Sheet{}, ErrRows.With(maxRows)
	case err != nil:
		return Sheet{}, err
	}
	columns, body, err := header(lines)
	if err != nil {
		return Sheet{}, err
	}
	if len(body) > maxRows {
		return Sheet{}, ErrRows.With(maxRows)
	}
	book := Sheet{Encoding: encoding, Columns: make([]models.ImportColumn, len(columns)), Rows: make([]Row, 0, len(body))}
	for i, c := range columns {
		book.Columns[i] = models.ImportColumn(c)
	}
	for _, l := range body {
		book.Rows = append(book.Rows, read(l, columns))
	}
	markDuplicates(book.Rows)
	return book, nil
}

func read(l sheet.Line, columns sheet.Columns) Row {
	row := Row{Line: l.Number, State: models.RowNew}
	for _, c := range columns {
		if c.Field != "" && c.Field != fieldPhone {
			row.take(c.Field, sheet.Tidy(l.At(&c)))
		}
	}
	cell := sheet.Tidy(l.At(columns.Of(fieldPhone)))
	phone, problem := readPhone(cell)
	if problem != "" {
		row.State, row.Problem, row.Detail = models.RowInvalid, problem, sheet.Clip(cell, maxName)
		return row
	}
	row.Person.Phone = phone
	return row
}

// take reads one cell into the person; what cannot be read is left out, and the row says so.
func (r *Row) take(field, cell string) {
	if cell == "" {
		return
	}
	p, problem := &r.Person, ""
	switch field {
	case fieldName:
		p.Name, problem = clipped(cell, maxName)
	case fieldNote:
		p.Note, problem = clipped(cell, maxNote)
	case fieldTags:
		p.Tags = readTags(cell)
	case fieldLast:
		p.LastPurchase, problem = readDate(cell)
	case fieldSpent:
		p.Spent, problem = readMoney(cell)
	case fieldPurchases:
		p.Purchases, problem = readCount(cell)
	}
	if problem != "" && r.Problem == "" {
		r.Problem, r.Detail = problem, sheet.Clip(cell, maxName)
	}
}

// markDuplicates lets the first line with a phone stand for all of them; what later lines know and it does not, it gets.
func markDuplicates(rows []Row) {
	first := map[string]*Row{}
	for i := range rows {
		r := &rows[i]
		if r.State == models.RowInvalid {
			continue
		}
		kept, seen := first[r.Person.Phone]
		if !seen {
			first[r.Person.Phone] = r
			continue
		}
		r.State, r.SameAs = models.RowDuplicate, kept.Line
		r.Problem, r.Detail = ProblemRepeated, fmt.Sprint(kept.Line)
		kept.Person.fill(r.Person)
	}
}

func (p *Person) fill(other Person) {
	p.Tags = Unite(p.Tags, other.Tags)
	if p.Name == "" {
		p.Name = other.Name
	}
	if p.Note == "" {
		p.Note = other.Note
	}
	if p.LastPurchase == "" {
		p.LastPurchase = other.LastPurchase
	}
	if p.Spent == 0 {
		p.Spent = other.Spent
	}
	if p.Purchases == 0 {
		p.Purchases = other.Purchases
	}
}

// Unite joins two lists of tags in order, each tag once, at most twenty. The result is never nil.
func Unite(a, b []string) []string {
	all := []string{}
	seen := map[string]bool{}
	for _, tag := range append(append([]string(nil), a...), b...) {
		if !seen[tag] && len(all) < maxTags {
			seen[tag] = true
			all = append(all, tag)
		}
	}
	return all
}

func clipped(text string, limit int) (string, string) {
	short := sheet.Clip(text, limit)
	if short != text {
		return short, ProblemLong
	}
	return short, ""
}
