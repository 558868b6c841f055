package referral

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
)

// sums is what the ledger's transfers about one subject come to.
type sums struct {
	ID         models.ID
	AllianceID models.ID
	First      models.ID // the oldest of the transfers
	Posted     int64
	Open       int64
}

// sumsOf adds transfers of a kind up by what they are about: referral_id or visit_id.
func sumsOf(r *gorm.DB, alliance models.ID, kind, subject string) (map[models.ID]sums, error) {
	var rows []sums
	err := r.Table("ledger_transfers").Where("alliance_id = ? AND kind = ?", alliance, kind).Group("alliance_id, " + subject).Select(subject + " AS id, alliance_id, MIN(id) AS first," +
		" SUM(CASE WHEN step NOT IN ('single', 'post') THEN 0 WHEN reverses_id IS NULL THEN amount ELSE -amount END) AS posted," +
		" SUM(CASE step WHEN 'pending' THEN amount WHEN 'post' THEN -amount WHEN 'void' THEN -amount ELSE 0 END) AS open").Scan(&rows).Error
	byID := make(map[models.ID]sums, len(rows))
	for _, s := range rows {
		byID[s.ID] = s
	}
	return byID, err
}

// checkCredits compares every referral with the transfers about it.
func checkCredits(_ context.Context, r *gorm.DB, alliance models.ID) (*ledger.Finding, error) {
	moved, err := sumsOf(r, alliance, models.KindReferral, "referral_id")
	if err != nil {
		return nil, err
	}
	var found *ledger.Finding
	var page []models.Referral
	err = r.Where("alliance_id = ?", alliance).FindInBatches(&page, 1000, func(*gorm.DB, int) error {
		for _, row := range page {
			if problem := creditProblem(row, moved[row.ID]); problem != "" && found == nil {
				found = &ledger.Finding{Alliance: row.AllianceID, Table: "referrals", Row: row.ID.String(), Problem: problem}
			}
			delete(moved, row.ID)
		}
		return nil
	}).Error
	if found != nil || err != nil {
		return found, err
	}
	return stray(moved, "credits a referral that is not there"), nil
}

func creditProblem(r models.Referral, moved sums) string {
	want := moved
	want.Posted, want.Open = 0, 0
	switch r.State {
	case models.ReferralPending, models.ReferralObjected:
		want.Open = r.Amount
	case models.ReferralPosted:
		want.Posted = r.Amount
	case models.ReferralVoided:
	default:
		return fmt.Sprintf("state %q is none", r.State)
	}
	if moved != want {
		return fmt.Sprintf("is %s over %d fen, but the ledger has %d posted and %d pending", r.State, r.Amount, moved.Posted, moved.Open)
	}
	return ""
}

// stray names the oldest transfer of those that no row of ours tells of; what has been taken back needs none.
func stray(left map[models.ID]sums, problem string) *ledger.Finding {
	var first *ledger.Finding
	for _, s := range left {
		if row := s.First.String(); (s.Posted != 0 || s.Open != 0) && (first == nil || row < first.Row) {
			first = &ledger.Finding{Alliance: s.AllianceID, Table: "ledger_transfers", Row: row, Problem: problem}
		}
	}
	return first
}

// monthKey is a member's month.
type monthKey struct {
	alliance, member models.ID
	month            string
}

// checkCommissions compares every commission that stands with its transfers, and every member's month with its
// commissions. What was taken back must have come to nothing in the ledger.
func checkCommissions(_ context.Context, r *gorm.DB, alliance models.ID) (*ledger.Finding, error) {
	moved, err := sumsOf(r, alliance, models.KindCommission, "visit_id")
	if err != nil {
		return nil, err
	}
	months := map[monthKey]int64{}
	var found *ledger.Finding
	var page []models.Commission
	err = r.Where("alliance_id = ?", alliance).FindInBatches(&page, 1000, func(*gorm.DB, int) error {
		for _, c := range page {
			if c.ReversedAt != nil {
				continue
			}
			if posted := moved[c.VisitID].Posted; posted != c.Amount && found == nil {
				problem := fmt.Sprintf("comes to %d fen, but the ledger has %d", c.Amount, posted)
				found = &ledger.Finding{Alliance: c.AllianceID, Table: "commissions", Row: c.ID.String(), Problem: problem}
			}
			months[monthKey{c.AllianceID, c.MemberID, c.Month}] += c.Amount
			delete(moved, c.VisitID)
		}
		return nil
	}).Error
	if found != nil || err != nil {
		return found, err
	}
	if found = stray(moved, "pays a commission that does not stand"); found != nil {
		return found, nil
	}
	return checkMonths(r, alliance, months)
}

func checkMonths(r *gorm.DB, alliance models.ID, want map[monthKey]int64) (*ledger.Finding, error) {
	var rows []models.CommissionMonth
	if err := r.Where("alliance_id = ?", alliance).Order("member_id, month").Find(&rows).Error; err != nil {
		return nil, err
	}
	for _, m := range rows {
		key := monthKey{m.AllianceID, m.MemberID, m.Month}
		if want[key] != m.Amount {
			return &ledger.Finding{Alliance: m.AllianceID, Table: "commission_months", Row: m.MemberID.String() + " " + m.Month,
				Problem: fmt.Sprintf("says %d fen, but its commissions come to %d", m.Amount, want[key])}, nil
		}
		delete(want, key)
	}
	return missingMonth(want), nil
}

func missingMonth(left map[monthKey]int64) *ledger.Finding {
	var first *ledger.Finding
	for key, amount := range left {
		if row := key.member.String() + " " + key.month; amount != 0 && (first == nil || row < first.Row) {
			first = &ledger.Finding{Alliance: key.alliance, Table: "commission_months", Row: row, Problem: "is not there"}
		}
	}
	return first
}
