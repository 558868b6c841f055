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

func (r rig) campaign(id models.ID, who testkit.Persona) coupon.CampaignView {
	r.t.Helper()
	var v coupon.CampaignView
	r.As(who).Get("/campaigns/" + id.String()).Must(http.StatusOK).Into(&v)
	return v
}

// proposes lets the shoe shop's manager write other terms for a running campaign, and its owner sign them.
func (r rig) proposes(c coupon.CampaignView, changes body) coupon.CampaignView {
	r.t.Helper()
	path := r.At("shoes", "/campaigns/"+c.ID.String())
	r.As(testkit.ManagerOf("shoes")).With("If-Match", web.ETag(max(c.Version, c.Proposed))).Patch(path, changes).Must(http.StatusOK)
	var v coupon.CampaignView
	r.As(testkit.OwnerOf("shoes")).Post(path+"/submit", nil).Must(http.StatusOK).Into(&v)
	return v
}

// asked is what waits for a store's signature.
func (r rig) asked(slug string) []coupon.CampaignView {
	r.t.Helper()
	var page web.Page[coupon.CampaignView]
	r.As(testkit.ClerkOf(slug)).Get(r.At(slug, "/signatures")).Must(http.StatusOK).Into(&page)
	return page.Items
}

func (r rig) couponsOf(who testkit.Persona) []coupon.CouponView {
	r.t.Helper()
	var w coupon.Wallet
	r.As(who).Get("/me/coupons").Must(http.StatusOK).Into(&w)
	return w.Items
}

func TestARunningCampaignRunsOnUntilEveryoneHasSignedTheNewTerms(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(r.tenOff())
		old := r.Claimed(testkit.Shopper, c)
		c = r.proposes(c, body{"off": testkit.Yuan(2000), "stock": 40, "title": "冬天街坊券"})
		assert.Equal(t, models.CampaignLive, c.State)
		assert.Equal(t, int64(1), c.Version)
		assert.Equal(t, int64(2), c.Proposed)
		assert.Equal(t, models.Fen(1000), *c.Off, "the present terms run on")

		asked := r.asked("tea")
		require.Len(t, asked, 1)
		assert.Equal(t, int64(2), asked[0].Version)
		assert.Equal(t, int64(1), asked[0].Replaces)
		assert.Equal(t, []string{"名字：秋冬街坊券 改成 冬天街坊券", "给什么：减 10，满 50 可用 改成 减 20，满 50 可用", "一张最多花：10.00 元 改成 20.00 元", "张数：100 改成 40"}, asked[0].Changes)
		assert.Equal(t, models.Fen(150+99*300), asked[0].Shares[2].WorstCase, "what is set aside, and the dearer for each of the 99 that may still be claimed")

		r.signed("noodles", asked[0])
		r.Claimed(testkit.OtherShopper, c)
		assert.Equal(t, models.Fen(1000), r.redeemed("shoes", testkit.Shopper, old, 6800).Off)
		assert.Equal(t, int64(1), r.campaign(c.ID, testkit.Shopper).Version, "the tea house has not signed")
	})
}

func TestCouponsKeepTheTermsTheyWereClaimedUnder(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(r.tenOff())
		old := r.Claimed(testkit.Shopper, c)
		r.proposes(c, body{"off": testkit.Yuan(2000), "stock": 40})
		for _, slug := range []string{"noodles", "tea"} {
			r.signed(slug, r.asked(slug)[0])
		}
		c = r.campaign(c.ID, testkit.OwnerOf("shoes"))
		assert.Equal(t, int64(2), c.Version)
		assert.Zero(t, c.Proposed)
		assert.Equal(t, int64(39), c.Remaining, "forty in all, one of them given out")
		fresh := r.Claimed(testkit.OtherShopper, c)
		r.booksHold()

		assert.Equal(t, models.Fen(1000), *r.couponsOf(testkit.Shopper)[0].Campaign.Off)
		assert.Equal(t, models.Fen(2000), *r.couponsOf(testkit.OtherShopper)[0].Campaign.Off)
		assert.Equal(t, models.Fen(1000), r.redeemed("tea", testkit.Shopper, old, 6800).Off)
		assert.Equal(t, models.Fen(2000), r.redeemed("tea", testkit.OtherShopper, fresh, 6800).Off)

		var page web.Page[coupon.VersionView]
		r.As(testkit.ClerkOf("tea")).Get("/campaigns/" + c.ID.String() + "/versions").Must(http.StatusOK).Into(&page)
		require.Len(t, page.Items, 2)
		assert.True(t, page.Items[0].Present)
		assert.Equal(t, int64(1), page.Items[1].Claimed)
		assert.Equal(t, []string{"给什么：减 10，满 50 可用 改成 减 20，满 50 可用", "一张最多花：10.00 元 改成 20.00 元", "张数：100 改成 40"}, page.Items[0].Changes)
		assert.Contains(t, page.Items[0].Terms, coupon.TermLine{What: "张数", Says: "40"}, "each version in full")
		r.As(testkit.ClerkOf("books")).Get("/campaigns/"+c.ID.String()+"/versions").Refused(http.StatusNotFound, "not_found")
		r.proposes(r.campaign(c.ID, testkit.OwnerOf("shoes")), body{"partners": append(r.Partners(), body{"store_id": r.StoreID("books"), "share_bps": 500})})
		r.As(testkit.ClerkOf("books")).Get("/campaigns/" + c.ID.String() + "/versions").Must(http.StatusOK).Into(&page)
		assert.Len(t, page.Items, 3, "who is asked to join reads what it is to sign, and what it changes")
	})
}

