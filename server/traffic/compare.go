package traffic

import (
	"fmt"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/calendar/almanac"
)

// weeksBack is how far back a day like today is looked for.
const weeksBack = 4

var weekdaysZH = [...]string{"日", "一", "二", "三", "四", "五", "六"}

// against is the day that today is held against. A market day is like the last market day, whatever the weekday; another day
// is like the same weekday last week, or, when there was a market then, a week or more before. On a street that holds market
// every day, or none, weekdays are all that differs.
func (v *view) against() (localDay, models.Text) {
	rule, err := models.ParseMarketRule(v.street.MarketRule)
	if err != nil || rule.Kind == models.MarketNone || rule.Kind == models.MarketDaily {
		return v.today.plus(-7), lastWeekday(v.today.weekday())
	}
	today := almanac.At(v.today.from, v.today.zone)
	if almanac.Market(rule, today) {
		last, ok := almanac.LastMarket(rule, today)
		if !ok {
			return v.today.plus(-7), lastWeekday(v.today.weekday())
		}
		return v.today.plus(int(last - today)), lastMarket(last)
	}
	for week := 1; week <= weeksBack; week++ {
		if !almanac.Market(rule, today-almanac.Date(7*week)) {
			return v.today.plus(-7 * week), weeksAgo(v.today.weekday(), week)
		}
	}
	return v.today.plus(-7), lastWeekday(v.today.weekday())
}

func lastWeekday(day time.Weekday) models.Text {
	return models.Text{ZH: fmt.Sprintf("上个周%s这个时候", weekdaysZH[day]), EN: fmt.Sprintf("last %s by this time", day)}
}

func lastMarket(date almanac.Date) models.Text {
	_, month, day := date.Civil()
	return models.Text{
		ZH: fmt.Sprintf("上个集日（%d 月 %d 日）这个时候", month, day), EN: fmt.Sprintf("the last market day (%d %s) by this time", day, month.String()[:3]),
	}
}

func weeksAgo(day time.Weekday, weeks int) models.Text {
	if weeks == 1 {
		return lastWeekday(day)
	}
	return models.Text{
		ZH: fmt.Sprintf("%d 周前的周%s这个时候（近些那几天逢集）", weeks, weekdaysZH[day]),
		EN: fmt.Sprintf("%s %d weeks ago by this time (the nearer ones were market days)", day, weeks),
	}
}

// compared counts some visits of the day that today is held against, up to the same time.
func (v *view) compared(whose *gorm.DB) (Compare, error) {
	day, label := v.against()
	c := Compare{Label: label.In(v.locale)}
	err := whose.Model(&models.Visit{}).Where("at >= ? AND at <= ? AND cancelled_at IS NULL", day.from, sameTime(v.today, day, v.now)).Count(&c.Visits).Error
	return c, err
}

// sameTime is the time on another day at which the clock shows what it shows now.
func sameTime(today, other localDay, now time.Time) time.Time {
	return other.from.Add(now.Sub(today.from))
}
