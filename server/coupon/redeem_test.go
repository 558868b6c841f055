package coupon_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/coupon"
	"onestreet/server/platform/web"
	"onestreet/server/testkit"
)

// net is what a store's money account stands at.
func (r rig) net(slug string) int64 {
	r.t.Helper()
	b, err := r.Ledger.Balance(r.DB.Read(r.Ctx()), r.Street.Alliance.ID, models.StoreFen(r.StoreID(slug)))
	require.NoError(r.t, err)
	return b.Net()
}

func (r rig) points(who testkit.Persona) int64 {
	r.t.Helper()
	n, err := r.Ledger.Points(r.Ctx(), r.Street.Alliance.ID, r.Member(who).ID)
	require.NoError(r.t, err)
	return n
}

const newcomer = testkit.Persona("newcomer")

// newcomer is a member who has just joined through a store: the credit for bringing them in is still pending.
func (r rig) newcomer(origin string) testkit.Persona {
	r.t.Helper()
	r.Street.People[newcomer] = r.Join(1, origin)[0]
	return newcomer
}

func amounts(shares []coupon.BorneView) map[string]int64 {
	by := map[string]int64{}
	for _, sh := range shares {
		by[sh.Store.Slug] = sh.Amount.Amount
	}
	return by
}

// The story of the street: ten off from fifty, a bill of 68 at the noodle shop, a member whom the shoe shop brought in.
func TestARedemptionIsSplitByTheSignedShares(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		mine := r.Claimed(r.newcomer("shoes"), r.live(r.tenOff()))
		var seen coupon.LookupView
		r.As(testkit.ClerkOf("noodles")).Post(r.At("noodles", "/lookups"), body{"code": r.QROf(r.Member(newcomer))}).Must(http.StatusOK).Into(&seen)
		assert.Equal(t, r.Member(newcomer).Number, seen.Member.Number)
		require.Len(t, seen.Coupons, 1)
		assert.Equal(t, &coupon.Verdict{OK: true}, seen.Coupons[0].Here)

		var price coupon.PriceView
		byMember := body{"member_id": r.Member(newcomer).ID, "coupon_id": mine.ID, "bill": testkit.Yuan(6800)}
		r.As(testkit.ClerkOf("noodles")).Post(r.At("noodles", "/redemptions/preview"), byMember).Must(http.StatusOK).Into(&price)
		assert.Zero(t, r.net("noodles"), "a preview changes nothing")

		var got coupon.RedemptionView
		r.As(testkit.ClerkOf("noodles")).Post(r.At("noodles", "/redemptions"), byMember).Must(http.StatusCreated).Into(&got)
		assert.Equal(t, price, got.PriceView, "what was previewed is what happens")
		assert.Equal(t, models.Fen(1000), got.Off)
		assert.Equal(t, models.Fen(5800), got.ToPay)
		assert.Equal(t, map[string]int64{"shoes": 700, "noodles": 150, "tea": 150}, amounts(got.Shares))
		assert.Equal(t, "shoes", got.Commission.Store.Slug)
		assert.Equal(t, models.Fen(116), got.Commission.Amount, "2 % of 58.00")
		assert.Equal(t, models.Fen(5800+700+150-116), got.Keeps)
		assert.Equal(t, int64(58), got.Points)
		assert.Equal(t, models.CouponUsed, got.Coupon.State)
		assert.Equal(t, "clerk of noodles", got.By)
		assert.Equal(t, r.Member(newcomer).Number, got.Member.Number)

		assert.Equal(t, int64(700+150-116), r.net("noodles"))
		assert.Equal(t, int64(-700+116+200), r.net("shoes"), "its share, the commission, and the referral credit that this redemption posted")
		assert.Equal(t, int64(-150), r.net("tea"))
		assert.Equal(t, int64(58), r.points(newcomer))
		assert.Equal(t, 1, r.events(models.EventCouponRedeemed, got.ID))
	})
}

func TestTheIssuersOwnTillBearsItsOwnShare(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		mine := r.Claimed(testkit.Shopper, r.live(r.tenOff()))
		got := r.redeemed("shoes", testkit.Shopper, mine, 6800)
		assert.Nil(t, got.Commission, "nobody is owed for one's own member")
		assert.Equal(t, models.Fen(5800+300), got.Keeps)
		assert.Equal(t, int64(300), r.net("shoes"), "the partners owe the issuer their shares too")
	})
}

func TestAGiftIsSplitByItsWorth(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		tea := testkit.With(r.tenOff(), body{"kind": "gift", "gift": "菊花茶一壶", "off": testkit.Yuan(1801), "min_spend": testkit.Yuan(0), "title": "重阳喝茶"})
		mine := r.Claimed(testkit.Shopper, r.live(tea))
		got := r.redeemed("tea", testkit.Shopper, mine, 0)
		assert.Equal(t, models.Fen(0), got.Off)
		assert.Equal(t, models.Fen(1801), got.Cost)
		assert.Equal(t, map[string]int64{"shoes": 1261, "noodles": 270, "tea": 270}, amounts(got.Shares), "the odd fen goes to the largest remainder")
		assert.Equal(t, models.Fen(1261+270), got.Keeps)
	})
}

