package seeds

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"math"
)

// The demo's photos are flat drawings made here: circles, rounded boxes and stripes in the street's colours.

// scene is a picture being drawn; its units are a thousandth of its width.
type scene struct{ *image.RGBA }

const (
	sceneWidth  = 800
	sceneHeight = 600
)

var pictures = map[string]func(scene){
	"noodles-bowl": noodlesBowl, "cloth-shoes": clothShoes, "tea-pot": teaPot, "bunch": bunch, "cakes": cakes,
	"night-street": nightStreet, "cat": catOnBooks, "fruit-box": fruitBox,
}

// drawn makes a picture as a camera would have it: a JPEG file.
func drawn(name string) ([]byte, error) {
	paint, ok := pictures[name]
	if !ok {
		return nil, fmt.Errorf("picture %q: there is none", name)
	}
	s := scene{image.NewRGBA(image.Rect(0, 0, sceneWidth, sceneHeight))}
	paint(s)
	var out bytes.Buffer
	err := jpeg.Encode(&out, s, &jpeg.Options{Quality: 88})
	return out.Bytes(), err
}

func ink(hex uint32) color.RGBA {
	return color.RGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 255}
}

func (s scene) fill(c uint32) {
	draw.Draw(s, s.Bounds(), image.NewUniform(ink(c)), image.Point{}, draw.Src)
}

// where paints every point for which inside holds; points are in thousandths of the width.
func (s scene) where(c uint32, inside func(x, y float64) bool) { s.within(c, 0, 0, 1000, 1000, inside) }

// within is where for a shape that lies in a frame.
func (s scene) within(c uint32, x0, y0, x1, y1 float64, inside func(x, y float64) bool) {
	const scale = sceneWidth / 1000.0
	frame := image.Rect(int(x0*scale), int(y0*scale), int(x1*scale)+1, int(y1*scale)+1).Intersect(s.Bounds())
	paint := ink(c)
	for py := frame.Min.Y; py < frame.Max.Y; py++ {
		for px := frame.Min.X; px < frame.Max.X; px++ {
			if inside(float64(px)/scale, float64(py)/scale) {
				s.SetRGBA(px, py, paint)
			}
		}
	}
}

func (s scene) oval(c uint32, cx, cy, rx, ry float64) {
	s.within(c, cx-rx, cy-ry, cx+rx, cy+ry, func(x, y float64) bool { return sq((x-cx)/rx)+sq((y-cy)/ry) <= 1 })
}

func (s scene) box(c uint32, x0, y0, x1, y1 float64) {
	s.within(c, x0, y0, x1, y1, func(x, y float64) bool { return x >= x0 && x < x1 && y >= y0 && y < y1 })
}

// half is the lower half of an oval: a bowl, a shoe's toe, a petal's shadow.
func (s scene) half(c uint32, cx, cy, rx, ry float64) {
	s.within(c, cx-rx, cy, cx+rx, cy+ry, func(x, y float64) bool { return y >= cy && sq((x-cx)/rx)+sq((y-cy)/ry) <= 1 })
}

// line is a stroke with round ends.
func (s scene) line(c uint32, x0, y0, x1, y1, width float64) {
	length := sq(x1-x0) + sq(y1-y0)
	s.within(c, min(x0, x1)-width, min(y0, y1)-width, max(x0, x1)+width, max(y0, y1)+width, func(x, y float64) bool {
		t := min(max(((x-x0)*(x1-x0)+(y-y0)*(y1-y0))/length, 0), 1)
		return sq(x-x0-t*(x1-x0))+sq(y-y0-t*(y1-y0)) <= sq(width/2)
	})
}

// wave is a noodle, a whiff of steam, a ripple.
func (s scene) wave(c uint32, x0, x1, y0, high, long, width float64) {
	s.within(c, x0, y0-high-width, x1, y0+high+width, func(x, y float64) bool {
		return x >= x0 && x <= x1 && math.Abs(y-y0-high*math.Sin((x-x0)/long*2*math.Pi)) <= width/2
	})
}

func sq(x float64) float64 { return x * x }

func noodlesBowl(s scene) {
	s.fill(0xE8D6B4)
	s.box(0xC79A5B, 0, 520, 1000, 750)
	s.half(0x8C5A2B, 500, 560, 330, 46)
	s.half(0x2F5D73, 500, 360, 330, 250)
	s.oval(0xF5EAD2, 500, 360, 330, 92)
	s.oval(0xD99A3E, 500, 364, 296, 76)
	for i := range 6 {
		s.wave(0xF6DD9B, 270, 730, 330+float64(i)*13, 6, 90+float64(i)*7, 8)
	}
	s.oval(0xFFF8E8, 620, 350, 70, 34)
	s.oval(0xF0A52B, 626, 348, 30, 17)
	for i := range 9 {
		x := 330 + float64(i*31%150)
		s.line(0x55862F, x, 335+float64(i*17%50), x+26, 330+float64(i*17%50), 8)
	}
	s.line(0x8B3A22, 640, 330, 930, 130, 12)
	s.line(0x8B3A22, 670, 340, 960, 160, 12)
}

func clothShoes(s scene) {
	s.fill(0xEADBC6)
	s.box(0xB98B5E, 0, 560, 1000, 750)
	for i, x := range []float64{300, 640} {
		y := 430 + float64(i)*50
		s.oval(0xF7F0E2, x, y+78, 210, 40)
		s.oval(0x26221F, x, y+40, 200, 74)
		s.oval(0xEADBC6, x+50, y-8, 96, 46)
		s.oval(0xB5402C, x+50, y+6, 92, 30)
		s.line(0xF7F0E2, x-170, y+84, x+180, y+84, 7)
		s.oval(0xD9A23C, x-96, y+34, 12, 12)
	}
}

