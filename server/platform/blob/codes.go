package blob

import (
	"image"
	"slices"
	"strings"

	"github.com/makiuchi-d/gozxing"
	multi "github.com/makiuchi-d/gozxing/multi/qrcode"
	"github.com/makiuchi-d/gozxing/qrcode"
)

// Bounds of looking for QR codes: how far a picture is shrunk first, into how many parts it is cut when the whole shows none,
// and how much of what the codes say is kept.
const (
	codeSide  = 1000
	codeParts = 3
	mostCodes = 5
	codeBytes = 300
)

// codesIn reads the QR codes of a picture: in the whole of it, then, when none is found, in parts of it that overlap, which
// finds a small one in a corner. Its work is bounded by codeSide and codeParts, whatever the picture.
func codesIn(m *image.RGBA) []string {
	gray := grayed(m, codeSide)
	if found := codesOf(gray); len(found) > 0 {
		return found
	}
	return codesInParts(gray)
}

// codesInParts looks closer, at twice the size.
func codesInParts(m *image.Gray) []string {
	twice := doubled(m)
	w, h := twice.Bounds().Dx(), twice.Bounds().Dy()
	partW, partH := 2*w/(codeParts+1), 2*h/(codeParts+1)
	var found []string
	for y := range codeParts {
		for x := range codeParts {
			at := image.Pt(x*(w-partW)/(codeParts-1), y*(h-partH)/(codeParts-1))
			found = joined(found, codeOf(bitmapOf(twice, image.Rectangle{Min: at, Max: at.Add(image.Pt(partW, partH))})))
		}
	}
	return found
}

// grayed shrinks a picture and takes its colours away; the loop is plain because the library's goes pixel by pixel through an
// interface, which is ten times as slow.
func grayed(m *image.RGBA, side int) *image.Gray {
	small := shrink(m, side)
	out := image.NewGray(small.Bounds())
	for i := range out.Pix {
		p := small.Pix[4*i : 4*i+3]
		out.Pix[i] = uint8((int(p[0]) + 2*int(p[1]) + int(p[2])) / 4)
	}
	return out
}

// doubled is a picture at twice its size, with the mean between two pixels between them.
func doubled(m *image.Gray) *image.Gray {
	w, h := m.Bounds().Dx(), m.Bounds().Dy()
	out := image.NewGray(image.Rect(0, 0, 2*w, 2*h))
	for y := range 2 * h {
		upper, lower := m.Pix[y/2*m.Stride:], m.Pix[min((y+1)/2, h-1)*m.Stride:]
		for x := range w {
			next := min(x+1, w-1)
			out.Pix[y*out.Stride+2*x] = uint8((int(upper[x]) + int(lower[x])) / 2)
			out.Pix[y*out.Stride+2*x+1] = uint8((int(upper[x]) + int(lower[x]) + int(upper[next]) + int(lower[next])) / 4)
		}
	}
	return out
}

// codesOf reads the codes of one picture as they stand; one that only looks like a code says nothing.
func codesOf(m *image.Gray) []string {
	bitmap := bitmapOf(m, m.Bounds())
	if bitmap == nil {
		return nil
	}
	var found []string
	if many, err := multi.NewQRCodeMultiReader().DecodeMultiple(bitmap, utf8Hint); err == nil {
		for _, r := range many {
			found = joined(found, []string{r.GetText()})
		}
	}
	if len(found) == 0 {
		found = codeOf(bitmap)
	}
	return found
}

// codeOf reads one code.
func codeOf(bitmap *gozxing.BinaryBitmap) []string {
	if bitmap == nil {
		return nil
	}
	one, err := qrcode.NewQRCodeReader().Decode(bitmap, utf8Hint)
	if err != nil {
		return nil
	}
	return joined(nil, []string{one.GetText()})
}

var utf8Hint = map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_CHARACTER_SET: "UTF-8"}

// bitmapOf is a part of a gray picture in black and white; nil where there is nothing to see.
func bitmapOf(m *image.Gray, part image.Rectangle) *gozxing.BinaryBitmap {
	source, err := gozxing.NewPlanarYUVLuminanceSource(m.Pix, m.Stride, m.Bounds().Dy(), part.Min.X, part.Min.Y, part.Dx(), part.Dy(), false)
	if err != nil {
		return nil
	}
	bitmap, err := gozxing.NewBinaryBitmap(gozxing.NewHybridBinarizer(source))
	if err != nil {
		return nil
	}
	return bitmap
}

// joined adds what is new, cut to what is kept.
func joined(list, more []string) []string {
	for _, text := range more {
		text = strings.ToValidUTF8(text[:min(len(text), codeBytes)], "")
		if len(list) < mostCodes && !slices.Contains(list, text) {
			list = append(list, text)
		}
	}
	return list
}
