package testkit

import (
	"net/http"

	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/coupon"
)

// LiveCampaign is a campaign of the shoe shop by these terms (a body of POST campaigns), signed by everyone whom it asks.
func (a *App) LiveCampaign(terms map[string]any) coupon.CampaignView {
	a.t.Helper()
	var v coupon.CampaignView
	a.As(ManagerOf("shoes")).Post(a.At("shoes", "/campaigns"), terms).Must(http.StatusCreated).Into(&v)
	a.As(OwnerOf("shoes")).Post(a.At("shoes", "/campaigns/"+v.ID.String()+"/submit"), nil).Must(http.StatusOK).Into(&v)
	for _, share := range v.Shares[1:] {
		signature := map[string]any{"version": v.Version, "share_bps": share.ShareBPS, "decision": "sign"}
		a.As(OwnerOf(share.Store.Slug)).Post(a.At(share.Store.Slug, "/signatures/"+v.ID.String()), signature).Must(http.StatusOK).Into(&v)
	}
	a.Drain()
	return v
}

// TenOff is the body of a campaign: ten yuan off from fifty, a hundred pieces, with some fields changed; nil takes one out.
func TenOff(changes map[string]any) map[string]any {
	return With(map[string]any{
		"title": "秋冬街坊券", "kind": "amount", "off": Yuan(1000), "min_spend": Yuan(5000), "stock": 100,
		"claim_from": Noon, "claim_until": Noon.AddDate(0, 0, 14), "valid_days": 30,
	}, changes)
}

// Partners are the noodle shop and the tea house, who carry 30 % of a campaign's cost together.
func (a *App) Partners() []map[string]any {
	return []map[string]any{{"store_id": a.StoreID("noodles"), "share_bps": 1500}, {"store_id": a.StoreID("tea"), "share_bps": 1500}}
}

// Claimed lets a member take a coupon of a public campaign.
func (a *App) Claimed(who Persona, c coupon.CampaignView) coupon.CouponView {
	a.t.Helper()
	var v coupon.CouponView
	a.As(who).Post("/campaigns/"+c.ID.String()+"/claims", nil).Must(http.StatusCreated).Into(&v)
	return v
}

// Coupons are all of a campaign, in the order in which they were given out.
func (a *App) Coupons(campaign models.ID) []models.Coupon {
	a.t.Helper()
	var rows []models.Coupon
	require.NoError(a.t, a.DB.Read(a.Ctx()).Where("campaign_id = ?", campaign).Order("id").Find(&rows).Error)
	return rows
}

// BooksHold audits the street: nothing may be found, and the named checks must be among those that passed.
func (a *App) BooksHold(checks ...string) {
	a.t.Helper()
	a.Drain()
	report, err := a.Ledger.Audit().Street(a.Ctx(), a.Street.Alliance.ID)
	require.NoError(a.t, err)
	require.Nil(a.t, report.Finding, "%v", report.Finding)
	for _, check := range checks {
		require.Contains(a.t, report.Passed, check)
	}
}
