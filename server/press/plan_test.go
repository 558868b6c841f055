package press_test

import (
	"bytes"
	"image"
	"image/png"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/feed"
	"onestreet/server/platform/web"
	"onestreet/server/press"
	"onestreet/server/testkit"
	"onestreet/server/testkit/together"
)

func draft(t *testing.T, app *testkit.App, column, text string) press.PlanView {
	t.Helper()
	var v press.PlanView
	app.As(testkit.ClerkOf("noodles")).Post(app.At("noodles", "/plan"), map[string]any{"column": column, "text": text}).Must(http.StatusCreated).Into(&v)
	return v
}

// on is somebody at an item as they saw it.
func on(app *testkit.App, who testkit.Persona, v press.PlanView) *testkit.Client {
	return app.As(who).With("If-Match", web.ETag(v.Version))
}

func schedule(app *testkit.App, v press.PlanView, day, hour string) *testkit.Response {
	return on(app, testkit.OwnerOf("noodles"), v).Put(app.At("noodles", "/plan/"+v.ID.String()+"/schedule"), map[string]any{"day": day, "hour": hour})
}

func board(t *testing.T, app *testkit.App) press.PlanBoard {
	t.Helper()
	var b press.PlanBoard
	app.As(testkit.ClerkOf("noodles")).Get(app.At("noodles", "/plan")).Must(http.StatusOK).Into(&b)
	return b
}

func street(t *testing.T, app *testkit.App) []feed.PostView {
	t.Helper()
	var page feed.Page
	app.As(testkit.Visitor).Get("/feeds/street/posts").Must(http.StatusOK).Into(&page)
	return page.Items
}

func TestADraftGoesOutOnceWhenItIsDueOnTheStreetsClock(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		v := draft(t, app, "customers", "昨天来了一家三代，面一碗没剩")
		schedule(app, v, "2026-10-17", "20:00").Must(http.StatusOK).Into(&v)
		require.Equal(t, "2026-10-17T12:00:00Z", v.DueAt.UTC().Format(time.RFC3339), "20:00 on the street")
		publish := func() {
			var nodes together.Group
			for range 8 {
				nodes.Go(func() {
					if err := app.Press.PublishDue(app.Ctx()); err != nil {
						t.Error(err)
					}
				})
			}
			nodes.Wait()
		}
		app.Time.Set(time.Date(2026, 10, 17, 11, 59, 59, 0, time.UTC))
		publish()
		require.Empty(t, street(t, app))
		app.Time.Advance(time.Second)
		publish()
		publish()
		said := street(t, app)
		require.Len(t, said, 1)
		require.Equal(t, "林师傅", said[0].Author.Name)
		require.Equal(t, v.ID, said[0].ID)
		done := board(t, app).Items[0]
		names := app.Street.People
		require.Equal(t, []string{names[testkit.ClerkOf("noodles")].Account.Name, names[testkit.OwnerOf("noodles")].Account.Name}, []string{done.DraftedBy, done.ReleasedBy})
		require.Equal(t, models.PlanPublished, done.State)
		schedule(app, done, "2026-10-18", "20:00").Refused(http.StatusConflict, "plan_published")
		on(app, testkit.OwnerOf("noodles"), done).Delete(app.At("noodles", "/plan/"+v.ID.String())).Refused(http.StatusConflict, "plan_published")
	})
}

func TestOneOfManyTapsPublishes(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		v := draft(t, app, "product", "今天有葱油")
		owner := on(app, testkit.OwnerOf("noodles"), v)
		var mu sync.Mutex
		statuses := map[int]int{}
		var all together.Group
		for range 6 {
			all.Go(func() {
				status := owner.Post(app.At("noodles", "/plan/"+v.ID.String()+"/publish"), nil).Status
				mu.Lock()
				defer mu.Unlock()
				statuses[status]++
			})
		}
		all.Wait()
		require.Equal(t, map[int]int{http.StatusOK: 1, http.StatusConflict: 5}, statuses)
		require.Len(t, street(t, app), 1)
	})
}

