package referral

import (
	"context"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// Answer keeps the origin store's side of an objection: once, within seven days. Errors: reason, not_found,
// answered_before, answer_late, objection_closed.
func (s *Service) Answer(ctx context.Context, alliance, store, objection, account models.ID, text string) error {
	answer, err := saying(text, "/answer")
	if err != nil {
		return err
	}
	return s.inCase(ctx, alliance, objection, func(tx *gorm.DB, r models.Referral, o models.Objection) error {
		now := s.Clock.Now()
		switch {
		case o.OriginID != store:
			return models.ErrNotFound
		case o.State != models.ObjectionOpen:
			return ErrClosed
		case o.AnsweredAt != nil:
			return ErrAnswered
		case !o.Answerable(now):
			return ErrAnswerLate
		}
		kept := tx.Model(&models.Objection{}).Where("id = ? AND state = ? AND answered_at IS NULL", o.ID, models.ObjectionOpen).
			Updates(map[string]any{"answer": answer, "answered_by": account, "answered_at": now})
		if kept.Error != nil {
			return kept.Error
		}
		if kept.RowsAffected != 1 {
			return ErrAnswered
		}
		return s.tellCase(tx, models.EventObjectionAnswered, r, o)
	})
}

// Withdraw takes an objection back. When it was the last, the credit goes on as if nobody had objected.
// Errors: not_found, objection_closed.
func (s *Service) Withdraw(ctx context.Context, alliance, store, objection, account models.ID) error {
	return s.inCase(ctx, alliance, objection, func(tx *gorm.DB, _ models.Referral, o models.Objection) error {
		if o.StoreID != store {
			return models.ErrNotFound
		}
		return s.withdraw(tx, o, account)
	})
}

// inCase runs f on an objection and its referral under the ledger's lock. Error: not_found.
func (s *Service) inCase(ctx context.Context, alliance, objection models.ID, f func(tx *gorm.DB, r models.Referral, o models.Objection) error) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		if _, err := s.Ledger.Lock(tx, alliance); err != nil {
			return err
		}
		o, err := db.Find[models.Objection](tx, "id = ? AND alliance_id = ?", objection, alliance)
		if err != nil {
			return err
		}
		var r models.Referral
		if err := tx.Where("id = ?", o.ReferralID).Take(&r).Error; err != nil {
			return err
		}
		return f(tx, r, o)
	})
}

func (s *Service) withdraw(tx *gorm.DB, o models.Objection, by models.ID) error {
	closed := tx.Model(&models.Objection{}).Where("id = ? AND state = ?", o.ID, models.ObjectionOpen).
		Updates(map[string]any{"state": models.ObjectionWithdrawn, "decided_by": by, "decided_at": s.Clock.Now()})
	if closed.Error != nil {
		return closed.Error
	}
	if closed.RowsAffected != 1 {
		return ErrClosed
	}
	var r models.Referral
	if err := tx.Where("id = ?", o.ReferralID).Take(&r).Error; err != nil {
		return err
	}
	if err := s.tellCase(tx, models.EventObjectionWithdrawn, r, o); err != nil {
		return err
	}
	var others int64
	err := tx.Model(&models.Objection{}).Where("referral_id = ? AND state = ?", r.ID, models.ObjectionOpen).Count(&others).Error
	if err != nil || others > 0 {
		return err
	}
	return s.resume(tx, r)
}

// resume lets a credit go on that was objected to: the first purchase in time posts it at once, else it waits for one or
// is void on its day. A store that has left meanwhile gets nothing.
func (s *Service) resume(tx *gorm.DB, r models.Referral) error {
	freed := tx.Model(&models.Referral{}).Where("id = ? AND state = ? AND round = ?", r.ID, models.ReferralObjected, r.Round).
		Update("state", models.ReferralPending)
	if freed.Error != nil || freed.RowsAffected != 1 {
		return orMoved(freed.Error)
	}
	r.State = models.ReferralPending
	return s.settleAfter(tx, r)
}

func orMoved(err error) error {
	if err == nil {
		return errMoved
	}
	return err
}

func (s *Service) settleAfter(tx *gorm.DB, r models.Referral) error {
	if err := s.voidIfLeft(tx, &r); err != nil || !r.Open() {
		return err
	}
	visit, found, err := firstGain(tx, r, models.ID{})
	if err != nil || !found {
		return err
	}
	return s.vest(tx, r, visit)
}

// Dismiss notes that a store has nothing against an attribution that it lost; it is not listed to it any more. Doing it
// twice is doing it once. Error: not_found.
func (s *Service) Dismiss(ctx context.Context, alliance, store, referral, account models.ID) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		claims := func() *gorm.DB {
			return tx.Model(&models.ReferralClaim{}).Where("referral_id = ? AND store_id = ? AND alliance_id = ?", referral, store, alliance)
		}
		var mine int64
		if err := claims().Count(&mine).Error; err != nil {
			return err
		}
		if mine == 0 {
			return models.ErrNotFound
		}
		return claims().Where("dismissed_at IS NULL").Updates(map[string]any{"dismissed_at": s.Clock.Now(), "dismissed_by": account}).Error
	})
}
