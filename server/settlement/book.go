package settlement

import (
	"fmt"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"

	"onestreet/models"
)

// book writes a workbook from top to bottom, and keeps the first error.
type book struct {
	file   *excelize.File
	locale string
	zone   *time.Location
	sheet  string
	sheets int
	at     int // the last row written
	err    error

	money, bold, boldMoney, large int // styles
}

// number is a figure as it stands in the file: its decimal text, so that no float comes between the fen and the cell.
type number string

func fen(amount int64) number { return number(models.Decimal(amount)) }

func whole(n int64) number { return number(strconv.FormatInt(n, 10)) }

// sum is a formula with the value that it comes to, for readers that do not compute.
type sum struct {
	formula string
	value   number
}

func newBook(locale string, zone *time.Location) *book {
	b := &book{file: excelize.NewFile(), locale: locale, zone: zone}
	format := "#,##0.00"
	b.money = b.style(&excelize.Style{CustomNumFmt: &format})
	b.bold = b.style(&excelize.Style{Font: &excelize.Font{Bold: true}})
	b.boldMoney = b.style(&excelize.Style{Font: &excelize.Font{Bold: true}, CustomNumFmt: &format})
	b.large = b.style(&excelize.Style{Font: &excelize.Font{Bold: true, Size: 14}})
	return b
}

func (b *book) style(s *excelize.Style) int {
	id, err := b.file.NewStyle(s)
	b.keep(err)
	return id
}

func (b *book) keep(err error) {
	if b.err == nil {
		b.err = err
	}
}

func text(zh, en string) models.Text { return models.Text{ZH: zh, EN: en} }

func (b *book) say(t models.Text) string { return t.In(b.locale) }

// page begins a sheet; the first takes the one that a new file has.
func (b *book) page(name models.Text) {
	b.sheet, b.at = b.say(name), 0
	if b.sheets++; b.sheets == 1 {
		b.keep(b.file.SetSheetName("Sheet1", b.sheet))
		return
	}
	_, err := b.file.NewSheet(b.sheet)
	b.keep(err)
}

func (b *book) widths(widths ...float64) {
	for i, w := range widths {
		name, err := excelize.ColumnNumberToName(i + 1)
		b.keep(err)
		b.keep(b.file.SetColWidth(b.sheet, name, name, w))
	}
}

func (b *book) title(t models.Text) {
	b.line(b.large, b.large, t)
}

func (b *book) head(names ...models.Text) {
	cells := make([]any, len(names))
	for i, n := range names {
		cells[i] = n
	}
	b.line(b.bold, b.bold, cells...)
}

func (b *book) row(cells ...any) { b.line(0, b.money, cells...) }

func (b *book) strong(cells ...any) { b.line(b.bold, b.boldMoney, cells...) }

func (b *book) skip() { b.at++ }

func (b *book) line(style, money int, cells ...any) {
	b.at++
	for i, cell := range cells {
		place, err := excelize.CoordinatesToCellName(i+1, b.at)
		b.keep(err)
		b.put(place, cell, style, money)
	}
}

func (b *book) put(place string, cell any, style, money int) {
	switch v := cell.(type) {
	case models.Text:
		b.keep(b.file.SetCellStr(b.sheet, place, models.Harmless(b.say(v))))
	case string:
		if v == "" {
			return
		}
		b.keep(b.file.SetCellStr(b.sheet, place, models.Harmless(v)))
	case number:
		if v == "" {
			return
		}
		b.keep(b.file.SetCellDefault(b.sheet, place, string(v)))
		style = b.numeric(v, style, money)
	case sum:
		b.keep(b.file.SetCellDefault(b.sheet, place, string(v.value)))
		b.keep(b.file.SetCellFormula(b.sheet, place, v.formula))
		style = b.numeric(v.value, style, money)
	}
	if style != 0 {
		b.keep(b.file.SetCellStyle(b.sheet, place, place, style))
	}
}

// numeric gives what has decimals the look of money.
func (b *book) numeric(n number, style, money int) int {
	if len(n) > 3 && n[len(n)-3] == '.' {
		return money
	}
	return style
}

// sum adds a column of money up from a row to the last one written.
func (b *book) sum(column string, first int, amount int64) sum {
	return b.added(column, first, fen(amount))
}

// count adds a column of whole figures up.
func (b *book) count(column string, first int, n int64) sum { return b.added(column, first, whole(n)) }

func (b *book) added(column string, first int, value number) sum {
	if first > b.at {
		return sum{"0", value} // nothing stands above
	}
	return sum{fmt.Sprintf("ROUND(SUM(%s%d:%s%d),2)", column, first, column, b.at), value}
}

func (b *book) formula(format string, amount int64, rows ...any) sum {
	return sum{fmt.Sprintf(format, rows...), fen(amount)}
}

// moment is a time on the street's clock.
func (b *book) moment(at time.Time) string { return at.In(b.zone).Format("2006-01-02 15:04") }

func span2(from, to int64) string { return fmt.Sprintf("%d – %d", from, to) }

// party is a store's name, or the alliance's fund.
func (b *book) party(store *models.StoreRef) string {
	if store == nil {
		return b.say(text("联盟推荐基金", "The alliance's fund"))
	}
	return store.Name
}

func (b *book) otherSide(store *models.StoreRef) string {
	if store == nil {
		return ""
	}
	return store.Name
}
