package blob

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"onestreet/models"
)

var corners = [4]color.RGBA{{200, 30, 30, 255}, {30, 160, 30, 255}, {30, 30, 200, 255}, {230, 200, 30, 255}}

// flag is a picture whose quarters have four colours: top left, top right, bottom left, bottom right.
func flag(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.SetRGBA(x, y, corners[2*(2*y/h)+2*x/w])
		}
	}
	return m
}

// quarters reads the four colours back: for each corner the index of the nearest colour.
func quarters(t *testing.T, file []byte) [4]int {
	t.Helper()
	m, format, err := image.Decode(bytes.NewReader(file))
	require.NoError(t, err)
	require.Equal(t, "jpeg", format)
	w, h := m.Bounds().Dx(), m.Bounds().Dy()
	at := func(x, y int) int { return nearest(m.At(x, y)) }
	return [4]int{at(w/4, h/4), at(w-w/4-1, h/4), at(w/4, h-h/4-1), at(w-w/4-1, h-h/4-1)}
}

func nearest(c color.Color) int {
	got := color.RGBAModel.Convert(c).(color.RGBA)
	best, least := 0, 1<<30
	for i, want := range corners {
		d := square(got.R, want.R) + square(got.G, want.G) + square(got.B, want.B)
		if d < least {
			best, least = i, d
		}
	}
	return best
}

func square(a, b uint8) int { d := int(a) - int(b); return d * d }

func asJPEG(t testing.TB, m image.Image) []byte {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, jpeg.Encode(&out, m, nil))
	return out.Bytes()
}

func asPNG(t testing.TB, m image.Image) []byte {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, png.Encode(&out, m))
	return out.Bytes()
}

// tiff is an EXIF block that says how to turn the picture, and where it was taken.
func tiff(order binary.AppendByteOrder, turn uint16) []byte {
	head := map[bool]string{true: "II*\x00", false: "MM\x00*"}[order == binary.AppendByteOrder(binary.LittleEndian)]
	out := order.AppendUint32([]byte(head), 8)
	out = order.AppendUint16(out, 2)
	entry := func(tag, kind uint16, count uint32) {
		out = order.AppendUint32(order.AppendUint16(order.AppendUint16(out, tag), kind), count)
	}
	entry(0x010f, 2, 4)
	out = append(out, "GPS1"...)
	entry(0x0112, 3, 1)
	out = order.AppendUint16(order.AppendUint16(out, turn), 0)
	return order.AppendUint32(out, 0)
}

// withEXIF puts an EXIF segment behind a JPEG's first marker.
func withEXIF(file, block []byte) []byte {
	segment := append([]byte("Exif\x00\x00"), block...)
	out := append([]byte{0xff, 0xd8, 0xff, 0xe1}, binary.BigEndian.AppendUint16(nil, uint16(len(segment)+2))...)
	return append(append(out, segment...), file[2:]...)
}

func withChunk(file, block []byte) []byte {
	chunk := append([]byte("eXIf"), block...)
	out := append([]byte{}, file[:33]...) // signature and IHDR
	out = binary.BigEndian.AppendUint32(out, uint32(len(block)))
	out = append(out, chunk...)
	out = binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(chunk))
	return append(out, file[33:]...)
}

func TestRotatedPhotosComeOutUpright(t *testing.T) {
	// What the eight orientations do to the corners 0 1 / 2 3 as they are stored.
	want := map[uint16][4]int{
		0: {0, 1, 2, 3}, 1: {0, 1, 2, 3}, 2: {1, 0, 3, 2}, 3: {3, 2, 1, 0}, 4: {2, 3, 0, 1},
		5: {0, 2, 1, 3}, 6: {2, 0, 3, 1}, 7: {3, 1, 2, 0}, 8: {1, 3, 0, 2}, 9: {0, 1, 2, 3},
	}
	wide := flag(120, 80)
	for turn, seen := range want {
		for name, file := range map[string][]byte{
			"jpeg, Intel":    withEXIF(asJPEG(t, wide), tiff(binary.LittleEndian, turn)),
			"jpeg, Motorola": withEXIF(asJPEG(t, wide), tiff(binary.BigEndian, turn)),
			"png":            withChunk(asPNG(t, wide), tiff(binary.BigEndian, turn)),
		} {
			p, err := Read(t.Context(), file)
			require.NoError(t, err)
			require.Equal(t, seen, quarters(t, p.Full), "%s, orientation %d", name, turn)
			require.Equal(t, seen, quarters(t, p.Thumb))
			if turn >= 5 && turn <= 8 {
				require.Equal(t, [2]int{80, 120}, [2]int{p.Width, p.Height})
			} else {
				require.Equal(t, [2]int{120, 80}, [2]int{p.Width, p.Height})
			}
		}
	}
}

