// Package words puts a line of the statement into sentences of two languages, as the street writes: with room around figures,
// short percentages, and the year only where it is another.
package words

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"onestreet/models"
)

// Join fills a sentence of two languages with words of two languages.
func Join(zh, en string, words ...models.Text) models.Text {
	t := models.Text{ZH: zh, EN: en}.Fill(words...)
	return models.Text{ZH: spaced(t.ZH), EN: t.EN}
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

// Percent writes basis points: 200 is "2%", 250 is "2.5%".
func Percent(bps int64) string {
	s := strconv.FormatFloat(float64(bps)/100, 'f', 2, 64)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".") + "%"
}

// Day writes a local date: "12 月 16 日", "16 Dec"; with the year when it is not the reader's.
func Day(at, now time.Time) models.Text {
	if at.Year() != now.Year() {
		return models.Text{ZH: at.Format("2006 年 1 月 2 日"), EN: at.Format("2 Jan 2006")}
	}
	return models.Text{ZH: at.Format("1 月 2 日"), EN: at.Format("2 Jan")}
}

// Moment writes a local date and time.
func Moment(at, now time.Time) models.Text {
	day := Day(at, now)
	return models.Text{ZH: day.ZH + " " + models.SaidTime(at), EN: day.EN + " " + models.SaidTime(at)}
}
