package notify_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/testkit"
	"onestreet/server/testkit/together"
)

// The 18th of October 2026 is 初九, a market day of the street of the tests; its eve is the 17th.
func TestALetterOnTheEveOfMarketDay(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		var settings struct {
			MarketEve bool `json:"market_eve"`
		}
		app.As(testkit.Shopper).Get("/me/notices").Must(http.StatusOK).Into(&settings)
		require.False(t, settings.MarketEve, "nobody is written to unasked")
		app.As(testkit.Shopper).Put("/me/notices", map[string]bool{"market_eve": true}).Must(http.StatusOK)
		tasting(t, app, 5)
		zone := app.Street.Alliance.Location()

		for hour, want := range map[int]int{17: 0, 23: 0} {
			app.Time.Set(time.Date(2026, 10, 17, hour, 0, 0, 0, zone))
			require.NoError(t, app.Notify.RemindOfMarket(app.Ctx()))
			require.Len(t, inbox(app, testkit.Shopper).Items, want)
		}
		app.Time.Set(time.Date(2026, 10, 17, 19, 0, 0, 0, zone))
		var nodes together.Group
		for range 4 {
			nodes.Go(func() { assert.NoError(t, app.Notify.RemindOfMarket(app.Ctx())) })
		}
		nodes.Wait()
		items := inbox(app, testkit.Shopper).Items
		require.Len(t, items, 1, "once, however many nodes")
		assert.Equal(t, models.NoticeMarketEve, items[0].Kind)
		assert.Equal(t, "明天逢集：10 月 18 日周日", items[0].Title)
		assert.Equal(t, "九月初九。街上有 1 场活动，点开看看。", items[0].Text)
		assert.Equal(t, "/calendar?day=2026-10-18", items[0].Link)
		assert.Empty(t, inbox(app, testkit.OtherShopper).Items, "only those who asked")

		app.Time.Set(time.Date(2026, 10, 18, 19, 0, 0, 0, zone))
		require.NoError(t, app.Notify.RemindOfMarket(app.Ctx()))
		assert.Len(t, inbox(app, testkit.Shopper).Items, 1, "no market on the 19th")
	})
}