func teaPot(s scene) {
	s.fill(0xD9E5DC)
	s.box(0x6A4A36, 0, 540, 1000, 750)
	s.oval(0x57382A, 430, 556, 300, 26)
	s.line(0x8A4B35, 560, 400, 740, 300, 44)
	s.oval(0x9C5840, 420, 420, 210, 140)
	s.oval(0x8A4B35, 420, 290, 120, 26)
	s.oval(0x8A4B35, 420, 258, 24, 22)
	s.oval(0x7A3F2C, 210, 410, 74, 92)
	s.oval(0xD9E5DC, 216, 410, 44, 60)
	s.half(0xF7F0E2, 780, 470, 96, 80)
	s.oval(0xF7F0E2, 780, 470, 96, 26)
	s.oval(0xB98A2E, 780, 472, 82, 19)
	for i := range 3 {
		s.wave(0xFFFFFF, 740+float64(i)*30, 752+float64(i)*30, 380, 40, 30, 60)
	}
}

func bunch(s scene) {
	s.fill(0xF3E1D8)
	for i := range 9 {
		x := 320 + float64(i)*45
		s.line(0x4F7A33, 500, 560, x, 240+float64(i*37%90), 9)
	}
	for i := range 9 {
		x, y := 320+float64(i)*45, 230+float64(i*37%90)
		tone := []uint32{0xC8402A, 0xE7A33B, 0xD98296}[i%3]
		for k := range 5 {
			a := float64(k) * 2 * math.Pi / 5
			s.oval(tone, x+34*math.Cos(a), y+34*math.Sin(a), 30, 30)
		}
		s.oval(0xFFE7A8, x, y, 20, 20)
	}
	s.where(0xFBF6EC, func(x, y float64) bool { return y > 460 && math.Abs(x-500) < 130-(y-460)*0.22 })
	s.line(0xAC4E3A, 400, 540, 600, 540, 22)
}

func cakes(s scene) {
	s.fill(0xEFE0C4)
	s.oval(0xDCCBA8, 500, 560, 400, 80)
	s.oval(0xFBF6EC, 500, 540, 380, 76)
	for i := range 7 {
		x, y := 300+float64(i%4)*130+float64(i/4)*60, 500-float64(i/4)*96
		s.oval(0x9A6128, x, y+20, 78, 46)
		s.oval(0xD79B4A, x, y, 78, 50)
		for k := range 6 {
			s.oval(0xFFF3D6, x-40+float64(k*29%80), y-18+float64(k*17%36), 6, 4)
		}
	}
}

func nightStreet(s scene) {
	s.where(0x22304A, func(_, y float64) bool { return y < 420 })
	s.where(0x3B3550, func(_, y float64) bool { return y >= 420 })
	s.oval(0xF6E3B0, 820, 130, 46, 46)
	tones := []uint32{0x8C2E20, 0x834C13, 0x175A4F, 0x234656, 0x415023}
	for i, tone := range tones {
		x := float64(i) * 200
		s.box(tone, x+8, 300, x+192, 640)
		s.where(0x1B1A22, func(px, py float64) bool { return py > 250 && py < 305 && math.Abs(px-x-100) < 60+(py-250)*1.1 })
		s.box(0xF6C65B, x+30, 420, x+90, 560)
		s.box(0xF6C65B, x+112, 420, x+170, 560)
		s.oval(0xC8402A, x+100, 360, 22, 26)
	}
	s.box(0x2B2731, 0, 640, 1000, 750)
}

func catOnBooks(s scene) {
	s.fill(0xE4DCCB)
	for i, tone := range []uint32{0x2F5D73, 0xB5402C, 0x55682F, 0xC98A1E} {
		y := 680 - float64(i)*62
		s.box(tone, 190+float64(i)*22, y-54, 820-float64(i)*30, y)
		s.box(0xFBF6EC, 780-float64(i)*30, y-46, 820-float64(i)*30, y-8)
	}
	s.oval(0xD98C3A, 500, 380, 190, 84)
	s.oval(0xD98C3A, 350, 320, 84, 72)
	s.where(0xD98C3A, func(x, y float64) bool {
		return y > 230 && y < 290 && (math.Abs(x-305) < (y-230)/2.2 || math.Abs(x-395) < (y-230)/2.2)
	})
	s.line(0xD98C3A, 660, 400, 800, 330, 34)
	for i := range 4 {
		s.line(0xB56B22, 440+float64(i)*55, 312, 450+float64(i)*55, 372, 16)
	}
	s.line(0x4A3226, 312, 324, 338, 328, 6)
	s.line(0x4A3226, 366, 328, 392, 324, 6)
	s.oval(0xB5523C, 352, 344, 9, 6)
}

func fruitBox(s scene) {
	s.fill(0xDFE9D0)
	s.box(0xA9743C, 130, 470, 870, 690)
	for i := range 3 {
		s.line(0x8A5A2B, 130, 525+float64(i)*64, 870, 525+float64(i)*64, 8)
	}
	for i := range 14 {
		x, y := 190+float64(i%7)*104, 430-float64(i/7)*84
		tone := []uint32{0xE0792B, 0xC8402A, 0xE9B43A}[i%3]
		s.oval(tone, x, y, 56, 54)
		s.line(0x4F7A33, x, y-50, x+16, y-70, 8)
	}
	s.box(0xB98346, 130, 466, 870, 492)
}
