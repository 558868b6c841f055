package calendar

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
)

// auditPlaces looks for an occurrence whose taken places are not the rows of those who took them.
func auditPlaces(_ context.Context, r *gorm.DB, alliance models.ID) (*ledger.Finding, error) {
	var wrong []struct {
		ID         models.ID
		AllianceID models.ID
		Taken      int64
		Guests     int64
	}
	err := r.Table("occurrences o").Select("o.id, o.alliance_id, o.taken, COUNT(s.id) AS guests").
		Joins("LEFT JOIN sign_ups s ON s.occurrence_id = o.id").Where("o.alliance_id = ?", alliance).Group("o.id, o.alliance_id, o.taken").
		Having("COUNT(s.id) <> o.taken").Order("o.id").Limit(1).Find(&wrong).Error
	if err != nil || len(wrong) == 0 {
		return nil, err
	}
	w := wrong[0]
	return &ledger.Finding{
		Alliance: w.AllianceID, Table: "occurrences", Row: w.ID.String(),
		Problem: fmt.Sprintf("says that %d places are taken, has %d guests", w.Taken, w.Guests),
	}, nil
}

// auditCheckIns looks for a guest who was checked in without the visit that goes with it.
func auditCheckIns(_ context.Context, r *gorm.DB, alliance models.ID) (*ledger.Finding, error) {
	var wrong []models.SignUp
	err := r.Table("sign_ups s").Select("s.*").Joins("JOIN occurrences o ON o.id = s.occurrence_id").
		Joins("LEFT JOIN visits v ON v.member_id = s.member_id AND v.store_id = o.store_id AND v.kind = ? AND v.at = s.checked_in_at", models.VisitCheckIn).
		Where("s.alliance_id = ? AND s.state = ? AND v.id IS NULL", alliance, models.CheckedIn).Order("s.id").Limit(1).Find(&wrong).Error
	if err != nil || len(wrong) == 0 {
		return nil, err
	}
	return &ledger.Finding{
		Alliance: wrong[0].AllianceID, Table: "sign_ups", Row: wrong[0].ID.String(), Problem: "was checked in, and there is no visit of it",
	}, nil
}
