package handout_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/coupon"
	"onestreet/server/handout"
	"onestreet/server/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }

type body = map[string]any

// rig is a street with what these tests do in it again and again.
type rig struct {
	*testkit.App
	t *testing.T
}

// each runs a test on both databases, and the audit after it.
func each(t *testing.T, test func(t *testing.T, r rig)) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		r := rig{app, t}
		test(t, r)
		r.booksHold()
	})
}

func (r rig) booksHold() {
	r.t.Helper()
	r.BooksHold("coupon.stock", "handout.paper", "handout.gifts", "handout.sends")
}

// of is a path of a campaign of the shoe shop.
func (r rig) of(c coupon.CampaignView, path string) string {
	return r.At("shoes", "/campaigns/"+c.ID.String()+path)
}

// live makes a campaign of the shoe shop, ten yuan off from fifty, with some fields changed; whoever is asked signs.
func (r rig) live(given models.CampaignGiven, changes body) coupon.CampaignView {
	r.t.Helper()
	return r.LiveCampaign(testkit.With(testkit.TenOff(body{"given": given}), changes))
}

func (r rig) alliance() models.ID { return r.Street.Alliance.ID }

// campaign is how a campaign stands.
func (r rig) campaign(c coupon.CampaignView) models.Campaign {
	r.t.Helper()
	var row models.Campaign
	require.NoError(r.t, r.DB.Read(r.Ctx()).Where("id = ?", c.ID).Take(&row).Error)
	return row
}

// redeemed lets the shoe shop's clerk redeem a member's coupon against a bill.
func (r rig) redeemed(who testkit.Persona, c coupon.CouponView, fen int64) {
	r.t.Helper()
	r.As(testkit.ClerkOf("shoes")).Post(r.At("shoes", "/redemptions"),
		body{"code": r.CodeOf(r.Member(who)), "coupon_id": c.ID, "bill": testkit.Yuan(fen)}).Must(http.StatusCreated)
}

// printed makes a batch of a campaign and reads its codes.
func (r rig) printed(c coupon.CampaignView, n int) (handout.BatchView, []models.PrintedCode) {
	r.t.Helper()
	var b handout.BatchView
	r.As(testkit.ManagerOf("shoes")).Post(r.of(c, "/batches"), body{"size": n, "label": "校门口"}).Must(http.StatusCreated).Into(&b)
	return b, r.codes(b)
}

func (r rig) codes(b handout.BatchView) []models.PrintedCode {
	r.t.Helper()
	var codes []models.PrintedCode
	require.NoError(r.t, r.DB.Read(r.Ctx()).Where("batch_id = ?", b.ID).Order("serial").Find(&codes).Error)
	return codes
}

// gift puts a member's coupon on its way to a friend, and answers with the code of the link.
func (r rig) gift(who testkit.Persona, c models.ID) (handout.GiftView, string) {
	r.t.Helper()
	var g handout.GiftView
	r.As(who).Post("/me/coupons/"+c.String()+"/gift", nil).Must(http.StatusCreated).Into(&g)
	return g, g.URL[len("http://street.test/c/"):]
}

// link is the code of a campaign's secret link.
func (r rig) link(c coupon.CampaignView) string {
	r.t.Helper()
	var h handout.Handing
	r.As(testkit.ManagerOf("shoes")).Post(r.of(c, "/link"), body{}).Must(http.StatusCreated).Into(&h)
	return h.Link.URL[len("http://street.test/c/"):]
}

// joined lets somebody new join through a link and returns their client.
func (r rig) joined(link string) (*testkit.Client, models.Member) {
	r.t.Helper()
	phone := testkit.Phone()
	r.As(testkit.Visitor).Post("/auth/codes", body{"phone": phone}).Must(http.StatusAccepted)
	r.As(testkit.Visitor).Post("/join/"+link, body{"phone": phone, "code": r.SMS.Last("+86" + phone), "name": "新街坊"}).Must(http.StatusCreated)
	r.Drain()
	var m models.Member
	require.NoError(r.t, r.DB.Read(r.Ctx()).Where("alliance_id = ?", r.alliance()).Order("number DESC").Take(&m).Error)
	return r.AsPerson(testkit.Person{Account: models.Account{ID: m.AccountID}, Member: m}), m
}
