package blob

import (
	"bytes"
	"context"
	"image"
	"image/color"
	_ "image/gif" // the first frame of an animation
	"image/jpeg"
	_ "image/png"
	"time"

	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp"

	"onestreet/models"
)

// Sizes of what is kept, in pixels, and limits of what is taken.
// MaxBytes is the largest upload that is read, in bytes.
const MaxBytes = 10 << 20

const (
	FullSide     = 1600       // the longer side of what is shown, at most
	ThumbSide    = 480        // the longer side of the thumbnail, at most
	maxPixels    = 50_000_000 // a phone's largest photos have them; more is a decompression bomb
	maxSide      = 30_000
	quality      = 84 // of the JPEG
	thumbQuality = 78
	concurrent   = 2                // decodings at once: each may hold some hundred megabytes
	queueing     = 30 * time.Second // after which one that waits for its turn is told to come again
)

// Errors of pictures.
var (
	ErrNoImage  = models.Fail(models.Invalid, "not_an_image", "这不是照片，或者照片坏了", "This is no picture, or a broken one.").At("/file")
	ErrTooLarge = models.Fail(models.TooLarge, "image_too_large", "这张照片太大了，超过 5000 万像素，换一张小些的", "This picture has more than 50 megapixels. Choose a smaller one.").At("/file")
	ErrBusy     = models.Fail(models.TooMany, "photos_busy", "这会儿发照片的人多，过一会儿再试", "Many photos are coming in. Try again in a moment.")
)

// Picture is a picture as it is kept: its size in pixels and both files, encoded.
type Picture struct {
	Width, Height int // of Full
	Full, Thumb   []byte
	Codes         []string // what the QR codes in it say
}

var decoding = make(chan struct{}, concurrent)

// Read decodes a picture of any accepted format (JPEG, PNG, GIF, WebP, HEIC) and makes what is kept of it. Few are decoded
// at once; the others wait, as long as ctx lasts, and half a minute at most. Errors: not_an_image, image_too_large,
// photo_avif, photo_too_slow, photos_busy.
func Read(ctx context.Context, file []byte) (Picture, error) {
	format, pixels, err := look(file)
	if err != nil {
		return Picture{}, err
	}
	done, err := inTurn(ctx)
	if err != nil {
		return Picture{}, err
	}
	defer done()
	if format == "heic" {
		return readHEIC(ctx, file, pixels)
	}
	source, _, err := image.Decode(bytes.NewReader(file))
	if err != nil {
		return Picture{}, ErrNoImage
	}
	return render(source, orientation(format, file))
}

// look tells a file's format and how many pixels it claims to have, without decoding them.
func look(file []byte) (format string, pixels int, err error) {
	var w, h int
	switch format = wrapped(file); format {
	case "heic":
		w, h = extent(file)
	case "avif":
		return "", 0, ErrAVIF
	default:
		var config image.Config
		if config, format, err = image.DecodeConfig(bytes.NewReader(file)); err != nil {
			return "", 0, ErrNoImage
		}
		w, h = config.Width, config.Height
	}
	return format, w * h, fits(w, h)
}

func fits(w, h int) error {
	switch {
	case w < 1 || h < 1:
		return ErrNoImage
	case w > maxSide || h > maxSide || w*h > maxPixels:
		return ErrTooLarge
	}
	return nil
}

// inTurn waits until this one may be decoded; done lets the next one in.
func inTurn(ctx context.Context) (done func(), err error) {
	ctx, stop := context.WithTimeoutCause(ctx, queueing, ErrBusy)
	defer stop()
	select {
	case decoding <- struct{}{}:
		return func() { <-decoding }, nil
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

func render(source image.Image, turn int) (Picture, error) {
	full := upright(shrink(source, FullSide), turn)
	thumb := shrink(full, ThumbSide)
	p := Picture{Width: full.Bounds().Dx(), Height: full.Bounds().Dy(), Codes: codesIn(full)}
	var err error
	if p.Full, err = encode(full, quality); err != nil {
		return Picture{}, err
	}
	p.Thumb, err = encode(thumb, thumbQuality)
	return p, err
}

func encode(m image.Image, quality int) ([]byte, error) {
	var out bytes.Buffer
	err := jpeg.Encode(&out, m, &jpeg.Options{Quality: quality})
	return out.Bytes(), err
}

// shrink scales m down until neither side is longer than side, and lays it on white where it is transparent. Halving
// bilinearly is an exact mean of four pixels, so no step loses detail, and none needs memory beside its result.
func shrink(m image.Image, side int) *image.RGBA {
	w, h := m.Bounds().Dx(), m.Bounds().Dy()
	toW, toH := fit(w, h, side)
	for max(w, h) >= 2*side {
		w, h = (w+1)/2, (h+1)/2
		m = scale(m, w, h)
	}
	return scale(m, toW, toH)
}

func fit(w, h, side int) (int, int) {
	switch {
	case max(w, h) <= side:
		return w, h
	case w >= h:
		return side, max(1, (h*side+w/2)/w)
	}
	return max(1, (w*side+h/2)/h), side
}

func scale(m image.Image, w, h int) *image.RGBA {
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(out, out.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.ApproxBiLinear.Scale(out, out.Bounds(), m, m.Bounds(), draw.Over, nil)
	return out
}

// upright turns a picture by its EXIF orientation (1 to 8), as the camera's owner saw it.
func upright(m *image.RGBA, turn int) *image.RGBA {
	if turn < 2 || turn > 8 {
		return m
	}
	w, h := m.Bounds().Dx(), m.Bounds().Dy()
	size := image.Rect(0, 0, w, h)
	if turn >= 5 {
		size = image.Rect(0, 0, h, w)
	}
	out := image.NewRGBA(size)
	for y := range h {
		for x := range w {
			tx, ty := turned(turn, x, y, w, h)
			out.SetRGBA(tx, ty, m.RGBAAt(x, y))
		}
	}
	return out
}

// turned is where the stored pixel (x, y) of a w×h picture belongs.
func turned(turn, x, y, w, h int) (int, int) {
	switch turn {
	case 2: // mirrored
		return w - 1 - x, y
	case 3: // upside down
		return w - 1 - x, h - 1 - y
	case 4: // upside down, mirrored
		return x, h - 1 - y
	case 5: // lying on its left side, mirrored
		return y, x
	case 6: // needs a quarter turn to the right
		return h - 1 - y, x
	case 7: // lying on its right side, mirrored
		return h - 1 - y, w - 1 - x
	case 8: // needs a quarter turn to the left
		return y, w - 1 - x
	}
	return x, y
}
