package models

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"
)

func TestTheDiscountIsSplitByTheSignedShares(t *testing.T) {
	for _, c := range []struct {
		name    string
		amount  int64
		weights []int64
		want    []int64
	}{
		{"fifteen yuan over forty, forty and twenty percent", 1500, []int64{4000, 4000, 2000}, []int64{600, 600, 300}},
		{"ten yuan, the partners carry thirty percent", 1000, []int64{7000, 1500, 1500}, []int64{700, 150, 150}},
		{"one alone carries all", 999, []int64{10000}, []int64{999}},
		{"who signed nothing pays nothing", 1001, []int64{10000, 0}, []int64{1001, 0}},
		{"the odd fen goes to the first among equals", 1000, []int64{1, 1, 1}, []int64{334, 333, 333}},
		{"two odd fen go to the first two", 1001, []int64{1, 1, 1}, []int64{334, 334, 333}},
		{"the largest remainder comes first", 100, []int64{3333, 3333, 3334}, []int64{33, 33, 34}},
		{"a fen between two halves", 1, []int64{5000, 5000}, []int64{1, 0}},
		{"a fen between unequal ones", 1, []int64{2000, 8000}, []int64{0, 1}},
		{"nothing splits into nothing", 0, []int64{5000, 5000}, []int64{0, 0}},
		{"nobody to give to", 100, []int64{0, 0}, []int64{0, 0}},
		{"by weight, 156.00 of 780.00 (mall's example)", 15600, []int64{19000, 19000, 25000, 15000}, []int64{3800, 3800, 5000, 3000}},
		{"sums of any size", math.MaxInt64, []int64{5000, 5000}, []int64{math.MaxInt64/2 + 1, math.MaxInt64 / 2}},
	} {
		t.Run(c.name, func(t *testing.T) { assert.Equal(t, c.want, Split(c.amount, c.weights)) })
	}
}

// sharesOf draws one to six shares in basis points that sum to 10,000.
func sharesOf(t *rapid.T) []int64 {
	left, shares := int64(BasisPoints), []int64{}
	for range rapid.IntRange(0, 5).Draw(t, "partners") {
		s := rapid.Int64Range(0, left).Draw(t, "share")
		shares, left = append(shares, s), left-s
	}
	return append(shares, left)
}

func TestASplitLosesNoFenAndNobodyIsMoreThanOneOff(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amount, shares := rapid.Int64Range(0, math.MaxInt64).Draw(t, "amount"), sharesOf(t)
		left := amount
		for i, part := range Split(amount, shares) {
			exact, rest := mulDiv(amount, shares[i], BasisPoints)
			assert.Contains(t, []int64{exact, exact + 1}, part)
			assert.False(t, rest == 0 && part != exact, "who has no remainder gets no odd fen")
			left -= part
		}
		assert.Zero(t, left, "the parts sum to the amount")
	})
}
