package coupon_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/coupon"
	"onestreet/server/testkit"
)

// claims lets many members claim at once.
func (r rig) claims(c coupon.CampaignView, people []testkit.Person) []error {
	return testkit.Crowd(len(people), func(i int) error {
		_, err := r.Coupon.Claim(r.Ctx(), r.Street.Alliance.ID, c.ID, people[i].Member.ID)
		return err
	})
}

// tills lets the coupons of members be redeemed at once, each against a bill of so many fen in one of the stores.
func (r rig) tills(campaign models.ID, fen int64, slugs ...string) []error {
	coupons := r.Coupons(campaign)
	return testkit.Crowd(len(coupons), func(i int) error {
		at := coupon.AtBill{Staff: r.staffOf(slugs[i%len(slugs)]), Member: coupons[i].MemberID, Coupons: []models.ID{coupons[i].ID}, Basket: models.Basket{Bill: fen}}
		_, err := r.Coupon.Redeem(r.Ctx(), at)
		return err
	})
}

func (r rig) staffOf(slug string) coupon.Staff {
	return coupon.Staff{Alliance: r.Street.Alliance.ID, Store: r.StoreID(slug), Account: r.Street.People[testkit.ClerkOf(slug)].Account.ID}
}

// fund is what an owner may pay for a campaign and has paid.
func (r rig) fund(campaign, owner models.ID) models.CampaignFund {
	r.t.Helper()
	var f models.CampaignFund
	require.NoError(r.t, r.DB.Read(r.Ctx()).Where("campaign_id = ? AND owner_id = ?", campaign, owner).Take(&f).Error)
	return f
}

func TestTwoHundredWantTodaysThirty(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(r.alone(body{"stock": 500, "per_day": 30}))
		people := r.Join(200, "shoes")
		ok, refused := testkit.Counted(t, r.claims(c, people), coupon.ErrDayFull)
		assert.Equal(t, 30, ok)
		assert.Equal(t, 170, refused["day_full"])
		r.booksHold()
		r.As(testkit.Shopper).Get("/campaigns/" + c.ID.String()).Must(http.StatusOK).Into(&c)
		assert.Equal(t, "今天的发完了，明天再来", c.Claimable.Why)

		r.Time.Set(r.local("2026-10-18 00:00"))
		r.Claimed(testkit.Shopper, c)
	})
}

func TestAHouseholdOnTwentyPhonesGetsItsLimit(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(r.alone(body{"stock": 500, "per_household": 3, "per_member": 2}))
		people, device := r.Join(120, "shoes"), models.NewID()
		ids := make([]models.ID, 60)
		for i := range ids {
			ids[i] = people[i].Member.ID
		}
		require.NoError(t, r.DB.Tx(r.Ctx(), func(tx *gorm.DB) error {
			return tx.Model(&models.Member{}).Where("id IN ?", ids).Update("device_id", device).Error
		}))
		ok, refused := testkit.Counted(t, r.claims(c, people), coupon.ErrHousehold)
		assert.Equal(t, 63, ok, "the family's three, and sixty who are a household of one each")
		assert.Equal(t, 57, refused["household_limit"])
		r.As(testkit.Shopper).Get("/campaigns/" + c.ID.String()).Must(http.StatusOK).Into(&c)
		assert.True(t, c.Claimable.OK)
	})
}

func TestAStoreTakesNoMoreThanItMay(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(testkit.With(r.tenOff(), body{"stock": 60, "per_store": 20, "per_store_day": 8}))
		testkit.Counted(t, r.claims(c, r.Join(60, "shoes")))
		ok, refused := testkit.Counted(t, r.tills(c.ID, 6800, "noodles", "tea"), coupon.ErrStoreLimit)
		assert.Equal(t, 16, ok, "eight each today")
		assert.Equal(t, 44, refused["store_limit"])
		r.booksHold()

		for range 3 { // two more days of eight come to more than twenty
			r.Time.Advance(24 * time.Hour)
			r.tills(c.ID, 6800, "noodles")
		}
		var n int64
		require.NoError(t, r.DB.Read(r.Ctx()).Model(&models.Redemption{}).Where("campaign_id = ? AND store_id = ?", c.ID, r.StoreID("noodles")).Count(&n).Error)
		assert.Equal(t, int64(20), n)
	})
}

// budgeted takes its money as it is spent: a hundred coupons of ten yuan, and three hundred yuan behind them.
func (r rig) budgeted(changes body) body {
	return testkit.With(testkit.With(r.tenOff(), body{"budget": testkit.Yuan(30000), "reserve": "redemption"}), changes)
}

func TestABudgetIsSpentToTheLastCouponAndNoFurther(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(r.budgeted(nil))
		assert.Equal(t, int64(100), c.Remaining, "the budget is not set aside at the claim")
		testkit.Counted(t, r.claims(c, r.Join(100, "tea")))
		ok, refused := testkit.Counted(t, r.tills(c.ID, 6800, "noodles", "shoes", "tea"), coupon.ErrBudgetSpent)
		assert.Equal(t, 30, ok)
		assert.Equal(t, 70, refused["budget_spent"])
		assert.Equal(t, int64(30000), r.fund(c.ID, c.ID).Spent)
		assert.Equal(t, int64(4500), r.fund(c.ID, r.StoreID("tea")).Spent)
		assert.Equal(t, 1, r.events(models.EventBudgetSpent, c.ID), "told once")
	})
}

