package coupon_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/coupon"
	"onestreet/server/testkit"
)

// stack is what these tests lay on one bill: ten off from fifty, that three stores carry, then 12 % of what is left.
func (r rig) stack(who testkit.Persona) (sum, percent coupon.CouponView) {
	r.t.Helper()
	sum = r.Claimed(who, r.live(testkit.With(r.tenOff(), body{"stackable": true, "category": "满减"})))
	percent = r.Claimed(who, r.live(r.eightyEight()))
	return sum, percent
}

// eightyEight is the shoe shop's 8.8 折, that goes with others; the tea house carries half.
func (r rig) eightyEight() body {
	return testkit.With(r.tenOff(), body{
		"title": "八八折", "kind": "percent", "percent_bps": 1200, "cap": testkit.Yuan(3000), "off": nil, "min_spend": testkit.Yuan(3000), "stackable": true, "category": "打折",
		"partners": []body{{"store_id": r.StoreID("tea"), "share_bps": 5000}, {"store_id": r.StoreID("noodles"), "share_bps": 0}},
	})
}

// both is the body with which a clerk redeems two coupons on one bill.
func (r rig) both(who testkit.Persona, fen int64, coupons ...coupon.CouponView) body {
	ids := []models.ID{}
	for _, c := range coupons {
		ids = append(ids, c.ID)
	}
	return body{"code": r.CodeOf(r.Member(who)), "coupon_ids": ids, "bill": testkit.Yuan(fen)}
}

func TestTwoCouponsOnOneBill(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		sum, percent := r.stack(r.newcomer("shoes"))
		asked := r.both(newcomer, 6800, percent, sum)
		var price coupon.PriceView
		r.As(testkit.ClerkOf("noodles")).Post(r.At("noodles", "/redemptions/preview"), asked).Must(http.StatusOK).Into(&price)
		assert.Zero(t, r.net("noodles"), "a preview changes nothing")
		var got coupon.RedemptionView
		r.As(testkit.ClerkOf("noodles")).Post(r.At("noodles", "/redemptions"), asked).Must(http.StatusCreated).Into(&got)
		assert.Equal(t, price, got.PriceView, "what was previewed is what happens")

		require.Len(t, got.Steps, 2)
		assert.Equal(t, []models.Rule{models.RuleSum, models.RulePercent}, []models.Rule{got.Steps[0].Rule, got.Steps[1].Rule}, "in the order of the rules, not of the request")
		assert.Equal(t, []models.Money{models.Fen(6800), models.Fen(1000), models.Fen(5800)}, []models.Money{got.Steps[0].Before, got.Steps[0].Off, got.Steps[0].After})
		assert.Equal(t, []models.Money{models.Fen(5800), models.Fen(696), models.Fen(5104)}, []models.Money{got.Steps[1].Before, got.Steps[1].Off, got.Steps[1].After})
		assert.Equal(t, models.Fen(6800), got.Bill)
		assert.Equal(t, models.Fen(1696), got.Off)
		assert.Equal(t, models.Fen(5104), got.ToPay)
		assert.Equal(t, map[string]int64{"shoes": 700 + 348, "noodles": 150, "tea": 150 + 348}, amounts(got.Shares))
		assert.Equal(t, models.Fen(102), got.Commission.Amount, "2 % of what is paid in the end")
		assert.Equal(t, int64(51), got.Points)
		assert.Equal(t, models.Fen(5104+700+348+150+348-102), got.Keeps)
		assert.Equal(t, []models.CouponState{models.CouponUsed, models.CouponUsed}, []models.CouponState{got.Coupons[0].State, got.Coupons[1].State})

		assert.Equal(t, int64(700+348+150+348-102), r.net("noodles"))
		assert.Equal(t, int64(51), r.points(newcomer))
		assert.Equal(t, int64(1), r.count(&models.Visit{}, "member_id = ? AND kind = ?", r.Member(newcomer).ID, models.VisitRedemption), "one bill is one visit")
		var list struct{ Items []coupon.RedemptionView }
		r.As(testkit.ClerkOf("noodles")).Get(r.At("noodles", "/redemptions")).Must(http.StatusOK).Into(&list)
		require.Len(t, list.Items, 1, "one bill is one receipt")
		assert.Equal(t, got.Steps, list.Items[0].Steps)
	})
}

func (r rig) count(row any, where string, args ...any) (n int64) {
	r.t.Helper()
	require.NoError(r.t, r.DB.Read(r.Ctx()).Model(row).Where(where, args...).Count(&n).Error)
	return n
}

