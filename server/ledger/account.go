package ledger

import (
	"bytes"
	"math"
	"slices"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// maxSum bounds each side of an account, posted and pending together, so that sums of two stay within 64 bits.
const maxSum = models.MaxTransfer

// change is what a batch does to one account.
type change struct {
	id    models.ID
	key   models.AccountKey // zero when the account is there for certain
	delta models.Balance
}

// Open opens an account with a limit of its own; one that is open with that limit stays as it is. Accounts that nobody
// opened get the limit of their owner when they are first used. Errors: ledger_account, ledger_limit.
func (s *Service) Open(tx *gorm.DB, alliance models.ID, key models.AccountKey, limit models.AccountLimit) error {
	if alliance.IsZero() || !validKey(key) {
		return ErrAccount
	}
	if err := s.open(tx, alliance, key, limit); err != nil {
		return err
	}
	var account models.LedgerAccount
	if err := tx.Where("id = ?", models.AccountID(alliance, key)).Take(&account).Error; err != nil {
		return err
	}
	if account.Limit != limit {
		return ErrLimit
	}
	return nil
}

func (s *Service) open(tx *gorm.DB, alliance models.ID, key models.AccountKey, limit models.AccountLimit) error {
	full := key.In(alliance)
	return db.OnConflictSkip(tx).Create(&models.LedgerAccount{
		ID: models.AccountID(alliance, key), AllianceID: alliance, Owner: full.Owner, OwnerID: full.OwnerID, Unit: full.Unit,
		Limit: limit, CreatedAt: s.clock.Now(),
	}).Error
}

// move changes the balances of every account of the batch, in the order of their ids. A limit is kept by the update's own
// condition on what the whole batch makes of the account. Errors: balance_too_low, ledger_account_full.
func (s *Service) move(tx *gorm.DB, alliance models.ID, batch []draft) error {
	changes, err := sum(batch)
	if err != nil {
		return err
	}
	for _, c := range changes {
		if err := s.change(tx, alliance, c); err != nil {
			return err
		}
	}
	return nil
}

// sum adds a batch up by account, sorted by id. Error: ledger_account_full.
func sum(batch []draft) ([]change, error) {
	byID := map[models.ID]*change{}
	at := func(id models.ID, key models.AccountKey) *models.Balance {
		if byID[id] == nil {
			byID[id] = &change{id: id, key: key}
		}
		return &byID[id].delta
	}
	for _, d := range batch {
		if !apply(at(d.DebitID, d.keys[0]), at(d.CreditID, d.keys[1]), d.Step, d.Amount) {
			return nil, ErrFull
		}
	}
	changes := make([]change, 0, len(byID))
	for _, c := range byID {
		changes = append(changes, *c)
	}
	slices.SortFunc(changes, func(a, b change) int { return bytes.Compare(a.id[:], b.id[:]) })
	return changes, nil
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

// sane bounds what a batch does to one account; with that no arithmetic below overflows.
func sane(b models.Balance) bool {
	for _, sum := range [...]int64{b.Debits, b.Credits, b.PendingDebits, b.PendingCredits} {
		if sum > maxSum || sum < -maxSum {
			return false
		}
	}
	return b.Debits+b.PendingDebits <= maxSum && b.Credits+b.PendingCredits <= maxSum
}

// change updates one account, opening it when nobody has used it yet.
func (s *Service) change(tx *gorm.DB, alliance models.ID, c change) error {
	done, err := update(tx, alliance, c)
	if err != nil || done {
		return err
	}
	if c.key.Owner != "" {
		if err := s.open(tx, alliance, c.key, c.key.Owner.Limit()); err != nil {
			return err
		}
		if done, err = update(tx, alliance, c); err != nil || done {
			return err
		}
	}
	return refusal(tx, alliance, c)
}

const (
	setBalance = "debits = debits + @d, credits = credits + @c, pending_debits = pending_debits + @pd, pending_credits = pending_credits + @pc"
	// fits says that the account can hold the sums, keeps that its limit holds afterwards.
	fits = "debits + pending_debits <= @debits_room AND credits + pending_credits <= @credits_room" +
		" AND pending_debits + @pd >= 0 AND pending_credits + @pc >= 0"
	keeps = "(limited = '' OR (limited = 'debits_within_credits' AND debits + pending_debits - credits <= @debits_slack)" +
		" OR (limited = 'credits_within_debits' AND credits + pending_credits - debits <= @credits_slack))"
)

func update(tx *gorm.DB, alliance models.ID, c change) (bool, error) {
	out, in := c.delta.Debits+c.delta.PendingDebits, c.delta.Credits+c.delta.PendingCredits
	done := tx.Exec("UPDATE ledger_accounts SET "+setBalance+" WHERE id = @id AND alliance_id = @alliance AND "+fits+" AND "+keeps, map[string]any{
		"id": c.id, "alliance": alliance,
		"d": c.delta.Debits, "c": c.delta.Credits, "pd": c.delta.PendingDebits, "pc": c.delta.PendingCredits,
		"debits_room": maxSum - max(out, 0), "credits_room": maxSum - max(in, 0),
		"debits_slack": less(c.delta.Credits, out), "credits_slack": less(c.delta.Debits, in),
	})
	return done.RowsAffected == 1, done.Error
}

// less is a − b for amounts up to maxSum on either side of zero; the one sum beyond 64 bits becomes the largest.
func less(a, b int64) int64 {
	if a > 0 && b < a-math.MaxInt64 {
		return math.MaxInt64
	}
	return a - b
}

// refusal says why an account did not take a change.
func refusal(tx *gorm.DB, alliance models.ID, c change) error {
	var account models.LedgerAccount
	err := tx.Where("id = ? AND alliance_id = ?", c.id, alliance).Take(&account).Error
	if db.IsNotFound(err) {
		return ErrAccount
	}
	if err != nil {
		return err
	}
	out, in := c.delta.Debits+c.delta.PendingDebits, c.delta.Credits+c.delta.PendingCredits
	if account.Debits+account.PendingDebits > maxSum-max(out, 0) || account.Credits+account.PendingCredits > maxSum-max(in, 0) {
		return ErrFull
	}
	return ErrTooLow
}
