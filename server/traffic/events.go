package traffic

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
	"onestreet/server/platform/outbox"
)

const (
	crowdStep  = 50 // visits of a store's day that are news
	guestsStep = 10 // places of an event that are
)

// open reads the street of an event and holds its rollups.
func (s *Service) open(ctx context.Context, tx *gorm.DB, e outbox.Event) (models.Alliance, error) {
	street, err := s.Pool.Alliance(ctx, e.AllianceID)
	if err != nil {
		return street, err
	}
	return street, hold(tx, e.AllianceID)
}

// seen is what visits changed of a day: of whom, and of which hours of which stores; last is the latest of them.
type seen struct {
	day     localDay
	members []models.ID
	hours   map[models.ID]map[int]bool
	last    time.Time
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
		of := days[d.name]
		if of == nil {
			of = &seen{day: d, hours: map[models.ID]map[int]bool{}}
			days[d.name] = of
		}
		of.add(v.What)
	}
	for _, of := range days {
		if err := s.recount(tx, of); err != nil {
			return err
		}
	}
	return nil
}

func (of *seen) add(v models.VisitRecorded) {
	if of.hours[v.StoreID] == nil {
		of.hours[v.StoreID] = map[int]bool{}
	}
	of.hours[v.StoreID][of.day.hour(v.At)] = true
	of.members = append(of.members, v.MemberID)
	if v.At.After(of.last) {
		of.last = v.At
	}
}

