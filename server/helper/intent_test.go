package helper

import (
	_ "embed"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

//go:embed testdata/questions.tsv
var questions string

// asked are ways people really ask: dialects, slips of the thumb, short English. They were written before the forms in plain.go;
// the helper understood 29 of the 68 then, and the forms were written with them in sight.
//
//go:embed testdata/asked.tsv
var asked string

func TestPeopleAskInTheirOwnWords(t *testing.T) {
	right, lines := 0, strings.Split(strings.TrimSpace(asked), "\n")
	for _, line := range lines {
		want, text, _ := strings.Cut(line, "\t")
		got := Understand(text)
		if want == "?" {
			want = ""
		}
		if string(got) == want {
			right++
			continue
		}
		require.Equal(t, Unknown, got, "misunderstood, which is worse than not understood: %s", text)
		t.Logf("not understood: %q (%s)", text, want)
	}
	require.GreaterOrEqual(t, len(lines), 60)
	require.GreaterOrEqual(t, right*100, len(lines)*95)
}

func TestASlipIsMendedAndAWordIsNot(t *testing.T) {
	for word, want := range map[string]string{"opne": "open", "pionts": "points", "wher": "where", "there": "there", "shops": "shops", "tea": "tea", "cuponns": "cuponns"} {
		require.Equal(t, want, spelled(word))
	}
}

// TestQuestionsAreUnderstood: of the lines, every third is held out: the cues were not written from it, it only measures.
// What is misunderstood counts worse than what is not understood, since that goes to a person.
func TestQuestionsAreUnderstood(t *testing.T) {
	type tally struct{ all, right, wrong int }
	var known, held tally
	for i, line := range strings.Split(strings.TrimSpace(questions), "\n") {
		want, text, _ := strings.Cut(line, "\t")
		got := Understand(text)
		if want == "?" {
			want = ""
		}
		of := &known
		if i%3 == 2 {
			of = &held
		}
		of.all++
		switch {
		case string(got) == want:
			of.right++
		case got != Unknown:
			of.wrong++
			t.Logf("misunderstood: %q is %q, not %q", text, got, want)
		default:
			t.Logf("not understood: %q (%s)", text, want)
		}
	}
	t.Logf("known lines: %+v; held-out lines: %+v", known, held)
	require.GreaterOrEqual(t, known.all+held.all, 100)
	require.GreaterOrEqual(t, known.right*100, known.all*97)
	require.GreaterOrEqual(t, held.right*100, held.all*90)
	require.LessOrEqual(t, held.wrong*100, held.all*5)
}

func TestWhatIsLookedFor(t *testing.T) {
	for question, want := range map[string]string{
		"小二，哪里有卖棉鞋的？": "棉鞋", "Where can I buy shoes?": "shoes", "哪家店卖童装": "店 童装", "在哪": "",
	} {
		require.Equal(t, want, thing(question), question)
	}
}

func TestSignsAndWidthsDoNotMatter(t *testing.T) {
	for _, text := range []string{"我有多少积分", "我，有多少、积分？", "＠小二 我有多少积分!!", " 请问 我有多少积分呢 "} {
		require.Equal(t, Points, Understand(text), text)
	}
	for _, text := range []string{"", "?!", "\u200b", strings.Repeat("啊", 200)} {
		require.Equal(t, Unknown, Understand(text))
	}
}

// TestWhatTheSheetOffersIsUnderstood: the questions that stand as buttons over the helper's sheet, in both languages.
func TestWhatTheSheetOffersIsUnderstood(t *testing.T) {
	for want, buttons := range map[Intent][]string{
		Today: {"今天有什么", "What is on today"}, Open: {"谁家开着", "Which stores are open", "Which shops are open"}, Coupons: {"我的券", "My coupons"},
		Points: {"我有多少积分", "How many points do I have"}, Levels: {"等级怎么算", "How do levels work"},
	} {
		for _, text := range buttons {
			require.Equal(t, want, Understand(text), text)
		}
	}
	require.Equal(t, Claims, Understand("今天有什么优惠"), "a question that goes on is about what it goes on with")
}
