package calendar

import (
	"context"
	"errors"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// Terms are an event's terms of signing up. Error: not_found.
func (s *Service) Terms(ctx context.Context, desk Desk, event models.ID) (models.SignUpTerms, error) {
	read := s.DB.Read(ctx)
	e, err := desk.event(read, event)
	if err != nil {
		return models.SignUpTerms{}, err
	}
	return termsOf(read, e.ID, e.AllianceID)
}

// SetTerms says how people sign up for an event's dates from now on; who has a place or waits keeps it.
// Errors: not_found, event_cancelled, invalid, gift_campaign, street_level, circle_unknown.
func (s *Service) SetTerms(ctx context.Context, desk Desk, t models.SignUpTerms) (models.SignUpTerms, error) {
	t.AllianceID = desk.Alliance
	if t.Questions == nil {
		t.Questions = []models.Question{}
	}
	if err := t.Check(); err != nil {
		return t, err
	}
	if desk.street() && t.Who == models.WelcomeLevel {
		return t, ErrStreetLevel
	}
	if t.Who != models.WelcomeCircle {
		t.Circle = models.ID{}
	}
	return t, s.DB.Tx(ctx, func(tx *gorm.DB) error {
		e, err := desk.event(tx, t.EventID)
		if err != nil {
			return err
		}
		if e.State == models.EventStateCancelled {
			return ErrCancelled
		}
		if err := s.names(tx, desk, t.Circle); err != nil {
			return err
		}
		if err := gives(tx, t.GiftCampaign, e.AllianceID, e.StoreID); err != nil {
			return err
		}
		return tx.Clauses(clause.OnConflict{UpdateAll: true}).Create(&t).Error
	})
}

// names refuses a circle that the host may not name. Error: circle_unknown.
func (s *Service) names(tx *gorm.DB, desk Desk, circle models.ID) error {
	if circle.IsZero() {
		return nil
	}
	_, err := s.Pool.NamedCircle(tx, desk.Alliance, desk.Store, circle)
	return db.IfNone(err, ErrCircle)
}

// gives refuses a campaign for guests that is not the host's, or whose coupons nobody may be given by hand. Whether any are
// left when somebody comes is another matter.
func gives(tx *gorm.DB, campaign, alliance, store models.ID) error {
	if campaign.IsZero() {
		return nil
	}
	c, err := db.Find[models.Campaign](tx, "id = ? AND alliance_id = ? AND store_id = ?", campaign, alliance, store)
	if errors.Is(err, models.ErrNotFound) || err == nil && !c.Gives(models.WayPrize) {
		return ErrGift
	}
	return err
}
