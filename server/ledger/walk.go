package ledger

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// walk goes through an alliance's transfers in order and keeps the books anew. It keeps only what a later row may
// name: pending rows until they are settled, and the few rows that are reversed.
type walk struct {
	alliance models.ID
	accounts map[models.ID]*book
	reversed map[models.ID]*models.Transfer // nil until the walk has met it
	open     map[models.ID]models.Transfer
	seq      int64
	recorded time.Time // of the last row
	seals    *sealAudit
	past     *pastBalances // nil where past balances are not kept
}

// book is an account as stored and as recomputed.
type book struct {
	stored  models.LedgerAccount
	sum     models.Balance
	touched []touch // what it came to lately, for past
}

func newWalk(r *gorm.DB, alliance models.ID) (*walk, error) {
	w := &walk{alliance: alliance, accounts: map[models.ID]*book{}, reversed: map[models.ID]*models.Transfer{}, open: map[models.ID]models.Transfer{}}
	var accounts []models.LedgerAccount
	if err := r.Where("alliance_id = ?", alliance).Find(&accounts).Error; err != nil {
		return nil, err
	}
	for _, a := range accounts {
		w.accounts[a.ID] = &book{stored: a}
	}
	street := "alliance_id = ?"
	if r.Name() == string(db.SQLite) {
		street = "+" + street // so that it looks at the few that are reversed, not at the whole street
	}
	var named []models.ID
	err := r.Table("ledger_transfers").Where(street+" AND reverses_id >= x''", alliance).Pluck("reverses_id", &named).Error
	for _, id := range named {
		w.reversed[id] = nil
	}
	return w, err
}

// walkPage is how many transfers are read at once; in between past balances are looked at.
const walkPage = 20_000

// transfers looks for the first row that does not hold.
func (w *walk) transfers(r *gorm.DB) (found *Finding, err error) {
	for after, ended := int64(math.MinInt64), false; !ended && found == nil && err == nil; after = w.seq {
		begin := w.seq
		if found, err = w.page(r, after); err != nil || found != nil {
			return found, err
		}
		ended = w.seq-begin < walkPage
		err = w.past.compare(r, w.accounts, w.recorded, ended)
	}
	return found, err
}

func (w *walk) page(r *gorm.DB, after int64) (found *Finding, err error) {
	err = eachTransfer(r, span{w.alliance, after, walkPage}, func(t *models.Transfer, leaf []byte, unreadable error) bool {
		problem := ""
		if unreadable != nil {
			problem = unreadable.Error()
		} else {
			problem = w.check(t, leaf)
		}
		if problem != "" {
			found = &Finding{Check: "ledger.transfers", Alliance: w.alliance, Table: "ledger_transfers", Row: t.ID.String(), Seq: t.Seq, Problem: problem}
		}
		return found == nil
	})
	return found, err
}

// check says what is wrong with the next row; "" when it holds.
func (w *walk) check(t *models.Transfer, leaf []byte) string {
	if t.Seq != w.seq+1 {
		return fmt.Sprintf("comes after seq %d: a transfer is missing or numbered twice", w.seq)
	}
	w.seq = t.Seq
	if hash := t.LeafHash(); !bytes.Equal(hash[:], leaf) {
		return "its leaf is not the hash of its fields: the row was changed"
	}
	w.seals.append(leaf)
	if w.backwards(t.RecordedAt) {
		return "was recorded before the transfer before it"
	}
	debit, credit := w.accounts[t.DebitID], w.accounts[t.CreditID]
	switch {
	case t.Amount < 1 || t.Amount > models.MaxTransfer:
		return fmt.Sprintf("amount %d is out of range", t.Amount)
	case debit == nil || credit == nil || debit == credit:
		return "names an account that is not there, or one twice"
	case debit.stored.Unit != t.Unit || credit.stored.Unit != t.Unit:
		return "its unit is not the accounts'"
	}
	if problem := w.follows(t); problem != "" {
		return problem
	}
	if !apply(&debit.sum, &credit.sum, t.Step, t.Amount) {
		return "an account cannot hold the sum"
	}
	if w.past != nil {
		debit.touched = append(debit.touched, touch{t.RecordedAt, t.Seq, debit.sum})
		credit.touched = append(credit.touched, touch{t.RecordedAt, t.Seq, credit.sum})
	}
	return ""
}

