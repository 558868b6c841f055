package models

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// noon is noon of a day counted from an arbitrary Monday.
func noon(n int) time.Time {
	return time.Date(2026, 1, 5, 12, 0, 0, 0, time.UTC).AddDate(0, 0, n)
}

func noons(ns ...int) []time.Time {
	var all []time.Time
	for _, n := range ns {
		all = append(all, noon(n))
	}
	return all
}

func TestHowCloseAMemberAndAStoreAre(t *testing.T) {
	type facts = LevelFacts
	for _, c := range []struct {
		name  string
		facts facts
		at    int
		level Level
	}{
		{"nothing at all", facts{}, 0, LevelNone},
		{"only looked in", facts{Seen: noons(0, 1, 2)}, 3, LevelNone},
		{"talks a lot, buys nothing", facts{TookPart: noons(0, 1, 2, 3)}, 4, LevelNone},
		{"bought once", facts{Bought: noons(0)}, 0, LevelMicro},
		{"three times is not more than three", facts{Bought: noons(0, 1, 2)}, 3, LevelMicro},
		{"four times", facts{Bought: noons(0, 1, 2, 3)}, 3, LevelWeak},
		{"four times within 179 days", facts{Bought: noons(0, 60, 120, 179)}, 179, LevelWeak},
		{"the first of four is 180 days old", facts{Bought: noons(0, 60, 120, 180)}, 180, LevelMicro},
		{"weak and took part twice", facts{Bought: noons(0, 1, 2, 3), TookPart: noons(4, 5)}, 5, LevelWeak},
		{"weak and took part three times", facts{Bought: noons(0, 1, 2, 3), TookPart: noons(4, 5, 6)}, 6, LevelStrong},
		{"took part first, bought then", facts{Bought: noons(3, 4, 5, 6), TookPart: noons(0, 1, 2)}, 6, LevelStrong},
		{"took part too long ago", facts{Bought: noons(170, 171, 172, 180), TookPart: noons(0, 1, 2)}, 185, LevelWeak},
		{"weak and brought a buyer: strong is skipped", facts{Bought: noons(0, 1, 2, 3), Brought: noons(4)}, 4, LevelSuper},
		{"from micro straight to super", facts{Bought: noons(0, 1, 2, 4), Brought: noons(3)}, 4, LevelSuper},
		{"micro that brought a buyer stays micro", facts{Bought: noons(0, 1), Brought: noons(2)}, 2, LevelMicro},
		{"strong and brought a buyer", facts{Bought: noons(0, 1, 2, 3), TookPart: noons(4, 5, 6), Brought: noons(7)}, 7, LevelSuper},
		{"89 quiet days cost nothing", facts{Bought: noons(0, 1, 2, 3)}, 92, LevelWeak},
		{"90 quiet days cost one level", facts{Bought: noons(0, 1, 2, 3)}, 93, LevelMicro},
		{"another 90 cost the next", facts{Bought: noons(0, 1, 2, 3)}, 183, LevelNone},
		{"lower than none there is nothing", facts{Bought: noons(0, 1, 2, 3)}, 900, LevelNone},
		{"super falls to strong", facts{Bought: noons(0, 1, 2, 3), Brought: noons(4)}, 94, LevelStrong},
		{"looking in breaks the silence", facts{Bought: noons(0, 1, 2, 3), Seen: noons(80)}, 160, LevelWeak},
		{"the neighbour's purchase breaks it too", facts{Bought: noons(0, 1, 2, 3), Brought: noons(4, 80)}, 160, LevelSuper},
		{"a fallen level is not given back for looking in", facts{Bought: noons(0, 1, 2, 3), Seen: noons(100)}, 100, LevelWeak},
		{"what the window still holds is given back", facts{Bought: noons(0, 1, 2, 3, 100)}, 100, LevelWeak},
		{"what it no longer holds is not", facts{Bought: noons(0, 1, 2, 3, 200)}, 200, LevelMicro},
		{"who keeps coming keeps the level, though the purchases thin out", facts{Bought: noons(0, 1, 2, 3, 80, 160, 240)}, 240, LevelWeak},
		{"a complaint drops it to none at once", facts{Bought: noons(0, 1, 2, 3), Brought: noons(4), Complaint: true}, 5, LevelNone},
		{"what comes later does not count yet", facts{Bought: noons(0, 1, 2, 3)}, 2, LevelMicro},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.facts.QuietDays = 90
			assert.Equal(t, c.level, c.facts.Bond(noon(c.at)).Level)
		})
	}
}

func TestSilenceIsCountedFromTheLastThing(t *testing.T) {
	f := LevelFacts{Bought: noons(0, 1, 2, 3), QuietDays: 90}
	assert.Equal(t, noon(93), f.Bond(noon(10)).FallsAt)
	assert.Equal(t, noon(183), f.Bond(noon(100)).FallsAt)
	assert.Equal(t, 1, f.Bond(noon(100)).Fell)
	assert.True(t, f.Bond(noon(300)).FallsAt.IsZero(), "none has nothing to lose")
	assert.True(t, LevelFacts{Bought: noons(0)}.Bond(noon(900)).FallsAt.IsZero(), "without quiet days silence takes nothing")
}

