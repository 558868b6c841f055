package web_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/gofiber/fiber/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onestreet/server/platform/clock"
	"onestreet/server/platform/web"
)

// edge is a server without operations.
func edge(limits web.Limits) *fiber.App {
	var api *web.API
	app := web.NewServer(clock.System{}, slog.New(slog.DiscardHandler), nil, limits, func(c *fiber.Ctx, err error) error { return api.ErrorHandler(c, err) })
	api = web.New(app, "test", "1", web.Deps{Log: slog.New(slog.DiscardHandler)})
	return app
}

func TestTheEdgesOwnRefusalsKeepTheirStatus(t *testing.T) {
	app, refused := edge(web.Limits{PerCaller: 100, PerAddress: 100}), 0
	app.Get("/refused", func(*fiber.Ctx) error { return fiber.NewError(refused) })
	for _, refused = range []int{
		http.StatusBadRequest, http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusRequestTimeout,
		http.StatusRequestEntityTooLarge, http.StatusTooManyRequests, http.StatusInternalServerError,
	} {
		res, err := app.Test(httptest.NewRequest(http.MethodGet, "/refused", nil))
		require.NoError(t, err)
		require.NoError(t, res.Body.Close())
		assert.Equal(t, refused, res.StatusCode)
		assert.Equal(t, "application/problem+json", res.Header.Get("Content-Type"))
	}
}
