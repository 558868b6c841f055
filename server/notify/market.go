package notify

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/calendar/almanac"
	"onestreet/server/platform/outbox"
)

// The evening before market day is when people lay out what they take along: from 18:00 until the quiet hours begin.
const eveFrom = 18

// eveAtOnce bounds how many letters share a transaction.
const eveAtOnce = 100

// eventStays tells those signed up that the market moved and their date did not.
func (s *Service) eventStays(_ context.Context, tx *gorm.DB, e outbox.Event, p models.EventChanged) error {
	return s.tellGuests(tx, e, p, models.NoticeEventStays)
}

// RemindOfMarket writes to those who want it on the evening before market day. A job: a letter is unique for its member and
// day, so it comes once however many nodes run it.
func (s *Service) RemindOfMarket(ctx context.Context) error {
	var streets []models.Alliance
	err := s.DB.Read(ctx).Where("market_rule <> ''").Find(&streets).Error
	for i := 0; err == nil && i < len(streets); i++ {
		err = s.marketEve(ctx, streets[i])
	}
	return err
}

func (s *Service) marketEve(ctx context.Context, street models.Alliance) error {
	now := s.Clock.Now()
	local := street.Local(now)
	rule, err := models.ParseMarketRule(street.MarketRule)
	tomorrow := almanac.At(now, street.Location()) + 1
	if err != nil || local.Hour() < eveFrom || quiet(local) || rule.Kind == models.MarketDaily || !almanac.Market(rule, tomorrow) {
		return nil // every day is no news, and a rule that cannot be read has no days
	}
	d := draft{alliance: street.ID, kind: models.NoticeMarketEve, reference: fmt.Sprintf("%s:%s", models.NoticeMarketEve, tomorrow), link: "/calendar?day=" + tomorrow.String(), at: now}
	for {
		members, err := s.wantEve(ctx, d)
		if err != nil || len(members) == 0 {
			return err
		}
		if d.facts, err = s.eveFacts(ctx, street, tomorrow); err != nil {
			return err
		}
		if err := s.DB.Tx(ctx, func(tx *gorm.DB) error { return s.deliverAll(tx, street.ID, eachOf(d, members)) }); err != nil {
			return err
		}
	}
}

// wantEve are some members who want the letter and have not had it.
func (s *Service) wantEve(ctx context.Context, d draft) ([]models.ID, error) {
	read := s.DB.Read(ctx)
	told := read.Model(&models.Notice{}).Select("member_id").Where("alliance_id = ? AND reference = ?", d.alliance, d.reference)
	var members []models.ID
	err := read.Model(&models.Member{}).Where("alliance_id = ? AND market_letters = ? AND left_at IS NULL AND id NOT IN (?)", d.alliance, true, told).
		Order("id").Limit(eveAtOnce).Pluck("id", &members).Error
	return members, err
}

// eachOf is a letter to each of some members.
func eachOf(d draft, members []models.ID) []draft {
	all := make([]draft, len(members))
	for i, m := range members {
		all[i], all[i].member = d, m
	}
	return all
}

// eveFacts counts what there is tomorrow: stores with hours for market days, and events.
func (s *Service) eveFacts(ctx context.Context, street models.Alliance, tomorrow almanac.Date) (facts, error) {
	zone := street.Location()
	begin, end := tomorrow.Begins(zone).UTC(), (tomorrow + 1).Begins(zone).UTC()
	f := facts{From: begin}
	stores, err := s.Pool.Stores(ctx, street.ID)
	if err != nil {
		return f, err
	}
	for _, store := range stores {
		if store.Active() && len(store.MarketHours) > 0 {
			f.Number++
		}
	}
	if day, err := almanac.Of(tomorrow); err == nil {
		f.Title = day.Lunar.MonthName().ZH + day.Lunar.DayName().ZH
	}
	err = s.DB.Read(ctx).Model(&models.Occurrence{}).Where("alliance_id = ? AND state = ? AND starts_at >= ? AND starts_at < ?", street.ID, models.EventStatePublished, begin, end).Count(&f.Count).Error
	return f, err
}

func eveLetter(f facts, zone *time.Location) (title, text models.Text) {
	date := models.SaidDate(f.From.In(zone))
	title = models.Text{ZH: "明天逢集：" + date.ZH, EN: "Market tomorrow: " + date.EN}
	text = models.Text{ZH: f.Title + "。", EN: "Come early for the best of it. "}
	if f.Number > 0 {
		text = join(text, words("%d 家店照集日的钟点开门。", "%d stores keep market-day hours. ", f.Number))
	}
	if f.Count > 0 {
		text = join(text, words("街上有 %d 场活动，点开看看。", "%d events are on; open this to see them.", f.Count))
	}
	return title, text
}

func join(a, b models.Text) models.Text { return models.Text{ZH: a.ZH + b.ZH, EN: a.EN + b.EN} }

// staysLetter tells that the market moved and the date did not.
func staysLetter(f facts, zone *time.Location) (title, text models.Text) {
	return words("集日改了，%s不动", "Market days changed; %s did not", f.Title),
		both("您报的这场还在 %s，%s，%s。去不了就退一下", "What you signed up for is still %s, %s, %s. Give the place back if you cannot come.", moment(f.From, zone), models.Same(f.Store), models.Same(f.Place))
}
