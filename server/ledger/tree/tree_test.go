package tree_test

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
	"github.com/transparency-dev/merkle/testonly"
	"pgregory.net/rapid"

	"onestreet/server/ledger/tree"
)

// forest is a shelf of tiles in memory.
type forest map[tree.Place][]byte

func (f forest) read(places []tree.Place) (map[tree.Place][]byte, error) {
	found := map[tree.Place][]byte{}
	for _, p := range places {
		if t, there := f[p]; there {
			found[p] = t
		}
	}
	return found, nil
}

func (f forest) save(tiles []tree.Tile) {
	for _, t := range tiles {
		f[t.Place] = t.Hashes
	}
}

func leaf(i int) []byte {
	sum := sha256.Sum256(binary.BigEndian.AppendUint64(nil, uint64(i)))
	return sum[:]
}

// planted is a tree of n leaves, and the same by the library's in-memory reference.
func planted(t require.TestingT, n int) (forest, *testonly.Tree) {
	f, reference := forest{}, testonly.New(rfc6962.DefaultHasher)
	g, err := tree.Grow(f.read, 0)
	require.NoError(t, err)
	for i := range n {
		g.Append(leaf(i))
		reference.Append(leaf(i))
	}
	f.save(g.Tiles())
	return f, reference
}

func TestTheRootIsThatOfTheReferenceForEverySize(t *testing.T) {
	const most = 600
	f, reference := planted(t, most)
	g, err := tree.Grow(f.read, 0)
	require.NoError(t, err)
	for size := range most + 1 {
		want := reference.HashAt(uint64(size))
		root, err := tree.Root(f.read, int64(size))
		require.NoError(t, err)
		require.Equal(t, want, root, "size %d from tiles that go on", size)
		require.Equal(t, want, g.Root(), "size %d while it grows", size)
		g.Append(leaf(size))
	}
}

func TestEveryProofOfASmallTreeVerifies(t *testing.T) {
	const most = 70
	f, reference := planted(t, most)
	for size := int64(1); size <= most; size++ {
		root := reference.HashAt(uint64(size))
		for index := range size {
			hashes, err := tree.Inclusion(f.read, index, size)
			require.NoError(t, err)
			require.NoError(t, proof.VerifyInclusion(rfc6962.DefaultHasher, uint64(index), uint64(size), leaf(int(index)), hashes, root))
		}
		for from := int64(1); from <= size; from++ {
			hashes, err := tree.Consistency(f.read, from, size)
			require.NoError(t, err)
			require.NoError(t, proof.VerifyConsistency(rfc6962.DefaultHasher, uint64(from), uint64(size), hashes, reference.HashAt(uint64(from)), root))
		}
	}
}

// TestATreeGrownInPiecesIsTheSameTree: whatever is added at a time, and wherever it stopped, the tiles and every proof
// are those of the reference.
func TestATreeGrownInPiecesIsTheSameTree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, reference, size := forest{}, testonly.New(rfc6962.DefaultHasher), 0
		for _, n := range rapid.SliceOfN(rapid.OneOf(rapid.IntRange(0, 5), rapid.IntRange(200, 900), rapid.SampledFrom([]int{255, 256, 257, 65536})), 1, 6).Draw(t, "pieces") {
			g, err := tree.Grow(f.read, int64(size))
			require.NoError(t, err)
			for range n {
				g.Append(leaf(size))
				reference.Append(leaf(size))
				size++
			}
			f.save(g.Tiles())
			require.EqualValues(t, size, g.Size())
			require.Equal(t, reference.Hash(), g.Root())
			require.Empty(t, g.Tiles(), "nothing has changed since")
		}
		if size == 0 {
			return
		}
		at := rapid.IntRange(1, size).Draw(t, "size")
		root := reference.HashAt(uint64(at))
		got, err := tree.Root(f.read, int64(at))
		require.NoError(t, err)
		require.Equal(t, root, got)
		index := rapid.IntRange(0, at-1).Draw(t, "index")
		hashes, err := tree.Inclusion(f.read, int64(index), int64(at))
		require.NoError(t, err)
		require.NoError(t, proof.VerifyInclusion(rfc6962.DefaultHasher, uint64(index), uint64(at), leaf(index), hashes, root))
		from := rapid.IntRange(1, at).Draw(t, "from")
		hashes, err = tree.Consistency(f.read, int64(from), int64(at))
		require.NoError(t, err)
		require.NoError(t, proof.VerifyConsistency(rfc6962.DefaultHasher, uint64(from), uint64(at), hashes, reference.HashAt(uint64(from)), root))
	})
}

