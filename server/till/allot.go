package till

import (
	"cmp"
	"context"
	"errors"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"onestreet/models"
	"onestreet/server/coupon"
	"onestreet/server/platform/db"
)

// HouseRule asks for as many as the house rule gives (models.AllotmentFor).
const HouseRule = -1

// Carried is what a till knows of a campaign: its terms, and how many redemptions it may make.
type Carried struct {
	coupon.TillTerms
	models.TillAllotment
}

// Contact measures a till's clock, fills its allotments up and extends them to the end of the street's day. A till brings
// its log first (TakeLog). Errors: not_found, till_revoked.
func (s *Service) Contact(ctx context.Context, by Staff, id models.ID, deviceTime time.Time) (models.Till, []Carried, error) {
	terms, err := s.Coupon.TillTerms(ctx, by.Alliance, by.Store)
	if err != nil {
		return models.Till{}, nil, err
	}
	street, err := s.Pool.Alliance(ctx, by.Alliance)
	if err != nil {
		return models.Till{}, nil, err
	}
	var t models.Till
	var carried []Carried
	err = s.locked(ctx, by.Alliance, func(tx *gorm.DB) (err error) {
		if t, err = ofStore(tx, by, id); err != nil {
			return err
		}
		if err = s.seen(tx, &t, deviceTime); err != nil {
			return err
		}
		carried, err = s.fill(tx, t, terms, endOfDay(street, t.SeenAt))
		return err
	})
	return t, carried, err
}

// seen notes when a till spoke, and what its clock said.
func (s *Service) seen(tx *gorm.DB, t *models.Till, deviceTime time.Time) error {
	t.SeenAt = s.Clock.Now()
	t.ClockOffset = offset(t.SeenAt, deviceTime).Milliseconds()
	return tx.Model(t).Select("seen_at", "clock_offset").Updates(t).Error
}

// fill brings a till's allotments up to what it should hold.
func (s *Service) fill(tx *gorm.DB, t models.Till, terms []coupon.TillTerms, until time.Time) ([]Carried, error) {
	has, err := heldOf(tx, t)
	if err != nil {
		return nil, err
	}
	carried := make([]Carried, len(terms))
	for i, c := range terms {
		a, ok := has[c.ID]
		if !ok {
			a = models.TillAllotment{TillID: t.ID, CampaignID: c.ID, AllianceID: t.AllianceID, Wanted: HouseRule}
		}
		a.Until = until
		if err := s.fillOne(tx, &a); err != nil {
			return nil, err
		}
		carried[i] = Carried{TillTerms: c, TillAllotment: a}
	}
	return carried, nil
}

// fillOne takes what an allotment lacks from what is free, or gives back what is more than the manager wants, and writes
// the allotment.
func (s *Service) fillOne(tx *gorm.DB, a *models.TillAllotment) error {
	free, err := s.Coupon.SetAside(tx, a.CampaignID, 0)
	if err != nil {
		return err
	}
	want := a.Wanted
	if want == HouseRule {
		want = models.AllotmentFor(free, a.Open())
	}
	if more := max(min(want-a.Open(), free), -a.Open()); more != 0 {
		if _, err := s.Coupon.SetAside(tx, a.CampaignID, more); err != nil {
			return err
		}
		a.Allotted += more
	}
	return tx.Clauses(clause.OnConflict{
		Columns: []clause.Column{{Name: "till_id"}, {Name: "campaign_id"}}, DoUpdates: clause.AssignmentColumns([]string{"allotted", "wanted", "until"}),
	}).Create(a).Error
}

// Allot sets how many redemptions of a campaign a till holds: as many as are free, at most; HouseRule asks for the usual
// number. What the till has used out of sight is not known here: when more arrive than it holds, they are taken as long
// as something is free. Errors: not_found, till_revoked, not_offline, nothing_free.
func (s *Service) Allot(ctx context.Context, by Staff, id, campaign models.ID, count int64) (Carried, error) {
	terms, err := s.taken(ctx, by, campaign)
	if err != nil {
		return Carried{}, err
	}
	street, err := s.Pool.Alliance(ctx, by.Alliance)
	if err != nil {
		return Carried{}, err
	}
	out := Carried{TillTerms: terms}
	err = s.locked(ctx, by.Alliance, func(tx *gorm.DB) error {
		t, err := ofStore(tx, by, id)
		if err != nil {
			return err
		}
		a, err := db.Find[models.TillAllotment](tx, "till_id = ? AND campaign_id = ?", t.ID, campaign)
		if errors.Is(err, models.ErrNotFound) {
			a, err = models.TillAllotment{TillID: t.ID, CampaignID: campaign, AllianceID: t.AllianceID}, nil
		}
		if err != nil {
			return err
		}
		a.Wanted, a.Until = count, endOfDay(street, s.Clock.Now())
		if err = s.fillOne(tx, &a); err == nil && a.Open() < count {
			err = coupon.ErrNothingFree
		}
		out.TillAllotment = a
		s.changed(tx, t)
		return err
	})
	return out, err
}

// taken is a campaign whose coupons the store takes. Error: not_offline.
func (s *Service) taken(ctx context.Context, by Staff, campaign models.ID) (coupon.TillTerms, error) {
	terms, err := s.Coupon.TillTerms(ctx, by.Alliance, by.Store)
	for _, c := range terms {
		if c.ID == campaign {
			return c, err
		}
	}
	return coupon.TillTerms{}, cmp.Or(err, error(ErrNotTaken))
}

// giveBack gives what allotments have left back to everybody.
func (s *Service) giveBack(tx, which *gorm.DB) error {
	var rows []models.TillAllotment
	if err := which.Where("used < allotted").Order("campaign_id, till_id").Find(&rows).Error; err != nil {
		return err
	}
	for _, a := range rows {
		if _, err := s.Coupon.SetAside(tx, a.CampaignID, -a.Open()); err != nil {
			return err
		}
		err := tx.Model(&models.TillAllotment{}).Where("till_id = ? AND campaign_id = ?", a.TillID, a.CampaignID).Update("allotted", a.Used).Error
		if err != nil {
			return err
		}
	}
	return nil
}

// ReturnOverdue gives back the allotments of tills that have not been heard of for a day after their end. What such a till
// still brings is taken while something is free. Every node may run it at any time.
func (s *Service) ReturnOverdue(ctx context.Context) error {
	before := s.Clock.Now().Add(-models.AllotmentKept)
	var streets []models.ID
	err := s.DB.Read(ctx).Model(&models.TillAllotment{}).Distinct("alliance_id").Where("until < ? AND used < allotted", before).Pluck("alliance_id", &streets).Error
	if err != nil {
		return err
	}
	for _, alliance := range streets {
		err := s.locked(ctx, alliance, func(tx *gorm.DB) error {
			return s.giveBack(tx, tx.Where("alliance_id = ? AND until < ?", alliance, before))
		})
		if err != nil {
			return err
		}
	}
	return nil
}
