package advert

import (
	"regexp"
	"strings"
)

// Term is a word of a street's own list and what it does to a text that has it.
type Term struct {
	Word string
	Does Verdict // Ad blocks, Review asks a person, OK lets the text pass whatever else is found
}

// OwnWord is the rule of a street's own list.
const OwnWord = "own_word"

// own looks for the street's words, in any disguise; a word that lets pass is stronger than one that asks, and that one
// gives way to one that blocks.
func (j Judge) own(l line) (Finding, bool) {
	found := map[Verdict]Finding{}
	for _, t := range j.Terms {
		word := Plain(t.Word)
		if word == "" {
			continue
		}
		if at := strings.Index(l.bare.text, word); at >= 0 {
			found[t.Does] = Finding{Verdict: t.Does, Rule: OwnWord, Evidence: l.evidence(l.bare, at, at+len(word)), Score: Sure}
		}
	}
	for _, v := range []Verdict{OK, Ad, Review} {
		if f, ok := found[v]; ok {
			return f, true
		}
	}
	return Finding{}, false
}

// Plain is a word as the rules compare it: one way to write each character, without marks and blanks.
func Plain(word string) string { return read(word).bare.text }

var urgent = regexp.MustCompile(`走失|走丢|寻人|失踪|丢了|急救|救命|报警|献血|着火|急寻`)

// Urgent tells a call for help, which no rule may hold back.
func Urgent(words string) bool { return urgent.MatchString(read(words).tight.text) }
