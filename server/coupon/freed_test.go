package coupon_test

import (
	"errors"
	"fmt"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/coupon"
	"onestreet/server/platform/db"
	"onestreet/server/testkit"
)

// covered is a campaign whose money is set aside at the claim: a hundred pieces, and money for so many of them.
func (r rig) covered(n int64, changes body) coupon.CampaignView {
	r.t.Helper()
	return r.live(testkit.With(testkit.With(r.tenOff(), body{"budget": testkit.Yuan(n * 1000)}), changes))
}

func (r rig) void(c models.ID) error {
	_, err := r.Coupon.Void(r.Ctx(), r.staffOf("shoes"), c, "发错了")
	return err
}

func TestTheMoneyOfAVoidCouponCoversAnother(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.covered(2, nil)
		mine, hers := r.Claimed(testkit.Shopper, c), r.Claimed(testkit.OtherShopper, c)
		claim := "/campaigns/" + c.ID.String() + "/claims"
		r.As(testkit.ThirdShopper).Post(claim, nil).Refused(http.StatusConflict, "sold_out")
		require.NoError(t, r.void(mine.ID))
		assert.Equal(t, int64(1), r.campaign(c.ID, testkit.ThirdShopper).Remaining)
		r.As(testkit.Shopper).Post(claim, nil).Refused(http.StatusConflict, "claim_limit")
		third := r.Claimed(testkit.ThirdShopper, c)
		r.redeemed("noodles", testkit.OtherShopper, hers, 6800)
		require.ErrorIs(t, r.void(hers.ID), coupon.ErrNotUsable)
		r.redeemed("tea", testkit.ThirdShopper, third, 6800)
		assert.Equal(t, int64(2000), r.fund(c.ID, c.ID).Spent, "all of it, and no more")
		assert.Zero(t, r.campaign(c.ID, testkit.Shopper).Remaining)

		r.newcomer("shoes")
		c = r.covered(1, body{"title": "一张"})
		r.Claimed(newcomer, c)
		r.As(newcomer).Post("/me/leave", body{"confirm": "leave"}).Must(http.StatusNoContent)
		r.Claimed(testkit.Shopper, c)

		full := r.live(r.alone(body{"stock": 1}))
		require.NoError(t, r.void(r.Claimed(testkit.Shopper, full).ID))
		assert.Zero(t, r.campaign(full.ID, testkit.Shopper).Remaining, "a piece of the stock stays taken")
	})
}

// A card that was used once is made void: what its use cost is spent, and may come back; nothing of it is given out again.
func TestOfACardThatWasBegunNothingIsFreed(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(r.alone(body{"kind": "punch_card", "times": 3, "min_spend": testkit.Yuan(0), "budget": testkit.Yuan(3000)}))
		card := r.Claimed(testkit.Shopper, c)
		done := r.redeemed("shoes", testkit.Shopper, card, 1500)
		require.NoError(t, r.void(card.ID))
		r.takeBack("shoes", done.ID).Must(http.StatusOK)
		assert.Zero(t, r.campaign(c.ID, testkit.Shopper).Remaining)
		assert.Equal(t, models.CouponVoid, r.receiptState(card))
	})
}

// gate is what claims race with: while it is shut nobody may get a coupon. Each change of it is one more.
type gate struct{ changes atomic.Int64 }

// shut tells whether it was shut all the time between two looks.
func shut(before, after int64) bool { return before == after && before%2 == 1 }

// rushed lets people claim on both nodes while others do something to the campaign; every fifth of those who got one has it
// made void at once, where there are others.
func (r rig) rushed(c coupon.CampaignView, people []testkit.Person, g *gate, meanwhile ...func() error) {
	r.t.Helper()
	nodes := []*coupon.Service{r.Coupon, r.Coupon}
	if r.DB.Dialect == db.MySQL {
		nodes[1] = r.SecondNode().Coupon
	}
	errs := testkit.Crowd(len(people)+len(meanwhile), func(i int) error {
		if i >= len(people) {
			return meanwhile[i-len(people)]()
		}
		before := g.changes.Load()
		got, err := nodes[i%2].Claim(r.Ctx(), r.Street.Alliance.ID, c.ID, people[i].Member.ID)
		if err == nil && shut(before, g.changes.Load()) {
			return fmt.Errorf("%s was given out while nothing was", got.ID)
		}
		if err == nil && i%5 == 0 && len(meanwhile) > 0 {
			return r.void(got.ID)
		}
		return err
	})
	testkit.Counted(r.t, errs, coupon.ErrSoldOut, coupon.ErrClaimLimit, coupon.ErrNotLive, coupon.ErrTooLate)
}

// bound is for how many coupons of a campaign money is bound: those that are not void.
func (r rig) bound(c coupon.CampaignView) (n int) {
	for _, row := range r.Coupons(c.ID) {
		if row.State != models.CouponVoid {
			n++
		}
	}
	return n
}

