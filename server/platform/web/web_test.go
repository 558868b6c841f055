package web_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/web"
	"onestreet/server/testkit"
	"onestreet/server/testkit/together"
)

func TestMain(m *testing.M) { testkit.Main(m) }

type order struct {
	Body struct {
		Title  string       `json:"title" minLength:"1" maxLength:"10"`
		Price  models.Money `json:"price"`
		Pieces int          `json:"pieces" minimum:"1" maximum:"99"`
	}
}

type made struct {
	Count int64 `json:"count"`
}

// shop adds an operation that counts how often it is carried out.
func shop(app *testkit.App) *atomic.Int64 {
	count := &atomic.Int64{}
	op := web.Op{ID: "test-order", Summary: "Order", Tag: "test", Who: identity.SignedIn, Idempotent: true, Status: http.StatusCreated}
	web.Post(app.API, "/test/orders", op, func(_ context.Context, in *order) (*web.Reply[made], error) {
		switch in.Body.Title {
		case "taken":
			return nil, models.Fail(models.Conflict, "taken", "没了", "All gone")
		case "broken":
			return nil, errors.New("secret inside: password")
		case "panic":
			panic("at the counter")
		}
		return web.OK(made{Count: count.Add(1)}), nil
	})
	return count
}

func good() map[string]any {
	return map[string]any{"title": "shoes", "price": map[string]any{"amount": 100, "currency": "CNY"}, "pieces": 1}
}

func with(field string, value any) map[string]any {
	body := good()
	body[field] = value
	return body
}

func TestBadBodiesSayWhatIsWrong(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		count := shop(app)
		big := `{"title":"` + strings.Repeat("x", 10<<20) + `"}`
		for _, s := range []testkit.Scenario{
			{Name: "not JSON", Body: "hello", Status: 400, Code: "body_not_json", Says: []string{"不是 JSON"}},
			{Name: "half JSON", Body: `{"title":`, Status: 400, Code: "body_not_json", Language: "en", Says: []string{"not JSON"}},
			{Name: "10 MB", Body: big, Status: 413, Code: "body_too_large"},
			{Name: "unknown field", Body: with("colour", "red"), Status: 422, Code: "invalid", Says: []string{`"/colour"`, "没有这一项"}},
			{Name: "unknown field, English", Body: with("colour", "red"), Language: "en-GB", Status: 422, Says: []string{"There is no such field"}, Silent: []string{"没有"}},
			{Name: "missing field", Body: map[string]any{"title": "a"}, Status: 422, Says: []string{"缺少 price", "缺少 pieces"}},
			{Name: "too many", Body: with("pieces", 100), Status: 422, Says: []string{`"/pieces"`, "不能大于 99"}},
			{Name: "a fraction", Body: with("pieces", 1.5), Status: 422, Says: []string{`"/pieces"`, "整数"}},
			{Name: "text for a number", Body: with("pieces", "one"), Status: 422, Says: []string{`"/pieces"`}},
			{Name: "too long", Body: with("title", "一二三四五六七八九十一"), Status: 422, Says: []string{"最多 10 个字"}},
			{Name: "foreign money", Body: with("price", map[string]any{"amount": 1, "currency": "USD"}), Status: 422, Says: []string{`"/price/currency"`}},
			{Name: "over int64", Body: `{"title":"a","pieces":1,"price":{"amount":92233720368547758080}}`, Status: 422},
			{Name: "refused", Body: with("title", "taken"), Status: 409, Code: "taken", Says: []string{"没了"}},
			{Name: "broken", Body: with("title", "broken"), Status: 500, Code: "internal", Silent: []string{"secret", "password"}},
			{Name: "panic", Body: with("title", "panic"), Status: 500, Code: "internal", Silent: []string{"counter"}},
		} {
			s.As, s.Method, s.Path = testkit.Shopper, "POST", "/test/orders"
			s.Run(t, app)
		}
		require.Zero(t, count.Load())
	})
}

func TestAddressesThatAreNotThere(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		app.As(testkit.Shopper).Get("/nothing").Refused(http.StatusNotFound, "no_such_address")
		app.As(testkit.Shopper).Get("/stores/not-an-id/desk")
	})
}

func TestEveryAnswerIsGuardedByHeaders(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		h := app.As(testkit.Shopper).Get("/me").Must(http.StatusOK).Header
		require.Contains(t, h.Get("Content-Security-Policy"), "script-src 'self';")
		require.NotContains(t, h.Get("Content-Security-Policy"), "script-src 'self' 'unsafe-inline'")
		require.Equal(t, "nosniff", h.Get("X-Content-Type-Options"))
		require.Equal(t, "no-store", h.Get("Cache-Control"))
		require.Len(t, h.Get("X-Request-Id"), 36)
	})
}

func TestTheSameKeyGetsTheFirstAnswerAgain(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		count := shop(app)
		as := app.As(testkit.Shopper).With("Idempotency-Key", "k1")
		first := as.Post("/test/orders", good()).Must(http.StatusCreated)
		again := as.Post("/test/orders", good()).Must(http.StatusCreated)
		require.Equal(t, string(first.Body), string(again.Body))
		require.Equal(t, "true", again.Header.Get("Idempotency-Replayed"))
		require.Empty(t, first.Header.Get("Idempotency-Replayed"))
		require.EqualValues(t, 1, count.Load())
		as.Post("/test/orders", with("pieces", 2)).Refused(http.StatusUnprocessableEntity, "idempotency_key_reused")
		app.As(testkit.OtherShopper).With("Idempotency-Key", "k1").Post("/test/orders", good()).Must(http.StatusCreated)
		require.EqualValues(t, 2, count.Load(), "another person's key is another key")
	})
}

