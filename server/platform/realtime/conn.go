package realtime

import (
	"io"
	"net"
	"net/url"
	"slices"
	"strings"
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

// Handler is the Fiber end of the hub: it checks the handshake and lets Serve have the socket, on a goroutine of its own.
// A page may connect from the same host or from one of the origins ("https://street.example"); programs that name no
// origin may too, since the token comes in the first frame and never from a cookie.
//
// The app must have been prepared (Prepare).
func Handler(h *Hub, origins ...string) fiber.Handler {
	upgrade := websocket.New(func(w *websocket.Conn) {
		address, _ := w.Locals(addressLocal).(string)
		socket, early := unwrap(w.Conn.UnderlyingConn())
		go h.serve(socket, early, address)
	}, websocket.Config{HandshakeTimeout: 10 * time.Second, ReadBufferSize: 128, WriteBufferSize: 128})
	return func(c *fiber.Ctx) error {
		if !websocket.IsWebSocketUpgrade(c) {
			return ErrUpgrade
		}
		if !allowed(c.Get(fiber.HeaderOrigin), string(c.Request().Host()), origins) {
			return ErrOrigin
		}
		c.Locals(addressLocal, strings.Clone(c.IP()))
		return upgrade(c)
	}
}

// Prepare lets sockets outlive the requests that they came with: what a request holds (a context, a read buffer, a
// goroutine whose stack has grown) is 8 KB a connection that are of no use any more. Call it before the app listens.
func Prepare(app *fiber.App) { app.Server().KeepHijackedConns = true }

// unwrap takes a socket out of what servers put around it, which is pooled and goes back, and with it what was read
// from it already.
func unwrap(c net.Conn) (socket net.Conn, early []byte) {
	socket = c
	for {
		outer, ok := socket.(interface{ UnsafeConn() net.Conn })
		if !ok {
			return socket, buffered(c, socket)
		}
		socket = outer.UnsafeConn()
	}
}

// buffered is what the wrapper holds: with a deadline that has passed, nothing is asked of the socket.
func buffered(wrapper, socket net.Conn) []byte {
	if socket.SetReadDeadline(time.Unix(1, 0)) != nil {
		return nil // the socket is gone, and says so when it is read
	}
	early, _ := io.ReadAll(wrapper) // ends with the deadline
	_ = socket.SetReadDeadline(time.Time{})
	return early
}

func allowed(origin, host string, origins []string) bool {
	if origin == "" || slices.Contains(origins, origin) {
		return true
	}
	from, err := url.Parse(origin)
	return err == nil && from.Host != "" && from.Host == host
}
