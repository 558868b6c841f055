package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"path"
	"strings"
)

// Bounds of what a workbook unpacks to: bytes in all, and pieces of markup beside its rows. Rows are read one by one; the rest (texts that
// are shared, styles) becomes a tree in memory, hundreds of bytes for a few in the file.
const (
	maxUnzipped = 96 << 20
	maxMarkup   = 1_500_000
)

// bounded refuses a workbook that would unpack to more than an honest one does, before anything of it is unpacked. What a part says of
// its own size is held to it by package zip. Errors: import_file, import_unpacked.
func bounded(data []byte) error {
	book, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return ErrFile
	}
	var size uint64
	for _, part := range book.File {
		if size += part.UncompressedSize64; part.UncompressedSize64 > maxUnzipped || size > maxUnzipped {
			return ErrUnpacked
		}
	}
	left := maxMarkup
	for _, part := range book.File {
		if !becomesTree(part.Name) {
			continue
		}
		n, err := markup(part)
		if err != nil {
			return ErrFile
		}
		if left -= n; left < 0 {
			return ErrUnpacked
		}
	}
	return nil
}

// becomesTree tells whether a part of a workbook is read as a whole.
func becomesTree(name string) bool {
	name = strings.ToLower(strings.ReplaceAll(name, "\\", "/"))
	kind := path.Ext(name)
	return (kind == ".xml" || kind == ".rels") && !strings.HasPrefix(name, "xl/worksheets/sheet")
}

// markup counts the elements of a part, without keeping it.
func markup(part *zip.File) (n int, err error) {
	r, err := part.Open()
	if err != nil {
		return 0, err
	}
	defer func() { _ = r.Close() }()
	buf := make([]byte, 32<<10)
	for {
		got, err := r.Read(buf)
		n += bytes.Count(buf[:got], []byte{'<'})
		if errors.Is(err, io.EOF) {
			return n, nil
		}
		if err != nil || n > maxMarkup {
			return n, err
		}
	}
}
