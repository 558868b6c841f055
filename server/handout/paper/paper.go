// Package paper sets a sheet of codes on A4 pages, as a PDF that any office printer takes: ten cards a page with cutting
// lines, each with a QR code, the code in letters, and what it is. It knows no shop.
//
// Chinese is set without a font of ours: the file names STSong-Light and the predefined character map UniGB-UCS2-H (ISO
// 32000-1, 9.7.5.2), and the viewer draws with the Song face that every computer in a Chinese shop has. A font of ours
// would weigh megabytes in the program for one page.
package paper

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/boombuler/barcode/qr"
)

// Sheet is what is printed: the same words on every card, and a code each.
type Sheet struct {
	Head  string // at the top of each page, for whoever cuts it
	Title string
	Lines []string // under the title; the first, what it is worth, is larger
	Cards []Card
}

// Card is one code. Code is set in letters of equal width; Link is what its QR code says.
type Card struct {
	Serial int64
	Code   string
	Link   string
}

// An A4 page in points, and how the cards stand on it.
const (
	pageWidth, pageHeight = 595.28, 841.89
	columns, rows         = 2, 5
	marginX, marginY      = 34.0, 44.0
	cardWidth             = (pageWidth - 2*marginX) / columns
	cardHeight            = (pageHeight - 2*marginY) / rows
	qrSize                = 96.0
	padding               = 14.0
)

// PDF writes a sheet. It fails only when a link is too long for a QR code.
func PDF(s Sheet) ([]byte, error) {
	var f file
	f.begin()
	pages := max(1, (len(s.Cards)+columns*rows-1)/(columns*rows))
	for n := range pages {
		first := n * columns * rows
		p, err := page(s, s.Cards[first:min(first+columns*rows, len(s.Cards))], fmt.Sprintf("%d / %d", n+1, pages))
		if err != nil {
			return nil, err
		}
		f.page(p)
	}
	return f.end(), nil
}

// page draws some cards, with the page's number in the corner.
func page(s Sheet, cards []Card, number string) ([]byte, error) {
	var d drawing
	const head, corner = pageHeight - marginY + 14, 60.0
	d.text(song, 9, marginX, head, fit(s.Head, 9, pageWidth-2*marginX-corner))
	d.text(courier, 8, pageWidth-marginX-float64(len(number))*8*0.6, head, number)
	d.cuts((len(cards) + columns - 1) / columns)
	for i, c := range cards {
		x := marginX + float64(i%columns)*cardWidth
		top := pageHeight - marginY - float64(i/columns)*cardHeight
		if err := d.card(s, c, x, top); err != nil {
			return nil, err
		}
	}
	return d.Bytes(), nil
}

// drawing is a page's content stream.
type drawing struct{ bytes.Buffer }

// cuts draws the cutting lines around some rows of cards: thin, dashed, grey.
func (d *drawing) cuts(lines int) {
	d.WriteString("q 0.6 G 0.4 w [3 3] 0 d\n")
	const top = pageHeight - marginY
	bottom := top - float64(lines)*cardHeight
	for i := range columns + 1 {
		x := marginX + float64(i)*cardWidth
		fmt.Fprintf(d, "%.2f %.2f m %.2f %.2f l S\n", x, bottom, x, top)
	}
	for i := range lines + 1 {
		y := top - float64(i)*cardHeight
		fmt.Fprintf(d, "%.2f %.2f m %.2f %.2f l S\n", marginX, y, pageWidth-marginX, y)
	}
	d.WriteString("Q\n")
}

func (d *drawing) card(s Sheet, c Card, x, top float64) error {
	if err := d.qr(c.Link, x+padding, top-padding-qrSize); err != nil {
		return err
	}
	left, room := x+padding+qrSize+padding, cardWidth-3*padding-qrSize
	y := top - padding - 15
	for _, line := range wrap(s.Title, 15, room, 2) {
		d.text(song, 15, left, y, line)
		y -= 19
	}
	y -= 2
	for i, line := range s.Lines {
		size := 8.5
		if i == 0 {
			size = 10.5
		}
		for _, part := range wrap(line, size, room, 3) {
			d.text(song, size, left, y, part)
			y -= size + 3.5
		}
	}
	d.text(courier, 12.5, x+padding, top-cardHeight+10, c.Code)
	d.text(courier, 7, x+cardWidth-padding-24, top-cardHeight+10, fmt.Sprintf("%05d", c.Serial))
	return nil
}

// qr draws a QR code with its lower left corner at a point, as black squares.
func (d *drawing) qr(text string, x, y float64) error {
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return fmt.Errorf("QR code of %q: %w", text, err)
	}
	n := code.Bounds().Dx()
	module := qrSize / float64(n)
	d.WriteString("0 g\n")
	for row := range n {
		for from := 0; from < n; {
			to := from
			for to < n && dark(code.At(to, row).RGBA()) {
				to++
			}
			if to > from {
				fmt.Fprintf(d, "%.3f %.3f %.3f %.3f re\n", x+float64(from)*module, y+qrSize-float64(row+1)*module, float64(to-from)*module, module)
			}
			from = to + 1
		}
	}
	d.WriteString("f\n")
	return nil
}

func dark(r, _, _, _ uint32) bool { return r < 0x8000 }

// text sets a line with its baseline at a point.
func (d *drawing) text(f font, size, x, y float64, line string) {
	fmt.Fprintf(d, "BT /%s %.1f Tf %.2f %.2f Td %s Tj ET\n", f, size, x, y, f.encode(line))
}

// wrap breaks a line where the room ends, into at most so many; what does not fit is cut.
func wrap(line string, size, room float64, most int) []string {
	var lines []string
	for rest := []rune(line); len(rest) > 0 && len(lines) < most; {
		n, width := 0, 0.0
		for n < len(rest) && width+advance(rest[n])*size <= room {
			width += advance(rest[n]) * size
			n++
		}
		n = max(turn(rest, n), 1)
		if len(lines) == most-1 && n < len(rest) {
			return append(lines, fit(string(rest), size, room))
		}
		lines, rest = append(lines, strings.TrimSpace(string(rest[:n]))), []rune(strings.TrimSpace(string(rest[n:])))
	}
	return lines
}

// turn is where a line of at most n signs ends well: not within a word, and no comma or stop begins the next.
func turn(line []rune, n int) int {
	if n >= len(line) {
		return n
	}
	if line[n] < 0x80 && line[n] != ' ' {
		if space := strings.LastIndex(string(line[:n]), " "); space > 0 {
			return len([]rune(string(line[:n])[:space]))
		}
	}
	for n > 1 && strings.ContainsRune("，。、；：）》！？,.;:)", line[n]) {
		n--
	}
	return n
}

// fit cuts a line to a room, and says so by an ellipsis.
func fit(line string, size, room float64) string {
	width := 0.0
	for i, r := range line {
		if width += advance(r) * size; width > room-size {
			return line[:i] + "…"
		}
	}
	return line
}

// advance is the width of a sign in parts of the size.
func advance(r rune) float64 {
	if r < 0x80 {
		return 0.5
	}
	return 1
}