func TestAStackIsTakenBackAsAWhole(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		sum, percent := r.stack(r.newcomer("shoes"))
		var got coupon.RedemptionView
		r.As(testkit.ClerkOf("noodles")).Post(r.At("noodles", "/redemptions"), r.both(newcomer, 6800, sum, percent)).Must(http.StatusCreated).Into(&got)
		second := r.receiptOf(percent.ID)
		assert.NotEqual(t, got.ID, second.ID)
		r.takeBack("noodles", second.ID).Must(http.StatusOK).Into(&got)
		assert.Equal(t, models.RedemptionUndone, got.State, "whichever of its receipts is named")
		assert.Equal(t, []models.CouponState{models.CouponUsable, models.CouponUsable}, []models.CouponState{got.Coupons[0].State, got.Coupons[1].State})
		for _, slug := range []string{"shoes", "noodles", "tea"} {
			assert.Zero(t, r.net(slug), slug)
		}
		assert.Zero(t, r.points(newcomer))
		r.takeBack("noodles", got.ID).Refused(http.StatusConflict, "already_reversed")
		r.As(testkit.ClerkOf("tea")).Post(r.At("tea", "/redemptions"), r.both(newcomer, 6800, sum, percent)).Must(http.StatusCreated)
	})
}

func (r rig) receiptOf(coupon models.ID) (row models.Redemption) {
	r.t.Helper()
	require.NoError(r.t, r.DB.Read(r.Ctx()).Where("coupon_id = ?", coupon).Order("use_number DESC").Take(&row).Error)
	return row
}

func TestEitherAllOfAStackIsUsedOrNothing(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		sum, percent := r.stack(testkit.Shopper)
		alone := r.Claimed(testkit.Shopper, r.live(r.alone(body{"title": "独一份"})))
		same := r.Claimed(testkit.Shopper, r.live(r.alone(body{"title": "另一张满减", "stackable": true, "category": "满减"})))
		twice := r.live(r.alone(body{"title": "两张", "stackable": true, "per_member": 2}))
		one, two := r.Claimed(testkit.Shopper, twice), r.Claimed(testkit.Shopper, twice)
		for name, c := range map[string]struct {
			coupons []coupon.CouponView
			bill    int64
			code    string
			says    string
		}{
			"one that goes with none":      {[]coupon.CouponView{percent, alone}, 9000, "not_stackable", "「独一份」不和别的券一起用"},
			"two of a category":            {[]coupon.CouponView{sum, same}, 9000, "same_category", "「满减」类的券一单用一张"},
			"two of a campaign":            {[]coupon.CouponView{one, two}, 9000, "same_campaign", "「两张」同一种券，一单用一张"},
			"the minimum after the others": {[]coupon.CouponView{one, sum}, 5500, "below_minimum", "满 50.00 元才能用，还差 5.00 元"},
			"somebody else's among them":   {[]coupon.CouponView{sum, r.Claimed(testkit.OtherShopper, twice)}, 9000, "coupon_unknown", ""},
		} {
			refused := r.As(testkit.ClerkOf("shoes")).Post(r.At("shoes", "/redemptions"), r.both(testkit.Shopper, c.bill, c.coupons...))
			assert.Contains(t, string(refused.Body), `"`+c.code+`"`, name)
			assert.Contains(t, string(refused.Body), c.says, name)
		}
		assert.Zero(t, r.count(&models.Redemption{}, "member_id = ?", r.Member(testkit.Shopper).ID))
		assert.Zero(t, r.count(&models.Coupon{}, "member_id = ? AND uses > 0", r.Member(testkit.Shopper).ID))
	})
}

// fiveCups is the tea house's card: five cups, each of ten yuan worth.
func (r rig) fiveCups(changes body) coupon.CampaignView {
	return r.live(r.alone(testkit.With(body{"title": "五杯卡", "kind": "punch_card", "off": testkit.Yuan(1000), "times": 5, "min_spend": testkit.Yuan(0), "stock": 10}, changes)))
}

func TestAPunchCardIsUsedUseByUse(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.fiveCups(nil)
		assert.Equal(t, models.Fen(5*10*1000), c.Shares[0].WorstCase, "the worst case counts every use")
		card := r.Claimed(testkit.Shopper, c)
		assert.Equal(t, []int64{5, 5}, []int64{card.Times, card.Left})
		for left := int64(4); left >= 0; left-- {
			got := r.redeemed("shoes", testkit.Shopper, card, 1500)
			assert.Equal(t, models.Fen(500), got.ToPay)
			assert.Equal(t, left, got.Coupon.Left)
		}
		assert.Equal(t, models.CouponUsed, r.receiptState(card))
		refused := r.As(testkit.ClerkOf("shoes")).Post(r.At("shoes", "/redemptions"), r.bill(testkit.Shopper, card, 1500))
		refused.Refused(http.StatusConflict, "coupon_used")
	})
}

