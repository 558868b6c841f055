package advert

import "regexp/syntax"

// sieve knows words of which one stands in every text that a pattern matches: of its channel, and of the account behind it.
// One walk over a text tells which patterns are worth a try: of a neighbour's line nearly none.
type sieve struct {
	root sieveNode
	size int
}

type sieveNode struct {
	next map[rune]*sieveNode
	ends []int // the needs that the word that ends here meets
}

// needs holds what the package's patterns need. It grows only while the package is initialised.
var needs sieve

// set is the needs that a text meets, by their places in the sieve.
type set []uint64

func (s set) add(i int) { s[i/64] |= 1 << (i % 64) }

// hasAll tells whether all of some needs are met.
func (s set) hasAll(places []int) bool {
	for _, i := range places {
		if s[i/64]&(1<<(i%64)) == 0 {
			return false
		}
	}
	return true
}

// add gives a need, one of some words, its place in the sieve.
func (s *sieve) add(words []string) int {
	for _, word := range words {
		node := &s.root
		for _, r := range word {
			if node.next == nil {
				node.next = map[rune]*sieveNode{}
			}
			if node.next[r] == nil {
				node.next[r] = &sieveNode{}
			}
			node = node.next[r]
		}
		node.ends = append(node.ends, s.size)
	}
	s.size++
	return s.size - 1
}

// pass is which needs a text meets.
func (s *sieve) pass(text string) set {
	met := make(set, (s.size+63)/64)
	for from := range text {
		node := &s.root
		for _, r := range text[from:] {
			if node = node.next[r]; node == nil {
				break
			}
			for _, i := range node.ends {
				met.add(i)
			}
		}
	}
	return met
}

// addAll gives all that an expression needs a place; none: it may match anything.
func (s *sieve) addAll(re *syntax.Regexp) (places []int) {
	runs, _ := runsOf(flat(re))
	for _, run := range runs {
		if shortestOf(run.words) > 0 {
			places = append(places, s.add(run.words))
		}
	}
	return places
}

// flat are the parts of an expression that stand side by side.
func flat(re *syntax.Regexp) (parts []*syntax.Regexp) {
	if re.Op != syntax.OpCapture && re.Op != syntax.OpConcat {
		return []*syntax.Regexp{re}
	}
	for _, sub := range re.Sub {
		parts = append(parts, flat(sub)...)
	}
	return parts
}
