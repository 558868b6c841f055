package ledger

import (
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// BalanceAsOf is what an account held at a time, by when its transfers were recorded: what is recorded later never
// changes it. An account that nobody had used by then is empty.
func (s *Service) BalanceAsOf(r *gorm.DB, alliance models.ID, key models.AccountKey, at time.Time) (models.Balance, error) {
	var last models.LedgerBalance
	err := r.Where("account_id = ? AND recorded_at <= ?", models.AccountID(alliance, key), at.UTC()).
		Order("recorded_at DESC, seq DESC").Take(&last).Error
	if db.IsNotFound(err) {
		return models.Balance{}, nil
	}
	return last.Balance(), err
}
