package notify_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/testkit"
)

// TestACouponsWholeLifeIsToldToWhomItConcerns goes through the API alone: no event is made by the test.
func TestACouponsWholeLifeIsToldToWhomItConcerns(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		type body = map[string]any
		path := func(slug, rest string) string { return "/stores/" + shop(app, slug).ID.String() + rest }
		var made, claimed, receipt struct{ ID models.ID }
		app.As(testkit.ManagerOf("shoes")).Post(path("shoes", "/campaigns"), body{
			"title": "街坊券", "kind": "amount", "off": body{"amount": 1000}, "min_spend": body{"amount": 5000}, "stock": 100,
			"claim_from": testkit.Noon, "claim_until": testkit.Noon.AddDate(0, 0, 14), "valid_days": 30,
			"partners": []body{{"store_id": shop(app, "noodles").ID, "share_bps": 3000}},
		}).Must(http.StatusCreated).Into(&made)
		app.As(testkit.OwnerOf("shoes")).Post(path("shoes", "/campaigns/"+made.ID.String()+"/submit"), nil).Must(http.StatusOK)
		app.Drain()
		wanted := desk(t, app, "noodles", "zh-CN")
		require.Len(t, wanted, 1)
		assert.Equal(t, "老北京布鞋请您签「街坊券」", wanted[0].Text)

		app.As(testkit.OwnerOf("noodles")).Post(path("noodles", "/signatures/"+made.ID.String()), body{"version": 1, "share_bps": 3000, "decision": "sign"}).Must(http.StatusOK)
		app.Drain()
		app.As(testkit.Shopper).Post("/campaigns/"+made.ID.String()+"/claims", nil).Must(http.StatusCreated).Into(&claimed)
		app.As(testkit.ClerkOf("noodles")).Post(path("noodles", "/redemptions"), body{
			"code": app.CodeOf(member(app, testkit.Shopper)), "coupon_id": claimed.ID, "bill": body{"amount": 6800},
		}).Must(http.StatusCreated).Into(&receipt)
		app.Drain()
		n := inbox(app, testkit.Shopper).Items[0]
		assert.Equal(t, "在林家面馆用了「街坊券」", n.Title)
		assert.Contains(t, n.Text, "省了 10.00 元，付了 58.00 元")
		shoes := desk(t, app, "shoes", "zh-CN")
		require.NotEmpty(t, shoes)
		assert.Equal(t, "林家面馆收了一张我们家的券", shoes[0].Text)
		assert.EqualValues(t, -700, shoes[0].Amount.Amount)

		app.Time.Advance(time.Second)
		app.As(testkit.ClerkOf("noodles")).Post(path("noodles", "/redemptions/"+receipt.ID.String()+"/reversal"), body{"reason": "打错了"}).Must(http.StatusOK)
		app.Drain()
		kinds := map[models.NoticeKind]int{}
		for _, n := range inbox(app, testkit.Shopper).Items {
			kinds[n.Kind]++
		}
		assert.Equal(t, map[models.NoticeKind]int{models.NoticeReceipt: 1, models.NoticeReversed: 1}, kinds)
	})
}
