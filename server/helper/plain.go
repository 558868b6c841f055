package helper

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// fillers are said around a question and tell nothing of it.
var fillers = []string{"@小二", "小二", "@xiaoer", "xiaoer", "请问", "麻烦", "你好", "您好", "hello", "please"}

// sameAs is how one thing is written in other ways: the characters that phones offer first, the words of other dialects,
// and what people type short. The longer comes first.
var sameAs = strings.NewReplacer(
	"劵", "券", "卷", "券", "优惠券", "券", "积份", "积分", "开们", "开门", "关们", "关门", "優惠", "优惠", "積分", "积分", "門", "门", "開", "开", "關", "关", "買", "买", "賣", "卖", "裡", "里", "裏", "里", "幾", "几", "級", "级",
	"今儿个", "今天", "今朝", "今天", "今日", "今天", "今儿", "今天", "明儿", "明天", "明朝", "明天", "听日", "明天", "晚黑", "今晚", "夜里头", "晚上", "夜里", "晚上", "礼拜", "周", "星期", "周", "而今", "现在", "这个点", "现在", "这会子", "现在",
	"啥子", "什么", "撒子", "什么", "么子", "什么", "咩", "什么", "啥", "什么", "什麼", "什么", "咋个", "怎么", "咋", "怎么", "哪哈", "哪里", "哪块", "哪里", "边度", "哪里", "哪儿", "哪里", "几多", "多少", "好多分", "多少分",
	"有冇得", "有没有", "有冇", "有没有", "有没得", "有没有", "没得", "没有", "赶场", "赶集", "赶圩", "赶集", "白相", "好玩", "耍", "好玩", "事体", "事", "开起", "开着", "开伐", "开吗", "到日子", "到期", "看哈", "看一下", "查哈", "查一下",
	"哪个店", "哪家", "哪些店", "哪家", "哪间店", "哪家",
	" r ", " are ", " 2day ", " today ", " tonite ", " tonight ", " pts ", " points ", " wat ", " what ", " sth ", " something ",
)

// meant is 那 where a question asks 哪, the commonest of all slips.
var meant = regexp.MustCompile(`那(里|家)(有|卖|买|能|可以|开|修)|在那里( |$)`)

// plain brings a question to one form: full width to half, small letters, signs to blanks, one way to write each thing,
// one blank between words, and one at both ends, so that whole words can be looked for.
func plain(text string) string {
	text = strings.ToLower(norm.NFKC.String(text))
	for _, f := range fillers {
		text = strings.ReplaceAll(text, f, " ")
	}
	text = strings.ReplaceAll(text, "'", "")
	text = strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return r
		}
		return ' '
	}, text)
	words := strings.Fields(text)
	for i, w := range words {
		words[i] = spelled(w)
	}
	text = sameAs.Replace(" " + strings.Join(words, " ") + " ")
	return meant.ReplaceAllStringFunc(text, func(m string) string { return strings.Replace(m, "那", "哪", 1) })
}

// vocabulary are the Latin words of the cues from four letters on; a word that is one slip away is meant to be one.
var vocabulary = func() map[string]bool {
	words := map[string]bool{}
	for _, list := range cues {
		for _, c := range list {
			for _, w := range strings.Fields(c.text) {
				if w[0] < utf8.RuneSelf && len(w) >= 4 {
					words[w] = true
				}
			}
		}
	}
	return words
}()

// rightWords are one letter away from a cue and are no slip.
var rightWords = map[string]bool{}

func init() {
	for _, w := range strings.Fields("there were here these those then them than they other over even ever every like love live lives line links list lost most post past best host home hope some same soon town down done none gone want went what that this hall half hole sole male pale tale safe kind bind mind wind five fire file evening lever never fever events event price place plane seat heat meat offer offers often bell tell well fell will skill still spell wells lunch punch bought brought sought points paint print joint pint poins stare store stone stole") {
		if !vocabulary[w] {
			rightWords[w] = true
		}
	}
}

// spelled mends one slip in a word: a letter too many, too few, another one, or two that changed places.
func spelled(w string) string {
	if len(w) < 4 || w[0] >= utf8.RuneSelf || vocabulary[w] || rightWords[w] {
		return w
	}
	found := ""
	for v := range vocabulary {
		if slip(w, v) {
			if found != "" {
				return w // it could be either
			}
			found = v
		}
	}
	if found == "" {
		return w
	}
	return found
}

// slip tells whether two words are one slip apart; one and many of a thing are not.
func slip(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 || a+"s" == b {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) != len(b) {
		return a[i:] == b[i+1:]
	}
	if i == len(a) || a[i+1:] == b[i+1:] {
		return true
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}
