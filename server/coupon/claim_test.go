package coupon_test

import (
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/coupon"
	"onestreet/server/testkit"
)

func TestTwoHundredClaimFiftyCoupons(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(testkit.With(r.tenOff(), body{"stock": 50}))
		people := r.Join(200, "shoes")
		errs := testkit.Crowd(200, func(i int) error {
			_, err := r.Coupon.Claim(r.Ctx(), r.Street.Alliance.ID, c.ID, people[i].Member.ID)
			return err
		})
		ok, refused := testkit.Counted(t, errs, coupon.ErrSoldOut)
		assert.Equal(t, 50, ok, "exactly the stock")
		assert.Equal(t, 150, refused["sold_out"], "everyone gets an answer")
		rows := r.Coupons(c.ID)
		assert.Len(t, rows, 50)
		holders, codes := map[models.ID]bool{}, map[string]bool{}
		for _, row := range rows {
			holders[row.MemberID], codes[row.Code] = true, true
		}
		assert.Len(t, holders, 50, "nobody has two")
		assert.Len(t, codes, 50, "no two codes are the same")
		r.As(testkit.Visitor).Get("/campaigns/" + c.ID.String()).Must(http.StatusOK).Into(&c)
		assert.Zero(t, c.Remaining)
		assert.Equal(t, int64(50), c.Claimed)
		for i, err := range errs {
			assert.Equal(t, err == nil, holders[people[i].Member.ID], "whoever was told yes has one")
		}
	})
}

func TestOneMemberOnManyPhonesGetsTheirLimit(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(testkit.With(r.tenOff(), body{"per_member": 2}))
		errs := testkit.Crowd(30, func(int) error {
			_, err := r.Coupon.Claim(r.Ctx(), r.Street.Alliance.ID, c.ID, r.Member(testkit.Shopper).ID)
			return err
		})
		ok, refused := testkit.Counted(t, errs, coupon.ErrClaimLimit)
		assert.Equal(t, 2, ok)
		assert.Equal(t, 28, refused["claim_limit"])
		assert.Len(t, r.Coupons(c.ID), 2)
	})
}

// Two processes have a batcher each; only the database stands between them.
func TestTwoNodesShareOneStock(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(testkit.With(r.tenOff(), body{"stock": 20}))
		other := r.SecondNode()
		people := r.Join(60, "tea")
		errs := testkit.Crowd(120, func(i int) error { // everyone tries on both
			node := []*coupon.Service{r.Coupon, other.Coupon}[i%2]
			_, err := node.Claim(r.Ctx(), r.Street.Alliance.ID, c.ID, people[i/2].Member.ID)
			return err
		})
		ok, _ := testkit.Counted(t, errs, coupon.ErrSoldOut, coupon.ErrClaimLimit)
		assert.Equal(t, 20, ok)
		assert.Len(t, r.Coupons(c.ID), 20)
	})
}

func TestAClaimTellsTheStreetAndTheWallet(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(r.alone(nil))
		mine := r.Claimed(testkit.Shopper, c)
		assert.Equal(t, models.CouponUsable, mine.State)
		assert.Equal(t, r.local("2026-11-16 23:59").Add(59*time.Second).UTC(), mine.ValidUntil, "thirty days, to the end of the day")
		assert.Equal(t, 1, r.events(models.EventCouponClaimed, mine.ID))
		assert.GreaterOrEqual(t, r.events(models.EventCampaignChanged, c.ID), 2, "gone live, and one taken")
		var seen coupon.CampaignView
		r.As(testkit.Shopper).Get("/campaigns/" + c.ID.String()).Must(http.StatusOK).Into(&seen)
		assert.Equal(t, int64(1), *seen.Mine)
		assert.Equal(t, int64(99), seen.Remaining)
		assert.False(t, seen.Claimable.OK)
		assert.Equal(t, "您领过了，每人最多 1 张", seen.Claimable.Why)
	})
}

func TestAtEightSharpTheClockCountsNotTheJob(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		eight := r.local("2026-10-17 20:00")
		c := r.live(r.alone(body{"claim_from": eight, "claim_until": eight.Add(time.Hour)}))
		r.Time.Set(eight)
		r.Claimed(testkit.Shopper, c)
		require.NoError(t, r.Coupon.Advance(r.Ctx()))
		assert.Equal(t, 1, r.events(models.EventCampaignStarted, c.ID))
		r.Time.Set(eight.Add(time.Hour + time.Second))
		r.As(testkit.OtherShopper).Post("/campaigns/"+c.ID.String()+"/claims", nil).Refused(http.StatusGone, "too_late")
	})
}

