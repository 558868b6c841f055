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
	"onestreet/server/platform/outbox"
)

const (
	crowdStep  = 50 // visits of a store's day that are news
	guestsStep = 10 // places of an event that are
)

// open reads the street of an event and holds its rollups.
func (s *Service) open(ctx context.Context, tx *gorm.DB, e outbox.Event) (models.Alliance, error) {
	if err := hold(tx, e.AllianceID, s.Pool.AskAlliance(tx, e.AllianceID)); err != nil {
		return models.Alliance{}, err
	}
	return s.Pool.Alliance(ctx, e.AllianceID)
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

// happened is what an event tells of a redemption.
type happened struct {
	outbox.Event
	redemption models.ID
	kind       models.NewsKind
	at         time.Time
}

func (s *Service) onRedeemed(_ context.Context, tx *gorm.DB, told []outbox.Told[models.CouponRedeemed]) error {
	all := make([]happened, len(told))
	for i, e := range told {
		all[i] = happened{e.Event, e.What.RedemptionID, models.NewsRedeemed, e.What.At}
	}
	return s.redeemed(tx, all)
}

func (s *Service) onReversed(_ context.Context, tx *gorm.DB, told []outbox.Told[models.RedemptionReversed]) error {
	all := make([]happened, len(told))
	for i, e := range told {
		all[i] = happened{e.Event, e.What.RedemptionID, models.NewsReversed, e.At}
	}
	return s.redeemed(tx, all)
}

func (s *Service) redeemed(tx *gorm.DB, all []happened) error {
	alliance, ids, found := all[0].AllianceID, make([]models.ID, len(all)), map[models.ID]issued{}
	for i, h := range all {
		ids[i] = h.redemption
	}
	if err := hold(tx, alliance, askIssued(tx, alliance, ids, found)); err != nil {
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
	if err := countRedemptions(tx, alliance, found); err != nil {
		return err
	}
	return tell(tx, news...)
}

func (h happened) news(r issued) models.TrafficNews {
	amount := -r.Off
	if h.kind == models.NewsReversed {
		amount = r.Off
	}
	return models.TrafficNews{
		AllianceID: h.AllianceID, Kind: h.kind, StoreID: r.StoreID, OtherID: r.Issuer, Amount: amount, Title: r.Title, At: h.at,
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

// ignoreGone is for news about what is no longer there: then there is none.
func ignoreGone(err error) error {
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return nil
	}
	return err
}
