package blob

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
)

// orientationTag is EXIF's tag 0x0112 (CIPA DC-008, 4.6.4): 1 upright, 2–8 mirrored and turned.
const orientationTag = 0x0112

// orientation reads the EXIF orientation of a JPEG; 1 when there is none.
func orientation(data []byte) int {
	for i := 2; i+4 <= len(data) && data[i] == 0xFF; {
		marker, size := data[i+1], int(binary.BigEndian.Uint16(data[i+2:]))
		if size < 2 || i+2+size > len(data) || marker == 0xDA {
			break
		}
		segment := data[i+4 : i+2+size]
		if marker == 0xE1 && bytes.HasPrefix(segment, []byte("Exif\x00\x00")) {
			return inTIFF(segment[6:])
		}
		i += 2 + size
	}
	return 1
}

func inTIFF(t []byte) int {
	if len(t) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.BigEndian
	if t[0] == 'I' {
		order = binary.LittleEndian
	}
	at := int(order.Uint32(t[4:]))
	if at < 8 || at+2 > len(t) {
		return 1
	}
	for n := range int(order.Uint16(t[at:])) {
		entry := at + 2 + 12*n
		if entry+12 > len(t) {
			break
		}
		if order.Uint16(t[entry:]) == orientationTag {
			if v := int(order.Uint16(t[entry+8:])); v >= 1 && v <= 8 {
				return v
			}
		}
	}
	return 1
}

// upright is a view of a picture as its orientation says it is to be seen.
func upright(img image.Image, orientation int) image.Image {
	if orientation == 1 {
		return img
	}
	return turned{img, orientation}
}

type turned struct {
	image.Image
	how int
}

func (t turned) ColorModel() color.Model { return t.Image.ColorModel() }

func (t turned) Bounds() image.Rectangle {
	b := t.Image.Bounds()
	if t.how >= 5 {
		return image.Rect(0, 0, b.Dy(), b.Dx())
	}
	return image.Rect(0, 0, b.Dx(), b.Dy())
}

func (t turned) At(x, y int) color.Color {
	b := t.Image.Bounds()
	right, bottom := b.Dx()-1, b.Dy()-1
	sx, sy := x, y
	switch t.how {
	case 2:
		sx = right - x
	case 3:
		sx, sy = right-x, bottom-y
	case 4:
		sy = bottom - y
	case 5:
		sx, sy = y, x
	case 6:
		sx, sy = y, bottom-x
	case 7:
		sx, sy = right-y, bottom-x
	case 8:
		sx, sy = right-y, x
	}
	return t.Image.At(b.Min.X+sx, b.Min.Y+sy)
}
