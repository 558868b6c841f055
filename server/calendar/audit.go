package calendar

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
)

// auditPlaces looks for an occurrence whose counts are not its rows: places taken, places held for offers and for doors, those who wait.
func auditPlaces(_ context.Context, r *gorm.DB, alliance models.ID) (*ledger.Finding, error) {
	var wrong []struct {
		models.Occurrence
		People, Places, Line int64
	}
	const (
		people = "(SELECT COALESCE(SUM(1 + s.companions), 0) FROM sign_ups s WHERE s.occurrence_id = o.id) + o.unnamed"
		offers = "(SELECT COALESCE(SUM(w.places), 0) FROM waiters w WHERE w.occurrence_id = o.id)"
		doors  = "(SELECT COALESCE(SUM(d.room - d.used), 0) FROM doors d WHERE d.occurrence_id = o.id)"
		places = offers + " + " + doors
		line   = "(SELECT COUNT(*) FROM waiters w WHERE w.occurrence_id = o.id)"
	)
	err := r.Table("occurrences o").Select("o.*, "+people+" AS people, "+places+" AS places, "+line+" AS line").
		Where("o.alliance_id = ?", alliance).Where("o.taken <> " + people + " OR o.held <> " + places + " OR o.waiting <> " + line).
		Order("o.id").Limit(1).Scan(&wrong).Error
	if err != nil || len(wrong) == 0 {
		return nil, err
	}
	w := wrong[0]
	f := &ledger.Finding{Alliance: w.AllianceID, Table: "occurrences", Row: w.ID.String()}
	switch {
	case int64(w.Taken) != w.People:
		f.Problem = fmt.Sprintf("says that %d places are taken, has %d guests", w.Taken, w.People)
	case int64(w.Held) != w.Places:
		f.Problem = fmt.Sprintf("says that %d places are held for offers and doors, which come to %d", w.Held, w.Places)
	default:
		f.Problem = fmt.Sprintf("says that %d wait, has %d on the list", w.Waiting, w.Line)
	}
	return f, nil
}

// auditCheckIns looks for a guest who was checked in without the visit that goes with it. Whom a coordinator lets in to an event
// of the street itself has been in no store.
func auditCheckIns(_ context.Context, r *gorm.DB, alliance models.ID) (*ledger.Finding, error) {
	var wrong []models.SignUp
	err := r.Table("sign_ups s").Select("s.*").Joins("JOIN occurrences o ON o.id = s.occurrence_id").
		Joins("LEFT JOIN visits v ON v.member_id = s.member_id AND v.store_id = COALESCE(s.seen_in, o.store_id) AND v.kind = ? AND v.at = s.checked_in_at", models.VisitCheckIn).
		Where("s.alliance_id = ? AND s.state = ? AND v.id IS NULL AND COALESCE(s.seen_in, o.store_id) <> o.alliance_id", alliance, models.CheckedIn).Order("s.id").Limit(1).Find(&wrong).Error
	if err != nil || len(wrong) == 0 {
		return nil, err
	}
	return &ledger.Finding{
		Alliance: wrong[0].AllianceID, Table: "sign_ups", Row: wrong[0].ID.String(), Problem: "was checked in, and there is no visit of it",
	}, nil
}

// auditPaid looks for a sign-up that says it paid points which the ledger does not have, or not so many, and for points paid
// for a sign-up that does not say so.
func auditPaid(_ context.Context, r *gorm.DB, alliance models.ID) (*ledger.Finding, error) {
	var rows []models.SignUp
	if err := r.Select("id, alliance_id, paid").Where("alliance_id = ? AND paid > 0", alliance).Order("id").Find(&rows).Error; err != nil {
		return nil, err
	}
	paid, err := stillPaid(r, alliance)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		of := feeReference(row.ID)
		if paid[of] != row.Paid {
			return &ledger.Finding{
				Alliance: alliance, Table: "sign_ups", Row: row.ID.String(), Problem: fmt.Sprintf("says that %d points were paid, the ledger has %d", row.Paid, paid[of]),
			}, nil
		}
		delete(paid, of)
	}
	for _, of := range slices.Sorted(maps.Keys(paid)) {
		return &ledger.Finding{Alliance: alliance, Table: "ledger_transfers", Row: of, Problem: fmt.Sprintf("took %d points for places, and no sign-up says so", paid[of])}, nil
	}
	return nil, nil
}

// stillPaid is what the ledger has for sign-ups, by its reference, without what was paid back.
func stillPaid(r *gorm.DB, alliance models.ID) (map[string]int64, error) {
	var list []struct {
		Reference string
		Amount    int64
	}
	err := r.Table("ledger_transfers").Select("reference, amount").Where("alliance_id = ? AND reference LIKE ?", alliance, feeReferences).Find(&list).Error
	paid, back := map[string]int64{}, []string{}
	for _, t := range list {
		if of, reversed := strings.CutSuffix(t.Reference, feeBack); reversed {
			back = append(back, of)
			continue
		}
		paid[t.Reference] = t.Amount
	}
	for _, of := range back {
		delete(paid, of)
	}
	return paid, err
}