func TestWhoMayDoWhatWithAPlan(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		v := draft(t, app, "personal", "我爷爷也是做面的")
		path := app.At("noodles", "/plan/"+v.ID.String())
		body := map[string]any{"column": "personal", "text": "我爷爷也是做面的，那时候用柴火"}
		on(app, testkit.ManagerOf("noodles"), v).Post(path+"/publish", nil).Must(http.StatusForbidden)
		on(app, testkit.ManagerOf("noodles"), v).Put(path+"/schedule", map[string]any{"day": "2026-10-18", "hour": "09:00"}).Must(http.StatusForbidden)
		on(app, testkit.OwnerOf("tea"), v).Put(app.At("tea", "/plan/"+v.ID.String()), body).Refused(http.StatusNotFound, "not_found")
		on(app, testkit.OwnerOf("tea"), v).Post(app.At("tea", "/plan/"+v.ID.String()+"/publish"), nil).Refused(http.StatusNotFound, "not_found")
		app.As(testkit.OwnerOf("tea")).Get(app.At("noodles", "/plan")).Must(http.StatusForbidden)
		app.As(testkit.ClerkOf("noodles")).Put(path, body).Refused(http.StatusPreconditionRequired, "precondition_required")
		schedule(app, v, "2026-10-18", "09:00").Must(http.StatusOK).Into(&v)
		on(app, testkit.OwnerOf("noodles"), v).Put(path, body).Must(http.StatusOK).Into(&v)
		require.Equal(t, models.PlanScheduled, v.State, "the owner may change what the owner scheduled")
		stale := v
		v = press.PlanView{}
		on(app, testkit.ClerkOf("noodles"), stale).Put(path, body).Must(http.StatusOK).Into(&v)
		require.Equal(t, models.PlanDraft, v.State, "the owner reads it again")
		require.Nil(t, v.DueAt)
		on(app, testkit.ClerkOf("noodles"), stale).Put(path, body).Refused(http.StatusPreconditionFailed, "precondition_failed")
		for _, due := range [][2]string{{"2026-10-17", "10:00"}, {"2027-11-01", "10:00"}, {"soon", "10:00"}, {"2026-10-18", "25:00"}, {"", ""}} {
			schedule(app, v, due[0], due[1]).Refused(http.StatusUnprocessableEntity, "plan_due")
		}
		for _, s := range []testkit.Scenario{
			{Name: "no column", Body: map[string]any{"column": "gossip", "text": "x"}, Status: 422},
			{Name: "nothing", Body: map[string]any{"column": "product", "text": " \u200b"}, Status: 422, Code: "text_empty"},
			{Name: "too long", Body: map[string]any{"column": "product", "text": strings.Repeat("长", 2001)}, Status: 422, Code: "text_too_long"},
			{Name: "nobody's photo", Body: map[string]any{"column": "product", "text": "x", "photo_ids": []string{models.NewID().String()}}, Status: 422, Code: "photo_unknown"},
		} {
			s.Method, s.Path, s.As = "POST", app.At("noodles", "/plan"), testkit.ClerkOf("noodles")
			s.Run(t, app)
		}
		other := app.As(testkit.OwnerOf("noodles"))
		var owners press.PlanView
		other.Post(app.At("noodles", "/plan"), map[string]any{"column": "product", "text": "店主写的"}).Must(http.StatusCreated).Into(&owners)
		on(app, testkit.ClerkOf("noodles"), owners).Delete(app.At("noodles", "/plan/"+owners.ID.String())).Refused(http.StatusForbidden, "plan_not_yours")
		on(app, testkit.ClerkOf("noodles"), v).Delete(path).Must(http.StatusNoContent)
		require.Len(t, board(t, app).Items, 1)
	})
}

