package advert

import (
	"regexp/syntax"
	"unicode/utf8"
)

// mostWords bounds what is made of classes in a row: 加群, 进群, 入裙.
const mostWords = 256

// language is what is known of the texts that an expression matches: one of the words stands in each; whole tells that the
// words are all that it matches. No words: nothing is known.
type language struct {
	words []string
	whole bool
}

var empty = language{words: []string{""}, whole: true}

func languageOf(re *syntax.Regexp) language {
	switch re.Op {
	case syntax.OpEmptyMatch, syntax.OpBeginText, syntax.OpEndText, syntax.OpBeginLine, syntax.OpEndLine, syntax.OpWordBoundary, syntax.OpNoWordBoundary:
		return empty
	case syntax.OpLiteral:
		if re.Flags&syntax.FoldCase == 0 {
			return language{[]string{string(re.Rune)}, true}
		}
	case syntax.OpCharClass:
		return ofClass(re.Rune)
	case syntax.OpCapture:
		return languageOf(re.Sub[0])
	case syntax.OpPlus:
		return language{words: languageOf(re.Sub[0]).words}
	case syntax.OpQuest:
		if sub := languageOf(re.Sub[0]); sub.whole {
			return language{append([]string{""}, sub.words...), true}
		}
	case syntax.OpAlternate:
		return ofAny(re.Sub)
	case syntax.OpConcat:
		return inARow(re.Sub)
	}
	return language{}
}

func ofClass(pairs []rune) language {
	var words []string
	for i := 0; i < len(pairs); i += 2 {
		if len(words)+int(pairs[i+1]-pairs[i]) >= mostWords {
			return language{}
		}
		for r := pairs[i]; r <= pairs[i+1]; r++ {
			words = append(words, string(r))
		}
	}
	return language{words, true}
}

func ofAny(subs []*syntax.Regexp) language {
	all := language{whole: true}
	for _, sub := range subs {
		l := languageOf(sub)
		if len(l.words) == 0 {
			return l
		}
		all = language{append(all.words, l.words...), all.whole && l.whole}
	}
	return all
}

// inARow takes, of what must all be there, the most telling.
func inARow(parts []*syntax.Regexp) language {
	runs, whole := runsOf(parts)
	best := language{}
	for _, run := range runs {
		best = telling(best, run)
	}
	return language{best.words, whole}
}

// runsOf joins the words of parts that stand side by side, as long as they are few; whole tells that there is but one run.
func runsOf(parts []*syntax.Regexp) (runs []language, whole bool) {
	run, whole := empty, true
	for _, part := range parts {
		l := languageOf(part)
		if l.whole && len(run.words)*len(l.words) <= mostWords {
			run.words = crossed(run.words, l.words)
			continue
		}
		runs, run, whole = append(runs, run), empty, false
		if l.whole {
			run = l
		} else {
			runs = append(runs, l)
		}
	}
	return append(runs, run), whole
}

func crossed(left, right []string) []string {
	all := make([]string, 0, len(left)*len(right))
	for _, l := range left {
		for _, r := range right {
			all = append(all, l+r)
		}
	}
	return all
}

// telling is of two the one with the longer words; of words as long, the fewer.
func telling(a, b language) language {
	long, other := shortestOf(a.words), shortestOf(b.words)
	if other > long || other == long && len(b.words) < len(a.words) {
		return b
	}
	return a
}

// shortestOf is the length of the shortest word in characters. A language of which nothing is known tells as little as the
// empty word.
func shortestOf(words []string) int {
	shortest := 0
	for i, word := range words {
		if n := utf8.RuneCountInString(word); i == 0 || n < shortest {
			shortest = n
		}
	}
	return shortest
}