func TestReasonsAreInTheStreetsWords(t *testing.T) {
	type facts = LevelFacts
	for _, c := range []struct {
		name  string
		facts facts
		at    int
		zh    string
		next  string
	}{
		{"nothing yet", facts{Trade: "noodles"}, 0, "还没在这儿吃过。", "去吃一回，就是微关系"},
		{"micro", facts{Bought: noons(0, 1)}, 2, "半年里买过 2 回。", "半年里再买 2 回，就是弱关系"},
		{"weak", facts{Trade: "tea", Bought: noons(0, 1, 2, 3, 4)}, 5, "半年里喝过 5 回茶。", "店里的事再参加 3 回，就是强关系"},
		{"strong", facts{Trade: "noodles", Bought: noons(0, 1, 2, 3), TookPart: noons(0, 1, 2)}, 5, "半年里吃过 4 回，参加、说话有 3 回。", "请来一位在这儿吃过的街坊，就是超强关系"},
		{"super", facts{Bought: noons(0, 1, 2, 3), Brought: noons(4)}, 5, "半年里买过 4 回，请来的 1 位街坊在这儿买过东西。", "最亲就是这样了"},
		{"fallen", facts{Bought: noons(0, 1, 2, 3)}, 94, "半年里买过 4 回。有 3 个月没去，从弱关系落了 1 级。", "去买一回就回来"},
		{"fallen for good", facts{Bought: noons(0, 1, 2, 3)}, 300, "从前买过 4 回，这半年没有。有 9 个月没去，从弱关系落了 2 级。", "去买一回，就是微关系"},
		{"complaint", facts{Bought: noons(0, 1, 2, 3), Complaint: true}, 4, "有件事还没说妥，先算没有关系。", "说妥就恢复"},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.facts.QuietDays = 90
			var zh, en []string
			for _, r := range c.facts.Explain(noon(c.at)) {
				zh, en = append(zh, r.ZH), append(en, r.EN)
			}
			assert.Equal(t, c.zh, strings.Join(zh, ""))
			assert.Equal(t, c.next, c.facts.Next(noon(c.at)).ZH)
			assert.NotEmpty(t, c.facts.Next(noon(c.at)).EN)
			assert.NotContains(t, strings.Join(en, " "), "%")
		})
	}
}

func anyFacts(t *rapid.T) LevelFacts {
	some := func(label string) []time.Time {
		return noons(rapid.SliceOfN(rapid.IntRange(0, 700), 0, 12).Draw(t, label)...)
	}
	return LevelFacts{
		Bought: some("bought"), TookPart: some("took part"), Brought: some("brought"), Seen: some("seen"),
		QuietDays: rapid.IntRange(1, 120).Draw(t, "quiet"),
	}
}

func TestNothingAMemberDoesLowersALevel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, at := anyFacts(t), noon(rapid.IntRange(0, 700).Draw(t, "at"))
		more := f
		extra := noon(rapid.IntRange(0, 700).Draw(t, "when"))
		switch rapid.IntRange(0, 3).Draw(t, "what") {
		case 0:
			more.Bought = append(slices.Clone(f.Bought), extra)
		case 1:
			more.TookPart = append(slices.Clone(f.TookPart), extra)
		case 2:
			more.Brought = append(slices.Clone(f.Brought), extra)
		default:
			more.Seen = append(slices.Clone(f.Seen), extra)
		}
		require.GreaterOrEqual(t, more.Bond(at).Level, f.Bond(at).Level)
	})
}

func TestLevelsFallByOneAndOnlyWhenSaid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := anyFacts(t)
		at := noon(rapid.IntRange(701, 900).Draw(t, "at")) // after everything that happened
		b := f.Bond(at)
		if b.Level == LevelNone {
			require.True(t, b.FallsAt.IsZero())
			return
		}
		require.True(t, b.FallsAt.After(at))
		require.Equal(t, b.Level, f.Bond(b.FallsAt.Add(-time.Nanosecond)).Level)
		require.Equal(t, b.Level-1, f.Bond(b.FallsAt).Level)
	})
}

func TestALevelNeedsItsPurchases(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, at := anyFacts(t), noon(rapid.IntRange(0, 900).Draw(t, "at"))
		b := f.Bond(at)
		if b.EverBuy == 0 {
			require.Equal(t, LevelNone, b.Level)
		}
		if b.EverBuy < 4 {
			require.LessOrEqual(t, b.Level, LevelMicro)
		}
		if b.Brought == 0 {
			require.Less(t, b.Level, LevelSuper)
		}
		f.Complaint = true
		require.Equal(t, LevelNone, f.Bond(at).Level)
	})
}

func TestTheOrderOfFactsDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, at := anyFacts(t), noon(rapid.IntRange(0, 900).Draw(t, "at"))
		turned := f
		turned.Bought = slices.Clone(f.Bought)
		slices.Reverse(turned.Bought)
		turned.TookPart = slices.Clone(f.TookPart)
		slices.Reverse(turned.TookPart)
		require.Equal(t, f.Bond(at), turned.Bond(at))
	})
}

func TestEveryBondHasItsWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, at := anyFacts(t), noon(rapid.IntRange(0, 900).Draw(t, "at"))
		f.Trade = rapid.SampledFrom([]string{"", "noodles", "tea", "photo", "glasses", "shoes"}).Draw(t, "trade")
		for _, text := range append(f.Explain(at), f.Next(at)) {
			require.NotEmpty(t, text.ZH)
			require.NotEmpty(t, text.EN)
			require.NotContains(t, text.ZH+text.EN, "%!")
		}
	})
}

func TestLevelsAreNamesInJSON(t *testing.T) {
	for _, l := range Levels() {
		data, err := json.Marshal(l)
		require.NoError(t, err)
		var back Level
		require.NoError(t, json.Unmarshal(data, &back))
		assert.Equal(t, l, back)
	}
	var l Level
	require.Error(t, json.Unmarshal([]byte(`"best"`), &l))
	assert.Equal(t, "", LevelWeak.Badge())
	assert.Equal(t, "strong", LevelStrong.Badge())
}
