package coupon_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/coupon"
	"onestreet/server/testkit"
	"onestreet/server/testkit/errand"
	"onestreet/server/testkit/load"
)

func TestMain(m *testing.M) {
	load.Main()
	errand.For(claimant, claimUntilKilled)
	errand.For(asker, askUntilKilled)
	testkit.Main(m)
}

type body = map[string]any

// rig is a street with what these tests do in it again and again.
type rig struct {
	*testkit.App
	t testing.TB
}

// each runs a test on both databases, and the audit after it.
func each(t *testing.T, test func(t *testing.T, r rig)) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		r := rig{app, t}
		test(t, r)
		r.booksHold()
	})
}

func (r rig) booksHold() {
	r.t.Helper()
	r.BooksHold("coupon.shares")
}

// tenOff is ten yuan off from fifty, a hundred pieces, whose cost the noodle shop and the tea house carry by 30 % together.
func (r rig) tenOff() body { return testkit.TenOff(body{"partners": r.Partners()}) }

// alone is the shoe shop's own campaign, without partners.
func (r rig) alone(changes body) body { return testkit.TenOff(changes) }

// draft makes a campaign of the shoe shop.
func (r rig) draft(terms body) coupon.CampaignView {
	r.t.Helper()
	var v coupon.CampaignView
	r.As(testkit.ManagerOf("shoes")).Post(r.At("shoes", "/campaigns"), terms).Must(http.StatusCreated).Into(&v)
	return v
}

// submitted makes a campaign and sends it out for signatures.
func (r rig) submitted(terms body) coupon.CampaignView {
	r.t.Helper()
	v := r.draft(terms)
	r.As(testkit.OwnerOf("shoes")).Post(r.At("shoes", "/campaigns/"+v.ID.String()+"/submit"), nil).Must(http.StatusOK).Into(&v)
	return v
}

// signed lets a store's owner sign what it is offered.
func (r rig) signed(slug string, c coupon.CampaignView) coupon.CampaignView {
	r.t.Helper()
	var v coupon.CampaignView
	r.As(testkit.OwnerOf(slug)).Post(r.At(slug, "/signatures/"+c.ID.String()), r.signature(slug, c)).Must(http.StatusOK).Into(&v)
	return v
}

func (r rig) signature(slug string, c coupon.CampaignView) body {
	for _, sh := range c.Shares {
		if sh.Store.ID == r.StoreID(slug) {
			return body{"version": c.Version, "share_bps": sh.ShareBPS, "decision": "sign"}
		}
	}
	return body{"version": c.Version, "share_bps": 0, "decision": "sign"}
}

// live makes a campaign that everyone has signed.
func (r rig) live(terms body) coupon.CampaignView {
	r.t.Helper()
	return r.LiveCampaign(terms)
}

// bill is the body with which a clerk redeems a member's coupon.
func (r rig) bill(who testkit.Persona, c coupon.CouponView, fen int64) body {
	return body{"code": r.CodeOf(r.Member(who)), "coupon_id": c.ID, "bill": testkit.Yuan(fen)}
}

// redeemed lets the clerk of a store redeem a member's coupon.
func (r rig) redeemed(slug string, who testkit.Persona, c coupon.CouponView, fen int64) coupon.RedemptionView {
	r.t.Helper()
	var v coupon.RedemptionView
	r.As(testkit.ClerkOf(slug)).Post(r.At(slug, "/redemptions"), r.bill(who, c, fen)).Must(http.StatusCreated).Into(&v)
	return v
}

// till is a coupon held against a bill, as the service takes it.
func (r rig) till(slug string, who testkit.Persona, c coupon.CouponView, fen int64) coupon.AtBill {
	return coupon.AtBill{
		Staff:  coupon.Staff{Alliance: r.Street.Alliance.ID, Store: r.StoreID(slug), Account: r.Street.People[testkit.ClerkOf(slug)].Account.ID},
		Member: r.Member(who).ID, Coupons: []models.ID{c.ID}, Basket: models.Basket{Bill: fen},
	}
}

// local is a time in the street.
func (r rig) local(text string) time.Time {
	at, err := time.ParseInLocation("2006-01-02 15:04", text, r.Street.Alliance.Location())
	require.NoError(r.t, err)
	return at
}
