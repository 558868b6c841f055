package coupon_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/coupon"
	"onestreet/server/testkit"
)

// sales counts what a refused request must not change.
func (r rig) sales() [5]int64 {
	r.t.Helper()
	var n [5]int64
	for i, table := range []string{"coupons", "redemptions", "visits", "ledger_transfers", "outbox"} {
		require.NoError(r.t, r.DB.Read(r.Ctx()).Table(table).Where("alliance_id = ?", r.Street.Alliance.ID).Count(&n[i]).Error)
	}
	return n
}

// refusal is a request that is refused in both languages with the same code, and changes nothing.
type refusal struct {
	name   string
	as     testkit.Persona
	path   string
	body   any // or a func() body, made when it is sent: a member's code turns
	status int
	code   string
	zh, en string
	at     string // the street's time; empty: noon
}

func (r rig) refuse(all ...refusal) {
	r.t.Helper()
	for _, c := range all {
		r.Time.Set(testkit.Noon)
		if c.at != "" {
			r.Time.Set(r.local(c.at))
		}
		r.refuseOne(c)
	}
	r.Time.Set(testkit.Noon)
}

func (r rig) refuseOne(c refusal) {
	r.t.Helper()
	sent := c.body
	if lazy, ok := sent.(func() body); ok {
		sent = lazy()
	}
	before := r.sales()
	for language, words := range map[string]string{"zh-CN": c.zh, "en": c.en} {
		testkit.Scenario{
			Name: c.name + " in " + language, As: c.as, Method: http.MethodPost, Path: c.path, Body: sent, Language: language,
			Status: c.status, Code: c.code, Says: []string{words},
			After: func(t *testing.T) { require.Equal(t, before, r.sales(), "%s changes nothing", c.name) },
		}.Run(r.t.(*testing.T), r.App)
	}
}

func TestClaimsThatAreRefused(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		claim := func(c coupon.CampaignView) string { return "/campaigns/" + c.ID.String() + "/claims" }
		out := r.live(r.alone(body{"stock": 1}))
		r.Claimed(testkit.OtherShopper, out)
		mine := r.live(r.alone(nil))
		r.Claimed(testkit.Shopper, mine)
		soon := r.live(r.alone(body{"claim_from": r.local("2026-10-18 09:00")}))
		paused := r.live(r.alone(nil))
		r.As(testkit.ManagerOf("shoes")).Post(r.At("shoes", "/campaigns/"+paused.ID.String()+"/pause"), nil).Must(http.StatusOK)
		draft := r.draft(r.alone(nil))
		welcome := r.live(r.alone(body{"given": "new_members"}))
		r.refuse(
			refusal{name: "out of stock", as: testkit.Shopper, path: claim(out), status: 409, code: "sold_out", zh: "领完了", en: "All gone"},
			refusal{name: "twice", as: testkit.Shopper, path: claim(mine), status: 409, code: "claim_limit", zh: "您领过了，每人最多 1 张", en: "at most 1 each"},
			refusal{name: "too early", as: testkit.Shopper, path: claim(soon), status: 409, code: "too_early", zh: "还没开始发，10 月 18 日 9:00 开始", en: "it begins on 18 October at 9:00"},
			refusal{name: "too late", as: testkit.OtherShopper, path: claim(mine), status: 410, code: "too_late", zh: "10 月 31 日 10:30 就不发了", en: "This ended on 31 October at 10:30", at: "2026-10-31 10:31"},
			refusal{name: "paused", as: testkit.Shopper, path: claim(paused), status: 409, code: "not_live", zh: "现在不发", en: "not given out right now"},
			refusal{name: "a draft", as: testkit.Shopper, path: claim(draft), status: 404, code: "not_found", zh: "没找到", en: "Not found"},
			refusal{name: "the welcome of new members", as: testkit.Shopper, path: claim(welcome), status: 404, code: "not_found", zh: "没找到", en: "Not found"},
			refusal{name: "one that is not there", as: testkit.Shopper, path: "/campaigns/" + models.NewID().String() + "/claims", status: 404, code: "not_found", zh: "没找到", en: "Not found"},
			refusal{name: "no id at all", as: testkit.Shopper, path: "/campaigns/fifty/claims", status: 422, code: "invalid", zh: "这个编号不对", en: "This id is not one of ours"},
			refusal{name: "a visitor", as: testkit.Visitor, path: claim(mine), status: 401, code: "login_required", zh: "请先登录", en: "Please log in"},
			refusal{name: "staff who are no members", as: testkit.OwnerOf("tea"), path: claim(mine), status: 403, code: "not_member", zh: "先做这条街的会员", en: "Join the street"},
		)
	})
}

