package realtime

import (
	"encoding/binary"
	"encoding/json"
	"io"
	"net"
	"testing"
	"time"

	"github.com/fasthttp/websocket"
	"github.com/stretchr/testify/require"
)

// wire is a client without a kernel in between: what it does not read, the server cannot write.
type wire struct {
	t    testing.TB
	conn net.Conn
	done chan struct{}
}

func (s *street) wire(h *Hub) *wire {
	server, client := net.Pipe()
	w := &wire{t: s.t, conn: client, done: make(chan struct{})}
	go func() {
		defer close(w.done)
		h.Serve(server, "pipe")
	}()
	s.t.Cleanup(func() {
		_ = client.Close()
		<-w.done
	})
	return w
}

func masked(opcode byte, payload []byte) []byte {
	out := []byte{0x80 | opcode}
	if len(payload) < 126 {
		out = append(out, 0x80|byte(len(payload)))
	} else {
		out = binary.BigEndian.AppendUint16(append(out, 0x80|126), uint16(len(payload)))
	}
	mask := [4]byte{1, 2, 3, 4}
	out = append(out, mask[:]...)
	for i, b := range payload {
		out = append(out, b^mask[i%4])
	}
	return out
}

func (w *wire) say(frame any) {
	w.t.Helper()
	payload, err := json.Marshal(frame)
	require.NoError(w.t, err)
	_, err = w.conn.Write(masked(opText, payload))
	require.NoError(w.t, err)
}

// read is the next frame of any kind, or an error.
func (w *wire) read() (opcode byte, payload []byte, err error) {
	if err = w.conn.SetReadDeadline(time.Now().Add(10 * time.Second)); err != nil {
		return 0, nil, err
	}
	var head [2]byte
	if _, err = io.ReadFull(w.conn, head[:]); err != nil {
		return 0, nil, err
	}
	length := uint64(head[1])
	var long [8]byte
	switch head[1] {
	case 126:
		_, err = io.ReadFull(w.conn, long[6:])
		length = binary.BigEndian.Uint64(long[:])
	case 127:
		_, err = io.ReadFull(w.conn, long[:])
		length = binary.BigEndian.Uint64(long[:])
	}
	if err != nil {
		return 0, nil, err
	}
	payload = make([]byte, length)
	_, err = io.ReadFull(w.conn, payload)
	return head[0] & 0x0f, payload, err
}

// hear is the next text frame that is no presence signal.
func (w *wire) hear() heard {
	w.t.Helper()
	for {
		opcode, payload, err := w.read()
		require.NoError(w.t, err)
		if opcode != opText {
			continue
		}
		holds(w.t, payload)
		f := heard{raw: payload}
		require.NoError(w.t, json.Unmarshal(payload, &f))
		if f.Kind != "presence" {
			return f
		}
	}
}

func (w *wire) enter(token string) {
	w.t.Helper()
	w.say(map[string]any{"op": "hello", "token": token, "v": 1})
	require.Equal(w.t, "welcome", w.hear().Op)
}

// followed follows a stream and hears that it does.
func (w *wire) followed(stream string, since int64) heard {
	w.t.Helper()
	w.say(map[string]any{"op": "follow", "stream": stream, "since": since})
	f := w.hear()
	require.Equal(w.t, "following", f.Op, "%s", f.raw)
	return f
}

func TestRulesOfTheWire(t *testing.T) {
	noLeaks(t)
	s := newStreet(t, sqlite(t), NewLocal(), Options{FramesBurst: 20})
	url := s.listen(s.hub)
	t.Run("64 KB", func(t *testing.T) {
		p := enter(t, url, "")
		require.NoError(t, p.ws.WriteMessage(websocket.TextMessage, make([]byte, 64<<10)))
		p.mustClose(CloseTooLarge)
	})
	t.Run("binary", func(t *testing.T) {
		p := enter(t, url, "")
		require.NoError(t, p.ws.WriteMessage(websocket.BinaryMessage, []byte("{}")))
		p.mustClose(CloseBinary)
	})
	t.Run("a flood", func(t *testing.T) {
		p := enter(t, url, "")
		for range 30 {
			if p.ws.WriteMessage(websocket.TextMessage, []byte(`{}`)) != nil {
				break // the server has had enough already
			}
		}
		p.mustClose(CloseTooFrequent)
	})
	t.Run("a flood of pings", func(t *testing.T) {
		p := enter(t, url, "")
		for range 30 {
			if p.ws.WriteMessage(websocket.PingMessage, nil) != nil {
				break
			}
		}
		p.mustClose(CloseTooFrequent)
	})
	t.Run("a ping is answered", func(t *testing.T) {
		p := enter(t, url, "")
		pong := make(chan string, 1)
		p.ws.SetPongHandler(func(data string) error {
			pong <- data
			return nil
		})
		require.NoError(t, p.ws.WriteMessage(websocket.PingMessage, []byte("still there?")))
		p.say(map[string]any{"op": "?"})
		require.Equal(t, "unknown_op", p.hear().Code)
		require.Equal(t, "still there?", <-pong)
	})
	t.Run("goodbye is answered", func(t *testing.T) {
		p := enter(t, url, "")
		require.NoError(t, p.ws.WriteMessage(websocket.CloseMessage, websocket.FormatCloseMessage(1000, "")))
		p.mustClose(Close{Code: 1000})
	})
	t.Run("a mistake of ours ends one connection, not the street", func(t *testing.T) {
		p, neighbour := enter(t, url, ""), enter(t, url, "")
		p.follow("broken:x", 0)
		p.mustClose(CloseInside)
		neighbour.follow(feed, 0)
		require.Equal(t, "following", neighbour.hear().Op)
	})
	require.Eventually(t, func() bool { return s.hub.Stats() == Stats{} || s.hub.Stats().Connections <= 2 }, 5*time.Second, time.Millisecond)
}
