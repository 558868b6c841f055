package realtime

import (
	"encoding/binary"
	"errors"
	"io"
	"unicode/utf8"
)

// MaxFrame is the most bytes of one message from a client.
const MaxFrame = 4 << 10

// ending is an error that says how the connection is to be closed.
type ending struct{ Close }

func (e ending) Error() string { return e.Reason }

// errClosed: the other end said goodbye.
var errClosed = errors.New("closed by the client")

// reader reads what a client sends (RFC 6455). The handshake is the library's; reading is done here because the
// library's reader answers broken frames by writing to the socket itself, past the connection's one write lock, and
// may wait there for a peer that does not read.
type reader struct {
	src     io.Reader
	control func(opcode byte, payload []byte) error
	message []byte // a message in fragments, so far
	partial bool
}

// next returns the next text message, at most MaxFrame bytes. Control frames on the way go to r.control.
func (r *reader) next() ([]byte, error) {
	for {
		opcode, final, payload, err := r.frame()
		if err != nil {
			return nil, err
		}
		if opcode >= opClose {
			if err := r.control(opcode, payload); err != nil {
				return nil, err
			}
			continue
		}
		if err := r.add(opcode, payload); err != nil {
			return nil, err
		}
		if final {
			return r.whole()
		}
	}
}

func (r *reader) add(opcode byte, payload []byte) error {
	switch {
	case opcode == opBinary:
		return ending{CloseBinary}
	case opcode != opText && opcode != opContinuation, (opcode == opContinuation) != r.partial:
		return ending{CloseProtocol}
	case len(r.message)+len(payload) > MaxFrame:
		return ending{CloseTooLarge}
	}
	r.partial = true
	r.message = append(r.message, payload...)
	return nil
}

func (r *reader) whole() ([]byte, error) {
	message := r.message
	r.message, r.partial = nil, false
	if !utf8.Valid(message) {
		return nil, ending{CloseEncoding}
	}
	return message, nil
}

// frame reads one frame. Its length is checked before anything is kept.
func (r *reader) frame() (opcode byte, final bool, payload []byte, err error) {
	var head [2]byte
	if _, err = io.ReadFull(r.src, head[:]); err != nil {
		return 0, false, nil, err
	}
	opcode, final = head[0]&0x0f, head[0]&0x80 != 0
	length, err := r.length(head[1] & 0x7f)
	if err != nil {
		return 0, false, nil, err
	}
	masked, reserved := head[1]&0x80 != 0, head[0]&0x70 != 0
	if !masked || reserved || (opcode >= opClose && (!final || length > 125)) {
		return 0, false, nil, ending{CloseProtocol}
	}
	if length > MaxFrame {
		return 0, false, nil, ending{CloseTooLarge}
	}
	payload, err = r.payload(int(length))
	return opcode, final, payload, err
}

func (r *reader) length(short byte) (uint64, error) {
	var long [8]byte
	switch short {
	case 126:
		_, err := io.ReadFull(r.src, long[6:])
		return binary.BigEndian.Uint64(long[:]), err
	case 127:
		_, err := io.ReadFull(r.src, long[:])
		return binary.BigEndian.Uint64(long[:]), err
	}
	return uint64(short), nil
}

func (r *reader) payload(length int) ([]byte, error) {
	var mask [4]byte
	if _, err := io.ReadFull(r.src, mask[:]); err != nil {
		return nil, err
	}
	payload := make([]byte, length)
	if _, err := io.ReadFull(r.src, payload); err != nil {
		return nil, err
	}
	for i := range payload {
		payload[i] ^= mask[i%4]
	}
	return payload, nil
}
