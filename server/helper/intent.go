package helper

import "strings"

// Intent is what a question is about.
type Intent string

// What the helper can be asked. Unknown is a question for a person.
const (
	Unknown Intent = ""
	Today   Intent = "today"   // what is on
	Open    Intent = "open"    // what is open, until when
	Coupons Intent = "coupons" // the asker's own
	Claims  Intent = "claims"  // what can be claimed
	Points  Intent = "points"  // the asker's own
	Levels  Intent = "levels"  // how they work
	Where   Intent = "where"   // where to find something
	Taught  Intent = "taught"  // what the street or a store has taught
)

// Private tells whether the answer is the asker's own: it is not told in the feed.
func (i Intent) Private() bool { return i == Coupons || i == Points }

// enough is the score from which a question counts as understood, and lead by how much it must beat the next one.
const (
	enough = 4
	lead   = 1
)

// cue is a piece of a question that speaks for an intent. A Latin cue is whole words, a Chinese one any run of characters; with
// a blank behind it, one that ends the question.
type cue struct {
	text   string
	weight int
}

// cues are what people say, by intent: what is only ever said about it weighs enough alone, what is said about other
// things too needs company.
var cues = map[Intent][]cue{
	Today: {
		{"今天有什么 ", 4}, {"今晚有什么 ", 4}, {"今天有什么呢 ", 4}, {"今天有什么吗 ", 4}, {"玩", 2}, {"放电影", 4}, {"有什么事", 2}, {"搞什么", 3}, {"fun", 2}, {"going on tonight", 4}, {"anything on", 4},
		{"今天", 2}, {"今晚", 2}, {"今儿", 2}, {"晚上", 1}, {"明天", 1}, {"这周", 1}, {"周末", 1}, {"活动", 3}, {"有什么", 1}, {"有啥", 1}, {"热闹", 3}, {"好玩", 3}, {"节目", 3}, {"赶集", 4}, {"集市", 3}, {"逢集", 4}, {"办什么", 3}, {"什么事", 1}, {"新鲜事", 3},
		{"today", 2}, {"tonight", 3}, {"going on", 4}, {"happening", 4}, {"event", 3}, {"events", 3}, {"what is on", 4}, {"whats on", 4}, {"market day", 4}, {"this weekend", 2}, {"anything fun", 3}, {"to do", 2},
	},
	Open: {
		{"没关", 3}, {"关没关", 5}, {"开没", 3}, {"关没", 3}, {"开吗", 4}, {"还有人", 2}, {"晚上还有", 2}, {"the hours", 4}, {"still open", 5},
		{"开门", 4}, {"开着", 4}, {"营业", 4}, {"打烊", 4}, {"关门", 4}, {"几点开", 4}, {"几点关", 4}, {"开到几点", 5}, {"还开", 4}, {"开不开", 4}, {"开了吗", 4}, {"开没开", 4}, {"关了吗", 4}, {"下班", 4}, {"几点", 1}, {"现在", 1}, {"哪家", 2}, {"哪家开", 4}, {"谁家", 1},
		{"open", 4}, {"opening", 4}, {"opens", 4}, {"close", 4}, {"closes", 4}, {"closed", 4}, {"closing", 4}, {"hours", 3}, {"how late", 4}, {"still there", 2},
	},
	Coupons: {
		{"券在哪", 7}, {"券去哪", 7}, {"券呢", 4}, {"领过", 3}, {"抢到", 3}, {"几张券", 4}, {"我那些", 2}, {"什么时候过期", 4}, {"voucher", 2}, {"do i still have", 3}, {"run out", 3},
		{"我的券", 5}, {"我有什么券", 6}, {"我有几张券", 6}, {"我还有", 2}, {"我有", 2}, {"券夹", 5}, {"手里", 2}, {"快到期", 4}, {"过期", 3}, {"到期", 3}, {"能用的券", 4}, {"没用的券", 4}, {"没用完", 3}, {"券", 2},
		{"my coupons", 5}, {"my coupon", 5}, {"my vouchers", 5}, {"wallet", 4}, {"do i have", 2}, {"i have", 1}, {"expire", 3}, {"expires", 3}, {"expiring", 3}, {"left to use", 3}, {"coupon", 2}, {"coupons", 2}, {"vouchers", 2},
	},
	Claims: {
		{"券领", 4}, {"有打折", 6}, {"get a coupon", 4}, {"get coupons", 4},
		{"领券", 5}, {"能领", 3}, {"可以领", 3}, {"领什么", 4}, {"哪里领", 4}, {"优惠", 4}, {"打折", 4}, {"便宜", 5}, {"折扣", 4}, {"促销", 4}, {"新券", 4}, {"发券", 4}, {"抢券", 4}, {"有券", 3}, {"券", 2}, {"满减", 4},
		{"discount", 4}, {"discounts", 4}, {"deal", 4}, {"deals", 4}, {"offers", 4}, {"offer", 3}, {"claim", 3}, {"sale", 4}, {"cheaper", 4}, {"coupon", 2}, {"coupons", 2}, {"vouchers", 2},
	},
	Points: {
		{"多少积分", 5}, {"point", 4}, {"my points", 5}, {"多少分了", 4},
		{"积分", 4}, {"多少分", 4}, {"几分", 4}, {"攒了", 3}, {"我的分", 4},
		{"points", 4}, {"my balance", 4}, {"how many points", 5},
	},
	Levels: {
		{"super mean", 4}, {"does super", 4}, {"level up", 5},
		{"等级", 5}, {"层级", 5}, {"级别", 5}, {"升级", 5}, {"强关系", 5}, {"弱关系", 5}, {"微关系", 5}, {"超强", 4}, {"怎么升", 5}, {"关系", 2}, {"掉级", 5}, {"降级", 5}, {"徽章", 4}, {"老熟人", 4}, {"熟客", 4},
		{"level", 5}, {"levels", 5}, {"rank", 4}, {"badge", 4}, {"regular", 3}, {"strong tie", 5}, {"upgrade", 4}, {"status", 3},
	},
	Where: {
		{"who sell", 5}, {"上哪", 4}, {"找哪个", 3}, {"找谁", 2}, {"去谁家", 5}, {"哪里有卖", 6}, {"哪里卖", 5}, {"哪里买", 5},
		{"哪里", 3}, {"哪儿", 3}, {"在哪", 4}, {"哪家", 4}, {"哪有", 4}, {"谁家", 4}, {"什么地方", 4}, {"怎么走", 4}, {"找", 1}, {"买", 2}, {"卖", 3}, {"修", 2}, {"配", 1}, {"地址", 4}, {"有没有卖", 5}, {"位置", 4},
		{"where", 4}, {"which shop", 4}, {"which store", 4}, {"who sells", 5}, {"find", 3}, {"buy", 3}, {"sell", 3}, {"sells", 3}, {"address", 4}, {"how do i get to", 4}, {"looking for", 3},
	},
}

