package advert

import (
	"maps"
	"regexp"
	"slices"
	"strings"
)

// number is a telephone number that a text has. Hidden tells that it was written so that a machine should not see it:
// nobody does that to the number of a lost child.
type number struct {
	from, to int // glyphs
	hidden   bool
}

// digitAt reads a glyph as a digit; sure tells that it is one by itself.
func digitAt(r rune) (d rune, sure, ok bool) {
	if r >= '0' && r <= '9' {
		return r, true, true
	}
	if d, ok := digits[r]; ok {
		return d, true, true
	}
	if d, ok = lookalikes[r]; !ok {
		d, ok = sounds[r]
	}
	return d, false, ok
}

// numbers finds mobile numbers: eleven digits from 13 to 19, however they are written, with at most two marks between
// two of them, and not as a part of a longer number.
func (l line) numbers() []number {
	var found []number
	for i := 0; i < len(l.glyphs); i++ {
		if n, ok := l.mobileAt(i); ok {
			found = append(found, n)
			i = n.to
		}
	}
	return found
}

func (l line) mobileAt(start int) (number, bool) {
	if d, _, ok := digitAt(l.glyphs[start].r); !ok || d != '1' || l.digitBefore(start) {
		return number{}, false
	}
	spelled, sures, odd, gaps, count, letters := 0, 0, 0, 0, 0, 0
	i := start
	for ; i < len(l.glyphs) && count < 11; i++ {
		d, sure, ok := digitAt(l.glyphs[i].r)
		if !ok {
			if gap := l.gap(i); gap > 0 && count > 0 {
				gaps, i = gaps+1, i+gap-1
				continue
			}
			return number{}, false
		}
		if count == 1 && (d < '3') {
			return number{}, false
		}
		count++
		if sure {
			sures++
		}
		if l.glyphs[i].r != d {
			spelled++
		}
		if l.glyphs[i].r < 0x80 && !sure {
			letters++
		}
		if l.glyphs[i].odd {
			odd++
		}
	}
	if count < 11 || sures < 2 && odd == 0 && letters > 0 || l.digitAfter(i) {
		return number{}, false
	}
	return number{from: start, to: i, hidden: spelled > 0 || odd > 0 || gaps > 3}, true
}

// gap is how many marks stand here between two digits: at most two, or none.
func (l line) gap(i int) int {
	n := 0
	for i+n < len(l.glyphs) && !letter(l.glyphs[i+n].r) {
		n++
	}
	if n > 3 || i+n >= len(l.glyphs) {
		return 0
	}
	return n
}

func (l line) digitBefore(i int) bool { return i > 0 && sureDigit(l.glyphs[i-1].r) }

func (l line) digitAfter(i int) bool { return i < len(l.glyphs) && sureDigit(l.glyphs[i].r) }

func sureDigit(r rune) bool {
	_, sure, ok := digitAt(r)
	return ok && sure
}

var (
	noPhoneBefore = regexp.MustCompile(`(尾号|取餐号|取件码|订单号?|单号|编号|快递|运单|卡号|条码|流水号?|发票号?|会员号|券号|型号|房号|学号|税号|价格?从?|满|一共)[^\p{Han}]{0,3}是?$`)
	noPhoneAfter  = regexp.MustCompile(`^\s{0,2}(块|元|号楼|号桌|名|斤|人|点|分|步|毫|米)`)
	landline      = compile(`(^|[^0-9a-z])(0[1-9]\d{1,2}[- ]?\d{7,8}|400[- ]?\d{3}[- ]?\d{4})($|[^0-9])`)
)

// toldNumber is a number that is told instead of written, by its beginning and how many zeros follow; or one that is to be read
// backwards.
var toldNumber = compile(reads("1") + reads("3456789") + reads("0123456789") + `[^,。!?]{0,2}[^a-z]{0,8}?(?:` + many + `个` + zeros + `|` + zeros + `[x×*]` + many + `|全是` + zeros + `)|倒.{0,6}\d{8,}`)

const (
	many  = `[二两三四五六七八4-8]`
	zeros = `(?:零|圈|鸭?蛋|洞|0|o)`
)

// reads is the class of the characters that are read as one of some digits.
func reads(of string) string {
	class := of
	for _, table := range []map[rune]rune{digits, sounds} {
		for _, r := range slices.Sorted(maps.Keys(table)) {
			if strings.ContainsRune(of, table[r]) {
				class += string(r)
			}
		}
	}
	return "[" + class + "]"
}

// telephone is the first number that its surroundings do not make something else.
func (l line) telephone() (n number, evidence string, ok bool) {
	for _, n := range l.numbers() {
		before, after := runesOf(l.glyphs[max(0, n.from-8):n.from]), runesOf(l.glyphs[n.to:min(len(l.glyphs), n.to+4)])
		if noPhoneBefore.MatchString(before) || noPhoneAfter.MatchString(after) {
			continue
		}
		return n, string(l.runes[l.glyphs[n.from].at : l.glyphs[n.to-1].at+1]), true
	}
	if m := l.plain.find(toldNumber); m != nil {
		return number{hidden: true}, l.evidence(l.plain, m[0], m[1]), true
	}
	if m := l.plain.groups(landline); m != nil {
		return number{}, l.evidence(l.plain, m[4], m[5]), true
	}
	return number{}, "", false
}

// arabic writes runs of five and more digits of any kind as 0 to 9, so that accounts of digits are seen; nil when there are none.
func arabic(gs []glyph) []glyph {
	var out []glyph
	for i := 0; i < len(gs); i++ {
		from := i
		for i < len(gs) && sureDigit(gs[i].r) {
			i++
		}
		if i-from < 5 {
			continue
		}
		if out == nil {
			out = slices.Clone(gs)
		}
		for n := from; n < i; n++ {
			out[n].r, _, _ = digitAt(gs[n].r)
		}
	}
	return out
}
