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

func TestACampaignStartsWhenTheLastPartnerHasSigned(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.draft(r.tenOff())
		assert.Equal(t, models.CampaignDraft, c.State)
		assert.Equal(t, int64(1), c.Version)
		require.Len(t, c.Shares, 3)
		assert.Equal(t, int64(7000), c.Shares[0].ShareBPS, "the issuer carries what the partners leave")
		assert.Equal(t, models.Fen(70000), c.Shares[0].WorstCase)
		assert.Equal(t, models.Fen(15000), c.Shares[1].WorstCase)

		r.As(testkit.OwnerOf("shoes")).Post(r.At("shoes", "/campaigns/"+c.ID.String()+"/submit"), nil).Must(http.StatusOK).Into(&c)
		assert.Equal(t, models.CampaignSigning, c.State)
		assert.Equal(t, models.ShareSigned, c.Shares[0].State, "submitting is the issuer's signature")
		assert.Equal(t, "owner of shoes", c.Shares[0].SignedBy)
		assert.Equal(t, models.ShareWaiting, c.Shares[1].State)

		var waiting web.Page[coupon.CampaignView]
		r.As(testkit.ClerkOf("noodles")).Get(r.At("noodles", "/signatures")).Must(http.StatusOK).Into(&waiting)
		require.Len(t, waiting.Items, 1)
		assert.Equal(t, c.ID, waiting.Items[0].ID)

		c = r.signed("noodles", c)
		assert.Equal(t, models.CampaignSigning, c.State, "the tea house has not signed")
		c = r.signed("tea", c)
		assert.Equal(t, models.CampaignLive, c.State)
		assert.True(t, c.Claimable.OK)
		r.As(testkit.ClerkOf("noodles")).Get(r.At("noodles", "/signatures")).Must(http.StatusOK).Into(&waiting)
		assert.Empty(t, waiting.Items)
	})
}

func TestAStoreMayIssueAlone(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.submitted(r.alone(nil))
		assert.Equal(t, models.CampaignLive, c.State)
		assert.Len(t, c.Stores, 1)
	})
}

func TestAChangeIsANewVersionThatEveryoneSignsAgain(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.signed("noodles", r.submitted(r.tenOff()))
		path := r.At("shoes", "/campaigns/"+c.ID.String())
		manager := r.As(testkit.ManagerOf("shoes"))
		manager.Patch(path, body{"stock": 50}).Refused(http.StatusPreconditionRequired, "precondition_required")
		manager.With("If-Match", `"9"`).Patch(path, body{"stock": 50}).Refused(http.StatusPreconditionFailed, "precondition_failed")
		manager.With("If-Match", `"1"`).Patch(path, body{"stock": 50}).Must(http.StatusOK).Into(&c)
		assert.Equal(t, models.CampaignDraft, c.State)
		assert.Equal(t, int64(2), c.Version)
		assert.Equal(t, int64(50), c.Remaining)
		assert.Equal(t, "秋冬街坊券", c.Title, "what is not sent stays")
		for _, sh := range c.Shares {
			assert.Equal(t, models.ShareWaiting, sh.State, "nobody has signed the new version")
		}
		r.As(testkit.OwnerOf("tea")).Post(r.At("tea", "/signatures/"+c.ID.String()), body{"version": 1, "share_bps": 1500, "decision": "sign"}).
			Refused(http.StatusConflict, "version_changed")

		c = r.signed("tea", r.signed("noodles", r.submit(c)))
		assert.Equal(t, models.CampaignLive, c.State)
		manager.With("If-Match", `"2"`).Patch(path, body{"stock": 10}).Must(http.StatusOK).Into(&c)
		assert.Equal(t, int64(2), c.Version, "a campaign that runs is changed beside itself: see versions_test.go")
		assert.Equal(t, int64(50), c.Stock)

		var kept []models.CampaignShare
		require.NoError(t, r.DB.Read(r.Ctx()).Where("campaign_id = ? AND version = 1 AND state = 'signed'", c.ID).Find(&kept).Error)
		assert.Len(t, kept, 2, "what was signed before stays on record")
	})
}

func (r rig) submit(c coupon.CampaignView) coupon.CampaignView {
	r.t.Helper()
	r.As(testkit.OwnerOf("shoes")).Post(r.At("shoes", "/campaigns/"+c.ID.String()+"/submit"), nil).Must(http.StatusOK).Into(&c)
	return c
}

