package pool_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/pool"
	"onestreet/server/testkit"
	"onestreet/server/testkit/together"
)

func newStore(slug string) map[string]any {
	return map[string]any{
		"slug": slug, "name": "水灵果铺", "short_name": "果铺", "color": "#4F7A33", "color_night": "#3A5A26", "front": "fruit",
		"owner_name": "阿水", "owner_phone": testkit.Phone(),
	}
}

func TestACoordinatorOpensAStore(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		var page pool.StorePage
		app.As(testkit.Coordinator).Post("/alliance/stores", newStore("fruit")).Must(http.StatusCreated).Into(&page)
		require.Equal(t, 5, page.Position, "at the east end")
		var street struct{ Stores []models.StoreRef }
		app.As(testkit.Visitor).Get("/street").Must(http.StatusOK).Into(&street)
		require.Equal(t, "fruit", street.Stores[4].Slug)
		staff, err := app.Pool.Staff(app.Ctx(), app.Street.Alliance.ID, page.ID)
		require.NoError(t, err)
		require.Equal(t, models.RoleOwner, staff[0].Role)
		links, err := app.Pool.JoinLinks(app.Ctx(), app.Street.Alliance.ID, page.ID)
		require.NoError(t, err)
		require.Len(t, links, 1, "the code for its counter")
	})
}

func TestAStoreThatCannotBeOpened(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		with := func(field string, value any) map[string]any {
			b := newStore("fruit")
			b[field] = value
			return b
		}
		for _, s := range []testkit.Scenario{
			{Name: "a name that is taken", Body: newStore("shoes"), Status: 409, Code: "slug_taken"},
			{Name: "a slug with blanks", Body: with("slug", "my shop"), Status: 422, Code: "slug"},
			{Name: "a colour too light", Body: with("color", "#FFFF00"), Status: 422, Code: "color_contrast"},
			{Name: "a foreign phone", Body: with("owner_phone", "+14155552671"), Status: 422, Code: "phone_foreign"},
			{Name: "an owner of another store", As: testkit.OwnerOf("shoes"), Body: newStore("fruit"), Status: 403, Code: "forbidden"},
		} {
			s.Method, s.Path = "POST", "/alliance/stores"
			if s.As == "" {
				s.As = testkit.Coordinator
			}
			s.Run(t, app)
		}
		stores, err := app.Pool.Stores(app.Ctx(), app.Street.Alliance.ID)
		require.NoError(t, err)
		require.Len(t, stores, 4)
	})
}

func TestStoresOpenedAtOnceGetPlacesOfTheirOwn(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		as := app.As(testkit.Coordinator)
		var all together.Group
		for i := range 12 {
			body := newStore("fruit-" + string(rune('a'+i)))
			all.Go(func() { as.Post("/alliance/stores", body).Must(http.StatusCreated) })
		}
		all.Wait()
		stores, err := app.Pool.Stores(app.Ctx(), app.Street.Alliance.ID)
		require.NoError(t, err)
		places := map[int]bool{}
		for _, s := range stores {
			places[s.Position] = true
		}
		require.Len(t, places, 16)
	})
}

func TestAStreetIsFoundedOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		a := models.NewAlliance("s"+models.NewID().String()[:8]+"-new", "新街", app.Time.Now())
		person := pool.Person{Phone: testkit.Phone(), Name: "方"}
		_, err := app.Pool.Found(app.Ctx(), a, person)
		require.NoError(t, err)
		a.ID = models.NewID()
		_, err = app.Pool.Found(app.Ctx(), a, person)
		require.ErrorIs(t, err, pool.ErrSlugTaken)
	})
}
