package token

import (
	"crypto/sha256"
	"encoding/binary"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onestreet/models"
)

func TestATokenThatWasSeenEndsOnTimeAllTheSame(t *testing.T) {
	now := time.Date(2026, 10, 17, 0, 0, 0, 0, time.UTC)
	k, err := New("a secret for tests only, 32 bytes or more", func() time.Time { return now })
	require.NoError(t, err)
	text, expires, err := k.Access(models.NewID(), models.NewID(), models.NewID())
	require.NoError(t, err)
	first, err := k.Parse(text)
	require.NoError(t, err)
	again, err := k.Parse(text)
	require.NoError(t, err)
	require.Equal(t, first, again)
	_, err = k.Parse(text[:len(text)-1])
	require.ErrorIs(t, err, ErrToken, "one letter less is another token")
	now = expires
	_, err = k.Parse(text)
	require.ErrorIs(t, err, ErrToken)
}

func TestWhatWasSeenStaysBounded(t *testing.T) {
	var s seen
	hash := func(n int) (h [sha256.Size]byte) {
		binary.BigEndian.PutUint64(h[:], uint64(n))
		return h
	}
	const all = 5 * seenMost
	for n := range all {
		s.keep(hash(n), Claims{})
	}
	require.LessOrEqual(t, len(s.young)+len(s.older), 2*seenMost)
	_, last := s.find(hash(all - 1))
	require.True(t, last)
	_, oldest := s.find(hash(0))
	require.False(t, oldest)
}
