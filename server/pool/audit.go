package pool

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
)

// auditNumbers looks for a street whose members' numbers are not 1, 2, 3 … up to the last one given.
func auditNumbers(_ context.Context, r *gorm.DB, alliance models.ID) (*ledger.Finding, error) {
	var wrong []struct {
		ID         models.ID
		LastNumber int64
		Members    int64
		Highest    int64
	}
	err := r.Table("alliances a").Select("a.id, a.last_number, COUNT(m.id) AS members, COALESCE(MAX(m.number), 0) AS highest").
		Joins("LEFT JOIN members m ON m.alliance_id = a.id").Where("a.id = ?", alliance).Group("a.id, a.last_number").
		Having("COUNT(m.id) <> a.last_number OR COALESCE(MAX(m.number), 0) <> a.last_number").Order("a.id").Limit(1).Find(&wrong).Error
	if err != nil || len(wrong) == 0 {
		return nil, err
	}
	w := wrong[0]
	return &ledger.Finding{
		Alliance: w.ID, Table: "alliances", Row: w.ID.String(),
		Problem: fmt.Sprintf("gave out %d numbers, has %d members, the highest number is %d", w.LastNumber, w.Members, w.Highest),
	}, nil
}

// auditOrigins looks for a member whose origin store is of another street.
func auditOrigins(_ context.Context, r *gorm.DB, alliance models.ID) (*ledger.Finding, error) {
	var wrong []models.Member
	err := r.Table("members m").Select("m.*").Joins("LEFT JOIN stores s ON s.id = m.origin_store_id AND s.alliance_id = m.alliance_id").
		Where("m.alliance_id = ? AND m.origin_store_id IS NOT NULL AND s.id IS NULL", alliance).Order("m.id").Limit(1).Find(&wrong).Error
	if err != nil || len(wrong) == 0 {
		return nil, err
	}
	return &ledger.Finding{
		Alliance: wrong[0].AllianceID, Table: "members", Row: wrong[0].ID.String(), Problem: "its origin store is not in the street",
	}, nil
}
