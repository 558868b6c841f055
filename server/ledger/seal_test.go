package ledger_test

import (
	"crypto/ed25519"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
	"github.com/transparency-dev/merkle/testonly"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
	"onestreet/server/ledger/tree"
	"onestreet/server/platform/db"
	"onestreet/server/testkit"
)

// eachStreet gives a test a street on a database of its own, at half past ten in the morning.
func eachStreet(t *testing.T, test func(t *testing.T, b books)) {
	for _, dialect := range []db.Dialect{db.SQLite, db.MySQL} {
		t.Run(string(dialect), func(t *testing.T) { test(t, own(t, dialect).founded()) })
	}
}

// eachCase gives each case a street of its own in a database that the cases share; it is theirs to spoil.
func eachCase[C any](t *testing.T, cases []C, name func(C) string, test func(t *testing.T, b books, c C)) {
	for _, dialect := range []db.Dialect{db.SQLite, db.MySQL} {
		t.Run(string(dialect), func(t *testing.T) {
			shared := own(t, dialect)
			for _, c := range cases {
				t.Run(name(c), func(t *testing.T) { test(t, shared.another(t), c) })
			}
		})
	}
}

// another is one more street with books in the same database.
func (b books) another(t *testing.T) books {
	b.t, b.id = t, models.NewID()
	b.app.Street.Alliance.ID = b.id
	b.app.Time.Set(testkit.Noon)
	b.app.Ledger.SealWith(testKeys(t))
	return b.founded()
}

// founded writes the street that the books are of.
func (b books) founded() books {
	b.t.Helper()
	street := models.NewAlliance("qingshi-"+b.id.String(), "青石街", testkit.Noon)
	street.ID = b.id
	b.app.Street.Alliance = street
	require.NoError(b.t, b.tx(func(tx *gorm.DB) error { return tx.Create(&street).Error }))
	return b
}

// trade writes n commissions.
func (b books) trade(n int) {
	b.t.Helper()
	entries := make([]ledger.Entry, n)
	for i := range entries {
		entries[i] = b.commission("noodles", "shoes", "t"+models.NewID().String(), int64(i+1))
	}
	b.mustPost(entries...)
}

// clockAt sets the street's clock.
func (b books) clockAt(day int, hour string) {
	at, err := time.ParseInLocation("15:04", hour, b.app.Street.Alliance.Location())
	require.NoError(b.t, err)
	b.app.Time.Set(time.Date(2026, 10, day, at.Hour(), at.Minute(), 0, 0, at.Location()))
}

func (b books) sealDue() int {
	b.t.Helper()
	n, err := b.app.Ledger.SealDue(b.t.Context())
	require.NoError(b.t, err)
	return n
}

func (b books) seal() models.Checkpoint {
	b.t.Helper()
	c, err := b.app.Ledger.Seal(b.t.Context(), b.id)
	require.NoError(b.t, err)
	return c
}

// tomorrow moves the clock to the next evening and seals.
func (b books) tomorrow() models.Checkpoint {
	b.t.Helper()
	b.app.Time.Set(b.app.Street.Alliance.SealNext(b.app.Time.Now()))
	return b.seal()
}

// seals are the checkpoints of the street, the oldest first.
func (b books) seals() []models.Checkpoint {
	b.t.Helper()
	var rows []models.Checkpoint
	require.NoError(b.t, b.app.DB.Read(b.t.Context()).Where("alliance_id = ?", b.id).Order("size").Find(&rows).Error)
	return rows
}

// reference is the library's in-memory tree over the rows.
func (b books) reference() *testonly.Tree {
	b.t.Helper()
	reference := testonly.New(rfc6962.DefaultHasher)
	for _, row := range b.rows() {
		leaf := row.LeafHash()
		reference.Append(leaf[:])
	}
	return reference
}

