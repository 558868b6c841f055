package models

import (
	"math/big"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// people makes a row of cells that each count their members.
func people(ns ...int64) []Cell {
	var row []Cell
	for _, n := range ns {
		row = append(row, Cell{Value: n, Members: n})
	}
	return row
}

// together is the total of cells whose members are all different.
func together(cells []Cell) Cell {
	var t Cell
	for _, c := range cells {
		t.Value, t.Members = t.Value+c.Value, t.Members+c.Members
	}
	return t
}

func withheld(cells []Cell) string {
	text := ""
	for _, c := range cells {
		text += map[Withheld]string{Shown: ".", Few: "f", Veil: "v"}[c.Withheld]
	}
	return text
}

func TestASmallFigureTakesASecondOneWithIt(t *testing.T) {
	for _, c := range []struct {
		name  string
		row   []Cell
		shown string
	}{
		{"nothing is small", people(5, 9, 30), "..."},
		{"the smallest of the others goes too", people(9, 3, 30, 6), ".f.v"},
		{"nobody is fewer than five", people(9, 0, 30, 6), ".f.v"},
		{"two small ones that are five together hide each other", people(9, 3, 30, 2), ".f.f"},
		{"two small ones that are four together do not", people(9, 3, 30, 1), "vf.f"},
		{"twice the most that is small would be told by the sum", people(4, 30, 4, 9), "f.fv"},
		{"none and five: five is the least a veil can be, so one more", people(0, 5, 30), "fvv"},
		{"a lonely cell takes its total along", people(3), "f"},
		{"all are small", people(1, 2, 3), "fff"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := Figures{Cells: [][]Cell{c.row}, RowTotals: []Cell{together(c.row)}}
			Suppress(&f, 5)
			assert.Equal(t, c.shown, withheld(f.Cells[0]))
		})
	}
}

func TestATotalOfFewIsWithheldToo(t *testing.T) {
	f := Figures{Cells: [][]Cell{people(3)}, RowTotals: people(3)}
	Suppress(&f, 5)
	assert.Equal(t, Few, f.RowTotals[0].Withheld)

	f = Figures{Cells: [][]Cell{people(3, 30)}, RowTotals: []Cell{{Value: 33, Members: 33, Public: true}}}
	Suppress(&f, 5)
	assert.Equal(t, "fv", withheld(f.Cells[0]))
	assert.Equal(t, Shown, f.RowTotals[0].Withheld, "it is public anyway")
}

func TestWithoutTotalsOnlyTheSmallOnesGo(t *testing.T) {
	f := Figures{Cells: [][]Cell{people(3, 9), people(9, 9)}}
	Suppress(&f, 5)
	assert.Equal(t, "f.", withheld(f.Cells[0]))
	assert.Equal(t, "..", withheld(f.Cells[1]))
}

// TestRowsAndColumnsTogetherBetrayNothing is the case that looking at each line alone misses: every line has two withheld
// cells, but the sums of the first two rows less those of the first two columns leave one cell by itself.
func TestRowsAndColumnsTogetherBetrayNothing(t *testing.T) {
	f := withTotals([][]Cell{
		people(3, 20, 30, 3),
		people(20, 3, 30, 30),
		people(3, 3, 40, 40),
		people(50, 50, 3, 60),
		people(50, 50, 60, 3),
	}, OfEvents)
	Suppress(f, 5)
	requireNothingSolvable(t, f)
}

func TestWhatCannotBeIsNotWithheld(t *testing.T) {
	f := withTotals([][]Cell{append(people(3, 9), Cell{Impossible: true}), append([]Cell{{Impossible: true}}, people(9, 12)...)}, OfEvents)
	f.RowTotals, f.Total = nil, nil
	Suppress(f, 5)
	assert.Equal(t, "f..", withheld(f.Cells[0]))
	assert.Equal(t, "...", withheld(f.Cells[1]))
	assert.Equal(t, "f..", withheld(f.ColTotals), "alone in its column: the total tells the same")
}

func withTotals(cells [][]Cell, m Measure) *Figures {
	f := &Figures{Measure: m, Cells: cells, ColTotals: make([]Cell, len(cells[0])), Total: &Cell{}}
	for _, row := range cells {
		f.RowTotals = append(f.RowTotals, together(row))
		for j := range row {
			f.ColTotals[j] = together([]Cell{f.ColTotals[j], row[j]})
			*f.Total = together([]Cell{*f.Total, row[j]})
		}
	}
	return f
}

