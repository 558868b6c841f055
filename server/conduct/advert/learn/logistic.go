package main

import (
	"math"
	"math/rand/v2"
	"slices"

	"onestreet/server/conduct/advert"
)

// How the weights are found: what a line may pull at most, how much more a trait that has a name pulls than a piece of text, how
// many lines a trait must be in, and how often all are gone through.
const (
	pull   = 0.7
	byName = 1.5
	rare   = 2
	rounds = 40
)

// problem is a logistic regression: which traits each line has, and whether it is an advert.
type problem struct {
	names []string
	scale []float64
	rows  [][]int
	signs []float64 // 1 for an advert, -1 for a neighbour's line
}

// train finds the weights that tell the adverts among lines from the others. Same lines in the same order, same weights.
func train(list []line) map[string]float64 {
	p := pose(list)
	weights := p.solve()
	byTrait := make(map[string]float64, len(weights))
	for id, w := range weights {
		byTrait[p.names[id]] = w * p.scale[id]
	}
	return byTrait
}

func pose(list []line) problem {
	often, ids, p := map[string]int{}, map[string]int{}, problem{}
	for _, l := range list {
		for _, t := range l.traits {
			often[t]++
		}
	}
	for _, l := range list {
		sign, taught := signOf(l)
		if !taught {
			continue
		}
		var row []int
		for _, t := range slices.Sorted(slices.Values(l.traits)) {
			if often[t] < rare {
				continue
			}
			if _, known := ids[t]; !known {
				ids[t] = len(p.names)
				p.names, p.scale = append(p.names, t), append(p.scale, scaleOf(t))
			}
			row = append(row, ids[t])
		}
		p.rows, p.signs = append(p.rows, row), append(p.signs, sign)
	}
	return p
}

// signOf is what a line teaches: what a person should look at teaches nothing, nor does a store, which is judged otherwise.
func signOf(l line) (sign float64, taught bool) {
	switch {
	case l.text.Merchant || l.want == advert.Review:
		return 0, false
	case l.want == advert.Ad:
		return 1, true
	}
	return -1, true
}

func scaleOf(trait string) float64 {
	if trait[0] == '#' {
		return byName
	}
	return 1
}

// solve goes up the dual of the regression a line at a time (Yu, Huang and Lin, 2011): alpha is how much a line pulls, between
// nothing and pull.
func (p problem) solve() []float64 {
	weights, alphas := make([]float64, len(p.names)), make([]float64, len(p.rows))
	for i := range p.rows {
		alphas[i] = pull / 100
		p.move(weights, i, alphas[i])
	}
	turns := rand.New(rand.NewPCG(1, 1)) // the same in every run
	for range rounds {
		for _, i := range turns.Perm(len(p.rows)) {
			row := p.rows[i]
			margin, square := 0.0, 0.0
			for _, id := range row {
				margin += float64(p.signs[i] * weights[id] * p.scale[id])
				square += float64(p.scale[id] * p.scale[id])
			}
			alpha := best(alphas[i], margin, square)
			p.move(weights, i, alpha-alphas[i])
			alphas[i] = alpha
		}
	}
	return weights
}

func (p problem) move(weights []float64, i int, by float64) {
	for _, id := range p.rows[i] {
		weights[id] += float64(p.signs[i] * by * p.scale[id])
	}
}

// best is where a line's pull is right while all others stay as they are, by a few of Newton's steps that never leave the bounds.
func best(from, margin, square float64) float64 {
	alpha := from
	for range 5 {
		slope := margin + float64((alpha-from)*square) + math.Log(alpha/(pull-alpha))
		next := alpha - slope/(square+pull/(alpha*(pull-alpha)))
		switch {
		case next <= 0:
			next = alpha / 10
		case next >= pull:
			next = pull - (pull-alpha)/10
		}
		alpha = next
	}
	return alpha
}
