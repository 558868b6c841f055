package advert

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// named begins the name of a trait that is no piece of the text; a sketch has no such character.
const named = "#"

// Traits are what the judge's ear goes by: the pieces of one to three characters of a text's sketch, and by name what the rules found
// in it and what else it does: it asks, warns, tells of somebody. It is what learn learns from.
func Traits(t Text, hosts ...string) []string {
	j, l := Judge{Hosts: hosts}, read(t.Words)
	found := j.signals(t, l)
	all := l.traits(t, found, l.clues(found))
	for _, p := range pieces(sketch(l), nil) {
		all = append(all, p.String())
	}
	return all
}

// clues are what a text does beside what the rules look for.
type clues struct {
	warns, retold, tells, doubts, feigns, asks, own, reached bool
}

func (l line) clues(found []signal) clues {
	return clues{
		warns: l.tight.has(warning), retold: l.plain.has(retold), tells: l.tight.has(tells), doubts: l.tight.has(doubts), feigns: l.tight.has(feigned),
		asks: l.asks(), own: l.tight.has(ownMatter), reached: reached(found),
	}
}

// asks tells a question; a link's own question mark asks nobody.
func (l line) asks() bool {
	return l.tight.has(asking) && (!strings.Contains(l.tight.text, "?") || asking.re.MatchString(query.ReplaceAllString(l.tight.text, "")))
}

// traits names what was found.
func (l line) traits(t Text, found []signal, c clues) []string {
	seen := map[string]bool{}
	out := []string{named + "any"}
	note := func(name string, is bool) {
		if name = named + name; is && !seen[name] {
			seen[name] = true
			out = append(out, name)
		}
	}
	for _, s := range found {
		note(s.trait(), true)
	}
	note("qr", t.QR)
	note("hidden", hiddenIn.MatchString(string(l.runes)))
	note("warns", c.warns)
	note("warns of a contact", c.warns && c.reached)
	note("tells", c.tells)
	note("retold", c.retold)
	note("doubts", c.doubts)
	note("feigns", c.feigns)
	note("asks", c.asks)
	note("own", c.own)
	note("reached", c.reached)
	note([]string{"word", "short", "line", "long", "tale"}[min(len(l.bare.text)/24, 4)], true)
	return out
}

// piece is up to three characters in one number.
type piece uint64

const runeBits = 21

func pieceOf(runes []rune) (p piece) {
	for _, r := range runes {
		p = p<<runeBits | piece(r)
	}
	return p
}

func (p piece) String() string {
	var runes []rune
	for ; p > 0; p >>= runeBits {
		runes = append([]rune{rune(p & (1<<runeBits - 1))}, runes...)
	}
	return string(runes)
}

// pieces are the characters of a sketch, their pairs and their triples, each once. Room is where they may be written.
func pieces(s string, room []piece) []piece {
	var two, one piece // before this one
	for _, r := range s {
		p := piece(r)
		room = append(room, p)
		if one != 0 {
			room = append(room, one<<runeBits|p)
		}
		if two != 0 {
			room = append(room, two<<(2*runeBits)|one<<runeBits|p)
		}
		two, one = one, p
	}
	slices.Sort(room)
	return slices.Compact(room)
}

var (
	ownSpeech = compile(`https?://\S*|[a-z0-9.-]+\.` + `(?:` + domains + `|example)` + `[^\s\p{Han}]*`)
	anId      = regexp.MustCompile(`@?[a-z][a-z0-9.\-]*[_\-0-9][a-z0-9_.\-]{2,}`)
)

// sketch is a text without what differs from line to line: an account is A, a long number N, any other M, a foreign word W,
// marks a comma.
func sketch(l line) string {
	s := l.arabic.text
	if l.arabic.has(ownSpeech) {
		s = ownSpeech.re.ReplaceAllString(s, "")
	}
	if strings.ContainsAny(s, latin) && strings.ContainsAny(s, "0123456789-_") {
		s = anId.ReplaceAllString(s, "A")
	}
	return "," + strings.Trim(abridged(s), ",") + ","
}

const (
	latin    = "abcdefghijklmnopqrstuvwxyz"
	longSum  = 5 // digits
	longWord = 2 // letters
)

// abridged writes one character for each run of digits, of Latin letters and of marks.
func abridged(s string) string {
	out := make([]byte, 0, len(s))
	for at := 0; at < len(s); {
		from := at
		for at < len(s) && s[at] >= '0' && s[at] <= '9' {
			at++
		}
		if n := at - from; n > 0 {
			out = append(out, "MN"[min(n/longSum, 1)])
			continue
		}
		for at < len(s) && s[at] >= 'a' && s[at] <= 'z' {
			at++
		}
		if n := at - from; n >= longWord {
			out = append(out, 'W')
			continue
		}
		r, n := utf8.DecodeRuneInString(s[from:])
		at = from + n
		if han(r) || unicode.IsLetter(r) {
			out = append(out, s[from:at]...)
		} else if len(out) == 0 || out[len(out)-1] != ',' {
			out = append(out, ',')
		}
	}
	return string(out)
}
