package app_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/testkit"
)

// door is an operation by which money comes in; body is the request with the amount written into it.
type door struct {
	as      testkit.Persona
	path    string
	body    string
	pointer string // of the amount
}

// notAmounts are values that are no amount of money for anyone, as they stand in JSON.
var notAmounts = []string{
	"-1", "-9223372036854775808", "1.5", "0.1", "1e30", "-1e30", "9223372036854775807", "9223372036854775808", "123456789012345678901234567890",
	`"100"`, `""`, `"1e3"`, `"一百"`, "true", "null", "[]", "[100]", "{}", `{"amount":100}`,
}

func doors(app *testkit.App) []door {
	store := func(slug string) string { return app.Street.Stores[slug].ID.String() }
	code := app.CodeOf(app.Street.People[testkit.Shopper].Member)
	campaign := `{"title":"秋冬街坊券","kind":"amount","off":{"amount":%s},"min_spend":{"amount":%s},"stock":10,` +
		`"claim_from":"2026-10-17T02:30:00Z","claim_until":"2026-10-31T02:30:00Z","valid_days":30}`
	return []door{
		{testkit.ClerkOf("noodles"), "/stores/" + store("noodles") + "/visits", `{"kind":"purchase","code":"` + code + `","amount":{"amount":%s,"currency":"CNY"}}`, "/amount/amount"},
		{testkit.ClerkOf("noodles"), "/stores/" + store("noodles") + "/redemptions", `{"code":"` + code + `","coupon_id":"` + models.NewID().String() + `","bill":{"amount":%s}}`, "/bill/amount"},
		{testkit.ManagerOf("shoes"), "/stores/" + store("shoes") + "/campaigns", strings.Replace(campaign, "%s", "1000", 1), "/min_spend/amount"},
		{testkit.ManagerOf("shoes"), "/stores/" + store("shoes") + "/campaigns", strings.Replace(campaign, `"min_spend":{"amount":%s},`, "", 1), "/off/amount"},
		{testkit.Coordinator, "/alliance/corrections", `{"from":"` + store("shoes") + `","to":"` + store("tea") + `","amount":{"amount":%s},"reason":"十月少算了一单，补给茶馆"}`, "/amount/amount"},
	}
}

// TestNoDoorTakesWhatIsNoAmount: every such value is refused with the field that it stands in, and moves nothing.
func TestNoDoorTakesWhatIsNoAmount(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		for _, d := range doors(app) {
			for _, value := range notAmounts {
				said := app.As(d.as).Post(d.path, fmt.Sprintf(d.body, value))
				require.Equal(t, http.StatusUnprocessableEntity, said.Status, "%s %s: %s", d.path, value, said.Body)
				require.Contains(t, string(said.Body), `"pointer":"`+strings.TrimSuffix(d.pointer, "/amount"), "%s %s", d.path, value)
			}
		}
		var moved int64
		require.NoError(t, app.DB.Read(app.Ctx()).Model(&models.Transfer{}).Where("alliance_id IN ?", []models.ID{app.Street.Alliance.ID, app.Other.Alliance.ID}).Count(&moved).Error)
		require.Zero(t, moved)
	})
}

// TestADoorThatMovesMoneyRefusesNothing: zero is a bill, but no purchase and no correction.
func TestADoorThatMovesMoneyRefusesNothing(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		for _, d := range doors(app) {
			if strings.Contains(d.path, "redemptions") || strings.Contains(d.path, "campaigns") && d.pointer == "/min_spend/amount" {
				continue
			}
			said := app.As(d.as).Post(d.path, fmt.Sprintf(d.body, "0"))
			require.Equal(t, http.StatusUnprocessableEntity, said.Status, "%s: %s", d.path, said.Body)
			require.Contains(t, string(said.Body), `"pointer":"`+strings.TrimSuffix(d.pointer, "/amount"), d.path)
		}
	})
}
