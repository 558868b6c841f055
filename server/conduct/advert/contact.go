package advert

import "regexp"

// How people write the ways to reach them off the street. In a class, every character that is read or drawn like it.
const (
	we      = `[微薇徽㣲嶶徾溦癓威崴维唯魏卫未蔚苇韦玮炜喂歪为惟伟葳危味围尾纬慰胃谓畏巍潍猥娓帷偎违委桅]`
	xin     = `(?:[信芯心欣辛馨新星鑫讯伩薪锌忻昕歆莘衅兴忄]|xin|x)`
	gap     = `[^\p{Han}a-z0-9+]{0,4}`
	add     = `(?:[加伽佳茄嘉珈家咖架迦枷➕+]|jia|add)`
	account = `@?[a-z0-9][a-z0-9_.\-]{3,}`
	marked  = `@?[a-z][a-z0-9.\-]*[_\-0-9][a-z0-9_.\-]{2,}` // an account by its look: letters with digits or a low line
	certain = `@?[a-z][a-z0-9.\-]*_[a-z0-9_.\-]{2,}`        // nothing but an account has a low line
	between = `[号:是搜为账帐号码同步更新看款详聊我了解咨询备注领用户名id☞>=~找查认准,、 ]*`
)

var (
	// A channel that no other word looks like, then an account.
	wechatAccount = compile(`(?:微信|wechat|weixin|wei ?xin|vx|wx|v信|v心|v芯|vxin|wei信|微xin|绿泡泡|绿色软件|绿色聊天软件|小绿书?|[微薇徽]心)` + gap + between + gap + `(` + account + `)`)
	// A channel in disguise, then something that looks like an account.
	wechatTwin = compile(`(?:` + we + gap + xin + `+|` + we + `[信心芯]?号|` + add + gap + `(?:我|个)?` + gap + `的?` + gap + `(?:` + we + `|v)` + gap + xin + `?|` + we + `|v` + gap + `[心信x❤号]+|(?:^|[^a-z0-9])v+)` + gap + between + gap + `(` + marked + `)`)
	// Whatever stands before 信 or sounds like it, where an account beyond doubt follows: the next disguise is not in any list.
	wechatAny = compile(`(?:\p{Han}` + gap + xin + `|[a-z]` + gap + `[信芯心新星]` + `)` + gap + between + gap + `(` + certain + `)`)
	// The account first.
	wechatAfter = compile(`(` + marked + `)` + gap + `(?:是|加|的)*` + gap + `(?:微信|vx?|wx|` + we + xin + `|薇|威)(?:$|[^a-z0-9])`)
	wechatAsk   = compile(add + gap + `(?:我|个|下|一下|老板|店主)?` + gap + `的?(?:微信|v信|vx|wx|v(?:$|[^a-z0-9])|[薇徽威溦㣲]|` + `[薇徽㣲溦微]` + xin + `|卫星|威信|绿泡泡|qq|扣扣|企鹅)`)
	// A channel, then an account a piece at a time: vx: ab c1 23 45.
	wechatPieces = compile(`(?:微信号?|wechat|vx|wx|v信)[号: ]{0,4}((?:[a-z0-9_]{1,3} ){2,}[a-z0-9_]{1,4})(?:$|[^a-z0-9])`)
	qqAccount    = compile(`(?:qq|扣扣|抠抠|叩叩|蔻蔻|秋秋|丘丘|球球|企鹅|球群|腾讯|鹅厂|(?:^|[^a-z])q|扣|抠)` + gap + `(?:[号群裙君羊峮:是我]|加|搜|聊|联系)*` + gap + `(\d(?: ?\d){5,10})(?:$|\D)`)
	groupNumber  = compile(`(?:[加进入伽]|搜)?[群裙峮](?:号码?|聊)?` + gap + `(\d{7,10})(?:$|\D)`)
	farAccount   = compile(`(?:飞机|纸飞机|电报|telegram|(?:^|[^a-z])tg|蝙蝠|土豆|whats ?app|potato|skype|signal|(?:^|[^a-z])line)` + gap + `(?:[号群搜聊:]|频道|me|id|on)*` + gap + `(\+?` + account + `|\+\d[\d ]{5,})`)
	farAfter     = compile(`(` + marked + `)` + gap + `(?:on|at)?` + gap + `(?:telegram|tg|whats ?app|wechat)`)
	anAccount    = compile(`(?:联系|截图给|发给|找|私|搜|咨询|认准|客服|备注|contact|add|dm|加我?|@)` + gap + `(` + marked + `)`)
	anyMarked    = compile(`(?:^|[^a-z0-9_.\-])(` + marked + `)`)
	loneAccount  = compile(`(?:^|[^a-z0-9_.\-])(` + certain + `)`)
	noAccount    = regexp.MustCompile(`密码|wifi|无线|网络|文件|型号|热点`)
	digitsOnly   = regexp.MustCompile(`^[0-9.\-]{1,5}$`)
)

// contact is a way to reach somebody off the street.
type contact struct {
	rule     string
	evidence string
}

// apart finds somebody who asks to be added, and an account elsewhere in the text.
func (l line) apart() (contact, bool) {
	if !l.tight.has(wechatAsk) {
		return contact{}, false
	}
	for _, v := range [...]view{l.plain, l.tight} {
		if m := v.groups(anyMarked); m != nil && m[3]-m[2] >= 6 {
			return contact{"wechat", l.evidence(v, m[2], m[3])}, true
		}
	}
	return contact{}, false
}

// channels are the ways to write a channel and an account.
var channels = []struct {
	rule string
	re   pattern
}{
	{"wechat", wechatAccount}, {"wechat", wechatTwin}, {"wechat", wechatAfter}, {"wechat", wechatPieces},
	{"wechat", wechatAny}, {"qq", qqAccount}, {"qq", groupNumber}, {"messenger", farAccount}, {"messenger", farAfter},
	{"account", anAccount}, {"messenger", messenger},
}

// accounts finds a channel with an account beside it.
func (l line) accounts() (contact, bool) {
	views := [...]view{l.plain, l.arabic}
	for _, form := range channels {
		for _, v := range views {
			m := v.groups(form.re)
			if m == nil || len(m) > 3 && m[2] >= 0 && digitsOnly.MatchString(v.text[m[2]:m[3]]) {
				continue
			}
			return contact{form.rule, l.evidence(v, m[0], m[1])}, true
		}
	}
	return l.apart()
}
