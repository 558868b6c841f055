package advert

import (
	_ "embed"
	"fmt"
	"math"
	"strconv"
	"strings"
	"sync"
)

// learned is what learn found out from lines that were heard before: a trait and its weight a row, in hundredths of the natural
// logarithm of the odds that a line which has it is an advert.
//
//go:embed manner.tsv
var learned string

// Rules that no topic has.
const (
	ruleManner  = "manner"  // how it is put
	ruleWarning = "warning" // it tells of an advert, or warns of one
)

// ear knows what adverts sound like.
type ear struct {
	pieces map[piece]int
	traits map[string]int
}

// listening is read once.
var listening = sync.OnceValue(func() ear { return listen(learned) })

func listen(table string) ear {
	e := ear{map[piece]int{}, map[string]int{}}
	for row := range strings.SplitSeq(strings.TrimSpace(table), "\n") {
		name, value, _ := strings.Cut(row, "\t")
		weight, err := strconv.Atoi(value)
		switch {
		case err != nil:
			panic(fmt.Sprintf("manner.tsv: %q", row)) // it is generated
		case strings.HasPrefix(name, named):
			e.traits[name] = weight
		default:
			e.pieces[pieceOf([]rune(name))] = weight
		}
	}
	return e
}

// odds is how much a line sounds like an advert, in hundredths of the natural logarithm of the odds; below zero it sounds like a
// neighbour.
func (e ear) odds(sketched string, traits []string) (sum int) {
	var room [512]piece
	for _, p := range pieces(sketched, room[:0]) {
		sum += e.pieces[p]
	}
	for _, t := range traits {
		sum += e.traits[t]
	}
	return sum
}

// loudest is the clause of a text that sounds most like an advert, as it was written.
func (e ear) loudest(l line) string {
	loudest, most := string(l.runes), 0
	for _, clause := range strings.FieldsFunc(string(l.runes), pauses) {
		if odds := e.odds(sketch(read(clause)), nil); odds > most {
			loudest, most = clause, odds
		}
	}
	return strings.TrimSpace(loudest)
}

// Odds, in hundredths of their natural logarithm, from which on a line is an advert for how it is put, and a doubt; and below
// which what the rules found is a neighbour's word after all.
const (
	surelyAd  = 100
	likeAnAd  = 60
	unlikely  = -100
	neighbour = -250

	ownAd       = 350 // a neighbour's own matter
	never       = math.MaxInt
	warnedAd    = 350 // a warning
	warnedDoubt = 250
)

// heardAs sets how a line is put beside what the rules say of it. Who tells of an advert, or speaks of a matter of their own, must
// sound far more like one before it counts; where to reach somebody stays what it is, whatever is said around it.
func (l line) heardAs(t Text, f Finding, c clues, odds int) Finding {
	if f.Rule == "qr" && (t.QR || len(t.Codes) > 0) {
		return f // the picture says it
	}
	fine, doubt := surelyAd, likeAnAd
	if f.Rule == ruleWarning {
		fine, doubt = warnedAd, warnedDoubt
	} else if c.own {
		fine = ownAd
		if !c.reached {
			fine = never
		}
	}
	switch {
	case f.Verdict == Ad && (c.reached || l.wordless() || odds >= unlikely):
		return f
	case f.Verdict == Ad && odds >= neighbour, odds >= doubt && odds < fine, f.Verdict == Review && c.reached && odds < fine:
		f.Verdict = Review
	case odds < doubt:
		return Finding{Verdict: OK, Score: f.Score}
	default:
		f.Verdict = Ad
	}
	if f.Evidence == "" {
		f.Rule, f.Evidence = ruleManner, listening().loudest(l)
	}
	return f
}

// wordless tells a text that says nothing by itself.
func (l line) wordless() bool { return l.bare.text == "" || l.bare.text == "图片" }
