// Package workbook writes workbooks (XLSX) from top to bottom, in the reader's language and on the street's clock. Money stands
// in a cell as its decimal text, so that no float comes between the fen and the file; texts that people choose cannot become
// formulas; sums are formulas with their values beside them, for readers that do not compute.
package workbook

import (
	"bytes"
	"fmt"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"

	"onestreet/models"
)

// Book is a workbook as it is written; it keeps the first error, which Bytes returns.
type Book struct {
	file   *excelize.File
	locale string
	zone   *time.Location
	sheet  string
	sheets int
	at     int // the last row written
	err    error

	money, bold, boldMoney, large int // styles
}

// Number is a figure as it stands in the file: its decimal text, so that no float comes between the fen and the cell.
type Number string

// Fen is money: yuan with two decimals.
func Fen(amount int64) Number { return Number(models.Decimal(amount)) }

// Whole is a count.
func Whole(n int64) Number { return Number(strconv.FormatInt(n, 10)) }

// Sum is a formula with the value that it comes to, for readers that do not compute.
type Sum struct {
	formula string
	value   Number
}

// New begins a workbook for a reader's language and a street's zone.
func New(locale string, zone *time.Location) *Book {
	b := &Book{file: excelize.NewFile(), locale: locale, zone: zone}
	format := "#,##0.00"
	b.money = b.style(&excelize.Style{CustomNumFmt: &format})
	b.bold = b.style(&excelize.Style{Font: &excelize.Font{Bold: true}})
	b.boldMoney = b.style(&excelize.Style{Font: &excelize.Font{Bold: true}, CustomNumFmt: &format})
	b.large = b.style(&excelize.Style{Font: &excelize.Font{Bold: true, Size: 14}})
	return b
}

func (b *Book) style(s *excelize.Style) int {
	id, err := b.file.NewStyle(s)
	b.keep(err)
	return id
}

func (b *Book) keep(err error) {
	if b.err == nil {
		b.err = err
	}
}

// Text is a word in both languages.
func Text(zh, en string) models.Text { return models.Text{ZH: zh, EN: en} }

// Say is a text in the reader's language.
func (b *Book) Say(t models.Text) string { return t.In(b.locale) }

// Page begins a sheet; the first takes the one that a new file has.
func (b *Book) Page(name models.Text) {
	b.sheet, b.at = b.Say(name), 0
	if b.sheets++; b.sheets == 1 {
		b.keep(b.file.SetSheetName("Sheet1", b.sheet))
		return
	}
	_, err := b.file.NewSheet(b.sheet)
	b.keep(err)
}

// Widths sets the columns' widths from the first on, in signs.
func (b *Book) Widths(widths ...float64) {
	for i, w := range widths {
		name, err := excelize.ColumnNumberToName(i + 1)
		b.keep(err)
		b.keep(b.file.SetColWidth(b.sheet, name, name, w))
	}
}

// Title writes a large line.
func (b *Book) Title(t models.Text) {
	b.line(b.large, b.large, t)
}

// Head writes the names of columns.
func (b *Book) Head(names ...models.Text) {
	cells := make([]any, len(names))
	for i, n := range names {
		cells[i] = n
	}
	b.line(b.bold, b.bold, cells...)
}

// Row writes cells from the first column on: a models.Text, a string, a Number or a Sum; "" leaves one empty.
func (b *Book) Row(cells ...any) { b.line(0, b.money, cells...) }

// Strong writes a row in bold.
func (b *Book) Strong(cells ...any) { b.line(b.bold, b.boldMoney, cells...) }

// Skip leaves a row empty.
func (b *Book) Skip() { b.at++ }

func (b *Book) line(style, money int, cells ...any) {
	b.at++
	for i, cell := range cells {
		place, err := excelize.CoordinatesToCellName(i+1, b.at)
		b.keep(err)
		b.put(place, cell, style, money)
	}
}

func (b *Book) put(place string, cell any, style, money int) {
	switch v := cell.(type) {
	case models.Text:
		b.keep(b.file.SetCellStr(b.sheet, place, models.Harmless(b.Say(v))))
	case string:
		if v == "" {
			return
		}
		b.keep(b.file.SetCellStr(b.sheet, place, models.Harmless(v)))
	case Number:
		if v == "" {
			return
		}
		b.keep(b.file.SetCellDefault(b.sheet, place, string(v)))
		style = b.numeric(v, style, money)
	case Sum:
		b.keep(b.file.SetCellDefault(b.sheet, place, string(v.value)))
		b.keep(b.file.SetCellFormula(b.sheet, place, v.formula))
		style = b.numeric(v.value, style, money)
	}
	if style != 0 {
		b.keep(b.file.SetCellStyle(b.sheet, place, place, style))
	}
}

// numeric gives what has decimals the look of money.
func (b *Book) numeric(n Number, style, money int) int {
	if len(n) > 3 && n[len(n)-3] == '.' {
		return money
	}
	return style
}

// Sum adds a column of money up from a row to the last one written.
func (b *Book) Sum(column string, first int, amount int64) Sum {
	return b.added(column, first, Fen(amount))
}

// Count adds a column of whole figures up.
func (b *Book) Count(column string, first int, n int64) Sum { return b.added(column, first, Whole(n)) }

func (b *Book) added(column string, first int, value Number) Sum {
	if first > b.at {
		return Sum{"0", value} // nothing stands above
	}
	return Sum{fmt.Sprintf("ROUND(SUM(%s%d:%s%d),2)", column, first, column, b.at), value}
}

// Formula is a formula of its own that comes to an amount of fen.
func (b *Book) Formula(format string, amount int64, rows ...any) Sum {
	return Sum{fmt.Sprintf(format, rows...), Fen(amount)}
}

// Moment is a time on the street's clock.
func (b *Book) Moment(at time.Time) string { return at.In(b.zone).Format("2006-01-02 15:04") }

// At is the number of the last row written.
func (b *Book) At() int { return b.at }

// Bytes is the workbook as a file, or the first error that was met. Programs that read it compute the formulas anew.
func (b *Book) Bytes() ([]byte, error) {
	if b.err != nil {
		return nil, b.err
	}
	yes := true
	if err := b.file.SetCalcProps(&excelize.CalcPropsOptions{FullCalcOnLoad: &yes}); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err := b.file.Write(&out)
	return out.Bytes(), err
}
