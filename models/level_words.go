package models

import (
	"fmt"
	"time"
)

// Name is what the street calls the level.
func (l Level) Name() Text {
	return [...]Text{
		{"无关系", "No relation"}, {"微关系", "Slight"}, {"弱关系", "Light"}, {"强关系", "Strong"}, {"超强关系", "Closest"},
	}[l]
}

// trade is how buying is said in a shop: one eats noodles, drinks tea, has a photo taken.
type trade struct {
	did  Text // "吃过 %d 回" / "ate here %s"
	once Text // "去吃一回" / "eating here once"
	also Text // "在这儿吃过" / "ate here"
}

var trades = map[string]trade{
	"": {
		Text{"买过 %d 回", "bought %s"}, Text{"去买一回", "buying once"}, Text{"在这儿买过东西", "bought here"},
	},
	"noodles": {
		Text{"吃过 %d 回", "ate here %s"}, Text{"去吃一回", "eating here once"}, Text{"在这儿吃过", "ate here"},
	},
	"tea": {
		Text{"喝过 %d 回茶", "had tea %s"}, Text{"去喝一回茶", "having tea once"}, Text{"在这儿喝过茶", "had tea here"},
	},
	"photo": {
		Text{"照过 %d 回相", "had photos taken %s"}, Text{"去照一回相", "one more photo"}, Text{"在这儿照过相", "had a photo taken here"},
	},
	"glasses": {
		Text{"配过 %d 回", "had glasses fitted %s"}, Text{"去配一回", "one more fitting"}, Text{"在这儿配过眼镜", "had glasses fitted here"},
	},
}

func tradeOf(key string) trade {
	if t, ok := trades[key]; ok {
		return t
	}
	return trades[""]
}

func times(n int) string {
	switch n {
	case 1:
		return "once"
	case 2:
		return "twice"
	}
	return fmt.Sprintf("%d times", n)
}

// counted fills zh with n and en with "once", "twice", "5 times".
func counted(t Text, n int) Text {
	return Text{ZH: fmt.Sprintf(t.ZH, n), EN: fmt.Sprintf(t.EN, times(n))}
}

// Explain says in the street's plain words why the level is what it is: one sentence, or two after a silence.
func (f LevelFacts) Explain(at time.Time) []Text {
	b := f.Bond(at)
	if f.Complaint {
		return []Text{{"有件事还没说妥，先算没有关系。", "Something is not settled yet, so for now there is no relation."}}
	}
	if b.EverBuy == 0 {
		return []Text{{"还没" + tradeOf(f.Trade).also.ZH + "。", "Nothing bought here yet."}}
	}
	reasons := []Text{f.done(b)}
	if b.Fell > 0 {
		reasons = append(reasons, fell(b, at))
	}
	return reasons
}

// done says what was bought, and what else counted.
func (f LevelFacts) done(b Bond) Text {
	t := f.boughtText(b)
	if b.TookPart > 0 {
		t.ZH += fmt.Sprintf("，参加、说话有 %d 回", b.TookPart)
		t.EN += ", took part " + times(b.TookPart)
	}
	if b.Brought > 0 {
		t.ZH += fmt.Sprintf("，请来的 %d 位街坊%s", b.Brought, tradeOf(f.Trade).also.ZH)
		t.EN += fmt.Sprintf(", and %s %s", neighbours(b.Brought), tradeOf(f.Trade).also.EN)
	}
	return Text{ZH: t.ZH + "。", EN: t.EN + "."}
}

func neighbours(n int) string {
	if n == 1 {
		return "a neighbour they brought"
	}
	return fmt.Sprintf("%d neighbours they brought", n)
}

func (f LevelFacts) boughtText(b Bond) Text {
	did := tradeOf(f.Trade).did
	if b.Bought > 0 {
		return counted(Text{"半年里" + did.ZH, "In half a year " + did.EN}, b.Bought)
	}
	return counted(Text{"从前" + did.ZH + "，这半年没有", "Earlier " + did.EN + ", not in this half year"}, b.EverBuy)
}

// fell says how long it has been quiet and what that took.
func fell(b Bond, at time.Time) Text {
	before := b.Level + Level(b.Fell)
	zh, en := quietFor(int(at.Sub(b.Last).Hours() / 24))
	return Text{
		ZH: fmt.Sprintf("有 %s没去，从%s落了 %d 级。", zh, before.Name().ZH, b.Fell),
		EN: fmt.Sprintf("Quiet for %s: down %s from %q.", en, steps(b.Fell), before.Name().EN),
	}
}

func steps(n int) string {
	if n == 1 {
		return "one level"
	}
	return fmt.Sprintf("%d levels", n)
}

func quietFor(days int) (zh, en string) {
	if days >= 60 {
		return fmt.Sprintf("%d 个月", days/30), fmt.Sprintf("%d months", days/30)
	}
	return fmt.Sprintf("%d 天", days), fmt.Sprintf("%d days", days)
}

// Next says the nearest thing that makes the relation closer.
func (f LevelFacts) Next(at time.Time) Text {
	b := f.Bond(at)
	if f.Complaint {
		return Text{"说妥就恢复", "It comes back once this is settled"}
	}
	if b.Fell > 0 || b.Level == LevelNone {
		return f.nextByBuying(b, at)
	}
	switch b.Level {
	case LevelMicro:
		return needPurchases(weakPurchases - b.Bought)
	case LevelWeak:
		return needTakingPart(strongTookPart - b.TookPart)
	case LevelStrong:
		also := tradeOf(f.Trade).also
		return Text{"请来一位" + also.ZH + "的街坊，就是超强关系", "Bring one neighbour who " + also.EN + " and it is \"Closest\""}
	}
	return Text{"最亲就是这样了", "It cannot get closer than this"}
}

// nextByBuying tries one purchase now and says what it would make of the relation.
func (f LevelFacts) nextByBuying(b Bond, at time.Time) Text {
	then := f
	then.Bought = append(append([]time.Time(nil), f.Bought...), at)
	level, once := then.Bond(at).Level, tradeOf(f.Trade).once
	if b.Fell > 0 && level >= b.Level+Level(b.Fell) {
		return Text{once.ZH + "就回来", "It comes back by " + once.EN}
	}
	if level > b.Level {
		return Text{once.ZH + "，就是" + level.Name().ZH, "By " + once.EN + " it is \"" + level.Name().EN + "\""}
	}
	return Text{once.ZH + "，就不再往下落", "It falls no further by " + once.EN}
}

func needPurchases(n int) Text {
	return counted(Text{"半年里再买 %d 回，就是弱关系", "Buy %s more within half a year and it is \"Light\""}, max(1, n))
}

func needTakingPart(n int) Text {
	return counted(Text{"店里的事再参加 %d 回，就是强关系", "Take part %s more and it is \"Strong\""}, max(1, n))
}
