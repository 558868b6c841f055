package intake

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// dayMinutes is a whole day.
const dayMinutes = 24 * 60

const (
	morning  = `凌晨|清晨|清早|早上|早晨|上午|早`
	noon     = `中午|正午`
	evening  = `下午|午后|傍晚|晚上|晚间|夜里|晚`
	hourWord = `\d{1,2}|十[一二]?|二十[一二三四]?|[一二两三四五六七八九]`
)

// hourForm is one hour of the clock: 9:00, 下午2点半, 晚上7点, 19时30分, 2 pm.
var hourForm = regexp.MustCompile(`(?i)(` + morning + `|` + noon + `|` + evening + `)?\s*(?:` +
	`(\d{1,2}):(\d{2})(?::\d{2})?|` +
	`(` + hourWord + `)(?:点|时)(?:钟|整)?(?:(\d{1,2}|[一二三四五]?十[一二三四五六七八九]?)分?|(半)|([一三])刻)?|` +
	`(\d{1,2})(\s*[ap]\.?m\b))` +
	`(\s*[ap]\.?m\b)?`)

var (
	dayPart   = regexp.MustCompile(`^0?\.\d+$`)
	bareHour  = regexp.MustCompile(`^(\d{1,2})(?:\.0+)?$`)
	bareHours = regexp.MustCompile(`^(\d{1,2})(\d{2})$`)
	dashes    = regexp.MustCompile(`^\s*(?:[-~—–－〜]+|到|至|to|until)\s*$`)
)

// hours takes the hours of the clock out of a text: at most two, from and to, in minutes of the day, and what else it says.
func hours(text string) (found []int, rest string) {
	at := hourForm.FindAllStringSubmatchIndex(text, 3)
	if len(at) == 0 || len(at) > 2 {
		return nil, text
	}
	late := false
	for i, m := range at {
		minute, marked, ok := hourOfDay(text, m)
		if !ok {
			return nil, text
		}
		if i == 1 && late && !marked && minute < 12*60 && minute+12*60 > found[0] {
			minute += 12 * 60 // 下午2点到4点
		}
		late = marked && minute >= 12*60
		found = append(found, minute)
	}
	if len(at) == 2 && !dashes.MatchString(text[at[0][1]:at[1][0]]) {
		return nil, text
	}
	rest = text[:at[0][0]] + " " + text[at[len(at)-1][1]:]
	return found, strings.TrimSpace(rest)
}

// hourOfDay reads a match of hourForm; marked tells that it says which half of the day.
func hourOfDay(text string, m []int) (minute int, marked, ok bool) {
	group := func(n int) string {
		if m[2*n] < 0 {
			return ""
		}
		return text[m[2*n]:m[2*n+1]]
	}
	half := group(1) + strings.ToLower(strings.ReplaceAll(strings.TrimSpace(group(9)+group(10)), ".", ""))
	hour := number(group(2) + group(4) + group(8))
	minute = max(0, number(group(3)+group(5)))
	switch {
	case group(6) != "":
		minute = 30
	case group(7) != "":
		minute = 15 * number(group(7))
	}
	hour = inHalf(hour, half)
	return hour*60 + minute, half != "", hour >= 0 && hour*60+minute <= dayMinutes && minute < 60
}

func inHalf(hour int, half string) int {
	is := func(words string) bool { return half != "" && slices.Contains(strings.Split(words, "|"), half) }
	switch {
	case (is(morning) || half == "am") && hour == 12:
		return 0
	case is(noon) && hour < 3, (is(evening) || half == "pm") && hour < 12:
		return hour + 12
	case is(`晚上|晚间|夜里|晚`) && hour == 12:
		return 24
	}
	return hour
}

// hoursOfCell reads a cell that is about hours alone, in the forms that Excel makes of one, too: 0.375, 9, 930.
func hoursOfCell(text string) (found []int, rest string) {
	if dayPart.MatchString(text) {
		if part, err := strconv.ParseFloat("0"+strings.TrimPrefix(text, "0"), 64); err == nil {
			return []int{int(math.Round(part * dayMinutes))}, ""
		}
	}
	if m := bareHour.FindStringSubmatch(text); m != nil {
		if n := number(m[1]); n <= 24 {
			return []int{n * 60}, ""
		}
	}
	if m := bareHours.FindStringSubmatch(text); m != nil {
		if minute := number(m[1])*60 + number(m[2]); number(m[2]) < 60 && minute <= dayMinutes {
			return []int{minute}, ""
		}
	}
	return hours(text)
}
