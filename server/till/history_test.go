package till_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/coupon"
	"onestreet/server/testkit"
	"onestreet/server/till"
)

func (r rig) life(who testkit.Persona, path string) (l till.CouponLife) {
	r.t.Helper()
	r.As(who).Get(path).Must(http.StatusOK).Into(&l)
	return l
}

func kinds(l till.CouponLife) (list []till.StepKind) {
	for _, s := range l.Steps {
		list = append(list, s.Kind)
	}
	return list
}

// A coupon is claimed, taken by a till without a network, taken back, used again, and tried once more elsewhere.
func TestACouponsLifeAnswersWhenWhereByWhom(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(100, nil)
		p, other := r.registered("noodles", 0), r.registered("tea", 0)
		mine := r.claimed(testkit.Shopper, c)
		r.Time.Advance(time.Minute)
		p.take(mine.OfflineToken, 6800, 1000)
		e := p.synced()[0]
		r.Time.Advance(time.Minute)
		_, err := r.Coupon.Reverse(r.Ctx(), r.staff("noodles"), e.RedemptionID, "点错了")
		require.NoError(t, err)
		r.Time.Advance(time.Minute)
		require.NoError(t, r.online("shoes", r.inWallet(mine.member)))
		r.Time.Advance(time.Minute)
		other.take(mine.OfflineToken, 6800, 1000)
		other.synced()

		history := "/coupons/" + mine.ID.String() + "/history"
		all := []till.StepKind{till.StepClaimed, till.StepRedeemed, till.StepReversed, till.StepRedeemed, till.StepUnbooked}
		issuer := r.life(testkit.ClerkOf("shoes"), r.At("shoes", history))
		assert.Equal(t, all, kinds(issuer))
		assert.Equal(t, "clerk of shoes", issuer.Steps[3].By)
		assert.Empty(t, issuer.Steps[1].By, "another store's staff stays nameless")
		assert.Equal(t, "林家面馆", issuer.Steps[1].Store.Name)
		assert.True(t, issuer.Steps[1].Offline)
		assert.Equal(t, "点错了", issuer.Steps[2].Reason)

		assert.Equal(t, "clerk of noodles", r.life(testkit.ClerkOf("noodles"), r.At("noodles", history)).Steps[1].By)
		assert.Equal(t, "clerk of tea", r.life(testkit.ClerkOf("tea"), r.At("tea", history)).Steps[4].By, "the store whose till it was")
		r.As(testkit.ClerkOf("books")).Get(r.At("books", history)).Must(http.StatusNotFound)
		own := r.life(testkit.Shopper, "/me"+history)
		assert.Equal(t, all[:4], kinds(own), "what a till did wrong is no concern of the member")
		r.As(testkit.OtherShopper).Get("/me" + history).Must(http.StatusNotFound)
	})
}

func TestAStoreMakesACouponOfItsOwnVoidOnce(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(100, nil)
		mine, hers := r.claimed(testkit.Shopper, c), r.claimed(testkit.OtherShopper, c)
		void := "/coupons/" + mine.ID.String() + "/void"
		send := body{"reason": "印错了面额"}
		r.As(testkit.ClerkOf("shoes")).Post(r.At("shoes", void), send).Must(http.StatusForbidden)
		r.As(testkit.ManagerOf("noodles")).Post(r.At("noodles", void), send).Must(http.StatusNotFound)
		r.As(testkit.OtherOwner).Post(r.At("shoes", void), send).Must(http.StatusForbidden)
		for _, unseen := range []string{"  ", "\u200b\u2060\u200b"} {
			r.As(testkit.ManagerOf("shoes")).Post(r.At("shoes", void), body{"reason": unseen}).Must(http.StatusUnprocessableEntity)
		}
		errs := testkit.Crowd(16, func(int) error {
			_, err := r.Coupon.Void(r.Ctx(), r.staff("shoes"), mine.ID, "印错了面额")
			return err
		})
		ok := 0
		for _, err := range errs {
			if err == nil {
				ok++
				continue
			}
			require.ErrorIs(t, err, coupon.ErrVoided)
		}
		assert.Equal(t, 1, ok)
		require.ErrorIs(t, r.online("tea", mine), coupon.ErrCouponVoid)
		require.NoError(t, r.online("tea", hers))
		r.As(testkit.ManagerOf("shoes")).Post(r.At("shoes", "/coupons/"+hers.ID.String()+"/void"), send).Refused(http.StatusConflict, "not_usable")

		r.Drain()
		var inbox struct {
			Items []struct{ Kind, Title, Text string }
		}
		r.As(testkit.Shopper).Get("/me/inbox").Must(http.StatusOK).Into(&inbox)
		require.NotEmpty(t, inbox.Items)
		assert.Equal(t, "coupon_voided", inbox.Items[0].Kind)
		assert.Contains(t, inbox.Items[0].Text, "印错了面额")

		l := r.life(testkit.ManagerOf("shoes"), r.At("shoes", "/coupons/"+mine.ID.String()+"/history"))
		assert.Equal(t, []till.StepKind{till.StepClaimed, till.StepVoided}, kinds(l))
		assert.False(t, l.Voidable)
		assert.Equal(t, models.CouponVoid, l.State)
		var after coupon.CampaignView
		r.As(testkit.ClerkOf("shoes")).Get("/campaigns/" + c.ID.String()).Must(http.StatusOK).Into(&after)
		assert.Equal(t, int64(98), after.Remaining, "a void piece is not given out again")
	})
}

// A void and a redemption of one coupon at once: one of them.
func TestVoidAndRedeemAtOnce(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		mine := r.claimed(testkit.Shopper, r.live(100, nil))
		errs := testkit.Crowd(2, func(i int) error {
			if i == 0 {
				return r.online("tea", mine)
			}
			_, err := r.Coupon.Void(r.Ctx(), r.staff("shoes"), mine.ID, "印错了")
			return err
		})
		assert.NotEqual(t, errs[0] == nil, errs[1] == nil, "%v", errs)
	})
}

func TestTheListOfReceiptsIsSearched(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(100, nil)
		mine, hers := r.claimed(testkit.Shopper, c), r.claimed(testkit.OtherShopper, c)
		require.NoError(t, r.online("noodles", mine))
		r.Time.Advance(24 * time.Hour)
		require.NoError(t, r.online("noodles", hers))
		clerk := r.Street.People[testkit.ClerkOf("noodles")].Account.ID.String()
		owner := r.Street.People[testkit.OwnerOf("noodles")].Account.ID.String()
		for query, want := range map[string]int{
			"": 2, "?from=2026-10-18": 1, "?until=2026-10-17": 1, "?from=2026-10-17&until=2026-10-18": 2, "?from=2026-10-19": 0,
			"?code=" + mine.Code[:4] + mine.Code[5:9] + mine.Code[10:]: 1, "?code=nonsense": 0, "?number=1": 1, "?number=99": 0, "?by=" + clerk: 2, "?by=" + owner: 0,
		} {
			var page struct{ Items []coupon.RedemptionView }
			r.As(testkit.ClerkOf("noodles")).Get(r.At("noodles", "/redemptions"+query)).Must(http.StatusOK).Into(&page)
			assert.Len(t, page.Items, want, query)
		}
		r.As(testkit.ClerkOf("noodles")).Get(r.At("noodles", "/redemptions?from=yesterday")).Must(http.StatusUnprocessableEntity)
		r.As(testkit.ClerkOf("noodles")).Get(r.At("noodles", "/redemptions?by=me")).Must(http.StatusUnprocessableEntity)
	})
}