func TestEveryKindAtTheTill(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		for name, c := range map[string]struct {
			terms body
			bill  int64
			off   int64
		}{
			"8.8 zhe":      {body{"kind": "percent", "percent_bps": 1200, "cap": testkit.Yuan(3000), "off": nil}, 9999, 1200},
			"capped":       {body{"kind": "percent", "percent_bps": 1200, "cap": testkit.Yuan(1000), "off": nil}, 9999, 1000},
			"a price":      {body{"kind": "fixed_price", "price": testkit.Yuan(9900), "cap": testkit.Yuan(5000), "off": nil}, 12800, 2900},
			"two plus one": {body{"kind": "buy_x_get_y", "buy": 2, "get": 1, "cap": testkit.Yuan(5000), "off": nil, "min_spend": nil}, 2700, 900},
		} {
			mine := r.Claimed(testkit.Shopper, r.live(r.alone(c.terms)))
			got := r.redeemed("shoes", testkit.Shopper, mine, c.bill)
			assert.Equal(t, models.Fen(c.off), got.Off, name)
			assert.Equal(t, models.Fen(c.bill-c.off), got.ToPay, name)
		}
	})
}

func TestOneCouponRedeemedFiftyTimesAtOnceIsRedeemedOnce(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		mine := r.Claimed(testkit.Shopper, r.live(r.tenOff()))
		errs := testkit.Crowd(50, func(int) error {
			_, err := r.Coupon.Redeem(r.Ctx(), r.till("noodles", testkit.Shopper, mine, 6800))
			return err
		})
		ok, refused := testkit.Counted(t, errs, coupon.ErrCouponUsed)
		assert.Equal(t, 1, ok)
		assert.Equal(t, 49, refused["coupon_used"])
		assert.Equal(t, int64(700+150-116), r.net("noodles"), "the books know of one")
		assert.Equal(t, int64(58), r.points(testkit.Shopper))
		var rows int64
		require.NoError(t, r.DB.Read(r.Ctx()).Model(&models.Redemption{}).Where("coupon_id = ?", mine.ID).Count(&rows).Error)
		assert.Equal(t, int64(1), rows)
	})
}

func TestTwoTillsWithOneCoupon(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		mine := r.Claimed(testkit.Shopper, r.live(r.tenOff()))
		nodes := []*coupon.Service{r.Coupon, r.SecondNode().Coupon}
		errs := testkit.Crowd(2, func(i int) error {
			_, err := nodes[i].Redeem(r.Ctx(), r.till([]string{"noodles", "tea"}[i], testkit.Shopper, mine, 6800))
			return err
		})
		ok, refused := testkit.Counted(t, errs, coupon.ErrCouponUsed)
		assert.Equal(t, 1, ok)
		assert.Equal(t, 1, refused["coupon_used"])
	})
}

// Different coupons at different tills wait for nothing but the books.
func TestAFullStreetOfTills(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(r.tenOff())
		people := r.Join(24, "books")
		errs := testkit.Crowd(24, func(i int) error {
			m := people[i].Member
			mine, err := r.Coupon.Claim(r.Ctx(), r.Street.Alliance.ID, c.ID, m.ID)
			if err != nil {
				return err
			}
			at := r.till([]string{"shoes", "noodles", "tea"}[i%3], testkit.Shopper, coupon.CouponView{ID: mine.ID}, 6800)
			at.Member = m.ID
			_, err = r.Coupon.Redeem(r.Ctx(), at)
			return err
		})
		ok, _ := testkit.Counted(t, errs)
		assert.Equal(t, 24, ok)
		assert.Equal(t, int64(24*200+24*116), r.net("books"), "the book shop brought them all")
	})
}

func TestScanningAgainSaysWhenAndWhere(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		r.Time.Set(r.local("2026-10-20 18:18"))
		mine := r.Claimed(testkit.Shopper, r.live(r.tenOff()))
		r.redeemed("noodles", testkit.Shopper, mine, 6800)
		r.Time.Advance(time.Minute)
		again := r.bill(testkit.Shopper, mine, 6800)
		refused := r.As(testkit.ClerkOf("tea")).Post(r.At("tea", "/redemptions"), again).Refused(http.StatusConflict, "coupon_used")
		assert.Contains(t, string(refused.Body), "10 月 20 日 18:18 在林家面馆用过")
		refused = r.As(testkit.ClerkOf("tea")).In("en").Post(r.At("tea", "/redemptions/preview"), again).Refused(http.StatusConflict, "coupon_used")
		assert.Contains(t, string(refused.Body), "Used on 20 October at 18:18 at 林家面馆.")

		var seen coupon.LookupView
		r.As(testkit.ClerkOf("tea")).Post(r.At("tea", "/lookups"), body{"code": mine.Code}).Must(http.StatusOK).Into(&seen)
		require.Len(t, seen.Coupons, 1)
		assert.Equal(t, "10 月 20 日 18:18 在林家面馆用过", seen.Coupons[0].Here.Why)
		assert.Equal(t, "noodles", seen.Coupons[0].Used.Store.Slug)
		assert.Equal(t, "clerk of noodles", seen.Coupons[0].Used.By)
	})
}

