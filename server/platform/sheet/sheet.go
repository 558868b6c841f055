// Package sheet reads tables that people made with other programs: CSV in UTF-8, UTF-16 or GB18030 with any of three
// separators, or an Excel workbook. It gives rows of cells as they were written, with the line of the file on which each
// stands, and finds the header by the words that it is told; what the columns mean is for others to say.
//
//	bytes → text or workbook → rows of cells → header
package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

var (
	zipMagic = []byte("PK\x03\x04")
	oleMagic = []byte{0xD0, 0xCF, 0x11, 0xE0}
	bomUTF8  = []byte{0xEF, 0xBB, 0xBF}
	bomLE    = []byte{0xFF, 0xFE}
	bomBE    = []byte{0xFE, 0xFF}
)

// Line is one row of cells and where it stands in the file, from 1.
type Line struct {
	Number int
	Cells  []string
}

// Open reads a file's rows, those without any text left out, and tells its encoding: "UTF-8", "UTF-16", "GB18030" or
// "XLSX". Errors: import_empty, import_file (no table in it), import_old_excel, import_rows (more than most), import_unpacked.
func Open(data []byte, most int) ([]Line, string, error) {
	switch {
	case len(bytes.TrimSpace(data)) == 0:
		return nil, "", ErrEmpty
	case bytes.HasPrefix(data, oleMagic):
		return nil, "", ErrOldExcel
	case bytes.HasPrefix(data, zipMagic):
		lines, err := readWorkbook(data, most)
		return lines, "XLSX", err
	}
	text, encoding, err := Decode(data)
	if err != nil {
		return nil, "", err
	}
	if strings.ContainsFunc(text, control) {
		return nil, "", ErrFile
	}
	lines, err := readCSV(text, most)
	return lines, encoding, err
}

// Decode finds the encoding: by its mark, by the zeros that UTF-16 has in every other byte of Latin text, by being
// valid UTF-8; what is none of these must be valid GB18030, which GBK and GB2312 are parts of.
// Error: import_file, when it is no text.
func Decode(data []byte) (text, encoding string, err error) {
	if bytes.HasPrefix(data, bomUTF8) {
		return checked(string(data[len(bomUTF8):]), "UTF-8")
	}
	if order, found := utf16Order(data); found {
		decoded, err := unicode.UTF16(order, unicode.UseBOM).NewDecoder().Bytes(data)
		if err != nil {
			return "", "", ErrFile
		}
		return checked(string(decoded), "UTF-16")
	}
	if utf8.Valid(data) {
		return checked(string(data), "UTF-8")
	}
	decoded, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
	if err != nil {
		return "", "", ErrFile
	}
	return checked(string(decoded), "GB18030")
}

// utf16Order tells UTF-16 by its mark, or by the zeros that stand before (big) or behind (little) each Latin letter,
// digit and separator. Few Chinese characters have one on the other side (一 is U+4E00); no other text has any.
func utf16Order(data []byte) (unicode.Endianness, bool) {
	if bytes.HasPrefix(data, bomLE) {
		return unicode.LittleEndian, true
	}
	if bytes.HasPrefix(data, bomBE) {
		return unicode.BigEndian, true
	}
	var zeros [2]int
	for i, b := range data {
		if b == 0 {
			zeros[i%2]++
		}
	}
	order := unicode.LittleEndian
	if zeros[0] > zeros[1] {
		order = unicode.BigEndian
	}
	most, least := max(zeros[0], zeros[1]), min(zeros[0], zeros[1])
	return order, len(data)%2 == 0 && most > 4*least
}

// checked refuses what decodes to no text.
func checked(text, encoding string) (string, string, error) {
	if !utf8.ValidString(text) || strings.ContainsRune(text, utf8.RuneError) {
		return "", "", ErrFile
	}
	return text, encoding, nil
}

// control tells characters that nobody writes into a cell.
func control(r rune) bool { return r < ' ' && r != '\t' && r != '\n' && r != '\r' }

func readCSV(text string, most int) ([]Line, error) {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = separator(text), -1, true
	var lines []Line
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return lines, nil
		}
		if err != nil {
			return nil, ErrFile
		}
		number, _ := r.FieldPos(0)
		if lines = keep(lines, number, cells); len(lines) > most {
			return nil, ErrRows.With(most)
		}
	}
}

// separator is the one that the first lines use most; quoted text does not count.
func separator(text string) rune {
	var counts [3]int
	separators := []rune{',', ';', '\t'}
	quoted, seen := false, 0
	for _, c := range text {
		if c == '"' {
			quoted = !quoted
		}
		if c == '\n' && !quoted {
			if seen++; seen == HeaderDepth {
				break
			}
		}
		if i := slices.Index(separators, c); i >= 0 && !quoted {
			counts[i]++
		}
	}
	best := 0
	for i, n := range counts {
		if n > counts[best] {
			best = i
		}
	}
	return separators[best]
}

// readWorkbook reads the first sheet that has rows. Cells come raw: numbers as stored, dates as day numbers, so that no
// number format hides a digit of a phone.
func readWorkbook(data []byte, most int) ([]Line, error) {
	if err := bounded(data); err != nil {
		return nil, err
	}
	options := excelize.Options{RawCellValue: true, UnzipSizeLimit: maxUnzipped, UnzipXMLSizeLimit: maxUnzipped}
	book, err := excelize.OpenReader(bytes.NewReader(data), options)
	if err != nil {
		return nil, ErrFile
	}
	defer func() { _ = book.Close() }()
	for _, sheet := range book.GetSheetList() {
		lines, err := readSheet(book, sheet, options, most)
		if err != nil || len(lines) > 0 {
			return lines, err
		}
	}
	return nil, ErrEmpty
}

func readSheet(book *excelize.File, sheet string, options excelize.Options, most int) ([]Line, error) {
	rows, err := book.Rows(sheet)
	if err != nil {
		return nil, ErrFile
	}
	defer func() { _ = rows.Close() }()
	var lines []Line
	for number := 1; rows.Next(); number++ {
		cells, err := rows.Columns(options)
		if err != nil {
			return nil, ErrFile
		}
		if lines = keep(lines, number, cells); len(lines) > most {
			return nil, ErrRows.With(most)
		}
	}
	return lines, nil
}

// keep leaves out rows without any text.
func keep(lines []Line, number int, cells []string) []Line {
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			return append(lines, Line{Number: number, Cells: cells})
		}
	}
	return lines
}