func (w *walk) backwards(recorded time.Time) bool {
	before := w.recorded
	w.recorded = recorded
	return recorded.Before(before)
}

// follows checks what the row says of an earlier one.
func (w *walk) follows(t *models.Transfer) string {
	if t.Reverses() {
		if problem := w.reverses(t); problem != "" {
			return problem
		}
	}
	switch t.Step {
	case models.StepSingle, models.StepPending:
		if !t.SettlesID.IsZero() {
			return "settles a transfer but neither posts nor voids"
		}
	case models.StepPost, models.StepVoid:
		if problem := w.settles(t); problem != "" {
			return problem
		}
	default:
		return fmt.Sprintf("step %q is none", t.Step)
	}
	w.remember(t)
	return ""
}

func (w *walk) remember(t *models.Transfer) {
	if t.Step == models.StepPending {
		w.open[t.ID] = *t
	}
	if _, named := w.reversed[t.ID]; named {
		row := *t
		w.reversed[t.ID] = &row
	}
}

func (w *walk) settles(t *models.Transfer) string {
	of, open := w.open[t.SettlesID]
	switch {
	case !open:
		return "settles a transfer that is not pending"
	case of.DebitID != t.DebitID || of.CreditID != t.CreditID || of.Amount != t.Amount || of.Kind != t.Kind:
		return fmt.Sprintf("does not settle what seq %d holds", of.Seq)
	case t.Step == models.StepPost && of.ExpiresAt != nil && !t.At.Before(*of.ExpiresAt):
		return fmt.Sprintf("posts seq %d after it expired", of.Seq)
	}
	delete(w.open, t.SettlesID)
	return ""
}

func (w *walk) reverses(t *models.Transfer) string {
	of := w.reversed[t.ReversesID]
	switch {
	case of == nil:
		return "takes back a transfer that is not there, later, or taken back already"
	case !of.Step.Posts() || of.Reverses() || t.Step != models.StepSingle:
		return fmt.Sprintf("takes back seq %d, which was not posted", of.Seq)
	case of.DebitID != t.CreditID || of.CreditID != t.DebitID || of.Amount != t.Amount || of.Kind != t.Kind:
		return fmt.Sprintf("does not take back what seq %d moved", of.Seq)
	}
	w.reversed[t.ReversesID] = nil
	return ""
}

// head compares the number of the last transfer with the alliance's head row.
func (w *walk) head(r *gorm.DB) (*Finding, error) {
	var head models.LedgerHead
	err := r.Where("alliance_id = ?", w.alliance).Take(&head).Error
	if err != nil && !db.IsNotFound(err) {
		return nil, err
	}
	if head.Seq == w.seq {
		return nil, nil
	}
	return &Finding{Check: "ledger.transfers", Alliance: w.alliance, Table: "ledger_heads", Row: w.alliance.String(),
		Problem: fmt.Sprintf("says that the last transfer is seq %d, but it is %d: the end is missing", head.Seq, w.seq)}, nil
}

// balances compares the accounts, in the order of their ids, with what the transfers come to.
func (w *walk) balances() *Finding {
	ids := make([]models.ID, 0, len(w.accounts))
	for id := range w.accounts {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b models.ID) int { return bytes.Compare(a[:], b[:]) })
	for _, id := range ids {
		if problem := w.accounts[id].problem(w.alliance); problem != "" {
			return &Finding{Check: "ledger.balances", Alliance: w.alliance, Table: "ledger_accounts", Row: id.String(), Problem: problem}
		}
	}
	return nil
}

func (b *book) problem(alliance models.ID) string {
	switch {
	case b.stored.ID != models.AccountID(alliance, b.stored.Key()):
		return "its id is not that of its owner and unit"
	case b.stored.Balance() != b.sum:
		return fmt.Sprintf("says %+v, but its transfers come to %+v", b.stored.Balance(), b.sum)
	case !b.sum.Within(b.stored.Limit):
		return fmt.Sprintf("breaks its limit %s with %+v", b.stored.Limit, b.sum)
	}
	return ""
}
