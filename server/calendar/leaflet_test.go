package calendar_test

import (
	"bytes"
	"image"
	"image/png"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/calendar"
	"onestreet/server/platform/blob"
	"onestreet/server/testkit"
)

// photo is an upload of somebody's, not used yet.
func photo(t *testing.T, app *testkit.App, who testkit.Persona) models.ID {
	t.Helper()
	var file bytes.Buffer
	require.NoError(t, png.Encode(&file, image.NewGray(image.Rect(0, 0, 40, 30))))
	var p struct{ ID models.ID }
	app.As(who).Upload("/photos", "tea.png", file.Bytes()).Must(http.StatusCreated).Into(&p)
	return p.ID
}

func TestPicturesAndWhatToBringGoWithTheInvitation(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		manager := testkit.ManagerOf("tea")
		e := tasting(app, 20)
		o, path := e.Occurrences[0], tea(app, "/events/"+e.ID.String()+"/leaflet")
		first, second, other := photo(t, app, manager), photo(t, app, manager), photo(t, app, testkit.ManagerOf("shoes"))
		app.As(testkit.Shopper).Post(signUps(o), nil).Must(http.StatusCreated)
		app.As(manager).Put(path, body{"bring": "自己的杯子", "photo_ids": []models.ID{second, first, second}}).Must(http.StatusOK).Into(&e)
		require.Equal(t, []models.ID{second, first}, picturesOf(e.Occurrences[0]))
		var shown calendar.OccurrenceView
		app.As(testkit.Visitor).Get("/occurrences/" + o.ID.String() + "?street=" + app.Street.Alliance.Slug).Must(http.StatusOK).Into(&shown)
		assert.Equal(t, "自己的杯子", shown.Bring)
		assert.Equal(t, []int{40, 30}, []int{shown.Pictures[0].W, shown.Pictures[0].H})
		app.As(testkit.Visitor).Get(strings.TrimPrefix(shown.Pictures[0].ThumbURL, "/api/v1")).Must(http.StatusOK)
		file := string(app.As(testkit.Shopper).Get("/occurrences/" + o.ID.String() + "/event.ics").Must(http.StatusOK).Body)
		assert.Contains(t, strings.ReplaceAll(file, "\r\n ", ""), "带上：自己的杯子")
		assert.Contains(t, file, "SEQUENCE:1\r\n", "calendar programs take it over")

		_, tags, err := app.Calendar.PageHead(app.Ctx(), "/calendar/"+o.ID.String())
		require.NoError(t, err)
		require.Contains(t, tags, "/api/v1/occurrences/"+o.ID.String()+"/card.jpg?street="+app.Street.Alliance.Slug)
		card, err := blob.Read(app.Ctx(), app.As(testkit.Visitor).Get("/occurrences/"+o.ID.String()+"/card.jpg?street="+app.Street.Alliance.Slug).Must(http.StatusOK).Body)
		require.NoError(t, err)
		assert.Equal(t, []string{app.Config.PublicURL + "/calendar/" + o.ID.String()}, card.Codes, "the code on the picture leads to the page")

		for _, s := range []testkit.Scenario{
			{Name: "somebody else's upload", Body: body{"photo_ids": []models.ID{other}}, Status: http.StatusUnprocessableEntity, Code: "picture_unknown"},
			{Name: "no such picture", Body: body{"photo_ids": []models.ID{models.NewID()}}, Status: http.StatusUnprocessableEntity, Code: "picture_unknown"},
			{Name: "ten of them", Body: body{"photo_ids": manyIDs(10)}, Status: http.StatusUnprocessableEntity, Code: "too_many_pictures"},
			{Name: "too much to bring", Body: body{"photo_ids": []models.ID{}, "bring": strings.Repeat("伞", 201)}, Status: http.StatusUnprocessableEntity},
			{Name: "a clerk", As: testkit.ClerkOf("tea"), Body: body{"photo_ids": []models.ID{}}, Status: http.StatusForbidden},
			{Name: "another store", As: testkit.ManagerOf("shoes"), Path: app.At("shoes", "/events/"+e.ID.String()+"/leaflet"), Body: body{"photo_ids": []models.ID{}}, Status: http.StatusNotFound},
		} {
			s.Method, s.Path = "PUT", firstOf(s.Path, path)
			if s.As == "" {
				s.As = manager
			}
			s.Run(t, app)
		}

		// A template takes the pictures along; where they hang nowhere any more they are forgotten.
		terms := body{"per_member": 1, "waiting_places": 0, "offer_minutes": 120, "cancel_hours": 0, "who": "everyone", "level": "none", "no_shows": 0, "fee": "free", "points": 0, "price": 0, "questions": []body{}}
		paper := body{"kind": "template", "title": "认茶", "story": "", "place": "", "capacity": 20, "terms": terms, "bring": "自己的杯子", "photo_ids": []models.ID{first}}
		var kept calendar.Paper
		app.As(testkit.OwnerOf("tea")).Post(tea(app, "/event-papers"), paper).Must(http.StatusCreated).Into(&kept)
		assert.Equal(t, []models.ID{first}, kept.PhotoIDs, "another manager's picture, which hangs at the store's event")
		app.As(testkit.ManagerOf("shoes")).Post(app.At("shoes", "/event-papers"), paper).Refused(http.StatusUnprocessableEntity, "picture_unknown")
		app.As(manager).Put(path, body{"photo_ids": []models.ID{}}).Must(http.StatusOK).Into(&e)
		assert.Empty(t, e.Occurrences[0].Pictures)
		app.Time.Advance(25 * time.Hour)
		require.NoError(t, app.Feed.ForgetUploads(app.Ctx()))
		app.As(testkit.Visitor).Get("/photos/" + first.String() + "/thumb.jpg").Must(http.StatusOK)
		app.As(testkit.Visitor).Get("/photos/" + second.String() + "/thumb.jpg").Must(http.StatusNotFound)
		app.As(manager).Delete(tea(app, "/event-papers/"+kept.ID.String())).Must(http.StatusNoContent)
		require.NoError(t, app.Feed.ForgetUploads(app.Ctx()))
		app.As(testkit.Visitor).Get("/photos/" + first.String() + "/thumb.jpg").Must(http.StatusNotFound)
	})
}

func TestTheLetterADayBeforeSaysWhatToBring(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		e := tasting(app, 20)
		app.As(testkit.ManagerOf("tea")).Put(tea(app, "/events/"+e.ID.String()+"/leaflet"), body{"bring": "自己的杯子", "photo_ids": []models.ID{}}).Must(http.StatusOK)
		app.As(testkit.Shopper).Post(signUps(e.Occurrences[0]), nil).Must(http.StatusCreated)
		app.Time.Set(Sunday.Add(-20 * time.Hour))
		require.NoError(t, app.Notify.RemindOfEvents(app.Ctx()))
		assert.Contains(t, string(app.As(testkit.Shopper).Get("/me/inbox").Must(http.StatusOK).Body), "记得带上自己的杯子。去不了就退一下")
		assert.Contains(t, string(app.As(testkit.Shopper).In("en").Get("/me/inbox").Must(http.StatusOK).Body), "Please bring: 自己的杯子. If you cannot come")
	})
}

func picturesOf(o calendar.OccurrenceView) []models.ID {
	ids := make([]models.ID, len(o.Pictures))
	for i, p := range o.Pictures {
		ids[i] = p.ID
	}
	return ids
}

func manyIDs(n int) []models.ID {
	ids := make([]models.ID, n)
	for i := range ids {
		ids[i] = models.NewID()
	}
	return ids
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
