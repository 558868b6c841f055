package ledger_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"
	"pgregory.net/rapid"

	"onestreet/models"
	"onestreet/server/ledger"
	"onestreet/server/testkit"
)

// plainRow and plainBooks are the ledger as one would write it on paper: a list, added up again at every question.
type plainRow struct {
	reference     string
	debit, credit models.AccountKey
	amount        int64
	step          models.TransferStep
	of            string // what it posts, voids or reverses
	back          bool
	expires       time.Time
}

type plainBooks []plainRow

func (p plainBooks) find(reference string) (plainRow, bool) {
	i := slices.IndexFunc(p, func(r plainRow) bool { return r.reference == reference })
	if i < 0 {
		return plainRow{}, false
	}
	return p[i], true
}

func (p plainBooks) followed(reference string, back bool) bool {
	return slices.ContainsFunc(p, func(r plainRow) bool { return r.of == reference && r.back == back })
}

func (p plainBooks) balance(key models.AccountKey) (b models.Balance) {
	for _, r := range p {
		var posted, pending int64
		switch r.step {
		case models.StepSingle:
			posted = r.amount
		case models.StepPending:
			pending = r.amount
		case models.StepPost:
			posted, pending = r.amount, -r.amount
		case models.StepVoid:
			pending = -r.amount
		}
		if r.debit == key {
			b.Debits += posted
			b.PendingDebits += pending
		}
		if r.credit == key {
			b.Credits += posted
			b.PendingCredits += pending
		}
	}
	return b
}

// with adds rows when every account keeps its limit afterwards.
func (p plainBooks) with(rows ...plainRow) (plainBooks, error) {
	next := append(slices.Clone(p), rows...)
	for _, r := range rows {
		for _, key := range []models.AccountKey{r.debit, r.credit} {
			if !next.balance(key).Within(key.Owner.Limit()) {
				return p, ledger.ErrTooLow
			}
		}
	}
	return next, nil
}

func (p plainBooks) post(rows []plainRow) (plainBooks, error) {
	var fresh []plainRow
	for _, r := range rows {
		first, found := append(slices.Clone(p), fresh...).find(r.reference)
		if !found {
			fresh = append(fresh, r)
			continue
		}
		r.expires = first.expires
		if first != r {
			return p, ledger.ErrReference
		}
	}
	return p.with(fresh...)
}

func (p plainBooks) settle(of, reference string, step models.TransferStep, now time.Time) (plainBooks, error) {
	first, found := p.find(of)
	switch earlier, repeated := p.find(reference); {
	case !found:
		return p, ledger.ErrUnknown
	case first.step != models.StepPending:
		return p, ledger.ErrNotOpen
	case repeated && earlier.of == of && earlier.step == step:
		return p, nil
	case repeated:
		return p, ledger.ErrReference
	case p.followed(of, false):
		return p, ledger.ErrSettled
	case step == models.StepPost && !first.expires.IsZero() && !now.Before(first.expires):
		return p, ledger.ErrExpired
	}
	return p.with(plainRow{reference: reference, debit: first.debit, credit: first.credit, amount: first.amount, step: step, of: of})
}

func (p plainBooks) reverse(of, reference string) (plainBooks, error) {
	first, found := p.find(of)
	switch earlier, repeated := p.find(reference); {
	case !found:
		return p, ledger.ErrUnknown
	case !first.step.Posts() || first.back:
		return p, ledger.ErrNotPosted
	case repeated && earlier.of == of && earlier.back:
		return p, nil
	case repeated:
		return p, ledger.ErrReference
	case p.followed(of, true):
		return p, ledger.ErrReversed
	}
	return p.with(plainRow{reference: reference, debit: first.credit, credit: first.debit, amount: first.amount, step: models.StepSingle, of: of, back: true})
}

// machine drives the ledger and the paper with the same commands.
type machine struct {
	books
	paper plainBooks
	keys  []models.AccountKey
	past  map[time.Time]plainBooks // the paper as it was at the end of each moment
}

func (m *machine) reference(t *rapid.T) string {
	return fmt.Sprintf("r%d", rapid.IntRange(0, 14).Draw(t, "reference"))
}

func (m *machine) row(t *rapid.T) plainRow {
	debit := rapid.SampledFrom(m.keys).Draw(t, "debit")
	others := slices.DeleteFunc(slices.Clone(m.keys), func(k models.AccountKey) bool { return k == debit || k.Unit != debit.Unit })
	r := plainRow{reference: m.reference(t), debit: debit, credit: rapid.SampledFrom(others).Draw(t, "credit"), amount: rapid.Int64Range(1, 9).Draw(t, "amount"), step: models.StepSingle}
	if rapid.IntRange(0, 2).Draw(t, "pending") == 0 {
		r.step = models.StepPending
		if rapid.Bool().Draw(t, "expires") {
			r.expires = m.app.Clock.Now().Add(2 * time.Hour)
		}
	}
	return r
}

