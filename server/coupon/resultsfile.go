package coupon

import (
	"bytes"
	"context"
	"encoding/csv"

	"onestreet/models"
	"onestreet/server/platform/web"
	"onestreet/server/platform/workbook"
)

// byteOrderMark stands before a CSV file; without it, Excel takes UTF-8 for GBK.
const byteOrderMark = "\ufeff"

// resultColumns are the figures of a file of results, in their order.
var resultColumns = []models.Text{
	workbook.Text("看到", "Seen"), workbook.Text("领了", "Claimed"), workbook.Text("用了", "Redeemed"), workbook.Text("带来新会员", "New members"),
	workbook.Text("出了（元）", "Cost (yuan)"), workbook.Text("带来的买卖（元）", "Sales (yuan)"),
}

// resultLine is one line of figures; a figure that is not counted that way stays empty.
type resultLine struct {
	name    models.Text
	figures [6]workbook.Number
}

func dayLine(d DayResult) resultLine {
	w := workbook.Whole
	return resultLine{workbook.Text(d.Day, d.Day), [6]workbook.Number{w(d.Seen), w(d.Claimed), w(d.Redeemed), "", workbook.Fen(d.Cost), workbook.Fen(d.Sales)}}
}

func storeLine(name models.Text, t Tally) resultLine {
	return resultLine{name, [6]workbook.Number{"", "", workbook.Whole(t.Redeemed), "", workbook.Fen(t.Cost), workbook.Fen(t.Sales)}}
}

// storeLines are the reader's own part and what all others did together: a store never sees one other's part.
func (r Results) storeLines(own string) []resultLine {
	others := Tally{Redeemed: r.Total.Redeemed - r.Own.Redeemed, Cost: r.Total.Cost - r.Own.Cost, Sales: r.Total.Sales - r.Own.Sales}
	return []resultLine{storeLine(workbook.Text(own, own), r.Own), r.kept(storeLine(workbook.Text("别家合计", "All others"), others))}
}

// kept leaves the sales out of a line that other stores are in, where they are withheld.
func (r Results) kept(l resultLine) resultLine {
	if r.SalesWithheld != models.Shown {
		l.figures[5] = ""
	}
	return l
}

func (r Results) totalLine() resultLine {
	total := storeLine(workbook.Text("一共", "Total"), r.Total)
	total.figures[0], total.figures[1], total.figures[3] = workbook.Whole(r.Seen), workbook.Whole(r.Claimed), workbook.Whole(r.NewMembers)
	return r.kept(total)
}

// ResultsFile is a campaign's results as they are written into a file: the same figures as on the screen.
type ResultsFile struct {
	Results
	street street
	title  string
	own    string // the reader's store, or the fund
	byDay  models.Text
}

// ResultsFile reads a campaign's results for whoever may see them: a store with a part in it, or the alliance itself for a
// coordinator (then store is the alliance). Error: not_found.
func (s *Service) ResultsFile(ctx context.Context, alliance, store, campaign models.ID) (ResultsFile, error) {
	read := s.ResultsOfStreet
	if store != alliance {
		read = func(ctx context.Context, alliance, id models.ID) (Results, error) {
			return s.Results(ctx, alliance, store, id)
		}
	}
	out, err := read(ctx, alliance, campaign)
	if err != nil {
		return ResultsFile{}, err
	}
	st, err := s.street(ctx, alliance)
	if err != nil {
		return ResultsFile{}, err
	}
	return ResultsFile{out, st, out.Title, st.funder(store).Name, dayWords(store == alliance)}, nil
}

// dayWords heads the days: in a store's file their sales are its own.
func dayWords(ofStreet bool) models.Text {
	if ofStreet {
		return workbook.Text("天", "day")
	}
	return workbook.Text("天（买卖是本店的）", "day (sales: own)")
}

// CSV writes the results as one table: by store, by day, and the total.
func (f ResultsFile) CSV(ctx context.Context) ([]byte, error) {
	var out bytes.Buffer
	out.WriteString(byteOrderMark)
	w, say := csv.NewWriter(&out), func(t models.Text) string { return models.Harmless(t.In(web.Locale(ctx))) }
	head := []string{say(workbook.Text("按", "By")), say(workbook.Text("哪家、哪天", "Store or day"))}
	for _, c := range resultColumns {
		head = append(head, say(c))
	}
	_ = w.Write(head)
	add := func(by models.Text, lines ...resultLine) {
		for _, l := range lines {
			row := []string{say(by), say(l.name)}
			for _, n := range l.figures {
				row = append(row, string(n))
			}
			_ = w.Write(row)
		}
	}
	add(workbook.Text("店", "store"), f.storeLines(f.own)...)
	add(workbook.Text("一共", "total"), f.totalLine())
	for _, d := range f.Days {
		add(f.byDay, dayLine(d))
	}
	w.Flush()
	return out.Bytes(), w.Error()
}

// XLSX writes the results as a workbook: a sheet by store and one by day, with their sums.
func (f ResultsFile) XLSX(ctx context.Context) ([]byte, error) {
	b := workbook.New(web.Locale(ctx), f.street.zone)
	f.page(b, workbook.Text("各家", "By store"), workbook.Text("店", "Store"), f.storeLines(f.own), f.Total.Sales)
	days, sales := make([]resultLine, len(f.Days)), int64(0)
	for i, d := range f.Days {
		days[i], sales = dayLine(d), sales+d.Sales
	}
	f.page(b, workbook.Text("每天", "By day"), f.byDay, days, sales)
	return b.Bytes()
}

// page writes lines and under them the total: members are counted once each, so their totals are no sums of the lines;
// what is redeemed, borne and sold is.
func (f ResultsFile) page(b *workbook.Book, name, first models.Text, lines []resultLine, sales int64) {
	b.Page(name)
	b.Widths(24, 10, 10, 10, 12, 14, 18)
	b.Title(workbook.Text(f.title, f.title))
	b.Row(workbook.Text("导出时间", "Written"), b.Moment(f.street.now))
	b.Skip()
	b.Head(append([]models.Text{first}, resultColumns...)...)
	from := b.At() + 1
	for _, l := range lines {
		b.Row(l.cells()...)
	}
	total := f.totalLine().cells()
	total[3], total[5] = b.Count("D", from, f.Total.Redeemed), b.Sum("F", from, f.Total.Cost)
	if len(lines) == 0 || lines[len(lines)-1].figures[5] != "" {
		total[6] = b.Sum("G", from, sales)
	}
	b.Strong(total...)
}

func (l resultLine) cells() []any {
	cells := []any{l.name}
	for _, n := range l.figures {
		cells = append(cells, n)
	}
	return cells
}