func TestWhatIsProposedCanBeWithdrawnAndDeclined(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(r.tenOff())
		r.As(testkit.ManagerOf("shoes")).With("If-Match", `"1"`).Patch(r.At("shoes", "/campaigns/"+c.ID.String()), body{"reserve": "redemption"}).
			Refused(http.StatusUnprocessableEntity, "invalid")
		c = r.proposes(c, body{"stock": 200})
		asked := r.asked("tea")[0]
		answer := testkit.With(r.signature("tea", asked), body{"decision": "decline"})
		r.As(testkit.OwnerOf("tea")).Post(r.At("tea", "/signatures/"+c.ID.String()), answer).Must(http.StatusOK)
		assert.Equal(t, models.CampaignLive, r.campaign(c.ID, testkit.Shopper).State)

		path := r.At("shoes", "/campaigns/"+c.ID.String())
		manager := r.As(testkit.ManagerOf("shoes"))
		manager.With("If-Match", `"1"`).Patch(path, body{"stock": 150}).Refused(http.StatusPreconditionFailed, "precondition_failed")
		c = r.proposes(c, body{"stock": 150})
		assert.Equal(t, int64(3), c.Proposed, "another one takes its place")
		manager.Delete(path + "/proposal").Must(http.StatusOK)
		assert.Zero(t, r.campaign(c.ID, testkit.ClerkOf("shoes")).Proposed)
		manager.Delete(path+"/proposal").Refused(http.StatusConflict, "nothing_proposed")
		assert.Empty(t, r.asked("noodles"))
		r.As(testkit.OwnerOf("noodles")).Post(r.At("noodles", "/signatures/"+c.ID.String()), body{"version": 3, "share_bps": 1500, "decision": "sign"}).
			Refused(http.StatusConflict, "version_changed")
		manager.Post(path+"/end", nil).Must(http.StatusOK)
		manager.With("If-Match", `"1"`).Patch(path, body{"stock": 150}).Refused(http.StatusConflict, "not_editable")
	})
}

func TestClaimsGoOnWhileTheLastPartnerSigns(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(testkit.With(r.tenOff(), body{"stock": 60}))
		r.proposes(c, body{"stock": 80, "off": testkit.Yuan(500)})
		r.signed("noodles", r.asked("noodles")[0])
		last, people := r.asked("tea")[0], r.Join(120, "shoes")
		errs := testkit.Crowd(121, func(i int) error {
			if i == 120 {
				_, err := r.Coupon.Sign(r.Ctx(), coupon.Staff{Alliance: r.Street.Alliance.ID, Store: r.StoreID("tea"), Account: r.Street.People[testkit.OwnerOf("tea")].Account.ID},
					c.ID, coupon.Signature{Version: last.Version, ShareBPS: 1500})
				return err
			}
			_, err := r.Coupon.Claim(r.Ctx(), r.Street.Alliance.ID, c.ID, people[i].Member.ID)
			return err
		})
		require.NoError(t, errs[120])
		ok, _ := testkit.Counted(t, errs[:120], coupon.ErrSoldOut)
		again, _ := testkit.Counted(t, r.claims(c, people), coupon.ErrSoldOut, coupon.ErrClaimLimit)
		assert.Equal(t, 80, ok+again, "the stock of the new terms, whichever they were claimed under")
		for _, row := range r.Coupons(c.ID) {
			assert.Contains(t, []int64{1, 2}, row.Version)
		}
	})
}

