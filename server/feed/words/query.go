package words

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// mostPieces is how many pieces of a query count; what is typed after them is passed over.
const mostPieces = 6

// Query is what somebody looks for: pieces parted by blanks, all of which must be there.
type Query struct {
	Pieces []Piece
}

// Piece is looked for as it stands, from the beginning of a word on. Terms are in the index wherever it is; Begins is what
// a term there begins with, when the piece ends in the middle of a word, and empty else.
type Piece struct {
	text   []rune
	Terms  []string
	Begins string
}

// Text is the piece as it is compared: small letters, half-width.
func (p Piece) Text() string { return string(p.text) }

// Parse reads a query; one that has no words (only blanks and marks) has no pieces.
func Parse(q string) Query {
	var found Query
	for _, part := range strings.Fields(string(fold(q))) {
		if p := piece([]rune(part)); len(p.Terms) > 0 || p.Begins != "" {
			found.Pieces = append(found.Pieces, p)
		}
	}
	found.Pieces = found.Pieces[:min(len(found.Pieces), mostPieces)]
	return found
}

func piece(text []rune) Piece {
	p := Piece{text: text}
	for _, r := range runs(text) {
		terms, last := r.terms(text), r.to == len(text)
		switch {
		case r.class == between:
		case last && (r.class == letter || len(terms) == 1):
			p.Begins = terms[0]
		case r.class == sign && len(terms) > 1: // the last character's own term depends on what follows it in the text
			p.Terms = append(p.Terms, terms[:len(terms)-1]...)
		default:
			p.Terms = append(p.Terms, terms...)
		}
	}
	return p
}

// Terms are those that are in the index wherever the whole query is, each once.
func (q Query) Terms() []string {
	var terms []string
	for _, p := range q.Pieces {
		terms = append(terms, p.Terms...)
	}
	slices.Sort(terms)
	return slices.Compact(terms)
}

// Begins is the longest beginning of a term that the query asks for, or "".
func (q Query) Begins() string {
	best := ""
	for _, p := range q.Pieces {
		if utf8.RuneCountInString(p.Begins) > utf8.RuneCountInString(best) {
			best = p.Begins
		}
	}
	return best
}

// In tells whether every piece stands in one of the texts.
func (q Query) In(texts ...string) bool {
	folded := make([][]rune, len(texts))
	for i, text := range texts {
		folded[i] = fold(text)
	}
	for _, p := range q.Pieces {
		if !slices.ContainsFunc(folded, func(text []rune) bool { return p.at(text, 0) >= 0 }) {
			return false
		}
	}
	return len(q.Pieces) > 0
}

// In tells whether the piece stands in a text.
func (p Piece) In(text string) bool { return p.at(fold(text), 0) >= 0 }

// at is where the piece stands in a folded text from a place on, or -1. A word is found by its beginning: "and" is not in
// "hand".
func (p Piece) at(text []rune, from int) int {
	for i := from; i+len(p.text) <= len(text); i++ {
		inside := i > 0 && classOf(p.text[0]) == letter && classOf(text[i-1]) == letter
		if !inside && slices.Equal(text[i:i+len(p.text)], p.text) {
			return i
		}
	}
	return -1
}

// Mark is a stretch of a text, in characters (code points): [From, To).
type Mark struct {
	From int `json:"from"`
	To   int `json:"to"`
}

// Marks are where the pieces stand in a text, in order; stretches that touch are one.
func (q Query) Marks(text string) []Mark {
	folded := fold(text)
	var found []Mark
	for _, p := range q.Pieces {
		for at := p.at(folded, 0); at >= 0; at = p.at(folded, at+len(p.text)) {
			found = append(found, Mark{at, at + len(p.text)})
		}
	}
	slices.SortFunc(found, func(a, b Mark) int { return a.From - b.From })
	joined := []Mark{}
	for _, m := range found {
		if n := len(joined); n > 0 && m.From <= joined[n-1].To {
			joined[n-1].To = max(joined[n-1].To, m.To)
			continue
		}
		joined = append(joined, m)
	}
	return joined
}