func anyFigures(t *rapid.T, rows, cols int, most int64) *Figures {
	m := Measure(rapid.IntRange(0, 2).Draw(t, "measure"))
	cells := make([][]Cell, rapid.IntRange(1, rows).Draw(t, "rows"))
	width := rapid.IntRange(1, cols).Draw(t, "cols")
	for i := range cells {
		for range width {
			c := Cell{Members: rapid.Int64Range(0, most).Draw(t, "members")}
			if rapid.IntRange(0, 7).Draw(t, "impossible") == 0 {
				c = Cell{Impossible: true}
			}
			c.Value = c.Members
			if c.Members > 0 && m == OfEvents {
				c.Value += rapid.Int64Range(0, 3).Draw(t, "more")
			}
			cells[i] = append(cells[i], c)
		}
	}
	f := withTotals(cells, m)
	if rapid.Bool().Draw(t, "no row totals") {
		f.RowTotals = nil
	}
	if rapid.Bool().Draw(t, "no column totals") {
		f.ColTotals = nil
	}
	if rapid.Bool().Draw(t, "no total") {
		f.Total = nil
	}
	return f
}

func all(f *Figures) []*Cell {
	var cells []*Cell
	for i := range f.Cells {
		for j := range f.Cells[i] {
			cells = append(cells, &f.Cells[i][j])
		}
	}
	for i := range f.RowTotals {
		cells = append(cells, &f.RowTotals[i])
	}
	for j := range f.ColTotals {
		cells = append(cells, &f.ColTotals[j])
	}
	if f.Total != nil {
		cells = append(cells, f.Total)
	}
	return cells
}

func TestNoFigureOfFewIsShownAndNothingIsHiddenForNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := anyFigures(t, 6, 8, 12)
		Suppress(f, 5)
		few, veils := 0, 0
		for _, c := range all(f) {
			require.Equal(t, c.Members < 5 && !c.Impossible, c.Withheld == Few)
			if c.Withheld == Few {
				few++
			}
			if c.Withheld == Veil {
				veils++
			}
		}
		if few == 0 {
			require.Zero(t, veils)
		}
	})
}

func TestNoWithheldFigureCanBeSolvedFor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := anyFigures(t, 6, 7, 14)
		Suppress(f, 5)
		requireNothingSolvable(t, f)
	})
}

// requireNothingSolvable treats every figure as an unknown, writes down the sums and what is shown as equations, and
// solves them exactly: no withheld figure may come out as a single number.
func requireNothingSolvable(t require.TestingT, f *Figures) {
	rows, cols := len(f.Cells), len(f.Cells[0])
	n := rows*cols + rows + cols + 1
	rowTotal, colTotal, total := rows*cols, rows*cols+rows, n-1
	var eqs [][]*big.Rat
	equation := func(unknowns map[int]int64) {
		e := make([]*big.Rat, n)
		for i := range e {
			e[i] = big.NewRat(unknowns[i], 1)
		}
		eqs = append(eqs, e)
	}
	grand := map[int]int64{total: -1}
	for i := range rows {
		e := map[int]int64{rowTotal + i: -1}
		for j := range cols {
			e[i*cols+j] = 1
		}
		grand[rowTotal+i] = 1
		equation(e)
	}
	for j := range cols {
		e := map[int]int64{colTotal + j: -1}
		for i := range rows {
			e[i*cols+j] = 1
		}
		equation(e)
	}
	equation(grand)
	hidden := []int{}
	look := func(i int, c *Cell) {
		if c.Withheld == Shown {
			equation(map[int]int64{i: 1})
		} else {
			hidden = append(hidden, i)
		}
	}
	for i := range f.Cells {
		for j := range f.Cells[i] {
			look(i*cols+j, &f.Cells[i][j])
		}
	}
	for i := range f.RowTotals {
		look(rowTotal+i, &f.RowTotals[i])
	}
	for j := range f.ColTotals {
		look(colTotal+j, &f.ColTotals[j])
	}
	if f.Total != nil {
		look(total, f.Total)
	}
	for _, i := range solved(eqs, n) {
		require.NotContains(t, hidden, i, "figure %d can be computed", i)
	}
}

