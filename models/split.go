package models

import (
	"math/bits"
	"sort"
)

// Split divides amount (fen, zero or more) by weights, such as the signed shares in basis points, and loses no fen: the
// parts always sum to the amount. Everyone gets the whole fen of their exact part; the fen left over go, one each, to
// those with the largest remainder, and among equals to the earlier one. When every weight is zero, or one is
// negative, there is nobody to give to and Split returns zeros only.
func Split(amount int64, weights []int64) []int64 {
	parts := make([]int64, len(weights))
	total, ok := wholeOf(weights)
	if amount <= 0 || !ok {
		return parts
	}
	rests, left := make([]uint64, len(weights)), amount
	for i, w := range weights {
		parts[i], rests[i] = mulDiv(amount, w, total)
		left -= parts[i]
	}
	for _, i := range byRest(rests)[:left] {
		parts[i]++
	}
	return parts
}

func wholeOf(weights []int64) (total int64, ok bool) {
	for _, w := range weights {
		if w < 0 {
			return 0, false
		}
		total += w
	}
	return total, total > 0
}

// byRest orders the indexes by their remainder, the largest first; equal ones stay in order.
func byRest(rests []uint64) []int {
	order := make([]int, len(rests))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool { return rests[order[a]] > rests[order[b]] })
	return order
}

// mulDiv is a × b ÷ c and its remainder with a product of 128 bits, so that no sum of money overflows on the way.
// b must not be above c, and none is negative.
func mulDiv(a, b, c int64) (quotient int64, rest uint64) {
	hi, lo := bits.Mul64(uint64(a), uint64(b))
	q, r := bits.Div64(hi, lo, uint64(c))
	return int64(q), r
}
