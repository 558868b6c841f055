package advert

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// view is a text as the rules read it; at knows for each byte which character of the original it came from.
type view struct {
	text  string
	at    []int
	meets set // needs of patterns
}

// find is where the first match of a pattern is; nil when there is none.
func (v view) find(p pattern) []int {
	if !v.meets.hasAll(p.needs) {
		return nil
	}
	return p.find(v.text)
}

// groups is where the first match and its groups are; nil when there is none.
func (v view) groups(p pattern) []int {
	if !v.meets.hasAll(p.needs) {
		return nil
	}
	return p.groups(v.text)
}

// all is where all matches and their groups are.
func (v view) all(p pattern) [][]int {
	if !v.meets.hasAll(p.needs) {
		return nil
	}
	return p.re.FindAllStringSubmatchIndex(v.text, -1)
}

// has tells whether a pattern matches.
func (v view) has(p pattern) bool { return v.meets.hasAll(p.needs) && p.re.MatchString(v.text) }

// line is a text in its plain forms: as it stands, with the marks between single characters out (微。信 and 微 信 are
// 微信, but 我加,微信没钱 stays), and with nothing but letters.
type line struct {
	runes  []rune
	glyphs []glyph
	plain  view
	tight  view
	arabic view // tight, with long runs of digits of any kind as 0 to 9
	bare   view
	split  bool // somebody wrote a letter at a time
}

func read(text string) line {
	l := line{runes: []rune(text)}
	l.glyphs = glyphs(l.runes)
	l.plain = written(l.glyphs)
	tight, split := tightened(l.glyphs)
	l.tight, l.split = written(tight), split
	l.arabic = l.tight
	if spelled := arabic(tight); spelled != nil {
		l.arabic = written(spelled)
	}
	bare := make([]glyph, 0, len(l.glyphs))
	for _, g := range l.glyphs {
		if letter(g.r) && g.r != '_' {
			bare = append(bare, g)
		}
	}
	l.bare = written(bare)
	l.sift()
	return l
}

// sift walks over each view once; most lines look the same in all of them.
func (l *line) sift() {
	views := []*view{&l.plain, &l.tight, &l.arabic, &l.bare}
	for i, v := range views {
		if i > 0 && v.text == views[i-1].text {
			v.meets = views[i-1].meets
			continue
		}
		v.meets = needs.pass(v.text)
	}
}

func written(gs []glyph) view {
	text, at := make([]byte, 0, utf8.UTFMax*len(gs)), make([]int, 0, utf8.UTFMax*len(gs))
	for _, g := range gs {
		text = utf8.AppendRune(text, g.r)
		for len(at) < len(text) {
			at = append(at, g.at)
		}
	}
	return view{text: string(text), at: at}
}

// tightened drops the marks that only part single characters. Blocks are what stands between marks. Split tells that letters
// were parted so.
func tightened(gs []glyph) (kept []glyph, split bool) {
	blocks := blocksOf(gs)
	singles := 0
	kept = make([]glyph, 0, len(gs))
	for i, b := range blocks {
		if b.mark && i > 0 && i+1 < len(blocks) && joins(blocks[i-1].glyphs, b.glyphs, blocks[i+1].glyphs) {
			if ascii(blocks[i-1].glyphs) && ascii(blocks[i+1].glyphs) {
				singles++
			}
			continue
		}
		kept = append(kept, b.glyphs...)
	}
	return kept, singles >= 3
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
			blocks = append(blocks, block{mark: mark, glyphs: gs[i:i]})
		}
		last := &blocks[len(blocks)-1]
		last.glyphs = last.glyphs[:len(last.glyphs)+1]
	}
	return blocks
}

// joins tells whether marks only part what belongs together: one character on both sides, or blanks and ornaments
// between Chinese characters.
func joins(left, marks, right []glyph) bool {
	if len(left) == 1 && len(right) == 1 {
		return true
	}
	return han(left[len(left)-1].r) && han(right[0].r) && !slices.ContainsFunc(marks, func(g glyph) bool { return pauses(g.r) })
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