func TestADeclinedCampaignWaitsForOtherTerms(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.submitted(r.tenOff())
		answer := testkit.With(r.signature("noodles", c), body{"decision": "decline"})
		r.As(testkit.OwnerOf("noodles")).Post(r.At("noodles", "/signatures/"+c.ID.String()), answer).Must(http.StatusOK).Into(&c)
		assert.Equal(t, models.ShareDeclined, c.Shares[1].State)
		c = r.signed("tea", c)
		r.Drain()
		assert.EqualValues(t, 2, r.count(&models.DeskNotice{}, "store_id = ? AND kind IN ?", r.StoreID("shoes"), []models.DeskKind{models.DeskShareSigned, models.DeskShareDeclined}),
			"the issuer hears of both")
		assert.Equal(t, models.CampaignSigning, c.State)
		r.As(testkit.Shopper).Post("/campaigns/"+c.ID.String()+"/claims", nil).Refused(http.StatusNotFound, "not_found")
		r.As(testkit.OwnerOf("noodles")).Post(r.At("noodles", "/signatures/"+c.ID.String()), r.signature("noodles", c)).Refused(http.StatusConflict, "already_answered")

		manager := r.As(testkit.ManagerOf("shoes")).With("If-Match", web.ETag(c.Version))
		manager.Patch(r.At("shoes", "/campaigns/"+c.ID.String()), body{"partners": []body{{"store_id": r.StoreID("tea"), "share_bps": 2000}}}).Must(http.StatusOK).Into(&c)
		c = r.signed("tea", r.submit(c))
		assert.Equal(t, models.CampaignLive, c.State)
		assert.Len(t, c.Stores, 2, "without its signature the noodle shop is no partner")
	})
}

func TestWhatCannotBeSigned(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.submitted(r.tenOff())
		path := r.At("noodles", "/signatures/"+c.ID.String())
		owner := r.As(testkit.OwnerOf("noodles"))
		right := r.signature("noodles", c)
		owner.Post(path, testkit.With(right, body{"share_bps": 3000})).Refused(http.StatusConflict, "share_differs")
		owner.Post(path, testkit.With(right, body{"version": 2})).Refused(http.StatusConflict, "version_changed")
		owner.Post(path, testkit.With(right, body{"cap": testkit.Yuan(15001)})).Refused(http.StatusUnprocessableEntity, "cap_too_high")
		owner.Post(path, testkit.With(right, body{"cap": testkit.Yuan(149)})).Refused(http.StatusUnprocessableEntity, "cap_too_low")
		owner.Post(path, testkit.With(right, body{"decision": "perhaps"})).Refused(http.StatusUnprocessableEntity, "invalid")
		r.As(testkit.OwnerOf("books")).Post(r.At("books", "/signatures/"+c.ID.String()), body{"version": 1, "share_bps": 0, "decision": "sign"}).Refused(http.StatusNotFound, "not_found")
		r.As(testkit.OwnerOf("shoes")).Post(r.At("shoes", "/signatures/"+c.ID.String()), body{"version": 1, "share_bps": 7000, "decision": "sign"}).Refused(http.StatusNotFound, "not_found")
		r.As(testkit.ManagerOf("noodles")).Post(path, right).Refused(http.StatusForbidden, "forbidden")
		r.Time.Advance(15 * 24 * time.Hour)
		r.As(testkit.OwnerOf("noodles")).Post(path, right).Refused(http.StatusConflict, "window_over")
		owner = r.As(testkit.OwnerOf("noodles"))
		owner.Post(path, testkit.With(right, body{"decision": "decline"})).Must(http.StatusOK)

		draft := r.draft(testkit.With(r.tenOff(), body{"claim_until": r.Time.Now().Add(time.Hour)}))
		owner.Post(r.At("noodles", "/signatures/"+draft.ID.String()), right).Refused(http.StatusConflict, "not_signing")
	})
}

