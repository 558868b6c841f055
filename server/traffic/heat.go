package traffic

import (
	"onestreet/models"
)

// The hours that are shown of a street that nobody has visited yet.
const (
	firstHour = 9
	lastHour  = 20
)

type hourFigure struct {
	Weekday, Hour   int
	Visits, Members int64
}

// heat shows the average visits by weekday and hour. A cell is withheld when fewer than k different members were there
// in that hour in all the days of the span; as the row's total stands beside it, another cell goes with it.
func heat(v *view, o *Overview) error {
	var figures, rows []hourFigure
	of := v.span().Model(&models.TrafficPresence{}).Select("weekday, hour, SUM(visits) AS visits, COUNT(DISTINCT member_id) AS members")
	if err := of.Group("weekday, hour").Scan(&figures).Error; err != nil {
		return err
	}
	days := v.span().Model(&models.TrafficPresence{}).Select("weekday, COUNT(DISTINCT member_id) AS members").Group("weekday")
	if err := days.Scan(&rows).Error; err != nil {
		return err
	}
	first, last := hoursOf(figures)
	table := models.Figures{Measure: models.OfAverages, Cells: make([][]models.Cell, 7), RowTotals: make([]models.Cell, 7)}
	for i := range table.Cells {
		table.Cells[i] = make([]models.Cell, last-first+1)
	}
	for _, r := range rows {
		table.RowTotals[mondayFirst(r.Weekday)].Members = r.Members
	}
	count := v.weekdays()
	for _, f := range figures {
		average := (2*f.Visits + count[f.Weekday]) / (2 * count[f.Weekday])
		table.Cells[mondayFirst(f.Weekday)][f.Hour-first] = models.Cell{Value: average, Members: f.Members}
		table.RowTotals[mondayFirst(f.Weekday)].Value += average
	}
	models.Suppress(&table, v.k())
	o.Hours = heatOf(table, first)
	return nil
}

func heatOf(table models.Figures, first int) Heat {
	h := Heat{Rows: make([]HeatRow, 7)}
	for i, cells := range table.Cells {
		total := table.RowTotals[i]
		row := HeatRow{Weekday: (i + 1) % 7, Cells: make([]HeatCell, len(cells)), Total: value(total), Withheld: total.Withheld}
		for j, c := range cells {
			row.Cells[j] = HeatCell{Hour: first + j, Value: value(c), Withheld: c.Withheld}
		}
		h.Rows[i] = row
	}
	return h
}

func mondayFirst(weekday int) int { return (weekday + 6) % 7 }

func hoursOf(figures []hourFigure) (first, last int) {
	if len(figures) == 0 {
		return firstHour, lastHour
	}
	first, last = 23, 0
	for _, f := range figures {
		first, last = min(first, f.Hour), max(last, f.Hour)
	}
	return first, last
}

// weekdays counts the days of the span by weekday, from the street's first day on; none is counted as one.
func (v *view) weekdays() map[int]int64 {
	begins := dayOf(v.street, v.street.CreatedAt)
	count := map[int]int64{}
	for d := v.since; d.name <= v.today.name; d = d.plus(1) {
		if d.name >= begins.name {
			count[int(d.weekday())]++
		}
	}
	for weekday := range 7 {
		count[weekday] = max(1, count[weekday])
	}
	return count
}
