package identity

import (
	"regexp"
	"strings"

	"github.com/nyaruka/phonenumbers"
	"golang.org/x/text/width"
)

const region = "CN"

// A mainland mobile number in full is taken as it stands: the library's rules still strip the dial prefixes of the
// nineties' IP telephones, 179 and two digits, and take 17939001000 for a call abroad.
var (
	mobile     = regexp.MustCompile(`^(?:(?:\+|00)?86)?(1[3-9]\d{9})$`)
	separators = strings.NewReplacer(" ", "", "-", "", "(", "", ")", "")
)

// NormalizePhone reads a phone number as people write it (full-width digits, spaces, dashes, +86, 0086) and returns it in
// E.164. Errors: phone for what is no mobile number, phone_foreign for one of another country.
func NormalizePhone(raw string) (string, error) {
	text := strings.TrimSpace(width.Narrow.String(raw))
	if m := mobile.FindStringSubmatch(separators.Replace(text)); m != nil {
		return "+86" + m[1], nil
	}
	if strings.HasPrefix(text, "00") {
		text = "+" + text[2:]
	}
	n, err := phonenumbers.Parse(text, region)
	if err != nil {
		return "", ErrPhone.At("/phone")
	}
	if n.GetCountryCode() != 86 {
		return "", ErrPhoneForeign.At("/phone")
	}
	e164 := phonenumbers.Format(n, phonenumbers.E164)
	if !mainlandMobile(e164) {
		return "", ErrPhone.At("/phone")
	}
	return e164, nil
}

// mainlandMobile: 11 digits that begin with 13 to 19 (the Ministry of Industry's numbering plan; new series open inside
// these, so no list of carriers' prefixes is kept).
func mainlandMobile(e164 string) bool {
	d, ok := strings.CutPrefix(e164, "+86")
	return ok && len(d) == 11 && d[0] == '1' && d[1] >= '3' && d[1] <= '9'
}

// MaskPhone hides the middle of an E.164 number: 138****8000.
func MaskPhone(e164 string) string {
	d := strings.TrimPrefix(e164, "+86")
	if len(d) < 8 {
		return "****"
	}
	return d[:3] + "****" + d[len(d)-4:]
}
