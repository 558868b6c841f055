package coupon

import (
	"context"
	"errors"

	"gorm.io/gorm"

	"onestreet/models"
)

// TillTerms is what a till must know of a campaign to take its coupons without a network.
type TillTerms struct {
	ID       models.ID       `json:"id" doc:"of the campaign"`
	Title    string          `json:"title"`
	Store    models.StoreRef `json:"store" doc:"the issuer"`
	Versions []TillVersion   `json:"versions" nullable:"false" doc:"those that the store has signed"`
}

// TillVersion is one version of the terms.
type TillVersion struct {
	Version int64 `json:"version"`
	CouponCampaign
}

// tillTermsMost bounds how many campaigns a till carries, the newest first.
const tillTermsMost = 50

// TillTerms lists the campaigns whose coupons a store may take without a network now or before the day ends: it has signed
// and not left, there are coupons out or to come, and nothing but the stock bounds them at the redemption. A budget that is
// taken from as coupons are used, or a number a store, can only be held by asking; and what looks at goods or pieces needs a
// bill's lines, which such a till does not have. A punch card shows one use at a time, like any other coupon.
func (s *Service) TillTerms(ctx context.Context, alliance, store models.ID) ([]TillTerms, error) {
	st, err := s.street(ctx, alliance)
	if err != nil {
		return nil, err
	}
	r := s.DB.Read(ctx)
	switch err := s.active(ctx, alliance, store); {
	case errors.Is(err, ErrSuspended): // out of the street
		return []TillTerms{}, nil
	case err != nil:
		return nil, err
	}
	rows, err := takenBy(r, st, store)
	if err != nil {
		return nil, err
	}
	known, err := s.versionsOf(r, st, rows)
	if err != nil {
		return nil, err
	}
	list := []TillTerms{}
	for _, c := range rows {
		t := TillTerms{ID: c.ID, Title: c.Title, Store: st.stores[c.StoreID], Versions: known.signedBy(st, c, store)}
		if len(t.Versions) > 0 {
			list = append(list, t)
		}
	}
	return list, nil
}

// takenBy reads the campaigns that a store has signed, whose coupons may still be used.
func takenBy(r *gorm.DB, st street, store models.ID) ([]models.Campaign, error) {
	var rows []models.Campaign
	err := r.Where("alliance_id = ? AND signed_at IS NOT NULL AND reserve <> ? AND per_store = 0 AND per_store_day = 0", st.ID, models.ReserveRedemption).
		Where("goods = '' AND per_piece = ?", false).
		Where("id IN (?)", r.Model(&models.CampaignShare{}).Select("campaign_id").Where("store_id = ? AND state = ?", store, models.ShareSigned)).
		Where("state IN ? OR EXISTS (SELECT 1 FROM coupons AS c WHERE c.campaign_id = campaigns.id AND c.state = ? AND c.valid_until >= ?)",
			[]models.CampaignState{models.CampaignScheduled, models.CampaignLive, models.CampaignPaused}, models.CouponUsable, st.now).
		Order("id DESC").Limit(tillTermsMost).Find(&rows).Error
	return rows, err
}

// versions is what is known of the terms of some campaigns: the earlier ones, every share, and who leaves.
type versions struct {
	kept    map[terms]models.Campaign
	shares  map[terms][]models.CampaignShare
	notices map[models.ID][]models.CampaignNotice
}

func (s *Service) versionsOf(r *gorm.DB, st street, rows []models.Campaign) (versions, error) {
	v := versions{kept: map[terms]models.Campaign{}, shares: map[terms][]models.CampaignShare{}}
	ids := idsOf(rows)
	var earlier []models.CampaignTerms
	if err := r.Where("campaign_id IN ? AND state = ?", ids, models.TermsSigned).Find(&earlier).Error; err != nil {
		return v, err
	}
	for _, t := range earlier {
		v.kept[terms{t.CampaignID, t.Version}] = t.Terms
	}
	var shares []models.CampaignShare
	if err := r.Where("campaign_id IN ?", ids).Order("position").Find(&shares).Error; err != nil {
		return v, err
	}
	for _, sh := range shares {
		key := terms{sh.CampaignID, sh.Version}
		v.shares[key] = append(v.shares[key], sh)
	}
	var err error
	v.notices, err = noticesOf(r, ids)
	return v, err
}

// signedBy lists the versions of a campaign by which a store takes coupons.
func (v versions) signedBy(st street, c models.Campaign, store models.ID) []TillVersion {
	list := []TillVersion{}
	for _, n := range v.notices[c.ID] {
		if n.StoreID == store && n.Left(st.now) {
			return list
		}
	}
	for version := c.Version; version > 0; version-- {
		key := terms{c.ID, version}
		under := c
		if version != c.Version {
			kept, ok := v.kept[key]
			if !ok {
				continue
			}
			under = c.Under(kept)
		}
		if signed(v.shares[key], store) {
			list = append(list, TillVersion{Version: version, CouponCampaign: couponCampaign(st, under, st.shops(v.shares[key]))})
		}
	}
	return list
}

// shops are the stores among funders: the alliance's fund has no till.
func (st street) shops(shares []models.CampaignShare) []models.StoreRef {
	refs := []models.StoreRef{}
	for _, sh := range shares {
		if ref, ok := st.stores[sh.StoreID]; ok {
			refs = append(refs, ref)
		}
	}
	return refs
}

func signed(shares []models.CampaignShare, store models.ID) bool {
	for _, sh := range shares {
		if sh.StoreID == store && sh.State == models.ShareSigned {
			return true
		}
	}
	return false
}
