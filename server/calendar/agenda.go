package calendar

import (
	"context"
	"slices"

	"onestreet/models"
	"onestreet/server/calendar/almanac"
	"onestreet/server/platform/web"
)

// AgendaView is what comes, grouped by day, page after page.
type AgendaView struct {
	Days       []AgendaDay    `json:"days" nullable:"false" doc:"in order; days with something on, market days and festivals"`
	NextCursor string         `json:"next_cursor" doc:"empty: nothing more is in the calendar"`
	MarketRule MarketRuleView `json:"market_rule"`
}

// AgendaDay is one day of the agenda. An event of several days stands on the day on which it begins.
type AgendaDay struct {
	DayHead
	Items []OccurrenceView `json:"items" nullable:"false" doc:"in order of time"`
}

// DayHead is what the almanac and the street say of a day.
type DayHead struct {
	Date      string   `json:"date" doc:"YYYY-MM-DD"`
	Lunar     string   `json:"lunar" doc:"with its month, such as 十月初六"`
	YearName  string   `json:"year_name" doc:"such as 丙午年"`
	Festivals []string `json:"festivals" nullable:"false" doc:"festivals, holidays and the solar term, the greatest first"`
	Market    bool     `json:"market"`
}

// An agenda's page: about so many events, and no longer than so many days.
const (
	agendaItems = 30
	agendaDays  = 62
)

// agendaCursor is the day with which a page begins.
type agendaCursor struct {
	From string `json:"from"`
}

// Agenda shows what comes from a day on ("YYYY-MM-DD"; empty: today), to a member (zero: nobody in particular). A page ends
// with a day. Errors: cursor, date_unclear.
func (s *Service) Agenda(ctx context.Context, alliance, member models.ID, from, cursor, locale string) (AgendaView, error) {
	street, err := s.Pool.Alliance(ctx, alliance)
	if err != nil {
		return AgendaView{}, err
	}
	at := agendaCursor{From: from}
	if err := web.DecodeCursor(cursor, &at); err != nil {
		return AgendaView{}, err
	}
	first, err := s.dayOf(street, at.From)
	if err != nil {
		return AgendaView{}, err
	}
	rule, err := models.ParseMarketRule(street.MarketRule)
	if err != nil {
		return AgendaView{}, err
	}
	last, more, err := s.pageEnd(ctx, street, first)
	if err != nil {
		return AgendaView{}, err
	}
	items, err := s.beginning(ctx, street, member, first, last)
	if err != nil {
		return AgendaView{}, err
	}
	view := AgendaView{Days: agendaOf(street, rule, first, last, items, locale), MarketRule: MarketRuleView{Text: rule.Words().In(locale)}}
	if more {
		view.NextCursor = web.EncodeCursor(agendaCursor{From: (last + 1).String()})
	}
	return view, nil
}

// dayOf reads a day, or finds the street's today. Error: date_unclear.
func (s *Service) dayOf(street models.Alliance, text string) (almanac.Date, error) {
	if text == "" {
		return almanac.At(s.Clock.Now(), street.Location()), nil
	}
	date, err := almanac.Parse(text)
	if err != nil || date < almanac.First+1 || date > almanac.Last-agendaDays {
		return 0, ErrDay
	}
	return date, nil
}

// pageEnd finds the last day of a page, and whether anything comes after it.
func (s *Service) pageEnd(ctx context.Context, street models.Alliance, first almanac.Date) (last almanac.Date, more bool, err error) {
	zone := street.Location()
	var starts []models.Occurrence
	err = s.DB.Read(ctx).Select("id, starts_at").Where("alliance_id = ? AND state = ? AND starts_at >= ?", street.ID, models.EventStatePublished, first.Begins(zone).UTC()).
		Order("starts_at, id").Limit(agendaItems + 1).Find(&starts).Error
	if err != nil {
		return 0, false, err
	}
	if len(starts) == 0 {
		return first + agendaDays/2, false, nil
	}
	last, more = almanac.At(starts[len(starts)-1].StartsAt, zone), len(starts) > agendaItems
	if more && last > first {
		last-- // the last day may not be whole
	}
	if last >= first+agendaDays {
		return first + agendaDays - 1, true, nil
	}
	return last, more, nil
}

// beginning reads what begins between two dates, both included.
func (s *Service) beginning(ctx context.Context, street models.Alliance, member models.ID, from, to almanac.Date) ([]OccurrenceView, error) {
	begin := from.Begins(street.Location())
	items, err := s.during(ctx, street, member, from, to)
	return slices.DeleteFunc(items, func(o OccurrenceView) bool { return o.StartsAt.Before(begin) }), err
}

func agendaOf(street models.Alliance, rule models.MarketRule, first, last almanac.Date, items []OccurrenceView, locale string) []AgendaDay {
	days := []AgendaDay{}
	on := map[almanac.Date][]OccurrenceView{}
	for _, o := range items {
		date := almanac.At(o.StartsAt, street.Location())
		on[date] = append(on[date], o)
	}
	for date := first; date <= last; date++ {
		head := headOf(rule, date, locale)
		if len(on[date]) == 0 && !head.Market && len(head.Festivals) == 0 {
			continue
		}
		if on[date] == nil {
			on[date] = []OccurrenceView{}
		}
		days = append(days, AgendaDay{DayHead: head, Items: on[date]})
	}
	return days
}

func headOf(rule models.MarketRule, date almanac.Date, locale string) DayHead {
	head := DayHead{Date: date.String(), Festivals: []string{}}
	day, err := almanac.Of(date)
	if err != nil {
		return head // outside the almanac: dayOf does not let it through
	}
	head.Lunar = models.Text{ZH: day.Lunar.MonthName().ZH + day.Lunar.DayName().ZH, EN: day.Lunar.MonthName().EN + ", day " + day.Lunar.DayName().EN}.In(locale)
	head.YearName, head.Market = day.Lunar.YearName().In(locale), rule.Holds(day.Facts())
	for _, name := range day.Festivals() {
		head.Festivals = append(head.Festivals, name.In(locale))
	}
	return head
}
