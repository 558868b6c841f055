package blob

import (
	"encoding/binary"
	"image"
	"image/color"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
	"github.com/stretchr/testify/require"
	"golang.org/x/image/draw"
	"golang.org/x/image/math/f64"
)

const groupCode = "https://weixin.qq.com/g/AQYAADEMO0000000"

// qr draws a code.
func qr(t testing.TB, text string, side int) image.Image {
	t.Helper()
	m, err := qrcode.NewQRCodeWriter().Encode(text, gozxing.BarcodeFormat_QR_CODE, side, side, nil)
	require.NoError(t, err)
	return m
}

// scene is a picture of a street as a camera sees it: patches of colour, and a little noise.
func scene(w, h int, seed uint64) *image.RGBA {
	rnd := rand.New(rand.NewPCG(seed, 1))
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for range 60 {
		at := image.Pt(rnd.IntN(w), rnd.IntN(h))
		patch := image.Rectangle{Min: at, Max: at.Add(image.Pt(20+rnd.IntN(w/3), 20+rnd.IntN(h/3)))}
		draw.Draw(m, patch, image.NewUniform(color.RGBA{uint8(rnd.IntN(256)), uint8(rnd.IntN(256)), uint8(rnd.IntN(256)), 255}), image.Point{}, draw.Src)
	}
	for i := range m.Pix {
		if i%4 != 3 {
			m.Pix[i] = uint8(min(255, max(0, int(m.Pix[i])+rnd.IntN(17)-8)))
		}
	}
	return m
}

// laid puts a picture on another one, turned by so many degrees around its middle.
func laid(on *image.RGBA, m image.Image, at image.Point, degrees float64) *image.RGBA {
	s, c := math.Sincos(degrees * math.Pi / 180)
	w, h := float64(m.Bounds().Dx())/2, float64(m.Bounds().Dy())/2
	x, y := float64(at.X)+w, float64(at.Y)+h
	draw.BiLinear.Transform(on, f64.Aff3{c, -s, x - c*w + s*h, s, c, y - s*w - c*h}, m, m.Bounds(), draw.Over, nil)
	return on
}

func TestCodesInPicturesAreRead(t *testing.T) {
	for name, file := range map[string][]byte{
		"alone":                      asPNG(t, qr(t, groupCode, 600)),
		"as small as a thumb":        asPNG(t, qr(t, groupCode, 120)),
		"a screenshot of a phone":    asPNG(t, laid(scene(1080, 2340, 1), qr(t, groupCode, 620), image.Pt(230, 900), 0)),
		"a quarter turned":           asJPEG(t, laid(scene(1200, 900, 2), qr(t, groupCode, 420), image.Pt(350, 250), 90)),
		"askew":                      asJPEG(t, laid(scene(1200, 900, 3), qr(t, groupCode, 420), image.Pt(350, 250), 17)),
		"head down":                  asJPEG(t, laid(scene(1200, 900, 4), qr(t, groupCode, 420), image.Pt(350, 250), 180)),
		"small in a corner":          asJPEG(t, laid(scene(3000, 2000, 5), qr(t, groupCode, 330), image.Pt(2600, 1600), 0)),
		"small in a corner and tilt": asJPEG(t, laid(scene(3000, 2000, 6), qr(t, groupCode, 360), image.Pt(60, 1560), 8)),
		"a camera held upside down":  withEXIF(asJPEG(t, laid(scene(1200, 900, 7), qr(t, groupCode, 420), image.Pt(350, 250), 0)), tiff(binary.BigEndian, 3)),
	} {
		p, err := Read(t.Context(), file)
		require.NoError(t, err)
		require.Equal(t, []string{groupCode}, p.Codes, name)
	}
}

func TestTwoCodesInOnePicture(t *testing.T) {
	both := laid(laid(scene(1600, 900, 8), qr(t, groupCode, 400), image.Pt(100, 200), 0), qr(t, "https://street.example/j/abc", 400), image.Pt(1000, 300), 0)
	p, err := Read(t.Context(), asPNG(t, both))
	require.NoError(t, err)
	require.ElementsMatch(t, []string{groupCode, "https://street.example/j/abc"}, p.Codes)
}

func TestPicturesWithoutACodeHaveNone(t *testing.T) {
	for seed := range uint64(5) {
		p, err := Read(t.Context(), asJPEG(t, scene(1600, 1200, 100+seed)))
		require.NoError(t, err)
		require.Empty(t, p.Codes, "%d", seed)
	}
	for _, m := range []image.Image{flag(1, 1), flag(3, 900), flag(1200, 4), image.NewRGBA(image.Rect(0, 0, 640, 480)), board(900, 12)} {
		p, err := Read(t.Context(), asPNG(t, m))
		require.NoError(t, err)
		require.Empty(t, p.Codes)
	}
}

// board is a chessboard: as much black and white as a code.
func board(side, square int) *image.Gray {
	m := image.NewGray(image.Rect(0, 0, side, side))
	for y := range side {
		for x := range side {
			if (x/square+y/square)%2 == 0 {
				m.SetGray(x, y, color.Gray{255})
			}
		}
	}
	return m
}

func TestWhatACodeSaysIsBounded(t *testing.T) {
	p, err := Read(t.Context(), asPNG(t, qr(t, strings.Repeat("长", 300), 900)))
	require.NoError(t, err)
	require.Len(t, p.Codes, 1)
	require.LessOrEqual(t, len(p.Codes[0]), codeBytes)
	require.True(t, strings.HasPrefix(p.Codes[0], "长长"))
}

func BenchmarkLookingForCodes(b *testing.B) {
	picture := scene(1600, 1200, 42)
	for b.Loop() {
		codesIn(picture)
	}
}
