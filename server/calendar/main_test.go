package calendar_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/calendar"
	"onestreet/server/testkit"
	"onestreet/server/testkit/errand"
)

func TestMain(m *testing.M) {
	errand.For(crowded, signUpUntilKilled)
	testkit.Main(m)
}

// Sunday is when the tea house has its tasting: the day after every test begins.
var Sunday = testkit.Noon.Add(28 * time.Hour)

type body map[string]any

func plan(capacity int) body {
	return body{
		"title": "认一认秋天的茶", "story": "老吴泡", "place": "二楼靠窗", "capacity": capacity,
		"starts_at": Sunday.Format(time.RFC3339), "ends_at": Sunday.Add(90 * time.Minute).Format(time.RFC3339),
	}
}

func (b body) with(field string, value any) body {
	changed := body{field: value}
	for k, v := range b {
		if k != field {
			changed[k] = v
		}
	}
	return changed
}

// tea is a path of the tea house's.
func tea(app *testkit.App, rest string) string { return app.At("tea", rest) }

// tasting is an event of the tea house with so many places.
func tasting(app *testkit.App, capacity int) calendar.EventView {
	var e calendar.EventView
	app.As(testkit.ManagerOf("tea")).Post(tea(app, "/events"), plan(capacity)).Must(http.StatusCreated).Into(&e)
	return e
}

func signUps(o calendar.OccurrenceView) string { return "/occurrences/" + o.ID.String() + "/sign-ups" }

func checkIns(app *testkit.App, o calendar.OccurrenceView) string {
	return tea(app, "/occurrences/"+o.ID.String()+"/check-ins")
}

func guests(app *testkit.App, o calendar.OccurrenceView) calendar.GuestList {
	var list calendar.GuestList
	app.As(testkit.ClerkOf("tea")).Get(tea(app, "/occurrences/"+o.ID.String()+"/guests")).Must(http.StatusOK).Into(&list)
	return list
}

// inTheBooks fails the test unless the places that are taken are exactly the rows of those who took them.
func inTheBooks(t *testing.T, app *testkit.App, id models.ID, taken int) {
	t.Helper()
	o, err := app.Calendar.Occurrence(app.Ctx(), app.Street.Alliance.ID, id)
	require.NoError(t, err)
	var rows int64
	require.NoError(t, app.DB.Read(app.Ctx()).Model(&models.SignUp{}).Where("occurrence_id = ?", id).Count(&rows).Error)
	require.Equal(t, taken, o.Taken)
	require.EqualValues(t, taken, rows)
}

func visits(t *testing.T, app *testkit.App, member models.ID) []models.Visit {
	t.Helper()
	var rows []models.Visit
	require.NoError(t, app.DB.Read(app.Ctx()).Where("member_id = ?", member).Find(&rows).Error)
	return rows
}

func signUp(app *testkit.App, alliance, member, occurrence models.ID) error {
	_, err := app.Calendar.SignUp(app.Ctx(), calendar.SignUp{Alliance: alliance, Member: member, Occurrence: occurrence})
	return err
}
