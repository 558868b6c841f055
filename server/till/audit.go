package till

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
)

func finding(alliance models.ID, table, row, format string, args ...any) *ledger.Finding {
	return &ledger.Finding{Alliance: alliance, Table: table, Row: row, Problem: fmt.Sprintf(format, args...)}
}

// auditAllotments: what a campaign has set aside is what its tills hold together.
func auditAllotments(_ context.Context, r *gorm.DB, alliance models.ID) (*ledger.Finding, error) {
	var rows []struct {
		models.CampaignStock
		Held int64
	}
	err := r.Raw("SELECT k.*, COALESCE((SELECT SUM(a.allotted - a.used) FROM till_allotments AS a WHERE a.campaign_id = k.campaign_id), 0) AS held"+
		" FROM campaign_stocks AS k WHERE k.alliance_id = ? ORDER BY k.campaign_id", alliance).Scan(&rows).Error
	for _, k := range rows {
		if k.Held != k.Allotted {
			return finding(alliance, "campaign_stocks", k.CampaignID.String(), "%d set aside, its tills hold %d", k.Allotted, k.Held), nil
		}
	}
	return nil, err
}

// auditLog: no line of a log is missing, and what is said to be booked is in the books, of the same coupon and store.
func auditLog(_ context.Context, r *gorm.DB, alliance models.ID) (*ledger.Finding, error) {
	for _, q := range []struct{ sql, problem string }{
		{"SELECT t.id AS till_id, t.last_seq AS seq FROM tills AS t WHERE t.alliance_id = ?" +
			" AND t.last_seq <> (SELECT COUNT(*) FROM till_entries AS e WHERE e.till_id = t.id) ORDER BY t.id LIMIT 1", "its log has not as many lines as arrived: %d"},
		{"SELECT e.till_id, e.seq FROM till_entries AS e LEFT JOIN redemptions AS r ON r.id = e.redemption_id AND r.coupon_id = e.coupon_id AND r.store_id = e.store_id" +
			" WHERE e.alliance_id = ? AND e.outcome = 'booked' AND r.id IS NULL ORDER BY e.till_id, e.seq LIMIT 1", "line %d is said to be booked, and is not"},
	} {
		var rows []models.TillEntry
		if err := r.Raw(q.sql, alliance).Scan(&rows).Error; err != nil {
			return nil, err
		}
		if len(rows) > 0 {
			return finding(alliance, "tills", rows[0].TillID.String(), q.problem, rows[0].Seq), nil
		}
	}
	return nil, nil
}
