package sheet

import "slices"

// HeaderDepth is among how many of the first lines the header is: a title or a blank may stand above it.
const HeaderDepth = 5

const headerMax = 40 // characters of a header that are shown

// Column is one column of a table, from 0, and the field that its header names; Field is empty when none does.
type Column struct {
	Index  int
	Header string
	Field  string
	Sample string // the first text under the header
}

// Columns are those of a table, in order.
type Columns []Column

// Recognise names the columns of a header by the words that people write over each field, folded as Fold does; the first column of
// a field is the one that counts.
func Recognise(words map[string][]string, header Line) Columns {
	taken := map[string]bool{"": true}
	columns := make(Columns, len(header.Cells))
	for i, cell := range header.Cells {
		field := Field(words, cell)
		if taken[field] {
			field = ""
		}
		taken[field] = true
		columns[i] = Column{Index: i, Header: Clip(Tidy(cell), headerMax), Field: field}
	}
	return columns
}

// Header finds the header among the first lines, the first that read says is one, and what stands under it.
func Header(lines []Line, read func(Line) (columns Columns, header bool)) (columns Columns, body []Line, found bool) {
	for i := range min(HeaderDepth, len(lines)) {
		if columns, found = read(lines[i]); found {
			return columns, lines[i+1:], true
		}
	}
	return nil, nil, false
}

// Of is the column of a field; nil where there is none.
func (c Columns) Of(field string) *Column {
	i := slices.IndexFunc(c, func(column Column) bool { return column.Field == field })
	if i < 0 {
		return nil
	}
	return &c[i]
}

// Have tells whether a column of the field is there.
func (c Columns) Have(field string) bool { return c.Of(field) != nil }

// Sample shows under each header the first text that stands there, at most so many characters of it.
func (c Columns) Sample(body []Line, most int) {
	for i := range c {
		for _, l := range body {
			if text := Tidy(l.At(&c[i])); text != "" {
				c[i].Sample = Clip(text, most)
				break
			}
		}
	}
}

// At is a line's cell of a column, as it was written; "" where there is no such column or the line ends before it.
func (l Line) At(c *Column) string {
	if c == nil || c.Index >= len(l.Cells) {
		return ""
	}
	return l.Cells[c.Index]
}