func TestACapBelowTheWorstCaseGivesOutFewerCoupons(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.submitted(testkit.With(r.tenOff(), body{"partners": []body{{"store_id": r.StoreID("noodles"), "share_bps": 3000}}}))
		capped := testkit.With(r.signature("noodles", c), body{"cap": testkit.Yuan(699)})
		r.As(testkit.OwnerOf("noodles")).Post(r.At("noodles", "/signatures/"+c.ID.String()), capped).Must(http.StatusOK).Into(&c)
		assert.Equal(t, models.CampaignLive, c.State)
		assert.Equal(t, int64(2), c.Remaining, "6.99 yuan cover two shares of 3.00")
		r.Claimed(testkit.Shopper, c)
		r.Claimed(testkit.OtherShopper, c)
		r.As(testkit.ThirdShopper).Post("/campaigns/"+c.ID.String()+"/claims", nil).Refused(http.StatusConflict, "sold_out")
	})
}

func TestTheClockStartsAndEndsCampaigns(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		from := testkit.Noon.Add(24 * time.Hour)
		c := r.submitted(r.alone(body{"claim_from": from, "claim_until": from.Add(time.Hour)}))
		assert.Equal(t, models.CampaignScheduled, c.State)
		state := func() models.CampaignState {
			require.NoError(t, r.Coupon.Advance(r.Ctx()))
			r.As(testkit.Visitor).Get("/campaigns/" + c.ID.String()).Must(http.StatusOK).Into(&c)
			return c.State
		}
		r.Time.Set(from.Add(-time.Second))
		assert.Equal(t, models.CampaignScheduled, state())
		r.Time.Set(from)
		assert.Equal(t, models.CampaignLive, state())
		r.Time.Set(from.Add(time.Hour))
		assert.Equal(t, models.CampaignLive, state())
		r.Time.Set(from.Add(time.Hour + time.Microsecond))
		assert.Equal(t, models.CampaignEnded, state())
		assert.Equal(t, models.CampaignEnded, state(), "again changes nothing")
		assert.Equal(t, 1, r.events(models.EventCampaignStarted, c.ID), "told once")
	})
}

// events counts what was recorded of a kind about an id.
func (r rig) events(kind string, about models.ID) int {
	var n int64
	require.NoError(r.t, r.DB.Read(r.Ctx()).Table("outbox").Where("kind = ? AND payload LIKE ?", kind, "%"+about.String()+"%").Count(&n).Error)
	return int(n)
}

func TestPausingStopsTheClaimsAndKeepsThePromises(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(r.alone(nil))
		mine := r.Claimed(testkit.Shopper, c)
		turn := func(what string) *testkit.Response {
			return r.As(testkit.ManagerOf("shoes")).Post(r.At("shoes", "/campaigns/"+c.ID.String()+"/"+what), nil)
		}
		claim := func() *testkit.Response {
			return r.As(testkit.OtherShopper).Post("/campaigns/"+c.ID.String()+"/claims", nil)
		}
		turn("resume").Refused(http.StatusConflict, "not_paused")
		turn("pause").Must(http.StatusOK)
		claim().Refused(http.StatusConflict, "not_live")
		turn("pause").Refused(http.StatusConflict, "not_running")
		r.redeemed("shoes", testkit.Shopper, mine, 6800)
		turn("resume").Must(http.StatusOK)
		theirs := r.Claimed(testkit.OtherShopper, c)
		turn("end").Must(http.StatusOK)
		turn("end").Refused(http.StatusConflict, "already_ended")
		r.As(testkit.ThirdShopper).Post("/campaigns/"+c.ID.String()+"/claims", nil).Refused(http.StatusConflict, "not_live")
		r.redeemed("shoes", testkit.OtherShopper, theirs, 6800)
	})
}

func TestADraftThatWasThrownAwayIsNobodysToSee(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.draft(r.tenOff())
		r.As(testkit.ManagerOf("shoes")).Post(r.At("shoes", "/campaigns/"+c.ID.String()+"/end"), nil).Must(http.StatusOK)
		r.As(testkit.Shopper).Get("/campaigns/"+c.ID.String()).Refused(http.StatusNotFound, "not_found")
		r.As(testkit.ClerkOf("noodles")).Get("/campaigns/"+c.ID.String()).Refused(http.StatusNotFound, "not_found")
		r.As(testkit.OwnerOf("shoes")).Post(r.At("shoes", "/campaigns/"+c.ID.String()+"/submit"), nil).Refused(http.StatusConflict, "not_draft")
	})
}
