package coupon

import (
	"context"
	"slices"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// GiveNotice is a partner's owner saying that their store leaves a campaign in so many days (0: the campaign's own notice),
// at the end of the last one in the street's time. Until then it honours and pays. From then on its store takes the coupons
// no more, and it pays its share only of those claimed before. Either the issuer has signed to carry the share from then on
// (models.Limits.IssuerCovers), or no more are given out until everyone has signed other terms.
// Errors: not_found, not_running, already_leaving, notice_short.
func (s *Service) GiveNotice(ctx context.Context, by Staff, id models.ID, days int64) (models.CampaignNotice, error) {
	var n models.CampaignNotice
	err := s.DB.Tx(ctx, func(tx *gorm.DB) error {
		c, shares, err := s.lockPart(tx, by, id)
		if err != nil {
			return err
		}
		if days == 0 {
			days = c.Notice()
		}
		switch {
		case !c.StateAt(s.Clock.Now()).Running():
			return ErrNotPausable
		case days < c.Notice():
			return ErrNoticeShort.With(c.Notice())
		}
		if n, err = s.notice(tx, by, c, days); err != nil {
			return err
		}
		if c.LeaveDue, err = leaveDue(tx, c, shares); err != nil {
			return err
		}
		if err := tx.Save(&c).Error; err != nil {
			return err
		}
		return s.Outbox.Add(tx, c.AllianceID, models.EventPartnerLeaving, models.PartnerLeft{CampaignID: c.ID, StoreID: by.Store, At: n.LeavesAt})
	})
	return n, err
}

// lockPart reads a campaign that the store has signed a share of, other than its own. Error: not_found.
func (s *Service) lockPart(tx *gorm.DB, by Staff, id models.ID) (models.Campaign, []models.CampaignShare, error) {
	c, err := db.Find[models.Campaign](db.Lock(tx), "id = ? AND alliance_id = ? AND signed_at IS NOT NULL", id, by.Alliance)
	if err != nil {
		return c, nil, err
	}
	shares, err := sharesOf(tx, c)
	if err == nil && partOf(shares, by.Store, c.StoreID) < 0 {
		err = models.ErrNotFound
	}
	return c, shares, err
}

// partOf is the place of a partner among the shares; −1 for the issuer, and for who has none.
func partOf(shares []models.CampaignShare, store, issuer models.ID) int {
	return slices.IndexFunc(shares, func(sh models.CampaignShare) bool { return sh.StoreID == store && store != issuer })
}

func (s *Service) notice(tx *gorm.DB, by Staff, c models.Campaign, days int64) (models.CampaignNotice, error) {
	st, err := s.street(tx.Statement.Context, c.AllianceID)
	if err != nil {
		return models.CampaignNotice{}, err
	}
	y, m, d := st.now.In(st.zone).Date()
	n := models.CampaignNotice{
		CampaignID: c.ID, StoreID: by.Store, AllianceID: c.AllianceID, GivenBy: by.Account, GivenAt: st.now,
		LeavesAt: time.Date(y, m, d+int(days)+1, 0, 0, 0, 0, st.zone).UTC(),
	}
	if err = tx.Create(&n).Error; db.IsDuplicate(err) {
		err = ErrLeaving
	}
	return n, err
}

// leaveDue is when the next of a version's partners leaves; nil when none has said so.
func leaveDue(tx *gorm.DB, c models.Campaign, shares []models.CampaignShare) (*time.Time, error) {
	var rows []models.CampaignNotice
	if err := tx.Where("campaign_id = ? AND settled_at IS NULL", c.ID).Order("leaves_at").Find(&rows).Error; err != nil {
		return nil, err
	}
	for _, n := range rows {
		if partOf(shares, n.StoreID, c.StoreID) >= 0 {
			return &n.LeavesAt, nil
		}
	}
	return nil, nil
}

// Stay takes a notice back while it runs. Errors: not_found, already_left.
func (s *Service) Stay(ctx context.Context, by Staff, id models.ID) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		c, shares, err := s.lockPart(tx, by, id)
		if err != nil {
			return err
		}
		n, err := db.Find[models.CampaignNotice](tx, "campaign_id = ? AND store_id = ?", c.ID, by.Store)
		if err != nil {
			return err
		}
		if n.Left(s.Clock.Now()) {
			return ErrLeftAlready
		}
		if err := tx.Where("campaign_id = ? AND store_id = ?", c.ID, by.Store).Delete(&n).Error; err != nil {
			return err
		}
		if c.LeaveDue, err = leaveDue(tx, c, shares); err != nil {
			return err
		}
		return tx.Save(&c).Error
	})
}

// part lets the stores go whose notice is over: the issuer carries their shares in a version that follows from what it has
// signed, or the campaign stops giving out. What was proposed meanwhile counted on them, and is withdrawn.
func (s *Service) part(tx *gorm.DB, c *models.Campaign) error {
	now := s.Clock.Now()
	var due []models.CampaignNotice
	err := tx.Where("campaign_id = ? AND settled_at IS NULL AND leaves_at <= ?", c.ID, now).Order("leaves_at, store_id").Find(&due).Error
	if err != nil {
		return err
	}
	for _, n := range due {
		if err := tx.Model(&models.CampaignNotice{}).Where("campaign_id = ? AND store_id = ?", n.CampaignID, n.StoreID).Update("settled_at", now).Error; err != nil {
			return err
		}
		if err := s.goOnWithout(tx, c, n.StoreID); err != nil {
			return err
		}
		if err := s.Outbox.Add(tx, c.AllianceID, models.EventPartnerLeft, models.PartnerLeft{CampaignID: c.ID, StoreID: n.StoreID, At: n.LeavesAt}); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) goOnWithout(tx *gorm.DB, c *models.Campaign, store models.ID) error {
	shares, err := sharesOf(tx, *c)
	if err != nil {
		return err
	}
	if partOf(shares, store, c.StoreID) < 0 {
		c.LeaveDue = nil
		return tx.Save(c).Error
	}
	if err := s.withdraw(tx, c); err != nil {
		return err
	}
	if c.IssuerCovers && c.State.Running() {
		return s.cover(tx, c, models.Without(shares, store))
	}
	if c.LeaveDue, err = leaveDue(tx, *c, shares); err != nil {
		return err
	}
	if c.State == models.CampaignLive || c.State == models.CampaignScheduled {
		return s.enter(tx, c, models.CampaignPaused)
	}
	return tx.Save(c).Error
}

// cover writes the version in which the issuer carries what a store has left; all other signatures stand.
func (s *Service) cover(tx *gorm.DB, c *models.Campaign, shares []models.CampaignShare) error {
	next := *c
	var err error
	if next.Version, err = nextVersion(tx, c.ID); err != nil {
		return err
	}
	e, err := earlier(tx, *c, 0)
	if err != nil {
		return err
	}
	for i := range shares {
		shares[i].Version, shares[i].Position = next.Version, int64(i)
	}
	worst(shares[:1], next, e, *c, nil)
	if err := tx.Create(&shares).Error; err != nil {
		return err
	}
	return s.replace(tx, c, next, shares, c.State)
}

// leftShares tells whether a store that has left still carries a share of the present terms.
func leftShares(tx *gorm.DB, c models.Campaign, now time.Time) (bool, error) {
	var n int64
	err := tx.Table("campaign_notices AS n").Joins("JOIN campaign_shares AS s ON s.campaign_id = n.campaign_id AND s.store_id = n.store_id AND s.version = ?", c.Version).
		Where("n.campaign_id = ? AND n.leaves_at <= ?", c.ID, now).Count(&n).Error
	return n > 0, err
}
