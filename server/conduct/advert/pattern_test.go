package advert

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// TestAPatternFindsWhatItsExpressionFinds: in texts of the characters that the expressions themselves are written with, so
// that many match; and most of the rules know how a match of them begins.
func TestAPatternFindsWhatItsExpressionFinds(t *testing.T) {
	var all []pattern
	for _, about := range [][]topic{topics, pitches} {
		for _, one := range about {
			all = append(all, one.re)
		}
	}
	for _, m := range marks {
		all = append(all, m.re)
	}
	for _, c := range channels {
		all = append(all, c.re)
	}
	sure := 0
	var letters []rune
	for _, p := range all {
		if p.begins != nil {
			sure++
		}
		letters = append(letters, []rune(p.re.String())...)
	}
	require.Greater(t, sure, len(all)/2)
	all = append(all, compile(`^(甲|乙?)丙`), compile(`(?i)ab|c`), compile(`[a-c]*d+|x?$`), compile(`(丁|戊)*己`), compile(`[甲乙](?:丙|丁)?戊|己庚`))
	rapid.Check(t, func(r *rapid.T) {
		text := string(rapid.SliceOfN(rapid.SampledFrom(letters), 0, 60).Draw(r, "text"))
		sifted := view{text: text, meets: needs.pass(text)}
		for _, p := range all {
			require.Equal(r, p.re.FindStringIndex(text), sifted.find(p), "%q in %q", p.re, text)
			require.Equal(r, p.re.FindStringSubmatchIndex(text), p.groups(text), "%q in %q", p.re, text)
		}
	})
}
