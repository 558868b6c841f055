package main

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"onestreet/server/conduct/advert"
)

// said is a line that has nothing but its traits.
func said(want advert.Verdict, traits string) line {
	return line{want: want, traits: strings.Fields(traits)}
}

// street are four things said over and over: two of them adverts.
func street() []line {
	return slices.Concat(
		slices.Repeat([]line{said(advert.Ad, "私 贷 群")}, 40), slices.Repeat([]line{said(advert.Ad, "私 刷")}, 20),
		slices.Repeat([]line{said(advert.OK, "面 群")}, 60), slices.Repeat([]line{said(advert.Review, "租 群")}, 30))
}

func TestWhatOnlyAdvertsSaySpeaksForOneAndWhatAllSayDoesNot(t *testing.T) {
	w := train(street())
	require.Greater(t, w["私"], 1.0)
	require.Greater(t, w["贷"], 0.0)
	require.Less(t, w["面"], -1.0)
	require.Less(t, w["群"], w["贷"])
	require.Zero(t, w["租"], "a doubtful line teaches nothing")
}

func TestTheSameLinesMakeTheSameTable(t *testing.T) {
	require.Equal(t, table(train(street())), table(train(street())))
}

func TestAStoreTeachesNothing(t *testing.T) {
	store := said(advert.Ad, "面 面条")
	store.text.Merchant = true
	require.NotContains(t, train(append(street(), store, store)), "面条")
}

// At the best weights each is the sum of what the lines pull at it, and a line pulls the less the surer it is told.
func TestTheWeightsAreTheBestOnes(t *testing.T) {
	p := pose(street())
	w := p.solve()
	pulled := make([]float64, len(w))
	for i, row := range p.rows {
		margin := 0.0
		for _, id := range row {
			margin += p.signs[i] * w[id] * p.scale[id]
		}
		for _, id := range row {
			pulled[id] += p.signs[i] * p.scale[id] * pull / (1 + math.Exp(margin))
		}
	}
	require.InDeltaSlice(t, pulled, w, 1e-4)
}
