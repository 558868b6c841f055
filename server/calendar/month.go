package calendar

import (
	"context"
	"slices"
	"strings"
	"time"

	"onestreet/models"
	"onestreet/server/calendar/almanac"
)

// MonthView is a month of the street: whole weeks from Sunday, with lunar dates, market days and what is on.
type MonthView struct {
	Month      string           `json:"month" doc:"YYYY-MM"`
	YearName   string           `json:"year_name" doc:"of the lunar year, such as 丙午年"`
	Lunar      string           `json:"lunar" doc:"the lunar months it touches, such as 农历九、十月"`
	Days       []MonthDay       `json:"days" nullable:"false" doc:"whole weeks from Sunday: days of the months before and after are among them"`
	Items      []OccurrenceView `json:"items" nullable:"false" doc:"what is on in these weeks, in order of time"`
	MarketRule MarketRuleView   `json:"market_rule"`
}

// MonthDay is one day of the grid.
type MonthDay struct {
	Date        string      `json:"date" doc:"YYYY-MM-DD"`
	Lunar       string      `json:"lunar" doc:"廿三; on the first of a lunar month the month's name"`
	Festival    string      `json:"festival,omitempty" doc:"festival, holiday or solar term, the greatest of them"`
	Market      bool        `json:"market"`
	Occurrences []models.ID `json:"occurrences" nullable:"false"`
}

// MarketRuleView tells the street's market rule in words.
type MarketRuleView struct {
	Text string `json:"text" doc:"such as 逢集，农历三六九; empty where there is no market"`
}

// Month shows a month ("YYYY-MM"; empty: the present one) to a member (zero: nobody in particular). Cancelled dates are
// shown to those who had signed up. Error: month_out_of_range.
func (s *Service) Month(ctx context.Context, alliance, member models.ID, month, locale string) (MonthView, error) {
	street, err := s.Pool.Alliance(ctx, alliance)
	if err != nil {
		return MonthView{}, err
	}
	first, err := s.firstOf(street, month)
	if err != nil {
		return MonthView{}, err
	}
	grid, err := gridOf(first)
	if err != nil {
		return MonthView{}, err
	}
	items, err := s.during(ctx, street, member, grid[0].Date, grid[len(grid)-1].Date)
	if err != nil {
		return MonthView{}, err
	}
	return draw(street, first, grid, items, locale)
}

func (s *Service) firstOf(street models.Alliance, month string) (almanac.Date, error) {
	if month == "" {
		year, m, _ := street.Local(s.Clock.Now()).Date()
		return almanac.On(year, m, 1), nil
	}
	first, err := almanac.Parse(month + "-01")
	if err != nil || first < almanac.On(1902, 1, 1) || first > almanac.On(2099, 12, 1) {
		return 0, ErrMonth
	}
	return first, nil
}

// gridOf is the weeks that a month touches, from Sunday to Saturday.
func gridOf(first almanac.Date) ([]almanac.Day, error) {
	year, month, _ := first.Civil()
	last := almanac.On(year, month+1, 0)
	from, to := first-almanac.Date(first.Weekday()), last+almanac.Date(time.Saturday-last.Weekday())
	var grid []almanac.Day
	for date := from; date <= to; date++ {
		day, err := almanac.Of(date)
		if err != nil {
			return nil, err
		}
		grid = append(grid, day)
	}
	return grid, nil
}

// during reads what is on between two dates, both included, and what the member had signed up for and is off.
func (s *Service) during(ctx context.Context, street models.Alliance, member models.ID, from, to almanac.Date) ([]OccurrenceView, error) {
	begin, end := from.Begins(street.Location()).UTC(), (to + 1).Begins(street.Location()).UTC()
	var list []models.Occurrence
	err := s.DB.Read(ctx).
		Where("alliance_id = ? AND starts_at > ? AND starts_at < ? AND ends_at > ?", street.ID, begin.Add(-models.EventLengthMax), end, begin).
		Order("starts_at, id").Find(&list).Error
	if err != nil {
		return nil, err
	}
	views, err := s.Views(ctx, street.ID, member, list)
	return slices.DeleteFunc(views, func(v OccurrenceView) bool {
		return v.State == models.EventStateCancelled && v.Mine == nil
	}), err
}

func draw(street models.Alliance, first almanac.Date, grid []almanac.Day, items []OccurrenceView, locale string) (MonthView, error) {
	rule, err := models.ParseMarketRule(street.MarketRule)
	if err != nil {
		return MonthView{}, err
	}
	year, lunar := lunarHead(first, grid)
	m := MonthView{
		Month: first.String()[:7], YearName: year.In(locale), Lunar: lunar.In(locale), Items: items,
		MarketRule: MarketRuleView{Text: rule.Words().In(locale)},
	}
	for _, day := range grid {
		cell := MonthDay{
			Date: day.Date.String(), Lunar: day.Lunar.Line().In(locale), Market: rule.Holds(day.Facts()),
			Occurrences: onDay(items, day.Date, street.Location()),
		}
		if names := day.Festivals(); len(names) > 0 {
			cell.Festival = names[0].In(locale)
		}
		m.Days = append(m.Days, cell)
	}
	return m, nil
}

// onDay lists what is on for some of the day; an event that ends at midnight is not on the day that begins then.
func onDay(items []OccurrenceView, date almanac.Date, zone *time.Location) []models.ID {
	begin, end := date.Begins(zone), (date + 1).Begins(zone)
	ids := []models.ID{}
	for _, o := range items {
		if o.StartsAt.Before(end) && o.EndsAt.After(begin) {
			ids = append(ids, o.ID)
		}
	}
	return ids
}

// lunarHead names the lunar years and months that the days of a month fall in.
func lunarHead(first almanac.Date, grid []almanac.Day) (year, months models.Text) {
	var years, short []models.Text
	_, month, _ := first.Civil()
	for _, day := range grid {
		if _, m, _ := day.Civil(); m != month {
			continue
		}
		years, short = addNew(years, day.Lunar.YearName()), addNew(short, day.Lunar.ShortMonth())
	}
	zhYears, enYears := joined(years, "、", " / ")
	zhMonths, enMonths := joined(short, "、", ", ")
	return models.Text{ZH: zhYears, EN: enYears}, models.Text{ZH: "农历" + zhMonths + "月", EN: "Lunar month " + enMonths}
}

func addNew(list []models.Text, t models.Text) []models.Text {
	if slices.Contains(list, t) {
		return list
	}
	return append(list, t)
}

func joined(list []models.Text, zh, en string) (string, string) {
	var zhs, ens []string
	for _, t := range list {
		zhs, ens = append(zhs, t.ZH), append(ens, t.EN)
	}
	return strings.Join(zhs, zh), strings.Join(ens, en)
}
