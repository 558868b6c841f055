package advert

import (
	_ "embed"
	"math"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// heard are lines as they are said on a street, with what they are; all are made up. What the rules do not name, a line may
// still give away by how it is put: 私 at the end, 一单 before a sum, 名额 after a promise.
//
//go:embed heard.tsv
var heard string

// ruleManner is the rule by which a line is doubtful for how it is put.
const ruleManner = "manner"

// From these odds on (in natural logarithm, that a line is an advert) its manner is a doubt where something else was found; the
// same beside a call for which it may be fined; and a doubt by itself.
const (
	likeAnAd  = 6
	surelyAd  = 14
	mostAsAd  = 10
	shortest  = 8  // Chinese characters: fewer say nothing of manner
	longest   = 60 // pieces
	rareTally = 2  // what was heard less often tells nothing
)

// odds holds for every piece of one or two characters how much it speaks for an advert.
var odds = sync.OnceValue(func() map[piece]float64 {
	count := map[piece]*[2]int{}
	var all [2]int
	for row := range strings.SplitSeq(strings.TrimSpace(heard), "\n") {
		label, text, _ := strings.Cut(row, "\t")
		side := 0
		if Verdict(label) == Ad {
			side = 1
		}
		all[side]++
		for _, p := range pieces(sketch(read(text)), nil) {
			if count[p] == nil {
				count[p] = &[2]int{}
			}
			count[p][side]++
		}
	}
	table := map[piece]float64{}
	for p, n := range count {
		if n[0]+n[1] >= rareTally {
			table[p] = math.Log(float64(2*n[1]+1)/float64(2*all[1]+2)) - math.Log(float64(2*n[0]+1)/float64(2*all[0]+2))
		}
	}
	return table
})

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

// piece is one character of a sketch, or two that stand side by side.
type piece uint64

// pieces are the characters of a sketch and their pairs, each once. Room is where they may be written.
func pieces(s string, room []piece) []piece {
	var before rune
	for _, r := range s {
		room = append(room, piece(r))
		if before != 0 {
			room = append(room, piece(before)<<32|piece(r))
		}
		before = r
	}
	slices.Sort(room)
	return slices.Compact(room)
}

// likeness is how much a line sounds like an advert; below zero it sounds like a neighbour. Enough tells whether the line is long
// enough to accuse it.
func (l line) likeness() (sum float64, enough bool) {
	var room [256]piece
	table, all := odds(), pieces(sketch(l), room[:0])
	for _, p := range all {
		sum += table[p]
	}
	if len(all) > longest {
		sum *= longest / float64(len(all)) // who talks long says something of everything
	}
	return sum, atLeast(shortest, l.tight.text, han)
}

// atLeast tells whether a text has so many characters of a kind.
func atLeast(n int, text string, kind func(rune) bool) bool {
	for _, r := range text {
		if kind(r) {
			n--
		}
		if n == 0 {
			return true
		}
	}
	return n <= 0
}

// heardAs sets how a line is put beside what was found in it: a topic is no offer in the mouth of a neighbour, least of all its
// word alone; and what sounds like an offer is one for a person to look at, also when no rule names it.
func (l line) heardAs(found []signal) []signal {
	sum, enough := l.likeness()
	if sum < 0 {
		found = softened(found)
	}
	switch {
	case sum < likeAnAd/2 && len(found) == 1 && found[0].word:
		return nil
	case enough && (sum >= mostAsAd || sum >= likeAnAd && len(found) > 0):
		return append(found, signal{rule: ruleManner, weight: doubtWeight, evidence: string(l.runes), mild: sum < surelyAd})
	}
	return found
}

// softened lets topics weigh no more than their word.
func softened(found []signal) []signal {
	for i, s := range found {
		if s.topic && s.weight >= sureWeight {
			found[i].weight, found[i].hard, found[i].word = doubtWeight+1, false, true
		}
	}
	return found
}
