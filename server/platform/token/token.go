// Package token derives every key of the server from its one secret and signs with them: access tokens (JWT, EdDSA),
// cookies (HMAC) and keyed hashes. Nodes that share the secret accept each other's tokens without sharing anything else.
package token

import (
	"crypto/ed25519"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"onestreet/models"
)

// AccessTTL is how long an access token is good for.
const AccessTTL = 15 * time.Minute

// Keys signs and verifies. Make it with New.
type Keys struct {
	secret  []byte
	private ed25519.PrivateKey
	kid     string
	now     func() time.Time
	seen    seen
	signers sync.Map // by purpose
}

// Claims is what an access token says: who, in which street, by which session.
type Claims struct {
	Account  models.ID
	Alliance models.ID
	Session  models.ID
	Expires  time.Time
}

// ErrToken is returned for a token that is forged, expired or of another server.
var ErrToken = errors.New("token is not valid")

// New derives the keys from the secret (at least 32 bytes).
func New(secret string, now func() time.Time) (*Keys, error) {
	if len(secret) < 32 {
		return nil, fmt.Errorf("secret has %d bytes, expected at least 32", len(secret))
	}
	k := &Keys{secret: []byte(secret), now: now}
	seed, err := k.derive("access token ed25519", ed25519.SeedSize)
	if err != nil {
		return nil, err
	}
	k.private = ed25519.NewKeyFromSeed(seed)
	sum := sha256.Sum256(k.public())
	k.kid = base64.RawURLEncoding.EncodeToString(sum[:9])
	return k, nil
}

func (k *Keys) public() ed25519.PublicKey { return k.private.Public().(ed25519.PublicKey) }

func (k *Keys) derive(purpose string, n int) ([]byte, error) {
	return hkdf.Key(sha256.New, k.secret, nil, "onestreet "+purpose, n)
}

// Access signs an access token that is good for AccessTTL, and tells when it ends.
func (k *Keys) Access(account, alliance, session models.ID) (string, time.Time, error) {
	now := k.now()
	expires := now.Add(AccessTTL).Truncate(time.Second)
	t := jwt.NewWithClaims(jwt.SigningMethodEdDSA, jwt.MapClaims{
		"sub": account.String(), "street": alliance.String(), "sid": session.String(),
		"iat": now.Unix(), "exp": expires.Unix(),
	})
	t.Header["kid"] = k.kid
	signed, err := t.SignedString(k.private)
	return signed, expires, err
}

// Parse verifies an access token. Every failure is ErrToken.
func (k *Keys) Parse(text string) (Claims, error) {
	hash := sha256.Sum256([]byte(text))
	if c, found := k.seen.find(hash); found && k.now().Before(c.Expires) {
		return c, nil
	}
	c, err := k.verify(text)
	if err == nil {
		k.seen.keep(hash, c)
	}
	return c, err
}

func (k *Keys) verify(text string) (Claims, error) {
	var c jwt.MapClaims
	_, err := jwt.ParseWithClaims(text, &c, func(t *jwt.Token) (any, error) {
		if t.Header["kid"] != k.kid {
			return nil, ErrToken
		}
		return k.public(), nil
	}, jwt.WithValidMethods([]string{"EdDSA"}), jwt.WithExpirationRequired(), jwt.WithTimeFunc(k.now))
	if err != nil {
		return Claims{}, ErrToken
	}
	return readClaims(c)
}

func readClaims(c jwt.MapClaims) (Claims, error) {
	var out Claims
	for name, id := range map[string]*models.ID{"sub": &out.Account, "street": &out.Alliance, "sid": &out.Session} {
		text, _ := c[name].(string)
		parsed, err := models.ParseID(text)
		if err != nil {
			return Claims{}, ErrToken
		}
		*id = parsed
	}
	expires, err := c.GetExpirationTime()
	if err != nil || expires == nil {
		return Claims{}, ErrToken
	}
	out.Expires = expires.UTC()
	return out, nil
}

// JWKS is the public key set (RFC 7517) for others who verify our tokens.
func (k *Keys) JWKS() map[string]any {
	return map[string]any{"keys": []map[string]string{{
		"kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": k.kid,
		"x": base64.RawURLEncoding.EncodeToString(k.public()),
	}}}
}

// Hash is a keyed hash (HMAC-SHA256, 32 bytes) for one purpose, such as "phone".
func (k *Keys) Hash(purpose, text string) []byte {
	mac := hmac.New(sha256.New, append([]byte("onestreet "+purpose+"\x00"), k.secret...))
	mac.Write([]byte(text))
	return mac.Sum(nil)
}

// Signer is an Ed25519 key of its own for one purpose, such as the checkpoints of one street. A purpose's key is made once:
// that costs as much as a signature. Purposes are the program's own, a few for each street.
func (k *Keys) Signer(purpose string) (ed25519.PrivateKey, error) {
	if made, found := k.signers.Load(purpose); found {
		return made.(ed25519.PrivateKey), nil
	}
	seed, err := k.derive("signer "+purpose, ed25519.SeedSize)
	if err != nil {
		return nil, err
	}
	key := ed25519.NewKeyFromSeed(seed)
	k.signers.Store(purpose, key)
	return key, nil
}

// Sign appends a signature for one purpose to a text that holds no dot at its end: "text.signature".
func (k *Keys) Sign(purpose, text string) string {
	return text + "." + base64.RawURLEncoding.EncodeToString(k.Hash("sign "+purpose, text)[:16])
}

// Unsign returns the text of what Sign made, or false when anything of it was changed.
func (k *Keys) Unsign(purpose, signed string) (string, bool) {
	for i := len(signed) - 1; i >= 0; i-- {
		if signed[i] == '.' {
			text := signed[:i]
			return text, hmac.Equal([]byte(k.Sign(purpose, text)), []byte(signed))
		}
	}
	return "", false
}

// Random returns n random bytes as URL-safe text.
func Random(n int) string {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails (crypto/rand)
	return base64.RawURLEncoding.EncodeToString(b)
}
