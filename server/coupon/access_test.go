package coupon_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/coupon"
	"onestreet/server/platform/web"
	"onestreet/server/testkit"
)

func TestEachSeesWhatIsTheirs(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(r.tenOff())
		r.redeemed("noodles", testkit.Shopper, r.Claimed(testkit.Shopper, c), 6800)
		seen := func(who testkit.Persona) (v coupon.CampaignView) {
			r.As(who).Get("/campaigns/" + c.ID.String()).Must(http.StatusOK).Into(&v)
			return v
		}
		for _, who := range []testkit.Persona{testkit.Visitor, testkit.Shopper, testkit.ClerkOf("books")} {
			v := seen(who)
			assert.Empty(t, v.Shares, "%s has no part in it", who)
			assert.Nil(t, v.Redeemed)
			assert.Len(t, v.Stores, 3)
		}
		for _, who := range []testkit.Persona{testkit.ClerkOf("shoes"), testkit.ClerkOf("tea"), testkit.Coordinator} {
			v := seen(who)
			assert.Len(t, v.Shares, 3)
			assert.Equal(t, int64(1), *v.Redeemed)
			assert.Equal(t, int64(1), v.Claimed)
		}
	})
}

func TestADraftIsItsIssuersAlone(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.draft(r.tenOff())
		one := "/campaigns/" + c.ID.String()
		for _, who := range []testkit.Persona{testkit.Visitor, testkit.Shopper, testkit.OwnerOf("tea"), testkit.Coordinator, testkit.OtherOwner} {
			r.As(who).Get(one).Refused(http.StatusNotFound, "not_found")
		}
		r.As(testkit.ClerkOf("shoes")).Get(one).Must(http.StatusOK)
		list := func(slug string) (page web.Page[coupon.CampaignView]) {
			r.As(testkit.ClerkOf(slug)).Get(r.At(slug, "/campaigns")).Must(http.StatusOK).Into(&page)
			return page
		}
		assert.Len(t, list("shoes").Items, 1)
		assert.Empty(t, list("tea").Items)
		r.submit(c)
		assert.Len(t, list("tea").Items, 1, "now it waits for the tea house")
		assert.Empty(t, list("books").Items)
		r.As(testkit.OwnerOf("tea")).Get(one).Must(http.StatusOK)
		r.As(testkit.Shopper).Get(one).Refused(http.StatusNotFound, "not_found")
	})
}

func TestAnotherStoresOrStreetsCampaignIsOutOfReach(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(r.tenOff())
		mine := r.Claimed(testkit.Shopper, c)
		done := r.redeemed("noodles", testkit.Shopper, mine, 6800)
		manager := r.As(testkit.ManagerOf("tea"))
		for _, verb := range []string{"/pause", "/resume", "/end"} {
			manager.Post(r.At("tea", "/campaigns/"+c.ID.String()+verb), nil).Refused(http.StatusNotFound, "not_found")
			manager.Post(r.At("shoes", "/campaigns/"+c.ID.String()+verb), nil).Refused(http.StatusForbidden, "forbidden")
		}
		manager.With("If-Match", `"1"`).Patch(r.At("tea", "/campaigns/"+c.ID.String()), body{"stock": 1}).Refused(http.StatusNotFound, "not_found")
		r.As(testkit.OwnerOf("tea")).Post(r.At("tea", "/campaigns/"+c.ID.String()+"/submit"), nil).Refused(http.StatusNotFound, "not_found")
		r.As(testkit.ManagerOf("shoes")).Post(r.At("shoes", "/campaigns/"+c.ID.String()+"/submit"), nil).Refused(http.StatusForbidden, "forbidden")
		r.As(testkit.ClerkOf("shoes")).Post(r.At("shoes", "/campaigns"), r.alone(nil)).Refused(http.StatusForbidden, "forbidden")
		r.As(testkit.ClerkOf("tea")).Get(r.At("tea", "/redemptions/"+done.ID.String())).Refused(http.StatusNotFound, "not_found")
		r.As(testkit.ClerkOf("tea")).Get(r.At("noodles", "/redemptions")).Refused(http.StatusForbidden, "forbidden")

		other := r.As(testkit.OtherOwner)
		other.Get("/campaigns/"+c.ID.String()).Refused(http.StatusNotFound, "not_found")
		other.Get(r.At("shoes", "/campaigns")).Refused(http.StatusForbidden, "forbidden")
		theirs := "/stores/" + r.Other.Stores["shoes"].ID.String()
		other.Post(theirs+"/campaigns/"+c.ID.String()+"/end", nil).Refused(http.StatusNotFound, "not_found")
		other.Post(theirs+"/lookups", body{"code": r.QROf(r.Member(testkit.Shopper))}).Refused(http.StatusNotFound, "code_unknown")
		other.Post(theirs+"/lookups", body{"code": mine.Code}).Refused(http.StatusNotFound, "coupon_unknown")
		other.Post(theirs+"/redemptions/"+done.ID.String()+"/reversal", body{"reason": "x"}).Refused(http.StatusNotFound, "not_found")
		_, err := r.Coupon.Claim(r.Ctx(), r.Other.Alliance.ID, c.ID, models.NewID())
		require.ErrorIs(t, err, models.ErrNotFound)
		var page web.Page[coupon.CampaignView]
		other.Get("/campaigns").Must(http.StatusOK).Into(&page)
		assert.Empty(t, page.Items)
	})
}

func TestTheStreetsListShowsWhatCanBeClaimedNowOrSoon(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		first, soon := r.live(r.alone(nil)), r.live(r.alone(body{"claim_from": testkit.Noon.AddDate(0, 0, 1)}))
		r.draft(r.alone(nil))
		r.live(r.alone(body{"given": "new_members"}))
		over := r.live(r.alone(nil))
		r.As(testkit.ManagerOf("shoes")).Post(r.At("shoes", "/campaigns/"+over.ID.String()+"/end"), nil).Must(http.StatusOK)
		var page, rest web.Page[coupon.CampaignView]
		r.As(testkit.Visitor).Get("/campaigns?limit=1").Must(http.StatusOK).Into(&page)
		require.Len(t, page.Items, 1)
		assert.Equal(t, soon.ID, page.Items[0].ID)
		r.As(testkit.Visitor).Get("/campaigns?limit=1&cursor=" + page.NextCursor).Must(http.StatusOK).Into(&rest)
		require.Len(t, rest.Items, 1)
		assert.Equal(t, first.ID, rest.Items[0].ID)
		assert.Empty(t, rest.NextCursor)
		r.As(testkit.Visitor).Get("/campaigns?cursor=nonsense").Refused(http.StatusUnprocessableEntity, "cursor")
	})
}
