package traffic

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"time"

	"onestreet/models"
)

// Table names a part of the overview that can be taken along as a file.
type Table string

// The tables.
const (
	TableOrigins  Table = "origins"
	TableCrossing Table = "crossing"
	TableHours    Table = "hours"
	TableFlow     Table = "flow"
	TableLevels   Table = "levels"
)

const byteOrderMark = "\ufeff" // without it, Excel takes UTF-8 for GBK

// CSV writes one table of the overview, withheld figures in words and never as a number. Error: table_unknown.
func (o Overview) CSV(table Table, locale string) ([]byte, error) {
	w := sheet{locale: locale}
	switch table {
	case TableOrigins:
		o.csvOrigins(&w)
	case TableCrossing:
		o.csvCrossing(&w)
	case TableHours:
		o.csvHours(&w)
	case TableFlow:
		o.csvFlow(&w)
	case TableLevels:
		o.csvLevels(&w)
	default:
		return nil, ErrTable.At("table")
	}
	return w.bytes()
}

func (o Overview) csvOrigins(w *sheet) {
	w.head(words("来源店", "Origin store"), words("新会员", "New members"))
	for _, row := range o.Origins {
		w.row(row.Store.Name, w.figure(row.Members, row.Withheld))
	}
}

func (o Overview) csvCrossing(w *sheet) {
	w.head(words("谁家的券", "Coupon of"), words("在哪家用", "Redeemed at"), words("张数", "Coupons"))
	for _, row := range o.Crossing {
		w.row(row.Issuer.Name, row.Redeemer.Name, w.figure(row.Count, row.Withheld))
	}
	for _, row := range o.RedemptionsByStore {
		w.row(words("合计", "Total").In(w.locale), row.Store.Name, w.figure(row.Count, row.Withheld))
	}
}

func (o Overview) csvHours(w *sheet) {
	head := []models.Text{words("星期", "Weekday")}
	if len(o.Hours.Rows) > 0 {
		for _, c := range o.Hours.Rows[0].Cells {
			head = append(head, words(fmt.Sprintf("%d 点", c.Hour), fmt.Sprintf("%02d:00", c.Hour)))
		}
	}
	w.head(append(head, words("合计", "Total"))...)

	for _, row := range o.Hours.Rows {
		line := []string{models.SaidWeekday(time.Weekday(row.Weekday)).In(w.locale)}
		for _, c := range row.Cells {
			line = append(line, w.figure(c.Value, c.Withheld))
		}
		w.row(append(line, w.figure(row.Total, row.Withheld))...)
	}
}

func (o Overview) csvFlow(w *sheet) {
	w.head(words("从", "From"), words("到", "To"), words("人数", "Members"))
	for _, row := range o.Flow {
		w.row(row.From.Name, row.To.Name, fmt.Sprint(row.Members))
	}
	if o.FlowWithheld > 0 {
		note := words(fmt.Sprintf("另有 %d 条不足规定的人数，没有列出", o.FlowWithheld), fmt.Sprintf("%d more ways with too few members are not listed", o.FlowWithheld))
		w.row(note.In(w.locale), "", "")
	}
}

func (o Overview) csvLevels(w *sheet) {
	w.head(words("层级", "Level"), words("会员", "Members"))
	for _, row := range o.Levels {
		w.row(row.Level.Name().In(w.locale), w.figure(row.Members, row.Withheld))
	}
}

func words(zh, en string) models.Text { return models.Text{ZH: zh, EN: en} }

// sheet collects the lines of a file.
type sheet struct {
	locale string
	lines  [][]string
}

func (w *sheet) head(names ...models.Text) {
	line := make([]string, len(names))
	for i, n := range names {
		line[i] = n.In(w.locale)
	}
	w.row(line...)
}

func (w *sheet) row(cells ...string) {
	for i, c := range cells {
		cells[i] = models.Harmless(c)
	}
	w.lines = append(w.lines, cells)
}

func (w *sheet) figure(n *int64, why models.Withheld) string {
	switch {
	case n != nil:
		return fmt.Sprint(*n)
	case why == models.Few:
		return words("人数太少，不显示", "too few, withheld").In(w.locale)
	}
	return words("为防倒推，不显示", "withheld, it would tell another").In(w.locale)
}

func (w *sheet) bytes() ([]byte, error) {
	var out bytes.Buffer
	out.WriteString(byteOrderMark)
	write := csv.NewWriter(&out)
	write.UseCRLF = true
	err := write.WriteAll(w.lines)
	return out.Bytes(), err
}
