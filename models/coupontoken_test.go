package models_test

import (
	"crypto/ed25519"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"onestreet/models"
)

func tokenKey(seed byte) ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed([]byte(strings.Repeat(string(rune('a'+seed)), ed25519.SeedSize)))
}

func TestACouponTokenReadsAsItWasSigned(t *testing.T) {
	key := tokenKey(0)
	rapid.Check(t, func(t *rapid.T) {
		n := func(name string) int64 { return rapid.Int64Range(1, 1<<40).Draw(t, name) }
		at := func(name string) time.Time { return time.Unix(rapid.Int64Range(0, 1<<32-1).Draw(t, name), 0).UTC() }
		want := models.CouponToken{
			Coupon: models.NewID(), Campaign: models.NewID(), Version: n("version"), Use: n("use"), Member: n("member"), From: at("from"), Until: at("until"),
		}
		got, err := models.OpenCouponToken(want.Sign(key), key.Public().(ed25519.PublicKey))
		require.NoError(t, err)
		require.Equal(t, want, got)
	})
}

func TestATokenWithOneSignChangedIsRefused(t *testing.T) {
	key := tokenKey(0)
	public := key.Public().(ed25519.PublicKey)
	text := models.CouponToken{Coupon: models.NewID(), Campaign: models.NewID(), Version: 1, Use: 1, Member: 248}.Sign(key)
	assert.LessOrEqual(t, len(text), 178, "it fits a QR code of version 7 at level M")
	for i := range text {
		for _, sign := range []byte("0A:") {
			if text[i] == sign {
				continue
			}
			_, err := models.OpenCouponToken(text[:i]+string(sign)+text[i+1:], public)
			require.ErrorIs(t, err, models.ErrCouponToken, "sign %d", i)
		}
		_, err := models.OpenCouponToken(text[:i], public)
		require.ErrorIs(t, err, models.ErrCouponToken, "cut at %d", i)
	}
	_, err := models.OpenCouponToken(text, tokenKey(1).Public().(ed25519.PublicKey))
	require.ErrorIs(t, err, models.ErrCouponToken, "another street's key")
	_, err = models.OpenCouponToken(" "+text+"\n", public)
	require.NoError(t, err, "a scanner adds spaces")
}