func TestAStreetSealsEachEveningAtNine(t *testing.T) {
	eachStreet(t, func(t *testing.T, b books) {
		assert.Zero(t, b.sealDue(), "nothing is there")
		b.trade(3)
		b.clockAt(17, "20:59")
		assert.Zero(t, b.sealDue(), "it is not nine yet")
		b.clockAt(17, "21:00")
		assert.Equal(t, 1, b.sealDue())
		assert.Zero(t, b.sealDue(), "once an evening")
		b.trade(1)
		b.clockAt(17, "23:30")
		assert.Zero(t, b.sealDue(), "what is written after nine waits for tomorrow")
		b.clockAt(18, "12:00")
		assert.Zero(t, b.sealDue())
		b.clockAt(18, "21:01")
		assert.Equal(t, 1, b.sealDue())
		b.clockAt(19, "21:00")
		assert.Zero(t, b.sealDue(), "nothing new, no row")
		b.trade(2)
		b.clockAt(23, "08:00")
		assert.Equal(t, 1, b.sealDue(), "a node that slept seals as soon as it wakes")

		seals := b.seals()
		require.Len(t, seals, 3)
		for i, want := range []struct {
			size int64
			day  string
		}{{3, "2026-10-17"}, {4, "2026-10-18"}, {6, "2026-10-22"}} {
			assert.Equal(t, want.size, seals[i].Size)
			assert.Equal(t, want.day, seals[i].Day)
		}
		b.mustBalance()
	})
}

// TestASealIsTheRootOverTheRows: also where tiles fill, by the library's reference, and everybody can verify the note.
func TestASealIsTheRootOverTheRows(t *testing.T) {
	eachStreet(t, func(t *testing.T, b books) {
		for _, n := range []int{1, 254, 1, 1, 300} {
			b.trade(n)
			b.tomorrow()
		}
		key, err := b.app.Ledger.VerifierKey(b.app.Street.Alliance)
		require.NoError(t, err)
		reference, seals := b.reference(), b.seals()
		require.Len(t, seals, 5)
		for i, c := range seals {
			assert.Equal(t, reference.HashAt(uint64(c.Size)), c.Root)
			opened, err := tree.Open(c.Note, key)
			require.NoError(t, err)
			assert.Equal(t, tree.Checkpoint{Origin: b.app.Street.Alliance.LedgerOrigin(), Size: c.Size, Root: c.Root}, opened)
			for _, before := range seals[:i+1] {
				hashes, err := b.app.Ledger.Consistency(t.Context(), b.id, before.Size, c.Size)
				require.NoError(t, err)
				require.NoError(t, proof.VerifyConsistency(rfc6962.DefaultHasher, uint64(before.Size), uint64(c.Size), hashes, before.Root, c.Root))
			}
		}
		for _, span := range [][2]int64{{0, 5}, {-1, 5}, {6, 5}, {1, 558}} {
			_, err := b.app.Ledger.Consistency(t.Context(), b.id, span[0], span[1])
			assert.ErrorIs(t, err, ledger.ErrSpan, "%v", span)
		}
		b.mustBalance()
	})
}

// TestManyNodesSealOnceWhileOthersPost: fifty at once, and the street goes on trading.
func TestManyNodesSealOnceWhileOthersPost(t *testing.T) {
	eachStreet(t, func(t *testing.T, b books) {
		b.trade(300)
		b.clockAt(17, "21:00")
		var failed atomic.Int64
		testkit.AtOnce(100, func(i int) {
			var err error
			if i%2 == 0 {
				_, err = b.app.Ledger.SealDue(t.Context())
			} else {
				_, err = b.post(b.commission("noodles", "shoes", fmt.Sprintf("while%d", i), 1))
			}
			if !assert.NoError(t, err) {
				failed.Add(1)
			}
		})
		seals := b.seals()
		require.Len(t, seals, 1)
		assert.GreaterOrEqual(t, seals[0].Size, int64(300))
		assert.Equal(t, b.reference().HashAt(uint64(seals[0].Size)), seals[0].Root)
		b.tomorrow()
		assert.EqualValues(t, 350, b.seals()[1].Size)
		b.mustBalance()
	})
}

type noKeys struct{}

func (noKeys) Signer(string) (ed25519.PrivateKey, error) { return nil, assert.AnError }

// TestASealGoesOnWhereACrashStoppedIt: what had not been committed is made again; tiles that had are not made twice.
func TestASealGoesOnWhereACrashStoppedIt(t *testing.T) {
	eachStreet(t, func(t *testing.T, b books) {
		b.trade(300)
		b.app.Ledger.SealWith(noKeys{})
		b.clockAt(17, "21:00")
		_, err := b.app.Ledger.Seal(t.Context(), b.id)
		require.ErrorIs(t, err, assert.AnError)
		assert.Empty(t, b.tiles(), "all or nothing")

		b.aheadBy(257)
		b.app.Ledger.SealWith(testKeys(t))
		c := b.seal()
		assert.EqualValues(t, 300, c.Size)
		assert.Equal(t, b.reference().Hash(), c.Root)
		assert.Equal(t, c, b.reread(c.ID))
		assert.Len(t, b.tiles(), 3)
		b.mustBalance()
	})
}

