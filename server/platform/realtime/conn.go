package realtime

import (
	"net/url"
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/websocket/v2"

	"onestreet/models"
)

// ErrOrigin refuses a page of another site; ErrUpgrade a request that is no WebSocket handshake.
var (
	ErrOrigin  = models.Fail(models.Forbidden, "wrong_origin", "不能从这个网页连接", "This page may not connect here")
	ErrUpgrade = models.Fail(models.Invalid, "websocket_expected", "这里只接 WebSocket", "This address speaks WebSocket only")
)

const addressLocal = "realtime address"

// Handler is the Fiber end of the hub: it checks the handshake and hands the socket to Serve. A page may connect from
// the same host or from one of the origins ("https://street.example"); programs that name no origin may too, since the
// token comes in the first frame and never from a cookie.
func Handler(h *Hub, origins ...string) fiber.Handler {
	upgrade := websocket.New(func(w *websocket.Conn) {
		address, _ := w.Locals(addressLocal).(string)
		// The wrapper is pooled and given to others after this returns; only the socket inside goes further.
		h.Serve(w.Conn.UnderlyingConn(), address)
	}, websocket.Config{HandshakeTimeout: 10 * time.Second, ReadBufferSize: 128, WriteBufferSize: 128})
	return func(c *fiber.Ctx) error {
		if !websocket.IsWebSocketUpgrade(c) {
			return ErrUpgrade
		}
		if !allowed(c.Get(fiber.HeaderOrigin), string(c.Request().Host()), origins) {
			return ErrOrigin
		}
		c.Locals(addressLocal, c.IP())
		return upgrade(c)
	}
}

func allowed(origin, host string, origins []string) bool {
	if origin == "" || slices.Contains(origins, origin) {
		return true
	}
	from, err := url.Parse(origin)
	return err == nil && from.Host != "" && from.Host == host
}
