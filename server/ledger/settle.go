package ledger

import (
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// PostPending posts a pending transfer now. Errors: those of PostPendingAt.
func (s *Service) PostPending(tx *gorm.DB, alliance models.ID, pending, reference string) (models.Transfer, error) {
	return s.PostPendingAt(tx, alliance, pending, reference, s.clock.Now())
}

// PostPendingAt posts the pending transfer of a reference, for something that happened at a time: that time counts
// against the expiry, however late the news comes. Repeating it returns the first answer.
// Errors: ledger_transfer_unknown, ledger_not_pending, ledger_settled, ledger_expired, ledger_reference_reused.
func (s *Service) PostPendingAt(tx *gorm.DB, alliance models.ID, pending, reference string, at time.Time) (models.Transfer, error) {
	return s.settle(tx, alliance, pending, reference, models.StepPost, at)
}

// Void gives a pending transfer up; what it held is free again. Repeating it returns the first answer.
// Errors: ledger_transfer_unknown, ledger_not_pending, ledger_settled, ledger_reference_reused.
func (s *Service) Void(tx *gorm.DB, alliance models.ID, pending, reference string) (models.Transfer, error) {
	return s.settle(tx, alliance, pending, reference, models.StepVoid, s.clock.Now())
}

func (s *Service) settle(tx *gorm.DB, alliance models.ID, pending, reference string, step models.TransferStep, at time.Time) (models.Transfer, error) {
	return s.follow(tx, alliance, pending, reference, func(of models.Transfer) (models.Transfer, error) {
		if of.Step != models.StepPending {
			return of, ErrNotOpen
		}
		next := of
		next.Step, next.SettlesID, next.ExpiresAt, next.At = step, of.ID, nil, at
		return next, nil
	})
}

// Reverse takes a posted transfer back by another with the sides swapped, which names it and says why. A transfer is
// reversed once at most; a reversal is never reversed. Repeating it returns the first answer.
// Errors: ledger_transfer_unknown, ledger_not_posted, ledger_reversed, balance_too_low, ledger_entry,
// ledger_reference_reused.
func (s *Service) Reverse(tx *gorm.DB, alliance models.ID, of, reference, reason string) (models.Transfer, error) {
	return s.follow(tx, alliance, of, reference, func(of models.Transfer) (models.Transfer, error) {
		if !of.Step.Posts() || of.Reverses() {
			return of, ErrNotPosted
		}
		next := of
		next.Step, next.ReversesID, next.SettlesID, next.Reason, next.At = models.StepSingle, of.ID, models.ID{}, reason, s.clock.Now()
		next.DebitID, next.CreditID = of.CreditID, of.DebitID
		return next, nil
	})
}

// follow writes a transfer that follows from an earlier one, found by its reference.
func (s *Service) follow(tx *gorm.DB, alliance models.ID, of, reference string, next func(models.Transfer) (models.Transfer, error)) (models.Transfer, error) {
	transfers, err := s.write(tx, alliance, func(tx *gorm.DB) ([]draft, error) {
		first, err := s.Find(tx, alliance, of)
		if err != nil {
			return nil, err
		}
		t, err := next(first)
		t.Reference = reference
		if err == nil && (!validName(reference, maxReference) || len([]rune(t.Reason)) > maxReason) {
			err = ErrEntry
		}
		return []draft{{Transfer: t}}, err
	})
	if err != nil {
		return models.Transfer{}, err
	}
	return transfers[0], nil
}

// Find reads a transfer by its reference. Error: ledger_transfer_unknown.
func (s *Service) Find(tx *gorm.DB, alliance models.ID, reference string) (models.Transfer, error) {
	t, err := db.Find[models.Transfer](tx, "alliance_id = ? AND reference = ?", alliance, reference)
	return t, db.IfNone(err, ErrUnknown)
}
