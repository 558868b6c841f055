package calendar_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/calendar"
	"onestreet/server/testkit"
)

func TestAnEventStandsInTheCalendarOnceItIsPublished(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		e := tasting(app, 20)
		assert.Equal(t, models.EventStatePublished, e.State)
		require.Len(t, e.Occurrences, 1)
		o := e.Occurrences[0]
		assert.Equal(t, "清和茶馆", o.Stores[0].Name)
		assert.True(t, o.StartsAt.Equal(Sunday))
		assert.Equal(t, 20, o.Capacity)
		assert.Equal(t, 1, events(t, app, models.EventEventPublished))

		card, err := app.Calendar.Cards(app.Ctx(), app.Street.Alliance.ID, models.ID{}, []models.ID{e.ID})
		require.NoError(t, err)
		assert.Equal(t, o.ID, card[e.ID].ID)
		none, err := app.Calendar.Cards(app.Ctx(), app.Other.Alliance.ID, models.ID{}, []models.ID{e.ID})
		require.NoError(t, err)
		assert.Empty(t, none, "another street's feed cannot show it")
	})
}

func TestAPlanThatCannotBeIsRefusedFieldByField(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		before := events(t, app, models.EventEventPublished)
		for name, c := range map[string]struct {
			body    body
			pointer string
		}{
			"end before start":     {plan(20).with("ends_at", Sunday.Add(-time.Hour)), "/ends_at"},
			"no places":            {plan(0), "/capacity"},
			"negative places":      {plan(-3), "/capacity"},
			"title too long":       {plan(20).with("title", strings.Repeat("茶", 41)), "/title"},
			"blank title":          {plan(20).with("title", "  "), "/title"},
			"no place":             {plan(20).with("place", ""), "/place"},
			"in the past":          {plan(20).with("starts_at", testkit.Noon.Add(-time.Hour)), "/starts_at"},
			"three years ahead":    {plan(20).with("starts_at", Sunday.AddDate(3, 0, 0)).with("ends_at", Sunday.AddDate(3, 0, 1)), "/starts_at"},
			"not a time":           {plan(20).with("starts_at", "tomorrow"), "/starts_at"},
			"places are words":     {plan(20).with("capacity", "many"), "/capacity"},
			"places beyond counts": {plan(20).with("capacity", 1e12), "/capacity"},
			"an unknown field":     {plan(20).with("price", 5), "/price"},
		} {
			r := app.As(testkit.ManagerOf("tea")).Post(tea(app, "/events"), c.body).Refused(http.StatusUnprocessableEntity, "invalid")
			assert.Contains(t, string(r.Body), `"pointer":"`+c.pointer+`"`, name)
		}
		assert.Equal(t, before, events(t, app, models.EventEventPublished), "nothing was published")
	})
}

func TestOneKeyPublishesOneEvent(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		manager := app.As(testkit.ManagerOf("tea")).With("Idempotency-Key", "plan-1")
		manager.Post(tea(app, "/events"), plan(20)).Must(http.StatusCreated)
		manager.Post(tea(app, "/events"), plan(20)).Must(http.StatusCreated)
		manager.Post(tea(app, "/events"), plan(21)).Refused(http.StatusUnprocessableEntity, "idempotency_key_reused")
		assert.Equal(t, 1, events(t, app, models.EventEventPublished))
	})
}

func TestASuspendedStorePublishesNothing(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		app.As(testkit.Coordinator).Post("/alliance/stores/"+app.Street.Stores["tea"].ID.String()+"/suspend", body{"reason": "盘点"}).Must(http.StatusOK)
		app.As(testkit.ManagerOf("tea")).Post(tea(app, "/events"), plan(20)).Refused(http.StatusConflict, "store_suspended")
	})
}

func TestAnotherTimeIsToldAndRaisesTheSequence(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		e := tasting(app, 20)
		path := tea(app, "/events/"+e.ID.String())
		later := Sunday.Add(2 * time.Hour)
		var changed calendar.EventView
		app.As(testkit.ManagerOf("tea")).Patch(path, body{"starts_at": later, "ends_at": later.Add(time.Hour)}).Must(http.StatusOK).Into(&changed)
		assert.True(t, changed.Occurrences[0].StartsAt.Equal(later))
		assert.Equal(t, 1, events(t, app, models.EventEventMoved))
		assert.Equal(t, 1, sequence(t, app, e))

		app.As(testkit.ManagerOf("tea")).Patch(path, body{"title": "认茶"}).Must(http.StatusOK).Into(&changed)
		assert.Equal(t, "认茶", changed.Title)
		assert.Equal(t, "认茶", changed.Occurrences[0].Title)
		assert.Equal(t, 1, events(t, app, models.EventEventMoved), "another name moves nobody")
		assert.Equal(t, 2, sequence(t, app, e))

		app.As(testkit.ManagerOf("tea")).Patch(path, body{"title": "认茶"}).Must(http.StatusOK)
		app.As(testkit.ManagerOf("tea")).Patch(path, body{}).Must(http.StatusOK)
		assert.Equal(t, 2, sequence(t, app, e), "no change is no change")
	})
}

