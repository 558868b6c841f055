package web

import (
	"bytes"
	"database/sql/driver"
	"fmt"

	"github.com/klauspost/compress/zstd"
)

// kept is an answer's text as the database holds it: compressed (zstd, RFC 8878) when that is worth it, for an answer names
// the same stores again and again, and what is written there is paid for at every commit. A frame's magic number tells it
// from JSON.
type kept []byte

// worthIt is from how many bytes on an answer is compressed.
const worthIt = 512

var (
	frameMagic = []byte{0x28, 0xb5, 0x2f, 0xfd}
	packing    = must(zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithLowerEncoderMem(true), zstd.WithWindowSize(64<<10)))
	unpacking  = must(zstd.NewReader(nil, zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxMemory(16<<20)))
)

// must is for options that are right or never are.
func must[T any](made T, err error) T {
	if err != nil {
		panic(err)
	}
	return made
}

// Value implements driver.Valuer.
func (k kept) Value() (driver.Value, error) {
	if len(k) < worthIt {
		return []byte(k), nil
	}
	return packing.EncodeAll(k, nil), nil
}

// Scan implements sql.Scanner.
func (k *kept) Scan(value any) error {
	switch v := value.(type) {
	case nil:
		*k = nil
	case []byte:
		return k.unpack(v)
	default:
		return fmt.Errorf("an answer is kept as bytes, not as %T", value)
	}
	return nil
}

func (k *kept) unpack(text []byte) (err error) {
	if !bytes.HasPrefix(text, frameMagic) {
		*k = bytes.Clone(text)
		return nil
	}
	*k, err = unpacking.DecodeAll(text, nil)
	return err
}