func TestRedemptionsThatAreRefused(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(r.tenOff())
		mine := r.Claimed(testkit.Shopper, c)
		week := body{"partners": nil, "weekdays": []int{1, 3}}
		noon := body{"partners": nil, "hours": body{"from": "11:00", "to": "14:00"}}
		later := body{"partners": nil, "valid_days": nil, "valid_from": r.local("2026-10-20 09:00"), "valid_until": r.local("2026-11-20 09:00")}
		byDay, byHour, notYet := r.Claimed(testkit.Shopper, r.live(testkit.With(r.tenOff(), week))), r.Claimed(testkit.Shopper, r.live(testkit.With(r.tenOff(), noon))), r.Claimed(testkit.Shopper, r.live(testkit.With(r.tenOff(), later)))
		dear := r.Claimed(testkit.Shopper, r.live(r.alone(body{"kind": "fixed_price", "price": testkit.Yuan(9900), "cap": testkit.Yuan(1000)})))
		used := r.Claimed(testkit.OtherShopper, c)
		r.redeemed("noodles", testkit.OtherShopper, used, 6800)
		r.Drain()
		till := func(slug string) string { return r.At(slug, "/redemptions") }
		bill := func(who testkit.Persona, v coupon.CouponView, fen int64) func() body {
			return func() body { return r.bill(who, v, fen) }
		}
		clerk := testkit.ClerkOf
		r.refuse(
			refusal{name: "no partner", as: clerk("books"), path: till("books"), body: bill(testkit.Shopper, mine, 6800), status: 409, code: "not_partner", zh: "能用的店：老北京布鞋、林家面馆、清和茶馆", en: "It works at: 老北京布鞋, 林家面馆, 清和茶馆"},
			refusal{name: "below the minimum", as: clerk("noodles"), path: till("noodles"), body: bill(testkit.Shopper, mine, 4999), status: 409, code: "below_minimum", zh: "满 50.00 元才能用，还差 0.01 元", en: "It works from 50.00 yuan; 0.01 yuan are missing"},
			refusal{name: "after its validity", as: clerk("noodles"), path: till("noodles"), body: bill(testkit.Shopper, mine, 6800), status: 410, code: "coupon_expired", zh: "11 月 16 日 23:59 过期了", en: "This coupon ended on 16 November at 23:59", at: "2026-11-17 00:00"},
			refusal{name: "before its validity", as: clerk("shoes"), path: till("shoes"), body: bill(testkit.Shopper, notYet, 6800), status: 409, code: "not_yet_valid", zh: "10 月 20 日 9:00 才能用", en: "works from 20 October at 9:00"},
			refusal{name: "on the wrong weekday", as: clerk("shoes"), path: till("shoes"), body: bill(testkit.Shopper, byDay, 6800), status: 409, code: "wrong_weekday", zh: "只在周一、周三能用", en: "works on Monday, Wednesday only"},
			refusal{name: "at the wrong hour", as: clerk("shoes"), path: till("shoes"), body: bill(testkit.Shopper, byHour, 6800), status: 409, code: "wrong_hour", zh: "11:00 到 14:00 之间能用", en: "from 11:00 to 14:00"},
			refusal{name: "cheaper than the fixed price", as: clerk("shoes"), path: till("shoes"), body: bill(testkit.Shopper, dear, 9900), status: 409, code: "no_effect", zh: "券还给您留着", en: "kept for another day"},
			refusal{name: "used already", as: clerk("tea"), path: till("tea"), body: bill(testkit.OtherShopper, used, 6800), status: 409, code: "coupon_used", zh: "10 月 17 日 10:30 在林家面馆用过", en: "Used on 17 October at 10:30 at 林家面馆."},
			refusal{name: "staff of another store", as: clerk("books"), path: till("noodles"), body: bill(testkit.Shopper, mine, 6800), status: 403, code: "forbidden", zh: "不归您管", en: "not yours to do"},
			refusal{name: "the member herself", as: testkit.Shopper, path: till("noodles"), body: bill(testkit.Shopper, mine, 6800), status: 403, code: "forbidden", zh: "不归您管", en: "not yours to do"},
			refusal{name: "somebody else's coupon", as: clerk("noodles"), path: till("noodles"), body: bill(testkit.ThirdShopper, mine, 6800), status: 404, code: "coupon_unknown", zh: "没有这张券", en: "no such coupon"},
			refusal{name: "a coupon that is not there", as: clerk("noodles"), path: till("noodles"), body: bill(testkit.Shopper, coupon.CouponView{ID: models.NewID()}, 6800), status: 404, code: "coupon_unknown", zh: "没有这张券", en: "no such coupon"},
			refusal{name: "no coupon named", as: clerk("noodles"), path: till("noodles"), body: func() body { return testkit.With(r.bill(testkit.Shopper, mine, 6800), body{"coupon_id": nil}) }, status: 422, code: "coupon_needed", zh: "请选一张券", en: "Choose a coupon"},
			refusal{name: "nobody named", as: clerk("noodles"), path: till("noodles"), body: body{"bill": testkit.Yuan(6800)}, status: 422, code: "code_or_member", zh: "要会员码", en: "Send the member's code"},
			refusal{name: "a wrong code", as: clerk("noodles"), path: till("noodles"), body: body{"code": "00000000", "coupon_id": mine.ID, "bill": testkit.Yuan(6800)}, status: 404, code: "code_unknown", zh: "没有这个会员码", en: "No member has this code"},
			refusal{name: "a coupon code with a slip that the street has the code for", as: clerk("noodles"), path: till("noodles"), body: body{"code": slip(mine.Code), "bill": testkit.Yuan(6800)}, status: 422, code: "coupon_code_slip", zh: "第 3 组多半看错了一个", en: "in group 3 one sign is probably wrong"},
			refusal{name: "one sign of a coupon code left out", as: clerk("noodles"), path: till("noodles"), body: body{"code": short(mine.Code), "bill": testkit.Yuan(6800)}, status: 422, code: "coupon_code_slip", zh: "券码有 12 位，这里是 11 位，第 2 组再对一眼", en: "Look at group 2 again"},
			refusal{name: "a coupon code with a slip that nobody has", as: clerk("noodles"), path: till("noodles"), body: body{"code": slip(models.NewCouponCode()), "bill": testkit.Yuan(6800)}, status: 422, code: "coupon_code_slip", zh: "可有一处对不上", en: "one sign does not fit"},
			refusal{name: "half a coupon code", as: clerk("noodles"), path: till("noodles"), body: body{"code": mine.Code[:6] + "Y", "bill": testkit.Yuan(6800)}, status: 422, code: "coupon_code_slip", zh: "这里是 6 位", en: "and this has 6"},
			refusal{name: "a coupon code with a letter that none has", as: clerk("noodles"), path: till("noodles"), body: body{"code": "7K35 HO28 C69F", "bill": testkit.Yuan(6800)}, status: 422, code: "coupon_code_slip", zh: "第 2 组里有个「O」", en: "in group 2 there is “O”"},
			refusal{name: "a member code with a digit too few", as: clerk("noodles"), path: till("noodles"), body: body{"code": "4829170", "bill": testkit.Yuan(6800)}, status: 422, code: "code_form", zh: "八个数字", en: "eight digits"},
			refusal{name: "a coupon code of nobody", as: clerk("noodles"), path: till("noodles"), body: body{"code": models.NewCouponCode(), "bill": testkit.Yuan(6800)}, status: 404, code: "coupon_unknown", zh: "没有这张券", en: "no such coupon"},
			refusal{name: "a negative bill", as: clerk("noodles"), path: till("noodles"), body: func() body { return r.bill(testkit.Shopper, mine, -1) }, status: 422, code: "invalid", zh: "不能小于 0", en: "Must be at least 0"},
			refusal{name: "a bill of a million yuan and a fen", as: clerk("noodles"), path: till("noodles"), body: func() body { return r.bill(testkit.Shopper, mine, 100_000_001) }, status: 422, code: "invalid", zh: "不能大于", en: "Must be at most"},
			refusal{name: "a bill in dollars", as: clerk("noodles"), path: till("noodles"), body: func() body {
				return testkit.With(r.bill(testkit.Shopper, mine, 6800), body{"bill": body{"amount": 6800, "currency": "USD"}})
			}, status: 422, code: "invalid", zh: "只能是其中之一", en: "Must be one of"},
			refusal{name: "half a fen", as: clerk("noodles"), path: till("noodles"), body: func() body {
				return testkit.With(r.bill(testkit.Shopper, mine, 6800), body{"bill": body{"amount": 6800.5}})
			}, status: 422, code: "invalid", zh: "要填一个整数", en: "Expected a whole number"},
			refusal{name: "an unknown field", as: clerk("noodles"), path: till("noodles"), body: func() body { return testkit.With(r.bill(testkit.Shopper, mine, 6800), body{"tip": 1}) }, status: 422, code: "invalid", zh: "没有这一项", en: "There is no such field"},
			refusal{name: "no bill", as: clerk("noodles"), path: till("noodles"), body: func() body { return testkit.With(r.bill(testkit.Shopper, mine, 6800), body{"bill": nil}) }, status: 422, code: "invalid", zh: "缺少 bill", en: "bill is missing"},
			refusal{name: "not JSON", as: clerk("noodles"), path: till("noodles"), body: "68 yuan, please", status: 400, code: "body_not_json", zh: "不是 JSON", en: "not JSON"},
			refusal{name: "ten megabytes", as: clerk("noodles"), path: till("noodles"), body: `{"code":"` + strings.Repeat("1", 10<<20) + `"}`, status: 413, code: "body_too_large", zh: "收不下", en: "more than we can take"},
		)
		r.redeemed("noodles", testkit.Shopper, mine, 5000)
	})
}

