package coupon

import (
	"fmt"
	"time"

	"onestreet/models"
	"onestreet/server/calendar/almanac"
)

// marketDaysAhead is how many days of market a coupon tells, so that a till without a network knows them for some weeks.
const marketDaysAhead = 12

// marketDay tells whether the street holds market on the day of a moment.
func (st street) marketDay(at time.Time) bool {
	rule, err := models.ParseMarketRule(st.MarketRule)
	return err == nil && almanac.Market(rule, almanac.At(at, st.zone))
}

// refusedAt says whether the day or the hour is wrong for a campaign's coupons.
func (st street) refusedAt(c models.Campaign, at time.Time) models.Refusal {
	if c.MarketOnly && !st.marketDay(c.DayOf(at, st.zone)) {
		return models.RefusedNotMarket
	}
	return c.RefusedAt(at, st.zone)
}

// marketDays are the days of market that come, today included, YYYY-MM-DD.
func (st street) marketDays(c models.Campaign) []string {
	days := []string{}
	if !c.MarketOnly {
		return days
	}
	rule, err := models.ParseMarketRule(st.MarketRule)
	from := almanac.At(c.DayOf(st.now, st.zone), st.zone)
	for err == nil && len(days) < marketDaysAhead {
		next, ok := almanac.NextMarket(rule, from)
		if !ok {
			break
		}
		days, from = append(days, next.String()), next+1
	}
	return days
}

// nextMarket says when a coupon works that does not today: 下一集是 11 月 17 日（初九）.
func (st street) nextMarket() models.Text {
	rule, err := models.ParseMarketRule(st.MarketRule)
	none := models.Text{ZH: "街上眼下不逢集", EN: "the street holds no market at present"}
	if err != nil {
		return none
	}
	next, ok := almanac.NextMarket(rule, almanac.At(st.now, st.zone))
	if !ok {
		return none
	}
	_, month, day := next.Civil()
	lunar := ""
	if facts, err := almanac.Of(next); err == nil {
		lunar = "（" + facts.Lunar.DayName().ZH + "）"
	}
	return models.Text{ZH: fmt.Sprintf("下一集是 %d 月 %d 日%s", month, day, lunar), EN: fmt.Sprintf("the next is on %d %s", day, month)}
}

// checkMarket refuses a coupon for market days on a street that holds no market. Error: invalid at /market_only.
func (st street) checkMarket(t Terms) error {
	rule, err := models.ParseMarketRule(st.MarketRule)
	if t.MarketOnly && (err != nil || rule.Kind == models.MarketNone) {
		return models.ErrInvalid.Field("/market_only", models.Text{ZH: "街上还没定集日，先请协调人定下来", EN: "The street has no market days yet: the coordinator sets them first."})
	}
	return nil
}
