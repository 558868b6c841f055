package blob

import "image"

// Codes of libheif.
const (
	spaceRGB  = 1
	spaceGrey = 2
	chroma422 = 2
	chroma444 = 3
)

// planes is how libheif lays a picture down: one plane of colours, or one of brightness and two of colour.
type planes struct {
	frame
	stride, colour, rows int // bytes of a line, of a line of colour, and lines of colour
	ratio                image.YCbCrSubsampleRatio
}

func (f frame) planes() planes {
	w, h := int(f.Width), int(f.Height)
	switch {
	case f.Space == spaceRGB:
		return planes{frame: f, stride: line(w, 4)}
	case f.Space == spaceGrey:
		return planes{frame: f, stride: line(w, 1)}
	case f.Chroma == chroma444:
		return planes{f, line(w, 1), line(w, 1), h, image.YCbCrSubsampleRatio444}
	case f.Chroma == chroma422:
		return planes{f, line(w, 1), line((w+1)/2, 1), h, image.YCbCrSubsampleRatio422}
	}
	return planes{f, line(w, 1), line((w+1)/2, 1), (h + 1) / 2, image.YCbCrSubsampleRatio420}
}

// line is how many bytes a line of w pixels takes: no fewer than 64 pixels, an even number of them, in steps of 16 bytes.
func line(w, bytes int) int { return (max(64, (w+1)&^1)*bytes + 15) &^ 15 }

func (p planes) size() int { return p.stride*int(p.Height) + 2*p.colour*p.rows }

// image reads the planes where they lie.
func (p planes) image(pixels []byte) image.Image {
	all := image.Rect(0, 0, int(p.Width), int(p.Height))
	switch {
	case p.Space == spaceRGB && p.Premultiplied == 1:
		return &image.RGBA{Pix: pixels, Stride: p.stride, Rect: all}
	case p.Space == spaceRGB:
		return &image.NRGBA{Pix: pixels, Stride: p.stride, Rect: all}
	case p.Space == spaceGrey:
		return &image.Gray{Pix: pixels, Stride: p.stride, Rect: all}
	}
	first := p.stride * int(p.Height)
	second := first + p.colour*p.rows
	return &image.YCbCr{
		Y: pixels[:first], Cb: pixels[first:second], Cr: pixels[second:],
		YStride: p.stride, CStride: p.colour, SubsampleRatio: p.ratio, Rect: all,
	}
}
