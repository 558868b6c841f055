package advert

// mark is one of the ways an offer talks. A neighbour who tells of a price uses one of them; who sells uses several at once,
// whatever it is that is sold.
type mark struct {
	name string
	re   pattern
}

const (
	sum  = `[\d一二三四五六七八九十百千两半]+`
	unit = `(一)?(平|单|套|趟|次|张|台|分|年|月|天|节|小时|盒|条|位|件|个|副|份|斤|枚|只|双)`
)

var marks = []mark{
	// What it costs, by the piece.
	{"a price", compile(sum + `(元|块|毛)?一` + unit[len(`(一)?`):] + `|(一|每|半)` + unit[len(`(一)?`):] + sum + `(元|块|毛|$|[,。])?|` + sum + `(斤|盒|件|枚装|只|套|节)` + sum + `(元|块|包|$|[,。])|` + sum + `(元|块)?(全包|起步?($|[,。]))|一(千粉|百人)` + sum + `|` + sum + `(粉|人)` + sum + `(块|元)|(只要|才|仅|特价|现价|今天|低至)` + sum + `(元|块)|\d+元\d+g|原价` + sum + `|首付` + sum + `|月(薪|入|回)` + sum + `|[\d一二三四五六七八九](\.\d)?折|便宜` + sum + `成|不收费|\$\d+|half price|best price`)},
	// What goes with it: nobody gives a guarantee to a neighbour.
	{"terms", compile(`货到付款|到付|买` + sum + `送|[满做]?` + sum + `(盒|斤|副|节|件|套|元|百)?送|送` + sum + `?(节|副|相册|礼|木|样)|包(退|换|过|会|教|真|吃住|赔|机票|半年|一年|回收)|假一赔|保真|退(费|钱|款|一半)|没效果|不好(用|吃)?不要钱|质保|(不|没).{1,3}不(成|收|要钱)|先.{1,6}后付|免费(寄|量|上门|试|测|咨询|体验|出图|再来|登记|三天|七天)|(首月|首次|首单|量尺|上门|复发)免费|免运费|体验.{0,4}(送|免费)|支持(验|检测)|返点|工厂价|出厂价|市场价|直发|直邮|直送|包邮|` + sum + `(盒|只|斤|件|条)起|有偿|现款|押金|签合同|` + sum + `(天|分钟|小时)(内)?(交|学会|改好|见效|出图|到|做好)|当天(批|装|到|放|上门)|上门(教|量|看|安|贴)|全国通用|money back|get \d free|\d+% off|no experience|free delivery|first (visit|month)|cash (today|paid)|in a week`)},
	// Why now.
	{"urge", compile(`名额|赶紧|抓紧|接单到|先到先得|限时|长期(收|招|做|合作|有效)|随叫随到|随时|接单|档期|预[定约]|先订|起步价|24小时|夜里也|天天上新|每天上新|spots limited|order (now|today)|today only`)},
	// What to do about it.
	{"a call", compile(`找我|加我|微我|v我|私[你我聊信]|[的想]私$|私聊|我私|要的(来|留|找|私|加|扣)|想做的|约的|咨询|联系|找.{0,5}(经理|老师|大师|师傅)|[找加]大?(老|小)[\p{Han}]|加大师|电话(在|见)|看图|报名|扣1|询价|发我|下单|喊我|进群|加[\p{Han}]{0,2}娘|头像|电话同|有意|(message|text|whatsapp|contact|dm|call) (me|us)|click my profile|order at`)},
	// A trade that no shop of a street needs the neighbours' talk for.
	{"trade", compile(`代(取|排|跑|购|办|缴|刷|写|考|发|运营|驾)|批发|零售|拿货|囤货|涨粉|直播间|上首页|流量卡|宽带|楼盘|看房|抵押|贷|保险|移民|绿卡|算命|风水|看相|一对一|名校|提分|低价(团|出|收)|(出|收|售|转让|回收)(微信|小号|老号|账号|驾照|指标|手机|黄金|烟|酒|旧)|账号(出售|转让)|(高价|长期|上门)收|辅助验证|互赞|助力|疏通|开锁|装修找|全包|专车|接送机|检测|治理|小程序|纹眉|祛斑|疗程|减肥|老中医|一贴|理疗|健康课|讲座|体验店|养生|公寓|月嫂|开发|招人|招\p{Han}{0,3}员|加盟|招商|tutors|loans?|crypto|followers|designer|replica|hot girls|earn (daily|money|\$)`)},
}

// offers weighs how many of the marks a text bears: three of them with a way to take it up are an offer, two that go together
// are a doubt. A mark by itself weighs nothing, but is heard.
func (l line) offers() []signal {
	has := map[string]bool{}
	var found []signal
	first := 0
	for _, m := range marks {
		at := l.tight.find(m.re)
		if at == nil {
			continue
		}
		has[m.name] = true
		if m.name == "trade" {
			first = len(found)
		}
		found = append(found, signal{rule: "services", mark: m.name, evidence: l.evidence(l.tight, at[0], at[1])})
	}
	weight := 0
	switch count := len(found); {
	case count >= 3 && (has["a call"] || has["trade"]):
		weight = Sure
	case count >= 3, has["trade"] && count == 2, has["terms"] && count == 2, has["a price"] && has["a call"]:
		weight = doubtWeight
	}
	if weight > 0 {
		found = append(found, signal{rule: "services", weight: weight, evidence: found[first].evidence})
	}
	return found
}