// Two hundred claims beside voids, pauses, a new version and the end. While the campaign was paused or over nobody got a
// coupon; what was made void covers others, to the last one, under the old terms and the new; and every coupon redeems.
func TestClaimsBesideEverythingThatStopsThem(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.covered(30, body{"stock": 200})
		people, g, by := r.Join(120, "books"), &gate{}, r.staffOf("shoes")
		turn := func() error {
			for range 3 {
				_, err := r.Coupon.Pause(r.Ctx(), by, c.ID)
				g.changes.Add(1)
				if err == nil {
					g.changes.Add(1)
					_, err = r.Coupon.Resume(r.Ctx(), by, c.ID)
				}
				if err != nil {
					return err
				}
			}
			return nil
		}
		r.rushed(c, people[:60], g, turn)
		r.rushed(c, people[60:90], g) // whoever comes then finds the money that voids have freed
		require.Equal(t, 30, r.bound(c))

		next := r.proposes(c, body{"budget": testkit.Yuan(36_000)})
		next = r.signedAnew("noodles", next)
		r.rushed(c, people[90:105], g, func() error {
			_, err := r.Coupon.Sign(r.Ctx(), r.staffOf("tea"), c.ID, coupon.Signature{Version: next.Proposed, ShareBPS: 1500})
			return err
		}, func() error { return r.void(r.usable(c)) })
		r.rushed(c, people[105:], g)
		require.Equal(t, 36, r.bound(c))

		require.NoError(t, r.void(r.usable(c)))
		require.NoError(t, r.void(r.usable(c)))
		r.rushed(c, r.Join(40, "books"), g, func() error {
			_, err := r.Coupon.End(r.Ctx(), by, c.ID)
			g.changes.Add(1)
			return err
		}, func() error { return r.void(r.usable(c)) })
		_, err := r.Coupon.Claim(r.Ctx(), r.Street.Alliance.ID, c.ID, r.Member(testkit.Shopper).ID)
		require.ErrorIs(t, err, coupon.ErrNotLive)
		require.LessOrEqual(t, r.bound(c), 36)
		r.allRedeem(c)
	})
}

// signedAnew lets a store sign what is proposed for a running campaign.
func (r rig) signedAnew(slug string, c coupon.CampaignView) coupon.CampaignView {
	r.t.Helper()
	_, err := r.Coupon.Sign(r.Ctx(), r.staffOf(slug), c.ID, coupon.Signature{Version: c.Proposed, ShareBPS: 1500})
	require.NoError(r.t, err)
	return r.campaign(c.ID, testkit.ManagerOf("shoes"))
}

// usable is a coupon of a campaign that can be made void.
func (r rig) usable(c coupon.CampaignView) models.ID {
	for _, row := range r.Coupons(c.ID) {
		if row.State == models.CouponUsable {
			return row.ID
		}
	}
	return models.ID{}
}

// allRedeem uses every coupon that is usable: what was set aside for it is there.
func (r rig) allRedeem(c coupon.CampaignView) {
	r.t.Helper()
	var usable []models.Coupon
	for _, row := range r.Coupons(c.ID) {
		if row.State == models.CouponUsable {
			usable = append(usable, row)
		}
	}
	require.NoError(r.t, errors.Join(testkit.Crowd(len(usable), func(i int) error {
		_, err := r.Coupon.Redeem(r.Ctx(), coupon.AtBill{
			Staff: r.staffOf([]string{"shoes", "noodles"}[i%2]), Member: usable[i].MemberID, Coupons: []models.ID{usable[i].ID}, Basket: models.Basket{Bill: 6800},
		})
		return err
	})...))
	assert.Equal(r.t, int64(len(usable)*1000), r.fund(c.ID, c.ID).Spent)
}

// At the moment at which a partner has left, claims and both nodes' clocks come at once: no coupon is given out any more at
// that store's cost, the issuer carries those that follow, and all together stay within the budget.
func TestClaimsWhileAPartnerLeaves(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.covered(40, body{"issuer_covers": true, "claim_until": testkit.Noon.AddDate(0, 0, 40), "valid_days": 90})
		people, g := r.Join(60, "books"), &gate{}
		r.rushed(c, people[:10], g)
		notice, err := r.Coupon.GiveNotice(r.Ctx(), r.staffOf("tea"), c.ID, 0)
		require.NoError(t, err)
		r.Time.Set(notice.LeavesAt.Add(time.Second))
		advance := func() error { return r.Coupon.Advance(r.Ctx()) }
		r.rushed(c, people[10:40], g, advance, advance)
		r.rushed(c, people[40:], g)
		for _, row := range r.Coupons(c.ID) {
			assert.Equal(t, row.ClaimedAt.Before(notice.LeavesAt), row.Version == 1, "under the terms of its time")
		}
		assert.LessOrEqual(t, r.bound(c), 40)
		r.allRedeem(c)
	})
}
