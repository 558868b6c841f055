// Package tree is the transparency log of a ledger as pure functions: a Merkle tree of RFC 6962 whose leaves are the
// hashes of transfers (models.Transfer.LeafHash), kept in tiles, and checkpoints of it signed as notes (C2SP
// tlog-checkpoint).
//
// A tile holds up to 256 neighbouring hashes of one level of tiles: level 0 the leaves, level 1 the roots of full tiles
// of level 0, and so on. A proof from a tree of a million leaves reads five of them; what lies between two levels of
// tiles is hashed when it is asked for.
//
//	level 1                 [ r0 r1 r2 …                 ]
//	level 0   [ leaf 0 … 255 ] [ leaf 256 … 511 ] [ leaf 512 … ] the last one grows
//
// Which nodes a proof is made of, and how one is verified, transparency-dev/merkle knows. Nothing here knows a database.
package tree

import (
	"crypto/sha256"
	"fmt"

	"github.com/transparency-dev/merkle/compact"
	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
)

const (
	// HashSize is the length of a hash.
	HashSize = 32
	height   = 8 // how many levels of the tree lie between two levels of tiles
	// Width is how many hashes a full tile has.
	Width = 1 << height
)

var hasher = rfc6962.DefaultHasher

// Place names a tile: its level, 0 for the leaves, and its number within the level.
type Place struct {
	Level int
	Index int64
}

// Tile is the hashes of a place, 32 bytes each, without gaps.
type Tile struct {
	Place
	Hashes []byte
}

// Reader returns the tiles of places; one that is not there is left out.
type Reader func(places []Place) (map[Place][]byte, error)

// Root is the root of the tree's first size leaves; of none it is the hash of nothing.
func Root(read Reader, size int64) ([]byte, error) {
	if size == 0 {
		return hasher.EmptyRoot(), nil
	}
	hashes, err := nodes(read, compact.RangeNodes(0, uint64(size), nil))
	if err != nil {
		return nil, err
	}
	return fold(hashes), nil
}

// fold makes the root of the roots of perfect subtrees, from left to right.
func fold(hashes [][]byte) []byte {
	root := hashes[len(hashes)-1]
	for i := len(hashes) - 2; i >= 0; i-- {
		root = hasher.HashChildren(hashes[i], root)
	}
	return root
}

// Inclusion proves that a leaf is in the tree of the first size leaves. 0 ≤ index < size.
func Inclusion(read Reader, index, size int64) ([][]byte, error) {
	wanted, err := proof.Inclusion(uint64(index), uint64(size))
	if err != nil {
		return nil, err
	}
	return prove(read, wanted)
}

// Consistency proves that the tree of to leaves begins with the tree of from leaves. 0 ≤ from ≤ to.
func Consistency(read Reader, from, to int64) ([][]byte, error) {
	wanted, err := proof.Consistency(uint64(from), uint64(to))
	if err != nil {
		return nil, err
	}
	return prove(read, wanted)
}

func prove(read Reader, wanted proof.Nodes) ([][]byte, error) {
	hashes, err := nodes(read, wanted.IDs)
	if err != nil {
		return nil, err
	}
	return wanted.Rehash(hashes, hasher.HashChildren)
}

// nodes computes the hashes of perfect subtrees from the tiles that hold them, read at once.
func nodes(read Reader, ids []compact.NodeID) ([][]byte, error) {
	if len(ids) == 0 {
		return [][]byte{}, nil
	}
	places := make([]Place, 0, len(ids))
	seen := make(map[Place]bool, len(ids))
	for _, id := range ids {
		if p, _, _ := within(id); !seen[p] {
			seen[p] = true
			places = append(places, p)
		}
	}
	tiles, err := read(places)
	if err != nil {
		return nil, err
	}
	hashes := make([][]byte, len(ids))
	for i, id := range ids {
		place, from, to := within(id)
		tile := tiles[place]
		if len(tile) < to*HashSize {
			return nil, fmt.Errorf("tile %d/%d has %d hashes, expected at least %d", place.Level, place.Index, len(tile)/HashSize, to)
		}
		hashes[i] = rootOf(tile[from*HashSize : to*HashSize])
	}
	return hashes, nil
}

// within is where a node's leaves stand: in which tile, from which hash to before which.
func within(id compact.NodeID) (Place, int, int) {
	up := id.Level % height
	first := id.Index << up
	from := int(first % Width)
	return Place{int(id.Level / height), int64(first / Width)}, from, from + 1<<up
}

// rootOf is the root of a power of two of neighbouring hashes.
func rootOf(hashes []byte) []byte {
	n := len(hashes) / HashSize
	if n == 1 {
		return hashes
	}
	row := make([]byte, len(hashes)/2)
	for from := hashes; n > 1; from = row {
		n /= 2
		for i := range n {
			sum := node(from[2*i*HashSize : 2*(i+1)*HashSize])
			copy(row[i*HashSize:], sum[:])
		}
	}
	return row[:HashSize]
}

// node is the hash of two children, side by side: hasher.HashChildren without its allocations.
func node(children []byte) [HashSize]byte {
	var text [1 + 2*HashSize]byte
	text[0] = rfc6962.RFC6962NodeHashPrefix
	copy(text[1:], children)
	return sha256.Sum256(text[:])
}