func TestNothingThatHidInTheFileIsKept(t *testing.T) {
	file := withEXIF(asJPEG(t, flag(60, 40)), append(tiff(binary.LittleEndian, 6), "31.2304 N, 121.4737 E"...))
	file = append(file, "<script>alert(1)</script>"...)
	p, err := Read(t.Context(), file)
	require.NoError(t, err)
	for _, out := range [][]byte{p.Full, p.Thumb} {
		for _, secret := range []string{"Exif", "GPS1", "31.2304", "script"} {
			require.NotContains(t, string(out), secret)
		}
	}
}

func TestSizes(t *testing.T) {
	for _, c := range []struct{ w, h, fullW, fullH, thumbW, thumbH int }{
		{4000, 3000, 1600, 1200, 480, 360},
		{3000, 4001, 1200, 1600, 360, 480},
		{1600, 1600, 1600, 1600, 480, 480},
		{1601, 10, 1600, 10, 480, 3},
		{300, 200, 300, 200, 300, 200},
		{1, 1, 1, 1, 1, 1},
		{9000, 1, 1600, 1, 480, 1},
	} {
		p, err := Read(t.Context(), asPNG(t, image.NewGray(image.Rect(0, 0, c.w, c.h))))
		require.NoError(t, err)
		for side, file := range map[[2]int][]byte{{c.fullW, c.fullH}: p.Full, {c.thumbW, c.thumbH}: p.Thumb} {
			config, err := jpeg.DecodeConfig(bytes.NewReader(file))
			require.NoError(t, err)
			require.Equal(t, side, [2]int{config.Width, config.Height}, "%d×%d", c.w, c.h)
		}
		require.Equal(t, [2]int{c.fullW, c.fullH}, [2]int{p.Width, p.Height})
	}
}

func TestTransparencyBecomesWhite(t *testing.T) {
	p, err := Read(t.Context(), asPNG(t, image.NewNRGBA(image.Rect(0, 0, 20, 20))))
	require.NoError(t, err)
	m, err := jpeg.Decode(bytes.NewReader(p.Full))
	require.NoError(t, err)
	r, g, b, _ := m.At(10, 10).RGBA()
	require.Equal(t, [3]uint32{0xffff, 0xffff, 0xffff}, [3]uint32{r, g, b})
}

func TestAnAnimationIsItsFirstFrame(t *testing.T) {
	palette := color.Palette{corners[0], corners[1]}
	frames := &gif.GIF{}
	for i := range uint8(2) {
		m := image.NewPaletted(image.Rect(0, 0, 40, 40), palette)
		for at := range m.Pix {
			m.Pix[at] = i
		}
		frames.Image, frames.Delay = append(frames.Image, m), append(frames.Delay, 10)
	}
	var file bytes.Buffer
	require.NoError(t, gif.EncodeAll(&file, frames))
	p, err := Read(t.Context(), file.Bytes())
	require.NoError(t, err)
	require.Equal(t, [4]int{}, quarters(t, p.Full))
}

// A 1×1 WebP (lossy), the smallest there is.
const tinyWebP = "UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA"

