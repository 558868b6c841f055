package models_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"onestreet/models"
)

func id(t *testing.T, text string) models.ID {
	t.Helper()
	parsed, err := models.ParseID(text)
	require.NoError(t, err)
	return parsed
}

// The web app's test (door.test.ts) holds the same text.
func TestTheTextThatADoorSigns(t *testing.T) {
	l := models.DoorLine{
		Door: id(t, "0190aaaa-0000-7000-8000-000000000001"), Seq: 3, Member: id(t, "0190aaaa-0000-7000-8000-000000000002"), People: 2, Digits: "12345678",
		By: id(t, "0190aaaa-0000-7000-8000-000000000003"), Clock: time.UnixMilli(1792310400123), Contact: time.UnixMilli(1792310000000), Since: -time.Millisecond,
	}
	assert.Equal(t, "onestreet door log 1\n0190aaaa-0000-7000-8000-000000000001\n3\n0190aaaa-0000-7000-8000-000000000002\n2\n12345678\n0190aaaa-0000-7000-8000-000000000003\n1792310400123\n1792310000000\n-1\n", l.Text())
	l.Member, l.Digits = models.ID{}, ""
	assert.Contains(t, l.Text(), "\n3\n-\n2\n-\n")
}

func TestADoorNeverTakesMoreThanIsFree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		free, open := rapid.IntRange(0, 10_000).Draw(t, "free"), rapid.IntRange(0, 40).Draw(t, "open")
		room := models.DoorRoomFor(free, open)
		require.GreaterOrEqual(t, room, open, "what it has it keeps")
		require.LessOrEqual(t, room-open, free)
	})
}
