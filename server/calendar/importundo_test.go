package calendar_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/calendar"
	"onestreet/server/platform/web"
	"onestreet/server/testkit"
)

func undoOf(app *testkit.App, v calendar.CalendarImportView) string {
	return tea(app, imports+"/"+v.ID.String()+"/undo")
}

func undone(app *testkit.App, v calendar.CalendarImportView) (list []string) {
	var back calendar.CalendarImportView
	app.As(testkit.ManagerOf("tea")).Post(undoOf(app, v), nil).Must(http.StatusOK).Into(&back)
	for _, u := range back.Undone {
		list = append(list, u.Title+" "+string(u.Outcome)+" "+u.Code)
	}
	return list
}

// dateOfTea finds the next date of one of the tea house's events by its title.
func dateOfTea(t *testing.T, app *testkit.App, title string) calendar.OccurrenceView {
	t.Helper()
	var page struct{ Items []calendar.EventView }
	app.As(testkit.ManagerOf("tea")).Get(tea(app, "/events")).Must(http.StatusOK).Into(&page)
	for _, e := range page.Items {
		if e.Title == title {
			return e.Occurrences[0]
		}
	}
	require.Fail(t, "no such event", title)
	return calendar.OccurrenceView{}
}

var (
	threeEvents = icsFile(
		icsEvent("a@phone", "SUMMARY:认茶", "DTSTART;TZID=Asia/Shanghai:20261024T150000", "DURATION:PT2H", "SEQUENCE:1"),
		icsEvent("b@phone", "SUMMARY:写字课", "DTSTART;TZID=Asia/Shanghai:20261025T090000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=6", "SEQUENCE:1"),
		icsEvent("c@phone", "SUMMARY:说书", "DTSTART;TZID=Asia/Shanghai:20261026T190000", "DURATION:PT1H", "SEQUENCE:1"),
	)
	threeChanged = icsFile(
		icsEvent("a@phone", "SUMMARY:认秋茶", "LOCATION:后院", "DTSTART;TZID=Asia/Shanghai:20261024T160000", "DURATION:PT2H", "SEQUENCE:2"),
		icsEvent("b@phone", "SUMMARY:写字课", "DTSTART;TZID=Asia/Shanghai:20261025T100000", "DURATION:PT2H", "RRULE:FREQ=WEEKLY;COUNT=4", "SEQUENCE:2"),
		icsEvent("c@phone", "SUMMARY:说书", "DTSTART;TZID=Asia/Shanghai:20261026T190000", "DURATION:PT1H", "STATUS:CANCELLED", "SEQUENCE:2"),
	)
)

// TestAnImportIsTakenBack: as if it had never come, and it may come again; what it changed is as it was before.
func TestAnImportIsTakenBack(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		first := brought(app, threeEvents, "published")
		require.NotNil(t, first.UndoUntil)
		app.Drain()
		assert.Contains(t, string(app.As(testkit.Shopper).Get("/feeds/street/posts").Must(http.StatusOK).Body), "说书")
		was := teaEvents(app)
		require.Len(t, was, 3)
		app.Time.Advance(time.Hour)

		second := brought(app, threeChanged, "published")
		require.Equal(t, []string{"认秋茶 updated", "写字课 updated", "说书 cancelled"}, outcomes(second))
		require.NotEqual(t, was, teaEvents(app))
		require.Equal(t, []string{"认茶 left newer_file", "写字课 left newer_file", "说书 left newer_file"}, undoneOnce(t, app, first), "the later one goes first")

		app.Time.Advance(time.Hour)
		feed := func() string {
			return string(app.As(testkit.Visitor).Get("/calendar.ics").Must(http.StatusOK).Body)
		}
		require.NotContains(t, feed(), "SUMMARY:认茶")
		require.Equal(t, []string{"认秋茶 restored ", "写字课 restored ", "说书 restored "}, undone(app, second))
		require.Equal(t, was, teaEvents(app))
		require.Contains(t, feed(), "SUMMARY:认茶")
		require.Equal(t, models.EventStatePublished, dateOfTea(t, app, "说书").State)
		require.Equal(t, []string{"认秋茶 changed", "写字课 changed", "说书 changed"}, states(app, looks(app, threeChanged)), "the newer file may come again")
		booksHold(t, app)
	})
}

// undoneOnce takes an import back in a transaction that is not kept.
func undoneOnce(t *testing.T, app *testkit.App, v calendar.CalendarImportView) (list []string) {
	t.Helper()
	undoes := errors.New("only to see")
	err := app.DB.Tx(app.Ctx(), func(tx *gorm.DB) error {
		imp, err := app.Calendar.TakeBack(tx.Statement.Context, teaDesk(app), v.ID)
		require.NoError(t, err)
		var came []calendar.Undone
		require.NoError(t, json.Unmarshal([]byte(*imp.Undone), &came))
		for _, u := range came {
			list = append(list, u.Title+" "+string(u.Outcome)+" "+u.Code)
		}
		return undoes
	})
	require.ErrorIs(t, err, undoes)
	return list
}

