package coupon

import (
	"context"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
	"onestreet/server/platform/db"
)

// auditLimits registers what must hold of budgets and counters.
func (s *Service) auditLimits() {
	s.Ledger.Checks.Add("coupon.funds", auditFunds, "campaigns", "campaign_funds", "redemptions", "redemption_shares")
	s.Ledger.Checks.Add("coupon.counts", s.auditCounts, "campaign_counts", "coupons", "redemptions")
}

// auditFunds: what every owner has spent is the sum of its parts of the redemptions that stand, and within what it signed;
// and every campaign that was signed has its funds.
func auditFunds(_ context.Context, r *gorm.DB, alliance models.ID) (*ledger.Finding, error) {
	spent, err := spentByOwner(r, alliance)
	if err != nil {
		return nil, err
	}
	var rows []models.CampaignFund
	if err := r.Where("alliance_id = ?", alliance).Order("campaign_id, owner_id").Find(&rows).Error; err != nil {
		return nil, err
	}
	for _, f := range rows {
		row, books := f.CampaignID.String()+" "+f.OwnerID.String(), spent[fundKey{f.CampaignID, f.OwnerID}]
		switch {
		case f.Spent != books:
			return finding(alliance, "campaign_funds", row, "says %d fen spent, its redemptions come to %d", f.Spent, books), nil
		case f.Spent > f.Most:
			return finding(alliance, "campaign_funds", row, "%d fen spent of %d", f.Spent, f.Most), nil
		}
		delete(spent, fundKey{f.CampaignID, f.OwnerID})
	}
	for key, books := range spent {
		if books != 0 {
			return finding(alliance, "campaign_funds", key.campaign.String()+" "+key.owner.String(), "is not there, its redemptions come to %d", books), nil
		}
	}
	return nil, nil
}

type fundKey struct{ campaign, owner models.ID }

// spentByOwner adds up the redemptions that stand: whole campaigns, and their funders.
func spentByOwner(r *gorm.DB, alliance models.ID) (map[fundKey]int64, error) {
	spent := map[fundKey]int64{}
	for _, sql := range []string{
		"SELECT campaign_id, campaign_id AS owner_id, SUM(cost) AS spent FROM redemptions WHERE alliance_id = ? AND state = 'posted' GROUP BY campaign_id",
		"SELECT r.campaign_id, s.store_id AS owner_id, SUM(s.amount) AS spent FROM redemptions r JOIN redemption_shares s ON s.redemption_id = r.id" +
			" WHERE r.alliance_id = ? AND r.state = 'posted' GROUP BY r.campaign_id, s.store_id",
	} {
		var rows []models.CampaignFund
		if err := r.Raw(sql, alliance).Scan(&rows).Error; err != nil {
			return nil, err
		}
		for _, f := range rows {
			spent[fundKey{f.CampaignID, f.OwnerID}] = f.Spent
		}
	}
	return spent, nil
}

// auditCounts: every counter says what the books say, and none is above the limit that it is for. A limit that a later
// version lowered holds from then on, so only counters of a campaign's first terms are held against theirs.
func (s *Service) auditCounts(ctx context.Context, r *gorm.DB, alliance models.ID) (*ledger.Finding, error) {
	var rows []models.CampaignCount
	err := r.Where("alliance_id = ?", alliance).Order("campaign_id, kind, bucket").Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	a, err := s.Pool.Alliance(ctx, alliance)
	if err != nil {
		return nil, err
	}
	campaigns := map[models.ID]models.Campaign{}
	for _, row := range rows {
		c, ok := campaigns[row.CampaignID]
		if !ok {
			if c, err = db.Find[models.Campaign](r, "id = ?", row.CampaignID); err != nil {
				return nil, err
			}
			campaigns[row.CampaignID] = c
		}
		if found, err := countHolds(r, c, row, a.Location()); found != nil || err != nil {
			return found, err
		}
	}
	return nil, nil
}

func countHolds(r *gorm.DB, c models.Campaign, row models.CampaignCount, zone *time.Location) (*ledger.Finding, error) {
	name := row.CampaignID.String() + " " + string(row.Kind) + " " + row.Bucket
	k, most, err := counterOf(c, row, zone)
	if err != nil {
		return finding(c.AllianceID, "campaign_counts", name, "counts nothing that is known"), nil
	}
	n, err := k.counted(r)
	if err != nil {
		return nil, err
	}
	switch {
	case n != row.N:
		return finding(c.AllianceID, "campaign_counts", name, "says %d, the books say %d", row.N, n), nil
	case c.Version == 1 && most > 0 && row.N > most:
		return finding(c.AllianceID, "campaign_counts", name, "%d of at most %d", row.N, most), nil
	}
	return nil, nil
}

// counterOf reads a counter back from its row, with the limit that it is for.
func counterOf(c models.Campaign, row models.CampaignCount, zone *time.Location) (counter, int64, error) {
	switch row.Kind {
	case models.CountDay:
		at, err := time.ParseInLocation(time.DateOnly, row.Bucket, zone)
		return dayCounter(c, at, zone), c.PerDay, err
	case models.CountHousehold:
		id, err := models.ParseID(row.Bucket)
		return householdCounter(c, id), c.PerHousehold, err
	case models.CountStore:
		id, err := models.ParseID(row.Bucket)
		return storeCounter(c, id), c.PerStore, err
	}
	store, day, err := models.ParseStoreDay(row.Bucket)
	return storeDayCounter(c, store, day), c.PerStoreDay, err
}
