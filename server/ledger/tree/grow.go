package tree

import "fmt"

// Grower takes leaves in and gives the tiles that changed out.
type Grower struct {
	size  int64
	open  [][]byte // the last tile of each level, as far as it goes
	fresh []bool   // it has changed
	full  []Tile
}

// Grow goes on with a tree of size leaves.
func Grow(read Reader, size int64) (*Grower, error) {
	g := &Grower{size: size}
	var places []Place
	for level, n := 0, size; n > 0; level, n = level+1, n/Width {
		places = append(places, Place{level, n / Width})
	}
	tiles, err := read(places)
	if err != nil {
		return nil, err
	}
	for level, n := 0, size; n > 0; level, n = level+1, n/Width {
		stands := int(n % Width)
		tile := tiles[places[level]]
		if len(tile) < stands*HashSize {
			return nil, fmt.Errorf("tile %d/%d has %d hashes, expected %d", level, n/Width, len(tile)/HashSize, stands)
		}
		g.level(level)
		g.open[level] = append(g.open[level], tile[:stands*HashSize]...)
	}
	return g, nil
}

func (g *Grower) level(n int) {
	if n == len(g.open) {
		g.open, g.fresh = append(g.open, make([]byte, 0, Width*HashSize)), append(g.fresh, false)
	}
}

// Size is how many leaves the tree has.
func (g *Grower) Size() int64 { return g.size }

// Append adds the next leaf, 32 bytes.
func (g *Grower) Append(leaf []byte) {
	g.size++
	for level, n, hash := 0, g.size, leaf; ; level++ {
		g.level(level)
		g.open[level], g.fresh[level] = append(g.open[level], hash...), true
		if n%Width != 0 {
			return
		}
		n /= Width
		g.full = append(g.full, Tile{Place{level, n - 1}, g.open[level]})
		hash = rootOf(g.open[level])
		g.open[level], g.fresh[level] = make([]byte, 0, Width*HashSize), false
	}
}

// Tiles are those that changed since the last call, the full ones and the last of each level as far as it goes.
func (g *Grower) Tiles() []Tile {
	tiles := g.full
	g.full = nil
	for level, n := 0, g.size; level < len(g.open); level, n = level+1, n/Width {
		if g.fresh[level] && len(g.open[level]) > 0 {
			tiles = append(tiles, Tile{Place{level, n / Width}, append([]byte(nil), g.open[level]...)})
			g.fresh[level] = false
		}
	}
	return tiles
}

// Root is the root of all leaves so far.
func (g *Grower) Root() []byte {
	var subtrees [][]byte
	for level := len(g.open) - 1; level >= 0; level-- {
		rest := g.open[level]
		for part := Width / 2; part > 0; part /= 2 {
			if len(rest)/HashSize >= part {
				subtrees = append(subtrees, rootOf(rest[:part*HashSize]))
				rest = rest[part*HashSize:]
			}
		}
	}
	if len(subtrees) == 0 {
		return hasher.EmptyRoot()
	}
	return fold(subtrees)
}
