package referral

import (
	"context"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
)

const (
	vestPage = 200
	// grace lets a purchase of the last moment be written before its time is called over.
	grace = time.Minute
)

// Vest settles the credits whose time is over: posted after all when the member bought in time and the news was lost on
// the way, void otherwise. It may run on every node at once and be cut off anywhere: each credit is one transaction that
// changes a pending state only. It returns how many it voided.
func (s *Service) Vest(ctx context.Context) (int, error) {
	voided := 0
	for {
		due, err := s.due(ctx)
		if err != nil || len(due) == 0 {
			return voided, err
		}
		for _, id := range due {
			did, err := s.settle(ctx, id)
			if err != nil {
				return voided, err
			}
			voided += did
		}
	}
}

func (s *Service) due(ctx context.Context) ([]models.ID, error) {
	var ids []models.ID
	err := s.DB.Read(ctx).Model(&models.Referral{}).Where("state = ? AND vests_by <= ?", models.ReferralPending, s.Clock.Now().Add(-grace)).
		Order("vests_by, id").Limit(vestPage).Pluck("id", &ids).Error
	return ids, err
}

// settle decides one credit, and returns 1 when it is void.
func (s *Service) settle(ctx context.Context, id models.ID) (voided int, err error) {
	err = s.DB.Tx(ctx, func(tx *gorm.DB) error {
		voided = 0
		r, err := s.locked(tx, id)
		if err != nil || r.State != models.ReferralPending {
			return err
		}
		visit, found, err := firstGain(tx, r, models.ID{})
		if err != nil {
			return err
		}
		if found {
			return s.vest(tx, r, visit)
		}
		voided = 1
		return s.void(tx, r, models.SettledLate)
	})
	return voided, err
}

// locked reads a referral under its alliance's ledger lock.
func (s *Service) locked(tx *gorm.DB, id models.ID) (models.Referral, error) {
	var before, now models.Referral
	if err := tx.Where("id = ?", id).Take(&before).Error; err != nil {
		return before, err
	}
	if _, err := s.Ledger.Lock(tx, before.AllianceID); err != nil {
		return before, err
	}
	err := tx.Where("id = ?", id).Take(&now).Error
	return now, err
}

func (s *Service) void(tx *gorm.DB, r models.Referral, why models.SettledWhy) error {
	changed := tx.Model(&models.Referral{}).Where("id = ? AND state = ? AND round = ?", r.ID, models.ReferralPending, r.Round).
		Updates(map[string]any{"state": models.ReferralVoided, "settled_at": s.Clock.Now(), "settled_why": why})
	if changed.Error != nil || changed.RowsAffected == 0 {
		return changed.Error
	}
	if r.Amount > 0 {
		if _, err := s.Ledger.Void(tx, r.AllianceID, creditReference(r), voidReference(r)); err != nil {
			return err
		}
	}
	return s.tell(tx, models.EventReferralVoided, r)
}
