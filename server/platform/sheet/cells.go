package sheet

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/width"
)

// Tidy makes a cell plain: no invisible marks (telephones put U+202D around numbers they copy), no line breaks, no
// spaces around.
func Tidy(cell string) string {
	plain := strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Cf, r):
			return -1
		case unicode.IsControl(r):
			return ' '
		}
		return r
	}, cell)
	return strings.TrimSpace(plain)
}

// Clip cuts a text after so many characters.
func Clip(text string, limit int) string {
	runes := []rune(text)
	if len(runes) <= limit {
		return text
	}
	return strings.TrimSpace(string(runes[:limit]))
}

var inParens = regexp.MustCompile(`\([^)]*\)|\[[^\]]*\]|【[^】]*】`)

// Field is the field that a column's header names; headers are each field's words, folded. "" when it names none.
func Field(headers map[string][]string, header string) string {
	folded := Fold(header)
	for field, words := range headers {
		if slices.Contains(words, folded) {
			return field
		}
	}
	return ""
}

// Fold makes headers comparable: half-width, lower case, without what stands in parentheses, spaces and signs.
func Fold(header string) string {
	text := strings.ToLower(width.Fold.String(header))
	if outside := inParens.ReplaceAllString(text, ""); strings.TrimSpace(outside) != "" {
		text = outside
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, text)
}

// excelEpoch is day 0 of Excel's calendar for every date after its invented 29 February 1900.
var excelEpoch = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)

var dayNumber = regexp.MustCompile(`^([2-7]\d{4})(\.\d+)?$`)

// DayNumber reads one of Excel's day numbers, from 1954 to 2119, as its date at midnight UTC, and the part of the day
// behind its point (0 ≤ part < 1). It is false for anything else.
func DayNumber(cell string) (date time.Time, part float64, ok bool) {
	m := dayNumber.FindStringSubmatch(cell)
	if m == nil {
		return time.Time{}, 0, false
	}
	days, err := strconv.Atoi(m[1])
	if err != nil {
		return time.Time{}, 0, false
	}
	if m[2] != "" {
		part, err = strconv.ParseFloat("0"+m[2], 64)
	}
	return excelEpoch.AddDate(0, 0, days), part, err == nil
}
