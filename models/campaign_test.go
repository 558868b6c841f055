package models

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

var (
	opens  = time.Date(2026, 10, 20, 1, 0, 0, 0, time.UTC)
	closes = time.Date(2026, 11, 15, 15, 59, 59, 0, time.UTC)
	while  = opens.Add(time.Hour)
)

func TestWhoMayClaimWhen(t *testing.T) {
	live := Campaign{State: CampaignLive, SignedAt: &opens, ClaimFrom: opens, ClaimUntil: closes, Remaining: 1, PerMember: 1}
	with := func(change func(*Campaign)) Campaign { c := live; change(&c); return c }
	in := func(s CampaignState) Campaign { return with(func(c *Campaign) { c.State = s }) }
	for _, c := range []struct {
		name     string
		campaign Campaign
		mine     int64
		at       time.Time
		want     Claimability
	}{
		{"in the window", live, 0, while, ""},
		{"at its first moment", live, 0, opens, ""},
		{"at its last moment", live, 0, closes, ""},
		{"a moment after", live, 0, closes.Add(1), ClaimTooLate},
		{"a moment before", live, 0, opens.Add(-1), ClaimTooEarly},
		{"scheduled", in(CampaignScheduled), 0, opens.Add(-1), ClaimTooEarly},
		{"due, though no node has noticed yet", in(CampaignScheduled), 0, opens, ""},
		{"paused", in(CampaignPaused), 0, while, ClaimNotLive},
		{"ended by hand", in(CampaignEnded), 0, while, ClaimNotLive},
		{"ended by the clock", in(CampaignEnded), 0, closes.Add(1), ClaimTooLate},
		{"a draft that was thrown away", Campaign{State: CampaignEnded, ClaimFrom: opens, ClaimUntil: closes}, 0, closes.Add(1), ClaimNotLive},
		{"waiting for a signature", in(CampaignSigning), 0, while, ClaimNotLive},
		{"none left", with(func(c *Campaign) { c.Remaining = 0 }), 0, while, ClaimSoldOut},
		{"has one already", live, 1, while, ClaimLimit},
		{"has one already, and none is left", with(func(c *Campaign) { c.Remaining = 0 }), 1, while, ClaimLimit},
		{"a second one where two are allowed", with(func(c *Campaign) { c.PerMember = 2 }), 1, while, ""},
	} {
		t.Run(c.name, func(t *testing.T) { assert.Equal(t, c.want, c.campaign.Claimable(c.mine, c.at)) })
	}
}

func TestWhatSigningLeadsTo(t *testing.T) {
	c := Campaign{ClaimFrom: opens, ClaimUntil: closes}
	assert.Equal(t, CampaignScheduled, c.StateAfterSigning(opens.Add(-1)))
	assert.Equal(t, CampaignLive, c.StateAfterSigning(opens))
	assert.Equal(t, CampaignLive, c.StateAfterSigning(closes))
	assert.Equal(t, CampaignEnded, c.StateAfterSigning(closes.Add(1)))
}

func TestTheClockMovesSignedCampaignsOnly(t *testing.T) {
	for _, c := range []struct {
		state             CampaignState
		before, in, after CampaignState
	}{
		{CampaignDraft, CampaignDraft, CampaignDraft, CampaignDraft},
		{CampaignSigning, CampaignSigning, CampaignSigning, CampaignSigning},
		{CampaignScheduled, CampaignScheduled, CampaignLive, CampaignEnded},
		{CampaignLive, CampaignScheduled, CampaignLive, CampaignEnded},
		{CampaignPaused, CampaignPaused, CampaignPaused, CampaignEnded},
		{CampaignEnded, CampaignEnded, CampaignEnded, CampaignEnded},
	} {
		campaign := Campaign{State: c.state, ClaimFrom: opens, ClaimUntil: closes}
		got := [3]CampaignState{campaign.StateAt(opens.Add(-1)), campaign.StateAt(while), campaign.StateAt(closes.Add(1))}
		assert.Equal(t, [3]CampaignState{c.before, c.in, c.after}, got, "%s", c.state)
	}
}