func (s *Service) recount(tx *gorm.DB, of *seen) error {
	d := of.day
	if err := countMembers(tx, d, of.members); err != nil {
		return err
	}
	for store, hours := range of.hours {
		before, n, err := countHours(tx, d, store, hours)
		if err != nil {
			return err
		}
		s.changed(tx, d.alliance, store)
		if n/crowdStep <= before/crowdStep {
			continue
		}
		n -= n % crowdStep
		err = tell(tx, models.TrafficNews{
			AllianceID: d.alliance, Kind: models.NewsCrowd, StoreID: store, Number: n, At: of.last,
			Reference: fmt.Sprintf("crowd:%s:%s:%d", store, d.name, n),
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) onJoined(ctx context.Context, tx *gorm.DB, e outbox.Event, m models.MemberJoined) error {
	street, err := s.open(ctx, tx, e)
	if err != nil {
		return err
	}
	s.changed(tx, e.AllianceID, m.OriginStoreID)
	return countJoined(tx, dayOf(street, m.At), m.OriginStoreID)
}

func (s *Service) onLeft(_ context.Context, tx *gorm.DB, e outbox.Event, _ models.MemberLeft) error {
	s.changed(tx, e.AllianceID)
	return nil
}

// issued is a redemption and who issued its coupon.
type issued struct {
	models.Redemption
	Issuer models.ID
	Title  string
}

// redemptions reads redemptions with their campaigns, by id.
func redemptions(tx *gorm.DB, alliance models.ID, ids []models.ID) (map[models.ID]issued, error) {
	var rows []issued
	err := tx.Table("redemptions AS r").Joins("JOIN campaigns AS c ON c.id = r.campaign_id").
		Select("r.id, r.store_id, r.member_id, r.local_date, r.off, c.store_id AS issuer, c.title").
		Where("r.id IN ? AND +r.alliance_id = ?", ids, alliance).Scan(&rows).Error
	found := make(map[models.ID]issued, len(rows))
	for _, r := range rows {
		found[r.ID] = r
	}
	return found, err
}

// happened is what an event tells of a redemption.
type happened struct {
	outbox.Event
	redemption models.ID
	kind       models.NewsKind
	at         time.Time
}

func (s *Service) onRedeemed(ctx context.Context, tx *gorm.DB, told []outbox.Told[models.CouponRedeemed]) error {
	all := make([]happened, len(told))
	for i, e := range told {
		all[i] = happened{e.Event, e.What.RedemptionID, models.NewsRedeemed, e.What.At}
	}
	return s.redeemed(ctx, tx, all)
}

func (s *Service) onReversed(ctx context.Context, tx *gorm.DB, told []outbox.Told[models.RedemptionReversed]) error {
	all := make([]happened, len(told))
	for i, e := range told {
		all[i] = happened{e.Event, e.What.RedemptionID, models.NewsReversed, e.At}
	}
	return s.redeemed(ctx, tx, all)
}

func (s *Service) redeemed(ctx context.Context, tx *gorm.DB, all []happened) error {
	alliance := all[0].AllianceID
	if _, err := s.open(ctx, tx, all[0].Event); err != nil {
		return err
	}
	ids := make([]models.ID, len(all))
	for i, h := range all {
		ids[i] = h.redemption
	}
	found, err := redemptions(tx, alliance, ids)
	if err != nil {
		return err
	}
	if err := countRedemptions(tx, alliance, slices.Collect(maps.Values(found))); err != nil {
		return err
	}
	news, told := make([]models.TrafficNews, len(all)), map[models.ID]bool{}
	for i, h := range all {
		r, ok := found[h.redemption]
		if !ok {
			return models.ErrNotFound
		}
		news[i], told[r.StoreID], told[r.Issuer] = h.news(r), true, true
	}
	s.changed(tx, alliance, slices.Collect(maps.Keys(told))...)
	return db.OnConflictSkip(tx).Create(&news).Error
}

func (h happened) news(r issued) models.TrafficNews {
	amount := -r.Off
	if h.kind == models.NewsReversed {
		amount = r.Off
	}
	return models.TrafficNews{
		ID: models.NewID(), AllianceID: h.AllianceID, Kind: h.kind, StoreID: r.StoreID, OtherID: r.Issuer, Amount: amount, Title: r.Title, At: h.at,
		Reference: byEvent(h.Event),
	}
}

// onReferral tells what became of a credit; the store's pending sum is another.
func (s *Service) onReferral(_ context.Context, tx *gorm.DB, e outbox.Event, r models.Referred) error {
	if r.StoreID.IsZero() {
		return nil
	}
	s.changed(tx, e.AllianceID, r.StoreID)
	kinds := map[string]models.NewsKind{models.EventReferralPending: models.NewsJoined, models.EventReferralPosted: models.NewsVested}
	kind, news := kinds[e.Kind]
	if !news {
		return nil
	}
	return tell(tx, models.TrafficNews{AllianceID: e.AllianceID, Kind: kind, StoreID: r.StoreID, Amount: r.Amount, At: e.At, Reference: byEvent(e)})
}

func (s *Service) onSignUp(_ context.Context, tx *gorm.DB, e outbox.Event, p models.SignUpChanged) error {
	var o models.Occurrence
	if err := tx.Where("id = ? AND alliance_id = ?", p.OccurrenceID, e.AllianceID).Take(&o).Error; err != nil {
		return ignoreGone(err)
	}
	if o.Taken == 0 || o.Taken%guestsStep != 0 && o.Taken < o.Capacity {
		return nil
	}
	title, err := titleOf(tx, o.EventID)
	if err != nil {
		return ignoreGone(err)
	}
	s.changed(tx, e.AllianceID)
	return tell(tx, models.TrafficNews{
		AllianceID: e.AllianceID, Kind: models.NewsGuests, StoreID: o.StoreID, Number: int64(o.Taken), Title: title, At: e.At,
		Reference: fmt.Sprintf("guests:%s:%d", o.ID, o.Taken),
	})
}

func titleOf(tx *gorm.DB, event models.ID) (string, error) {
	var ev models.Event
	err := tx.Select("title").Where("id = ?", event).Take(&ev).Error
	return ev.Title, err
}

func (s *Service) onPublished(_ context.Context, tx *gorm.DB, e outbox.Event, p models.EventChanged) error {
	var ev models.Event
	if err := tx.Where("id = ? AND alliance_id = ?", p.EventID, e.AllianceID).Take(&ev).Error; err != nil {
		return ignoreGone(err)
	}
	s.changed(tx, e.AllianceID)
	return tell(tx, models.TrafficNews{AllianceID: e.AllianceID, Kind: models.NewsPublished, StoreID: ev.StoreID, Title: ev.Title, At: e.At, Reference: byEvent(e)})
}

func (s *Service) onStarted(_ context.Context, tx *gorm.DB, e outbox.Event, p models.CampaignStarted) error {
	var c models.Campaign
	if err := tx.Select("store_id", "title").Where("id = ? AND alliance_id = ?", p.CampaignID, e.AllianceID).Take(&c).Error; err != nil {
		return ignoreGone(err)
	}
	s.changed(tx, e.AllianceID, c.StoreID)
	return tell(tx, models.TrafficNews{AllianceID: e.AllianceID, Kind: models.NewsStarted, StoreID: c.StoreID, Title: c.Title, At: e.At, Reference: byEvent(e)})
}

func byEvent(e outbox.Event) string { return fmt.Sprintf("event:%d", e.ID) }

// tell puts a line on the ticker, once.
func tell(tx *gorm.DB, n models.TrafficNews) error {
	n.ID = models.NewID()
	return db.OnConflictSkip(tx).Create(&n).Error
}

// ignoreGone is for news about what is no longer there: then there is none.
func ignoreGone(err error) error {
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return nil
	}
	return err
}
