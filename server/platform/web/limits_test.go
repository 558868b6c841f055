package web_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/gofiber/fiber/v2"
	"github.com/stretchr/testify/require"

	"onestreet/server/platform/web"
)

func TestACallerThatAsksTooFastIsToldToWait(t *testing.T) {
	app := edge(web.Limits{PerCaller: 3, PerAddress: 8})
	app.Get("/api/v1/x", func(c *fiber.Ctx) error { return c.SendString("x") })
	app.Get("/page", func(c *fiber.Ctx) error { return c.SendString("page") })
	ask := func(path, token string) *http.Response {
		req := httptest.NewRequest(http.MethodGet, path, nil)
		req.Header.Set("Authorization", token)
		res, err := app.Test(req)
		require.NoError(t, err)
		require.NoError(t, res.Body.Close())
		return res
	}
	for range 3 {
		require.Equal(t, http.StatusOK, ask("/api/v1/x", "a").StatusCode)
	}
	refused := ask("/api/v1/x", "a")
	require.Equal(t, http.StatusTooManyRequests, refused.StatusCode)
	require.Equal(t, "10", refused.Header.Get("Retry-After"))
	require.Equal(t, "application/problem+json", refused.Header.Get("Content-Type"))
	for range 3 {
		require.Equal(t, http.StatusOK, ask("/api/v1/x", "b").StatusCode, "another caller")
	}
	ask("/api/v1/x", "c")
	require.Equal(t, http.StatusTooManyRequests, ask("/api/v1/x", "d").StatusCode, "the address has had its eight")
	require.Equal(t, http.StatusOK, ask("/page", "d").StatusCode, "pages are not counted")
}
