package calendar

import (
	"context"
	"time"

	"onestreet/models"
	"onestreet/server/calendar/almanac"
	"onestreet/server/pool"
)

// StreetDay is a day on the street: what the day is, when the stores are open, and what is on by the hour.
type StreetDay struct {
	DayHead
	Today      bool             `json:"today"`
	Stores     []StoreDay       `json:"stores" nullable:"false" doc:"in street order"`
	Items      []OccurrenceView `json:"items" nullable:"false" doc:"what is on for some of the day, in order of time"`
	NextMarket *DayHead         `json:"next_market,omitempty" doc:"the first market day after this one"`
	MarketIn   int              `json:"market_in,omitempty" doc:"in so many days from this one"`
	MarketRule MarketRuleView   `json:"market_rule"`
}

// StoreDay is when a store is open on a day.
type StoreDay struct {
	Store    models.StoreRef `json:"store"`
	Spans    []models.Span   `json:"spans" nullable:"false" doc:"in order; empty: closed all day"`
	OnMarket bool            `json:"market_hours" doc:"hours for market days"`
	Open     bool            `json:"open" doc:"now; only of today"`
}

// Day shows a day ("YYYY-MM-DD"; empty: today) to a member (zero: nobody in particular). Error: date_unclear.
func (s *Service) Day(ctx context.Context, alliance, member models.ID, date, locale string) (StreetDay, error) {
	street, err := s.Pool.Alliance(ctx, alliance)
	if err != nil {
		return StreetDay{}, err
	}
	day, err := s.dayOf(street, date)
	if err != nil {
		return StreetDay{}, err
	}
	rule, err := models.ParseMarketRule(street.MarketRule)
	if err != nil {
		return StreetDay{}, err
	}
	now := s.Clock.Now()
	v := StreetDay{
		DayHead: headOf(rule, day, locale), Today: day == almanac.At(now, street.Location()),
		MarketRule: MarketRuleView{Text: rule.Words().In(locale)},
	}
	if next, ok := almanac.NextMarket(rule, day+1); ok {
		head := headOf(rule, next, locale)
		v.NextMarket, v.MarketIn = &head, int(next-day)
	}
	if v.Stores, err = s.storesOn(ctx, street, day, v); err != nil {
		return v, err
	}
	v.Items, err = s.during(ctx, street, member, day, day)
	return v, err
}

func (s *Service) storesOn(ctx context.Context, street models.Alliance, day almanac.Date, v StreetDay) ([]StoreDay, error) {
	stores, err := s.Pool.Stores(ctx, street.ID)
	noon := day.Begins(street.Location()).Add(12 * time.Hour)
	list := []StoreDay{}
	for _, store := range stores {
		if !store.Active() {
			continue
		}
		one := StoreDay{Store: store.Ref(), Spans: []models.Span{}, OnMarket: v.Market && len(store.MarketHours) > 0}
		for _, h := range pool.HoursAt(street, store, noon) {
			if h.Weekday == int(day.Weekday()) {
				one.Spans = append(one.Spans, models.Span{Opens: h.Opens, Closes: h.Closes})
			}
		}
		one.Open = v.Today && pool.OpenAt(street, store, s.Clock.Now())
		list = append(list, one)
	}
	return list, err
}
