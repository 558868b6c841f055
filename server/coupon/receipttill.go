package coupon

import (
	"gorm.io/gorm"

	"onestreet/models"
)

// tillSums writes on receipts what a till without a network took off, where that is not what the terms give. It is asked for
// when receipts are read, never at the counter: a till's log comes later.
func tillSums(r *gorm.DB, views []RedemptionView) error {
	ids := make([]models.ID, len(views))
	for i, v := range views {
		ids[i] = v.ID
	}
	var rows []models.TillEntry
	err := r.Where("redemption_id IN ? AND outcome = ? AND off <> booked_off", ids, models.TillBooked).Find(&rows).Error
	off := make(map[models.ID]models.Money, len(rows))
	for _, e := range rows {
		off[e.RedemptionID] = models.Fen(e.Off)
	}
	for i := range views {
		if sum, ok := off[views[i].ID]; ok {
			views[i].TillOff = &sum
		}
	}
	return err
}
