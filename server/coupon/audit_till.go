package coupon

import (
	"context"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
)

// auditVoids: whoever made a coupon void, it is void.
func auditVoids(_ context.Context, r *gorm.DB, alliance models.ID) (*ledger.Finding, error) {
	var rows []models.Coupon
	err := r.Raw("SELECT c.id FROM coupon_voids v JOIN coupons c ON c.id = v.coupon_id WHERE v.alliance_id = ?"+
		" AND (c.state <> 'void' OR c.redemption_id IS NOT NULL) ORDER BY c.id LIMIT 1", alliance).Scan(&rows).Error
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return finding(alliance, "coupons", rows[0].ID.String(), "somebody made it void, and it is not"), nil
}

// auditStocks: the count of a campaign's redemptions is that of the receipts, and with what is set aside for tills it is
// not above what the campaign's coupons allowed when it was set aside.
func auditStocks(_ context.Context, r *gorm.DB, alliance models.ID) (*ledger.Finding, error) {
	var rows []struct {
		models.CampaignStock
		Standing int64
		Most     int64
	}
	err := r.Raw("SELECT k.*, (c.remaining + c.claimed + c.veiled + c.printed) * CASE WHEN c.kind = 'punch_card' THEN c.times ELSE 1 END AS most, (SELECT COUNT(*) FROM redemptions AS r WHERE r.campaign_id = k.campaign_id AND r.state = 'posted') AS standing"+
		" FROM campaign_stocks AS k JOIN campaigns AS c ON c.id = k.campaign_id WHERE k.alliance_id = ? ORDER BY k.campaign_id", alliance).Scan(&rows).Error
	if err != nil {
		return nil, err
	}
	for _, k := range rows {
		row := k.CampaignID.String()
		switch {
		case k.Redeemed != k.Standing:
			return finding(alliance, "campaign_stocks", row, "redeemed says %d, %d redemptions stand", k.Redeemed, k.Standing), nil
		case k.Redeemed+k.Allotted > k.Capacity || k.Redeemed > k.Most:
			return finding(alliance, "campaign_stocks", row, "%d redeemed and %d set aside, at most %d together", k.Redeemed, k.Allotted, min(k.Capacity, k.Most)), nil
		}
	}
	return nil, nil
}
