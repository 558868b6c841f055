package ledger

import (
	"time"

	"gorm.io/gorm"

	"onestreet/models"
)

// rowsAStatement bounds an insert: SQLite's driver looks for each argument among all of a statement's.
const rowsAStatement = 16

// Post writes entries, all or none, and returns their transfers in order. An entry whose reference is in the ledger
// already with the same body is answered with that transfer; so the whole call may be repeated.
// Errors: ledger_amount, ledger_unit, ledger_account, ledger_entry, ledger_reference_reused, balance_too_low,
// ledger_account_full. After an error the transaction may go on: nothing of the call is in it.
func (s *Service) Post(tx *gorm.DB, alliance models.ID, entries ...Entry) ([]models.Transfer, error) {
	drafts := make([]draft, len(entries))
	for i, e := range entries {
		d, err := e.draft(alliance)
		if err != nil {
			return nil, err
		}
		drafts[i] = d
	}
	if len(drafts) == 0 {
		return nil, nil
	}
	return s.write(tx, alliance, func(*gorm.DB) ([]draft, error) { return drafts, nil })
}

// write puts drafts into the ledger under the head's lock; plan may read the ledger to make them. A savepoint takes back
// what an error left half done.
func (s *Service) write(tx *gorm.DB, alliance models.ID, plan func(tx *gorm.DB) ([]draft, error)) ([]models.Transfer, error) {
	var transfers []models.Transfer
	err := tx.Transaction(func(tx *gorm.DB) error {
		head, err := s.Lock(tx, alliance)
		if err != nil {
			return err
		}
		drafts, err := plan(tx)
		if err != nil {
			return err
		}
		transfers, err = s.enter(tx, head, drafts)
		return err
	})
	return transfers, err
}

// enter returns the transfer of each draft: the one that is there, or a fresh one.
func (s *Service) enter(tx *gorm.DB, head models.LedgerHead, drafts []draft) ([]models.Transfer, error) {
	known, err := byReference(tx, head.AllianceID, drafts)
	if err != nil {
		return nil, err
	}
	var fresh []draft
	for _, d := range drafts {
		switch first, found := known[d.Reference]; {
		case !found:
			d.Transfer = s.number(&head, d.Transfer)
			known[d.Reference] = d.Transfer
			fresh = append(fresh, d)
		case first.BodySum() != d.BodySum():
			return nil, ErrReference
		}
	}
	if err := s.append(tx, head, fresh); err != nil {
		return nil, err
	}
	transfers := make([]models.Transfer, len(drafts))
	for i, d := range drafts {
		transfers[i] = known[d.Reference]
	}
	return transfers, nil
}

func byReference(tx *gorm.DB, alliance models.ID, drafts []draft) (map[string]models.Transfer, error) {
	references := make([]string, len(drafts))
	for i, d := range drafts {
		references[i] = d.Reference
	}
	var found []models.Transfer
	err := tx.Where("alliance_id = ? AND reference IN ?", alliance, references).Find(&found).Error
	known := make(map[string]models.Transfer, len(drafts))
	for _, t := range found {
		known[t.Reference] = t
	}
	return known, err
}

// number gives a draft its place and its leaf.
func (s *Service) number(head *models.LedgerHead, t models.Transfer) models.Transfer {
	head.Seq++
	t.ID, t.Seq, t.RecordedAt = models.NewID(), head.Seq, s.clock.Now()
	if t.At.IsZero() {
		t.At = t.RecordedAt
	}
	t.At = t.At.UTC().Truncate(time.Microsecond)
	leaf := t.LeafHash()
	t.Leaf = leaf[:]
	return t
}

// append changes the balances, writes the rows and moves the head.
func (s *Service) append(tx *gorm.DB, head models.LedgerHead, fresh []draft) error {
	if len(fresh) == 0 {
		return nil
	}
	if err := admit(tx, fresh); err != nil {
		return err
	}
	if err := s.move(tx, head.AllianceID, fresh); err != nil {
		return err
	}
	rows := make([]models.Transfer, len(fresh))
	for i, d := range fresh {
		rows[i] = d.Transfer
	}
	if err := tx.CreateInBatches(rows, rowsAStatement).Error; err != nil {
		return err
	}
	return tx.Model(&models.LedgerHead{}).Where("alliance_id = ?", head.AllianceID).Update("seq", head.Seq).Error
}
