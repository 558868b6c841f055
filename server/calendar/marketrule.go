package calendar

import (
	"context"
	"errors"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/calendar/almanac"
	"onestreet/server/calendar/recur"
	"onestreet/server/platform/outbox"
)

// MarketRuleUses is what goes by the street's market rule.
type MarketRuleUses struct {
	Events  int64 `json:"events" doc:"that take place every market day"`
	Dates   int64 `json:"dates" doc:"of theirs that are to come"`
	Stores  int64 `json:"stores" doc:"with hours for market days"`
	Coupons int64 `json:"coupons" doc:"campaigns whose coupons work on market days only"`
	Letters int64 `json:"letters" doc:"members who get a letter the evening before"`
}

// MarketSettings is the street's market rule as its coordinator sees it.
type MarketSettings struct {
	Rule string         `json:"market_rule"`
	Text string         `json:"text" doc:"such as 逢集，农历三六九; empty where there is no market"`
	Next recur.View     `json:"next"`
	Uses MarketRuleUses `json:"uses"`
}

// MarketEffect is what another rule would do to the dates of events that take place every market day.
type MarketEffect struct {
	Gone  int `json:"gone" doc:"dates that go: nobody had signed up"`
	Kept  int `json:"kept" doc:"dates that are no market day any more and stay, because somebody signed up"`
	Added int `json:"added" doc:"dates that come new"`
	Told  int `json:"told" doc:"members who get a letter that their date stays"`
}

// MarketPreview is what a market rule says, the market days that come next, and what it would change.
type MarketPreview struct {
	Text   string       `json:"text" doc:"such as 逢集，农历三六九; empty where there is no market"`
	Next   recur.View   `json:"next"`
	Effect MarketEffect `json:"effect"`
}

// Market shows the coordinator the street's rule and what goes by it.
func (s *Service) Market(ctx context.Context, alliance models.ID, most int, locale string) (MarketSettings, error) {
	street, err := s.Pool.Alliance(ctx, alliance)
	if err != nil {
		return MarketSettings{}, err
	}
	v := MarketSettings{Rule: street.MarketRule}
	market, err := models.ParseMarketRule(street.MarketRule)
	if err != nil {
		return v, err
	}
	v.Text = market.Words().In(locale)
	if v.Next, err = s.nextMarkets(street, market, most, locale); err != nil {
		return v, err
	}
	v.Uses, err = s.marketUses(ctx, street)
	return v, err
}

// nextMarkets are the market days that come next.
func (s *Service) nextMarkets(street models.Alliance, market models.MarketRule, most int, locale string) (recur.View, error) {
	rule := recur.Rule{AllDay: true, Zone: street.Location(), Market: &market}
	if market.Kind == models.MarketNone {
		return rule.See(recur.Answer{Complete: true}, locale), nil
	}
	answer, err := rule.Expand(recur.Window{From: almanac.At(s.Clock.Now(), street.Location()), Open: true, Most: most})
	return rule.See(answer, locale), err
}

// MarketPreview shows what a market rule would do before the street agrees to it. Error: market_rule_invalid.
func (s *Service) MarketPreview(ctx context.Context, alliance models.ID, text string, most int, locale string) (MarketPreview, error) {
	street, err := s.Pool.Alliance(ctx, alliance)
	if err != nil {
		return MarketPreview{}, err
	}
	market, err := models.ParseMarketRule(text)
	if err != nil {
		return MarketPreview{}, models.ErrMarketRule.At("/market_rule")
	}
	v := MarketPreview{Text: market.Words().In(locale)}
	if v.Next, err = s.nextMarkets(street, market, most, locale); err != nil || market.Kind == models.MarketNone {
		return v, err
	}
	street.MarketRule = text
	v.Effect, err = s.marketEffect(ctx, street)
	return v, err
}

// marketSeries are the series of every market day of a street.
func (s *Service) marketSeries(ctx context.Context, alliance models.ID) ([]models.Series, error) {
	var all []models.Series
	err := s.DB.Read(ctx).Where("alliance_id = ? AND rule LIKE ?", alliance, `%"kind":"street"%`).Order("id").Find(&all).Error
	return all, err
}

