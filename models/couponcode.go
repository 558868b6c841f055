package models

import (
	"crypto/rand"
	"errors"
	"math/big"
	"strings"
	"unicode"
)

// couponAlphabet has no two signs that look alike in print or in a hurried hand: no 0 O D Q, 1 I L, no U V, and of
// 8 B, 6 G, 5 S, 2 Z only the digit. Its length, 23, is prime: that is what lets one check letter notice any single wrong
// letter and any two neighbours swapped.
const couponAlphabet = "23456789ACEFHJKMNPRTWXY"

// CouponCodeSigns counts the letters of a code with the check letter: 11 random ones make 9 × 10^14 codes.
const CouponCodeSigns = 12

// lookAlikes are read as the sign that is in the alphabet.
var lookAlikes = strings.NewReplacer("B", "8", "G", "6", "S", "5", "Z", "2")

// ErrCouponCode says that a text is no coupon code: a wrong letter, a wrong length, or the check letter does not fit.
var ErrCouponCode = errors.New("no coupon code: 12 letters and digits with a check letter")

// NewCouponCode draws a code of twelve letters, the last a check letter. It panics only when the system has no
// randomness left.
func NewCouponCode() string {
	code, base := make([]byte, CouponCodeSigns-1, CouponCodeSigns), big.NewInt(int64(len(couponAlphabet)))
	for i := range code {
		n, err := rand.Int(rand.Reader, base)
		if err != nil {
			panic(err)
		}
		code[i] = couponAlphabet[n.Int64()]
	}
	return string(append(code, couponAlphabet[checkDigit(string(code))]))
}

// ParseCouponCode reads a code as people write it: in any case, with spaces and dashes, in full-width letters, with the
// look-alikes B G S Z for 8 6 5 2. It returns the code as stored, or ErrCouponCode.
func ParseCouponCode(text string) (string, error) {
	code := letters(text)
	if len(code) != CouponCodeSigns || strings.ContainsFunc(code, strange) {
		return "", ErrCouponCode
	}
	last := CouponCodeSigns - 1
	if couponAlphabet[checkDigit(code[:last])] != code[last] {
		return "", ErrCouponCode
	}
	return code, nil
}

// FormatCouponCode writes a code in groups of four, as it is printed and read aloud.
func FormatCouponCode(code string) string {
	if len(code) != CouponCodeSigns {
		return code
	}
	return code[:4] + " " + code[4:8] + " " + code[8:]
}

// plain drops what separates and turns full-width signs into their ASCII ones.
func plain(r rune) rune {
	switch {
	case unicode.IsSpace(r), r == '-', r == '–', r == '—', r == '·', r == '－':
		return -1
	case r >= '！' && r <= '～':
		return r - '！' + '!'
	}
	return r
}

// checkDigit weighs each place differently (1, 2, 3 …) modulo the prime 23: a change of one letter or a swap of two
// changes the sum.
func checkDigit(body string) int {
	sum := 0
	for i, c := range body {
		sum += (i + 1) * strings.IndexRune(couponAlphabet, c)
	}
	return sum % len(couponAlphabet)
}
