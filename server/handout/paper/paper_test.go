package paper_test

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/multi/qrcode"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onestreet/server/handout/paper"
)

func sheet(cards int) paper.Sheet {
	s := paper.Sheet{Head: "林家面馆，开学季（沿虚线剪开）", Title: "开学季牛肉面券", Lines: []string{"减 5，满 20 可用", "青石街，林家面馆"}}
	for n := range cards {
		s.Cards = append(s.Cards, paper.Card{Serial: int64(n + 1), Code: "J726 C63T HCKX", Link: fmt.Sprintf("https://street.test/c/J726C63T%04d", n)})
	}
	return s
}

// pages inflates what is drawn on each page.
func pages(t *testing.T, file []byte) []string {
	t.Helper()
	var drawn []string
	for _, part := range bytes.Split(file, []byte("/FlateDecode >>\nstream\n"))[1:] {
		r, err := zlib.NewReader(bytes.NewReader(part))
		require.NoError(t, err)
		text, err := io.ReadAll(r)
		require.NoError(t, err)
		drawn = append(drawn, string(text))
	}
	return drawn
}

var square = regexp.MustCompile(`(?m)^([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re$`)

// seen reads the codes of a page as a phone's camera would, from its black squares alone.
func seen(t *testing.T, drawn string) map[string]bool {
	t.Helper()
	const dots = 3 // a point
	page := image.NewGray(image.Rect(0, 0, 596*dots, 842*dots))
	draw.Draw(page, page.Bounds(), image.White, image.Point{}, draw.Src)
	for _, m := range square.FindAllStringSubmatch(drawn, -1) {
		var at [4]float64
		for i := range at {
			at[i], _ = strconv.ParseFloat(m[i+1], 64)
		}
		x, y := at[0]*dots, (842-at[1]-at[3])*dots
		draw.Draw(page, image.Rect(int(x+.5), int(y+.5), int(x+at[2]*dots+.5), int(y+at[3]*dots+.5)), image.NewUniform(color.Black), image.Point{}, draw.Src)
	}
	bitmap, err := gozxing.NewBinaryBitmapFromImage(page)
	require.NoError(t, err)
	found, err := qrcode.NewQRCodeMultiReader().DecodeMultiple(bitmap, nil)
	require.NoError(t, err)
	links := make(map[string]bool, len(found))
	for _, one := range found {
		links[one.GetText()] = true
	}
	return links
}

func TestEveryCodeOfASheetCanBeRead(t *testing.T) {
	s := sheet(24)
	file, err := paper.PDF(s)
	require.NoError(t, err)
	links := map[string]bool{}
	for _, page := range pages(t, file) {
		for link := range seen(t, page) {
			links[link] = true
		}
	}
	for _, c := range s.Cards {
		assert.True(t, links[c.Link], "number %d", c.Serial)
	}
}

func TestPagesAreNumberedAndCutOnlyWhereCardsAre(t *testing.T) {
	file, err := paper.PDF(sheet(24))
	require.NoError(t, err)
	drawn := pages(t, file)
	require.Len(t, drawn, 3)
	for i, page := range drawn {
		assert.Contains(t, page, fmt.Sprintf("(%d / 3) Tj", i+1))
	}
	assert.Equal(t, 3+6, strings.Count(drawn[0], " l S\n"), "around five rows")
	assert.Equal(t, 3+3, strings.Count(drawn[2], " l S\n"), "around two")
}

// Chinese signs are as wide as the type is high, others half as wide: a card's line takes 23 of those at 10.5 points, 14 Chinese ones at 8.5.
func TestAWordStaysWhole(t *testing.T) {
	s := sheet(1)
	s.Lines = []string{"Buy two bowls of noodles and get an egg", "买一碗牛肉面送一个大的茶叶蛋，外带也算"}
	file, err := paper.PDF(s)
	require.NoError(t, err)
	drawn := pages(t, file)[0]
	for _, line := range []string{"Buy two bowls of", "noodles and get an egg", "买一碗牛肉面送一个大的茶叶", "蛋，外带也算"} {
		assert.True(t, strings.Contains(drawn, song(line)), line)
	}
}

// song is a line as it stands in the file, in UCS-2.
func song(line string) string {
	var hex strings.Builder
	for _, r := range line {
		fmt.Fprintf(&hex, "%04X", r)
	}
	return "<" + hex.String() + "> Tj"
}
