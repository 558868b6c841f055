package models_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"onestreet/models"
)

func party(n byte) models.ID { return models.ID{n} }

func TestNetting(t *testing.T) {
	tests := []struct {
		name     string
		dues     []models.Due
		payments []models.Payment
	}{
		{"nobody owes anything", []models.Due{{party(1), 0}, {party(2), 0}}, nil},
		{"one pays one", []models.Due{{party(1), -500}, {party(2), 500}}, []models.Payment{{party(1), party(2), 500}}},
		{"a chain of debts is one payment", []models.Due{{party(1), -5}, {party(2), 0}, {party(3), 5}}, []models.Payment{{party(1), party(3), 5}}},
		{
			"two who cancel each other come first",
			[]models.Due{{party(1), -300}, {party(2), 700}, {party(3), 300}, {party(4), -700}},
			[]models.Payment{{party(4), party(2), 700}, {party(1), party(3), 300}},
		},
		{
			"the largest debtor pays the largest creditor",
			[]models.Due{{party(1), -1000}, {party(2), 600}, {party(3), 500}, {party(4), -100}},
			[]models.Payment{{party(1), party(2), 600}, {party(1), party(3), 400}, {party(4), party(3), 100}},
		},
		{
			"of equals the older id",
			[]models.Due{{party(4), 100}, {party(3), 100}, {party(2), -200}},
			[]models.Payment{{party(2), party(3), 100}, {party(2), party(4), 100}},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			payments, ok := models.Net(test.dues)
			assert.True(t, ok)
			assert.Equal(t, test.payments, payments)
		})
	}
	_, ok := models.Net([]models.Due{{party(1), -500}, {party(2), 501}})
	assert.False(t, ok, "what does not come to zero has no answer")
}

// balanced draws a street whose books balance.
func balanced(t *rapid.T) []models.Due {
	n := rapid.IntRange(1, 20).Draw(t, "parties")
	list := make([]models.Due, n)
	var sum int64
	for i := range n {
		list[i].Party = party(byte(i))
		if i < n-1 {
			list[i].Amount = rapid.OneOf(rapid.Int64Range(-3, 3), rapid.Int64Range(-1_000_000_00, 1_000_000_00)).Draw(t, "amount")
		} else {
			list[i].Amount = -sum
		}
		sum += list[i].Amount
	}
	return list
}

func TestPaymentsSettleEveryDue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := balanced(t)
		payments, ok := models.Net(list)
		require.True(t, ok)
		left, pays, gets := map[models.ID]int64{}, map[models.ID]bool{}, map[models.ID]bool{}
		parties := 0
		for _, s := range list {
			left[s.Party] = s.Amount
			if s.Amount != 0 {
				parties++
			}
		}
		for _, p := range payments {
			require.Positive(t, p.Amount)
			left[p.From] += p.Amount
			left[p.To] -= p.Amount
			pays[p.From], gets[p.To] = true, true
		}
		for id, rest := range left {
			require.Zero(t, rest, "%v", id)
			require.False(t, pays[id] && gets[id], "%v both pays and receives", id)
		}
		require.LessOrEqual(t, len(payments), max(parties-1, 0))
	})
}

func TestTheOrderOfTheDuesDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := balanced(t)
		first, _ := models.Net(list)
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "shuffle"), 1))
		r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		second, _ := models.Net(list)
		require.Equal(t, first, second)
	})
}

func TestPointsAreWorthTheRateRoundedHalfAwayFromZero(t *testing.T) {
	for _, test := range []struct{ points, rate, fen int64 }{
		{0, 100, 0}, {1, 100, 1}, {-1, 100, -1}, {53, 100, 53}, {1, 50, 1}, {1, 49, 0}, {-1, 50, -1}, {-1, 49, 0},
		{3, 150, 5}, {-3, 150, -5}, {7, 0, 0}, {1_000_000_007, 1000, 10_000_000_070},
	} {
		assert.Equal(t, test.fen, models.PointsWorth(test.points, test.rate), "%d points at %d", test.points, test.rate)
	}
}
