package almanac

import "onestreet/models"

// marketReach is how far a market day is looked for: a yearly fair on a leap month's day may be years away, and nobody plans so far.
const marketReach = 400

// Market tells whether a rule holds market on a date.
func Market(rule models.MarketRule, date Date) bool {
	day, err := Of(date)
	return err == nil && rule.Holds(day.Facts())
}

// NextMarket finds the first market day of a rule from a date on, within 400 days.
func NextMarket(rule models.MarketRule, from Date) (Date, bool) { return seek(rule, from, 1) }

// LastMarket finds the last market day of a rule before a date, within 400 days.
func LastMarket(rule models.MarketRule, before Date) (Date, bool) { return seek(rule, before-1, -1) }

func seek(rule models.MarketRule, date, step Date) (Date, bool) {
	if rule.Kind == models.MarketNone {
		return 0, false
	}
	for range marketReach {
		if Market(rule, date) {
			return date, true
		}
		date += step
	}
	return 0, false
}
