package advert

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// view is a text as the rules read it; at knows for each byte which character of the original it came from.
type view struct {
	text string
	at   []int
}

func (v *view) add(g glyph) {
	for range utf8.RuneLen(g.r) {
		v.at = append(v.at, g.at)
	}
	v.text += string(g.r)
}

// line is a text in its plain forms: as it stands, with the marks between single characters out (微。信 and 微 信 are
// 微信, but 我加,微信没钱 stays), and with nothing but letters.
type line struct {
	runes  []rune
	glyphs []glyph
	plain  view
	tight  view
	bare   view
	split  bool // somebody wrote a letter at a time
}

func read(text string) line {
	l := line{runes: []rune(text)}
	l.glyphs = glyphs(l.runes)
	l.plain, l.tight, l.bare = written(l.glyphs), view{}, view{}
	for _, g := range l.glyphs {
		if letter(g.r) && g.r != '_' {
			l.bare.add(g)
		}
	}
	l.tighten()
	return l
}

func written(gs []glyph) view {
	var v view
	for _, g := range gs {
		v.add(g)
	}
	return v
}

// tighten drops the marks that only part single characters. Blocks are what stands between marks.
func (l *line) tighten() {
	blocks := blocksOf(l.glyphs)
	singles := 0
	for i, b := range blocks {
		if b.mark && i > 0 && i+1 < len(blocks) && joins(blocks[i-1].glyphs, b.glyphs, blocks[i+1].glyphs) {
			if ascii(blocks[i-1].glyphs) && ascii(blocks[i+1].glyphs) {
				singles++
			}
			continue
		}
		for _, g := range b.glyphs {
			l.tight.add(g)
		}
	}
	l.split = singles >= 3
}

type block struct {
	glyphs []glyph
	mark   bool
}

func blocksOf(gs []glyph) []block {
	var blocks []block
	for i, g := range gs {
		mark := !letter(g.r) || g.r == '_' && (i == 0 || i+1 == len(gs) || han(gs[i-1].r) || han(gs[i+1].r))
		if n := len(blocks); n == 0 || blocks[n-1].mark != mark {
			blocks = append(blocks, block{mark: mark})
		}
		last := &blocks[len(blocks)-1]
		last.glyphs = append(last.glyphs, g)
	}
	return blocks
}

// joins tells whether marks only part what belongs together: one character on both sides, or blanks and ornaments
// between Chinese characters.
func joins(left, marks, right []glyph) bool {
	if len(left) == 1 && len(right) == 1 {
		return true
	}
	return han(left[len(left)-1].r) && han(right[0].r) && !strings.ContainsFunc(runesOf(marks), pauses)
}

// pauses tells a mark that ends a clause.
func pauses(r rune) bool {
	return strings.ContainsRune("\n,。!?;:、…—“”\"'《》【】[]()「」『』", r)
}

func ascii(gs []glyph) bool { return len(gs) == 1 && gs[0].r < unicode.MaxASCII }

func runesOf(gs []glyph) string {
	var b strings.Builder
	for _, g := range gs {
		b.WriteRune(g.r)
	}
	return b.String()
}

// evidence is the piece of the original between two bytes of a view.
func (l line) evidence(v view, from, to int) string {
	if from >= to || to > len(v.at) {
		return ""
	}
	return string(l.runes[v.at[from] : v.at[to-1]+1])
}
