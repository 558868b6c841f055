package handout_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/coupon"
	"onestreet/server/handout"
	"onestreet/server/platform/web"
	"onestreet/server/testkit"
)

var forFriends = body{"transferable": true}

func TestOneGiftIsTakenOnce(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(models.GivenPublic, forFriends)
		mine := r.Claimed(testkit.Shopper, c)
		_, code := r.gift(testkit.Shopper, mine.ID)
		other, people := r.SecondNode(), r.Join(120, "tea")
		errs := testkit.Crowd(240, func(i int) error {
			node := []*handout.Service{r.Handout, other.Handout}[i%2]
			_, err := node.ClaimLink(r.Ctx(), r.alliance(), people[i/2].Member.ID, code)
			return err
		})
		ok, refused := testkit.Counted(t, errs, handout.ErrGiftTaken, coupon.ErrClaimLimit)
		assert.GreaterOrEqual(t, ok, 1)
		assert.LessOrEqual(t, ok, 2, "the taker may have asked on both nodes, and got the same coupon again")
		assert.Equal(t, 240-ok, refused["gift_taken"]+refused["claim_limit"], "%v", refused)
		rows := r.Coupons(c.ID)
		require.Len(t, rows, 2, "the giver's, given away, and the friend's")
		assert.Equal(t, models.CouponGiven, rows[0].State)
		assert.Equal(t, models.CouponUsable, rows[1].State)
		assert.Equal(t, rows[0].ValidUntil, rows[1].ValidUntil, "it ends when it would have")
		assert.Equal(t, int64(1), r.campaign(c).Claimed)
	})
}

func TestAVisitorBecomesAMemberThroughTheGiversStore(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(models.GivenPublic, forFriends)
		mine := r.Claimed(testkit.OtherShopper, c) // came in through the tea house
		_, code := r.gift(testkit.OtherShopper, mine.ID)
		var opened handout.CouponLink
		r.As(testkit.Visitor).Get("/coupon-links/" + code).Must(http.StatusOK).Into(&opened)
		assert.Equal(t, handout.LinkOfFriend, opened.Kind)
		assert.Equal(t, "王秀兰", opened.Giver.Name)
		assert.True(t, opened.Open.OK)

		friend, m := r.joined(opened.Join)
		assert.Equal(t, r.StoreID("tea"), m.OriginStoreID)
		assert.Equal(t, r.Member(testkit.OtherShopper).ID, m.InviterID)
		var got coupon.CouponView
		friend.Post("/coupon-links/"+code+"/claims", nil).Must(http.StatusCreated).Into(&got)
		assert.NotEqual(t, mine.Code, got.Code)
		credit := func() (row models.Referral) {
			require.NoError(t, r.DB.Read(r.Ctx()).Where("member_id = ?", m.ID).Take(&row).Error)
			return row
		}
		seed := credit()
		assert.Equal(t, []any{r.StoreID("tea"), r.Member(testkit.OtherShopper).ID, models.ReferralPending}, []any{seed.StoreID, seed.InviterID, seed.State})
		r.As(testkit.ClerkOf("shoes")).Post(r.At("shoes", "/redemptions"), body{"code": got.Code, "bill": testkit.Yuan(6800)}).Must(http.StatusCreated)
		r.Drain()
		assert.Equal(t, models.ReferralPosted, credit().State, "the gift that is used earns the giver's store its credit")
		var again coupon.CouponView
		friend.Post("/coupon-links/"+code+"/claims", nil).Must(http.StatusCreated).Into(&again)
		assert.Equal(t, got.ID, again.ID, "once more is the same coupon")

		var gifts web.Page[handout.GiftView]
		r.As(testkit.OtherShopper).Get("/me/gifts").Must(http.StatusOK).Into(&gifts)
		require.Len(t, gifts.Items, 1)
		assert.Equal(t, "新街坊", gifts.Items[0].Taker.Name)
		assert.True(t, gifts.Items[0].Brought)
		var h handout.Handing
		r.As(testkit.ClerkOf("shoes")).Get(r.of(c, "/handing")).Must(http.StatusOK).Into(&h)
		assert.Equal(t, int64(1), h.Brought)
		var wallet coupon.Wallet
		r.As(testkit.OtherShopper).Get("/me/coupons?state=given").Must(http.StatusOK).Into(&wallet)
		assert.Equal(t, coupon.WalletCounts{Given: 1}, wallet.Counts)
		assert.Equal(t, models.CouponGiven, wallet.Items[0].State)
	})
}

func TestTheOldCodeIsWorthNothingOnceAFriendHasIt(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		mine := r.Claimed(testkit.Shopper, r.live(models.GivenPublic, forFriends))
		_, code := r.gift(testkit.Shopper, mine.ID)
		r.As(testkit.OtherShopper).Post("/coupon-links/"+code+"/claims", nil).Must(http.StatusCreated)
		r.As(testkit.ClerkOf("shoes")).Post(r.At("shoes", "/redemptions"), body{"code": mine.Code, "bill": testkit.Yuan(6800)}).Refused(http.StatusGone, "coupon_given_away")
	})
}

