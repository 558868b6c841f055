package advert

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// plainly is a sketch form by form, as it is meant.
func plainly(l line) string {
	s := ownSpeech.re.ReplaceAllString(l.arabic.text, "")
	for _, form := range []struct {
		re *regexp.Regexp
		as string
	}{{anId, "A"}, {regexp.MustCompile(`[0-9]{5,}`), "N"}, {regexp.MustCompile(`[0-9]+`), "M"}, {regexp.MustCompile(`[a-z]{2,}`), "W"}, {regexp.MustCompile(`[^\p{Han}\p{L}]+`), ","}} {
		s = form.re.ReplaceAllString(s, form.as)
	}
	return "," + strings.Trim(s, ",") + ","
}

// TestASketchLeavesOutWhatDiffers: of lines that were heard, and of such with anything set in among their characters.
func TestASketchLeavesOutWhatDiffers(t *testing.T) {
	require.Equal(t, ",加A,领M元,电话,N,W,", sketch(read("加demo_mei0001，领20元！！电话 73920164，hello")))
	rows := said(t, "testdata/held.tsv")
	letters := []rune("az9_-.,: @/httpscomcn一壹５①Ａ微，\u200b\n")
	rapid.Check(t, func(r *rapid.T) {
		text := rapid.SampledFrom(rows).Draw(r, "row").Words
		at := rapid.IntRange(0, len([]rune(text))).Draw(r, "at")
		between := string(rapid.SliceOfN(rapid.SampledFrom(letters), 0, 20).Draw(r, "between"))
		l := read(string([]rune(text)[:at]) + between + string([]rune(text)[at:]))
		require.Equal(r, plainly(l), sketch(l))
	})
}
