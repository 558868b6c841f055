package models

import (
	"cmp"
	"slices"
)

// pieces counts the told pieces that an offer looks at.
func (b *openBill) pieces(o Offer) (n int64) {
	for _, l := range b.lines[:b.told] {
		if o.Goods == "" || l.Goods == o.Goods {
			n += l.Pieces
		}
	}
	return n
}

// free is how many pieces of each line are free: of n pieces, Get for each full group of Buy+Get, the cheapest of them
// all, so that what is free is never worth more than what is paid for. Of equal ones the earlier line's.
func (b *openBill) free(o Offer) []int64 {
	free := make([]int64, len(b.lines))
	if o.Buy < 1 || o.Get < 1 {
		return free
	}
	left := b.pieces(o) / (o.Buy + o.Get) * o.Get
	for _, i := range b.cheapestFirst() {
		if o.Goods == "" || b.lines[i].Goods == o.Goods {
			free[i] = min(left, b.lines[i].Pieces)
			left -= free[i]
		}
	}
	return free
}

func (b *openBill) cheapestFirst() []int {
	order := make([]int, b.told)
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(x, y int) int { return cmp.Compare(b.lines[x].Unit, b.lines[y].Unit) })
	return order
}
