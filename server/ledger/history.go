package ledger

import (
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// BalanceAsOf is what an account held at a time, in its unit (fen or points), by when its transfers were recorded: what is recorded later never
// changes it. An account that nobody had used by then is empty.
func (s *Service) BalanceAsOf(r *gorm.DB, alliance models.ID, key models.AccountKey, at time.Time) (models.Balance, error) {
	newest := r.Order("recorded_at DESC, seq DESC")
	last, err := db.Find[models.LedgerBalance](newest, "account_id = ? AND recorded_at <= ?", models.AccountID(alliance, key), at.UTC())
	return last.Balance(), db.IfNone(err, nil)
}
