package blob_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"testing"

	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/platform/blob"
)

// sky is a picture that is blue above and red below.
func sky(w, h int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{B: 255, A: 255}
			if y >= h/2 {
				c = color.RGBA{R: 255, A: 255}
			}
			img.Set(x, y, c)
		}
	}
	return img
}

func asJPEG(t *testing.T, img image.Image) []byte {
	t.Helper()
	var buf bytes.Buffer
	require.NoError(t, jpeg.Encode(&buf, img, nil))
	return buf.Bytes()
}

// withEXIF puts an EXIF block with an orientation and a secret text behind the JPEG's first marker.
func withEXIF(data []byte, orientation uint16) []byte {
	tiff := []byte("II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00GPS-SECRET")
	binary.LittleEndian.PutUint16(tiff[18:], orientation)
	block := append([]byte("Exif\x00\x00"), tiff...)
	head := []byte{0xFF, 0xD8, 0xFF, 0xE1, 0, 0}
	binary.BigEndian.PutUint16(head[4:], uint16(len(block)+2)) //nolint:gosec // a short block
	return append(append(head, block...), data[2:]...)
}

func decoded(t *testing.T, data []byte) image.Image {
	t.Helper()
	img, format, err := image.Decode(bytes.NewReader(data))
	require.NoError(t, err)
	require.Equal(t, "jpeg", format)
	return img
}

func TestAPictureIsScaledAndKeepsNothingOfItsFile(t *testing.T) {
	p, err := blob.Read(withEXIF(asJPEG(t, sky(3200, 1600)), 1))
	require.NoError(t, err)
	require.Equal(t, []int{1600, 800}, []int{p.Width, p.Height})
	require.Equal(t, 480, decoded(t, p.Thumb).Bounds().Dx())
	for _, kept := range [][]byte{p.Full, p.Thumb} {
		require.NotContains(t, string(kept), "GPS-SECRET")
		require.NotContains(t, string(kept), "Exif")
	}
}

// TestEveryOrientationComesOutUpright: where the sky is after turning, for each of EXIF's eight values.
func TestEveryOrientationComesOutUpright(t *testing.T) {
	for orientation, skyAt := range map[uint16]image.Point{1: {50, 10}, 2: {50, 10}, 3: {50, 70}, 4: {50, 70}, 5: {10, 50}, 6: {70, 50}, 7: {70, 50}, 8: {10, 50}} {
		p, err := blob.Read(withEXIF(asJPEG(t, sky(100, 80)), orientation))
		require.NoError(t, err)
		r, _, b, _ := decoded(t, p.Full).At(skyAt.X, skyAt.Y).RGBA()
		require.Greater(t, b, r, "orientation %d", orientation)
		if orientation >= 5 {
			require.Equal(t, []int{80, 100}, []int{p.Width, p.Height})
		}
	}
}

func TestOtherFormatsAreTaken(t *testing.T) {
	var asPNG, asGIF bytes.Buffer
	require.NoError(t, png.Encode(&asPNG, sky(20, 10)))
	require.NoError(t, gif.Encode(&asGIF, sky(20, 10), nil))
	for _, data := range [][]byte{asPNG.Bytes(), asGIF.Bytes()} {
		p, err := blob.Read(data)
		require.NoError(t, err)
		require.Equal(t, []int{20, 10}, []int{p.Width, p.Height})
	}
}

func TestWhatIsNoPicture(t *testing.T) {
	whole := asJPEG(t, sky(100, 80))
	for name, data := range map[string][]byte{"empty": nil, "text": []byte("hello"), "cut off": whole[:40], "html": []byte("<html>")} {
		_, err := blob.Read(data)
		require.ErrorIs(t, err, blob.ErrNoImage, name)
	}
}

// TestADecompressionBombIsRefusedUnread: a PNG head that promises a picture of 40,000 × 40,000 pixels.
func TestADecompressionBombIsRefusedUnread(t *testing.T) {
	var buf bytes.Buffer
	require.NoError(t, png.Encode(&buf, sky(2, 2)))
	data := buf.Bytes()
	binary.BigEndian.PutUint32(data[16:], 40_000)
	binary.BigEndian.PutUint32(data[20:], 40_000)
	binary.BigEndian.PutUint32(data[29:], crc32.ChecksumIEEE(data[12:29]))
	_, err := blob.Read(data)
	require.ErrorIs(t, err, blob.ErrTooLarge)
}

func TestDiskKeepsAndRemoves(t *testing.T) {
	d := blob.NewDisk(t.TempDir())
	street, id := models.NewID(), models.NewID()
	_, err := d.Get(street, id, blob.Full)
	require.ErrorIs(t, err, models.ErrNotFound)
	require.NoError(t, d.Put(street, id, blob.Picture{Full: []byte("f"), Thumb: []byte("t")}))
	got, err := d.Get(street, id, blob.Thumb)
	require.NoError(t, err)
	require.Equal(t, "t", string(got))
	_, err = d.Get(models.NewID(), id, blob.Full)
	require.ErrorIs(t, err, models.ErrNotFound, "another street's picture")
	require.NoError(t, d.Remove(street, id))
	require.NoError(t, d.Remove(street, id))
	_, err = d.Get(street, id, blob.Full)
	require.ErrorIs(t, err, models.ErrNotFound)
}
