package handout_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"onestreet/models"
	"onestreet/server/coupon"
	"onestreet/server/handout"
	"onestreet/server/platform/web"
	"onestreet/server/testkit"
)

func TestASecretLinkGivesToWhoHasIt(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(models.GivenLink, nil)
		code := r.link(c)
		assert.Equal(t, code, r.link(c), "the link stands")
		var list web.Page[coupon.CampaignView]
		r.As(testkit.Shopper).Get("/campaigns").Must(http.StatusOK).Into(&list)
		assert.Empty(t, list.Items, "it is not listed")
		r.As(testkit.Shopper).Post("/campaigns/"+c.ID.String()+"/claims", nil).Refused(http.StatusNotFound, "not_found")
		r.As(testkit.Shopper).Post("/coupon-links/"+code+"/claims", nil).Must(http.StatusCreated)
		r.As(testkit.Shopper).Post("/coupon-links/"+code+"/claims", nil).Refused(http.StatusConflict, "claim_limit")
		r.As(testkit.OtherOwner).Get("/coupon-links/"+code).Refused(http.StatusNotFound, "coupon_link_unknown")

		var h handout.Handing
		r.As(testkit.ManagerOf("shoes")).Post(r.of(c, "/link"), body{"renew": true}).Must(http.StatusCreated).Into(&h)
		r.Time.Advance(time.Second)
		r.As(testkit.OtherShopper).Post("/coupon-links/"+code+"/claims", nil).Refused(http.StatusGone, "coupon_link_over")
		fresh := strings.TrimPrefix(h.Link.URL, "http://street.test/c/")
		r.As(testkit.OtherShopper).Post("/coupon-links/"+fresh+"/claims", nil).Must(http.StatusCreated)
		r.As(testkit.ManagerOf("shoes")).Post(r.of(c, "/link/end"), nil).Must(http.StatusOK)
		r.Time.Advance(time.Second)
		r.As(testkit.ThirdShopper).Post("/coupon-links/"+fresh+"/claims", nil).Refused(http.StatusGone, "coupon_link_over")
		r.As(testkit.ManagerOf("shoes")).Post(r.of(r.live(models.GivenPrize, nil), "/link"), body{}).Refused(http.StatusConflict, "given_otherwise")
	})
}

func TestAVisitorJoinsByTheLinkAndTheStoreHasBroughtThemIn(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(models.GivenLink, nil)
		code := r.link(c)
		var opened handout.CouponLink
		r.As(testkit.Visitor).Get("/coupon-links/" + code).Must(http.StatusOK).Into(&opened)
		assert.True(t, opened.Open.OK)
		assert.Equal(t, handout.LinkOfStore, opened.Kind)
		newcomer, m := r.joined(opened.Join)
		assert.Equal(t, r.StoreID("shoes"), m.OriginStoreID)
		newcomer.Post("/coupon-links/"+code+"/claims", nil).Must(http.StatusCreated)
		var h handout.Handing
		r.As(testkit.ClerkOf("shoes")).Get(r.of(c, "/handing")).Must(http.StatusOK).Into(&h)
		assert.Equal(t, []int64{1, 1, 1}, []int64{h.Link.Claimed, h.Link.Joined, h.Brought})
	})
}

// The last coupons of a campaign, wanted in every way at once and on two nodes.
func TestTheLastCouponsInEveryWayAtOnce(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(models.GivenPublic, body{"stock": 40})
		code := r.link(c)
		_, codes := r.printed(c, 10)
		other, people := r.SecondNode(), r.Join(200, "tea")
		staff := handout.Staff{Alliance: r.alliance(), Store: r.StoreID("shoes"), Account: r.Street.People[testkit.ManagerOf("shoes")].Account.ID}
		errs := testkit.Crowd(260, func(i int) (err error) {
			m := people[i%200].Member.ID
			node := []*handout.Service{r.Handout, other.Handout}[i%2]
			switch {
			case i >= 250:
				_, err = node.Print(r.Ctx(), staff, c.ID, 5, "最后几张")
			case i >= 200:
				_, err = node.TakePaper(r.Ctx(), handout.Bearer{Alliance: r.alliance(), Member: m}, codes[i%10].Code)
			case i%3 == 0:
				_, err = r.Coupon.Claim(r.Ctx(), r.alliance(), c.ID, m)
			case i%3 == 1:
				_, err = node.ClaimLink(r.Ctx(), r.alliance(), m, code)
			default:
				_, err = node.Hand(r.Ctx(), staff, handout.Prize{Campaign: c.ID, Member: m, Cause: models.NewID(), Reason: "抽中了"})
			}
			return err
		})
		testkit.Counted(t, errs, coupon.ErrSoldOut, coupon.ErrTooFewLeft, coupon.ErrClaimLimit, handout.ErrPaperTaken)
		row := r.campaign(c)
		assert.Equal(t, int64(40), row.Remaining+row.Claimed+row.Printed)
		assert.Len(t, r.Coupons(c.ID), int(row.Claimed))
		assert.Less(t, row.Remaining, int64(5), "what is left is less than anybody wanted")
	})
}
