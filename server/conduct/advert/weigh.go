package advert

import "regexp"

// signal is one thing that speaks for an advert.
type signal struct {
	rule     string
	weight   int
	evidence string
	topic    bool // what it is about, not how to reach somebody
	word     bool // a topic's word, which neighbours use, too
	hard     bool // nobody writes this for a neighbour's sake: it was hidden, or sells what may not be sold
	mark     string
}

// trait is the signal's name for the judge's ear.
func (s signal) trait() string {
	switch {
	case s.mark != "":
		return s.mark
	case s.hard:
		return s.rule + "!"
	case s.weight >= Sure:
		return s.rule + "+"
	}
	return s.rule
}

const (
	sureWeight  = 8
	doubtWeight = 4
)

// signals gathers what speaks for an advert in a text.
func (j Judge) signals(t Text, l line) []signal {
	var found []signal
	if c, ok := l.accounts(); ok {
		found = append(found, signal{rule: c.rule, weight: sureWeight, evidence: c.evidence, hard: true})
	} else if m := l.tight.find(wechatAsk); m != nil {
		found = append(found, signal{rule: "wechat", weight: 2, evidence: l.evidence(l.tight, m[0], m[1])})
	}
	if m := l.plain.groups(loneAccount); m != nil && !noAccount.MatchString(l.tight.text) && len(found) == 0 {
		found = append(found, signal{rule: "account", weight: doubtWeight, evidence: l.evidence(l.plain, m[2], m[3])})
	}
	if n, evidence, ok := l.telephone(); ok {
		s := signal{rule: "phone", weight: doubtWeight, evidence: evidence}
		if n.hidden {
			s = signal{rule: "phone_hidden", weight: sureWeight, evidence: evidence, hard: true}
		} else if services.MatchString(l.tight.text) {
			s.weight = Sure
		}
		found = append(found, s)
	}
	found = append(found, j.linkSignals(l)...)
	found = append(found, codeSignals(t, l)...)
	if token := l.plain.find(shareToken); token != nil {
		found = append(found, signal{rule: "freebie", weight: sureWeight, evidence: l.evidence(l.plain, token[0], token[1])})
	}
	if w, v := l.tight.find(whisper), l.tight.find(vague); w != nil && v != nil {
		found = append(found, signal{rule: "bait", weight: sureWeight, evidence: l.evidence(l.tight, min(w[0], v[0]), max(w[1], v[1]))})
	}
	found = append(found, l.about(topics)...)
	found = append(found, l.offers()...)
	found = append(found, j.photographed(t, l)...)
	found = append(found, l.spoken()...)
	return append(found, l.about(pitches)...)
}

// query is a link's own question mark, which asks nobody.
var query = regexp.MustCompile(`\?[a-z0-9_]`)

var lure = regexp.MustCompile(`领|免费|注册|下载|送|红包|助力|砍|点这|点击|点一下|点进|点开|惊喜|投.{0,2}票|抽|复制|秒杀|内部|福利|优惠|赚|入口|投票|补贴|名额|free|money|join|bitcoin|visit|彩金|看片|折|\d+% ?off|order|漏`)

// shareToken is what is to be pasted elsewhere: an app's token between two signs, a code for whoever brings somebody in.
var shareToken = compile(`[¥￥$€₤《#][a-z0-9]{8,14}[¥￥$€₤》#]|(邀请码|推荐码|口令)[: 是]{0,3}[a-z0-9]{4,10}`)

func (j Judge) linkSignals(l line) []signal {
	found, ok := j.links(l)
	if !ok {
		return nil
	}
	s := signal{rule: "link", weight: doubtWeight, evidence: found.evidence}
	if found.hidden {
		return []signal{{rule: "link_hidden", weight: sureWeight, evidence: found.evidence, hard: true}}
	}
	if lure.MatchString(l.tight.text) {
		s.weight = sureWeight
	}
	return []signal{s}
}

var (
	scan   = compile(`(扫|识别|长按|识图|保存图片|用微信打开)`)
	toJoin = regexp.MustCompile(`(进|入|加).{0,6}群|加我|好友|资料|名额|添加|抽奖|优惠|加好友|关注公?|下载|注册|福利|红包|领|送`)
	code   = regexp.MustCompile(`码|扫一扫|快扫`)
	pays   = regexp.MustCompile(`店里|进店|点单|付款|收款|付钱|店门|桌|柜台|收银|会员码|[吗呢么]|\?|没反应|扫不`)
)

