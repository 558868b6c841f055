package advert

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// glyph is one character in its plain form, and the place in the text where it was written. Odd tells that it was
// written in another form than people write it in: full width, in a circle, in another alphabet.
type glyph struct {
	r   rune
	at  int
	odd bool
}

// glyphs writes every character in one way: half width, small letters, simplified, without what does not show; an emoji
// that stands for a word becomes the word.
func glyphs(text []rune) []glyph {
	out := make([]glyph, 0, len(text))
	between := ornaments(text)
	joined := false // what does not show stood before this
	for at, r := range text {
		if between[r] && at > 0 && at+1 < len(text) {
			continue
		}
		if r < 0x80 || ideograph(r) { // nearly all that is written: it shows, and has no other form but a small letter or a twin
			out = append(out, glyph{r: twinOf(unicode.ToLower(r)), at: at, odd: joined && letter(r)})
			joined = false
			continue
		}
		if r == keycap && len(out) > 0 {
			out[len(out)-1].odd = true
		}
		plain := plainForm(r)
		for _, p := range plain {
			if hidden(p) {
				joined = r != variation
				continue
			}
			out = append(out, glyph{r: p, at: at, odd: p != unicode.ToLower(r) && strange(r) || joined && letter(p)})
			joined = false
		}
	}
	return whole(out)
}

// whole puts characters together that were written in parts: 亻言 is 信.
func whole(in []glyph) []glyph {
	out := in[:0]
	for _, g := range in {
		if n := len(out); n > 0 {
			if r, ok := parts[[2]rune{out[n-1].r, g.r}]; ok {
				out[n-1].r = r
				continue
			}
		}
		out = append(out, g)
	}
	return out
}

// ornaments are emoji and strokes that part single characters, at least three times, and so mean nothing: 加♥薇♥d♥e♥m♥o.
func ornaments(text []rune) map[rune]bool {
	var found map[rune]bool
	for i := 0; i+4 < len(text); i++ {
		r := text[i]
		again := text[i+2] == r && text[i+4] == r && text[i+1] != r
		if again && (emoji[r] != "" || strings.ContainsRune("丨丶丿亅", r)) {
			if found == nil {
				found = map[rune]bool{}
			}
			found[r] = true
		}
	}
	return found
}

// variation (U+FE0F) asks for the coloured form of the character before it.
const variation = '\ufe0f'

// keycap (U+20E3) draws a key around the digit before it.
const keycap = '\u20e3'

func plainForm(r rune) string {
	if word, ok := emoji[r]; ok {
		return word
	}
	if d, ok := circled(r); ok {
		return string(d)
	}
	plain := strings.ToLower(norm.NFKC.String(string(r)))
	return strings.Map(twinOf, plain)
}

func twinOf(r rune) rune {
	if twin, ok := twins[r]; ok {
		return twin
	}
	return r
}

// ideograph tells the Chinese characters that stand together in Unicode, which are nearly all that are written.
func ideograph(r rune) bool { return r >= 0x4e00 && r <= 0x9fa5 }

// circled reads the digits and letters in black circles and squares that Unicode's normal form leaves as they are.
func circled(r rune) (rune, bool) {
	switch {
	case r >= '❶' && r <= '❾':
		return '1' + r - '❶', true
	case r >= '➀' && r <= '➈':
		return '1' + r - '➀', true
	case r >= '➊' && r <= '➒':
		return '1' + r - '➊', true
	case r >= '⓵' && r <= '⓽':
		return '1' + r - '⓵', true
	case r == '⓿' || r == '🄋' || r == '🄌':
		return '0', true
	case r >= '🅐' && r <= '🅩':
		return 'a' + r - '🅐', true
	case r >= '🅰' && r <= '🆉':
		return 'a' + r - '🅰', true
	}
	return 0, false
}

// strange tells a letter or digit that nobody types by chance; full-width marks are how Chinese is typed.
func strange(r rune) bool {
	return r >= 0x80 && !unicode.Is(unicode.Han, r) && !unicode.IsPunct(r) && emoji[r] == ""
}

// hidden tells what does not show: joiners, direction marks, the marks that ride on a letter.
func hidden(r rune) bool {
	return unicode.Is(unicode.Cf, r) || unicode.Is(unicode.M, r) || unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r)
}

// letter tells what carries meaning: Chinese characters, letters, digits, and the plus that stands for 加.
func letter(r rune) bool {
	return ideograph(r) || unicode.IsLetter(r) || unicode.IsDigit(r) || r == '+' || r == '_'
}

func han(r rune) bool { return ideograph(r) || r >= 0x80 && unicode.Is(unicode.Han, r) }
