package referral

import (
	"context"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/outbox"
)

// left tells whether a store has left the street: nobody owes it for its members any more.
func (s *Service) left(ctx context.Context, alliance, store models.ID) (bool, error) {
	shop, err := s.Pool.Store(ctx, alliance, store)
	return shop.Left(), err
}

// voidIfLeft voids a pending credit of a store that has left, and says so in r.
func (s *Service) voidIfLeft(tx *gorm.DB, r *models.Referral) error {
	gone, err := s.left(tx.Statement.Context, r.AllianceID, r.StoreID)
	if err != nil || !gone {
		return err
	}
	if err := s.void(tx, *r, models.SettledLeft); err != nil {
		return err
	}
	r.State = models.ReferralVoided
	return nil
}

// storeLeft voids the credits that waited for a store that has left, and takes its objections back. A credit that others
// object to waits for the decision.
func (s *Service) storeLeft(_ context.Context, tx *gorm.DB, e outbox.Event, p models.StoreDeparted) error {
	if _, err := s.Ledger.Lock(tx, e.AllianceID); err != nil {
		return err
	}
	if err := s.withdrawAll(tx, e.AllianceID, p.StoreID); err != nil {
		return err
	}
	var waiting []models.Referral
	err := tx.Where("alliance_id = ? AND store_id = ? AND state = ?", e.AllianceID, p.StoreID, models.ReferralPending).Order("id").Find(&waiting).Error
	for i := 0; err == nil && i < len(waiting); i++ {
		err = s.void(tx, waiting[i], models.SettledLeft)
	}
	return err
}

func (s *Service) withdrawAll(tx *gorm.DB, alliance, store models.ID) error {
	var open []models.Objection
	err := tx.Where("alliance_id = ? AND store_id = ? AND state = ?", alliance, store, models.ObjectionOpen).Order("id").Find(&open).Error
	for i := 0; err == nil && i < len(open); i++ {
		err = s.withdraw(tx, open[i], models.ID{})
	}
	return err
}
