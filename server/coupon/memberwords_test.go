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

// unfit is a coupon that does not work on a bill of 68 yuan in the noodle shop on Saturday at noon, and what is said of it.
type unfit struct {
	terms      body
	lines      []body // the bill's, where they matter
	spent      bool   // another member uses one before
	code       string
	zh, en     string // to the member
	toTheClerk string
}

func (r rig) unfits() map[string]unfit {
	shoes := r.Street.Stores["shoes"].Name
	two := []body{{"unit": testkit.Yuan(1000), "pieces": 2, "goods": "点心"}}
	return map[string]unfit{
		"not begun": {terms: body{"valid_from": r.local("2026-10-20 00:00"), "valid_days": 30}, code: "not_yet_valid", zh: "10 月 20 日 0:00 起就能用，先留着", en: "It works from 20 October at 0:00; keep it until then.", toTheClerk: "这张券 10 月 20 日 0:00 才能用"},
		"elsewhere": {terms: body{"partners": nil}, code: "not_partner", zh: "这家不收这张券，您去" + shoes + "能用", en: "Not taken here. You can use it at " + shoes + ".", toTheClerk: "这张券我们店不能用，能用的店：" + shoes},
		"weekdays":  {terms: body{"weekdays": []int{1, 2, 3, 4, 5}}, code: "wrong_weekday", zh: "周一到周五能用，到那天再来", en: "Come Monday to Friday: it works then.", toTheClerk: "这张券只在周一、周二、周三、周四、周五能用"},
		"two days":  {terms: body{"weekdays": []int{0, 3, 4}}, code: "wrong_weekday", zh: "周三、周四、周日能用，到那天再来", en: "Come on Wednesday, on Thursday, on Sunday: it works then.", toTheClerk: "这张券只在周日、周三、周四能用"},
		"hours":     {terms: body{"hours": body{"from": "14:00", "to": "17:00"}}, code: "wrong_hour", zh: "14:00 到 17:00 能用，赶这个钟点来", en: "Come between 14:00 and 17:00: it works then.", toTheClerk: "这张券 14:00 到 17:00 之间能用"},
		"a holiday": {terms: body{"not_on": []string{"2026-10-17"}}, code: "not_today", zh: "就今天不能用，换一天来", en: "Not today: come another day.", toTheClerk: "这张券今天不能用，换一天来"},
		"markets":   {terms: body{"market_only": true}, code: "not_market_day", zh: "逢集那天来才能用，下一集是 10 月 18 日（初九）", en: "Come on a market day; the next is on 18 October.", toTheClerk: "这张券逢集才能用，下一集是 10 月 18 日（初九）"},
		"too small": {terms: body{"min_spend": testkit.Yuan(10050)}, code: "below_minimum", zh: "再买 ¥32.50 就能用", en: "Spend ¥32.50 more, and it works.", toTheClerk: "满 100.50 元才能用，还差 32.50 元"},
		"of goods":  {terms: body{"goods": "点心", "min_spend": testkit.Yuan(3200)}, lines: two, code: "below_minimum", zh: "「点心」再买 ¥12 就能用", en: "Buy “点心” for ¥12 more, and it works.", toTheClerk: "满 32.00 元才能用，还差 12.00 元"},
		"pieces":    {terms: body{"kind": "buy_x_get_y", "off": nil, "buy": 2, "get": 1, "cap": testkit.Yuan(1000)}, lines: two, code: "too_few_pieces", zh: "买满 3 件就能用", en: "Take 3 pieces, and it works.", toTheClerk: "满 3 件才能用"},
		"untold":    {terms: body{"goods": "点心"}, code: "lines_needed", zh: "看买了什么才算，到柜台让店员一样样记上", en: "It depends on what you buy: at the counter the clerk writes it down.", toTheClerk: "这张券看东西算，把单子分行写上"},
		"no gain":   {terms: body{"kind": "fixed_price", "off": nil, "price": testkit.Yuan(9900), "cap": testkit.Yuan(1000)}, code: "no_effect", zh: "这一单用它省不了钱，您留着下回用", en: "It would save you nothing here; keep it for another day.", toTheClerk: "这一单用它省不了钱，券还给您留着"},
		"today":     {terms: body{"per_store_day": 1}, spent: true, code: "store_limit", zh: "这家今天收够数了，明天来还能用", en: "This store has taken its number for today. Come tomorrow.", toTheClerk: "这张券在本店的名额用完了"},
		"for good":  {terms: body{"per_store": 1}, spent: true, code: "store_limit", zh: "这家收够数了，您在这儿用不了这张", en: "This store has taken all that it may of this coupon.", toTheClerk: "这张券在本店的名额用完了"},
		"no money":  {terms: body{"budget": testkit.Yuan(1000), "reserve": "redemption"}, spent: true, code: "budget_spent", zh: "给这张券备的钱用完了，您换一张用", en: "What was set aside for it is used up. Use another one.", toTheClerk: "这张券的钱用完了，这一单抵不了"},
		"too dear": {terms: body{"kind": "percent", "off": nil, "percent_bps": 1000, "cap": testkit.Yuan(1000), "budget": testkit.Yuan(1000), "reserve": "redemption"}, spent: true, code: "budget_spent",
			zh: "给这张券备的钱剩得不多，抵不了这一单，您换一张用", en: "Too little is left behind it for this bill. Use another one.", toTheClerk: "这张券的钱用完了，这一单抵不了"},
		"one day": {terms: body{"weekdays": []int{1}}, code: "wrong_weekday", zh: "周一能用，到那天再来", en: "Come on Monday: it works then.", toTheClerk: "这张券只在周一能用"},
	}
}

