package advert

import "strings"

// Term is a word of a street's own list and what it does to a text that has it.
type Term struct {
	plain string
	does  Verdict
}

// NewTerm is a word of a list. What it does: Ad blocks, Review asks a person, OK lets the text pass whatever else is found.
func NewTerm(word string, does Verdict) Term { return Term{Plain(word), does} }

// OwnWord is the rule of a street's own list.
const OwnWord = "own_word"

// own looks for the street's words, in any disguise; a word that lets pass is stronger than one that asks, and that one
// gives way to one that blocks.
func (j Judge) own(l line) (Finding, bool) {
	found := map[Verdict]Finding{}
	for _, t := range j.Terms {
		if at := strings.Index(l.bare.text, t.plain); at >= 0 && t.plain != "" {
			found[t.does] = Finding{Verdict: t.does, Rule: OwnWord, Evidence: l.evidence(l.bare, at, at+len(t.plain)), Score: Sure}
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

var urgent = compile(`走失|走丢|寻人|失踪|丢了|急救|救命|报警|献血|着火|急寻`)

// Urgent tells a call for help, which no rule may hold back.
func Urgent(words string) bool { return read(words).tight.has(urgent) }
