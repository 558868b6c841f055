package web

import (
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/limiter"
)

// limitWindow is the time over which requests are counted.
const limitWindow = 10 * time.Second

// Limits are how many API requests are taken in ten seconds before the answer is too_fast (429); 0 is no limit. They
// are counted by each node. A shop's wireless network is one address with many callers, so its limit is the wider one.
type Limits struct {
	PerCaller  int // for one access token
	PerAddress int // for one network address
}

func (l Limits) use(app *fiber.App) {
	limit(app, l.PerAddress, func(c *fiber.Ctx) string { return c.IP() }, notAPI)
	limit(app, l.PerCaller, func(c *fiber.Ctx) string { return c.Get(fiber.HeaderAuthorization) }, func(c *fiber.Ctx) bool {
		return notAPI(c) || c.Get(fiber.HeaderAuthorization) == ""
	})
}

func notAPI(c *fiber.Ctx) bool { return !strings.HasPrefix(c.Path(), Prefix+"/") }

func limit(app *fiber.App, most int, key func(*fiber.Ctx) string, skip func(*fiber.Ctx) bool) {
	if most <= 0 {
		return
	}
	app.Use(limiter.New(limiter.Config{
		Max: most, Expiration: limitWindow, KeyGenerator: key, Next: skip,
		LimitReached: func(c *fiber.Ctx) error {
			c.Set(fiber.HeaderRetryAfter, "10")
			return errTooFast
		},
	}))
}