func TestWebP(t *testing.T) {
	file, err := base64.StdEncoding.DecodeString(tinyWebP)
	require.NoError(t, err)
	p, err := Read(t.Context(), file)
	require.NoError(t, err)
	require.Equal(t, 1, p.Width)
	chunk := append([]byte("EXIF"), binary.LittleEndian.AppendUint32(nil, uint32(len(tiff(binary.LittleEndian, 6))))...)
	require.Equal(t, 6, orientation("webp", append(append(file, chunk...), tiff(binary.LittleEndian, 6)...)))
}

// bomb is a PNG of a few bytes that claims to be w×h.
func bomb(t *testing.T, w, h uint32) []byte {
	t.Helper()
	file := asPNG(t, image.NewGray(image.Rect(0, 0, 1, 1)))
	binary.BigEndian.PutUint32(file[16:], w)
	binary.BigEndian.PutUint32(file[20:], h)
	binary.BigEndian.PutUint32(file[29:], crc32.ChecksumIEEE(file[12:29]))
	return file
}

func TestWhatIsNoPictureIsRefused(t *testing.T) {
	half := asJPEG(t, flag(300, 300))
	for name, c := range map[string]struct {
		file []byte
		want error
	}{
		"nothing":              {nil, ErrNoImage},
		"a text":               {[]byte("<svg onload=alert(1)>"), ErrNoImage},
		"half a photo":         {half[:len(half)/8], ErrNoImage},
		"a picture of nothing": {bomb(t, 0, 5), ErrNoImage},
		"a film":               {[]byte("\x00\x00\x00\x18ftypisom\x00\x00\x00\x00isommp42 rest"), ErrNoImage},
		"a bomb":               {bomb(t, 20_000, 20_000), ErrTooLarge},
		"a long bomb":          {bomb(t, 2_000_000_000, 1), ErrTooLarge},
		"a bomb that lies":     {bomb(t, 5000, 5000), ErrNoImage},
	} {
		_, err := Read(t.Context(), c.file)
		require.ErrorIs(t, err, c.want, name)
	}
}

func TestNobodyWaitsForPicturesInVain(t *testing.T) {
	for range concurrent {
		decoding <- struct{}{}
	}
	defer func() {
		for range concurrent {
			<-decoding
		}
	}()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := Read(ctx, asJPEG(t, flag(10, 10)))
	require.ErrorIs(t, err, context.Canceled)
}

func TestNoBytesBreakTheOrientation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		format := rapid.SampledFrom([]string{"jpeg", "png", "webp"}).Draw(t, "format")
		prefix := map[string][]byte{"jpeg": {0xff, 0xd8, 0xff, 0xe1, 0, 40}, "png": make([]byte, 11), "webp": make([]byte, 12)}[format]
		body := rapid.SliceOfN(rapid.Byte(), 0, 80).Draw(t, "bytes")
		if rapid.Bool().Draw(t, "EXIF") {
			body = append([]byte("Exif\x00\x00II*\x00\x08\x00\x00\x00"), body...)
		}
		orientation(format, append(prefix, body...))
	})
}

func TestDiskKeepsAndRemoves(t *testing.T) {
	dir := t.TempDir()
	d := NewDisk(filepath.Join(dir, "uploads"))
	street, id := models.NewID(), models.NewID()
	_, err := d.Get(street, id, Full)
	require.ErrorIs(t, err, models.ErrNotFound)
	require.NoError(t, d.Put(street, id, Picture{Full: []byte("f"), Thumb: []byte("t")}))
	got, err := d.Get(street, id, Thumb)
	require.NoError(t, err)
	require.Equal(t, "t", string(got))
	_, err = d.Get(models.NewID(), id, Full)
	require.ErrorIs(t, err, models.ErrNotFound, "another street's picture")
	require.NoError(t, d.Remove(street, id))
	require.NoError(t, d.Remove(street, id))
	_, err = d.Get(street, id, Full)
	require.ErrorIs(t, err, models.ErrNotFound)
	left, err := filepath.Glob(filepath.Join(dir, "uploads", "*", "*"))
	require.NoError(t, err)
	require.Empty(t, left)
}

func TestADiskThatTakesNothingSaysSo(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	require.Error(t, NewDisk(file).Put(models.NewID(), models.NewID(), Picture{}))
}
