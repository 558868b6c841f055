package tree

import (
	"bytes"
	"crypto/sha256"
	"fmt"
)

// Sealed is a checkpoint as somebody keeps it: what it says, and the signed note that says it.
type Sealed struct {
	Size int64
	Root []byte
	Note string
}

// Auditor verifies checkpoints while the leaves that they seal pass by. It needs neither the server nor its database.
type Auditor struct {
	grower *Grower
	key    string
	sealed []Sealed // still to come, by size
	done   int
	broken error
	tiled  int64 // the tiles of so many leaves are asked for
	tiles  func(Tile)
}

// NewAuditor audits checkpoints, in the order of their sizes, with the verifier key that signs them.
func NewAuditor(verifierKey string, sealed []Sealed) *Auditor {
	return &Auditor{grower: &Grower{}, key: verifierKey, sealed: sealed}
}

// OnTiles hands over the tiles of the tree of the first size leaves, as they fill.
func (a *Auditor) OnTiles(size int64, take func(Tile)) { a.tiled, a.tiles = size, take }

// Append takes the next leaf, in order. The first checkpoint that does not hold is kept for Finish.
func (a *Auditor) Append(leaf []byte) {
	a.grower.Append(leaf)
	if len(a.grower.full) > 0 || a.grower.size == a.tiled {
		a.handOver()
	}
	for a.broken == nil && a.done < len(a.sealed) && a.sealed[a.done].Size <= a.grower.size {
		if a.broken = a.verify(a.sealed[a.done]); a.broken == nil {
			a.done++
		}
	}
}

func (a *Auditor) handOver() {
	tiles := a.grower.full
	if a.grower.size == a.tiled {
		tiles = a.grower.Tiles()
	}
	a.grower.full = nil
	if a.grower.size <= a.tiled {
		for _, t := range tiles {
			a.tiles(t)
		}
	}
}

// Finish says what does not hold: the first checkpoint for which it is so, by its place in the list, and why; -1 and nil
// when all hold.
func (a *Auditor) Finish() (int, error) {
	if a.broken == nil && a.done < len(a.sealed) {
		a.broken = fmt.Errorf("seals %d transfers, but there are %d: the end is missing", a.sealed[a.done].Size, a.grower.size)
	}
	if a.broken != nil {
		return a.done, a.broken
	}
	return -1, nil
}

func (a *Auditor) verify(s Sealed) error {
	if s.Size != a.grower.size {
		return fmt.Errorf("seals %d transfers after one that seals more", s.Size)
	}
	c, err := Open(s.Note, a.key)
	switch {
	case err != nil:
		return fmt.Errorf("its signature does not hold: %w", err)
	case c.Size != s.Size || !bytes.Equal(c.Root, s.Root):
		return fmt.Errorf("says %d transfers and root %x, but its note says %d and %x", s.Size, s.Root, c.Size, c.Root)
	}
	if root := a.grower.Root(); !bytes.Equal(root, s.Root) {
		return fmt.Errorf("says root %x, but its %d transfers come to %x: one of them was changed after it was sealed", s.Root, s.Size, root)
	}
	return nil
}

// Digest is a tile's fingerprint, for comparing tiles that are read at another time than their leaves.
func (t Tile) Digest() [sha256.Size]byte { return sha256.Sum256(t.Hashes) }