func TestAPartnerLeavesWithNoticeAndTheIssuerCarriesOn(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(testkit.With(r.tenOff(), body{"issuer_covers": true, "claim_until": testkit.Noon.AddDate(0, 0, 40)}))
		before, home := r.Claimed(testkit.Shopper, c), r.Claimed(testkit.OtherShopper, c)
		owner := r.As(testkit.OwnerOf("tea"))
		path := r.At("tea", "/campaigns/"+c.ID.String()+"/notice")
		owner.Post(path, body{"days": 3}).Refused(http.StatusUnprocessableEntity, "notice_short")
		owner.Post(path, body{}).Must(http.StatusOK).Into(&c)
		owner.Post(path, body{}).Refused(http.StatusConflict, "already_leaving")
		leaves := r.local("2026-10-25 00:00").UTC()
		require.Len(t, c.Leaving, 1)
		assert.Equal(t, leaves, c.Leaving[0].At, "seven whole days, to the end of the last")
		assert.Equal(t, leaves, r.couponsOf(testkit.Shopper)[0].Leaving[0].At, "the wallet says where it works, and how long")
		r.redeemed("tea", testkit.OtherShopper, home, 6800)

		r.Time.Set(leaves)
		require.NoError(t, r.Coupon.Advance(r.Ctx()))
		c = r.campaign(c.ID, testkit.OwnerOf("shoes"))
		assert.Equal(t, models.CampaignLive, c.State)
		assert.Equal(t, int64(2), c.Version)
		assert.Equal(t, int64(8500), c.Shares[0].ShareBPS)
		assert.Len(t, c.Stores, 2)
		assert.Len(t, r.couponsOf(testkit.Shopper)[0].Campaign.Stores, 2)
		r.As(testkit.ClerkOf("tea")).Post(r.At("tea", "/redemptions"), r.bill(testkit.Shopper, before, 6800)).Refused(http.StatusConflict, "not_partner")
		old := r.redeemed("noodles", testkit.Shopper, before, 6800)
		assert.Equal(t, models.Fen(150), old.Shares[2].Amount, "it pays its share of what was claimed before")
		after := r.redeemed("noodles", testkit.ThirdShopper, r.Claimed(testkit.ThirdShopper, c), 6800)
		require.Len(t, after.Shares, 2)
		assert.Equal(t, models.Fen(850), after.Shares[0].Amount)
		owner = r.As(testkit.OwnerOf("tea"))
		owner.Delete(path).Refused(http.StatusNotFound, "not_found")
	})
}

func TestWithoutTheIssuersWordACampaignStopsWhenAPartnerLeaves(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(testkit.With(r.tenOff(), body{"claim_until": testkit.Noon.AddDate(0, 0, 40)}))
		path := r.At("tea", "/campaigns/"+c.ID.String()+"/notice")
		r.As(testkit.OwnerOf("tea")).Post(path, body{"days": 7}).Must(http.StatusOK)
		r.As(testkit.OwnerOf("tea")).Delete(path).Must(http.StatusOK).Into(&c)
		assert.Empty(t, c.Leaving, "it stays after all")
		r.As(testkit.OwnerOf("tea")).Post(path, body{"days": 7}).Must(http.StatusOK).Into(&c)

		r.Time.Set(c.Leaving[0].At)
		r.As(testkit.Shopper).Post("/campaigns/"+c.ID.String()+"/claims", nil).Refused(http.StatusConflict, "not_live")
		require.NoError(t, r.Coupon.Advance(r.Ctx()))
		c = r.campaign(c.ID, testkit.OwnerOf("shoes"))
		assert.Equal(t, models.CampaignPaused, c.State)
		manager := r.As(testkit.ManagerOf("shoes"))
		manager.Post(r.At("shoes", "/campaigns/"+c.ID.String()+"/resume"), nil).Refused(http.StatusConflict, "partner_left")

		r.proposes(c, body{"partners": []body{{"store_id": r.StoreID("noodles"), "share_bps": 1500}}})
		r.signed("noodles", r.asked("noodles")[0])
		r.As(testkit.ManagerOf("shoes")).Post(r.At("shoes", "/campaigns/"+c.ID.String()+"/resume"), nil).Must(http.StatusOK).Into(&c)
		assert.Equal(t, models.CampaignLive, c.State)
		r.Claimed(testkit.Shopper, c)
	})
}

