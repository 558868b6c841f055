package traffic

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
)

// checkDays compares the sums of every street's days with its visits and redemptions. While events wait to be handled
// the rollups may be behind, and nothing is said.
func checkDays(_ context.Context, r *gorm.DB) (*ledger.Finding, error) {
	var waiting int64
	if err := r.Table("outbox").Where("done_at IS NULL").Count(&waiting).Error; err != nil || waiting > 0 {
		return nil, err
	}
	var streets []struct {
		ID                           models.ID
		Visits, Redemptions          int64
		RolledVisits, RolledRedeemed int64
	}
	err := r.Table("alliances AS a").Select("a.id,"+
		" (SELECT COUNT(*) FROM visits v WHERE v.alliance_id = a.id AND v.cancelled_at IS NULL) AS visits,"+
		" (SELECT COUNT(*) FROM redemptions r WHERE r.alliance_id = a.id AND r.state = ?) AS redemptions,"+
		" (SELECT COALESCE(SUM(d.visits), 0) FROM traffic_days d WHERE d.alliance_id = a.id) AS rolled_visits,"+
		" (SELECT COALESCE(SUM(d.redemptions), 0) FROM traffic_days d WHERE d.alliance_id = a.id) AS rolled_redeemed", models.RedemptionStands).Scan(&streets).Error
	for _, s := range streets {
		if s.Visits != s.RolledVisits || s.Redemptions != s.RolledRedeemed {
			return &ledger.Finding{Alliance: s.ID, Table: "traffic_days", Row: s.ID.String(), Problem: fmt.Sprintf(
				"the days count %d visits and %d redemptions, there are %d and %d", s.RolledVisits, s.RolledRedeemed, s.Visits, s.Redemptions)}, err
		}
	}
	return nil, err
}
