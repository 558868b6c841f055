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

func kinds(app *testkit.App, who testkit.Persona) []models.NoticeKind {
	var found []models.NoticeKind
	for _, n := range inbox(app, who).Items {
		found = append(found, n.Kind)
	}
	return found
}

func TestAGuestIsRemindedADayAndAnHourBeforeAndNotAtNight(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		_, o := tasting(t, app, 5)
		signUp(app, testkit.Shopper, o)
		app.Drain()
		remind := func(at time.Time) {
			app.Time.Set(at)
			for range 2 {
				require.NoError(t, app.Notify.RemindOfEvents(app.Ctx()))
			}
		}
		remind(Sunday.Add(-24*time.Hour - time.Second))
		assert.Equal(t, []models.NoticeKind{models.NoticeSignedUp}, kinds(app, testkit.Shopper))
		remind(time.Date(2026, 10, 17, 22, 0, 0, 0, app.Street.Alliance.Location()))
		assert.Len(t, kinds(app, testkit.Shopper), 1, "nobody is woken")
		remind(time.Date(2026, 10, 18, 8, 0, 0, 0, app.Street.Alliance.Location()))
		assert.Equal(t, []models.NoticeKind{models.NoticeEventTomorrow, models.NoticeSignedUp}, kinds(app, testkit.Shopper))
		remind(Sunday.Add(-time.Hour))
		assert.Equal(t, []models.NoticeKind{models.NoticeEventSoon, models.NoticeEventTomorrow, models.NoticeSignedUp}, kinds(app, testkit.Shopper))
		assert.Contains(t, inbox(app, testkit.Shopper).Items[0].Text, "14:30")
	})
}

func TestWhoWaitsIsToldOfTheOfferAndThatItIsOver(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		event, o := tasting(t, app, 1)
		app.As(testkit.ManagerOf("tea")).Put(eventPath(app, event)+"/terms", map[string]any{
			"per_member": 1, "waiting_places": 5, "offer_minutes": 30, "cancel_hours": 0, "who": "everyone", "level": "none",
			"no_shows": 0, "fee": "free", "points": 0, "price": 0, "questions": []any{},
		}).Must(http.StatusOK)
		signUp(app, testkit.Shopper, o)
		path := "/occurrences/" + o.String() + "/sign-ups"
		app.As(testkit.OtherShopper).Post(path, map[string]any{"wait": true}).Must(http.StatusCreated)
		app.As(testkit.Shopper).Delete(path).Must(http.StatusOK)
		app.Drain()
		assert.Equal(t, []models.NoticeKind{models.NoticeOfferMade}, kinds(app, testkit.OtherShopper))
		app.Time.Advance(30 * time.Minute)
		require.NoError(t, app.Calendar.PassOffersOn(app.Ctx()))
		app.Drain()
		assert.Equal(t, []models.NoticeKind{models.NoticeOfferExpired, models.NoticeOfferMade}, kinds(app, testkit.OtherShopper))
	})
}
