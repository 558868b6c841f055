package traffic

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
	"onestreet/server/platform/outbox"
)

// seen is what visits changed of a day: of whom, and of which stores in which hours; last is the latest of them. The facts
// and what stood of them before are read for all at once.
type seen struct {
	day     localDay
	members []models.ID
	stores  map[int]map[models.ID]int64 // by hour
	last    time.Time

	visits []models.Visit
	hours  []models.TrafficHour
}

// onVisits counts anew whatever visits are part of: a day's of their members, an hour's of their stores.
func (s *Service) onVisits(ctx context.Context, tx *gorm.DB, told []outbox.Told[models.VisitRecorded]) error {
	street, err := s.open(ctx, tx, told[0].Event)
	if err != nil {
		return err
	}
	days := map[string]*seen{}
	for _, v := range told {
		d := dayOf(street, v.What.At)
		if days[d.name] == nil {
			days[d.name] = &seen{day: d, stores: map[int]map[models.ID]int64{}}
		}
		days[d.name].add(v.What)
	}
	var queries []db.Query
	for _, of := range days {
		queries = append(queries, of.ask(tx)...)
	}
	err = db.FindAll(tx, queries...)
	for _, of := range days {
		if err == nil {
			err = s.recount(tx, of)
		}
	}
	return err
}

func (of *seen) add(v models.VisitRecorded) {
	hour := of.day.hour(v.At)
	if of.stores[hour] == nil {
		of.stores[hour] = map[models.ID]int64{}
	}
	of.stores[hour][v.StoreID] = 0
	of.members = append(of.members, v.MemberID)
	if v.At.After(of.last) {
		of.last = v.At
	}
}

// all are the stores whose day changed.
func (of *seen) all() []models.ID {
	all := map[models.ID]bool{}
	for _, stores := range of.stores {
		for store := range stores {
			all[store] = true
		}
	}
	return slices.Collect(maps.Keys(all))
}

// ask asks for the visits of the day's members, for what stands of the stores' day, and for their visits in its hours.
func (of *seen) ask(tx *gorm.DB) []db.Query {
	d := of.day
	queries := []db.Query{
		{Of: standing(tx, d).Select("id", "store_id", "member_id", "at").Where("member_id IN ?", of.members), Into: &of.visits},
		{Of: tx.Where("alliance_id = ? AND day = ? AND store_id IN ?", d.alliance, d.name, of.all()), Into: &of.hours},
	}
	for hour, stores := range of.stores {
		queries = append(queries, d.askHour(tx, hour, stores))
	}
	return queries
}

// askHour asks for stores' visits in one hour of a day.
func (d localDay) askHour(tx *gorm.DB, hour int, into map[models.ID]int64) db.Query {
	from, till := d.span(hour)
	var rows []storeCount
	of := tx.Model(&models.Visit{}).Select("store_id, COUNT(*) AS n").Group("store_id").
		Where("store_id IN ? AND at >= ? AND at < ? AND cancelled_at IS NULL", slices.Collect(maps.Keys(into)), from, till)
	return db.Query{Of: of, Into: &rows, Then: func() {
		for _, row := range rows {
			into[row.StoreID] = row.N
		}
	}}
}

// recount sets what the visits come to. That a store's day has got over a step is news.
func (s *Service) recount(tx *gorm.DB, of *seen) error {
	d := of.day
	if err := setMembers(tx, d, of.members, of.visits); err != nil {
		return err
	}
	before, now, err := of.setHours(tx)
	if err != nil {
		return err
	}
	s.changed(tx, d.alliance, of.all()...)
	if err := setDay(tx, d.alliance, d.name, "visits", now); err != nil {
		return err
	}
	var news []models.TrafficNews
	for store, n := range now {
		if n/crowdStep <= before[store]/crowdStep {
			continue
		}
		n -= n % crowdStep
		news = append(news, models.TrafficNews{
			AllianceID: d.alliance, Kind: models.NewsCrowd, StoreID: store, Number: n, At: of.last,
			Reference: fmt.Sprintf("crowd:%s:%s:%d", store, d.name, n),
		})
	}
	return tell(tx, news...)
}

// setHours sets the stores' visits in the hours. It returns what their days stood at before, and stand at now.
func (of *seen) setHours(tx *gorm.DB) (before, now map[models.ID]int64, err error) {
	before, now = map[models.ID]int64{}, map[models.ID]int64{}
	for _, row := range of.hours {
		before[row.StoreID] += row.Visits
		if _, anew := of.stores[row.Hour][row.StoreID]; !anew {
			now[row.StoreID] += row.Visits
		}
	}
	var rows []models.TrafficHour
	for hour, stores := range of.stores {
		var none []models.ID
		for store, n := range stores {
			if now[store] += n; n == 0 {
				none = append(none, store)
				continue
			}
			rows = append(rows, models.TrafficHour{AllianceID: of.day.alliance, Day: of.day.name, StoreID: store, Hour: hour, Visits: n})
		}
		if err := of.day.dropHour(tx, hour, none); err != nil {
			return nil, nil, err
		}
	}
	return before, now, insertHours(tx, rows)
}

// dropHour removes what stood for an hour in which nobody came after all.
func (d localDay) dropHour(tx *gorm.DB, hour int, stores []models.ID) error {
	if len(stores) == 0 {
		return nil
	}
	return db.Delete(tx.Where("alliance_id = ? AND day = ? AND hour = ? AND store_id IN ?", d.alliance, d.name, hour, stores), &models.TrafficHour{})
}