// slip changes one letter of a coupon's code.
func slip(code string) string {
	last := "2"
	if strings.HasSuffix(code, "2") {
		last = "3"
	}
	return code[:len(code)-1] + last
}

// short leaves one sign of a coupon's code out, and its spaces.
func short(code string) string {
	plain := strings.ReplaceAll(code, " ", "")
	return plain[:4] + plain[5:]
}

func TestAVoidCouponIsRefused(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		r.Street.People[newcomer] = r.Join(1, "shoes")[0]
		mine := r.Claimed(newcomer, r.live(r.tenOff()))
		till := r.till("noodles", newcomer, mine, 6800)
		r.As(newcomer).Post("/me/leave", body{"confirm": "leave"}).Must(http.StatusNoContent)
		_, err := r.Coupon.Redeem(r.Ctx(), till)
		require.ErrorIs(t, err, coupon.ErrCouponVoid)
		refused := r.As(testkit.ClerkOf("noodles")).In("en").Post(r.At("noodles", "/redemptions"), body{"code": mine.Code, "bill": testkit.Yuan(6800)}).Refused(http.StatusGone, "coupon_void")
		assert.Contains(t, string(refused.Body), "This coupon is void.")
	})
}

func TestOneKeyIsOneRedemption(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		mine := r.Claimed(testkit.Shopper, r.live(r.tenOff()))
		sent := r.bill(testkit.Shopper, mine, 6800)
		clerk := r.As(testkit.ClerkOf("noodles")).With("Idempotency-Key", "till-7")
		first := clerk.Post(r.At("noodles", "/redemptions"), sent).Must(http.StatusCreated)
		again := clerk.Post(r.At("noodles", "/redemptions"), sent).Must(http.StatusCreated)
		assert.Equal(t, string(first.Body), string(again.Body))
		clerk.Post(r.At("noodles", "/redemptions"), testkit.With(sent, body{"bill": testkit.Yuan(9900)})).Refused(http.StatusUnprocessableEntity, "idempotency_key_reused")
		assert.Equal(t, int64(700+150-116), r.net("noodles"))
	})
}

