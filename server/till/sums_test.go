package till_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/coupon"
	"onestreet/server/platform/web"
	"onestreet/server/testkit"
	"onestreet/server/till"
)

func TestATillThatTookOffAnotherSumIsTold(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(100, nil)
		p := r.registered("noodles", 0)
		p.take(r.claimed(testkit.Shopper, c).OfflineToken, 6800, 1500)
		p.take(r.claimed(testkit.OtherShopper, c).OfflineToken, 6800, 1000)
		entries := p.synced()
		require.Equal(t, []models.TillOutcome{booked, booked}, outcomes(entries))
		assert.True(t, entries[0].Differs())
		assert.False(t, entries[1].Differs())
		assert.Equal(t, int64(1000), entries[0].BookedOff, "the books hold what the terms give")

		var log web.Page[till.TillEntryView]
		r.As(testkit.ClerkOf("noodles")).Get(r.At("noodles", "/till-entries")).Must(http.StatusOK).Into(&log)
		require.Len(t, log.Items, 2)
		assert.Nil(t, log.Items[0].BookedOff)
		require.NotNil(t, log.Items[1].BookedOff)
		assert.Equal(t, models.Fen(1000), *log.Items[1].BookedOff)

		var receipts web.Page[coupon.RedemptionView]
		r.As(testkit.ClerkOf("noodles")).Get(r.At("noodles", "/redemptions")).Must(http.StatusOK).Into(&receipts)
		var one coupon.RedemptionView
		r.As(testkit.ClerkOf("noodles")).Get(r.At("noodles", "/redemptions/"+entries[0].RedemptionID.String())).Must(http.StatusOK).Into(&one)
		assert.Equal(t, models.Fen(1500), *one.TillOff)
		told := 0
		for _, v := range receipts.Items {
			if v.TillOff != nil {
				told++
			}
		}
		assert.Equal(t, 1, told)

		p.synced()
		r.Drain()
		assert.Equal(t, int64(1), r.count(&models.DeskNotice{}, "store_id = ? AND kind = ?", r.StoreID("noodles"), models.DeskTillDiffers), "once, however often the log arrives")
	})
}
