package realtime

import (
	"encoding/binary"
	"encoding/json"
	"time"

	"onestreet/models"
)

// request is a frame from a client; which fields count depends on Op.
type request struct {
	Op     string `json:"op"`
	Token  string `json:"token"`
	V      int    `json:"v"`
	Street string `json:"street"`
	Locale string `json:"locale"`
	Stream string `json:"stream"`
	Since  *int64 `json:"since"`
}

// The frames to a client.
type (
	welcomeFrame struct {
		Op         string    `json:"op"`
		Conn       models.ID `json:"conn"`
		ServerTime time.Time `json:"server_time"`
	}
	headFrame struct { // following, reset
		Op     string `json:"op"`
		Stream string `json:"stream"`
		Head   int64  `json:"head"`
	}
	streamFrame struct { // unfollowed
		Op     string `json:"op"`
		Stream string `json:"stream"`
	}
	itemFrame struct {
		Op     string          `json:"op"`
		Stream string          `json:"stream"`
		Seq    int64           `json:"seq"`
		Kind   string          `json:"kind"`
		At     time.Time       `json:"at"`
		Data   json.RawMessage `json:"data"`
	}
	signalFrame struct {
		Op     string          `json:"op"`
		Stream string          `json:"stream"`
		Kind   string          `json:"kind"`
		Data   json.RawMessage `json:"data"`
	}
	tokenFrame struct { // renewed
		Op      string     `json:"op"`
		Expires *time.Time `json:"expires_at,omitempty"`
	}
	errorFrame struct {
		Op      string `json:"op"`
		Code    string `json:"code"`
		Message string `json:"message"`
		Stream  string `json:"stream,omitempty"`
	}
)

// encode is the frame of an item or a signal, the same bytes for every follower.
func encode(m Message) []byte {
	if m.Seq == 0 {
		return jsonFrame(signalFrame{"signal", m.Key.Stream, m.Kind, m.Data})
	}
	return jsonFrame(itemFrame{"item", m.Key.Stream, m.Seq, m.Kind, m.At, m.Data})
}

// jsonFrame wraps v in a WebSocket text frame. The frames above always encode; data that is no JSON (nobody wrote it)
// becomes a frame that clients skip.
func jsonFrame(v any) []byte {
	payload, err := json.Marshal(v)
	if err != nil {
		payload = []byte(`{"op":"error","code":"internal","message":"unreadable item"}`)
	}
	return frame(opText, payload)
}

// Opcodes of RFC 6455.
const (
	opContinuation = 0x0
	opText         = 0x1
	opBinary       = 0x2
	opClose        = 0x8
	opPing         = 0x9
	opPong         = 0xA
)

// frame is a whole frame of a server: final, not masked.
func frame(opcode byte, payload []byte) []byte {
	n := len(payload)
	out := make([]byte, 0, n+10)
	out = append(out, 0x80|opcode)
	switch {
	case n < 126:
		out = append(out, byte(n))
	case n < 1<<16:
		out = binary.BigEndian.AppendUint16(append(out, 126), uint16(n))
	default:
		out = binary.BigEndian.AppendUint64(append(out, 127), uint64(n))
	}
	return append(out, payload...)
}

func (c Close) frame() []byte {
	return frame(opClose, append(binary.BigEndian.AppendUint16(nil, c.Code), c.Reason...))
}

var pingFrame = frame(opPing, nil)
