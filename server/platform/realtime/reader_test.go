package realtime

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// fragment is masked without the final bit when more follows.
func fragment(opcode byte, final bool, payload []byte) []byte {
	out := masked(opcode, payload)
	if !final {
		out[0] &^= 0x80
	}
	return out
}

func TestWhatClientsSend(t *testing.T) {
	long := strings.Repeat("x", MaxFrame)
	cases := map[string]struct {
		sent []byte
		got  string
		err  error
	}{
		"one frame":                   {masked(opText, []byte(`{"op":"hello"}`)), `{"op":"hello"}`, nil},
		"in fragments with a ping":    {join(fragment(opText, false, []byte("青石")), masked(opPing, []byte("p")), fragment(opContinuation, true, []byte("街"))), "青石街", nil},
		"as long as may be":           {masked(opText, []byte(long)), long, nil},
		"one byte more":               {masked(opText, []byte(long+"x")), "", ending{CloseTooLarge}},
		"64 KB":                       {[]byte{0x81, 0x80 | 126, 0xff, 0xff, 0, 0, 0, 0}, "", ending{CloseTooLarge}},
		"says it is endless":          {[]byte{0x81, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0}, "", ending{CloseTooLarge}},
		"too long in fragments":       {join(fragment(opText, false, []byte(long)), fragment(opContinuation, true, []byte("x"))), "", ending{CloseTooLarge}},
		"binary":                      {masked(opBinary, []byte("x")), "", ending{CloseBinary}},
		"not masked":                  {frame(opText, []byte("x")), "", ending{CloseProtocol}},
		"a reserved bit":              {[]byte{0xc1, 0x80, 0, 0, 0, 0}, "", ending{CloseProtocol}},
		"an unknown opcode":           {masked(0x3, []byte("x")), "", ending{CloseProtocol}},
		"an unknown control opcode":   {masked(0xB, []byte("x")), "", ending{CloseProtocol}},
		"the middle without the head": {masked(opContinuation, []byte("x")), "", ending{CloseProtocol}},
		"a head within a message":     {join(fragment(opText, false, []byte("a")), masked(opText, []byte("b"))), "", ending{CloseProtocol}},
		"a long ping":                 {masked(opPing, make([]byte, 126)), "", ending{CloseProtocol}},
		"a ping in fragments":         {fragment(opPing, false, []byte("x")), "", ending{CloseProtocol}},
		"not UTF-8":                   {masked(opText, []byte{0xff, 0xfe}), "", ending{CloseEncoding}},
		"cut off":                     {masked(opText, []byte("hello"))[:8], "", io.ErrUnexpectedEOF},
		"goodbye":                     {masked(opClose, nil), "", errClosed},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			r := &reader{src: iotest.OneByteReader(bytes.NewReader(c.sent)), control: controls}
			got, err := r.next()
			require.ErrorIs(t, err, c.err)
			require.Equal(t, c.got, string(got))
		})
	}
}

func controls(opcode byte, _ []byte) error {
	switch opcode {
	case opPing, opPong:
		return nil
	case opClose:
		return errClosed
	}
	return ending{CloseProtocol}
}

func join(parts ...[]byte) []byte { return bytes.Join(parts, nil) }

func TestAnyMessageComesThroughHoweverItIsCutUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := []byte(rapid.StringN(0, -1, MaxFrame).Draw(t, "text"))
		var sent []byte
		rest, opcode := text, byte(opText)
		for range rapid.IntRange(0, 4).Draw(t, "cuts") {
			n := rapid.IntRange(0, len(rest)).Draw(t, "n")
			sent = append(sent, fragment(opcode, false, rest[:n])...)
			rest, opcode = rest[n:], opContinuation
		}
		sent = append(sent, fragment(opcode, true, rest)...)
		r := &reader{src: bytes.NewReader(append(sent, masked(opText, []byte("next"))...)), control: controls}
		got, err := r.next()
		require.NoError(t, err)
		require.True(t, bytes.Equal(text, got))
		got, err = r.next()
		require.NoError(t, err)
		require.Equal(t, "next", string(got))
	})
}

func TestNoBytesBreakTheReader(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := &reader{src: bytes.NewReader(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")), control: controls}
		for {
			message, err := r.next()
			if err != nil {
				var rule ending
				if !errors.As(err, &rule) && !errors.Is(err, errClosed) && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
					t.Fatalf("unexpected %v", err)
				}
				return
			}
			if len(message) > MaxFrame {
				t.Fatalf("%d bytes", len(message))
			}
		}
	})
}
