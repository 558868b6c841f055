package pool

import (
	"context"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// Suspend takes a store out of the street for a while, for a reason that is kept: it leaves the header, its links stop,
// its campaigns rest; its books stand, and what it has earned goes on. Admit brings it back. Doing it twice is doing it
// once. Errors: not_found, store_left.
func (s *Service) Suspend(ctx context.Context, alliance, store models.ID, reason string) (StorePage, error) {
	return s.setStanding(ctx, alliance, store, models.StoreSuspended, reason)
}

// LetGo lets a store leave the street: beside what suspension does, its credits that wait are void, and from now on
// nobody owes it for members that it brought. Its people still read its books. Doing it twice is doing it once.
// Error: not_found.
func (s *Service) LetGo(ctx context.Context, alliance, store models.ID, reason string) (StorePage, error) {
	return s.setStanding(ctx, alliance, store, models.StoreLeft, reason)
}

// Admit brings a store back that was suspended or had left. It earns again from now on; what was void stays void.
// Error: not_found.
func (s *Service) Admit(ctx context.Context, alliance, store models.ID) (StorePage, error) {
	return s.setStanding(ctx, alliance, store, models.StoreActive, "")
}

func (s *Service) setStanding(ctx context.Context, alliance, store models.ID, status models.StoreStatus, reason string) (StorePage, error) {
	err := s.DB.Tx(ctx, func(tx *gorm.DB) error {
		shop, err := db.Find[models.Store](db.Lock(tx), "id = ? AND alliance_id = ?", store, alliance)
		if err != nil {
			return err
		}
		if shop.Status == status {
			return nil
		}
		if shop.Left() && status == models.StoreSuspended {
			return ErrStoreLeft
		}
		if err := tx.Model(&shop).Updates(map[string]any{"status": status, "suspend_reason": reason, "version": gorm.Expr("version + 1")}).Error; err != nil {
			return err
		}
		if status != models.StoreLeft {
			return nil
		}
		return s.Outbox.Add(tx, alliance, models.EventStoreLeft, models.StoreDeparted{StoreID: store})
	})
	if err != nil {
		return StorePage{}, err
	}
	s.cache.clear()
	return s.Page(ctx, alliance, store)
}
