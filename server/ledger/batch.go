package ledger

import (
	"maps"
	"slices"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// batch is what one transaction puts into an alliance's ledger for one or many callers. It is read under the head's and
// the accounts' locks, decided in memory, and written at once; the database's own constraints hold what it decides.
type batch struct {
	head     models.LedgerHead
	at       time.Time                          // when all of it is recorded
	known    map[string]models.Transfer         // by reference
	followed map[models.ID]bool                 // settled or taken back already
	pending  map[models.ID]models.Transfer      // what the asks post
	accounts map[models.ID]models.LedgerAccount // as they stand after what was taken
	looked   map[models.ID]bool                 // for an account: who is not there then opens with its first transfer
	asked    int                                // questions for accounts that are on their way
	fresh    []models.Transfer
	touched  map[models.ID]int64 // account: seq of the last fresh transfer
}

// newBatch locks and reads all that the asks will be decided by.
func (s *Service) newBatch(tx *gorm.DB, alliance models.ID, asks [][]draft) (*batch, error) {
	head, err := s.Lock(tx, alliance)
	if err != nil {
		return nil, err
	}
	b := &batch{
		head: head, at: s.recordedAt(head), touched: map[models.ID]int64{},
		accounts: map[models.ID]models.LedgerAccount{}, looked: map[models.ID]bool{},
	}
	drafts := slices.Concat(asks...)
	for _, read := range []func(*gorm.DB, []draft) error{b.readKnown, b.readFollowed, b.readPending} {
		if err := read(tx, drafts); err != nil {
			return nil, err
		}
	}
	return b, b.readAccounts(tx, accountsOf(drafts))
}

// recordedAt is now, but never before what is recorded already.
func (s *Service) recordedAt(head models.LedgerHead) time.Time {
	now := s.clock.Now().UTC().Truncate(time.Microsecond)
	if head.RecordedAt != nil && now.Before(*head.RecordedAt) {
		return head.RecordedAt.UTC()
	}
	return now
}

func (b *batch) readKnown(tx *gorm.DB, drafts []draft) error {
	var references []string
	for _, d := range drafts {
		if !d.new {
			references = append(references, d.Reference)
		}
	}
	b.known = make(map[string]models.Transfer, len(drafts))
	if len(references) == 0 {
		return nil
	}
	var found []models.Transfer
	err := tx.Where("alliance_id = ? AND reference IN ?", b.head.AllianceID, references).Find(&found).Error
	for _, t := range found {
		b.known[t.Reference] = t
	}
	return err
}

// readFollowed finds which of the transfers that drafts follow from another row followed first.
func (b *batch) readFollowed(tx *gorm.DB, drafts []draft) error {
	b.followed = map[models.ID]bool{}
	for column, of := range map[string]func(draft) models.ID{
		"settles_id": func(d draft) models.ID { return d.SettlesID }, "reverses_id": func(d draft) models.ID { return d.ReversesID },
	} {
		ids := idsOf(drafts, of)
		if len(ids) == 0 {
			continue
		}
		var found []models.ID
		if err := tx.Model(&models.Transfer{}).Where(column+" IN ?", ids).Pluck(column, &found).Error; err != nil {
			return err
		}
		for _, id := range found {
			b.followed[id] = true
		}
	}
	return nil
}

// readPending reads what drafts post: it must not have expired.
func (b *batch) readPending(tx *gorm.DB, drafts []draft) error {
	b.pending = map[models.ID]models.Transfer{}
	ids := idsOf(drafts, func(d draft) models.ID { return d.SettlesID })
	if len(ids) == 0 {
		return nil
	}
	var found []models.Transfer
	err := tx.Where("id IN ?", ids).Find(&found).Error
	for _, t := range found {
		b.pending[t.ID] = t
	}
	return err
}

// readAccounts locks accounts that are not known yet, and waits for those that were asked for.
func (b *batch) readAccounts(tx *gorm.DB, ids []models.ID) error {
	if err := b.askAccounts(tx, ids); err != nil {
		return err
	}
	if b.asked == 0 {
		return nil
	}
	return db.Settle(tx)
}

// askAccounts asks for accounts in the order of their ids, those that nobody has asked for yet.
func (b *batch) askAccounts(tx *gorm.DB, ids []models.ID) error {
	ids = slices.DeleteFunc(ids, func(id models.ID) bool { return b.looked[id] })
	if len(ids) == 0 {
		return nil
	}
	for _, id := range ids {
		b.looked[id] = true
	}
	b.asked++
	var found []models.LedgerAccount
	of := db.Lock(tx).Where("id IN ?", ids).Where(db.OfStreet, b.head.AllianceID).Order("id")
	return db.Ahead(tx, db.Query{Of: of, Into: &found, Then: func() {
		b.asked--
		for _, a := range found {
			b.accounts[a.ID] = a
		}
	}})
}

// accountsOf are the accounts that drafts are between, each once.
func accountsOf(drafts []draft) []models.ID {
	return distinct(append(idsOf(drafts, func(d draft) models.ID { return d.DebitID }), idsOf(drafts, func(d draft) models.ID { return d.CreditID })...))
}

// idsOf are the ids that drafts name, each once.
func idsOf(drafts []draft, of func(draft) models.ID) []models.ID {
	var ids []models.ID
	for _, d := range drafts {
		if id := of(d); !id.IsZero() {
			ids = append(ids, id)
		}
	}
	return distinct(ids)
}

func distinct(ids []models.ID) []models.ID {
	set := make(map[models.ID]struct{}, len(ids))
	for _, id := range ids {
		set[id] = struct{}{}
	}
	return slices.Collect(maps.Keys(set))
}

// take decides one ask, all of it or nothing, and returns its transfers. Errors: see Post, PostPendingAt, Reverse.
func (b *batch) take(drafts []draft) ([]models.Transfer, error) {
	fresh, err := b.unknown(drafts)
	if err != nil {
		return nil, err
	}
	after, err := b.after(fresh)
	if err != nil {
		return nil, err
	}
	b.keep(fresh, after)
	transfers := make([]models.Transfer, len(drafts))
	for i, d := range drafts {
		transfers[i] = b.known[d.Reference]
	}
	return transfers, nil
}

// unknown are the drafts that are not in the ledger yet, each reference once.
func (b *batch) unknown(drafts []draft) ([]draft, error) {
	var fresh []draft
	mine := make(map[string]models.Transfer, len(drafts))
	for _, d := range drafts {
		first, found := b.known[d.Reference]
		if !found {
			first, found = mine[d.Reference]
		}
		if found {
			if first.BodySum() != d.BodySum() {
				return nil, ErrReference
			}
			continue
		}
		if err := b.admit(d.Transfer); err != nil {
			return nil, err
		}
		mine[d.Reference] = d.Transfer
		fresh = append(fresh, d)
	}
	return fresh, nil
}

// admit refuses a row that follows an earlier one which another row followed first, or too late. The unique keys hold
// the same; here it gets its words.
func (b *batch) admit(t models.Transfer) error {
	switch {
	case t.Reverses() && b.followed[t.ReversesID]:
		return ErrReversed
	case !t.SettlesID.IsZero() && b.followed[t.SettlesID]:
		return ErrSettled
	case t.Step == models.StepPost:
		if by := b.pending[t.SettlesID].ExpiresAt; by != nil && !t.At.Before(*by) {
			return ErrExpired
		}
	}
	return nil
}

// after is what the accounts of drafts come to. Errors: ledger_account, ledger_account_full, balance_too_low.
func (b *batch) after(drafts []draft) (map[models.ID]models.LedgerAccount, error) {
	after := make(map[models.ID]models.LedgerAccount, 2*len(drafts))
	for _, d := range drafts {
		debit, credit := b.account(after, d.DebitID, d.keys[0]), b.account(after, d.CreditID, d.keys[1])
		if debit.ID.IsZero() || credit.ID.IsZero() {
			return nil, ErrAccount
		}
		from, to := debit.Balance(), credit.Balance()
		if !apply(&from, &to, d.Step, d.Amount) {
			return nil, ErrFull
		}
		after[d.DebitID], after[d.CreditID] = debit.With(from), credit.With(to)
	}
	for _, a := range after {
		if !a.Balance().Within(a.Limit) {
			return nil, ErrTooLow
		}
	}
	return after, nil
}

// account is an account as it stands; one that nobody has used yet opens with the limit of its owner. It is zero where
// there can be none.
func (b *batch) account(after map[models.ID]models.LedgerAccount, id models.ID, key models.AccountKey) models.LedgerAccount {
	if a, found := after[id]; found {
		return a
	}
	if a, found := b.accounts[id]; found || key.Owner == "" {
		return a
	}
	return newAccount(b.head.AllianceID, key, key.Owner.Limit(), b.at)
}

// keep numbers what was taken.
func (b *batch) keep(fresh []draft, after map[models.ID]models.LedgerAccount) {
	maps.Copy(b.accounts, after)
	for _, d := range fresh {
		t := b.number(d.Transfer)
		b.known[t.Reference] = t
		b.fresh = append(b.fresh, t)
		b.touched[t.DebitID], b.touched[t.CreditID] = t.Seq, t.Seq
		for _, of := range [...]models.ID{t.SettlesID, t.ReversesID} {
			b.followed[of] = true
		}
	}
}

// number gives a transfer its place and its leaf.
func (b *batch) number(t models.Transfer) models.Transfer {
	b.head.Seq++
	t.ID, t.Seq, t.RecordedAt = models.NewID(), b.head.Seq, b.at
	if t.At.IsZero() {
		t.At = t.RecordedAt
	}
	t.At = t.At.UTC().Truncate(time.Microsecond)
	leaf := t.LeafHash()
	t.Leaf = leaf[:]
	return t
}