func TestTheSameKeyClaimsOnce(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(r.alone(body{"per_member": 5}))
		client := r.As(testkit.Shopper).With("Idempotency-Key", "claim-1")
		first := client.Post("/campaigns/"+c.ID.String()+"/claims", nil).Must(http.StatusCreated)
		again := client.Post("/campaigns/"+c.ID.String()+"/claims", nil).Must(http.StatusCreated)
		assert.Equal(t, string(first.Body), string(again.Body))
		assert.Equal(t, "true", again.Header.Get("Idempotency-Replayed"))
		assert.Len(t, r.Coupons(c.ID), 1)
	})
}

// The key is on record with the coupon, so a phone that asks again under it, however often and on whatever node, is told
// of the one it has.
func TestOneKeyOnManyTriesIsOneCoupon(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(r.alone(body{"per_member": 50}))
		path := "/campaigns/" + c.ID.String() + "/claims"
		r.As(testkit.Shopper) // the session is opened once
		var lock sync.Mutex
		ids, first := map[models.ID]bool{}, 0
		testkit.Crowd(40, func(int) error {
			answer := r.As(testkit.Shopper).With("Idempotency-Key", "again").Post(path, nil).Must(http.StatusCreated)
			var v coupon.CouponView
			answer.Into(&v)
			lock.Lock()
			defer lock.Unlock()
			if ids[v.ID] = true; answer.Header.Get("Idempotency-Replayed") == "" {
				first++
			}
			return nil
		})
		assert.Len(t, ids, 1)
		assert.Equal(t, 1, first, "one answer is the first")
		assert.Len(t, r.Coupons(c.ID), 1)
	})
}

func TestAKeyIsForOneCampaign(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		one, other := r.live(r.alone(nil)), r.live(r.alone(nil))
		client := r.As(testkit.Shopper).With("Idempotency-Key", "k")
		client.Post("/campaigns/"+one.ID.String()+"/claims", nil).Must(http.StatusCreated)
		client.Post("/campaigns/"+other.ID.String()+"/claims", nil).Refused(http.StatusUnprocessableEntity, "idempotency_key_reused")
		r.As(testkit.OtherShopper).With("Idempotency-Key", "k").Post("/campaigns/"+other.ID.String()+"/claims", nil).Must(http.StatusCreated)
		r.As(testkit.ThirdShopper).With("Idempotency-Key", "a b").Post("/campaigns/"+other.ID.String()+"/claims", nil).Refused(http.StatusUnprocessableEntity, "idempotency_key")
	})
}

func TestARefusalIsJudgedAgain(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		eight := r.local("2026-10-17 20:00")
		c := r.live(r.alone(body{"claim_from": eight, "claim_until": eight.Add(time.Hour)}))
		path := "/campaigns/" + c.ID.String() + "/claims"
		r.As(testkit.Shopper).With("Idempotency-Key", "early").Post(path, nil).Refused(http.StatusConflict, "too_early")
		r.Time.Set(eight)
		r.As(testkit.Shopper).With("Idempotency-Key", "early").Post(path, nil).Must(http.StatusCreated)
	})
}

func TestASuspendedStoreGivesOutNothing(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(r.tenOff())
		r.suspend("shoes", models.StoreSuspended)
		r.As(testkit.Shopper).Post("/campaigns/"+c.ID.String()+"/claims", nil).Refused(http.StatusConflict, "not_live")
		r.suspend("shoes", models.StoreActive)
		mine := r.Claimed(testkit.Shopper, c)
		r.suspend("shoes", models.StoreSuspended)
		r.As(testkit.ClerkOf("shoes")).Post(r.At("shoes", "/redemptions"), r.bill(testkit.Shopper, mine, 6800)).Refused(http.StatusConflict, "store_suspended")
		r.As(testkit.ClerkOf("shoes")).Post(r.At("shoes", "/lookups"), body{"code": r.CodeOf(r.Member(testkit.Shopper))}).Refused(http.StatusConflict, "store_suspended")
		r.As(testkit.ManagerOf("shoes")).Post(r.At("shoes", "/campaigns"), r.alone(nil)).Refused(http.StatusConflict, "store_suspended")
		r.redeemed("noodles", testkit.Shopper, mine, 6800)
	})
}

func (r rig) suspend(slug string, status models.StoreStatus) {
	r.t.Helper()
	verb := map[models.StoreStatus]string{models.StoreSuspended: "suspend", models.StoreActive: "admit"}[status]
	r.As(testkit.Coordinator).Post("/alliance/stores/"+r.StoreID(slug).String()+"/"+verb, body{"reason": "检查"}).Must(http.StatusOK)
}
