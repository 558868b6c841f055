package advert

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// labelled is a line whose verdict is known.
type labelled struct {
	Text
	kind string
	want Verdict
}

// lines reads testdata/adverts.txt: every third line of a kind is the hold-out.
func lines(t *testing.T) (known, kept []labelled) {
	t.Helper()
	data, err := os.ReadFile("testdata/adverts.txt")
	require.NoError(t, err)
	var head labelled
	n := 0
	for _, row := range strings.Split(string(data), "\n") {
		words := strings.Fields(strings.Trim(row, "[]"))
		switch {
		case row == "" || row[0] == '#':
		case row[0] == '[' && len(words) >= 2:
			head, n = labelled{kind: words[1], want: Verdict(words[0])}, 0
			head.Merchant, head.QR = words[len(words)-1] == "merchant", words[len(words)-1] == "image:qr"
		default:
			line := head
			line.Words = row
			if n++; n%3 == 0 {
				kept = append(kept, line)
			} else {
				known = append(known, line)
			}
		}
	}
	return known, kept
}

// common is the judge of a street that has no words of its own.
var common = Judge{Hosts: []string{"street.example"}}

// tally counts verdicts by what they should have been.
type tally map[Verdict]map[Verdict]int

func judged(t *testing.T, list []labelled, show bool) (tally, map[string]int) {
	t.Helper()
	out, missed := tally{Ad: {}, OK: {}, Review: {}}, map[string]int{}
	for _, l := range list {
		f := common.Try(l.Text)
		out[l.want][f.Verdict]++
		wrong := f.Verdict != l.want && (l.want != Review || f.Verdict == Ad)
		if wrong {
			missed[string(l.want)+" "+l.kind]++
		}
		if wrong && show {
			t.Logf("%s %s: %s by %q (%d, %q): %s", l.want, l.kind, f.Verdict, f.Rule, f.Score, f.Evidence, l.Words)
		}
	}
	return out, missed
}

// streets are lines as a street gets them, in four sets (the first column), all made up. Set 1 was written before anybody had looked
// at the rules, and the rules of that day caught 59 of its 86 adverts and stopped 1 of its 70 harmless lines. It was then worked
// from. Sets 2 to 4 were each written before a change and measured after it; the hand was the same, so only the first look at a
// set is blind: 4 of 25 and 1 of 16 adverts caught by the old rules, 3 of 16 by a list of trades (set 3), and 11 of 12 by the
// marks of an offer (set 4, which the marks were finished beside).
func streets(t *testing.T) []labelled {
	t.Helper()
	data, err := os.ReadFile("testdata/streets.tsv")
	require.NoError(t, err)
	var list []labelled
	for _, row := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		cells := strings.SplitN(row, "\t", 3)
		list = append(list, labelled{Text: Text{Words: cells[2]}, kind: cells[0], want: Verdict(cells[1])})
	}
	return list
}

// said reads lines that nobody learned from: label, author (or qr, a picture of a code beside it), words.
func said(t *testing.T, file string) []labelled {
	t.Helper()
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	var list []labelled
	for _, row := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		cells := strings.SplitN(row, "\t", 3)
		text := Text{Words: strings.ReplaceAll(cells[2], `\n`, "\n"), Merchant: cells[1] == "merchant", QR: cells[1] == "qr"}
		list = append(list, labelled{Text: text, kind: file, want: Verdict(cells[0])})
	}
	return list
}

// The lines of blind.tsv are near misses on purpose, by the hand that the rules were first written beside: at their first look 92 % of
// the adverts were fined and all seen, and of the hundred harmless lines 4 were fined and 6 looked at. The rules were mended after
// that look. Those of held.tsv are every third line of a hand that wrote against the rules, in a dialect, with adverts in pieces and
// neighbours who talk like adverts; the other two thirds are among what the judge has heard. Those of later.tsv were written when rules
// and weights stood, to the shape of the file, by a hand that knew neither; nothing was mended after they were looked at.
func TestLinesThatTheJudgeHasNeverHeard(t *testing.T) {
	for _, c := range []struct {
		file                   string
		caught, fined, stopped int // in a hundred: at least, at most, at most
	}{{"testdata/blind.tsv", 95, 1, 3}, {"testdata/held.tsv", 92, 2, 3}, {"testdata/later.tsv", 95, 0, 1}} {
		got, _ := judged(t, said(t, c.file), true)
		ads, fine := got[Ad], got[OK]
		require.GreaterOrEqual(t, ads[Ad]*100, c.caught*(ads[Ad]+ads[OK]+ads[Review]), c.file)
		require.LessOrEqual(t, fine[Ad]*100, c.fined*(fine[Ad]+fine[OK]+fine[Review]), c.file)
		require.LessOrEqual(t, (fine[Ad]+fine[Review])*100, c.stopped*(fine[Ad]+fine[OK]+fine[Review]), c.file)
	}
}

// What an advert costs must be sure; that one does not pass unseen need not be.
func TestWhatIsSoldAtTheDoorIsSeen(t *testing.T) {
	got, missed := judged(t, streets(t), true)
	t.Logf("%v, not as wanted: %v", got, missed)
	ads, fine := got[Ad], got[OK]
	all := ads[Ad] + ads[OK] + ads[Review]
	require.GreaterOrEqual(t, (ads[Ad]+ads[Review])*100, 95*all)
	require.GreaterOrEqual(t, ads[Ad]*100, 75*all)
	require.LessOrEqual(t, (fine[Ad]+fine[Review])*100, fine[Ad]+fine[OK]+fine[Review])
}

func TestCodesInPicturesAreJudgedByWhatTheySay(t *testing.T) {
	for _, c := range []struct {
		words, code string
		want        Verdict
	}{
		{"", "https://weixin.qq.com/g/AQYAADEMO0000000", Ad},
		{"扫码进群", "https://weixin.qq.com/g/AQYAADEMO0000000", Ad},
		{"昨天的晚霞真好看", "https://u.wechat.com/DEMO0000", Review},
		{"", "https://pay.demo-shop.top/x", Review},
		{"", "wxp://f2f0DEMO", Review},
		{"", "加微信 demo_0001 领红包", Ad},
		{"", "https://street.example/j/demo0001", OK},
		{"领券的码", "83920164", OK},
		{"面馆的无线网", "WIFI:S:noodles;T:WPA;P:demo0000;;", OK},
		{"", "MEMBER-0001", OK},
	} {
		require.Equal(t, c.want, common.Try(Text{Words: c.words, Codes: []string{c.code}}).Verdict, "%q beside %q", c.code, c.words)
	}
	require.NotEqual(t, Ad, common.Try(Text{Merchant: true, Codes: []string{"https://weixin.qq.com/g/AQYAADEMO0000000"}}).Verdict, "a store's own group")
}

// The promise: of adverts at least 95 in 100 are caught, of harmless lines at most 1 in 100 is stopped (a person
// who must look stops it, too), and what is doubtful is never fined.
func TestAdvertsAreCaughtAndNeighboursAreNot(t *testing.T) {
	known, kept := lines(t)
	for name, list := range map[string][]labelled{"known": known, "kept": kept} {
		got, missed := judged(t, list, name == "known")
		t.Logf("%s: %v, wrong in %v", name, got, missed)
		ads, fine := got[Ad], got[OK]
		require.GreaterOrEqual(t, ads[Ad]*100, 95*(ads[Ad]+ads[OK]+ads[Review]), name)
		require.LessOrEqual(t, (fine[Ad]+fine[Review])*100, fine[Ad]+fine[OK]+fine[Review], name)
		require.Zero(t, got[Review][Ad], name)
	}
}