// solved brings the equations into reduced row echelon form and lists the unknowns that stand alone in a row.
func solved(eqs [][]*big.Rat, n int) []int {
	var alone []int
	top := 0
	for col := 0; col < n && top < len(eqs); col++ {
		pivot := top
		for pivot < len(eqs) && eqs[pivot][col].Sign() == 0 {
			pivot++
		}
		if pivot == len(eqs) {
			continue
		}
		eqs[top], eqs[pivot] = eqs[pivot], eqs[top]
		eliminate(eqs, top, col)
		top++
	}
	for _, e := range eqs[:top] {
		which, count := 0, 0
		for i, v := range e {
			if v.Sign() != 0 {
				which, count = i, count+1
			}
		}
		if count == 1 {
			alone = append(alone, which)
		}
	}
	return alone
}

func eliminate(eqs [][]*big.Rat, top, col int) {
	lead := new(big.Rat).Set(eqs[top][col])
	for i := range eqs[top] {
		eqs[top][i] = new(big.Rat).Quo(eqs[top][i], lead)
	}
	for r := range eqs {
		factor := eqs[r][col]
		if r == top || factor.Sign() == 0 {
			continue
		}
		factor = new(big.Rat).Set(factor)
		for i := range eqs[r] {
			if eqs[top][i].Sign() != 0 {
				eqs[r][i] = new(big.Rat).Sub(eqs[r][i], new(big.Rat).Mul(factor, eqs[top][i]))
			}
		}
	}
}

// TestKnowingTheRuleDoesNotHelp tries every table with totals that a reader who knows the rule must think possible, among
// those that differ by at most two in each figure: every withheld figure must take at least two values.
func TestKnowingTheRuleDoesNotHelp(t *testing.T) {
	const k = 3
	rapid.Check(t, func(t *rapid.T) {
		f := anyFigures(t, 2, 3, 7)
		if f.RowTotals == nil && f.ColTotals == nil {
			return // nothing to subtract from
		}
		Suppress(f, k)
		if !slices.ContainsFunc(all(f), func(c *Cell) bool { return c.Withheld == Shown && !c.Impossible }) {
			return // everything is withheld: what few and veil alone betray cannot be helped
		}
		values := possible(f, k)
		for i, c := range all(f) {
			if c.Withheld != Shown {
				require.Greater(t, len(values[i]), 1, "figure %d is sure to be %d", i, c.Value)
			}
		}
	})
}

// possible lists, for each figure in the order of all, the values it takes in the tables that fit.
func possible(f *Figures, k int64) []map[int64]bool {
	shown := all(f)
	values := make([]map[int64]bool, len(shown))
	for i := range values {
		values[i] = map[int64]bool{}
	}
	guess := &Figures{Measure: f.Measure}
	for _, row := range f.Cells {
		guess.Cells = append(guess.Cells, make([]Cell, len(row)))
	}
	try(f, guess, 0, k, func(found *Figures) {
		for i, c := range all(found) {
			values[i][c.Value] = true
		}
	})
	return values
}

func try(f, guess *Figures, i int, k int64, found func(*Figures)) {
	cols := len(f.Cells[0])
	if i == len(f.Cells)*cols {
		full := withTotals(guess.Cells, f.Measure)
		full.RowTotals, full.ColTotals = pick(f.RowTotals, full.RowTotals), pick(f.ColTotals, full.ColTotals)
		if f.Total == nil {
			full.Total = nil
		}
		if fits(f, full, k) {
			found(full)
		}
		return
	}
	c := f.Cells[i/cols][i%cols]
	low, high := c.Value, c.Value
	if c.Withheld != Shown {
		low, high = max(0, c.Value-2), c.Value+2
	}
	for v := low; v <= high; v++ {
		guess.Cells[i/cols][i%cols].Value = v
		try(f, guess, i+1, k, found)
	}
}

func pick(published, computed []Cell) []Cell {
	if published == nil {
		return nil
	}
	return computed
}

func fits(f, guess *Figures, k int64) bool {
	guessed := all(guess)
	for i, c := range all(f) {
		v := guessed[i].Value
		switch {
		case c.Withheld == Shown && v != c.Value,
			c.Withheld == Few && f.Measure == OfMembers && v >= k,
			c.Withheld == Veil && f.Measure != OfAverages && v < k:
			return false
		}
	}
	return true
}

func BenchmarkSuppressAStreetOfThirteen(b *testing.B) {
	cells := make([][]Cell, 13)
	for b.Loop() {
		for i := range cells {
			cells[i] = cells[i][:0]
			for j := range 13 {
				n := int64(i*7+j*5) % 17
				cells[i] = append(cells[i], Cell{Value: n, Members: n})
			}
		}
		Suppress(withTotals(cells, OfEvents), 5)
	}
}
