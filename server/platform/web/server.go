package web

import (
	"log/slog"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/recover"
	"github.com/valyala/fasthttp"

	"onestreet/models"
	"onestreet/server/platform/clock"
)

// maxBody bounds any request in bytes; operations bound theirs further.
const maxBody = 12 << 20

// contentSecurity forbids inline scripts and foreign origins; styles may be inline, since components set custom
// properties such as a store's colour.
const contentSecurity = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; " +
	"connect-src 'self' ws: wss:; font-src 'self' data:; media-src 'self' blob:; worker-src 'self'; manifest-src 'self'; " +
	"object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// NewServer makes the Fiber app with what every request passes: request id, language, log, panic guard, security
// headers, compression. proxies are trusted to tell the caller's address.
func NewServer(c clock.Clock, log *slog.Logger, proxies []string, limits Limits, onError func(*fiber.Ctx, error) error) *fiber.App {
	app := fiber.New(fiber.Config{
		Immutable: true, BodyLimit: maxBody, DisableStartupMessage: true, ErrorHandler: onError,
		ReadTimeout: 30 * time.Second, WriteTimeout: 60 * time.Second, IdleTimeout: 90 * time.Second,
		EnableTrustedProxyCheck: true, TrustedProxies: proxies, ProxyHeader: fiber.HeaderXForwardedFor, EnableIPValidation: true,
	})
	app.Use(logged(c, log))
	app.Use(recover.New(recover.Config{EnableStackTrace: true, StackTraceHandler: func(ctx *fiber.Ctx, e any) {
		log.Error("panic in a request", "path", ctx.Route().Path, "panic", e)
	}}))
	app.Use(secured)
	limits.use(app)
	app.Use(compressed)
	return app
}

// worthCompressing is from how many bytes on an answer is compressed: a shorter one fits into one packet as it is.
const worthCompressing = 1200

var compress = fasthttp.CompressHandlerBrotliLevel(func(*fasthttp.RequestCtx) {}, fasthttp.CompressBrotliBestSpeed, fasthttp.CompressBestSpeed)

func compressed(c *fiber.Ctx) error {
	if err := c.Next(); err != nil {
		return err
	}
	response := c.Response()
	small := !response.IsBodyStream() && len(response.Body()) < worthCompressing
	if !small && !strings.HasSuffix(c.Path(), ".jpg") && !strings.HasSuffix(c.Path(), "/ws") {
		compress(c.Context())
	}
	return nil
}

// logged gives the request its id and language and writes one line when it is done: no bodies, no addresses, no names.
func logged(clk clock.Clock, log *slog.Logger) fiber.Handler {
	return func(c *fiber.Ctx) error {
		id := models.NewID().String()
		c.SetUserContext(withRequest(c, id))
		c.Set(fiber.HeaderXRequestID, id)
		begin := clk.Now()
		err := c.Next()
		if err != nil {
			if handled := c.App().Config().ErrorHandler(c, err); handled != nil {
				return handled
			}
		}
		log.Info("request", "id", id, "method", c.Method(), "route", c.Route().Path,
			"status", c.Response().StatusCode(), "ms", clk.Now().Sub(begin).Milliseconds())
		return nil
	}
}

func secured(c *fiber.Ctx) error {
	c.Set(fiber.HeaderContentSecurityPolicy, contentSecurity)
	c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
	c.Set(fiber.HeaderReferrerPolicy, "strict-origin-when-cross-origin")
	c.Set(fiber.HeaderXFrameOptions, "DENY")
	c.Set("Cross-Origin-Opener-Policy", "same-origin")
	c.Set("Permissions-Policy", "camera=(self), geolocation=(), microphone=()")
	if c.Protocol() == "https" {
		c.Set(fiber.HeaderStrictTransportSecurity, "max-age=31536000; includeSubDomains")
	}
	if strings.HasPrefix(c.Path(), "/api/") {
		c.Set(fiber.HeaderCacheControl, "no-store")
	}
	return c.Next()
}

// fiberPath turns /stores/{store} into /stores/:store.
func fiberPath(path string) string {
	return strings.NewReplacer("{", ":", "}", "").Replace(path)
}
