package testkit

import (
	"encoding/json"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/fasthttp/websocket"
	"github.com/stretchr/testify/require"
)

// Frame is what a socket hears; which fields are set depends on Op (docs/protocol.md).
type Frame struct {
	Op, Stream, Kind, Code string
	Seq, Head              int64
	Data                   json.RawMessage
}

// Socket is somebody's app with its socket open.
type Socket struct {
	t  testing.TB
	ws *websocket.Conn
}

// listen serves the node on a real port until the test ends and returns the socket's address.
func (a *App) listen() string {
	a.t.Helper()
	a.socketOnce.Do(func() {
		ln, err := net.Listen("tcp", "127.0.0.1:0")
		require.NoError(a.t, err)
		done := make(chan error, 1)
		go func() { done <- a.Fiber.Listener(ln) }()
		a.t.Cleanup(func() {
			a.Hub.Close()
			require.NoError(a.t, a.Fiber.Shutdown())
			require.NoError(a.t, <-done)
		})
		a.socketURL = "ws://" + ln.Addr().String() + "/api/v1/ws"
	})
	return a.socketURL
}

// Address is where the node listens on a real port: host:port.
func (a *App) Address() string {
	a.t.Helper()
	return strings.TrimSuffix(strings.TrimPrefix(a.listen(), "ws://"), "/api/v1/ws")
}

// Dial opens a socket that has not said hello yet.
func (a *App) Dial() *Socket {
	a.t.Helper()
	ws, res, err := websocket.DefaultDialer.Dial(a.listen(), nil)
	require.NoError(a.t, err)
	require.NoError(a.t, res.Body.Close())
	a.t.Cleanup(func() { _ = ws.Close() })
	return &Socket{a.t, ws}
}

// Open opens a socket as somebody and says hello to this test's street.
func (a *App) Open(p Persona) *Socket {
	a.t.Helper()
	s := a.Dial()
	s.Say(map[string]any{"op": "hello", "v": 1, "token": a.As(p).Token(), "street": a.Street.Alliance.Slug, "locale": "en"})
	require.Equal(a.t, "welcome", s.Hear().Op)
	return s
}

// Say sends a frame.
func (s *Socket) Say(frame map[string]any) {
	s.t.Helper()
	require.NoError(s.t, s.ws.WriteJSON(frame))
}

// Follow asks for everything of a stream after since and returns the answer.
func (s *Socket) Follow(stream string, since int64) Frame {
	s.t.Helper()
	s.Say(map[string]any{"op": "follow", "stream": stream, "since": since})
	return s.Hear()
}

// Hear is the next frame that is no signal.
func (s *Socket) Hear() Frame {
	s.t.Helper()
	for {
		if f := s.Next(); f.Op != "signal" {
			return f
		}
	}
}

// Signal is the next signal of a kind.
func (s *Socket) Signal(kind string) Frame {
	s.t.Helper()
	for {
		if f := s.Next(); f.Op == "signal" && f.Kind == kind {
			return f
		}
	}
}

// Next is the next frame of any kind.
func (s *Socket) Next() Frame {
	s.t.Helper()
	s.waitAWhile()
	var f Frame
	require.NoError(s.t, s.ws.ReadJSON(&f))
	return f
}

// waitAWhile bounds how long the next read may take.
func (s *Socket) waitAWhile() {
	s.t.Helper()
	until := time.Now().Add(20 * time.Second) //nolint:forbidigo // a socket's deadline is the kernel's time
	require.NoError(s.t, s.ws.SetReadDeadline(until))
}

// Closed waits for the server's goodbye, passing over other frames, and returns its code.
func (s *Socket) Closed() int {
	s.t.Helper()
	for {
		s.waitAWhile()
		_, _, err := s.ws.ReadMessage()
		if end, ok := err.(*websocket.CloseError); ok {
			return end.Code
		}
		require.NoError(s.t, err)
	}
}

// Cut ends the connection as a lost network does: without goodbye.
func (s *Socket) Cut() {
	s.t.Helper()
	require.NoError(s.t, s.ws.NetConn().Close())
}