func (r rig) receiptState(c coupon.CouponView) models.CouponState {
	r.t.Helper()
	var row models.Coupon
	require.NoError(r.t, r.DB.Read(r.Ctx()).Where("id = ?", c.ID).Take(&row).Error)
	return row.State
}

func TestAUseThatIsTakenBackIsGivenBack(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		card := r.Claimed(testkit.Shopper, r.fiveCups(body{"times": 2}))
		first := r.redeemed("shoes", testkit.Shopper, card, 1500)
		last := r.redeemed("shoes", testkit.Shopper, card, 1500)
		assert.Equal(t, models.CouponUsed, last.Coupon.State)
		var got coupon.RedemptionView
		r.takeBack("shoes", first.ID).Must(http.StatusOK).Into(&got)
		assert.Equal(t, models.CouponUsable, got.Coupon.State, "an earlier use counts too")
		assert.Equal(t, int64(1), got.Coupon.Left)
		assert.Nil(t, got.Coupon.Used)
		again := r.redeemed("shoes", testkit.Shopper, card, 1500)
		assert.Zero(t, again.Coupon.Left)
		r.takeBack("shoes", last.ID).Must(http.StatusOK)
		r.takeBack("shoes", again.ID).Must(http.StatusOK).Into(&got)
		assert.Equal(t, int64(2), got.Coupon.Left)
	})
}

func TestACardThatHandsSomethingOver(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		card := r.Claimed(testkit.Shopper, r.fiveCups(body{"gift": "龙井一杯", "off": testkit.Yuan(800)}))
		got := r.redeemed("shoes", testkit.Shopper, card, 0)
		assert.Equal(t, models.Fen(800), got.Cost)
		assert.Equal(t, models.Fen(0), got.Off)
		assert.Equal(t, models.RuleGift, got.Steps[0].Rule)
		assert.Equal(t, "龙井一杯", got.Steps[0].Gift)
	})
}

func TestLinesOfABill(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		cakes := r.Claimed(testkit.Shopper, r.live(r.alone(body{"title": "糕点", "kind": "buy_x_get_y", "buy": 2, "get": 1, "cap": testkit.Yuan(5000), "off": nil, "min_spend": nil, "stackable": true})))
		shoes := r.Claimed(testkit.Shopper, r.live(r.alone(body{"title": "布鞋八折", "kind": "percent", "percent_bps": 2000, "cap": testkit.Yuan(5000), "off": nil, "min_spend": nil, "goods": "布鞋"})))
		at := func(bill int64, c coupon.CouponView, lines ...body) *testkit.Response {
			return r.As(testkit.ClerkOf("shoes")).Post(r.At("shoes", "/redemptions/preview"), testkit.With(r.bill(testkit.Shopper, c, bill), body{"lines": lines}))
		}
		var got coupon.PriceView
		at(6000, cakes, body{"unit": testkit.Yuan(900), "pieces": 2}, body{"unit": testkit.Yuan(1200), "pieces": 1}).Must(http.StatusOK).Into(&got)
		assert.Equal(t, models.Fen(900), got.Off, "the cheapest of three is free; the rest of the bill is no cake")
		at(6000, cakes, body{"unit": testkit.Yuan(900), "pieces": 2}).Refused(http.StatusConflict, "too_few_pieces")
		at(1000, cakes, body{"unit": testkit.Yuan(900), "pieces": 2}).Refused(http.StatusUnprocessableEntity, "lines_above_bill")
		at(20000, shoes, body{"unit": testkit.Yuan(12800), "pieces": 1, "goods": "布鞋"}).Must(http.StatusOK).Into(&got)
		assert.Equal(t, models.Fen(2560), got.Off, "of the shoes, not of the bill")
		at(20000, shoes).Refused(http.StatusConflict, "lines_needed")
		at(20000, shoes, body{"unit": testkit.Yuan(12800), "pieces": 1, "goods": "布鞋", "least": testkit.Yuan(12000)}).Must(http.StatusOK).Into(&got)
		assert.Equal(t, models.Fen(800), got.Off, "no pair below its least")
	})
}
