// Package blob takes pictures in and keeps them on disk. A picture is decoded, turned upright by its EXIF orientation,
// scaled and encoded again as JPEG, so that nothing of the file that came (place, camera, hidden data) is kept.
package blob

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	_ "image/gif" // formats that are taken in
	"image/jpeg"
	_ "image/png"
	"os"
	"path/filepath"

	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp"

	"onestreet/models"
)

// Sizes and limits, in pixels.
const (
	FullSide  = 1600 // the longer side of what is shown
	ThumbSide = 480
	maxPixels = 50 << 20 // more is a decompression bomb
	quality   = 84
)

// Errors of pictures.
var (
	ErrNoImage  = models.Fail(models.Invalid, "not_an_image", "这不是照片，或者照片坏了", "This is no picture, or a broken one.")
	ErrTooLarge = models.Fail(models.TooLarge, "image_too_large", "这张照片太大了，换一张小些的", "This picture is too large. Choose a smaller one.")
)

// Picture is a picture as it is kept: its size in pixels and both files, encoded.
type Picture struct {
	Width, Height int
	Full, Thumb   []byte
}

// Read decodes a picture of any accepted format (JPEG, PNG, GIF, WebP) and makes what is kept of it.
// Errors: not_an_image, image_too_large.
func Read(data []byte) (Picture, error) {
	cfg, format, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil || cfg.Width < 1 || cfg.Height < 1 {
		return Picture{}, ErrNoImage
	}
	if cfg.Width > maxPixels/cfg.Height {
		return Picture{}, ErrTooLarge
	}
	img, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return Picture{}, ErrNoImage
	}
	if format == "jpeg" {
		img = upright(img, orientation(data))
	}
	return encode(img)
}

func encode(img image.Image) (Picture, error) {
	full := fit(img, FullSide)
	p := Picture{Width: full.Bounds().Dx(), Height: full.Bounds().Dy()}
	var err error
	if p.Full, err = toJPEG(full); err != nil {
		return p, err
	}
	p.Thumb, err = toJPEG(fit(full, ThumbSide))
	return p, err
}

// fit scales a picture down so that its longer side is at most side pixels, on white where it was transparent.
func fit(img image.Image, side int) *image.RGBA {
	w, h := img.Bounds().Dx(), img.Bounds().Dy()
	if long := max(w, h); long > side {
		w, h = max(1, w*side/long), max(1, h*side/long)
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(out, out.Bounds(), image.White, image.Point{}, draw.Src)
	draw.CatmullRom.Scale(out, out.Bounds(), img, img.Bounds(), draw.Over, nil)
	return out
}

func toJPEG(img image.Image) ([]byte, error) {
	var buf bytes.Buffer
	err := jpeg.Encode(&buf, img, &jpeg.Options{Quality: quality})
	return buf.Bytes(), err
}

// Disk keeps pictures in a folder, one folder a street.
type Disk struct{ dir string }

// NewDisk keeps pictures under dir, which is made when it is first needed.
func NewDisk(dir string) *Disk { return &Disk{dir: dir} }

// The two sizes of a kept picture.
const (
	Full  = "full"
	Thumb = "thumb"
)

// Put writes both sizes of a picture.
func (d *Disk) Put(alliance, id models.ID, p Picture) error {
	if err := os.MkdirAll(filepath.Join(d.dir, alliance.String()), 0o750); err != nil {
		return err
	}
	for size, data := range map[string][]byte{Full: p.Full, Thumb: p.Thumb} {
		if err := d.write(d.path(alliance, id, size), data); err != nil {
			return fmt.Errorf("picture %s: %w", id, err)
		}
	}
	return nil
}

// write goes through a file beside it, so that nobody reads half a picture.
func (d *Disk) write(path string, data []byte) error {
	if err := os.WriteFile(path+".new", data, 0o600); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}

// Get reads one size of a picture. Error: not_found.
func (d *Disk) Get(alliance, id models.ID, size string) ([]byte, error) {
	data, err := os.ReadFile(d.path(alliance, id, size))
	if errors.Is(err, os.ErrNotExist) {
		return nil, models.ErrNotFound
	}
	return data, err
}

// Remove takes both sizes away; what is not there is no error.
func (d *Disk) Remove(alliance, id models.ID) error {
	var failed error
	for _, size := range []string{Full, Thumb} {
		if err := os.Remove(d.path(alliance, id, size)); err != nil && !errors.Is(err, os.ErrNotExist) {
			failed = errors.Join(failed, err)
		}
	}
	return failed
}

func (d *Disk) path(alliance, id models.ID, size string) string {
	return filepath.Join(d.dir, alliance.String(), id.String()+"-"+size+".jpg")
}
