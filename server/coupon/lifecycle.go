package coupon

import (
	"context"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// Advance does what the clock alone brings: scheduled campaigns whose time has come go live, those whose claim window has
// passed end, and partners whose notice is over leave. Every node may run it at any time: each campaign is judged again under its row's lock.
func (s *Service) Advance(ctx context.Context) error {
	now := s.Clock.Now()
	var due []models.ID
	err := s.DB.Read(ctx).Model(&models.Campaign{}).
		Where("state = ? AND claim_from <= ?", models.CampaignScheduled, now).
		Or("state IN ? AND claim_until < ?", []models.CampaignState{models.CampaignLive, models.CampaignPaused}, now).
		Or("leave_due <= ?", now).
		Order("claim_from, id").Pluck("id", &due).Error
	if err != nil {
		return err
	}
	for _, id := range due {
		if err := s.advance(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) advance(ctx context.Context, id models.ID) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		c, err := db.Find[models.Campaign](db.Lock(tx), "id = ?", id)
		if err != nil {
			return err
		}
		if err := s.part(tx, &c); err != nil {
			return err
		}
		next := c.StateAt(s.Clock.Now())
		if next == c.State {
			return nil
		}
		return s.enter(tx, &c, next)
	})
}
