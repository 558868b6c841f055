package pool

import (
	"time"

	"onestreet/models"
	"onestreet/server/calendar/almanac"
)

// HoursAt are a store's hours as they are around a moment: on market days of the street those of a market day.
func HoursAt(a models.Alliance, store models.Store, at time.Time) []models.Hours {
	rule, err := models.ParseMarketRule(a.MarketRule)
	if err != nil || rule.Kind == models.MarketNone {
		return store.Hours
	}
	return models.HoursAround(store.Hours, store.MarketHours, a.Local(at), func(day time.Time) bool {
		return almanac.Market(rule, almanac.At(day, day.Location()))
	})
}

// OpenAt tells whether a store is open at a moment.
func OpenAt(a models.Alliance, store models.Store, at time.Time) bool {
	return store.Active() && models.OpenAt(HoursAt(a, store, at), a.Local(at))
}
