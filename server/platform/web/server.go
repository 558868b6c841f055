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
	lines := log.Handler()
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
		if !lines.Enabled(c.UserContext(), slog.LevelInfo) {
			return nil
		}
		end := clk.Now()
		// Without the place in the code, which would be this one: to look it up costs as much as the line.
		line := slog.NewRecord(end, slog.LevelInfo, "request", 0)
		line.AddAttrs(slog.String("id", id), slog.String("method", c.Method()), slog.String("route", c.Route().Path),
			slog.Int("status", c.Response().StatusCode()), slog.Int64("ms", end.Sub(begin).Milliseconds()))
		_ = lines.Handle(c.UserContext(), line)
		return nil
	}
}

// guards are the headers that every answer has, their names in the form in which they are sent.
var guards = [][2][]byte{
	{[]byte(fiber.HeaderContentSecurityPolicy), []byte(contentSecurity)},
	{[]byte(fiber.HeaderXContentTypeOptions), []byte("nosniff")},
	{[]byte(fiber.HeaderReferrerPolicy), []byte("strict-origin-when-cross-origin")},
	{[]byte(fiber.HeaderXFrameOptions), []byte("DENY")},
	{[]byte("Cross-Origin-Opener-Policy"), []byte("same-origin")},
	{[]byte("Permissions-Policy"), []byte("camera=(self), geolocation=(), microphone=()")},
}

func secured(c *fiber.Ctx) error {
	headers := &c.Response().Header
	for _, guard := range guards {
		headers.SetCanonical(guard[0], guard[1])
	}
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