func TestAProofFromTilesThatAreMissingIsNone(t *testing.T) {
	f, _ := planted(t, 600)
	for place := range f {
		spoilt := forest{}
		for p, hashes := range f {
			if p != place {
				spoilt[p] = hashes
			}
		}
		_, err := tree.Root(spoilt.read, 600)
		if place.Level == 0 && place.Index < 2 {
			require.NoError(t, err, "the root needs only what stands over it")
			_, err = tree.Inclusion(spoilt.read, place.Index*tree.Width, 600)
		}
		require.ErrorContains(t, err, "has 0 hashes", "%v", place)
		_, err = tree.Grow(spoilt.read, 600)
		if place.Level == 1 || place.Index == 2 {
			require.Error(t, err, "%v", place)
		}
	}
	_, err := tree.Inclusion(f.read, 601, 601)
	require.Error(t, err)
	_, err = tree.Inclusion(f.read, 600, 600)
	require.Error(t, err, "there is no such leaf")
	_, err = tree.Consistency(f.read, 5, 4)
	require.Error(t, err)
}

func keyPair(t testing.TB, seed byte) (ed25519.PrivateKey, string) {
	t.Helper()
	key := ed25519.NewKeyFromSeed([]byte(strings.Repeat(string(rune(seed)), ed25519.SeedSize)))
	text, err := tree.VerifierKey("onestreet/qingshi", key.Public().(ed25519.PublicKey))
	require.NoError(t, err)
	return key, text
}

func TestACheckpointIsASignedNote(t *testing.T) {
	key, verifier := keyPair(t, 'k')
	c := tree.Checkpoint{Origin: "onestreet/qingshi", Size: 7236, Root: leaf(1)}
	assert.Equal(t, "onestreet/qingshi\n7236\nzSZiFU5tdrKyuS5wwMrDzPU0+bdOtbiYGexQkIPQClA=\n", c.Body())
	text, err := c.Sign(key)
	require.NoError(t, err)
	require.True(t, strings.HasPrefix(text, c.Body()+"\n— onestreet/qingshi "))
	got, err := tree.Open(text, verifier)
	require.NoError(t, err)
	require.Equal(t, c, got)
}

func TestANoteThatWasChangedIsRefused(t *testing.T) {
	key, verifier := keyPair(t, 'k')
	otherKey, otherVerifier := keyPair(t, 'x')
	c := tree.Checkpoint{Origin: "onestreet/qingshi", Size: 7236, Root: leaf(1)}
	text, err := c.Sign(key)
	require.NoError(t, err)
	for i := range len(text) {
		bent := []byte(text)
		bent[i] ^= 1
		_, err := tree.Open(string(bent), verifier)
		require.ErrorIs(t, err, tree.ErrNote, "byte %d", i)
	}
	for i := range len(text) {
		_, err := tree.Open(text[:i], verifier)
		require.ErrorIs(t, err, tree.ErrNote, "cut at %d", i)
	}
	_, err = tree.Open(text, otherVerifier)
	require.ErrorIs(t, err, tree.ErrNote)
	forged, err := c.Sign(otherKey)
	require.NoError(t, err)
	_, err = tree.Open(forged, verifier)
	require.ErrorIs(t, err, tree.ErrNote)
	_, err = tree.Open(text, "no key")
	require.Error(t, err)
	_, err = tree.Checkpoint{Origin: "one street", Size: 1, Root: leaf(1)}.Sign(key)
	require.Error(t, err, "a name has no spaces")
}