func TestTheAlliancesFundSignsAndPays(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.submitted(r.alone(body{"fund_bps": 4000}))
		require.Len(t, c.Shares, 2)
		assert.True(t, c.Shares[1].Fund)
		assert.Equal(t, models.CampaignSigning, c.State)
		coordinator := r.As(testkit.Coordinator)
		var waiting web.Page[coupon.CampaignView]
		coordinator.Get("/alliance/signatures").Must(http.StatusOK).Into(&waiting)
		require.Len(t, waiting.Items, 1)
		sign := body{"version": 1, "share_bps": 4000, "decision": "sign", "cap": testkit.Yuan(800)}
		r.As(testkit.OwnerOf("shoes")).Post("/alliance/signatures/"+c.ID.String(), sign).Refused(http.StatusForbidden, "forbidden")
		r.As(testkit.OtherCoordinator).Post("/alliance/signatures/"+c.ID.String(), sign).Refused(http.StatusNotFound, "not_found")
		coordinator.Post("/alliance/signatures/"+c.ID.String(), sign).Must(http.StatusOK).Into(&c)
		assert.Equal(t, models.CampaignLive, c.State)
		assert.Equal(t, int64(2), c.Remaining, "eight yuan cover two of four")
		assert.Len(t, c.Stores, 1, "a fund redeems nothing")

		done := r.redeemed("shoes", testkit.Shopper, r.Claimed(testkit.Shopper, c), 6800)
		assert.Equal(t, models.Fen(400), done.Shares[1].Amount)
		assert.Equal(t, models.Fen(6200), done.Keeps)
		balance, err := r.Ledger.Balance(r.DB.Read(r.Ctx()), r.Street.Alliance.ID, models.FundFen())
		require.NoError(t, err)
		assert.Equal(t, int64(-400), balance.Net(), "the fund owes the shoe shop")
		var all web.Page[coupon.CampaignView]
		coordinator.Get("/alliance/campaigns").Must(http.StatusOK).Into(&all)
		assert.Len(t, all.Items, 1)
		var results coupon.ResultsView
		coordinator.Get("/alliance/campaigns/" + c.ID.String() + "/results").Must(http.StatusOK).Into(&results)
		assert.Equal(t, models.Fen(400), results.Own.Cost)
	})
}

func TestResultsAreAStoresOwnAndTheTotals(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(r.tenOff())
		for range 2 {
			r.As(testkit.ThirdShopper).Post("/campaigns/"+c.ID.String()+"/seen", nil).Must(http.StatusNoContent)
		}
		r.redeemed("noodles", testkit.Shopper, r.Claimed(testkit.Shopper, c), 6800)
		r.Time.Advance(24 * time.Hour)
		gone := r.redeemed("tea", testkit.OtherShopper, r.Claimed(testkit.OtherShopper, c), 10000)
		results := func(slug string) (v coupon.ResultsView) {
			r.As(testkit.ClerkOf(slug)).Get(r.At(slug, "/campaigns/"+c.ID.String()+"/results")).Must(http.StatusOK).Into(&v)
			return v
		}
		v := results("tea")
		assert.Equal(t, int64(3), v.Seen, "one looked, two claimed; twice is once")
		assert.Equal(t, int64(2), v.Claimed)
		assert.Equal(t, coupon.TallyView{Redeemed: 2, Cost: models.Fen(2000), Sales: models.Fen(0)}, v.Total)
		assert.Equal(t, models.Few, v.SalesWithheld, "one guest at one other store: the total would be their bill")
		assert.Equal(t, coupon.TallyView{Redeemed: 1, Cost: models.Fen(300), Sales: models.Fen(9000)}, v.Own)
		require.Len(t, v.Days, 2)
		assert.Equal(t, "2026-10-17", v.Days[0].Day)
		assert.Equal(t, []int64{2, 1}, []int64{v.Days[0].Seen, v.Days[1].Seen}, "each on the day of the first look, or of the claim")
		assert.Equal(t, int64(1), v.Days[1].Claimed)
		assert.Equal(t, models.Fen(0), v.Days[0].Sales, "another store's bill")
		assert.Equal(t, models.Fen(9000), v.Days[1].Sales)

		r.As(testkit.ClerkOf("tea")).Post(r.At("tea", "/redemptions/"+gone.ID.String()+"/reversal"), body{"reason": "退货"}).Must(http.StatusOK)
		assert.Equal(t, int64(0), results("tea").Own.Redeemed, "what is taken back counts no more")
		r.As(testkit.ClerkOf("books")).Get(r.At("books", "/campaigns/"+c.ID.String()+"/results")).Refused(http.StatusNotFound, "not_found")
		r.As(testkit.Visitor).Post("/campaigns/"+c.ID.String()+"/seen", nil).Refused(http.StatusUnauthorized, "login_required")
	})
}

