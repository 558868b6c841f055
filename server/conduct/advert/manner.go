package advert

import (
	_ "embed"
	"math"
	"regexp"
	"strings"
	"sync"
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
var odds = sync.OnceValue(func() map[string]float64 {
	count := map[string]*[2]int{}
	var all [2]int
	for row := range strings.SplitSeq(strings.TrimSpace(heard), "\n") {
		label, text, _ := strings.Cut(row, "\t")
		side := 0
		if Verdict(label) == Ad {
			side = 1
		}
		all[side]++
		for piece := range pieces(sketch(read(text))) {
			if count[piece] == nil {
				count[piece] = &[2]int{}
			}
			count[piece][side]++
		}
	}
	table := map[string]float64{}
	for piece, n := range count {
		if n[0]+n[1] >= rareTally {
			table[piece] = math.Log(float64(2*n[1]+1)/float64(2*all[1]+2)) - math.Log(float64(2*n[0]+1)/float64(2*all[0]+2))
		}
	}
	return table
})

var (
	ownSpeech = regexp.MustCompile(`https?://\S*|[a-z0-9.-]+\.` + `(?:` + domains + `|example)` + `[^\s\p{Han}]*`)
	anId      = regexp.MustCompile(`@?[a-z][a-z0-9.\-]*[_\-0-9][a-z0-9_.\-]{2,}`)
	longSum   = regexp.MustCompile(`[0-9]{5,}`)
	anySum    = regexp.MustCompile(`[0-9]+`)
	aWord     = regexp.MustCompile(`[a-z]{2,}`)
	aMark     = regexp.MustCompile(`[^\p{Han}\p{L}]+`)
)

// sketch is a text without what differs from line to line: an account is A, a long number N, any other n, a foreign word W.
func sketch(l line) string {
	s := ownSpeech.ReplaceAllString(arabic(l.tight).text, "")
	for _, form := range []struct {
		re *regexp.Regexp
		as string
	}{{anId, "A"}, {longSum, "N"}, {anySum, "M"}, {aWord, "W"}, {aMark, ","}} {
		s = form.re.ReplaceAllString(s, form.as)
	}
	return "," + strings.Trim(s, ",") + ","
}

// pieces are the characters of a sketch and their pairs, each once.
func pieces(s string) map[string]bool {
	out := map[string]bool{}
	runes := []rune(s)
	for i := range runes {
		out[string(runes[i])] = true
		if i+1 < len(runes) {
			out[string(runes[i:i+2])] = true
		}
	}
	return out
}

var chinese = regexp.MustCompile(`\p{Han}`)

// likeness is how much a line sounds like an advert; below zero it sounds like a neighbour. Enough tells whether the line is long
// enough to accuse it.
func (l line) likeness() (sum float64, enough bool) {
	table, all := odds(), pieces(sketch(l))
	for piece := range all {
		sum += table[piece]
	}
	if len(all) > longest {
		sum *= longest / float64(len(all)) // who talks long says something of everything
	}
	return sum, len(chinese.FindAllStringIndex(l.tight.text, shortest)) == shortest
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