// TestTakingAnImportBackLeavesWhatPeopleUse: what has guests, what was changed here, and what came as a draft and was published.
func TestTakingAnImportBackLeavesWhatPeopleUse(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		v := brought(app, threeEvents, "published")
		app.Time.Advance(time.Minute)
		taken, changed := dateOfTea(t, app, "写字课"), dateOfTea(t, app, "说书")
		app.As(testkit.Shopper).Post(signUps(taken), nil).Must(http.StatusCreated)
		app.As(testkit.ManagerOf("tea")).Patch(tea(app, "/events/"+changed.EventID.String()), body{"place": "前院"}).Must(http.StatusOK)
		gone := dateOfTea(t, app, "认茶")

		var page web.Page[calendar.CalendarImportView]
		app.As(testkit.ManagerOf("tea")).Get(tea(app, imports)).Must(http.StatusOK).Into(&page)
		require.Len(t, page.Items, 1)
		for _, s := range []testkit.Scenario{
			{Name: "a clerk", As: testkit.ClerkOf("tea"), Method: "POST", Path: undoOf(app, v), Status: http.StatusForbidden},
			{Name: "another store", As: testkit.ManagerOf("shoes"), Method: "POST", Path: app.At("shoes", imports+"/"+v.ID.String()+"/undo"), Status: http.StatusNotFound},
			{Name: "another street", As: testkit.OtherCoordinator, Method: "POST", Path: undoOf(app, v), Status: http.StatusForbidden},
			{Name: "one that was only looked at", As: testkit.ManagerOf("tea"), Method: "POST", Path: undoOf(app, looks(app, threeChanged)), Status: http.StatusConflict, Code: "import_not_done"},
		} {
			s.Run(t, app)
		}
		left := []string{"认茶 removed ", "写字课 left has_guests", "说书 left changed_here"}
		require.Equal(t, left, undone(app, v))
		require.Equal(t, left, undone(app, v), "a second tap")
		app.As(testkit.Shopper).Get("/occurrences/"+gone.ID.String()).Refused(http.StatusNotFound, "not_found")
		app.As(testkit.Shopper).Post(signUps(gone), nil).Refused(http.StatusNotFound, "not_found")
		require.Len(t, teaEvents(app), 2)
		app.As(testkit.ManagerOf("tea")).Get(tea(app, imports)).Must(http.StatusOK).Into(&page)
		require.Empty(t, page.Items)
		app.Drain()
		assert.NotContains(t, string(app.As(testkit.Shopper).Get("/feeds/street/posts").Must(http.StatusOK).Body), "认茶", "what was told of it is taken back")
		require.Equal(t, []string{"认茶 new", "写字课 unchanged", "说书 unchanged"}, states(app, looks(app, threeEvents)), "what is gone may come again")

		drafts := brought(app, icsFile(icsEvent("d@phone", "SUMMARY:草的", "DTSTART:20261026T190000Z", "DURATION:PT1H")), "draft")
		require.Equal(t, []string{"草的 removed "}, undone(app, drafts))
		late := brought(app, threeEvents, "published")
		app.Time.Advance(models.CalendarUndo)
		app.As(testkit.ManagerOf("tea")).Post(undoOf(app, late), nil).Refused(http.StatusConflict, "import_undo_late")
		require.NoError(t, app.Calendar.ForgetLooks(app.Ctx()))
		booksHold(t, app)
	})
}

// TestTakingAnImportBackRacesWithSigningUp: either the place stands and so does the event, or there is neither.
func TestTakingAnImportBackRacesWithSigningUp(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		v := brought(app, threeEvents, "published")
		o, people := dateOfTea(t, app, "认茶"), app.Join(12, "tea")
		errs := testkit.Crowd(len(people)+1, func(i int) error {
			if i == len(people)/2 {
				_, err := app.Calendar.TakeBack(app.Ctx(), teaDesk(app), v.ID)
				return err
			}
			who := people[i%len(people)].Member
			return signUp(app, who.AllianceID, who.ID, o.ID)
		})
		n := 0
		for i, err := range errs {
			if i == len(people)/2 {
				require.NoError(t, err)
			} else if err == nil {
				n++
			} else {
				require.True(t, errors.Is(err, models.ErrNotFound) || errors.Is(err, calendar.ErrSignedUp), "%v", err)
			}
		}
		var rows, dates int64
		require.NoError(t, app.DB.Read(app.Ctx()).Model(&models.SignUp{}).Where("occurrence_id = ?", o.ID).Count(&rows).Error)
		require.NoError(t, app.DB.Read(app.Ctx()).Model(&models.Occurrence{}).Where("id = ?", o.ID).Count(&dates).Error)
		assert.EqualValues(t, n, rows)
		assert.Equal(t, n > 0, dates == 1, "places at an event that is no more")
		booksHold(t, app)
	})
}