func (b books) reread(id models.ID) models.Checkpoint {
	b.t.Helper()
	var c models.Checkpoint
	require.NoError(b.t, b.app.DB.Read(b.t.Context()).Where("id = ?", id).Take(&c).Error)
	c.SealedAt = c.SealedAt.In(b.app.Time.Now().Location())
	return c
}

func (b books) tiles() []models.LedgerTile {
	b.t.Helper()
	var rows []models.LedgerTile
	require.NoError(b.t, b.app.DB.Read(b.t.Context()).Where("alliance_id = ?", b.id).Order("level, idx").Find(&rows).Error)
	return rows
}

// aheadBy writes the tiles of the first n leaves, as a transaction does that ends before the seal.
func (b books) aheadBy(n int) {
	b.t.Helper()
	g, err := tree.Grow(func([]tree.Place) (map[tree.Place][]byte, error) { return nil, nil }, 0)
	require.NoError(b.t, err)
	for _, row := range b.rows()[:n] {
		g.Append(row.Leaf)
	}
	for _, tile := range g.Tiles() {
		row := models.LedgerTile{AllianceID: b.id, Level: tile.Level, Index: tile.Index, Hashes: tile.Hashes}
		require.NoError(b.t, b.tx(func(tx *gorm.DB) error { return tx.Create(&row).Error }))
	}
}

// TestTheLedgerSignsNothingThatItCannotStandBy: tiles bent by hand, or rows that are gone, keep it from sealing.
func TestTheLedgerSignsNothingThatItCannotStandBy(t *testing.T) {
	type spoilt struct{ name, sql string }
	tests := []spoilt{
		{"a tile was bent", "UPDATE ledger_tiles SET hashes = (SELECT leaf FROM ledger_transfers WHERE alliance_id = @street AND seq = 2) WHERE alliance_id = @street AND level = 0"},
		{"the last transfers are gone", "DELETE FROM ledger_transfers WHERE alliance_id = @street AND seq > 2; UPDATE ledger_heads SET seq = 2 WHERE alliance_id = @street"},
		{"a transfer is gone", "DELETE FROM ledger_transfers WHERE alliance_id = @street AND seq = 5"},
	}
	eachCase(t, tests, func(test spoilt) string { return test.name }, func(t *testing.T, b books, test spoilt) {
		b.trade(3)
		b.tomorrow()
		b.trade(3)
		b.spoilWith(test.sql, nil)
		b.app.Time.Advance(24 * time.Hour)
		_, err := b.app.Ledger.Seal(t.Context(), b.id)
		assert.ErrorContains(t, err, "nothing is sealed")
		assert.Len(t, b.seals(), 1)
		assert.NotNil(t, b.finding())
	})
}

// TestTilesAreMadeAnewFromTheLeaves: they are a cache; a street whose tiles were spoiled seals again without them.
func TestTilesAreMadeAnewFromTheLeaves(t *testing.T) {
	eachStreet(t, func(t *testing.T, b books) {
		b.trade(300)
		b.tomorrow()
		b.spoil("DELETE FROM ledger_tiles")
		assert.Equal(t, "ledger_tiles", b.audit().Finding.Table)
		b.trade(1)
		c := b.tomorrow()
		assert.Equal(t, b.reference().Hash(), c.Root)
		b.mustBalance()
	})
}

func TestACheckpointIsNeverChangedOrDeleted(t *testing.T) {
	eachStreet(t, func(t *testing.T, b books) {
		b.trade(3)
		c := b.tomorrow()
		for _, sql := range []string{
			"UPDATE ledger_checkpoints SET size = size + 1", "UPDATE ledger_checkpoints SET note = 'x'", "DELETE FROM ledger_checkpoints",
			"REPLACE INTO ledger_checkpoints (id, alliance_id, size, root, note, day, sealed_at) SELECT id, alliance_id, size, root, 'x', day, sealed_at FROM ledger_checkpoints",
		} {
			assert.Error(t, b.tx(func(tx *gorm.DB) error { return tx.Exec(sql).Error }), sql)
		}
		assert.Equal(t, c, b.reread(c.ID))
	})
}