func sequence(t *testing.T, app *testkit.App, e calendar.EventView) int {
	t.Helper()
	o, err := app.Calendar.Occurrence(app.Ctx(), app.Street.Alliance.ID, e.Occurrences[0].ID)
	require.NoError(t, err)
	return o.Sequence
}

func TestPlacesAreNotLoweredBelowThoseSignedUp(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		e := tasting(app, 20)
		app.As(testkit.Shopper).Post(signUps(e.Occurrences[0]), nil).Must(http.StatusCreated)
		app.As(testkit.OtherShopper).Post(signUps(e.Occurrences[0]), nil).Must(http.StatusCreated)
		path := tea(app, "/events/"+e.ID.String())
		r := app.As(testkit.ManagerOf("tea")).Patch(path, body{"capacity": 1, "title": "少几个位子"}).Refused(http.StatusConflict, "capacity_taken")
		assert.Contains(t, string(r.Body), "已经有 2 位报了名")
		assert.Contains(t, string(r.Body), `"pointer":"/capacity"`)
		var still calendar.OccurrenceView
		app.As(testkit.Visitor).Get("/occurrences/" + e.Occurrences[0].ID.String()).Must(http.StatusOK).Into(&still)
		assert.Equal(t, 20, still.Capacity)
		assert.Equal(t, "认一认秋天的茶", still.Title, "a refused edit changes nothing")
		app.As(testkit.ManagerOf("tea")).Patch(path, body{"capacity": 2}).Must(http.StatusOK)
		app.As(testkit.ThirdShopper).Post(signUps(e.Occurrences[0]), nil).Refused(http.StatusConflict, "event_full")
	})
}

func TestAnEditThatCannotBeIsRefused(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		e := tasting(app, 20)
		path := tea(app, "/events/"+e.ID.String())
		for pointer, b := range map[string]body{
			"/ends_at":   {"ends_at": Sunday.Add(-time.Minute)},
			"/starts_at": {"starts_at": testkit.Noon.Add(-time.Minute)},
			"/capacity":  {"capacity": -1},
			"/title":     {"title": ""},
		} {
			r := app.As(testkit.ManagerOf("tea")).Patch(path, b).Refused(http.StatusUnprocessableEntity, "invalid")
			assert.Contains(t, string(r.Body), `"pointer":"`+pointer+`"`)
		}
		assert.Equal(t, 0, sequence(t, app, e))
	})
}

func TestWhatHasBegunKeepsItsStartAndWhatIsOverKeepsEverything(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		e := tasting(app, 20)
		path := tea(app, "/events/"+e.ID.String())
		app.Time.Set(Sunday.Add(30 * time.Minute))
		app.As(testkit.ManagerOf("tea")).Patch(path, body{"capacity": 25}).Must(http.StatusOK)
		app.As(testkit.ManagerOf("tea")).Patch(path, body{"starts_at": Sunday.Add(10 * time.Minute)}).Refused(http.StatusUnprocessableEntity, "invalid")
		app.Time.Set(Sunday.Add(90 * time.Minute))
		app.As(testkit.ManagerOf("tea")).Patch(path, body{"capacity": 30}).Refused(http.StatusConflict, "event_over")
		app.As(testkit.ManagerOf("tea")).Post(path+"/cancel", nil).Refused(http.StatusConflict, "event_over")
	})
}

func TestCancellingIsForGood(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		e := tasting(app, 20)
		path := tea(app, "/events/"+e.ID.String())
		var off calendar.EventView
		app.As(testkit.ManagerOf("tea")).Post(path+"/cancel", nil).Must(http.StatusOK).Into(&off)
		assert.Equal(t, models.EventStateCancelled, off.State)
		assert.Equal(t, models.EventStateCancelled, off.Occurrences[0].State)
		assert.Equal(t, 1, events(t, app, models.EventEventCancelled))
		app.As(testkit.ManagerOf("tea")).Post(path+"/cancel", nil).Refused(http.StatusConflict, "event_cancelled")
		app.As(testkit.ManagerOf("tea")).Patch(path, body{"title": "又办了"}).Refused(http.StatusConflict, "event_cancelled")
		assert.Equal(t, 1, events(t, app, models.EventEventCancelled))
	})
}

func TestAStoresEventsArePagedNewestFirst(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		var made []models.ID
		for range 5 {
			made = append(made, tasting(app, 5).ID)
			app.Time.Advance(time.Minute)
		}
		app.As(testkit.ManagerOf("shoes")).Post(app.At("shoes", "/events"), plan(3)).Must(http.StatusCreated)
		var seen []models.ID
		path := tea(app, "/events?limit=2")
		for cursor := ""; ; {
			var page struct {
				Items      []calendar.EventView `json:"items"`
				NextCursor string               `json:"next_cursor"`
			}
			app.As(testkit.ClerkOf("tea")).Get(path + "&cursor=" + cursor).Must(http.StatusOK).Into(&page)
			for _, e := range page.Items {
				seen = append([]models.ID{e.ID}, seen...)
				assert.Len(t, e.Occurrences, 1)
			}
			if cursor = page.NextCursor; cursor == "" {
				break
			}
		}
		assert.Equal(t, made, seen)
		app.As(testkit.ClerkOf("tea")).Get(path+"&cursor=nonsense").Refused(http.StatusUnprocessableEntity, "cursor")
	})
}
