package feed

import (
	"context"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/db"
)

// PinAtStore puts something that a store said on the street at the top of the store's own page, in the place of what stood
// there. Errors: not_found, post_gone, not_the_stores, pin_until.
func (s *Service) PinAtStore(ctx context.Context, by *identity.Principal, store, post models.ID, until string) error {
	ends, err := s.pinEnd(ctx, by.AllianceID, until)
	if err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		p, err := s.find(db.Lock(tx), speaker(by, models.ID{}), post)
		switch {
		case err != nil:
			return err
		case p.StoreID != store || p.Feed != models.StreetFeed:
			return ErrNotTheStores
		}
		place := models.StorePlace(store)
		if _, err := s.takePins(tx, p.AllianceID, "place = ? AND post_id <> ?", place, p.ID); err != nil {
			return err
		}
		pin := models.Pin{AllianceID: p.AllianceID, Place: place, PostID: p.ID, PinnedBy: by.AccountID, EndsAt: ends, CreatedAt: s.Clock.Now()}
		return s.putUp(tx, pin, models.StorePins)
	})
}

// UnpinAtStore takes the notice off a store's page. Doing it twice is doing it once.
func (s *Service) UnpinAtStore(ctx context.Context, by *identity.Principal, store models.ID) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		_, err := s.takePins(tx, by.AllianceID, "place = ?", models.StorePlace(store))
		return err
	})
}

// StorePinned is what stands at the top of a store's page: nothing or one.
func (s *Service) StorePinned(ctx context.Context, reader *identity.Principal, store models.ID) ([]PinView, error) {
	return s.pinned(ctx, reader, models.StorePlace(store))
}
