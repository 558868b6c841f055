package models

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha256"
	"crypto/x509"
	"errors"
	"fmt"
	"math/big"
	"time"
)

// TillLine is one redemption as a till writes it into its log and signs it.
type TillLine struct {
	Till    ID
	Seq     int64
	Token   string
	Bill    int64 // fen
	Off     int64 // fen that the till took off
	By      ID    // account
	Clock   time.Time
	Contact time.Time
	Since   time.Duration // negative: unknown
}

// Text is what the till signs: every field on its own line, times in milliseconds since 1970.
func (l TillLine) Text() string {
	return fmt.Sprintf("onestreet till log 1\n%s\n%d\n%s\n%d\n%d\n%s\n%d\n%d\n%d\n",
		l.Till, l.Seq, l.Token, l.Bill, l.Off, l.By, l.Clock.UnixMilli(), l.Contact.UnixMilli(), l.Since.Milliseconds())
}

// ErrTillKey says that a key is no P-256 key in SubjectPublicKeyInfo.
var ErrTillKey = errors.New("no P-256 public key")

// ParseTillKey reads a till's public key as browsers export it ("spki"). Error: ErrTillKey.
func ParseTillKey(spki []byte) (*ecdsa.PublicKey, error) {
	parsed, err := x509.ParsePKIXPublicKey(spki)
	if err != nil {
		return nil, ErrTillKey
	}
	key, ok := parsed.(*ecdsa.PublicKey)
	if !ok || key.Curve != elliptic.P256() {
		return nil, ErrTillKey
	}
	return key, nil
}

// SignedBy tells whether the key's owner signed the line (see DeviceSigned).
func (l TillLine) SignedBy(key *ecdsa.PublicKey, signature []byte) bool {
	return DeviceSigned(key, l.Text(), signature)
}

// DeviceSigned tells whether a phone's key signed a text: ECDSA over SHA-256, r and s of 32 bytes each, as browsers write it.
func DeviceSigned(key *ecdsa.PublicKey, text string, signature []byte) bool {
	if len(signature) != 64 {
		return false
	}
	sum := sha256.Sum256([]byte(text))
	return ecdsa.Verify(key, sum[:], new(big.Int).SetBytes(signature[:32]), new(big.Int).SetBytes(signature[32:]))
}