func (s *Service) marketUses(ctx context.Context, street models.Alliance) (u MarketRuleUses, err error) {
	series, err := s.marketSeries(ctx, street.ID)
	if err != nil {
		return u, err
	}
	events := make([]models.ID, len(series))
	for i, one := range series {
		events[i] = one.EventID
	}
	u.Events = int64(len(events))
	stores, err := s.Pool.Stores(ctx, street.ID)
	for _, store := range stores {
		if store.Active() && len(store.MarketHours) > 0 {
			u.Stores++
		}
	}
	read := s.DB.Read(ctx)
	return u, errors.Join(err,
		read.Model(&models.Occurrence{}).Where("event_id IN ? AND state = ? AND starts_at > ?", events, models.EventStatePublished, s.Clock.Now()).Count(&u.Dates).Error,
		read.Model(&models.Campaign{}).Where("alliance_id = ? AND market_only = ? AND state NOT IN ?", street.ID, true, []models.CampaignState{models.CampaignEnded, models.CampaignArchived}).Count(&u.Coupons).Error,
		read.Model(&models.Member{}).Where("alliance_id = ? AND market_letters = ? AND left_at IS NULL", street.ID, true).Count(&u.Letters).Error,
	)
}

// marketEffect tells what happens to the dates of a street's market series under the rule that the street is given here.
func (s *Service) marketEffect(ctx context.Context, street models.Alliance) (e MarketEffect, err error) {
	series, err := s.marketSeries(ctx, street.ID)
	told := map[models.ID]bool{}
	for i := 0; err == nil && i < len(series); i++ {
		err = s.seriesEffect(ctx, street, series[i], &e, told)
	}
	e.Told = len(told)
	return e, err
}

func (s *Service) seriesEffect(ctx context.Context, street models.Alliance, series models.Series, e *MarketEffect, told map[models.ID]bool) error {
	r, ok, err := s.following(street, series)
	if err != nil || !ok {
		return err
	}
	read := s.DB.Read(ctx)
	var dates []models.Occurrence
	if err := read.Where("event_id = ? AND slot > ?", series.EventID, r.from).Order("slot").Find(&dates).Error; err != nil {
		return err
	}
	turns, err := r.turns(read, dates)
	if err != nil {
		return err
	}
	given := deal(dates, turns, r.zone, 0, false)
	e.Added += len(turns) - len(given)
	var stay []models.ID
	for _, o := range dates {
		if _, has := given[o.ID]; has || o.State != models.EventStatePublished {
			continue
		}
		if o.Taken+o.Held+o.Waiting == 0 {
			e.Gone++
		} else if o.StartsAt.Equal(*o.Slot) {
			e.Kept, stay = e.Kept+1, append(stay, o.ID)
		}
	}
	return membersOf(read, stay, told)
}

func membersOf(read *gorm.DB, dates []models.ID, into map[models.ID]bool) error {
	var members []models.ID
	err := read.Model(&models.SignUp{}).Where("occurrence_id IN ? AND state = ?", dates, models.SignedUp).Distinct().Pluck("member_id", &members).Error
	for _, m := range members {
		into[m] = true
	}
	return err
}

// marketChanged moves what goes by the street's market rule to the new days, at once; those signed up for a date that stays
// are told. It reads the rule as it is now, so it does no harm twice or late.
func (s *Service) marketChanged(ctx context.Context, tx *gorm.DB, e outbox.Event, _ models.MarketRuleChanged) error {
	var ids []models.ID
	err := tx.Model(&models.Series{}).Where("alliance_id = ? AND rule LIKE ?", e.AllianceID, `%"kind":"street"%`).Order("id").Pluck("id", &ids).Error
	for i := 0; err == nil && i < len(ids); i++ {
		err = s.makeAhead(ctx, ids[i])
	}
	return err
}
