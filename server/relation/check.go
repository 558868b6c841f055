package relation

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
)

// audit adds the feature's checks to the audit of the books.
func (s *Service) audit() {
	s.Ledger.Checks.Add("relation.points", checkPoints)
	s.Ledger.Checks.Add("relation.facts", checkFacts)
}

// checkPoints compares the points of every visit with what the ledger issued for it.
func checkPoints(_ context.Context, r *gorm.DB, alliance models.ID) (*ledger.Finding, error) {
	var sums []struct {
		VisitID models.ID
		Points  int64
	}
	err := r.Table("ledger_transfers").Where("alliance_id = ? AND kind = ? AND visit_id IS NOT NULL", alliance, models.KindPointsIssued).Group("visit_id").
		Select("visit_id, SUM(CASE WHEN reverses_id IS NULL THEN amount ELSE -amount END) AS points").Scan(&sums).Error
	if err != nil {
		return nil, err
	}
	issued := make(map[models.ID]int64, len(sums))
	for _, sum := range sums {
		issued[sum.VisitID] = sum.Points
	}
	var found *ledger.Finding
	var page []models.Visit
	err = r.Select("id", "alliance_id", "points", "cancelled_at").Where("alliance_id = ?", alliance).FindInBatches(&page, 1000, func(*gorm.DB, int) error {
		for _, v := range page {
			if v.CancelledAt != nil {
				v.Points = 0
			}
			if found == nil && issued[v.ID] != v.Points {
				found = &ledger.Finding{Alliance: v.AllianceID, Table: "visits", Row: v.ID.String(), Problem: fmt.Sprintf("earned %d points, but the ledger issued %d", v.Points, issued[v.ID])}
			}
		}
		return nil
	}).Error
	return found, err
}

// checkFacts compares what every relation says of its visits with the visits.
func checkFacts(_ context.Context, r *gorm.DB, alliance models.ID) (*ledger.Finding, error) {
	type facts struct {
		StoreID, MemberID        models.ID
		Visits, Purchases, Spent int64
	}
	var counted []facts
	const bought = "amount > 0 AND kind IN ('purchase', 'redemption')"
	err := r.Table("visits").Where("alliance_id = ? AND cancelled_at IS NULL", alliance).Group("store_id, member_id").Select("store_id, member_id, COUNT(*) AS visits," +
		" SUM(CASE WHEN " + bought + " THEN 1 ELSE 0 END) AS purchases, SUM(CASE WHEN " + bought + " THEN amount ELSE 0 END) AS spent").Scan(&counted).Error
	if err != nil {
		return nil, err
	}
	type pair struct{ store, member models.ID }
	of := make(map[pair]facts, len(counted))
	for _, c := range counted {
		of[pair{c.StoreID, c.MemberID}] = c
	}
	var found *ledger.Finding
	var page []models.Relation
	err = r.Where("alliance_id = ?", alliance).FindInBatches(&page, 1000, func(*gorm.DB, int) error {
		for _, row := range page {
			want := of[pair{row.StoreID, row.MemberID}]
			if found == nil && (row.Visits != want.Visits || row.Purchases != want.Purchases || row.Spent != want.Spent) {
				found = &ledger.Finding{Alliance: row.AllianceID, Table: "relations", Row: row.ID.String(), Problem: fmt.Sprintf(
					"says %d visits, %d purchases, %d fen; the visits come to %d, %d, %d", row.Visits, row.Purchases, row.Spent, want.Visits, want.Purchases, want.Spent)}
			}
		}
		return nil
	}).Error
	return found, err
}