func TestAGiftIsTheGiversUntilItIsTaken(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(models.GivenPublic, body{"transferable": true, "per_member": 4})
		claims := func(who testkit.Persona, code string) *testkit.Response {
			return r.As(who).Post("/coupon-links/"+code+"/claims", nil)
		}
		back := r.Claimed(testkit.Shopper, c)
		g, code := r.gift(testkit.Shopper, back.ID)
		again, _ := r.gift(testkit.Shopper, back.ID)
		assert.Equal(t, g.ID, again.ID, "one gift of a coupon at a time")
		claims(testkit.Shopper, code).Refused(http.StatusConflict, "own_gift")
		r.As(testkit.OtherShopper).Post("/me/gifts/"+g.ID.String()+"/take-back", nil).Refused(http.StatusNotFound, "not_found")
		r.As(testkit.Shopper).Post("/me/gifts/"+g.ID.String()+"/take-back", nil).Must(http.StatusOK)
		claims(testkit.OtherShopper, code).Refused(http.StatusGone, "gift_taken_back")

		shut := r.Claimed(testkit.Shopper, c)
		_, code = r.gift(testkit.Shopper, shut.ID)
		refusal := "/coupon-links/" + code + "/refusal"
		r.As(testkit.Shopper).Post(refusal, nil).Refused(http.StatusConflict, "own_gift")
		r.As(testkit.OtherShopper).Post(refusal, nil).Must(http.StatusOK)
		r.As(testkit.OtherShopper).With("Idempotency-Key", "again").Post(refusal, nil).Refused(http.StatusGone, "gift_refused")
		claims(testkit.ThirdShopper, code).Refused(http.StatusGone, "gift_refused")
		_, code = r.gift(testkit.Shopper, shut.ID)
		var got coupon.CouponView
		claims(testkit.OtherShopper, code).Must(http.StatusCreated).Into(&got)
		assert.False(t, got.Giveable, "a friend's gift goes no further")
		r.Drain()
		var letters web.Page[struct{ Kind models.NoticeKind }]
		r.As(testkit.Shopper).Get("/me/inbox").Must(http.StatusOK).Into(&letters)
		require.GreaterOrEqual(t, len(letters.Items), 2)
		assert.Equal(t, models.NoticeGiftTaken, letters.Items[0].Kind)
		assert.Equal(t, models.NoticeGiftRefused, letters.Items[1].Kind)

		used := r.Claimed(testkit.Shopper, c)
		assert.True(t, used.Giveable)
		_, code = r.gift(testkit.Shopper, used.ID)
		r.redeemed(testkit.Shopper, used, 6800)
		claims(testkit.OtherShopper, code).Refused(http.StatusGone, "gift_used")
		var opened handout.CouponLink
		r.As(testkit.Visitor).Get("/coupon-links/" + code).Must(http.StatusOK).Into(&opened)
		assert.Equal(t, coupon.Verdict{Why: "这张券已经用掉了"}, opened.Open, "when and where is the giver's own business")

		late := r.Claimed(testkit.Shopper, c)
		_, code = r.gift(testkit.Shopper, late.ID)
		r.Time.Advance(31 * 24 * time.Hour)
		claims(testkit.OtherShopper, code).Refused(http.StatusGone, "coupon_expired")
	})
}

func TestWhatMayNotBeGivenAway(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		give := func(who testkit.Persona, c models.ID) *testkit.Response {
			return r.As(who).Post("/me/coupons/"+c.String()+"/gift", nil)
		}
		give(testkit.Shopper, r.Claimed(testkit.Shopper, r.live(models.GivenPublic, nil)).ID).Refused(http.StatusConflict, "not_transferable")
		c := r.live(models.GivenPublic, forFriends)
		mine := r.Claimed(testkit.Shopper, c)
		give(testkit.OtherShopper, mine.ID).Refused(http.StatusNotFound, "not_found")
		_, code := r.gift(testkit.Shopper, mine.ID)
		var got coupon.CouponView
		r.As(testkit.OtherShopper).Post("/coupon-links/"+code+"/claims", nil).Must(http.StatusCreated).Into(&got)
		give(testkit.OtherShopper, got.ID).Refused(http.StatusConflict, "gift_twice")
		give(testkit.Shopper, mine.ID).Refused(http.StatusGone, "coupon_given_away")

		third := r.Claimed(testkit.ThirdShopper, c)
		_, code = r.gift(testkit.ThirdShopper, third.ID)
		r.As(testkit.OtherShopper).Post("/coupon-links/"+code+"/claims", nil).Refused(http.StatusConflict, "claim_limit")
		r.As(testkit.Shopper).Post("/campaigns/"+c.ID.String()+"/claims", nil).Refused(http.StatusConflict, "claim_limit")
	})
}

