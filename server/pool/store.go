package pool

import (
	"context"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
	"onestreet/server/platform/web"
)

// StoreChange is what a manager may change of a store; nil stays as it is.
type StoreChange struct {
	Name        *string         `json:"name,omitempty" minLength:"1" maxLength:"20"`
	Color       *string         `json:"color,omitempty" pattern:"^#[0-9A-Fa-f]{6}$"`
	PersonaName *string         `json:"persona_name,omitempty" minLength:"1" maxLength:"10"`
	StoryTitle  *string         `json:"story_title,omitempty" maxLength:"40"`
	Story       *string         `json:"story,omitempty" maxLength:"2000"`
	Hours       *[]models.Hours `json:"hours,omitempty" maxItems:"28" nullable:"false"`
	OnMarket    *[]models.Span  `json:"market_hours,omitempty" maxItems:"4" nullable:"false" doc:"on market days, instead of the weekday's; empty: as on any day"`
	Live        *string         `json:"live,omitempty" maxLength:"6" doc:"what is happening now; it goes out when the store closes"`
}

// ChangeStore changes a store's face. Errors: not_found, hours, color_contrast, precondition_failed, precondition_required.
func (s *Service) ChangeStore(ctx context.Context, alliance, id models.ID, ifMatch string, c StoreChange) (models.Store, error) {
	var store models.Store
	err := s.DB.Tx(ctx, func(tx *gorm.DB) error {
		if err := db.Lock(tx).Where("id = ? AND alliance_id = ?", id, alliance).Take(&store).Error; err != nil {
			return db.IfNone(err, models.ErrNotFound)
		}
		if err := web.Match(ifMatch, store.Version); err != nil {
			return err
		}
		if err := s.apply(tx, &store, c); err != nil {
			return err
		}
		store.Version++
		return tx.Save(&store).Error
	})
	s.cache.clear()
	return store, err
}

func (s *Service) apply(tx *gorm.DB, store *models.Store, c StoreChange) error {
	for to, from := range map[*string]*string{
		&store.Name: c.Name, &store.PersonaName: c.PersonaName, &store.StoryTitle: c.StoryTitle, &store.Story: c.Story,
	} {
		if from != nil {
			*to = *from
		}
	}
	if c.Hours != nil {
		if wrong := models.CheckHours(*c.Hours); wrong.ZH != "" {
			return ErrHours.Field("/hours", wrong)
		}
		store.Hours = *c.Hours
	}
	if c.OnMarket != nil {
		if wrong := models.CheckSpans(*c.OnMarket); wrong.ZH != "" {
			return ErrHours.Field("/market_hours", wrong)
		}
		store.MarketHours = *c.OnMarket
	}
	if c.Color != nil {
		if !models.ReadableSign(*c.Color) {
			return ErrColor.At("/color")
		}
		store.Color, store.ColorNight = *c.Color, models.NightColor(*c.Color)
	}
	return s.light(tx, store, c.Live)
}

// light sets what is happening in the store; it goes out when the store closes, or at midnight.
func (s *Service) light(tx *gorm.DB, store *models.Store, live *string) error {
	if live == nil {
		return nil
	}
	var a models.Alliance
	if err := tx.Where("id = ?", store.AllianceID).Take(&a).Error; err != nil {
		return err
	}
	now := s.Clock.Now()
	until := models.ClosesAt(HoursAt(a, *store, now), a.Local(now)).UTC()
	store.Live, store.LiveUntil = *live, &until
	return nil
}