func TestTermsThatCannotBe(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		past := testkit.Noon.Add(-time.Hour)
		for name, c := range map[string]struct {
			change  body
			pointer string
		}{
			"no name":                         {body{"title": "  "}, "/title"},
			"a name of 41 letters":            {body{"title": strings.Repeat("券", 41)}, "/title"},
			"an unknown kind":                 {body{"kind": "lottery"}, "/kind"},
			"nothing off":                     {body{"off": testkit.Yuan(0)}, "/off/amount"},
			"a negative amount off":           {body{"off": testkit.Yuan(-1)}, "/off/amount"},
			"no amount":                       {body{"off": nil}, "/off/amount"},
			"a percentage without a cap":      {body{"kind": "percent", "percent_bps": 1000}, "/cap/amount"},
			"a percentage of none":            {body{"kind": "percent", "cap": testkit.Yuan(100)}, "/percent_bps"},
			"a percentage above all":          {body{"kind": "percent", "percent_bps": 10001, "cap": testkit.Yuan(100)}, "/percent_bps"},
			"a gift of nothing":               {body{"kind": "gift", "gift": " "}, "/gift"},
			"a price without a cap":           {body{"kind": "fixed_price", "price": testkit.Yuan(9900)}, "/cap/amount"},
			"buy none":                        {body{"kind": "buy_x_get_y", "get": 1, "cap": testkit.Yuan(100)}, "/buy"},
			"get none":                        {body{"kind": "buy_x_get_y", "buy": 2, "cap": testkit.Yuan(100)}, "/get"},
			"no stock":                        {body{"stock": 0}, "/stock"},
			"too large a stock":               {body{"stock": 1_000_001}, "/stock"},
			"none each":                       {body{"per_member": 0}, "/per_member"},
			"an end before the beginning":     {body{"claim_until": past}, "/claim_until"},
			"over already":                    {body{"claim_from": past.Add(-time.Hour), "claim_until": past}, "/claim_until"},
			"no validity":                     {body{"valid_days": nil}, "/valid_until"},
			"validity over before the claims": {body{"valid_until": testkit.Noon.Add(time.Hour)}, "/valid_until"},
			"over before it works":            {body{"valid_from": testkit.Noon.AddDate(0, 2, 0)}, "/valid_from"},
			"half of the hours":               {body{"hours": body{"from": "10:00", "to": ""}}, "/hours"},
			"hours that are none":             {body{"hours": body{"from": "25:00", "to": "26:00"}}, "/hours/from"},
			"an eighth day":                   {body{"weekdays": []int{7}}, "/weekdays/0"},
			"a welcome that is no amount":     {body{"given": "new_members", "kind": "gift", "gift": "糖"}, "/given"},
			"a stranger as partner":           {body{"partners": []body{{"store_id": models.NewID(), "share_bps": 100}}}, "/partners/0/store_id"},
			"another street's partner":        {body{"partners": []body{{"store_id": r.Other.Stores["tea"].ID, "share_bps": 100}}}, "/partners/0/store_id"},
			"itself as partner":               {body{"partners": []body{{"store_id": r.StoreID("shoes"), "share_bps": 100}}}, "/partners"},
			"one partner twice":               {body{"partners": []body{{"store_id": r.StoreID("tea"), "share_bps": 100}, {"store_id": r.StoreID("tea"), "share_bps": 100}}}, "/partners"},
			"shares above the whole":          {body{"partners": []body{{"store_id": r.StoreID("tea"), "share_bps": 6000}, {"store_id": r.StoreID("books"), "share_bps": 6000}}}, "/partners"},
			"a share below nothing":           {body{"partners": []body{{"store_id": r.StoreID("tea"), "share_bps": -1}}}, "/partners/0/share_bps"},
			"an unknown field":                {body{"colour": "red"}, "/colour"},
		} {
			for _, language := range []string{"zh-CN", "en"} {
				answer := r.As(testkit.ManagerOf("shoes")).In(language).Post(r.At("shoes", "/campaigns"), testkit.With(r.tenOff(), c.change)).Must(http.StatusUnprocessableEntity)
				require.Equal(t, "invalid", answer.Code(), name)
				require.Contains(t, string(answer.Body), `"pointer":"`+c.pointer+`"`, name)
			}
		}
		assert.Empty(t, r.campaigns(), "nothing was drafted")
		c := r.draft(r.tenOff())
		r.As(testkit.ManagerOf("shoes")).With("If-Match", `"1"`).Patch(r.At("shoes", "/campaigns/"+c.ID.String()), body{"stock": -5}).Refused(http.StatusUnprocessableEntity, "invalid")
		r.suspend("tea", models.StoreSuspended)
		r.As(testkit.ManagerOf("shoes")).Post(r.At("shoes", "/campaigns"), r.tenOff()).Refused(http.StatusUnprocessableEntity, "invalid")
	})
}

func (r rig) campaigns() []models.Campaign {
	var rows []models.Campaign
	require.NoError(r.t, r.DB.Read(r.Ctx()).Where("alliance_id = ?", r.Street.Alliance.ID).Find(&rows).Error)
	return rows
}
