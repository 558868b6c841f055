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
	"onestreet/server/testkit"
)

func TestOnePaperIsTakenOnce(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(models.GivenPrinted, nil)
		_, codes := r.printed(c, 3)
		other, people := r.SecondNode(), r.Join(150, "tea")
		errs := testkit.Crowd(300, func(i int) error { // everyone tries on both nodes
			node := []*handout.Service{r.Handout, other.Handout}[i%2]
			_, err := node.TakePaper(r.Ctx(), handout.Bearer{Alliance: r.alliance(), Member: people[i/2].Member.ID}, codes[1].Code)
			return err
		})
		ok, refused := testkit.Counted(t, errs, handout.ErrPaperTaken, coupon.ErrClaimLimit)
		assert.Equal(t, 1, ok, "%v", refused)
		assert.Equal(t, 299, refused["printed_taken"]+refused["claim_limit"], "%v", refused)
		assert.Len(t, r.Coupons(c.ID), 1)
		row := r.campaign(c)
		assert.Equal(t, []int64{97, 1, 2}, []int64{row.Remaining, row.Claimed, row.Printed})
	})
}

func TestPaperIsReadAsPeopleWriteItAndIsWorthNothingThen(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(models.GivenPrinted, body{"stock": 10})
		b, codes := r.printed(c, 4)
		var mine coupon.CouponView
		written := strings.ToLower(models.FormatCouponCode(codes[0].Code))
		r.As(testkit.Shopper).Post("/me/coupon-codes", body{"code": " " + written}).Must(http.StatusCreated).Into(&mine)
		assert.NotEqual(t, models.FormatCouponCode(codes[0].Code), mine.Code, "the coupon has a code of its own")
		r.As(testkit.OtherShopper).Post("/me/coupon-codes", body{"code": written}).Refused(http.StatusGone, "printed_taken")
		r.As(testkit.Shopper).Post("/me/coupon-codes", body{"code": codes[1].Code}).Refused(http.StatusConflict, "claim_limit")
		r.As(testkit.Shopper).Post("/me/coupon-codes", body{"code": models.NewCouponCode()}).Refused(http.StatusNotFound, "printed_unknown")
		r.As(testkit.Shopper).Post("/me/coupon-codes", body{"code": "hello"}).Refused(http.StatusNotFound, "printed_unknown")

		r.As(testkit.ManagerOf("shoes")).Post(r.of(c, "/end"), nil).Must(http.StatusOK)
		r.As(testkit.OtherShopper).Post("/me/coupon-codes", body{"code": codes[1].Code}).Must(http.StatusCreated)
		var v handout.BatchView
		r.As(testkit.ManagerOf("shoes")).Post(r.of(c, "/batches/"+b.ID.String()+"/void"), nil).Must(http.StatusOK).Into(&v)
		assert.Equal(t, []int64{4, 2, 2, 0}, []int64{v.Size, v.Taken, v.Voided, v.Open})
		r.As(testkit.ThirdShopper).Post("/me/coupon-codes", body{"code": codes[2].Code}).Refused(http.StatusGone, "printed_void")
		r.As(testkit.ManagerOf("shoes")).Post(r.of(c, "/batches/"+b.ID.String()+"/void"), nil).Refused(http.StatusConflict, "batch_void")
		assert.Equal(t, int64(8), r.campaign(c).Remaining, "what was void is in the stock again")
	})
}

func TestPaperEndsWithTheDayThatStandsOnIt(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(models.GivenPublic, nil)
		_, codes := r.printed(c, 1)
		r.Time.Advance(14*24*time.Hour + time.Second)
		r.As(testkit.Shopper).Post("/me/coupon-codes", body{"code": codes[0].Code}).Refused(http.StatusGone, "printed_over")
	})
}

