package relation

import (
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// DaysAway tells how many whole days before a visit the member was seen last at the store, or −1 when never.
func (s *Service) DaysAway(tx *gorm.DB, v models.VisitRecorded) (int64, error) {
	var before models.Visit
	err := tx.Select("at").Where("store_id = ? AND member_id = ? AND at < ? AND id <> ? AND cancelled_at IS NULL", v.StoreID, v.MemberID, v.At, v.VisitID).
		Order("at DESC").Take(&before).Error
	if db.IsNotFound(err) {
		return -1, nil
	}
	return int64(v.At.Sub(before.At) / (24 * time.Hour)), err
}
