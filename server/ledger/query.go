package ledger

import (
	"slices"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/web"
)

// place is where a list stands: after the line of that time and seq. Lists go back in time.
type place struct {
	At  int64 `json:"t"` // microseconds since 1970
	Seq int64 `json:"s"`
}

func placeOf(t models.Transfer) place { return place{t.At.UnixMicro(), t.Seq} }

func (p place) cursor() string { return web.EncodeCursor(p) }

func (p place) top() bool { return p.Seq == 0 }

// query selects transfers of accounts, newest first.
type query struct {
	where string // about the row t, besides what the fields say
	args  []any
	span  Span
	from  place
	limit int
}

// ofAccounts asks each side of each account for a page through its own index and keeps the newest of all: cheaper than
// one question with OR, which no index answers.
func (q query) ofAccounts(r *gorm.DB, accounts ...models.ID) ([]models.Transfer, error) {
	var all []models.Transfer
	for _, account := range accounts {
		for _, side := range [...]string{"debit_id", "credit_id"} {
			var page []models.Transfer
			if err := q.narrow(r.Table("ledger_transfers AS t").Where("t."+side+" = ?", account)).Find(&page).Error; err != nil {
				return nil, err
			}
			all = append(all, page...)
		}
	}
	slices.SortFunc(all, newestFirst)
	return all[:min(len(all), q.limit)], nil
}

// cut takes a page from rows that were read with one to spare, and says where the next page begins.
func cut(rows []models.Transfer, limit int) ([]models.Transfer, string) {
	if len(rows) <= limit {
		return rows, ""
	}
	return rows[:limit], placeOf(rows[limit-1]).cursor()
}

func (q query) narrow(tx *gorm.DB) *gorm.DB {
	if q.where != "" {
		tx = tx.Where(q.where, q.args...)
	}
	tx = q.span.narrow(tx, "t.")
	if !q.from.top() {
		at := time.UnixMicro(q.from.At).UTC()
		tx = tx.Where("(t.at < ? OR (t.at = ? AND t.seq < ?))", at, at, q.from.Seq)
	}
	return tx.Order("t.at DESC, t.seq DESC").Limit(q.limit)
}

func newestFirst(a, b models.Transfer) int {
	if d := b.At.Compare(a.At); d != 0 {
		return d
	}
	return int(b.Seq - a.Seq)
}
