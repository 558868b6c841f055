package sheet

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const smallest = `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>名称</t></is></c></row></sheetData></worksheet>`

// workbook packs a part of a given content into what else a workbook needs. declares is the size that the part's head says it has; 0: its own.
func workbook(t *testing.T, name string, content io.Reader, declares uint64) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	part, err := w.Create("xl/workbook.xml")
	require.NoError(t, err)
	_, err = io.WriteString(part, `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>`)
	require.NoError(t, err)
	var packed bytes.Buffer
	squeeze, err := flate.NewWriter(&packed, flate.BestSpeed)
	require.NoError(t, err)
	size, err := io.Copy(squeeze, content)
	require.NoError(t, err)
	require.NoError(t, squeeze.Close())
	head := &zip.FileHeader{Name: name, Method: zip.Deflate, CompressedSize64: uint64(packed.Len()), UncompressedSize64: uint64(size)}
	if declares > 0 {
		head.UncompressedSize64 = declares
	}
	raw, err := w.CreateRaw(head)
	require.NoError(t, err)
	_, err = packed.WriteTo(raw)
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return out.Bytes()
}

// nothing is a stream of so many bytes, the same few again and again.
func nothing(of string, size int64) io.Reader {
	block := strings.Repeat(of, 64<<10)
	parts := make([]io.Reader, size/int64(len(block))+1)
	for i := range parts {
		parts[i] = strings.NewReader(block)
	}
	return io.LimitReader(io.MultiReader(parts...), size)
}

// TestAWorkbookThatUnpacksToTooMuch: a small file that would fill the memory is refused, and the refusal costs next to none.
func TestAWorkbookThatUnpacksToTooMuch(t *testing.T) {
	for name, c := range map[string]struct {
		part     string
		content  io.Reader
		declares uint64
		want     error
	}{
		"rows of nothing":                {"xl/worksheets/sheet1.xml", nothing("<row/>    ", 110<<20), 0, ErrUnpacked},
		"one that says it is a small":    {"xl/worksheets/sheet1.xml", nothing("<row/>    ", 1<<20), 400, ErrFile},
		"one that says it is a huge one": {"xl/worksheets/sheet1.xml", strings.NewReader(smallest), 1 << 62, ErrUnpacked},
		"a crowd of shared texts":        {"xl/sharedStrings.xml", nothing("<si><t/></si>", 12<<20), 0, ErrUnpacked},
		"a crowd of styles, renamed":     {`xl\Styles.XML`, nothing("<xf/>", 12<<20), 0, ErrUnpacked},
	} {
		t.Run(name, func(t *testing.T) {
			data := workbook(t, c.part, c.content, c.declares)
			require.Less(t, len(data), 1<<20, "it is small")
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, _, err := Open(data, 10_000)
			runtime.ReadMemStats(&after)
			require.ErrorIs(t, err, c.want)
			assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(8<<20), "bytes that the refusal took")
		})
	}
}
