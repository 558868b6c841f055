package ledger

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
)

// touch is what an account held after a transfer.
type touch struct {
	at  time.Time // when it was recorded
	seq int64
	sum models.Balance
}

// pastBalances compares what is kept of past balances with what the walk comes to: each batch left a row for each account
// that it touched, and there are no others.
type pastBalances struct {
	alliance models.ID
	rows     int64    // compared so far
	found    *Finding // the first row that does not hold
}

// compare holds what the accounts came to before a moment against the stored rows, and forgets it; the moment itself waits
// for the rest of its batch, unless there is no more to come.
func (p *pastBalances) compare(r *gorm.DB, accounts map[models.ID]*book, until time.Time, all bool) error {
	if p == nil || p.found != nil {
		return nil
	}
	ripe := map[models.ID][]touch{}
	for id, b := range accounts {
		n := len(b.touched)
		for !all && n > 0 && !b.touched[n-1].at.Before(until) {
			n--
		}
		if n > 0 {
			ripe[id] = b.touched[:n]
		}
	}
	defer forget(accounts, ripe)
	ids := slices.SortedFunc(maps.Keys(ripe), func(a, b models.ID) int { return bytes.Compare(a[:], b[:]) })
	for some := range slices.Chunk(ids, 100) {
		if err := p.compareAccounts(r, some, ripe); err != nil || p.found != nil {
			return err
		}
	}
	return nil
}

// forget drops what was compared and keeps the room for what comes.
func forget(accounts map[models.ID]*book, compared map[models.ID][]touch) {
	for id, touches := range compared {
		b := accounts[id]
		b.touched = b.touched[:copy(b.touched, b.touched[len(touches):])]
	}
}

func (p *pastBalances) compareAccounts(r *gorm.DB, ids []models.ID, ripe map[models.ID][]touch) error {
	first, last := ripe[ids[0]][0].at, ripe[ids[0]][0].at
	for _, id := range ids {
		touches := ripe[id]
		if at := touches[0].at; at.Before(first) {
			first = at
		}
		if at := touches[len(touches)-1].at; at.After(last) {
			last = at
		}
	}
	var rows []models.LedgerBalance
	if err := r.Where("account_id IN ? AND recorded_at >= ? AND recorded_at <= ?", ids, first, last).Find(&rows).Error; err != nil {
		return err
	}
	stored := make(map[models.ID]map[int64]models.LedgerBalance, len(ids))
	for _, row := range rows {
		if stored[row.AccountID] == nil {
			stored[row.AccountID] = map[int64]models.LedgerBalance{}
		}
		stored[row.AccountID][row.Seq] = row
	}
	for _, id := range ids {
		if p.found = p.account(id, ripe[id], stored[id]); p.found != nil {
			return nil
		}
	}
	return nil
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
	return &Finding{Check: "ledger.history", Alliance: p.alliance, Table: "ledger_balances", Row: account.String(), Seq: seq, Problem: problem}
}

// finished is what does not hold, once the walk is over: a row that differs or is missing, or rows that no transfer left.
func (p *pastBalances) finished(r *gorm.DB) (*Finding, error) {
	if p == nil || p.found != nil {
		return p.first(), nil
	}
	var rows int64
	err := r.Model(&models.LedgerBalance{}).Where("alliance_id = ?", p.alliance).Count(&rows).Error
	if err != nil || rows == p.rows {
		return nil, err
	}
	return p.finding(models.ID{}, 0, fmt.Sprintf("there are %d past balances, but the transfers left %d", rows, p.rows)), nil
}

func (p *pastBalances) first() *Finding {
	if p == nil {
		return nil
	}
	return p.found
}
