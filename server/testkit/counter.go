package testkit

import (
	"net/http"

	"github.com/stretchr/testify/require"

	"onestreet/server/coupon"
)

// LiveCampaign is a campaign of the shoe shop by these terms (a body of POST campaigns), signed by everyone whom it asks.
func (a *App) LiveCampaign(terms map[string]any) coupon.CampaignView {
	a.t.Helper()
	at := func(slug, path string) string { return "/stores/" + a.Street.Stores[slug].ID.String() + path }
	var v coupon.CampaignView
	a.As(ManagerOf("shoes")).Post(at("shoes", "/campaigns"), terms).Must(http.StatusCreated).Into(&v)
	a.As(OwnerOf("shoes")).Post(at("shoes", "/campaigns/"+v.ID.String()+"/submit"), nil).Must(http.StatusOK).Into(&v)
	for _, share := range v.Shares[1:] {
		signature := map[string]any{"version": v.Version, "share_bps": share.ShareBPS, "decision": "sign"}
		a.As(OwnerOf(share.Store.Slug)).Post(at(share.Store.Slug, "/signatures/"+v.ID.String()), signature).Must(http.StatusOK).Into(&v)
	}
	a.Drain()
	return v
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