func TestARefusalIsReplayedAndAFailureIsTriedAgain(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		shop(app)
		as := app.As(testkit.Shopper)
		as.With("Idempotency-Key", "taken").Post("/test/orders", with("title", "taken")).Refused(http.StatusConflict, "taken")
		again := as.With("Idempotency-Key", "taken").Post("/test/orders", with("title", "taken")).Refused(http.StatusConflict, "taken")
		require.Equal(t, "true", again.Header.Get("Idempotency-Replayed"))
		for range 2 {
			r := as.With("Idempotency-Key", "broken").Post("/test/orders", with("title", "broken")).Refused(http.StatusInternalServerError, "internal")
			require.Empty(t, r.Header.Get("Idempotency-Replayed"))
		}
	})
}

// TestWhatWasDoneButNotHeardIsNotDoneAgain: it is committed when the node loses its voice; whoever asks again is told of it,
// also by many at once, and when it would be refused by now.
func TestWhatWasDoneButNotHeardIsNotDoneAgain(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		op := web.Op{ID: "test-bake", Summary: "Bake", Tag: "test", Who: identity.SignedIn, Keeps: true, Status: http.StatusCreated}
		var hoarse, closed atomic.Bool
		bake := func(ctx context.Context) error {
			if closed.Load() {
				return models.ErrNotFound
			}
			return app.DB.Tx(ctx, func(tx *gorm.DB) error {
				item, err := app.Streams.Append(tx, app.Street.Alliance.ID, "test", "baked", map[string]any{})
				if err != nil {
					return err
				}
				return web.Keep(tx, web.AskOf(ctx), item.Seq, app.Time.Now())
			})
		}
		web.Post(app.API, "/test/loaves", op, func(ctx context.Context, _ *order) (*web.Reply[map[string]bool], error) {
			first, err := web.Once[int64](ctx, app.DB, web.AskOf(ctx), func() error { return bake(ctx) })
			if err == nil && hoarse.Load() {
				err = errors.New("the oven is hot, the voice is gone")
			}
			return web.OK(map[string]bool{"again": first != nil}), err
		})
		bakedAre := func(n int) {
			items, err := app.Streams.Since(app.Ctx(), app.Street.Alliance.ID, "test", 0, 10)
			require.NoError(t, err)
			require.Len(t, items, n)
		}
		loaf := app.As(testkit.Shopper).With("Idempotency-Key", "loaf")
		hoarse.Store(true)
		loaf.Post("/test/loaves", good()).Refused(http.StatusInternalServerError, "internal")
		hoarse.Store(false)
		bakedAre(1)
		require.Equal(t, "true", loaf.Post("/test/loaves", good()).Must(http.StatusCreated).Header.Get("Idempotency-Replayed"))
		var all together.Group
		for range 30 {
			all.Go(func() {
				app.As(testkit.Shopper).With("Idempotency-Key", "many").Post("/test/loaves", good()).Must(http.StatusCreated)
			})
		}
		all.Wait()
		bakedAre(2)
		closed.Store(true)
		loaf.Post("/test/loaves", good()).Must(http.StatusCreated)
		loaf.Post("/test/loaves", with("pieces", 2)).Refused(http.StatusUnprocessableEntity, "idempotency_key_reused")
		app.As(testkit.Shopper).Post("/test/loaves", good()).Refused(http.StatusNotFound, "not_found")
		bakedAre(2)
	})
}

func TestOneKeyManyTimesAtOnceIsCarriedOutOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		count := shop(app)
		as := app.As(testkit.Shopper).With("Idempotency-Key", "rush")
		var all together.Group
		for range 50 {
			all.Go(func() {
				r := as.Post("/test/orders", good())
				require.Contains(t, []int{http.StatusCreated, http.StatusConflict}, r.Status, "%s", r.Body)
			})
		}
		all.Wait()
		require.EqualValues(t, 1, count.Load())
	})
}

func TestKeysOfOddForm(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		count := shop(app)
		for _, key := range []string{strings.Repeat("x", 129), "two words"} {
			app.As(testkit.Shopper).With("Idempotency-Key", key).Post("/test/orders", good()).Refused(http.StatusUnprocessableEntity, "idempotency_key")
		}
		require.Zero(t, count.Load())
	})
}

func TestOldKeysAreForgotten(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		count := shop(app)
		app.As(testkit.Shopper).With("Idempotency-Key", "old").Post("/test/orders", good()).Must(http.StatusCreated)
		app.Time.Advance(49 * time.Hour)
		require.NoError(t, app.API.ForgetOldKeys(app.Ctx()))
		app.As(testkit.Shopper).With("Idempotency-Key", "old").Post("/test/orders", good()).Must(http.StatusCreated)
		require.EqualValues(t, 2, count.Load())
	})
}

func TestTheReadersLanguage(t *testing.T) {
	for header, want := range map[string]string{"": "zh-CN", "zh": "zh-CN", "zh-TW,zh;q=0.9": "zh-CN", "en-US,en;q=0.9": "en", "fr": "en", "en;q=0.5, zh;q=0.9": "zh-CN", ";;;": "zh-CN"} {
		require.Equal(t, want, web.MatchLocale(header), header)
	}
}

func TestCursorsAndTags(t *testing.T) {
	var at struct{ Seq int64 }
	require.NoError(t, web.DecodeCursor(web.EncodeCursor(struct{ Seq int64 }{42}), &at))
	require.EqualValues(t, 42, at.Seq)
	require.ErrorIs(t, web.DecodeCursor("%%%", &at), web.ErrCursor)
	require.NoError(t, web.Match(web.ETag(3), 3))
	require.Error(t, web.Match(web.ETag(3), 4))
	require.Error(t, web.Match("", 3))
}
