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

// moved is what the ledger did with points for a visit.
type moved struct{ Issued, Spent int64 }

// want is what it has to have done.
func want(v models.Visit) moved {
	switch {
	case v.CancelledAt != nil:
		return moved{}
	case v.Kind == models.VisitHonour:
		return moved{Spent: v.Points}
	}
	return moved{Issued: v.Points}
}

// checkPoints compares the points of every visit with what the ledger issued for it or took.
func checkPoints(_ context.Context, r *gorm.DB, alliance models.ID) (*ledger.Finding, error) {
	did, err := movedFor(r, alliance)
	if err != nil {
		return nil, err
	}
	var found *ledger.Finding
	var page []models.Visit
	err = r.Select("id", "alliance_id", "kind", "points", "cancelled_at").Where("alliance_id = ?", alliance).FindInBatches(&page, 1000, func(*gorm.DB, int) error {
		for _, v := range page {
			if w, m := want(v), did[v.ID]; found == nil && m != w {
				found = &ledger.Finding{Alliance: v.AllianceID, Table: "visits", Row: v.ID.String(), Problem: fmt.Sprintf(
					"earned %d points and spent %d, but the ledger issued %d and took %d", w.Issued, w.Spent, m.Issued, m.Spent)}
			}
		}
		return nil
	}).Error
	return found, err
}

// movedFor reads by visit what the ledger issued and took, less what it took back.
func movedFor(r *gorm.DB, alliance models.ID) (map[models.ID]moved, error) {
	const net = "CASE WHEN reverses_id IS NULL THEN amount ELSE -amount END"
	var sums []struct {
		VisitID       models.ID
		Issued, Spent int64
	}
	err := r.Table("ledger_transfers").Where("alliance_id = ? AND kind IN ? AND visit_id IS NOT NULL", alliance, []string{models.KindPointsIssued, models.KindPointsSpent}).
		Select("visit_id, SUM(CASE kind WHEN ? THEN "+net+" ELSE 0 END) AS issued, SUM(CASE kind WHEN ? THEN "+net+" ELSE 0 END) AS spent", models.KindPointsIssued, models.KindPointsSpent).
		Group("visit_id").Scan(&sums).Error
	did := make(map[models.ID]moved, len(sums))
	for _, sum := range sums {
		did[sum.VisitID] = moved{sum.Issued, sum.Spent}
	}
	return did, err
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
