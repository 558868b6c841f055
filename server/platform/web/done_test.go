package web_test

import (
	"context"
	"errors"
	"net/http"
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

// dies leaves the keys as a node leaves them that dies between the effect and the answer, and lets them be abandoned.
func dies(t *testing.T, app *testkit.App) {
	t.Helper()
	require.NoError(t, app.DB.Tx(app.Ctx(), func(tx *gorm.DB) error {
		return tx.Exec("UPDATE idempotency_keys SET status = 0, response = NULL").Error
	}))
	app.Time.Advance(2 * time.Minute)
}

// rows counts those of a table.
func rows(t *testing.T, app *testkit.App, table string) (n int64) {
	t.Helper()
	require.NoError(t, app.DB.Read(app.Ctx()).Table(table).Count(&n).Error)
	return n
}

// TestWhatANodeDidBeforeItDiedIsNotDoneAgain plays it with real operations, and with many who ask at once.
func TestWhatANodeDidBeforeItDiedIsNotDoneAgain(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		shoes := "/stores/" + app.Street.Stores["shoes"].ID.String()
		for _, op := range []struct {
			as          testkit.Persona
			path, table string
			body        map[string]any
		}{
			{testkit.ManagerOf("shoes"), shoes + "/join-links", "join_links", map[string]any{"kind": "staff", "label": "小赵"}},
		} {
			as := app.As(op.as).With("Idempotency-Key", "dead")
			as.Post(op.path, op.body).Must(http.StatusCreated)
			before := rows(t, app, op.table)
			dies(t, app)
			var all together.Group
			for range 20 {
				all.Go(func() { as.Post(op.path, op.body).Refused(http.StatusConflict, "already_done") })
			}
			all.Wait()
			require.Equal(t, before, rows(t, app, op.table), op.path)
		}
	})
}

// baker adds an operation that bakes in a transaction of its own, and runs after when it is committed.
func baker(app *testkit.App, before, after func() error) {
	op := web.Op{ID: "test-bake-plain", Summary: "Bake", Tag: "test", Who: identity.SignedIn, Idempotent: true, Status: http.StatusCreated}
	web.Post(app.API, "/test/rolls", op, func(ctx context.Context, _ *order) (*web.Reply[made], error) {
		if err := before(); err != nil {
			return nil, err
		}
		err := app.DB.Tx(ctx, func(tx *gorm.DB) error {
			_, err := app.Streams.Append(tx, app.Street.Alliance.ID, "test", "baked", map[string]any{})
			return err
		})
		if err == nil {
			err = after()
		}
		return web.OK(made{Count: 1}), err
	})
}

func nothing() error { return nil }

func baked(t *testing.T, app *testkit.App) int {
	t.Helper()
	items, err := app.Streams.Since(app.Ctx(), app.Street.Alliance.ID, "test", 0, 50)
	require.NoError(t, err)
	return len(items)
}

// TestAFailureAfterTheEffectIsNotTriedAgainAndOneBeforeItIs: an error and a panic, on either side of the commit.
func TestAFailureAfterTheEffectIsNotTriedAgainAndOneBeforeItIs(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		early, late := nothing, nothing
		baker(app, func() error { return early() }, func() error { return late() })
		for name, fails := range map[string]func() error{"error": func() error { return errors.New("hot") }, "panic": func() error { panic("hot") }} {
			had := baked(t, app)
			as := app.As(testkit.Shopper).With("Idempotency-Key", name)
			early = fails
			as.Post("/test/rolls", good()).Refused(http.StatusInternalServerError, "internal")
			early, late = nothing, fails
			as.Post("/test/rolls", good()).Refused(http.StatusInternalServerError, "internal")
			late = nothing
			for range 2 {
				as.Post("/test/rolls", good()).Refused(http.StatusConflict, "already_done")
			}
			require.Equal(t, had+1, baked(t, app))
		}
	})
}

// TestManyWhoTakeOverAKeyBringAboutOneEffect: the first try is not dead but slow; twenty take it over before it writes, and
// it comes too late.
func TestManyWhoTakeOverAKeyBringAboutOneEffect(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		var came atomic.Int64
		in, on := make(chan struct{}), make(chan struct{})
		baker(app, func() error {
			if came.Add(1) == 1 {
				close(in)
				<-on
			}
			return nil
		}, nothing)
		as := app.As(testkit.Shopper).With("Idempotency-Key", "slow")
		var slow, all together.Group
		slow.Go(func() { as.Post("/test/rolls", good()).Refused(http.StatusConflict, "idempotency_in_progress") })
		<-in
		app.Time.Advance(2 * time.Minute)
		for range 20 {
			all.Go(func() {
				require.Contains(t, []int{http.StatusCreated, http.StatusConflict}, as.Post("/test/rolls", good()).Status)
			})
		}
		all.Wait()
		close(on)
		slow.Wait()
		require.Equal(t, 1, baked(t, app))
		again := as.Post("/test/rolls", good()).Must(http.StatusCreated)
		require.Equal(t, "true", again.Header.Get("Idempotency-Replayed"))
	})
}

// TestWhatIsRefusedUntilLaterLeavesTheKeyFree: 429 before anything was done, and after something was counted, which is nothing
// that was done; many ask at once then, and one of them does it.
func TestWhatIsRefusedUntilLaterLeavesTheKeyFree(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		late := models.Fail(models.TooMany, "later", "歇一歇", "Later.")
		early, after := func() error { return late }, nothing
		baker(app, func() error { return early() }, func() error { return after() })
		as := app.As(testkit.Shopper).With("Idempotency-Key", "eager")
		as.Post("/test/rolls", good()).Refused(http.StatusTooManyRequests, "later")
		early, after = nothing, func() error { return late }
		as.Post("/test/rolls", good()).Refused(http.StatusTooManyRequests, "later")
		require.Equal(t, 1, baked(t, app))
		after = nothing
		testkit.AtOnce(20, func(int) {
			r := as.Post("/test/rolls", good())
			require.Contains(t, []int{http.StatusCreated, http.StatusConflict}, r.Status, "%s", r.Body)
		})
		require.Equal(t, 2, baked(t, app))
		require.Equal(t, "true", as.Post("/test/rolls", good()).Must(http.StatusCreated).Header.Get("Idempotency-Replayed"))
	})
}