func TestABodyThatIsNotOneIsRefused(t *testing.T) {
	key, verifier := keyPair(t, 'k')
	for name, c := range map[string]tree.Checkpoint{
		"another origin":   {Origin: "onestreet/liuhe", Size: 1, Root: leaf(1)},
		"a root too short": {Origin: "onestreet/qingshi", Size: 1, Root: leaf(1)[:31]},
		"a negative size":  {Origin: "onestreet/qingshi", Size: -1, Root: leaf(1)},
	} {
		t.Run(name, func(t *testing.T) {
			text, err := c.Sign(key)
			require.NoError(t, err)
			_, err = tree.Open(text, verifier)
			require.ErrorIs(t, err, tree.ErrNote)
		})
	}
}

// sealed are checkpoints of a tree at some sizes.
func sealed(t testing.TB, key ed25519.PrivateKey, reference *testonly.Tree, sizes ...int) []tree.Sealed {
	t.Helper()
	var list []tree.Sealed
	for _, size := range sizes {
		root := reference.HashAt(uint64(size))
		note, err := tree.Checkpoint{Origin: "onestreet/qingshi", Size: int64(size), Root: root}.Sign(key)
		require.NoError(t, err)
		list = append(list, tree.Sealed{Size: int64(size), Root: root, Note: note})
	}
	return list
}

func TestTheAuditorFollowsTheLeaves(t *testing.T) {
	const most = 700
	f, reference := planted(t, most)
	key, verifier := keyPair(t, 'k')
	list := sealed(t, key, reference, 1, 255, 256, 257, 512, 699)
	a := tree.NewAuditor(verifier, list)
	grown := forest{}
	a.OnTiles(most-1, func(tile tree.Tile) { grown.save([]tree.Tile{tile}) })
	for i := range most {
		a.Append(leaf(i))
	}
	n, err := a.Finish()
	require.NoError(t, err)
	require.Equal(t, -1, n)
	f[tree.Place{Index: 2}] = f[tree.Place{Index: 2}][:(most-1-512)*tree.HashSize]
	require.Equal(t, f, grown, "the tiles of the tree as long as was asked for")
}

func TestTheAuditorNamesTheFirstCheckpointThatDoesNotHold(t *testing.T) {
	const most = 40
	_, reference := planted(t, most)
	key, verifier := keyPair(t, 'k')
	otherKey, _ := keyPair(t, 'x')
	tests := []struct {
		name  string
		bend  func(list []tree.Sealed)
		leaf  int // changed; -1 is none
		until int
		first int
		says  string
	}{
		{"a leaf of the first", func([]tree.Sealed) {}, 4, most, 0, "changed after it was sealed"},
		{"a leaf of the second", func([]tree.Sealed) {}, 15, most, 1, "changed after it was sealed"},
		{"a leaf that no seal covers", func([]tree.Sealed) {}, 35, most, -1, ""},
		{"the end is missing", func([]tree.Sealed) {}, -1, 25, 2, "the end is missing"},
		{"a root", func(l []tree.Sealed) { l[1].Root = leaf(99) }, -1, most, 1, "but its note says"},
		{"a size", func(l []tree.Sealed) { l[1].Size = 19 }, -1, most, 1, "but its note says"},
		{"a note of another key", func(l []tree.Sealed) { l[1] = sealed(t, otherKey, reference, 20)[0] }, -1, most, 1, "signature does not hold"},
		{"two out of order", func(l []tree.Sealed) { l[1], l[2] = l[2], l[1] }, -1, most, 2, "after one that seals more"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			list := sealed(t, key, reference, 10, 20, 30)
			test.bend(list)
			a := tree.NewAuditor(verifier, list)
			for i := range test.until {
				if i == test.leaf {
					a.Append(leaf(1000))
				} else {
					a.Append(leaf(i))
				}
			}
			n, err := a.Finish()
			require.Equal(t, test.first, n)
			if test.first >= 0 {
				require.ErrorContains(t, err, test.says)
			}
		})
	}
}

// TestTheRFCsTree: the well-known tree of eight leaves (transparency-dev/merkle, Certificate Transparency).
func TestTheRFCsTree(t *testing.T) {
	f := forest{}
	g, err := tree.Grow(f.read, 0)
	require.NoError(t, err)
	assert.Equal(t, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", hex.EncodeToString(g.Root()))
	for _, data := range testonly.LeafInputs() {
		g.Append(rfc6962.DefaultHasher.HashLeaf(data))
	}
	assert.Equal(t, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328", hex.EncodeToString(g.Root()))
}