func TestTheIssuerCarriesWhatThePartnersLeave(t *testing.T) {
	c := Campaign{ID: NewID(), StoreID: NewID(), Version: 3, Stock: 200, Offer: Offer{Kind: CouponAmount, Off: 2000}}
	noodles, tea := NewID(), NewID()
	shares, ok := c.Shares([]Partner{{noodles, 3000}, {tea, 2000}})
	require.True(t, ok)
	require.Len(t, shares, 3)
	for i, want := range []CampaignShare{
		{StoreID: c.StoreID, ShareBPS: 5000, WorstCase: 200000}, {StoreID: noodles, ShareBPS: 3000, WorstCase: 120000}, {StoreID: tea, ShareBPS: 2000, WorstCase: 80000},
	} {
		want.CampaignID, want.Version, want.Position, want.Cap, want.State = c.ID, 3, int64(i), want.WorstCase, ShareWaiting
		assert.Equal(t, want, shares[i])
	}
	alone, ok := c.Shares(nil)
	require.True(t, ok)
	assert.Equal(t, int64(BasisPoints), alone[0].ShareBPS)
	for name, partners := range map[string][]Partner{
		"more than the whole": {{noodles, 6000}, {tea, 4001}}, "the issuer itself": {{c.StoreID, 100}},
		"one twice": {{tea, 100}, {tea, 100}}, "less than nothing": {{tea, -1}},
	} {
		_, ok := c.Shares(partners)
		assert.False(t, ok, name)
	}
	all, ok := c.Shares([]Partner{{noodles, 10000}, {tea, 0}})
	require.True(t, ok, "the partners may carry all, and one may carry nothing")
	assert.Zero(t, all[0].ShareBPS)
	assert.Zero(t, all[2].WorstCase)
}

func TestACapBelowTheWorstCaseGivesOutFewer(t *testing.T) {
	c := Campaign{StoreID: NewID(), Stock: 200, Offer: Offer{Kind: CouponAmount, Off: 2000}}
	shares, _ := c.Shares([]Partner{{NewID(), 3000}})
	assert.Equal(t, int64(200), c.Issuable(shares))
	shares[1].Cap = 60000
	assert.Equal(t, int64(100), c.Issuable(shares))
	shares[1].Cap = 60599
	assert.Equal(t, int64(100), c.Issuable(shares), "the next one might cost more than is left")
	shares[1].Cap = 0
	assert.Zero(t, c.Issuable(shares))
}

func TestWhateverIsRedeemedNoFunderPaysMoreThanTheirCap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := Campaign{StoreID: NewID(), Stock: rapid.Int64Range(1, 40).Draw(t, "stock"), Offer: anyOffer(t)}
		bps := sharesOf(t)
		var partners []Partner
		for _, b := range bps[:len(bps)-1] {
			partners = append(partners, Partner{NewID(), b})
		}
		shares, ok := c.Shares(partners)
		require.True(t, ok)
		for i := range shares {
			shares[i].Cap = rapid.Int64Range(0, shares[i].WorstCase).Draw(t, "cap")
		}
		paid := make([]int64, len(shares))
		for range c.Issuable(shares) {
			price, _ := c.PriceFor(Basket{Bill: rapid.Int64Range(0, 1<<41).Draw(t, "bill")})
			for i, part := range SplitCost(price.Cost, shares) {
				paid[i] += part
			}
		}
		for i, s := range shares {
			assert.LessOrEqual(t, paid[i], s.Cap)
		}
	})
}

func TestAllMustSign(t *testing.T) {
	signed, waiting := CampaignShare{State: ShareSigned}, CampaignShare{State: ShareWaiting}
	assert.True(t, AllSigned([]CampaignShare{signed, signed}))
	assert.False(t, AllSigned([]CampaignShare{signed, waiting}))
	assert.False(t, AllSigned([]CampaignShare{signed, {State: ShareDeclined}}))
}