func TestACouponThatWentToAFriendIsCountedOnceInTheResults(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(models.GivenPublic, forFriends)
		_, code := r.gift(testkit.Shopper, r.Claimed(testkit.Shopper, c).ID)
		r.As(testkit.OtherShopper).Post("/coupon-links/"+code+"/claims", nil).Must(http.StatusCreated)
		results, err := r.Coupon.Results(r.Ctx(), r.alliance(), r.StoreID("shoes"), c.ID)
		require.NoError(t, err)
		onDays := int64(0)
		for _, day := range results.Days {
			onDays += day.Claimed
		}
		assert.Equal(t, []int64{1, 1}, []int64{results.Claimed, onDays}, "%v", results.Days)
	})
}

// Two of two are out, one of them at its second owner: other terms for the same two find nothing left.
func TestACouponThatWentToAFriendIsCountedOnceUnderOtherTerms(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(models.GivenPublic, body{"transferable": true, "stock": 2})
		_, code := r.gift(testkit.Shopper, r.Claimed(testkit.Shopper, c).ID)
		r.As(testkit.OtherShopper).Post("/coupon-links/"+code+"/claims", nil).Must(http.StatusCreated)
		r.Claimed(testkit.ThirdShopper, c)
		r.As(testkit.ManagerOf("shoes")).With("If-Match", web.ETag(c.Version)).Patch(r.of(c, ""), body{"title": "换个名字"}).Must(http.StatusOK)
		r.As(testkit.OwnerOf("shoes")).Post(r.of(c, "/submit"), nil).Must(http.StatusOK)
		assert.Equal(t, []any{"换个名字", int64(0), int64(2)}, []any{r.campaign(c).Title, r.campaign(c).Remaining, r.campaign(c).Claimed})
	})
}

// A family's number holds whoever hands what to whom; once the terms ask for no such number, it is in nobody's way.
func TestAHouseholdsNumberFollowsAGift(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		family := []models.ID{r.Member(testkit.Shopper).ID, r.Member(testkit.ThirdShopper).ID}
		require.NoError(t, r.DB.Tx(r.Ctx(), func(tx *gorm.DB) error {
			return tx.Model(&models.Member{}).Where("id IN ?", family).Update("device_id", models.NewID()).Error
		}))
		c := r.live(models.GivenPublic, body{"transferable": true, "per_member": 2, "per_household": 1})
		mine, theirs := r.Claimed(testkit.Shopper, c), r.Claimed(testkit.OtherShopper, c)
		_, code := r.gift(testkit.Shopper, mine.ID)
		r.As(testkit.OtherShopper).Post("/coupon-links/"+code+"/claims", nil).Refused(http.StatusConflict, "household_limit")
		r.As(testkit.ThirdShopper).Post("/coupon-links/"+code+"/claims", nil).Must(http.StatusCreated)
		r.As(testkit.Shopper).Post("/campaigns/"+c.ID.String()+"/claims", nil).Refused(http.StatusConflict, "household_limit")

		r.As(testkit.ManagerOf("shoes")).With("If-Match", web.ETag(c.Version)).Patch(r.of(c, ""), body{"per_household": 0}).Must(http.StatusOK)
		r.As(testkit.OwnerOf("shoes")).Post(r.of(c, "/submit"), nil).Must(http.StatusOK)
		_, code = r.gift(testkit.OtherShopper, theirs.ID)
		r.As(testkit.Shopper).Post("/coupon-links/"+code+"/claims", nil).Must(http.StatusCreated)
		r.BooksHold("coupon.counts")
	})
}

func TestTakingUsingAndTakingBackAtOnceHaveOneOutcome(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(models.GivenPublic, body{"transferable": true, "per_member": 20})
		for range 10 {
			mine := r.Claimed(testkit.Shopper, c)
			g, code := r.gift(testkit.Shopper, mine.ID)
			friend := r.Join(1, "tea")[0].Member
			at := coupon.AtBill{Staff: coupon.Staff{Alliance: r.alliance(), Store: r.StoreID("shoes")}, Member: r.Member(testkit.Shopper).ID, Coupons: []models.ID{mine.ID}, Basket: models.Basket{Bill: 6800}}
			errs := testkit.Crowd(3, func(i int) (err error) {
				switch i {
				case 0:
					_, err = r.Handout.ClaimLink(r.Ctx(), r.alliance(), friend.ID, code)
				case 1:
					_, err = r.Handout.TakeBack(r.Ctx(), r.alliance(), r.Member(testkit.Shopper).ID, g.ID)
				case 2:
					_, err = r.Coupon.Redeem(r.Ctx(), at)
				}
				return err
			})
			testkit.Counted(t, errs, handout.ErrGiftTaken, handout.ErrGiftBack, handout.ErrGiftUsed, coupon.ErrGivenAway, coupon.ErrCouponUsed)
			taken, used := errs[0] == nil, errs[2] == nil
			assert.False(t, taken && used, "a friend has it, or the giver used it")
			if taken {
				assert.Error(t, errs[1], "what a friend has cannot be taken back")
			}
		}
	})
}
