package paper

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"strings"
	"unicode/utf16"
)

// font is a font by its name in the page's resources.
type font string

const (
	song    font = "F1"
	courier font = "F2"
)

// encode writes a line as the font reads it: Song in UCS-2, Courier in ASCII.
func (f font) encode(line string) string {
	if f == courier {
		return "(" + strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`).Replace(line) + ")"
	}
	var hex strings.Builder
	for _, unit := range utf16.Encode([]rune(line)) {
		fmt.Fprintf(&hex, "%04X", unit)
	}
	return "<" + hex.String() + ">"
}

// The objects that every file has, by number; pages follow, each with its content.
const (
	catalogue = iota + 1
	pageTree
	songFont
	songCID
	songDescriptor
	courierFont
	firstPage
)

// file is a PDF as it is written: objects, and where each begins.
type file struct {
	bytes.Buffer
	starts []int // by object number, less one
	pages  []int // object numbers
}

func (f *file) begin() {
	f.WriteString("%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
	f.starts = make([]int, firstPage-1)
	f.object(catalogue, fmt.Sprintf("<< /Type /Catalog /Pages %d 0 R >>", pageTree))
	f.object(songFont, fmt.Sprintf("<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light-UniGB-UCS2-H /Encoding /UniGB-UCS2-H /DescendantFonts [%d 0 R] >>", songCID))
	f.object(songCID, fmt.Sprintf("<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >>"+
		" /FontDescriptor %d 0 R /DW 1000 /W [1 95 500] >>", songDescriptor))
	f.object(songDescriptor, "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 752 /Descent -271 /CapHeight 737 /StemV 58 >>")
	f.object(courierFont, "<< /Type /Font /Subtype /Type1 /BaseFont /Courier-Bold /Encoding /WinAnsiEncoding >>")
}

// object writes an object and notes where it begins.
func (f *file) object(number int, body string) {
	f.starts[number-1] = f.Len()
	fmt.Fprintf(f, "%d 0 obj\n%s\nendobj\n", number, body)
}

func (f *file) next() int {
	f.starts = append(f.starts, 0)
	return len(f.starts)
}

// page adds a page with its content.
func (f *file) page(content []byte) {
	p, c := f.next(), f.next()
	f.pages = append(f.pages, p)
	f.object(p, fmt.Sprintf("<< /Type /Page /Parent %d 0 R /MediaBox [0 0 %.2f %.2f] /Resources << /Font << /%s %d 0 R /%s %d 0 R >> >> /Contents %d 0 R >>",
		pageTree, pageWidth, pageHeight, song, songFont, courier, courierFont, c))
	packed := deflate(content)
	f.object(c, fmt.Sprintf("<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream", len(packed), packed))
}

// deflate compresses a content stream; writing to memory does not fail.
func deflate(content []byte) []byte {
	var packed bytes.Buffer
	w := zlib.NewWriter(&packed)
	_, _ = w.Write(content)
	_ = w.Close()
	return packed.Bytes()
}

// end writes the page tree and the table of objects.
func (f *file) end() []byte {
	var kids strings.Builder
	for _, p := range f.pages {
		fmt.Fprintf(&kids, "%d 0 R ", p)
	}
	f.object(pageTree, fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count %d >>", strings.TrimSpace(kids.String()), len(f.pages)))
	table := f.Len()
	fmt.Fprintf(f, "xref\n0 %d\n0000000000 65535 f \n", len(f.starts)+1)
	for _, at := range f.starts {
		fmt.Fprintf(f, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(f, "trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(f.starts)+1, catalogue, table)
	return f.Bytes()
}