func TestACouponsOwnCodeIsEnough(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		mine := r.Claimed(testkit.Shopper, r.live(r.tenOff()))
		typed := "  " + mine.Code[:4] + "-" + mine.Code[5:9] + mine.Code[9:]
		r.As(testkit.ClerkOf("tea")).Post(r.At("tea", "/redemptions"), body{"code": typed, "bill": testkit.Yuan(5000)}).Must(http.StatusCreated)
	})
}

func TestTheTillNeedsTheMembersCodeWithinTenMinutes(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		mine := r.Claimed(testkit.Shopper, r.live(r.tenOff()))
		byMember := body{"member_id": r.Member(testkit.Shopper).ID, "coupon_id": mine.ID, "bill": testkit.Yuan(6800)}
		try := func(slug string) *testkit.Response {
			return r.As(testkit.ClerkOf(slug)).Post(r.At(slug, "/redemptions/preview"), byMember)
		}
		try("noodles").Refused(http.StatusConflict, "code_needed")
		lookup := body{"code": r.CodeOf(r.Member(testkit.Shopper))}
		r.As(testkit.ClerkOf("noodles")).Post(r.At("noodles", "/lookups"), lookup).Must(http.StatusOK)
		try("noodles").Must(http.StatusOK)
		r.As(testkit.ClerkOf("noodles")).Post(r.At("noodles", "/visits"), body{"member_id": r.Member(testkit.Shopper).ID, "kind": "scan"}).Must(http.StatusCreated)
		try("tea").Refused(http.StatusConflict, "code_needed")
		r.Time.Advance(models.PresenceLasts)
		try("noodles").Must(http.StatusOK)
		r.Time.Advance(time.Second)
		try("noodles").Refused(http.StatusConflict, "code_needed")
	})
}

func TestTheTillSeesWhatWorksHereFirstAndWhyTheOthersDoNot(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		only := r.Claimed(testkit.Shopper, r.live(r.alone(body{"title": "布鞋券"})))
		later := r.Claimed(testkit.Shopper, r.live(testkit.With(r.tenOff(), body{"title": "下月", "valid_days": nil,
			"valid_from": r.local("2026-11-01 00:00"), "valid_until": r.local("2026-12-01 00:00")})))
		here := r.Claimed(testkit.Shopper, r.live(r.tenOff()))
		var seen coupon.LookupView
		r.As(testkit.ClerkOf("noodles")).Post(r.At("noodles", "/lookups"), body{"code": r.CodeOf(r.Member(testkit.Shopper))}).Must(http.StatusOK).Into(&seen)
		require.Len(t, seen.Coupons, 3)
		assert.Equal(t, here.ID, seen.Coupons[0].ID)
		why := map[models.ID]string{}
		for _, c := range seen.Coupons {
			why[c.ID] = c.Here.Why
		}
		assert.Equal(t, "这张券我们店不能用，能用的店：老北京布鞋", why[only.ID])
		assert.Equal(t, "这张券 11 月 1 日 0:00 才能用", why[later.ID])
		assert.True(t, seen.CodeValidUntil.After(r.Time.Now()))
		assert.Equal(t, models.LevelNone, seen.Member.Level)
		r.redeemed("noodles", testkit.Shopper, here, 6800)
		r.Time.Advance(time.Minute)
		r.As(testkit.ClerkOf("noodles")).Post(r.At("noodles", "/lookups"), body{"code": r.CodeOf(r.Member(testkit.Shopper))}).Must(http.StatusOK).Into(&seen)
		assert.Equal(t, int64(1), seen.Member.VisitsThisYear)
		assert.Equal(t, models.LevelMicro, seen.Member.Level)
	})
}

func TestTheStoresReceipts(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(r.alone(body{"per_member": 3}))
		var made []models.ID
		for range 3 {
			r.Time.Advance(time.Minute)
			made = append(made, r.redeemed("shoes", testkit.Shopper, r.Claimed(testkit.Shopper, c), 6800).ID)
		}
		var page web.Page[coupon.RedemptionView]
		clerk := r.As(testkit.ClerkOf("shoes"))
		clerk.Get(r.At("shoes", "/redemptions?limit=2")).Must(http.StatusOK).Into(&page)
		require.Len(t, page.Items, 2)
		assert.Equal(t, made[2], page.Items[0].ID, "the newest first")
		var rest web.Page[coupon.RedemptionView]
		clerk.Get(r.At("shoes", "/redemptions?limit=2&cursor="+page.NextCursor)).Must(http.StatusOK).Into(&rest)
		require.Len(t, rest.Items, 1)
		assert.Equal(t, made[0], rest.Items[0].ID)
		assert.Empty(t, rest.NextCursor)
		var one coupon.RedemptionView
		clerk.Get(r.At("shoes", "/redemptions/"+made[1].String())).Must(http.StatusOK).Into(&one)
		assert.Equal(t, models.Fen(5800), one.ToPay)
	})
}
