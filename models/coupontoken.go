package models

import (
	"crypto/ed25519"
	"encoding/binary"
	"errors"
	"strings"
	"time"
)

// CouponToken is a coupon as a till without a network reads it from the member's phone: which one, by which terms, for
// which use, and until when. What the terms are the till knows from its allotment; so the QR code stays small. docs/offline.md has the form.
type CouponToken struct {
	Coupon   ID
	Campaign ID
	Version  int64 // of the terms
	Use      int64 // the coupon's next use, counted from 1: a copy from before a redemption, or a reversal, is told by it
	Member   int64 // the member's number
	From     time.Time
	Until    time.Time // the last moment it works; whole seconds, like From
}

// ErrCouponToken says that a text is no coupon token, or that another key, or nobody, signed it.
var ErrCouponToken = errors.New("no coupon token that this street has signed")

// couponTokenPrefix begins every token of this form. All letters are of the QR code's alphanumeric set.
const couponTokenPrefix = "OC1."

// couponTokenDomain is what a signature says that it is about, so that it is good for nothing else.
const couponTokenDomain = "onestreet coupon token 1\n"

// IsCouponToken tells a token from a code that is typed; it says nothing about the signature.
func IsCouponToken(text string) bool {
	return strings.HasPrefix(strings.TrimSpace(text), couponTokenPrefix)
}

// Sign writes a token with the street's key for coupons.
func (c CouponToken) Sign(key ed25519.PrivateKey) string {
	body := c.bytes()
	return couponTokenPrefix + base45(append(body, ed25519.Sign(key, append([]byte(couponTokenDomain), body...))...))
}

func (c CouponToken) bytes() []byte {
	b := make([]byte, 0, 64+ed25519.SignatureSize)
	b = append(append(b, c.Coupon[:]...), c.Campaign[:]...)
	for _, n := range []int64{c.Version, c.Use, c.Member} {
		b = binary.AppendUvarint(b, uint64(n))
	}
	b = binary.BigEndian.AppendUint32(b, uint32(c.From.Unix()))
	return binary.BigEndian.AppendUint32(b, uint32(c.Until.Unix()))
}

// OpenCouponToken reads a token that the key's owner signed. Error: ErrCouponToken.
func OpenCouponToken(text string, key ed25519.PublicKey) (CouponToken, error) {
	data, ok := fromBase45(strings.TrimPrefix(strings.TrimSpace(text), couponTokenPrefix))
	if !ok || !IsCouponToken(text) || len(data) < ed25519.SignatureSize {
		return CouponToken{}, ErrCouponToken
	}
	body, signature := data[:len(data)-ed25519.SignatureSize], data[len(data)-ed25519.SignatureSize:]
	if !ed25519.Verify(key, append([]byte(couponTokenDomain), body...), signature) {
		return CouponToken{}, ErrCouponToken
	}
	return readCouponToken(body)
}

func readCouponToken(b []byte) (c CouponToken, err error) {
	if len(b) < 2*len(ID{}) {
		return c, ErrCouponToken
	}
	b = b[copy(c.Coupon[:], b):]
	b = b[copy(c.Campaign[:], b):]
	for _, n := range []*int64{&c.Version, &c.Use, &c.Member} {
		v, size := binary.Uvarint(b)
		if size <= 0 {
			return c, ErrCouponToken
		}
		*n, b = int64(v), b[size:]
	}
	if len(b) != 8 {
		return c, ErrCouponToken
	}
	c.From = time.Unix(int64(binary.BigEndian.Uint32(b)), 0).UTC()
	c.Until = time.Unix(int64(binary.BigEndian.Uint32(b[4:])), 0).UTC()
	return c, nil
}

// base45Alphabet is that of RFC 9285: the QR code's alphanumeric set, so that two bytes take three signs of 5.5 bits.
const base45Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"

func base45(data []byte) string {
	var out strings.Builder
	for len(data) > 0 {
		n, signs := int(data[0]), 2
		if len(data) > 1 {
			n, signs = n<<8|int(data[1]), 3
		}
		for range signs {
			out.WriteByte(base45Alphabet[n%45])
			n /= 45
		}
		data = data[signs-1:]
	}
	return out.String()
}

func fromBase45(text string) (data []byte, ok bool) {
	for len(text) > 0 {
		signs := min(3, len(text))
		n := 0
		for i := signs - 1; i >= 0; i-- {
			d := strings.IndexByte(base45Alphabet, text[i])
			if d < 0 {
				return nil, false
			}
			n = n*45 + d
		}
		if signs == 1 || n >= 1<<(8*(signs-1)) {
			return nil, false
		}
		if signs == 3 {
			data = append(data, byte(n>>8))
		}
		data, text = append(data, byte(n)), text[signs:]
	}
	return data, true
}