func TestACampaignIsPutAwayAndMadeAgain(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(testkit.With(r.tenOff(), body{"budget": testkit.Yuan(90000), "not_on": []string{"2026-10-20"}, "per_day": 10}))
		path := r.At("shoes", "/campaigns/"+c.ID.String())
		manager := r.As(testkit.ManagerOf("shoes"))
		manager.Post(path+"/archive", nil).Refused(http.StatusConflict, "not_over")
		manager.Post(path+"/end", nil).Must(http.StatusOK)
		manager.Post(path+"/archive", nil).Must(http.StatusOK).Into(&c)
		assert.Equal(t, models.CampaignArchived, c.State)
		manager.Post(path+"/end", nil).Refused(http.StatusConflict, "already_ended")
		list := func(query string) []coupon.CampaignView {
			var page web.Page[coupon.CampaignView]
			r.As(testkit.ClerkOf("tea")).Get(r.At("tea", "/campaigns"+query)).Must(http.StatusOK).Into(&page)
			return page.Items
		}
		assert.Empty(t, list(""))
		assert.Len(t, list("?archived=true"), 1)
		assert.Equal(t, c.ID, r.campaign(c.ID, testkit.Shopper).ID, "its address still works")

		r.suspend("noodles", models.StoreSuspended)
		from := testkit.Noon.AddDate(0, 0, 30)
		var again coupon.CampaignView
		manager.Post(path+"/copies", body{"claim_from": from, "claim_until": from.AddDate(0, 0, 7)}).Must(http.StatusCreated).Into(&again)
		assert.Equal(t, models.CampaignDraft, again.State)
		assert.Equal(t, from, again.ClaimFrom)
		assert.Equal(t, int64(10), again.PerDay)
		assert.Empty(t, again.NotOn)
		assert.Equal(t, models.Fen(90000), again.Budget.Most)
		require.Len(t, again.Shares, 2, "a store that does not trade is left out")
		assert.Equal(t, int64(8500), again.Shares[0].ShareBPS)
	})
}

func TestTheFundLeavesWithNotice(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.submitted(r.alone(body{"fund_bps": 4000, "issuer_covers": true, "claim_until": testkit.Noon.AddDate(0, 0, 40)}))
		coordinator := r.As(testkit.Coordinator)
		coordinator.Post("/alliance/signatures/"+c.ID.String(), body{"version": 1, "share_bps": 4000, "decision": "sign"}).Must(http.StatusOK)
		path := "/alliance/campaigns/" + c.ID.String() + "/notice"
		r.As(testkit.OwnerOf("shoes")).Post(path, body{}).Refused(http.StatusForbidden, "forbidden")
		r.As(testkit.OtherCoordinator).Post(path, body{}).Refused(http.StatusNotFound, "not_found")
		coordinator.Post(path, body{"days": 3}).Refused(http.StatusUnprocessableEntity, "notice_short")
		coordinator.Post(path, body{}).Must(http.StatusOK)
		coordinator.Delete(path).Must(http.StatusOK).Into(&c)
		assert.Empty(t, c.Leaving, "it stays after all")
		coordinator.Post(path, body{}).Must(http.StatusOK).Into(&c)
		require.Len(t, c.Leaving, 1)
		assert.Contains(t, c.Leaving[0].Store.Name, "联盟基金")
		before := r.Claimed(testkit.Shopper, c)

		r.Time.Set(c.Leaving[0].At)
		require.NoError(t, r.Coupon.Advance(r.Ctx()))
		r.Drain()
		var told int64
		require.NoError(t, r.DB.Read(r.Ctx()).Model(&models.DeskNotice{}).Where("alliance_id = ? AND kind IN ?", r.Street.Alliance.ID,
			[]models.DeskKind{models.DeskPartnerLeaving, models.DeskPartnerLeft}).Count(&told).Error)
		assert.Equal(t, int64(2), told, "the issuer is told that the fund leaves, once for the same day, and that it is gone")
		old := r.redeemed("shoes", testkit.Shopper, before, 6800)
		assert.Equal(t, models.Fen(400), old.Shares[1].Amount, "it pays its share of what was claimed before")
		after := r.redeemed("shoes", testkit.OtherShopper, r.Claimed(testkit.OtherShopper, c), 6800)
		require.Len(t, after.Shares, 1)
		assert.Equal(t, models.Fen(1000), after.Shares[0].Amount)
	})
}