func (r plainRow) entry() ledger.Entry {
	e := ledger.Entry{Debit: r.debit, Credit: r.credit, Amount: r.amount, Kind: "test", Reference: r.reference, Pending: r.step == models.StepPending}
	if !r.expires.IsZero() {
		e.ExpiresAt = &r.expires
	}
	return e
}

func (m *machine) doPost(t *rapid.T) {
	rows := make([]plainRow, rapid.IntRange(1, 3).Draw(t, "batch"))
	entries := make([]ledger.Entry, len(rows))
	for i := range rows {
		rows[i] = m.row(t)
		entries[i] = rows[i].entry()
	}
	next, want := m.paper.post(rows)
	write := m.post
	if rapid.Bool().Draw(t, "submitted") {
		write = m.submit
	}
	_, got := write(entries...)
	m.agree(t, next, want, got)
}

func (m *machine) doSettle(t *rapid.T) {
	of, ref := m.reference(t), m.reference(t)
	if rapid.Bool().Draw(t, "void") {
		next, want := m.paper.settle(of, ref, models.StepVoid, m.app.Clock.Now())
		m.agree(t, next, want, m.void(of, ref))
		return
	}
	next, want := m.paper.settle(of, ref, models.StepPost, m.app.Clock.Now())
	m.agree(t, next, want, m.settle(of, ref))
}

func (m *machine) doReverse(t *rapid.T) {
	of, ref := m.reference(t), m.reference(t)
	next, want := m.paper.reverse(of, ref)
	m.agree(t, next, want, m.reverse(of, ref))
}

func (m *machine) doWait(*rapid.T) { m.app.Time.Advance(time.Hour) }

func (m *machine) agree(t *rapid.T, next plainBooks, want, got error) {
	if want == nil {
		require.NoError(t, got)
	} else {
		require.ErrorIs(t, got, want)
	}
	m.paper = next
	m.past[m.app.Clock.Now()] = next
}

// same compares every balance, as it is and as it was, and the rows one by one.
func (m *machine) same(t *rapid.T) {
	for _, key := range m.keys {
		require.Equal(t, m.paper.balance(key), m.balance(key), "%v", key)
		for at, paper := range m.past {
			was, err := m.app.Ledger.BalanceAsOf(m.app.DB.Read(m.t.Context()), m.id, key, at)
			require.NoError(t, err)
			require.Equal(t, paper.balance(key), was, "%v at %s", key, at)
		}
	}
	rows := m.rows()
	require.Len(t, rows, len(m.paper))
	for i, row := range rows {
		require.EqualValues(t, i+1, row.Seq)
		require.Equal(t, m.paper[i].reference, row.Reference)
		require.Equal(t, m.paper[i].step, row.Step)
		require.Equal(t, m.paper[i].amount, row.Amount)
	}
}

// TestTheLedgerAgreesWithOneKeptOnPaper carries out random commands on both and compares after each.
func TestTheLedgerAgreesWithOneKeptOnPaper(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		rapid.Check(t, func(rt *rapid.T) {
			m := &machine{books: books{t, app, models.NewID()}, past: map[time.Time]plainBooks{}}
			for _, slug := range slices.Sorted(maps.Keys(app.Street.Stores)) {
				m.keys = append(m.keys, models.StoreFen(m.store(slug)), models.StorePoints(m.store(slug)))
			}
			m.keys = append(m.keys, models.FundFen(), models.IssuerPoints())
			for range 2 {
				m.keys = append(m.keys, models.MemberPoints(models.NewID()))
			}
			commands := []func(*rapid.T){m.doPost, m.doPost, m.doPost, m.doSettle, m.doSettle, m.doReverse, m.doWait}
			for range rapid.IntRange(1, 12).Draw(rt, "commands") {
				rapid.SampledFrom(commands).Draw(rt, "command")(rt)
			}
			m.same(rt)
			m.mustBalance()
		})
	})
}

// TestConcurrentTransactionsThatPostTwiceDoNotLock: a caller may post more than once in one transaction, in any order of
// accounts, next to others who do.
func TestConcurrentTransactionsThatPostTwiceDoNotLock(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		b := open(t, app)
		const callers = 24
		errs := make(chan error, callers)
		for i := range callers {
			go func() {
				errs <- b.tx(func(tx *gorm.DB) error {
					first, second := b.commission("shoes", "tea", fmt.Sprintf("a%d", i), 1), b.commission("tea", "shoes", fmt.Sprintf("b%d", i), 1)
					if i%2 == 0 {
						first, second = second, first
					}
					if _, err := app.Ledger.Post(tx, b.id, first); err != nil {
						return err
					}
					_, err := app.Ledger.Post(tx, b.id, second)
					return err
				})
			}()
		}
		for range callers {
			require.NoError(t, <-errs)
		}
		require.Len(t, b.rows(), 2*callers)
		b.mustBalance()
	})
}