func TestAPartnersCapStopsItsCouponsAndTheWalletSaysSo(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.submitted(r.budgeted(body{"budget": nil, "partners": []body{{"store_id": r.StoreID("noodles"), "share_bps": 3000}}}))
		r.As(testkit.OwnerOf("noodles")).Post(r.At("noodles", "/signatures/"+c.ID.String()), testkit.With(r.signature("noodles", c), body{"cap": testkit.Yuan(700)})).Must(http.StatusOK)
		first, second := r.Claimed(testkit.Shopper, c), r.Claimed(testkit.OtherShopper, c)
		third := r.Claimed(testkit.ThirdShopper, c)
		done := r.redeemed("shoes", testkit.Shopper, first, 6800)
		r.redeemed("noodles", testkit.OtherShopper, second, 6800)

		var wallet coupon.Wallet
		r.As(testkit.ThirdShopper).Get("/me/coupons").Must(http.StatusOK).Into(&wallet)
		assert.Equal(t, models.BudgetSpent, wallet.Items[0].Budget, "before anyone queues")
		var at coupon.LookupView
		r.As(testkit.ClerkOf("shoes")).Post(r.At("shoes", "/lookups"), body{"code": r.CodeOf(r.Member(testkit.ThirdShopper))}).Must(http.StatusOK).Into(&at)
		assert.Equal(t, coupon.ErrBudgetSpent.Text.ZH, at.Coupons[0].Here.Why)
		r.As(testkit.ClerkOf("shoes")).Post(r.At("shoes", "/redemptions"), r.bill(testkit.ThirdShopper, third, 6800)).Refused(http.StatusConflict, "budget_spent")
		r.As(testkit.Shopper).Get("/campaigns/" + c.ID.String()).Must(http.StatusOK).Into(&c)
		assert.Equal(t, models.BudgetSpent, c.BudgetState)
		assert.False(t, c.Claimable.OK)

		r.As(testkit.ClerkOf("shoes")).Post(r.At("shoes", "/redemptions/"+done.ID.String()+"/reversal"), body{"reason": "退货"}).Must(http.StatusOK)
		assert.Equal(t, int64(300), r.fund(c.ID, r.StoreID("noodles")).Spent, "a reversal gives it back")
		r.redeemed("shoes", testkit.ThirdShopper, third, 6800)
	})
}

func TestABudgetThatIsSetAsideAtTheClaimGivesOutFewer(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(testkit.With(r.tenOff(), body{"budget": testkit.Yuan(4500)}))
		assert.Equal(t, int64(4), c.Remaining, "45 yuan cover four coupons of ten")
		ok, refused := testkit.Counted(t, r.claims(c, r.Join(40, "tea")), coupon.ErrSoldOut)
		assert.Equal(t, 4, ok)
		assert.Equal(t, 36, refused["sold_out"])
		testkit.Counted(t, r.tills(c.ID, 6800, "tea"))
		assert.Equal(t, int64(4000), r.fund(c.ID, c.ID).Spent)
	})
}

func TestLimitsThatCannotBe(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		for field, wrong := range map[string]body{
			"/per_day":                {"per_day": -1},
			"/budget/amount":          {"budget": testkit.Yuan(999)},
			"/notice_days":            {"notice_days": 3},
			"/reserve":                {"reserve": "later"},
			"/not_on":                 {"not_on": []string{"1. Oktober"}},
			"/audience/visits/store":  {"audience": body{"visits": body{"store_id": r.StoreID("books"), "days": 30, "at_least": 1}}},
			"/audience/birthday/when": {"audience": body{"birthday": body{"when": "soon"}}},
			"/audience":               {"audience": body{"tags": []string{"常客"}, "birthday": body{"when": "month"}}},
		} {
			res := r.As(testkit.ManagerOf("shoes")).Post(r.At("shoes", "/campaigns"), r.alone(wrong)).Refused(http.StatusUnprocessableEntity, "invalid")
			assert.Contains(t, string(res.Body), `"`+field+`"`, field)
		}
	})
}

func TestTheAuditNamesACounterThatAHandHasChanged(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(testkit.With(r.tenOff(), body{"per_day": 50, "per_household": 2, "per_store": 9, "per_store_day": 9}))
		r.redeemed("noodles", testkit.Shopper, r.Claimed(testkit.Shopper, c), 6800)
		r.booksHold()
		for _, kind := range []models.CountKind{models.CountDay, models.CountHousehold, models.CountStore, models.CountStoreDay} {
			found := r.spoiled("UPDATE campaign_counts SET n = n + 1 WHERE campaign_id = ? AND kind = ?", c.ID, kind)
			require.NotNil(t, found, kind)
			assert.Equal(t, "coupon.counts", found.Check)
			assert.Contains(t, found.Row, string(kind))
		}
		found := r.spoiled("UPDATE campaign_funds SET spent = spent - 1 WHERE campaign_id = ? AND owner_id = ?", c.ID, r.StoreID("tea"))
		require.NotNil(t, found)
		assert.Equal(t, "coupon.funds", found.Check)
		found = r.spoiled("DELETE FROM campaign_funds WHERE campaign_id = ?", c.ID)
		require.NotNil(t, found)
		assert.Equal(t, "coupon.funds", found.Check)
	})
}