// has tells whether a cue stands in a plain text.
func has(text, cue string) bool {
	if cue[0] < 0x80 {
		return strings.Contains(text, " "+cue+" ")
	}
	return strings.Contains(text, cue)
}

// Understand tells what a question is about. Of cues that lie within each other only the longest counts.
func Understand(question string) Intent {
	text := plain(question)
	best, second, what := 0, 0, Unknown
	for intent, list := range cues {
		switch score := score(text, list); {
		case score > best:
			best, second, what = score, best, intent
		case score > second:
			second = score
		}
	}
	if best < enough || best-second < lead {
		return Unknown
	}
	return what
}

func score(text string, list []cue) int {
	sum := 0
	for _, c := range list {
		if has(text, c.text) && !within(text, c, list) {
			sum += c.weight
		}
	}
	return sum
}

func within(text string, c cue, list []cue) bool {
	for _, other := range list {
		if len(other.text) > len(c.text) && strings.Contains(other.text, c.text) && has(text, other.text) {
			return true
		}
	}
	return false
}

// thing is what a where-question looks for: the question without what asks.
func thing(question string) string {
	text := plain(question)
	for _, c := range cues[Where] {
		if c.text[0] < 0x80 {
			text = strings.ReplaceAll(text, " "+c.text+" ", " ")
		} else {
			text = strings.ReplaceAll(text, c.text, " ")
		}
	}
	for _, word := range []string{"可以", "能", "有", "的", "吗", "呢", "啊", "我想", "想", "要", "点", "一下", "街上", "东西"} {
		text = strings.ReplaceAll(text, word, " ")
	}
	for _, word := range []string{"can", "i", "a", "an", "the", "some", "is", "are", "do", "does", "to", "get", "here", "shop", "store"} {
		text = strings.ReplaceAll(text, " "+word+" ", " ")
	}
	return strings.TrimSpace(text)
}
