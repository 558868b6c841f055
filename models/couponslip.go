package models

import (
	"strings"
	"unicode"
)

// CouponSlip says how a text that was meant as a coupon's code is none, as far as the text itself tells.
type CouponSlip struct {
	Signs int    // how many there are; a code has twelve
	Group int    // which group of four is wrong, 1 to 3; 0: the text alone does not tell
	Sign  string // a sign in that group that no code has
}

// SlipOfCouponCode tells whether a text was meant as a coupon's code, and what is wrong with it if it is none. Eight digits
// are a member's code, and so are a few too many or too few of them; letters among six to eighteen signs are a coupon's.
func SlipOfCouponCode(text string) (CouponSlip, bool) {
	code := letters(text)
	if !meantAsCoupon(code) {
		return CouponSlip{}, false
	}
	slip := CouponSlip{Signs: len(code)}
	groups, written := groupsOf(text)
	for i, group := range groups {
		if at := strings.IndexFunc(group, strange); at >= 0 {
			slip.Group, slip.Sign = i+1, group[at:at+1]
			return slip, true
		}
	}
	if written && len(code) != CouponCodeSigns {
		slip.Group = uneven(groups)
	}
	return slip, true
}

// NearCouponCodes lists the codes of which a text is one slip of the hand away: a wrong sign, two neighbours swapped, one
// left out, or one too many. The check letter leaves about one for each place.
func NearCouponCodes(text string) []string {
	code := letters(text)
	if !meantAsCoupon(code) || len(code) < CouponCodeSigns-1 || len(code) > CouponCodeSigns+1 {
		return nil
	}
	var near []string
	for _, other := range slipsOf(code) {
		if own, err := ParseCouponCode(other); err == nil && own != code {
			near = append(near, own)
		}
	}
	return near
}

// slipsOf is a code with one sign too few, one too many, one changed, or two swapped, at every place.
func slipsOf(code string) (all []string) {
	for at := range len(code) + 1 {
		before, after := code[:at], code[at:]
		for _, sign := range couponAlphabet {
			all = append(all, before+string(sign)+after)
			if after != "" {
				all = append(all, before+string(sign)+after[1:])
			}
		}
		if after != "" {
			all = append(all, before+after[1:])
		}
		if after != "" && before != "" {
			all = append(all, before[:at-1]+after[:1]+before[at-1:]+after[1:])
		}
	}
	return all
}

// GroupApart is the group of four, 1 to 3, in which a text leaves a code for the first time.
func GroupApart(code, text string) int {
	read := letters(text)
	for at := range code {
		if at >= len(read) || code[at] != read[at] {
			return at/4 + 1
		}
	}
	return CouponCodeSigns / 4
}

// letters is a text as a code is stored: without what separates, in capitals, with the look-alikes read.
func letters(text string) string {
	return lookAlikes.Replace(strings.ToUpper(strings.Map(plain, text)))
}

func meantAsCoupon(code string) bool {
	spelt, digits := 6 <= len(code) && len(code) <= 18, true
	for _, c := range code {
		if c > unicode.MaxASCII || !unicode.IsLetter(c) && !unicode.IsDigit(c) {
			return false
		}
		digits = digits && unicode.IsDigit(c)
	}
	return spelt && (!digits || len(code) == CouponCodeSigns)
}

func strange(c rune) bool { return !strings.ContainsRune(couponAlphabet, c) }

// groupsOf are a code's groups of four as they were written, or, when it was written in another way, as they lie in it.
func groupsOf(text string) (groups []string, written bool) {
	for _, group := range strings.FieldsFunc(text, func(r rune) bool { return plain(r) < 0 }) {
		groups = append(groups, letters(group))
	}
	if len(groups) == CouponCodeSigns/4 {
		return groups, true
	}
	code := letters(text)
	groups = nil
	for len(code) > 4 && len(groups) < CouponCodeSigns/4-1 {
		groups, code = append(groups, code[:4]), code[4:]
	}
	return append(groups, code), false
}

// uneven is the only one of three groups that has not four signs; 0 when there is no such one.
func uneven(groups []string) (group int) {
	for i, g := range groups {
		if len(g) == 4 {
			continue
		}
		if group > 0 {
			return 0
		}
		group = i + 1
	}
	return group
}
