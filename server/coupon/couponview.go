package coupon

import (
	"maps"
	"slices"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// pocket is what is read once to show or judge several coupons.
type pocket struct {
	street    street
	campaigns map[models.ID]models.Campaign
	shares    map[terms][]models.CampaignShare
	uses      map[models.ID]models.Redemption // by coupon: what used it
	names     map[models.ID]string
	bounds    bounds
	allotted  bool // what is redeemed was set aside for a till before
}

// terms names what was signed: a coupon keeps the version it was claimed under.
type terms struct {
	campaign models.ID
	version  int64
}

func termsOfCoupon(c models.Coupon) terms { return terms{c.CampaignID, c.Version} }

// pocket reads what coupons are shown and judged by; besides is asked for with it.
func (s *Service) pocket(r *gorm.DB, st street, coupons []models.Coupon, besides ...db.Query) (*pocket, error) {
	p := &pocket{
		street: st, campaigns: map[models.ID]models.Campaign{}, shares: map[terms][]models.CampaignShare{},
		uses: map[models.ID]models.Redemption{}, bounds: newBounds(),
	}
	ids := campaignIDs(coupons)
	queries := []db.Query{p.askCampaigns(r, ids), p.askShares(r, ids), askNotices(r, ids, p.bounds.notices), askLeft(r, ids, p.bounds.left)}
	if err := db.FindAll(r, slices.Concat(queries, p.askUses(r, coupons), besides)...); err != nil {
		return nil, err
	}
	if err := p.bounds.readRest(r, st, p.campaigns, coupons); err != nil {
		return nil, err
	}
	var accounts []models.ID
	for _, u := range p.uses {
		accounts = append(accounts, u.ByAccount)
	}
	var err error
	p.names, err = s.Identity.Names(r, accounts)
	return p, err
}

// pocketOf shows coupons of one campaign's present terms that nobody has used yet.
func (s *Service) pocketOf(r *gorm.DB, st street, c models.Campaign) (*pocket, error) {
	return s.pocket(r, st, []models.Coupon{{CampaignID: c.ID, Version: c.Version}})
}

// campaignIDs are the campaigns that coupons are of, each once.
func campaignIDs(coupons []models.Coupon) []models.ID {
	set := map[models.ID]bool{}
	for _, c := range coupons {
		set[c.CampaignID] = true
	}
	return slices.Collect(maps.Keys(set))
}

func (p *pocket) askCampaigns(r *gorm.DB, ids []models.ID) db.Query {
	var rows []models.Campaign
	return db.Query{Of: r.Where("id IN ?", ids), Into: &rows, Then: func() {
		for _, c := range rows {
			p.campaigns[c.ID] = c
		}
	}}
}

func (p *pocket) askShares(r *gorm.DB, ids []models.ID) db.Query {
	var rows []models.CampaignShare
	return db.Query{Of: r.Where("campaign_id IN ?", ids).Order("position"), Into: &rows, Then: func() {
		for _, sh := range rows {
			key := terms{sh.CampaignID, sh.Version}
			p.shares[key] = append(p.shares[key], sh)
		}
	}}
}

// askUses asks for what used coupons; for nothing when nobody has used one.
func (p *pocket) askUses(r *gorm.DB, coupons []models.Coupon) []db.Query {
	var ids []models.ID
	for _, c := range coupons {
		if !c.RedemptionID.IsZero() {
			ids = append(ids, c.RedemptionID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	var rows []models.Redemption
	return []db.Query{{Of: r.Where("id IN ?", ids), Into: &rows, Then: func() {
		for _, u := range rows {
			p.uses[u.CouponID] = u
		}
	}}}
}

// couponViews shows coupons in their order.
func (s *Service) couponViews(r *gorm.DB, st street, coupons []models.Coupon) ([]CouponView, error) {
	p, err := s.pocket(r, st, coupons)
	if err != nil {
		return nil, err
	}
	views := make([]CouponView, len(coupons))
	for i, c := range coupons {
		views[i] = p.view(c)
	}
	return views, nil
}

// couponCampaign is what a coupon says of its campaign, and of the stores that take it.
func couponCampaign(st street, c models.Campaign, stores []models.StoreRef) CouponCampaign {
	return CouponCampaign{
		ID: c.ID, Title: c.Title, OfferView: offerView(c.Offer), StackingView: stackingView(c.Stacking), Transferable: c.Transferable, Store: st.stores[c.StoreID],
		Stores: stores, Weekdays: c.Weekdays.List(), Hours: hoursView(c.Validity), NotOn: limitsView(c).NotOn,
		MarketOnly: c.MarketOnly, MarketDays: st.marketDays(c),
	}
}

func (p *pocket) view(c models.Coupon) CouponView {
	campaign := p.campaign(c)
	v := CouponView{
		ID: c.ID, Code: models.FormatCouponCode(c.Code), State: c.StateAt(p.street.now),
		ValidFrom: c.ValidFrom, ValidUntil: c.ValidUntil, ClaimedAt: c.ClaimedAt, Times: c.Times, Left: c.Left(),
		Campaign: couponCampaign(p.street, campaign, p.storesFor(c)),
		Budget:   p.budget(c), Leaving: p.leaving(c), Giveable: campaign.Transferable && !c.Gifted && c.Spent == 0,
	}
	if use, ok := p.uses[c.ID]; ok {
		v.Used = &UsedView{At: use.At, Store: p.street.stores[use.StoreID], By: p.names[use.ByAccount], Off: models.Fen(use.Off)}
	}
	return v
}