func TestATillGivesPaperToTheCustomerWhoShowsACode(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(models.GivenPrinted, nil)
		_, codes := r.printed(c, 2)
		clerk := r.As(testkit.ClerkOf("shoes"))
		clerk.Post(r.At("shoes", "/lookups"), body{"code": codes[0].Code}).Refused(http.StatusConflict, "printed_code")
		clerk.Post(r.At("shoes", "/printed-codes"), body{"code": codes[0].Code}).Refused(http.StatusUnprocessableEntity, "member_needed")
		var v coupon.CouponView
		clerk.Post(r.At("shoes", "/printed-codes"), body{"code": codes[0].Code, "member_code": r.CodeOf(r.Member(testkit.Shopper))}).Must(http.StatusCreated).Into(&v)
		r.redeemed(testkit.Shopper, v, 6800)
		second := body{"code": codes[1].Code, "member_code": r.CodeOf(r.Member(testkit.Shopper))}
		assert.Contains(t, string(clerk.Post(r.At("shoes", "/printed-codes"), second).Refused(http.StatusConflict, "claim_limit").Body), "这位街坊已经拿满了")
		clerk.Post(r.At("shoes", "/lookups"), body{"code": codes[0].Code}).Refused(http.StatusGone, "printed_taken")
		clerk.Post(r.At("shoes", "/printed-codes"), body{"code": codes[1].Code, "member_id": r.Member(testkit.OtherShopper).ID}).Refused(http.StatusConflict, "code_needed")
	})
}

func TestPrintingTakesTheStock(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(models.GivenPublic, body{"stock": 10})
		manager := r.As(testkit.ManagerOf("shoes"))
		manager.Post(r.of(c, "/batches"), body{"size": 11, "label": "x"}).Refused(http.StatusConflict, "too_few_left")
		manager.Post(r.of(c, "/batches"), body{"size": 0, "label": "x"}).Must(http.StatusUnprocessableEntity)
		r.printed(c, 10)
		r.As(testkit.Shopper).Post("/campaigns/"+c.ID.String()+"/claims", nil).Refused(http.StatusConflict, "sold_out")
		manager.Post(r.of(r.live(models.GivenTargeted, nil), "/batches"), body{"size": 1, "label": "x"}).Refused(http.StatusConflict, "given_otherwise")
	})
}

func TestABatchIsTakenAlongAsATableAndAsASheet(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(models.GivenPrinted, nil)
		b, codes := r.printed(c, 23)
		files := r.of(c, "/batches/"+b.ID.String())
		table := string(r.As(testkit.ManagerOf("shoes")).Get(files + "/codes.csv").Must(http.StatusOK).Body)
		assert.Contains(t, table, "\ufeff序号,券码,链接,状态")
		assert.Contains(t, table, "23,"+models.FormatCouponCode(codes[22].Code)+",http://street.test/c/"+codes[22].Code+",没领")
		r.As(testkit.OtherShopper).Post("/me/coupon-codes", body{"code": codes[1].Code}).Must(http.StatusCreated)
		var page handout.PrintedSheet
		r.As(testkit.ManagerOf("shoes")).Get(files + "/sheet").Must(http.StatusOK).Into(&page)
		assert.Len(t, page.Cards, 22, "what was taken is not printed again")
		assert.Equal(t, handout.PrintedCard{Serial: 3, Code: models.FormatCouponCode(codes[2].Code), Link: "http://street.test/c/" + codes[2].Code}, page.Cards[1])
		assert.Equal(t, []string{"秋冬街坊券", r.Street.Alliance.Name + "，" + r.Street.Stores["shoes"].Name}, []string{page.Title, page.Lines[1]})
		sheet := r.As(testkit.ManagerOf("shoes")).Get(files + "/sheet.pdf").Must(http.StatusOK)
		assert.Equal(t, "application/pdf", sheet.Header.Get("Content-Type"))
		assert.True(t, strings.HasPrefix(string(sheet.Body), "%PDF-1."))
		assert.Equal(t, 3, strings.Count(string(sheet.Body), "/Type /Page /Parent"), "ten cards a page")
	})
}
