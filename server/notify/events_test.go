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

func signUp(app *testkit.App, who testkit.Persona, occurrence models.ID) {
	app.As(who).Post("/occurrences/"+occurrence.String()+"/sign-ups", nil).Must(http.StatusCreated)
	app.Drain()
}

func eventPath(app *testkit.App, event models.ID) string {
	return "/stores/" + shop(app, "tea").ID.String() + "/events/" + event.String()
}

func TestAPlaceIsConfirmed(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		_, o := tasting(t, app, 2)
		signUp(app, testkit.Shopper, o)
		n := inbox(app, testkit.Shopper).Items[0]
		assert.Equal(t, models.NoticeSignedUp, n.Kind)
		assert.Equal(t, "报上了：认一认秋天的茶", n.Title)
		assert.Equal(t, "10 月 18 日周日 14:30，清和茶馆，二楼。去不了，开始前都能退", n.Text)
		assert.Equal(t, "/calendar/"+o.String(), n.Link)
		assert.Equal(t, "清和茶馆", n.Store.Name)
	})
}

func TestTheHostsDeskCountsWhoComesInOneLine(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		_, o := tasting(t, app, 2)
		signUp(app, testkit.Shopper, o)
		lines := desk(t, app, "tea", "zh-CN")
		require.Len(t, lines, 1)
		assert.Equal(t, "认一认秋天的茶，来的有 1 位", lines[0].Text)
		assert.Equal(t, "10 月 18 日周日 14:30，还剩 1 个位子", lines[0].Detail)
		app.Time.Advance(time.Minute)
		signUp(app, testkit.OtherShopper, o)
		lines = desk(t, app, "tea", "zh-CN")
		require.Len(t, lines, 1)
		assert.Equal(t, "认一认秋天的茶，来的有 2 位", lines[0].Text)
		assert.Equal(t, "10 月 18 日周日 14:30，满了", lines[0].Detail)
		assert.True(t, lines[0].At.Equal(testkit.Noon.Add(time.Minute)))
		app.As(testkit.Shopper).Delete("/occurrences/" + o.String() + "/sign-ups").Must(http.StatusOK)
		app.Drain()
		assert.Equal(t, "认一认秋天的茶，来的有 1 位", desk(t, app, "tea", "zh-CN")[0].Text)
	})
}

func TestAPlaceGivenBackBeforeItWasToldOfIsNotConfirmed(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		_, o := tasting(t, app, 2)
		app.As(testkit.Shopper).Post("/occurrences/"+o.String()+"/sign-ups", nil).Must(http.StatusCreated)
		app.As(testkit.Shopper).Delete("/occurrences/" + o.String() + "/sign-ups").Must(http.StatusOK)
		app.Drain()
		assert.Empty(t, inbox(app, testkit.Shopper).Items)
	})
}

func TestThoseSignedUpAreToldThatItIsOff(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		event, o := tasting(t, app, 5)
		signUp(app, testkit.Shopper, o)
		signUp(app, testkit.OtherShopper, o)
		app.As(testkit.OtherShopper).Delete("/occurrences/" + o.String() + "/sign-ups").Must(http.StatusOK)
		app.Time.Advance(time.Minute)
		app.As(testkit.ManagerOf("tea")).Post(eventPath(app, event)+"/cancel", nil).Must(http.StatusOK)
		app.Drain()
		n := inbox(app, testkit.Shopper).Items[0]
		assert.Equal(t, models.NoticeEventCancelled, n.Kind)
		assert.Equal(t, "认一认秋天的茶取消了", n.Title)
		assert.Equal(t, "10 月 18 日周日 14:30 这一场不办了，清和茶馆跟您说声对不住。位子不用退", n.Text)
		assert.Len(t, inbox(app, testkit.OtherShopper).Items, 1, "who gave the place back is not told")
		assert.Empty(t, inbox(app, testkit.ThirdShopper).Items)
	})
}

func TestThoseSignedUpAreToldOfAnotherTimeEachTime(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		event, o := tasting(t, app, 5)
		signUp(app, testkit.Shopper, o)
		for i := range 2 {
			app.Time.Advance(time.Minute)
			later := Sunday.Add(time.Duration(i+1) * 24 * time.Hour)
			app.As(testkit.ManagerOf("tea")).Patch(eventPath(app, event), map[string]any{"starts_at": later, "ends_at": later.Add(time.Hour)}).Must(http.StatusOK)
			app.Drain()
		}
		mine := inbox(app, testkit.Shopper).Items
		require.Len(t, mine, 3)
		assert.Equal(t, models.NoticeEventMoved, mine[0].Kind)
		assert.Equal(t, "认一认秋天的茶改了时间或地方", mine[0].Title)
		assert.Equal(t, "现在是 10 月 20 日周二 14:30，清和茶馆，二楼。位子还给您留着，去不了就退一下", mine[0].Text)
		assert.Contains(t, mine[1].Text, "10 月 19 日周一 14:30")
	})
}

func TestWhatMovedAndWasThenCalledOffIsToldOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		event, o := tasting(t, app, 5)
		signUp(app, testkit.Shopper, o)
		app.As(testkit.ManagerOf("tea")).Patch(eventPath(app, event), map[string]any{"place": "院子里"}).Must(http.StatusOK)
		app.As(testkit.ManagerOf("tea")).Post(eventPath(app, event)+"/cancel", nil).Must(http.StatusOK)
		app.Drain()
		var kinds []models.NoticeKind
		for _, n := range inbox(app, testkit.Shopper).Items {
			kinds = append(kinds, n.Kind)
		}
		assert.ElementsMatch(t, []models.NoticeKind{models.NoticeSignedUp, models.NoticeEventCancelled}, kinds)
	})
}
