// Package words is what a search looks for in a text. It knows no database, so both databases find the same.
//
// Chinese has no spaces, so every character begins a term: with the one after it, or alone where nothing follows. A word of
// letters and digits is one term. So 我家在上海东边 has 我家 家在 在上 上海 海东 东边 边, and 上海 is one look into the index; one
// character alone is the beginning of a term. What the index finds is then looked for in the text itself (Query.In), so that
// a phrase is found as a phrase.
package words

import (
	"slices"
	"unicode"
)

// Version changes when Terms gives other terms for a text: then what is written down is written anew.
const Version = 1

// longest is the most characters of a term; longer words are cut.
const longest = 24

type class int

const (
	between class = iota // blanks and marks
	sign                 // a character that is a word or a part of one by itself: Chinese, kana, emoji
	letter
)

func classOf(r rune) class {
	switch {
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.So):
		return sign
	case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r):
		return letter
	}
	return between
}

// fold makes letters small and full-width forms half-width, one character for one.
func fold(text string) []rune {
	folded := []rune(text)
	for i, r := range folded {
		switch {
		case r >= '！' && r <= '～':
			r -= '！' - '!'
		case r == '\u3000':
			r = ' '
		}
		folded[i] = unicode.ToLower(r)
	}
	return folded
}

// run is a stretch of characters of one class, [from, to).
type run struct {
	class    class
	from, to int
}

func runs(text []rune) []run {
	var found []run
	for i, r := range text {
		c := classOf(r)
		if n := len(found); n > 0 && found[n-1].class == c {
			found[n-1].to = i + 1
			continue
		}
		found = append(found, run{c, i, i + 1})
	}
	return found
}

// Terms are the terms of texts, each once, in order.
func Terms(texts ...string) []string {
	seen := map[string]bool{}
	for _, text := range texts {
		folded := fold(text)
		for _, r := range runs(folded) {
			for _, term := range r.terms(folded) {
				seen[term] = true
			}
		}
	}
	terms := make([]string, 0, len(seen))
	for term := range seen {
		terms = append(terms, term)
	}
	slices.Sort(terms)
	return terms
}

func (r run) terms(text []rune) []string {
	switch r.class {
	case letter:
		return []string{string(text[r.from:min(r.to, r.from+longest)])}
	case sign:
		terms := make([]string, 0, r.to-r.from)
		for i := r.from; i < r.to; i++ {
			terms = append(terms, string(text[i:min(r.to, i+2)]))
		}
		return terms
	}
	return nil
}
