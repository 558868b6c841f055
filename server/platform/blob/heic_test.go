package blob

import (
	"bytes"
	"context"
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func heic(t testing.TB, name string) []byte {
	t.Helper()
	file, err := os.ReadFile(filepath.Join("testdata", name))
	require.NoError(t, err)
	return file
}

// claiming is a HEIC file whose every size says w×h.
func claiming(file []byte, w, h uint32) []byte {
	file = bytes.Clone(file)
	for at := range file[:len(file)-16] {
		if string(file[at:at+4]) == "ispe" {
			binary.BigEndian.PutUint32(file[at+8:], w)
			binary.BigEndian.PutUint32(file[at+12:], h)
		}
	}
	return file
}

func TestHEICComesOutRight(t *testing.T) {
	for name, want := range map[string]struct {
		quarters [4]int
		w, h     int
	}{
		"iphone.heic":   {[4]int{2, 0, 3, 1}, 100, 120}, // tiles in a grid, turned by the file, EXIF saying so again, a thumbnail beside
		"android.heic":  {[4]int{0, 1, 2, 3}, 120, 80},  // the family's brand in front
		"ten-bits.heic": {[4]int{0, 1, 2, 3}, 120, 80},
		"small.heic":    {[4]int{0, 1, 2, 3}, 40, 24}, // shorter than the decoder's shortest line
	} {
		p, err := Read(t.Context(), heic(t, name))
		require.NoError(t, err, name)
		require.Equal(t, [2]int{want.w, want.h}, [2]int{p.Width, p.Height}, name)
		for _, out := range [][]byte{p.Full, p.Thumb} {
			require.Equal(t, want.quarters, quarters(t, out), name)
			for _, secret := range []string{"Exif", "GPS1", "31.2304"} {
				require.NotContains(t, string(out), secret)
			}
		}
	}
}

func TestBadHEICIsRefused(t *testing.T) {
	file := heic(t, "iphone.heic")
	broken := bytes.Clone(file)
	for at := len(broken) - 400; at < len(broken); at++ {
		broken[at] ^= byte(at * 7)
	}
	for name, c := range map[string]struct {
		file []byte
		want error
	}{
		"its brand alone":  {[]byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic rest"), ErrNoImage},
		"half of it":       {file[:len(file)/2], ErrNoImage},
		"without its end":  {file[:len(file)-300], ErrNoImage},
		"a bomb":           {claiming(file, 60_000, 60_000), ErrTooLarge},
		"60 megapixels":    {claiming(file, 10_000, 6_000), ErrTooLarge},
		"a picture of air": {claiming(file, 0, 0), ErrNoImage},
		"AVIF":             {[]byte("\x00\x00\x00\x1cftypavif\x00\x00\x00\x00mif1avifmiaf rest"), ErrAVIF},
	} {
		_, err := Read(t.Context(), c.file)
		require.ErrorIs(t, err, c.want, name)
	}
	_, err := Read(t.Context(), broken) // its pixels may look like anything, but nothing falls over
	require.True(t, err == nil || err == ErrNoImage, "%v", err)
}

// TestADecodingEndsWithItsTime: whoever has gone, or sends what calculates for ever, holds no processor.
func TestADecodingEndsWithItsTime(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := readHEIC(ctx, heic(t, "android.heic"), 120*80)
	require.ErrorIs(t, err, context.Canceled)
	w, err := hire()
	require.NoError(t, err)
	ctx, stop := context.WithTimeoutCause(t.Context(), time.Millisecond, ErrTooSlow)
	defer stop()
	_, err = w.picture(ctx, make([]byte, 8), 1)
	require.ErrorIs(t, err, ErrTooSlow)
	require.ErrorIs(t, w.process.Signal(os.Interrupt), os.ErrProcessDone)
}

// TestADecoderThatHasGoneIsReplaced: it may retire, or be killed, just when a picture comes.
func TestADecoderThatHasGoneIsReplaced(t *testing.T) {
	w, err := hire()
	require.NoError(t, err)
	w.dismiss()
	for len(idlers) > 0 {
		(<-idlers).dismiss()
	}
	idlers <- w
	p, err := Read(t.Context(), heic(t, "android.heic"))
	require.NoError(t, err)
	require.Equal(t, 120, p.Width)
	_, err = (<-idlers).picture(t.Context(), heic(t, "iphone.heic"), 1<<30) // more room than there is: it has what there is
	require.NoError(t, err)
}

func TestADecoderHasNoMoreRoomThanItsPicture(t *testing.T) {
	m := room(1<<20).Allocate(0, 1<<30)
	require.Len(t, m.Reallocate(1<<20), 1<<20)
	require.Nil(t, m.Reallocate(1<<20+1))
}

func TestNoBytesBreakTheBoxes(t *testing.T) {
	file := heic(t, "iphone.heic")
	rapid.Check(t, func(t *rapid.T) {
		bad := bytes.Clone(file[:rapid.IntRange(0, 660).Draw(t, "length")])
		for range rapid.IntRange(0, 8).Draw(t, "changes") {
			if len(bad) > 0 {
				bad[rapid.IntRange(0, len(bad)-1).Draw(t, "at")] = rapid.Byte().Draw(t, "byte")
			}
		}
		wrapped(bad)
		extent(bad)
	})
}

// BenchmarkAPhonesPhoto measures a HEIC photo of 12 megapixels, named by HEIC, from file to both JPEGs.
func BenchmarkAPhonesPhoto(b *testing.B) {
	file := heic(b, "iphone.heic")
	if name := os.Getenv("HEIC"); name != "" {
		var err error
		file, err = os.ReadFile(name)
		require.NoError(b, err)
	}
	b.ReportAllocs()
	for b.Loop() {
		_, err := Read(b.Context(), file)
		require.NoError(b, err)
	}
	w := <-idlers
	w.dismiss()
}
