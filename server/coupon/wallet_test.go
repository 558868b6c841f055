package coupon_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/coupon"
	"onestreet/server/testkit"
)

func (r rig) wallet(who testkit.Persona, query string) coupon.Wallet {
	r.t.Helper()
	var w coupon.Wallet
	r.As(who).Get("/me/coupons" + query).Must(http.StatusOK).Into(&w)
	return w
}

func TestTheWalletPutsFirstWhatEndsFirst(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		claim := func(days int) coupon.CouponView {
			return r.Claimed(testkit.Shopper, r.live(r.alone(body{"valid_days": days})))
		}
		month, week, day := claim(30), claim(7), claim(1)
		r.Claimed(testkit.OtherShopper, r.live(r.alone(nil)))
		w := r.wallet(testkit.Shopper, "")
		require.Len(t, w.Items, 3)
		assert.Equal(t, []models.ID{day.ID, week.ID, month.ID}, []models.ID{w.Items[0].ID, w.Items[1].ID, w.Items[2].ID})
		assert.Equal(t, coupon.WalletCounts{Usable: 3}, w.Counts)

		r.Time.Advance(time.Hour)
		r.redeemed("shoes", testkit.Shopper, month, 6800)
		r.Time.Advance(48 * time.Hour)
		used := r.wallet(testkit.Shopper, "?state=used")
		assert.Equal(t, coupon.WalletCounts{Usable: 1, Used: 1, Expired: 1}, used.Counts)
		require.Len(t, used.Items, 1)
		assert.Equal(t, models.Fen(1000), used.Items[0].Used.Off)
		assert.Equal(t, "shoes", used.Items[0].Used.Store.Slug)
		expired := r.wallet(testkit.Shopper, "?state=expired")
		require.Len(t, expired.Items, 1)
		assert.Equal(t, day.ID, expired.Items[0].ID)
		assert.Equal(t, models.CouponExpired, expired.Items[0].State)
		r.As(testkit.Shopper).Get("/me/coupons?state=lost").Refused(http.StatusUnprocessableEntity, "invalid")
	})
}

func TestALongWalletTurnsItsPages(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(r.alone(body{"per_member": 60, "stock": 60}))
		for range 60 {
			r.Claimed(testkit.Shopper, c) // all end at the same moment
		}
		first := r.wallet(testkit.Shopper, "")
		require.Len(t, first.Items, 50)
		rest := r.wallet(testkit.Shopper, "?cursor="+first.NextCursor)
		require.Len(t, rest.Items, 10)
		assert.Empty(t, rest.NextCursor)
		seen := map[models.ID]bool{}
		for _, c := range append(first.Items, rest.Items...) {
			seen[c.ID] = true
		}
		assert.Len(t, seen, 60, "none twice, none left out")
	})
}

func TestANewMemberIsGivenTheWelcome(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		var invitation struct {
			Welcome *struct {
				Title string
				Off   models.Money
			}
		}
		link := "/join/" + r.Street.Links["tea"].Code
		r.As(testkit.Visitor).Get(link).Must(http.StatusOK).Into(&invitation)
		assert.Nil(t, invitation.Welcome, "there is none yet")
		c := r.live(r.alone(body{"title": "见面礼", "given": "new_members", "off": testkit.Yuan(600), "stock": 1}))
		r.As(testkit.Visitor).Get(link).Must(http.StatusOK).Into(&invitation)
		require.NotNil(t, invitation.Welcome)
		assert.Equal(t, models.Fen(600), invitation.Welcome.Off)

		joined := r.join(link)
		require.NotNil(t, joined.Welcome.Coupon)
		assert.Equal(t, "见面礼", joined.Welcome.Coupon.Campaign.Title)
		assert.Equal(t, models.CouponUsable, joined.Welcome.Coupon.State)
		assert.Nil(t, r.join(link).Welcome.Coupon, "who comes after the last one joins without")
		assert.Len(t, r.Coupons(c.ID), 1)
	})
}

type joinedBody struct {
	Welcome struct {
		Number int64
		Coupon *coupon.CouponView
	}
}

// join lets somebody new join through a link.
func (r rig) join(link string) joinedBody {
	r.t.Helper()
	phone := testkit.Phone()
	r.As(testkit.Visitor).Post("/auth/codes", body{"phone": phone}).Must(http.StatusAccepted)
	var out joinedBody
	r.As(testkit.Visitor).Post(link, body{"phone": phone, "code": r.SMS.Last("+86" + phone), "name": "新街坊"}).Must(http.StatusCreated).Into(&out)
	return out
}

func TestAMemberTakesTheirCouponsAwayAndLeavesNone(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		r.newcomer("shoes")
		used, open := r.Claimed(newcomer, r.live(r.tenOff())), r.Claimed(newcomer, r.live(r.alone(nil)))
		r.redeemed("noodles", newcomer, used, 6800)
		export := r.As(newcomer).Get("/me/export").Must(http.StatusOK)
		assert.Contains(t, string(export.Body), used.Code)
		assert.Contains(t, string(export.Body), open.Code)
		assert.Contains(t, string(export.Body), `"paid_fen": 5800`)
		r.As(newcomer).Post("/me/leave", body{"confirm": "leave"}).Must(http.StatusNoContent)
		state := map[models.ID]models.CouponState{}
		for _, id := range []models.ID{used.ID, open.ID} {
			var c models.Coupon
			require.NoError(t, r.DB.Read(r.Ctx()).Where("id = ?", id).Take(&c).Error)
			state[id] = c.State
		}
		assert.Equal(t, map[models.ID]models.CouponState{used.ID: models.CouponUsed, open.ID: models.CouponVoid}, state)
	})
}

func TestTheLedgersLinesSayWhichCouponAndWhichShare(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		r.redeemed("noodles", testkit.Shopper, r.Claimed(testkit.Shopper, r.live(r.tenOff())), 6800)
		lines := func(slug, kind, language string) string {
			return string(r.As(testkit.OwnerOf(slug)).In(language).Get(r.At(slug, "/ledger/lines?kind="+kind)).Must(http.StatusOK).Body)
		}
		in := lines("noodles", "coupon_in", "zh-CN")
		assert.Contains(t, in, "「秋冬街坊券」在你家用了")
		assert.Contains(t, in, "布鞋签过字的份额是 70%：10.00 里出 7.00。")
		assert.Contains(t, in, "茶馆签过字的份额是 15%：10.00 里出 1.50。")
		assert.Contains(t, lines("shoes", "coupon_out", "en"), "面馆 took a coupon “秋冬街坊券”")
	})
}
