package settlement_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/testkit"
)

// TestWithATreasurerOnlyStoresPayEachOther: the books store keeps the purse, so the fund's credits go through its hands.
func TestWithATreasurerOnlyStoresPayEachOther(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		b := open(t, app)
		b.keep(b.store("books"))
		b.post(
			b.entry(models.KindReferral, "fund", "shoes", 200), b.entry(models.KindReferral, "fund", "tea", 400),
			b.entry(models.KindCommission, "noodles", "shoes", 170), b.entry(models.KindCommission, "books", "noodles", 30),
		)
		b.at("2026-11-01 09:00")
		closed := b.close("2026-10")
		payments := b.payments(closed)
		assert.Less(t, len(payments), len(slugs), "fewer payments than stores")
		for _, p := range payments {
			assert.NotContains(t, []models.ID{p.FromID, p.ToID}, b.id)
			require.NoError(t, b.mark(p, "2026-10", p.FromID, true))
			require.NoError(t, b.mark(p, "2026-10", p.ToID, true))
		}
		for slug, want := range map[string]int64{"shoes": 0, "noodles": 0, "tea": 0, "books": 600, "fund": -600} {
			assert.Equal(t, want, b.net(slug), "%s: what the treasurer laid out for the fund is between the two", slug)
		}
		keeper, fund := b.statement("books", "2026-10"), b.statement("fund", "2026-10")
		assert.EqualValues(t, -30, keeper.Net.Amount, "its own month is its own")
		assert.EqualValues(t, -600, keeper.Kept.Amount)
		assert.Equal(t, "books", fund.Keeper.Slug)
		assert.Nil(t, b.statement("shoes", "2026-10").Kept)
		b.mustHold()
	})
}

func TestAStoreThatTakesNoPartKeepsNoPurse(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		b := open(t, app)
		b.keep(b.store("books"))
		_, err := app.Pool.Suspend(t.Context(), b.id, b.store("books"), "装修")
		require.NoError(t, err)
		b.post(b.entry(models.KindReferral, "fund", "shoes", 200))
		b.at("2026-11-01 09:00")
		closed := b.close("2026-10")
		assert.True(t, closed.TreasurerID.IsZero())
		assert.Equal(t, b.id, b.payments(closed)[0].FromID, "the alliance pays by itself")
		b.mustHold()
	})
}

func TestTheAuditKnowsWhoKeptThePurse(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		b := open(t, app)
		b.keep(b.store("books"))
		b.post(b.entry(models.KindReferral, "fund", "shoes", 200))
		b.at("2026-11-01 09:00")
		closed := b.close("2026-10")
		b.keep(b.store("tea"))
		b.mustHold() // the purse of that month was kept by whom it was kept
		var other models.Settlement
		require.NoError(t, app.DB.Read(t.Context()).Where("id = ?", closed.ID).Take(&other).Error)
		assert.Equal(t, b.store("books"), other.TreasurerID)
	})
}

func TestWhoMayKeepThePurse(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		coordinator := app.As(testkit.Coordinator)
		tag := func() string { return coordinator.Get("/alliance").Must(http.StatusOK).Header.Get("ETag") }
		name := func(store string) *testkit.Response {
			return coordinator.With("If-Match", tag()).Patch("/alliance", map[string]any{"treasurer": store})
		}
		suspended := app.Street.Stores["tea"].ID
		_, err := app.Pool.Suspend(t.Context(), app.Street.Alliance.ID, suspended, "装修")
		require.NoError(t, err)
		for _, wrong := range []string{suspended.String(), app.Other.Stores["shoes"].ID.String(), models.NewID().String(), "书店"} {
			r := name(wrong).Refused(http.StatusUnprocessableEntity, "invalid")
			assert.Contains(t, string(r.Body), "/treasurer")
		}
		books := app.Street.Stores["books"].ID.String()
		assert.Equal(t, books, name(books).Must(http.StatusOK).Map()["treasurer"])
		assert.NotContains(t, name("").Must(http.StatusOK).Map(), "treasurer")
		var a models.Alliance
		require.NoError(t, app.DB.Tx(t.Context(), func(tx *gorm.DB) error { return tx.Where("id = ?", app.Street.Alliance.ID).Take(&a).Error }))
		assert.True(t, a.TreasurerID.IsZero())
	})
}
