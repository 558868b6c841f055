package traffic

import (
	"context"
	"errors"
	"fmt"
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

func (s *Service) onVisit(ctx context.Context, tx *gorm.DB, e outbox.Event, v models.VisitRecorded) error {
	street, err := s.open(ctx, tx, e)
	if err != nil {
		return err
	}
	d := dayOf(street, v.At)
	if err := countMember(tx, d, v.MemberID); err != nil {
		return err
	}
	n, err := countStore(tx, d, v.StoreID)
	if err != nil {
		return err
	}
	s.changed(tx, e.AllianceID, v.StoreID)
	if n == 0 || n%crowdStep != 0 {
		return nil
	}
	return tell(tx, models.TrafficNews{
		AllianceID: e.AllianceID, Kind: models.NewsCrowd, StoreID: v.StoreID, Number: n, At: v.At,
		Reference: fmt.Sprintf("crowd:%s:%s:%d", v.StoreID, d.name, n),
	})
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

// redemption reads a redemption and who issued its coupon.
func redemption(tx *gorm.DB, alliance, id models.ID) (models.Redemption, models.Campaign, error) {
	var r models.Redemption
	if err := tx.Where("id = ? AND alliance_id = ?", id, alliance).Take(&r).Error; err != nil {
		return r, models.Campaign{}, err
	}
	var c models.Campaign
	err := tx.Select("id", "store_id", "title").Where("id = ? AND alliance_id = ?", r.CampaignID, alliance).Take(&c).Error
	return r, c, err
}

func (s *Service) onRedeemed(ctx context.Context, tx *gorm.DB, e outbox.Event, p models.CouponRedeemed) error {
	return s.redeemed(ctx, tx, e, p.RedemptionID, models.NewsRedeemed, p.At)
}

func (s *Service) onReversed(ctx context.Context, tx *gorm.DB, e outbox.Event, p models.RedemptionReversed) error {
	return s.redeemed(ctx, tx, e, p.RedemptionID, models.NewsReversed, e.At)
}

func (s *Service) redeemed(ctx context.Context, tx *gorm.DB, e outbox.Event, id models.ID, kind models.NewsKind, at time.Time) error {
	if _, err := s.open(ctx, tx, e); err != nil {
		return err
	}
	r, c, err := redemption(tx, e.AllianceID, id)
	if err != nil {
		return err
	}
	if err := countRedemption(tx, e.AllianceID, r, c.StoreID); err != nil {
		return err
	}
	s.changed(tx, e.AllianceID, r.StoreID, c.StoreID)
	amount := -r.Off
	if kind == models.NewsReversed {
		amount = r.Off
	}
	return tell(tx, models.TrafficNews{
		AllianceID: e.AllianceID, Kind: kind, StoreID: r.StoreID, OtherID: c.StoreID, Amount: amount, Title: c.Title, At: at, Reference: byEvent(e),
	})
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
