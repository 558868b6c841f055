package handout_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/coupon"
	"onestreet/server/handout"
	"onestreet/server/platform/web"
	"onestreet/server/testkit"
)

func TestAPrizeIsOnRecordAndCostsWhenItIsUsed(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(models.GivenPrize, body{"partners": []body{{"store_id": r.StoreID("tea"), "share_bps": 3000}}})
		var v coupon.CouponView
		r.As(testkit.ManagerOf("shoes")).Post(r.of(c, "/prizes"), body{"member_id": r.Member(testkit.Shopper).ID, "reason": "周三抽中二等奖"}).Must(http.StatusCreated).Into(&v)
		r.Drain()
		var row models.Handout
		require.NoError(t, r.DB.Read(r.Ctx()).Where("coupon_id = ?", v.ID).Take(&row).Error)
		assert.Equal(t, models.WayPrize, row.Way)
		assert.Equal(t, "周三抽中二等奖", row.Reason)
		assert.Equal(t, r.Street.People[testkit.ManagerOf("shoes")].Account.ID, row.ByAccount)
		letters := string(r.As(testkit.Shopper).Get("/me/inbox").Must(http.StatusOK).Body)
		assert.Contains(t, letters, "周三抽中二等奖")

		var owed int64
		shares := r.DB.Read(r.Ctx()).Model(&models.Transfer{}).Where("alliance_id = ? AND kind = ?", r.alliance(), models.KindCouponShare)
		require.NoError(t, shares.Count(&owed).Error)
		assert.Zero(t, owed, "nothing is owed yet")
		r.redeemed(testkit.Shopper, v, 6800)
		require.NoError(t, shares.Count(&owed).Error)
		assert.Equal(t, int64(1), owed)
	})
}

func TestADrawThatIsToldTwiceGivesOnePrize(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(models.GivenPrize, body{"per_member": 5})
		prize := handout.Prize{Alliance: r.alliance(), Store: r.StoreID("shoes"), Campaign: c.ID, Member: r.Member(testkit.Shopper).ID, Cause: models.NewID(), Reason: "抽奖"}
		other := r.SecondNode()
		errs := testkit.Crowd(40, func(i int) error {
			node := []*handout.Service{r.Handout, other.Handout}[i%2]
			return node.DB.Tx(r.Ctx(), func(tx *gorm.DB) error {
				_, err := node.Award(tx, prize)
				return err
			})
		})
		for _, err := range errs {
			require.NoError(t, err)
		}
		assert.Len(t, r.Coupons(c.ID), 1)
	})
}

func TestPrizesGoToMembersOfTheStreet(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(models.GivenPrize, nil)
		r.live(models.GivenLink, nil)
		give := func(m models.ID) *testkit.Response {
			return r.As(testkit.ManagerOf("shoes")).Post(r.of(c, "/prizes"), body{"member_id": m, "reason": "抽中"})
		}
		give(models.NewID()).Refused(http.StatusNotFound, "not_found")
		give(r.Other.People[testkit.Shopper].Member.ID).Refused(http.StatusNotFound, "not_found")
		give(r.Member(testkit.Shopper).ID).Must(http.StatusCreated)
		twice := give(r.Member(testkit.Shopper).ID).Refused(http.StatusConflict, "claim_limit")
		assert.Contains(t, string(twice.Body), "这位街坊已经拿满了", "who hands it over is not who has it")
		r.As(testkit.OtherShopper).Post("/me/leave", body{"confirm": "leave"}).Must(http.StatusNoContent)
		give(r.Member(testkit.OtherShopper).ID).Refused(http.StatusConflict, "member_left")
		var choices web.Page[coupon.CampaignView]
		r.As(testkit.ManagerOf("shoes")).Get(r.At("shoes", "/prizes")).Must(http.StatusOK).Into(&choices)
		require.Len(t, choices.Items, 1)
		assert.Equal(t, c.ID, choices.Items[0].ID)
	})
}
