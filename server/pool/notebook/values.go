package notebook

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/width"

	"onestreet/server/identity"
	"onestreet/server/platform/sheet"
)

var (
	asFloat   = regexp.MustCompile(`^(\d+)\.0+$`)
	asPower   = regexp.MustCompile(`^(\d)(?:\.(\d+))?[eE]\+?(\d{1,2})$`)
	landline  = regexp.MustCompile(`^0\d{2,3}[- ]?\d{7,8}$`)
	notDigits = regexp.MustCompile(`\D`)
)

const mobileDigits = 11

// readPhone reads a mobile number in any form that shops have it in, and returns E.164 or the code of what is wrong:
// full-width digits, spaces, dashes, +86, 86, 0086, and what Excel makes of a number (17087523188.0, 1.7087523188E+10).
func readPhone(cell string) (phone, problem string) {
	text := strings.TrimPrefix(strings.TrimSpace(width.Narrow.String(cell)), "'")
	if m := asFloat.FindStringSubmatch(text); m != nil {
		text = m[1]
	}
	if asPower.MatchString(text) {
		whole, exact := expand(text)
		if !exact {
			return "", ProblemRounded
		}
		text = whole
	}
	digits := notDigits.ReplaceAllString(text, "")
	if digits == "" {
		return "", ProblemNoPhone
	}
	e164, err := identity.NormalizePhone(text)
	if err == nil {
		return e164, ""
	}
	return "", phoneProblem(text, digits, err)
}

func phoneProblem(text, digits string, err error) string {
	switch {
	case errors.Is(err, identity.ErrPhoneForeign):
		return ProblemForeign
	case strings.Contains(text, "座机") || landline.MatchString(text):
		return ProblemLandline
	case len(strings.TrimPrefix(digits, "86")) != mobileDigits && strings.HasPrefix(strings.TrimPrefix(digits, "86"), "1"):
		return ProblemLength
	}
	return ProblemPhone
}

// expand writes out 1.7087523188E+10. It is exact when at most two of the digits are made up: a number may well end in
// 00, but one that Excel has cut to 1.71E+10 is lost.
func expand(text string) (whole string, exact bool) {
	m := asPower.FindStringSubmatch(text)
	power, _ := strconv.Atoi(m[3])
	missing := power - len(m[2])
	if missing < 0 || missing > 2 {
		return "", false
	}
	return m[1] + m[2] + strings.Repeat("0", missing), true
}

var (
	moneyNoise = strings.NewReplacer("¥", "", "￥", "", "元", "", "块", "", "rmb", "", "cny", "", ",", "", " ", "", "人民币", "")
	decimal    = regexp.MustCompile(`^(\d{1,9})(?:\.(\d{1,18}))?$`)
)

// readMoney reads an amount of yuan into fen, rounded half up: ¥299.00, 487元, 1,200, 764.
func readMoney(cell string) (fen int64, problem string) {
	m := decimal.FindStringSubmatch(moneyNoise.Replace(strings.ToLower(width.Narrow.String(cell))))
	if m == nil {
		return 0, ProblemMoney
	}
	yuan, err := strconv.ParseInt(m[1], 10, 64)
	if err != nil {
		return 0, ProblemMoney
	}
	places := (m[2] + "000")[:3]
	mills, err := strconv.ParseInt(places, 10, 64)
	if err != nil {
		return 0, ProblemMoney
	}
	return yuan*100 + (mills+5)/10, ""
}

var count = regexp.MustCompile(`^(\d{1,5})(?:\.0+)?(?:次|单|回|双)?$`)

func readCount(cell string) (n int, problem string) {
	m := count.FindStringSubmatch(strings.ReplaceAll(width.Narrow.String(cell), " ", ""))
	if m == nil {
		return 0, ProblemCount
	}
	n, err := strconv.Atoi(m[1])
	if err != nil {
		return 0, ProblemCount
	}
	return n, ""
}

var (
	dateSigns  = strings.NewReplacer("年", "-", "月", "-", "日", " ", "号", " ", "/", "-", ".", "-")
	dashedDate = regexp.MustCompile(`^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?$`)
	plainDate  = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})$`)
)

// readDate reads 2026-01-21, 2026/1/21, 2026.01.21, 20260121, 2026年1月21日, with a time behind or without, and Excel's
// day numbers.
func readDate(cell string) (date, problem string) {
	text := strings.TrimSpace(width.Narrow.String(cell))
	if day, _, ok := sheet.DayNumber(text); ok {
		return day.Format(time.DateOnly), ""
	}
	m := plainDate.FindStringSubmatch(text)
	if m == nil {
		m = dashedDate.FindStringSubmatch(strings.TrimSpace(dateSigns.Replace(text)))
	}
	if m == nil {
		return "", ProblemDate
	}
	return realDate(m[1], m[2], m[3])
}

func realDate(year, month, day string) (date, problem string) {
	text := year + "-" + ("0" + month)[len(month)-1:] + "-" + ("0" + day)[len(day)-1:]
	if _, err := time.Parse(time.DateOnly, text); err != nil || year < "1950" || year > "2100" {
		return "", ProblemDate
	}
	return text, ""
}

func readTags(cell string) []string {
	parts := strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune(";；,，、|/\t", r) })
	var tags []string
	for _, part := range parts {
		if tag := sheet.Clip(strings.TrimSpace(part), maxTag); tag != "" {
			tags = append(tags, tag)
		}
	}
	return Unite(nil, tags)
}
