package words_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"onestreet/server/feed/words"
)

func TestTermsOfATextThatHasNoSpaces(t *testing.T) {
	require.ElementsMatch(t, []string{"我家", "家在", "在上", "上海", "海东", "东边", "边"}, words.Terms("我家在上海东边"))
	require.ElementsMatch(t, []string{"iphone", "手机", "机", "8"}, words.Terms("ｉＰｈｏｎｅ手机，8！"))
	require.ElementsMatch(t, []string{"葱油", "油"}, words.Terms("#葱油", "葱油"))
	require.Empty(t, words.Terms("，。 ——"))
}

func TestWhatAQueryFinds(t *testing.T) {
	for _, c := range []struct {
		q, text string
		found   bool
	}{
		{"上海", "我家在上海东边", true}, {"海", "我家在上海东边", true}, {"边", "我家在上海东边", true}, {"上边", "我家在上海东边", false},
		{"家在上海", "我家在上海东边", true}, {"上海 我家", "我家在上海东边", true}, {"上海 北边", "我家在上海东边", false},
		{"海东", "上海，东边", false}, {"NOODLE", "Hand-made noodles", true}, {"hand-made nood", "Hand-made Noodles", true}, {"and", "Hand-made", false},
		{"made", "Hand-made", true}, {"ＡＢＣ", "abc店", true}, {"abc店", "在ABC店门口", true}, {"#葱油", "做了＃葱油拌面", true}, {"#拌面", "做了#葱油拌面", false},
		{"8折", "全场8折", true}, {"🎉", "开张🎉", true}, {"  ", "什么都有", false}, {"。", "有。", false},
	} {
		require.Equal(t, c.found, words.Parse(c.q).In(c.text), "%q in %q", c.q, c.text)
	}
}

func TestMarksSayWhichCharacters(t *testing.T) {
	require.Equal(t, []words.Mark{{3, 5}}, words.Parse("上海").Marks("我家在上海东边"))
	require.Equal(t, []words.Mark{{0, 2}, {3, 5}}, words.Parse("上海 海").Marks("上海，上海"))
	require.Equal(t, []words.Mark{{2, 5}}, words.Parse("abc").Marks("🎉在ＡＢＣ店"))
	require.Empty(t, words.Parse("没有").Marks("上海"))
}

// TestTheIndexNeverMissesWhatTheTextHas: wherever a query is in a text, its terms are among the text's terms, and a term
// begins as it wants. So what the index leaves out may be left out.
func TestTheIndexNeverMissesWhatTheTextHas(t *testing.T) {
	letters := rapid.SliceOfN(rapid.SampledFrom([]rune("上海东边家aBｃ1#-， 🎉ん")), 0, 12)
	rapid.Check(t, func(t *rapid.T) {
		text := string(letters.Draw(t, "text"))
		q := words.Parse(string(letters.Draw(t, "query")))
		if !q.In(text) {
			return
		}
		terms := words.Terms(text)
		for _, term := range q.Terms() {
			require.Contains(t, terms, term)
		}
		begins := func(term string) bool { return strings.HasPrefix(term, q.Begins()) }
		require.True(t, slices.ContainsFunc(terms, begins), "%q begins none of %q", q.Begins(), terms)
		for _, m := range q.Marks(text) {
			require.Less(t, m.From, m.To)
		}
	})
}