// codeSignals weighs a QR code, in the picture or in the words.
func codeSignals(t Text, l line) []signal {
	text := l.tight.text
	invites := l.tight.has(scan) && (code.MatchString(text) || t.QR) && toJoin.MatchString(text) && !pays.MatchString(text)
	switch {
	case t.QR && (l.bare.text == "" || l.bare.text == "图片" || (toJoin.MatchString(text) || l.tight.has(scan)) && !pays.MatchString(text)):
		return []signal{{rule: "qr", weight: sureWeight, evidence: string(l.runes), hard: true}}
	case invites:
		return []signal{{rule: "qr", weight: sureWeight, evidence: string(l.runes)}}
	case t.QR && !pays.MatchString(text):
		return []signal{{rule: "qr", weight: doubtWeight, evidence: string(l.runes)}}
	}
	return nil
}

// about finds what a list of topics has in a text; of one rule only the heaviest counts.
func (l line) about(list []topic) []signal {
	var found []signal
	seen := map[string]bool{}
	for _, t := range list {
		m := l.tight.find(t.re)
		if m == nil || seen[t.rule] {
			continue
		}
		seen[t.rule] = true
		found = append(found, signal{rule: t.rule, weight: t.weight, evidence: l.evidence(l.tight, m[0], m[1]), hard: t.weight >= sureWeight, topic: true, word: t.weight < sureWeight})
	}
	return found
}

// weigh adds up what speaks for an advert and sets against it what does not: a warning, a question, a neighbour's own
// matter, a store that speaks of its own goods.
func weigh(t Text, found []signal, c clues) Finding {
	f := Finding{Verdict: OK}
	heaviest, hard := 0, false
	for _, s := range found {
		f.Score += s.weight
		hard = hard || s.hard
		if s.weight > heaviest {
			heaviest, f.Rule, f.Evidence = s.weight, s.rule, s.evidence
		}
	}
	switch {
	case c.retold, c.warns && !c.feigns && (!c.reached || c.tells):
		return Finding{Verdict: OK, Score: f.Score, Rule: ruleWarning}
	case f.Score < Doubt:
		return Finding{Verdict: OK, Score: f.Score}
	case t.Merchant:
		return merchant(f, found)
	case heaviest < doubtWeight && !c.own:
		return Finding{Verdict: OK, Score: f.Score}
	case c.own && !sells(found):
		f.Verdict = Review
	case c.doubts && !c.reached, c.asks && !hard:
		return asked(f)
	case f.Score >= Sure:
		f.Verdict = Ad
	default:
		f.Verdict = Review
	}
	return f
}

// reached tells whether the text says how to reach somebody off the street.
func reached(found []signal) bool {
	for _, s := range found {
		switch s.rule {
		case "wechat", "qq", "messenger", "account", "phone_hidden", "link_hidden":
			if s.hard {
				return true
			}
		}
	}
	return false
}

// asked is for a question: it is no offer, but a number beside it is for a person to look at.
func asked(f Finding) Finding {
	if f.Score < Sure {
		return Finding{Verdict: OK, Score: f.Score}
	}
	f.Verdict = Review
	return f
}

// sells tells whether something was found that is no neighbour's own matter.
func sells(found []signal) bool {
	for _, s := range found {
		if s.hard && s.rule != "wechat" {
			return true
		}
	}
	return false
}

// forbidden is what a store of the street may not offer either.
var forbidden = map[string]bool{"brushing": true, "loans": true, "gambling": true, "investing": true, "papers": true, "pyramid": true, "adult": true, "chain": true}

// merchant judges a store that speaks of its own goods: its number and its account are where customers reach it.
func merchant(f Finding, found []signal) Finding {
	for _, s := range found {
		if forbidden[s.rule] && s.hard || s.rule == "link_hidden" {
			return Finding{Verdict: Review, Rule: s.rule, Evidence: s.evidence, Score: f.Score}
		}
	}
	return Finding{Verdict: OK, Score: f.Score}
}
