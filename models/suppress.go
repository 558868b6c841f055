package models

import "math"

// Withheld says why a shared figure is not shown; empty: it is shown.
type Withheld string

// The reasons. A figure is few when it is about fewer members than the street's K. It is a veil when it could be shown
// by itself, but a figure that is few could be computed from it and a total.
const (
	Shown Withheld = ""
	Few   Withheld = "few"
	Veil  Withheld = "veil"
)

// Cell is one shared figure and the number of different members it is about. One that is Impossible is zero by the
// nature of things, as everybody knows (a coupon in a store that does not take it): there is nothing to withhold. One
// that is Public stands elsewhere already, so that it cannot be withheld here.
type Cell struct {
	Value      int64
	Members    int64
	Impossible bool
	Public     bool
	Withheld   Withheld
}

// Measure says what the figures of a table count, and so what a reader knows about one that is withheld.
type Measure int

// The measures. All are zero or more.
const (
	OfMembers  Measure = iota // different members, each in one cell only: few is below K, a veil at least K
	OfEvents                  // visits, redemptions: a veil is at least K, since each of its members had one
	OfAverages                // nothing is known of one that is withheld
)

// Figures is a table as it is shared: cells, and the sums of rows, columns and the whole that stand beside it (nil: they
// stand nowhere).
type Figures struct {
	Measure   Measure
	Cells     [][]Cell
	RowTotals []Cell
	ColTotals []Cell
	Total     *Cell
}

// Suppress marks what must be withheld: every figure about fewer than k members, and then, the smallest first, whatever
// else it takes until (1) no withheld figure can be computed from what is shown, not even with all rows and columns taken
// together and with what is known of withheld figures, and (2) the withheld cells of a line with a total are together
// about at least k members. Where everything that may be is withheld already, no more can be done.
//
// The table is read as a flow: row totals flow into rows, through cells into columns, and through column totals back. A
// withheld figure is safe exactly when some other flow fits what is shown, that is, when a cycle of withheld figures
// runs through it along which one unit more can go round.
func Suppress(f *Figures, k int64) {
	net := newFigureNet(f)
	for _, a := range net.arcs {
		if a.cell != nil && a.cell.Members < k && !a.cell.Public {
			a.hide(Few, f.Measure, k)
		}
	}
	for {
		a := net.unsafe(f.Measure, k)
		if a == nil {
			return
		}
		a.hide(Veil, f.Measure, k)
	}
}

// arc is one figure of the flow. lo and hi are what a reader knows of it.
type arc struct {
	from, to int
	cell     *Cell // nil: the figure stands nowhere
	total    bool
	value    int64
	lo, hi   int64
}

func (a *arc) hidden() bool { return a.lo != a.hi || a.cell == nil || a.cell.Withheld != Shown }

func (a *arc) hide(why Withheld, m Measure, k int64) {
	a.cell.Withheld = why
	a.lo, a.hi = 0, math.MaxInt64
	if why == Few && m == OfMembers {
		a.hi = k - 1
	}
	if why == Veil && m != OfAverages {
		a.lo = k
	}
}

type figureNet struct {
	nodes  int
	arcs   []*arc
	at     [][]*arc // by node
	giveUp map[*arc]bool
}

// newFigureNet numbers rows, columns, the row of column totals and the column of row totals as nodes.
func newFigureNet(f *Figures) *figureNet {
	rows, cols := len(f.Cells), 0
	if rows > 0 {
		cols = len(f.Cells[0])
	}
	n := &figureNet{nodes: rows + cols + 2, giveUp: map[*arc]bool{}}
	n.at = make([][]*arc, n.nodes)
	bottom, right := rows+cols, rows+cols+1
	for i := range f.Cells {
		for j := range f.Cells[i] {
			if c := &f.Cells[i][j]; !c.Impossible {
				n.add(&arc{from: i, to: rows + j, cell: c, value: c.Value})
			}
		}
	}
	for i := range rows {
		n.addTotal(i, right, i, cellAt(f.RowTotals, i))
	}
	for j := range cols {
		n.addTotal(rows+j, rows+j, bottom, cellAt(f.ColTotals, j))
	}
	n.addTotal(bottom, bottom, right, f.Total)
	return n
}

