package traffic

import (
	"slices"
	"time"

	"onestreet/models"
)

const evening = 17 // the hour from which an event is tonight's

// heads reads the days of the span: today's totals, and who was brought in by whom.
func heads(v *view, o *Overview) error {
	var days []models.TrafficDay
	if err := v.span().Find(&days).Error; err != nil {
		return err
	}
	origin := map[models.ID]int64{}
	for _, d := range days {
		origin[d.StoreID] += d.Joined
		if d.Day == v.today.name {
			o.Visits.Today += d.Visits
			o.Members.Today += d.Joined
			o.Redemptions.Today += d.Redemptions
		}
	}
	o.Origins = v.origins(origin)
	return v.r.Model(&models.Member{}).Where("alliance_id = ? AND left_at IS NULL", v.street.ID).Count(&o.Members.Total).Error
}

// origins shows who was brought in by which store. How many joined in all can be told from the street's total of members
// over time, so it counts as public; those without an origin are a figure as well, which is not shown.
func (v *view) origins(joined map[models.ID]int64) []OriginCount {
	row := make([]models.Cell, 0, len(v.stores)+1)
	for _, ref := range v.stores {
		row = append(row, people(joined[ref.ID]))
	}
	row = publicRow(append(row, people(joined[v.street.ID])), v.k())
	shown := make([]OriginCount, len(v.stores))
	for i, ref := range v.stores {
		shown[i] = OriginCount{Store: ref, Members: value(row[i]), Withheld: row[i].Withheld}
	}
	return shown
}

func people(n int64) models.Cell { return models.Cell{Value: n, Members: n} }

// publicRow withholds what must be in a row of members whose total everybody knows.
func publicRow(row []models.Cell, k int64) []models.Cell {
	total := models.Cell{Public: true}
	for _, c := range row {
		total.Value, total.Members = total.Value+c.Value, total.Members+c.Members
	}
	f := models.Figures{Measure: models.OfMembers, Cells: [][]models.Cell{row}, RowTotals: []models.Cell{total}}
	models.Suppress(&f, k)
	return f.Cells[0]
}

// value is a figure, or nil when it is withheld.
func value(c models.Cell) *int64 {
	if c.Withheld != models.Shown {
		return nil
	}
	return &c.Value
}

// visitsSoFar compares today with a day like it, up to the same time.
func (s *Service) visitsSoFar(v *view, o *Overview) error {
	before, err := v.compared(v.r.Where("alliance_id = ?", v.street.ID))
	o.Visits.Delta, o.Visits.Against = o.Visits.Today-before.Visits, before.Label
	return err
}

func eventsAhead(v *view, o *Overview) error {
	monday := v.today.plus(-(int(v.today.weekday()) + 6) % 7)
	dates := func(from, till time.Time, n *int64) error {
		return v.r.Model(&models.Occurrence{}).Where("alliance_id = ? AND state = ? AND starts_at >= ? AND starts_at < ?", v.street.ID, models.EventStatePublished, from, till).
			Count(n).Error
	}
	if err := dates(monday.from, monday.plus(7).from, &o.Events.Week); err != nil {
		return err
	}
	return dates(v.today.from.Add(evening*time.Hour), v.today.till, &o.Events.Tonight)
}

// credits adds up the credits that were posted this month.
func credits(v *view, o *Overview) error {
	local := v.street.Local(v.now)
	month := time.Date(local.Year(), local.Month(), 1, 0, 0, 0, 0, local.Location()).UTC()
	var posted int64
	err := v.r.Model(&models.Referral{}).Select("COALESCE(SUM(amount), 0)").
		Where("alliance_id = ? AND state = ? AND settled_at >= ?", v.street.ID, models.ReferralPosted, month).Scan(&posted).Error
	o.CreditsPosted = models.Fen(posted)
	return err
}

func flow(v *view, o *Overview) error {
	var ways []struct {
		FromID, ToID models.ID
		Members      int64
	}
	err := v.span().Model(&models.TrafficMove{}).Select("from_id, to_id, COUNT(DISTINCT member_id) AS members").Group("from_id, to_id").Scan(&ways).Error
	o.Flow = []FlowView{}
	for _, w := range ways {
		if w.Members < v.k() {
			o.FlowWithheld++
			continue
		}
		o.Flow = append(o.Flow, FlowView{From: v.refs[w.FromID], To: v.refs[w.ToID], Members: w.Members})
	}
	slices.SortFunc(o.Flow, func(a, b FlowView) int {
		if a.Members != b.Members {
			return int(b.Members - a.Members)
		}
		return slices.Compare(append(a.From.ID[:], a.To.ID[:]...), append(b.From.ID[:], b.To.ID[:]...))
	})
	return err
}

// levels counts members by the closest of their relations. Their sum is the street's total of members, which is public.
func levels(v *view, o *Overview) error {
	var counts []struct {
		Level   models.Level
		Members int64
	}
	closest := v.r.Model(&models.Relation{}).Select("MAX(level) AS level").Where("alliance_id = ?", v.street.ID).Group("member_id")
	if err := v.r.Table("(?) AS closest", closest).Select("level, COUNT(*) AS members").Group("level").Scan(&counts).Error; err != nil {
		return err
	}
	row := make([]models.Cell, len(models.Levels()))
	none := o.Members.Total
	for _, c := range counts {
		if c.Level != models.LevelNone {
			row[c.Level] = people(c.Members)
			none -= c.Members
		}
	}
	row[models.LevelNone] = people(max(0, none))
	row = publicRow(row, v.k())
	o.Levels = make([]LevelCount, len(row))
	for i, l := range models.Levels() {
		o.Levels[i] = LevelCount{Level: l, Members: value(row[l]), Withheld: row[l].Withheld}
	}
	return nil
}

func brought(v *view, o *Overview) error {
	var n struct{ Brought, Inviters int64 }
	err := v.r.Model(&models.Member{}).Select("COUNT(*) AS brought, COUNT(DISTINCT inviter_id) AS inviters").
		Where("alliance_id = ? AND inviter_id IS NOT NULL", v.street.ID).Scan(&n).Error
	if n.Brought >= v.k() {
		o.Brought = &n.Brought
	}
	if n.Inviters >= v.k() {
		o.BroughtBy = &n.Inviters
	}
	return err
}