func TestAMemberIsToldWhatTheyCanDoAndAClerkWhatHolds(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		code := r.CodeOf(r.Member(testkit.Shopper))
		for name, u := range r.unfits() {
			c := r.live(testkit.With(testkit.With(r.tenOff(), body{"title": name}), u.terms))
			mine := r.Claimed(testkit.Shopper, c)
			if u.spent {
				r.redeemed("noodles", testkit.OtherShopper, r.Claimed(testkit.OtherShopper, c), 6800)
			}
			ask := body{"bill": testkit.Yuan(6800), "lines": u.lines}
			if u.lines == nil {
				delete(ask, "lines")
			}
			found := func(who testkit.Persona, language, path string, more body) coupon.QualifiedView {
				var got coupon.QualificationView
				r.As(who).In(language).Post(path, testkit.With(ask, more)).Must(http.StatusOK).Into(&got)
				for _, q := range got.Coupons {
					if q.Coupon.ID == mine.ID {
						return q
					}
				}
				require.Fail(t, "the coupon is not in the answer", name)
				return coupon.QualifiedView{}
			}
			own := body{"store_id": r.StoreID("noodles")}
			zh, en := found(testkit.Shopper, "zh-CN", "/me/qualifications", own), found(testkit.Shopper, "en", "/me/qualifications", own)
			at := found(testkit.ClerkOf("noodles"), "zh-CN", r.At("noodles", "/qualifications"), body{"code": code})
			assert.Equal(t, []string{u.code, u.zh, u.code, u.en, u.code, u.toTheClerk}, []string{zh.Code, zh.Why, en.Code, en.Why, at.Code, at.Why}, name)
		}
		r.suspend("noodles", models.StoreSuspended)
		refused := r.As(testkit.Shopper).Post("/me/qualifications", body{"store_id": r.StoreID("noodles"), "bill": testkit.Yuan(6800)}).Refused(http.StatusConflict, "store_suspended")
		assert.Contains(t, string(refused.Body), "这家店停业整顿中，先不收券")
		r.suspend("noodles", models.StoreActive)
	})
}
