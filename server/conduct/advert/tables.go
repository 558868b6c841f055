package advert

import "strings"

// emoji that are written for a word.
var emoji = map[rune]string{
	'❤': "心", '♥': "心", '♡': "心", '❥': "心", '💗': "心", '💖': "心", '💕': "心", '💓': "心", '🧡': "心", '💛': "心", '💚': "心", '💙': "心", '💜': "心", '🖤': "心",
	'➕': "加", '✚': "加", '✙': "加", '＋': "+", '🐧': "企鹅", '✈': "飞机", '🛩': "飞机", '🛫': "飞机", '🛰': "卫星", '📞': "电话", '☎': "电话", '📱': "电话", '☏': "电话",
	'✌': "v", '👗': "裙", '🧧': "红包", '〇': "零", '○': "零", '⭕': "零", '💬': "微信", '🈵': "满", '🐑': "羊", '🐏': "羊", '🥔': "土豆", '🦇': "蝙蝠", '➜': ">", '♀': "", '♂': "",
}

// twins are characters that are read as another one: other alphabets' letters, and the traditional form of the words
// that the rules know.
var twins = pairs(
	"аaвbеeнhкkмmоoрpсcтtуyхxіiѵvѕsԛqԝw" + // Cyrillic
		"αaβbεeηnιiκkνvοoρpτtυuχxωw" + // Greek
		"з3ɑaɡgııʋvⅤv∨vㄧ一❌x✖xㄨx" +
		"資资貸贷電电話话聯联絡络係系長长購购舊旧機机價价號号進进羣群領领紅红優优減减專专業业辦办證证賺赚錢钱掃扫碼码維维圖图額额員员軟软團团獎奖補补單单職职" +
		"當当場场賭赌開开關关註注冊册點点擊击鏈链質质貨货廠厂發发銷销現现無无費费體体驗验萬万個个還还賬账帳账戶户籌筹幣币漲涨師师藥药療疗術术線线轉转錶表" +
		"網网視视頻频親亲這这來来們们時时間间結结會会說说請请問问嗎吗誰谁賣卖買买給给過过對对後后區区級级門门歡欢詢询諮咨週周尋寻傭佣備备試试獲获禮礼滿满" +
		"戲戏樂乐選选課课學学醫医濕湿產产護护膚肤簡简盤盘搶抢殺杀僅仅餘余讓让幫帮飛飞報报雞鸡徵征聖圣彙汇匯汇債债務务組组織织貧贫賠赔貼贴財财貿贸資资實实" +
		"緊紧轟轰隱隐齡龄龍龙雙双兩两從从參参與与變变壓压糧粮廣广應应擔担億亿傳传條条類类頭头題题馬马車车衛卫衞卫伈信韋韦蕭萧瘋疯騙骗際际險险鐘钟鑒鉴閱阅鄰邻")

func pairs(table string) map[rune]rune {
	runes := []rune(table)
	m := make(map[rune]rune, len(runes)/2)
	for i := 0; i+1 < len(runes); i += 2 {
		m[runes[i]] = runes[i+1]
	}
	return m
}

// digits are the characters that are read as a digit: as people count, as they spell a number over the phone, and as
// they hide one.
var digits = digitTable("0零洞", "1一壹幺妖腰", "2二贰两", "3三叁仨", "4四肆", "5五伍", "6六陆", "7七柒拐", "8八捌", "9九玖勾")

// lookalikes are letters that are drawn like a digit; they are one only among digits.
var lookalikes = digitTable("0oq", "1il|", "2z", "5s", "6b", "9g")

func digitTable(rows ...string) map[rune]rune {
	m := map[rune]rune{}
	for _, row := range rows {
		d := rune(row[0])
		for _, r := range strings.TrimPrefix(row, string(d)) {
			m[r] = d
		}
	}
	return m
}

// sounds are characters that sound like a digit; they are one only in a whole number of them.
var sounds = digitTable("0林凌灵铃令邻临淋领龄玲棱圈蛋欧", "1依医衣伊姨易亿义要咬夭么邀摇", "2俩尔儿耳而饵", "3散伞山删衫", "4似死司寺丝思撕私", "5舞午屋吴无武雾勿物", "6刘流留溜榴琉", "7期齐气起妻奇其骑", "8吧巴扒爸霸把拔发", "9酒久旧就救舅揪")

// parts are characters that were taken apart, so that no list of words knows them.
var parts = map[[2]rune]rune{
	{'亻', '言'}: '信', {'彳', '敖'}: '微', {'彳', '散'}: '微', {'彳', '山'}: '微', {'山', '微'}: '微', {'力', '口'}: '加', {'亻', '弋'}: '代', {'禾', '厶'}: '私', {'贝', '兼'}: '赚',
	{'君', '羊'}: '群', {'亻', '尔'}: '你', {'艹', '微'}: '薇', {'讠', '正'}: '证', {'亻', '贝'}: '贷', {'代', '贝'}: '贷',
}