func TestPhotosWaitWithTheirDraft(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		var buf bytes.Buffer
		require.NoError(t, png.Encode(&buf, image.NewRGBA(image.Rect(0, 0, 8, 8))))
		upload := func(who testkit.Persona) models.ID {
			var p feed.PhotoView
			app.As(who).Upload("/photos", "noodles.png", buf.Bytes()).Must(http.StatusCreated).Into(&p)
			return p.ID
		}
		first := upload(testkit.ClerkOf("noodles"))
		var v press.PlanView
		app.As(testkit.ClerkOf("noodles")).Post(app.At("noodles", "/plan"), map[string]any{"column": "product", "text": "", "photo_ids": []models.ID{first}}).Must(http.StatusCreated).Into(&v)
		app.Time.Advance(30 * time.Hour)
		require.NoError(t, app.Feed.ForgetUploads(app.Ctx()))
		second := upload(testkit.OwnerOf("noodles"))
		path := app.At("noodles", "/plan/"+v.ID.String())
		on(app, testkit.OwnerOf("noodles"), v).Put(path, map[string]any{"column": "product", "text": "两张", "photo_ids": []models.ID{second, first}}).Must(http.StatusOK).Into(&v)
		on(app, testkit.OwnerOf("noodles"), v).Post(path+"/publish", nil).Must(http.StatusOK)
		said := street(t, app)[0]
		require.Equal(t, []models.ID{second, first}, []models.ID{said.Photos[0].ID, said.Photos[1].ID})
	})
}

func TestAnAdvertStaysOnTheBoardAndIsNobodysStrike(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		app.As(testkit.Coordinator).Post("/conduct/terms", map[string]any{"word": "跳楼价", "does": "ad"})
		v := draft(t, app, "product", "跳楼价，跳楼价，加薇信 demo_lili77 全场")
		schedule(app, v, "2026-10-17", "20:00").Must(http.StatusOK)
		app.Time.Set(time.Date(2026, 10, 17, 12, 0, 0, 0, time.UTC))
		require.NoError(t, app.Press.PublishDue(app.Ctx()))
		require.Empty(t, street(t, app))
		refused := board(t, app).Items[0]
		require.Equal(t, models.PlanRefused, refused.State)
		require.Contains(t, []string{"advert_draft", "doubtful_draft"}, refused.Why)
		var n int64
		require.NoError(t, app.DB.Read(app.Ctx()).Model(&models.ConductStrike{}).Where("alliance_id = ?", app.Street.Alliance.ID).Count(&n).Error)
		require.Zero(t, n)
		on(app, testkit.ClerkOf("noodles"), refused).Put(app.At("noodles", "/plan/"+v.ID.String()), map[string]any{"column": "product", "text": "今天面便宜两块"}).Must(http.StatusOK).Into(&v)
		require.Equal(t, models.PlanDraft, v.State)
		on(app, testkit.OwnerOf("noodles"), v).Post(app.At("noodles", "/plan/"+v.ID.String()+"/publish"), nil).Must(http.StatusOK)
		require.Len(t, street(t, app), 1)
	})
}

func TestTheBoardSaysWhatIsMissing(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		for _, text := range []string{"一", "二", "三", "四"} {
			v := draft(t, app, "product", text)
			on(app, testkit.OwnerOf("noodles"), v).Post(app.At("noodles", "/plan/"+v.ID.String()+"/publish"), nil).Must(http.StatusOK)
		}
		draft(t, app, "customers", "还只是草稿")
		b := board(t, app)
		require.EqualValues(t, map[models.PlanColumn]int64{"product": 4, "customers": 0, "personal": 0}, b.Counts)
		require.Equal(t, []models.PlanColumn{models.PlanCustomers, models.PlanProduct}, []models.PlanColumn{b.Missing, b.TooMuch})
		require.Equal(t, "Asia/Shanghai", b.TimeZone)
		app.Time.Advance(29 * 24 * time.Hour)
		require.Len(t, board(t, app).Items, 1, "what was published long ago is not on the board")
	})
}
