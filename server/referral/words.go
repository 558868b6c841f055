package referral

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"onestreet/models"
)

// join fills a sentence of two languages with words of two languages.
func join(zh, en string, words ...models.Text) models.Text {
	inZH, inEN := make([]any, len(words)), make([]any, len(words))
	for i, w := range words {
		inZH[i], inEN[i] = w.ZH, w.EN
	}
	return models.Text{ZH: spaced(fmt.Sprintf(zh, inZH...)), EN: fmt.Sprintf(en, inEN...)}
}

// spaced puts a space between Chinese and figures, as the street writes.
func spaced(zh string) string {
	var b strings.Builder
	var last rune
	for _, r := range zh {
		if unicode.Is(unicode.Han, last) && figure(r) || figure(last) && unicode.Is(unicode.Han, r) {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
		last = r
	}
	return b.String()
}

func figure(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r == '%'
}

// same is a word that both languages share: an amount, a name.
func same(word string) models.Text { return models.Text{ZH: word, EN: word} }

// percent writes basis points: 200 is "2%", 250 is "2.5%".
func percent(bps int64) string {
	s := strconv.FormatFloat(float64(bps)/100, 'f', 2, 64)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".") + "%"
}

// dayOf writes a local date: "12 月 16 日", "16 Dec"; with the year when it is not the reader's.
func dayOf(at, now time.Time) models.Text {
	if at.Year() != now.Year() {
		return models.Text{ZH: at.Format("2006 年 1 月 2 日"), EN: at.Format("2 Jan 2006")}
	}
	return models.Text{ZH: at.Format("1 月 2 日"), EN: at.Format("2 Jan")}
}

// momentOf writes a local date and time.
func momentOf(at, now time.Time) models.Text {
	day := dayOf(at, now)
	return models.Text{ZH: day.ZH + at.Format(" 15:04"), EN: day.EN + at.Format(" 15:04")}
}
