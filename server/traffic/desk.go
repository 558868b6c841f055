package traffic

import (
	"context"
	"time"

	"onestreet/models"
	"onestreet/server/notify"
	"onestreet/server/pool"
	"onestreet/server/relation"
)

const (
	noticesShown = 20
	noticesSince = 48 * time.Hour
)

// Desk is what a store's staff see today: the store's own figures only.
type Desk struct {
	Today         DeskToday         `json:"today"`
	Hours         []HourVisits      `json:"hours" nullable:"false" doc:"from opening to closing, and whenever else somebody came"`
	Redemptions   int64             `json:"redemptions"`
	NewMembers    int64             `json:"new_members" doc:"whom this store brought in"`
	PendingCredit models.Money      `json:"pending_credit" doc:"credits that wait for a first purchase"`
	Care          []relation.Care   `json:"care" nullable:"false"`
	Notices       []notify.DeskLine `json:"notices" nullable:"false"`
	Open          bool              `json:"open"`
	ClosesAt      string            `json:"closes_at" doc:"HH:MM in the street's time; empty on a day without hours"`
}

// DeskToday is today's visits beside those of a day like it: see view.against.
type DeskToday struct {
	Visits  int64   `json:"visits"`
	Compare Compare `json:"compare"`
}

// Compare is what a figure is held against.
type Compare struct {
	Visits int64  `json:"visits"`
	Label  string `json:"label" doc:"such as 上个周六这个时候, on market days 上个集日这个时候"`
}

// HourVisits is how many visits an hour had.
type HourVisits struct {
	Hour   int   `json:"hour"`
	Visits int64 `json:"visits"`
}

// Desk shows a store its day, in the reader's language. Error: not_found.
func (s *Service) Desk(ctx context.Context, alliance, store models.ID, locale string) (Desk, error) {
	shop, err := s.Pool.Store(ctx, alliance, store)
	if err != nil {
		return Desk{}, err
	}
	v, err := s.view(ctx, alliance, 1, locale)
	if err != nil {
		return Desk{}, err
	}
	local := v.street.Local(v.now)
	shop.Hours = pool.HoursAt(v.street, shop, v.now) // today's, be it market day
	d := Desk{Open: shop.Active() && models.OpenAt(shop.Hours, local)}
	_, d.ClosesAt = models.Today(shop.Hours, local)
	if err := s.deskFigures(v, shop, &d); err != nil {
		return d, err
	}
	if d.Care, err = s.Relation.Care(ctx, alliance, store, locale); err != nil {
		return d, err
	}
	d.Notices, err = s.Notify.DeskLines(ctx, alliance, store, v.now.Add(-noticesSince), noticesShown, locale)
	return d, err
}

func (s *Service) deskFigures(v *view, shop models.Store, d *Desk) error {
	var day []models.TrafficDay
	if err := v.span().Where("store_id = ?", shop.ID).Find(&day).Error; err != nil {
		return err
	}
	for _, row := range day {
		d.Today.Visits, d.NewMembers, d.Redemptions = row.Visits, row.Joined, row.Redemptions
	}
	var hours []models.TrafficHour
	if err := v.span().Where("store_id = ?", shop.ID).Find(&hours).Error; err != nil {
		return err
	}
	d.Hours = hoursShown(shop, v.today, hours)
	balance, err := s.Ledger.Balance(v.r, v.street.ID, models.StoreFen(shop.ID))
	if err != nil {
		return err
	}
	d.PendingCredit = models.Fen(balance.PendingCredits)
	d.Today.Compare, err = v.compared(v.r.Where("store_id = ?", shop.ID))
	return err
}

// hoursShown lays out the hours from opening to closing, wider when somebody came before or after.
func hoursShown(shop models.Store, today localDay, hours []models.TrafficHour) []HourVisits {
	byHour, first, last := map[int]int64{}, 24, -1
	widen := func(hour int) { first, last = min(first, hour), max(last, hour) }
	for _, h := range hours {
		byHour[h.Hour] = h.Visits
		widen(h.Hour)
	}
	for hour := range 24 {
		if models.OpenAt(shop.Hours, today.from.In(today.zone).Add(time.Duration(hour)*time.Hour+30*time.Minute)) {
			widen(hour)
		}
	}
	shown := []HourVisits{}
	for hour := first; hour <= last; hour++ {
		shown = append(shown, HourVisits{Hour: hour, Visits: byHour[hour]})
	}
	return shown
}
