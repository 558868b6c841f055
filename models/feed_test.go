package models

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestPlainText(t *testing.T) {
	for given, want := range map[string]string{
		"猫找着了":                                   "猫找着了",
		"  新到棉鞋 \n":                              "新到棉鞋",
		"\u3000\u3000段首空两格":                      "段首空两格",
		"一\r\n二\r三\u2028四":                       "一\n二\n三\n四",
		"一\n\n\n\n\n二":                           "一\n\n二",
		"a\tb":                                   "a b",
		"bell\x07 and nul\x00":                   "bell and nul",
		"tricks \u202eexe.gpj\u202c":             "tricks exe.gpj",
		"\u2066isolated\u2069":                   "isolated",
		"zero\u200bwidth\ufeff":                  "zerowidth",
		"一家 👨\u200d👩\u200d👧 人":                   "一家 👨\u200d👩\u200d👧 人",
		"爱心 ❤\ufe0f":                             "爱心 ❤\ufe0f",
		"e" + strings.Repeat("\u0300", 60) + "f": "e" + strings.Repeat("\u0300", 4) + "f",
		"سلام":                                   "سلام",
		"<b>not bold</b> & so":                   "<b>not bold</b> & so",
		"":                                       "",
		" \n\t\u3000\u00a0":                      "",
		"\u200b\u200d\u2060\ufeff":               "",
		"\u200d\n\u200d":                         "",
		"\u3164\u115f\uffa0\u2800":               "",
		"\ufe0f\u0301":                           "",
		"\u202e":                                 "",
		"bad \xff\xfe bytes":                     "bad  bytes",
		"\u200dleading joiner\u200d ":            "leading joiner",
	} {
		require.Equal(t, want, PlainText(given), "%q", given)
	}
}

func TestPlainTextIsPlainAndStaysAsItIs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := PlainText(rapid.String().Draw(t, "text"))
		require.Equal(t, text, PlainText(text))
		require.True(t, utf8.ValidString(text))
		require.Equal(t, text, strings.TrimSpace(text))
		require.NotContains(t, text, "\n\n\n")
		for _, r := range text {
			require.False(t, r != '\n' && unicode.Is(unicode.Cc, r) || r != joiner && unicode.Is(unicode.Cf, r), "%U", r)
		}
	})
}
