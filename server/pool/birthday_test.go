package pool_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"

	"onestreet/server/pool"
	"onestreet/server/testkit"
)

func TestAMemberTellsTheirBirthdayAndTakesItBack(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		me := app.As(testkit.Shopper)
		var card pool.Card
		told := func(month, day int) map[string]any {
			return map[string]any{"birthday": map[string]int{"month": month, "day": day}}
		}
		me.Put("/me/birthday", told(2, 29)).Must(http.StatusOK).Into(&card)
		assert.Equal(t, &pool.Birthday{Month: 2, Day: 29}, card.Birthday)
		me.Put("/me/birthday", told(2, 30)).Refused(http.StatusUnprocessableEntity, "no_such_day")
		me.Put("/me/birthday", told(13, 1)).Refused(http.StatusUnprocessableEntity, "invalid")
		all := me.Get("/me/export").Must(http.StatusOK).Map()
		assert.Equal(t, "02-29", all["pool"].(map[string]any)["birthday"])

		card = pool.Card{}
		me.Put("/me/birthday", map[string]any{}).Must(http.StatusOK).Into(&card)
		assert.Nil(t, card.Birthday)
		me.Put("/me/birthday", told(7, 1)).Must(http.StatusOK)
		me.Post("/me/leave", map[string]string{"confirm": "离开"}).Must(http.StatusNoContent)
		m, err := app.Pool.Member(app.Ctx(), app.Street.Alliance.ID, app.Street.People[testkit.Shopper].Member.ID)
		assert.NoError(t, err)
		assert.Zero(t, m.BirthMonth, "who leaves takes it along")
		assert.Zero(t, m.BirthDay)
	})
}
