package ledger

import (
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// maxSum bounds each side of an account, posted and pending together, so that sums of two stay within 64 bits.
const maxSum = models.MaxTransfer

// Open opens an account with a limit of its own; one that is open with that limit stays as it is. Accounts that nobody
// opened get the limit of their owner when they are first used. Errors: ledger_account, ledger_limit.
func (s *Service) Open(tx *gorm.DB, alliance models.ID, key models.AccountKey, limit models.AccountLimit) error {
	if alliance.IsZero() || !validKey(key) {
		return ErrAccount
	}
	if _, err := s.Lock(tx, alliance); err != nil {
		return err
	}
	opened := newAccount(alliance, key, limit, s.clock.Now())
	if err := db.OnConflictSkip(tx).Create(&opened).Error; err != nil {
		return err
	}
	var account models.LedgerAccount
	if err := tx.Where("id = ?", opened.ID).Take(&account).Error; err != nil {
		return err
	}
	if account.Limit != limit {
		return ErrLimit
	}
	return nil
}

func newAccount(alliance models.ID, key models.AccountKey, limit models.AccountLimit, at time.Time) models.LedgerAccount {
	full := key.In(alliance)
	return models.LedgerAccount{
		ID: models.AccountID(alliance, key), AllianceID: alliance, Owner: full.Owner, OwnerID: full.OwnerID, Unit: full.Unit,
		Limit: limit, CreatedAt: at,
	}
}

// apply does to two balances what a transfer does; false when a sum grows over what an account holds.
func apply(debit, credit *models.Balance, step models.TransferStep, amount int64) bool {
	if step == models.StepPost || step == models.StepVoid {
		debit.PendingDebits -= amount
		credit.PendingCredits -= amount
	}
	switch step {
	case models.StepPending:
		debit.PendingDebits += amount
		credit.PendingCredits += amount
	case models.StepSingle, models.StepPost:
		debit.Debits += amount
		credit.Credits += amount
	case models.StepVoid:
	}
	return sane(*debit) && sane(*credit)
}

// sane bounds what an account comes to; with that no arithmetic on balances overflows.
func sane(b models.Balance) bool {
	for _, sum := range [...]int64{b.Debits, b.Credits, b.PendingDebits, b.PendingCredits} {
		if sum > maxSum || sum < 0 {
			return false
		}
	}
	return b.Debits+b.PendingDebits <= maxSum && b.Credits+b.PendingCredits <= maxSum
}