// addTotal adds the sum of what stands at a node; of nothing but impossible figures it is impossible itself.
func (n *figureNet) addTotal(node, from, to int, cell *Cell) {
	var sum int64
	for _, a := range n.at[node] {
		sum += a.value
	}
	if len(n.at[node]) > 0 {
		n.add(&arc{from: from, to: to, cell: cell, value: sum, total: true})
	} else if cell != nil {
		cell.Impossible = true
	}
}

func cellAt(cells []Cell, i int) *Cell {
	if cells == nil {
		return nil
	}
	return &cells[i]
}

func (n *figureNet) add(a *arc) {
	a.lo, a.hi = a.value, a.value
	if a.cell == nil {
		a.lo, a.hi = 0, math.MaxInt64
	}
	n.arcs = append(n.arcs, a)
	n.at[a.from] = append(n.at[a.from], a)
	n.at[a.to] = append(n.at[a.to], a)
}

// unsafe picks the next figure to withhold; nil when everything withheld is safe.
func (n *figureNet) unsafe(m Measure, k int64) *arc {
	for node := range n.nodes {
		if n.tooFew(node, m, k) {
			if a := smallestShown(n.at[node]); a != nil {
				return a
			}
		}
	}
	for _, a := range n.arcs {
		if a.cell == nil || a.cell.Withheld == Shown || n.giveUp[a] || n.free(a) {
			continue
		}
		if next := n.company(a); next != nil {
			return next
		}
		n.giveUp[a] = true
	}
	return nil
}

// tooFew tells whether a line's withheld cells, whose sum its total betrays, are together about fewer than k members.
// Where a member may stand in several cells only the largest one is sure.
func (n *figureNet) tooFew(node int, m Measure, k int64) bool {
	var members int64
	hidden := false
	for _, a := range n.at[node] {
		switch {
		case !a.hidden():
		case a.total:
			return false
		case m == OfMembers:
			hidden, members = true, members+a.cell.Members
		default:
			hidden, members = true, max(members, a.cell.Members)
		}
	}
	return hidden && members < k
}

// company picks a figure that will hide another one: one of its own lines, or else, where these have no totals, of any.
func (n *figureNet) company(a *arc) *arc {
	if next := smaller(smallestShown(n.at[a.from]), smallestShown(n.at[a.to])); next != nil {
		return next
	}
	return smallestShown(n.arcs)
}

func smallestShown(arcs []*arc) *arc {
	var least *arc
	for _, a := range arcs {
		if !a.hidden() && !a.cell.Public {
			least = smaller(least, a)
		}
	}
	return least
}

// smaller prefers cells to totals, then the figure about fewer members.
func smaller(a, b *arc) *arc {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	case a.total != b.total:
		if a.total {
			return b
		}
		return a
	case b.cell.Members < a.cell.Members:
		return b
	}
	return a
}

// free tells whether another value of a withheld figure fits all that is shown.
func (n *figureNet) free(a *arc) bool {
	return a.value < a.hi && n.path(a.to, a.from, a) || a.value > a.lo && n.path(a.from, a.to, a)
}

// path looks for a way from one node to another along which every figure but one can give or take a unit.
func (n *figureNet) path(from, to int, without *arc) bool {
	seen := make([]bool, n.nodes)
	seen[from] = true
	for queue := []int{from}; len(queue) > 0; {
		node := queue[0]
		queue = queue[1:]
		if node == to {
			return true
		}
		for _, a := range n.at[node] {
			next, ok := a.across(node)
			if ok && a != without && !seen[next] {
				seen[next] = true
				queue = append(queue, next)
			}
		}
	}
	return false
}

// across is the other end of an arc when a unit can move there: more along it, or less against it.
func (a *arc) across(node int) (int, bool) {
	if node == a.from {
		return a.to, a.value < a.hi
	}
	return a.from, a.value > a.lo
}
