package referral_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/referral"
	"onestreet/server/testkit"
)

// TestAScanAtTheCounterShowsInTheStoresLedger joins by phone and code, as people do.
func TestAScanAtTheCounterShowsInTheStoresLedger(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s, phone := on(t, app), testkit.Phone()
		visitor := app.As(testkit.Visitor)
		visitor.Post("/auth/codes", map[string]any{"phone": phone}).Must(http.StatusAccepted)
		visitor.Post("/join/"+app.Street.Links["shoes"].Code, map[string]any{"phone": phone, "code": app.SMS.Last("+86" + phone), "name": "何立新"}).Must(http.StatusCreated)
		app.Drain()

		var month referral.Month
		app.As(testkit.OwnerOf("shoes")).Get(s.path("shoes", "/ledger")).Must(http.StatusOK).Into(&month)
		assert.Equal(t, referral.Tally{Count: 1, Amount: models.Fen(200)}, month.Pending)
		assert.Equal(t, models.Fen(0), month.Net, "nothing is earned before the first purchase")
		line := s.lines("shoes", "").Items[0]
		assert.Equal(t, "会员 0004 入会", line.Text)
		assert.Equal(t, []string{"待入账，12 月 16 日前买一单就算。", "布鞋：在柜台扫的码，10 月 17 日 10:30，算这家。", "没有别家请过，不用比。"}, line.Why)
		assert.NotContains(t, line.Text+line.Who, "何立新", "the books know a pseudonym only")

		rows := s.attributions("")
		require.Len(t, rows.Items, 1)
		assert.Equal(t, "counter", rows.Items[0].LinkKind)
		s.mustBalance()
	})
}
