package models

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestWhereAMemberWent(t *testing.T) {
	noodles, tea, books := ID{1}, ID{2}, ID{3}
	walk := func(stores ...ID) []Visit {
		var visits []Visit
		for i, s := range stores {
			visits = append(visits, Visit{StoreID: s, At: noon(0).Add(time.Duration(i) * time.Minute)})
		}
		return visits
	}
	assert.Empty(t, Moves(nil))
	assert.Empty(t, Moves(walk(tea)))
	assert.Empty(t, Moves(walk(tea, tea, tea)))
	assert.Equal(t, map[Move]int64{{noodles, tea}: 1}, Moves(walk(noodles, noodles, tea)))
	assert.Equal(t, map[Move]int64{{noodles, tea}: 2, {tea, noodles}: 1, {tea, books}: 1}, Moves(walk(noodles, tea, noodles, tea, books)))
}

func TestAWalkIsTheSameInWhateverOrderItIsRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var visits []Visit
		for range rapid.IntRange(0, 12).Draw(t, "visits") {
			visits = append(visits, Visit{ID: NewID(), StoreID: ID{byte(rapid.IntRange(1, 3).Draw(t, "store"))}, At: noon(rapid.IntRange(0, 3).Draw(t, "at"))})
		}
		turned := slices.Clone(visits)
		slices.Reverse(turned)
		require.Equal(t, Moves(visits), Moves(turned))
		var total int64
		for _, n := range Moves(visits) {
			total += n
		}
		require.Less(t, total, int64(max(1, len(visits))))
	})
}
