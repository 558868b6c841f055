package ledger

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
)

// historyPage is how many transfers the audit of past balances holds against them at once.
const historyPage = 20_000

// touch is what an account held after a transfer.
type touch struct {
	at  time.Time // when it was recorded
	seq int64
	sum models.Balance
}

// pastBalances recomputes what every account held at every moment and compares it with what is kept of that.
type pastBalances struct {
	alliance models.ID
	sums     map[models.ID]models.Balance
	touched  map[models.ID][]touch // not compared yet
	rows     int64                 // compared so far
}

// checkPastBalances compares the balances as of any time with the transfers: each batch left a row for each account that
// it touched, and there are no others.
func checkPastBalances(_ context.Context, r *gorm.DB, alliance models.ID) (*Finding, error) {
	p := &pastBalances{alliance: alliance, sums: map[models.ID]models.Balance{}, touched: map[models.ID][]touch{}}
	for after := int64(0); ; {
		last, n := touch{}, 0
		err := eachTransfer(r, span{alliance, after, historyPage}, func(t *models.Transfer, _ []byte, unreadable error) bool {
			last, n = touch{at: t.RecordedAt, seq: t.Seq}, n+1
			p.add(t)
			return unreadable == nil
		})
		if err != nil {
			return nil, err
		}
		if found, err := p.compare(r, last.at, n < historyPage); err != nil || found != nil {
			return found, err
		}
		if n < historyPage {
			return p.strangers(r)
		}
		after = last.seq
	}
}

func (p *pastBalances) add(t *models.Transfer) {
	debit, credit := p.sums[t.DebitID], p.sums[t.CreditID]
	apply(&debit, &credit, t.Step, t.Amount)
	p.sums[t.DebitID], p.sums[t.CreditID] = debit, credit
	for id, sum := range map[models.ID]models.Balance{t.DebitID: debit, t.CreditID: credit} {
		p.touched[id] = append(p.touched[id], touch{t.RecordedAt, t.Seq, sum})
	}
}

// compare holds the touches before a moment against the stored rows; those of the moment itself wait for the rest of
// their batch, unless there is no more to come.
func (p *pastBalances) compare(r *gorm.DB, until time.Time, all bool) (*Finding, error) {
	ripe := map[models.ID][]touch{}
	for id, touches := range p.touched {
		n := len(touches)
		for !all && n > 0 && !touches[n-1].at.Before(until) {
			n--
		}
		if n > 0 {
			ripe[id], p.touched[id] = touches[:n], slices.Clone(touches[n:])
		}
	}
	ids := make([]models.ID, 0, len(ripe))
	for id := range ripe {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b models.ID) int { return bytes.Compare(a[:], b[:]) })
	for some := range slices.Chunk(ids, 100) {
		if found, err := p.compareAccounts(r, some, ripe); err != nil || found != nil {
			return found, err
		}
	}
	return nil, nil
}

func (p *pastBalances) compareAccounts(r *gorm.DB, ids []models.ID, ripe map[models.ID][]touch) (*Finding, error) {
	first, last := ripe[ids[0]][0].at, ripe[ids[0]][0].at
	for _, id := range ids {
		first, last = earlier(first, ripe[id][0].at), later(last, ripe[id][len(ripe[id])-1].at)
	}
	var rows []models.LedgerBalance
	err := r.Where("account_id IN ? AND recorded_at >= ? AND recorded_at <= ?", ids, first, last).Find(&rows).Error
	stored := map[models.ID]map[int64]models.LedgerBalance{}
	for _, row := range rows {
		if stored[row.AccountID] == nil {
			stored[row.AccountID] = map[int64]models.LedgerBalance{}
		}
		stored[row.AccountID][row.Seq] = row
	}
	for _, id := range ids {
		if found := p.account(id, ripe[id], stored[id]); found != nil {
			return found, nil
		}
	}
	return nil, err
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// account compares one account's rows with its touches. A batch is recorded at one moment, so the last touch of a moment
// ends a batch and has a row.
func (p *pastBalances) account(id models.ID, touches []touch, stored map[int64]models.LedgerBalance) *Finding {
	for i, t := range touches {
		row, there := stored[t.seq]
		ends := i == len(touches)-1 || !touches[i+1].at.Equal(t.at)
		switch {
		case !there && ends:
			return p.finding(id, t.seq, "is not there")
		case !there:
			continue
		case row.Balance() != t.sum || !row.RecordedAt.Equal(t.at) || row.AllianceID != p.alliance:
			return p.finding(id, t.seq, fmt.Sprintf("says %+v at %s, but the transfers come to %+v at %s", row.Balance(), row.RecordedAt, t.sum, t.at))
		}
		p.rows++
	}
	return nil
}

func (p *pastBalances) finding(account models.ID, seq int64, problem string) *Finding {
	return &Finding{Alliance: p.alliance, Table: "ledger_balances", Row: account.String(), Seq: seq, Problem: problem}
}

// strangers finds rows that no transfer left.
func (p *pastBalances) strangers(r *gorm.DB) (*Finding, error) {
	var rows int64
	err := r.Model(&models.LedgerBalance{}).Where("alliance_id = ?", p.alliance).Count(&rows).Error
	if err != nil || rows == p.rows {
		return nil, err
	}
	return p.finding(models.ID{}, 0, fmt.Sprintf("there are %d past balances, but the transfers left %d", rows, p.rows)), nil
}
