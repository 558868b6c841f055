package advert

import (
	"regexp"
	"regexp/syntax"
	"slices"
)

// pattern is an expression that knows with which characters a match of it begins. Most texts have few of them, and looking
// there alone is far cheaper than trying the expression at every place.
type pattern struct {
	re     *regexp.Regexp
	here   *regexp.Regexp // matches at the beginning of a text only
	begins []rune         // as pairs, from and to, in order; nil: anything may begin a match
	needs  []int          // all of which a text meets that has a match
}

// placesTried is after how many places of a text the expression looks for itself.
const placesTried = 32

func compile(expression string) pattern { return known(regexp.MustCompile(expression)) }

// known is what an expression finds, found sooner.
func known(re *regexp.Regexp) pattern {
	parsed, err := syntax.Parse(re.String(), syntax.Perl)
	if err != nil {
		panic(err) // it has been compiled
	}
	parsed = parsed.Simplify()
	p := pattern{re: re, needs: needs.addAll(parsed)}
	if first, sure := begins(parsed); sure {
		p.begins, p.here = joined(first), regexp.MustCompile("^(?:"+re.String()+")")
	}
	return p
}

// find is where the first match is; nil when there is none.
func (p pattern) find(text string) []int {
	at := p.groups(text)
	if at == nil {
		return nil
	}
	return at[:2]
}

// groups is where the first match and its groups are; nil when there is none.
func (p pattern) groups(text string) []int {
	if p.begins == nil {
		return p.re.FindStringSubmatchIndex(text)
	}
	places := 0
	for from, r := range text {
		if !p.mayBegin(r) {
			continue
		}
		if places++; places > placesTried {
			return p.re.FindStringSubmatchIndex(text)
		}
		if at := p.here.FindStringSubmatchIndex(text[from:]); at != nil {
			return moved(at, from)
		}
	}
	return nil
}

// moved are places in a text of places in its end; -1 is nowhere.
func moved(at []int, by int) []int {
	for i := range at {
		if at[i] >= 0 {
			at[i] += by
		}
	}
	return at
}

func (p pattern) mayBegin(r rune) bool {
	low, high := 0, len(p.begins)/2
	for low < high {
		if mid := (low + high) / 2; r > p.begins[2*mid+1] {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low < len(p.begins)/2 && r >= p.begins[2*low]
}

// begins are the characters, as pairs, with which what re matches begins; sure is false when that may be nothing, or anything.
func begins(re *syntax.Regexp) (first []rune, sure bool) {
	switch re.Op {
	case syntax.OpLiteral:
		return []rune{re.Rune[0], re.Rune[0]}, re.Flags&syntax.FoldCase == 0
	case syntax.OpCharClass:
		return re.Rune, true
	case syntax.OpCapture, syntax.OpPlus:
		return begins(re.Sub[0])
	case syntax.OpAlternate:
		for _, sub := range re.Sub {
			some, sure := begins(sub)
			if !sure {
				return nil, false
			}
			first = append(first, some...)
		}
		return first, true
	case syntax.OpConcat:
		return beginsInTurn(re.Sub)
	}
	return nil, false
}

// beginsInTurn goes on past what may be left out.
func beginsInTurn(parts []*syntax.Regexp) (first []rune, sure bool) {
	for _, part := range parts {
		optional := part.Op == syntax.OpQuest || part.Op == syntax.OpStar
		if optional {
			part = part.Sub[0]
		}
		some, sure := begins(part)
		if !sure {
			return nil, false
		}
		if first = append(first, some...); !optional {
			return first, true
		}
	}
	return nil, false
}

// joined sorts pairs and makes one of those that touch.
func joined(pairs []rune) []rune {
	spans := make([][2]rune, 0, len(pairs)/2)
	for i := 0; i < len(pairs); i += 2 {
		spans = append(spans, [2]rune{pairs[i], pairs[i+1]})
	}
	slices.SortFunc(spans, func(a, b [2]rune) int { return int(a[0] - b[0]) })
	flat := []rune{}
	for _, s := range spans {
		if n := len(flat); n > 0 && s[0] <= flat[n-1]+1 {
			flat[n-1] = max(flat[n-1], s[1])
			continue
		}
		flat = append(flat, s[0], s[1])
	}
	return flat
}
