package coupon

import (
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// bounds is what a pocket knows of how far campaigns may still go: the terms of earlier versions, who has left or will, what
// is left behind each, and what their stores have redeemed.
type bounds struct {
	kept    map[terms]models.Campaign
	notices map[models.ID][]models.CampaignNotice
	left    map[models.ID]map[models.ID]int64 // by campaign and owner, fen
	counts  map[models.ID]map[string]int64    // by campaign and bucket: redemptions of a store, and of a store today
}

func newBounds() bounds {
	return bounds{notices: map[models.ID][]models.CampaignNotice{}, left: map[models.ID]map[models.ID]int64{}}
}

// readRest reads what only some campaigns have: terms where a coupon is of an earlier version, counts where a store may take
// only so many.
func (b *bounds) readRest(r *gorm.DB, st street, campaigns map[models.ID]models.Campaign, coupons []models.Coupon) (err error) {
	var limited []models.ID
	for id, c := range campaigns {
		if c.PerStore > 0 || c.PerStoreDay > 0 {
			limited = append(limited, id)
		}
	}
	if b.kept, err = keptTerms(r, campaigns, coupons); err != nil {
		return err
	}
	b.counts, err = storeCounts(r, limited, st.today())
	return err
}

// keptTerms reads the terms of the versions before the present one that coupons were claimed under.
func keptTerms(r *gorm.DB, campaigns map[models.ID]models.Campaign, coupons []models.Coupon) (map[terms]models.Campaign, error) {
	kept := map[terms]models.Campaign{}
	var ids []models.ID
	for _, c := range coupons {
		if c.Version != campaigns[c.CampaignID].Version {
			ids = append(ids, c.CampaignID)
		}
	}
	if len(ids) == 0 {
		return kept, nil
	}
	var rows []models.CampaignTerms
	err := r.Where("campaign_id IN ? AND state = ?", ids, models.TermsSigned).Find(&rows).Error
	for _, row := range rows {
		kept[terms{row.CampaignID, row.Version}] = campaigns[row.CampaignID].Under(row.Terms)
	}
	return kept, err
}

// noticesOf reads which stores leave or have left campaigns.
func noticesOf(r *gorm.DB, ids []models.ID) (map[models.ID][]models.CampaignNotice, error) {
	found := map[models.ID][]models.CampaignNotice{}
	if len(ids) == 0 {
		return found, nil
	}
	return found, db.FindAll(r, askNotices(r, ids, found))
}

func askNotices(r *gorm.DB, ids []models.ID, into map[models.ID][]models.CampaignNotice) db.Query {
	var rows []models.CampaignNotice
	return db.Query{Of: r.Where("campaign_id IN ?", ids).Order("leaves_at"), Into: &rows, Then: func() {
		for _, n := range rows {
			into[n.CampaignID] = append(into[n.CampaignID], n)
		}
	}}
}

// leftBehind reads what is left of the budgets and caps of campaigns, in fen.
func leftBehind(r *gorm.DB, ids []models.ID) (map[models.ID]map[models.ID]int64, error) {
	left := map[models.ID]map[models.ID]int64{}
	if len(ids) == 0 {
		return left, nil
	}
	return left, db.FindAll(r, askLeft(r, ids, left))
}

func askLeft(r *gorm.DB, ids []models.ID, into map[models.ID]map[models.ID]int64) db.Query {
	var rows []models.CampaignFund
	return db.Query{Of: r.Where("campaign_id IN ?", ids), Into: &rows, Then: func() {
		for _, f := range rows {
			if into[f.CampaignID] == nil {
				into[f.CampaignID] = map[models.ID]int64{}
			}
			into[f.CampaignID][f.OwnerID] = f.Left()
		}
	}}
}

// storeCounts reads how many coupons of campaigns their stores have redeemed, ever and today.
func storeCounts(r *gorm.DB, ids []models.ID, today string) (map[models.ID]map[string]int64, error) {
	counts := map[models.ID]map[string]int64{}
	if len(ids) == 0 {
		return counts, nil
	}
	var rows []models.CampaignCount
	err := r.Where("campaign_id IN ? AND (kind = ? OR kind = ? AND bucket LIKE ?)", ids, models.CountStore, models.CountStoreDay, "%@"+today).Find(&rows).Error
	for _, row := range rows {
		if counts[row.CampaignID] == nil {
			counts[row.CampaignID] = map[string]int64{}
		}
		counts[row.CampaignID][row.Bucket] = row.N
	}
	return counts, err
}

func (st street) today() string { return models.Day(st.now, st.zone) }

// campaign is a coupon's campaign as it read when the coupon was claimed.
func (p *pocket) campaign(c models.Coupon) models.Campaign {
	if kept, ok := p.bounds.kept[termsOfCoupon(c)]; ok {
		return kept
	}
	return p.campaigns[c.CampaignID]
}

// hasLeft tells whether a store has left a campaign: it takes its coupons no more, whenever they were claimed.
func (p *pocket) hasLeft(campaign, store models.ID) bool {
	for _, n := range p.bounds.notices[campaign] {
		if n.StoreID == store {
			return n.Left(p.street.now)
		}
	}
	return false
}

// budget says how much is left behind a coupon.
func (p *pocket) budget(c models.Coupon) models.BudgetState {
	return p.campaign(c).BudgetAfter(p.shares[termsOfCoupon(c)], p.bounds.left[c.CampaignID])
}

// within says whether the money behind a coupon is gone, or a store has taken as many as it may.
func (p *pocket) within(c models.Coupon, store models.ID) models.Refusal {
	if p.budget(c) == models.BudgetSpent {
		return models.RefusedBudget
	}
	campaign, counts := p.campaigns[c.CampaignID], p.bounds.counts[c.CampaignID]
	switch {
	case campaign.PerStore > 0 && counts[store.String()] >= campaign.PerStore,
		campaign.PerStoreDay > 0 && counts[models.StoreDay(store, p.street.today())] >= campaign.PerStoreDay:
		return models.RefusedStoreLimit
	}
	return ""
}

// covers says whether what a bill would cost is there: the whole of it, and each funder's part.
func (p *pocket) covers(c models.Coupon, cost int64) models.Refusal {
	left := p.bounds.left[c.CampaignID]
	if l, kept := left[c.CampaignID]; kept && cost > l {
		return models.RefusedBudget
	}
	signed := p.shares[termsOfCoupon(c)]
	for i, part := range models.SplitCost(cost, signed) {
		if l, kept := left[signed[i].StoreID]; kept && part > l {
			return models.RefusedBudget
		}
	}
	return ""
}

// leaving lists the stores that take a coupon today and will not before it ends.
func (p *pocket) leaving(c models.Coupon) []LeavingView {
	views := []LeavingView{}
	for _, n := range p.bounds.notices[c.CampaignID] {
		if !n.Left(p.street.now) && n.LeavesAt.Before(c.ValidUntil) && p.redeemsAt(c, n.StoreID) {
			views = append(views, LeavingView{Store: p.street.stores[n.StoreID], At: n.LeavesAt})
		}
	}
	return views
}
