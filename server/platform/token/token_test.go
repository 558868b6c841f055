package token_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/platform/clock"
	"onestreet/server/platform/token"
)

const secret = "a secret for tests only, 32 bytes or more"

func keys(t *testing.T, secret string, c clock.Clock) *token.Keys {
	t.Helper()
	k, err := token.New(secret, c.Now)
	require.NoError(t, err)
	return k
}

func TestNodesWithOneSecretAcceptEachOthersTokens(t *testing.T) {
	c := clock.NewFake(time.Date(2026, 10, 17, 0, 0, 0, 0, time.UTC))
	account, alliance, session := models.NewID(), models.NewID(), models.NewID()
	text, expires, err := keys(t, secret, c).Access(account, alliance, session)
	require.NoError(t, err)
	got, err := keys(t, secret, c).Parse(text)
	require.NoError(t, err)
	require.Equal(t, token.Claims{Account: account, Alliance: alliance, Session: session, Expires: expires}, got)
	_, err = keys(t, secret+"!", c).Parse(text)
	require.ErrorIs(t, err, token.ErrToken)
	c.Advance(token.AccessTTL + time.Second)
	_, err = keys(t, secret, c).Parse(text)
	require.ErrorIs(t, err, token.ErrToken)
}

func TestSignedTextHoldsTogether(t *testing.T) {
	k := keys(t, secret, clock.System{})
	signed := k.Sign("touch", "a.b.c")
	text, ok := k.Unsign("touch", signed)
	require.True(t, ok)
	require.Equal(t, "a.b.c", text)
	for _, forged := range []string{"", "a.b.c", strings.Replace(signed, "a", "b", 1), signed + "x"} {
		_, ok := k.Unsign("touch", forged)
		require.False(t, ok, forged)
	}
	_, ok = k.Unsign("invite", signed)
	require.False(t, ok, "a signature is for one purpose")
}

func TestAShortSecretIsRefused(t *testing.T) {
	_, err := token.New("short", time.Now)
	require.ErrorContains(t, err, "at least 32")
}

func TestThePublicKeyIsPublishedAndNothingElse(t *testing.T) {
	key := keys(t, secret, clock.System{}).JWKS()["keys"].([]map[string]string)[0]
	require.Equal(t, "Ed25519", key["crv"])
	require.Len(t, key["x"], 43)
	require.NotContains(t, key, "d")
}

func TestASignerIsOfItsPurposeAndTheSecret(t *testing.T) {
	of := func(secret, purpose string) string {
		key, err := keys(t, secret, clock.System{}).Signer(purpose)
		require.NoError(t, err)
		return string(key.Seed())
	}
	require.Equal(t, of(secret, "a"), of(secret, "a"), "every node signs with the same key")
	require.NotEqual(t, of(secret, "a"), of(secret, "b"))
	require.NotEqual(t, of(secret, "a"), of(secret+"!", "a"))
}
