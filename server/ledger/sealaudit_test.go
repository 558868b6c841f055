package ledger_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onestreet/server/ledger"
	"onestreet/server/ledger/tree"
)

// TestTheAuditNamesTheFirstThingSealedThatDoesNotHold: also who changes a row with its leaf, and then the tile, and then
// the root, is found, since nobody can sign for it.
func TestTheAuditNamesTheFirstThingSealedThatDoesNotHold(t *testing.T) {
	const forge = "UPDATE ledger_transfers SET kind = 'x', leaf = @leaf WHERE alliance_id = @street AND seq = 2; "
	const patch = "UPDATE ledger_tiles SET hashes = @tile WHERE alliance_id = @street AND level = 0 AND idx = 0; "
	type spoilt struct {
		name, sql, table string
		seq              int64
		says             string
	}
	tests := []spoilt{
		{"one byte of a row", "UPDATE ledger_transfers SET amount = amount + 256 WHERE alliance_id = @street AND seq = 2", "ledger_transfers", 2, "the row was changed"},
		{"a row and its leaf", forge, "ledger_transfers", 2, "its leaf is not the one in tile 0/0"},
		{"a row, its leaf and its tile", forge + patch, "ledger_tiles", 0, "is not what the transfers under it come to"},
		{"a tile", patch, "ledger_transfers", 2, "its leaf is not the one in tile 0/0"},
		{"a tile that is gone", "DELETE FROM ledger_tiles WHERE alliance_id = @street AND level = 0 AND idx = 1", "ledger_tiles", 0, "is missing"},
		{"a tile too many", "INSERT INTO ledger_tiles SELECT alliance_id, 2, 0, hashes FROM ledger_tiles WHERE alliance_id = @street AND level = 1", "ledger_tiles", 0, "is not what the transfers under it come to"},
		{"all of them, and the tile above", forge + patch + "UPDATE ledger_tiles SET hashes = @above WHERE alliance_id = @street AND level = 1", "ledger_checkpoints", 0, "changed after it was sealed"},
		{"a root", "UPDATE ledger_checkpoints SET root = @leaf WHERE alliance_id = @street", "ledger_checkpoints", 0, "but its note says"},
		{"a size", "UPDATE ledger_checkpoints SET size = 299 WHERE alliance_id = @street", "ledger_checkpoints", 0, "but its note says"},
		{"a note", "UPDATE ledger_checkpoints SET note = REPLACE(note, '\n300\n', '\n301\n') WHERE alliance_id = @street", "ledger_checkpoints", 0, "signature does not hold"},
	}
	eachCase(t, tests, func(test spoilt) string { return test.name }, func(t *testing.T, b books, test spoilt) {
		b.trade(300)
		c := b.tomorrow()
		b.spoilWith(test.sql, b.forged())
		found := b.finding()
		require.NotNil(t, found)
		assert.Equal(t, test.table, found.Table, found.String())
		assert.Equal(t, test.seq, found.Seq)
		assert.Contains(t, found.Problem, test.says)
		if test.table == "ledger_checkpoints" {
			assert.Equal(t, c.ID.String(), found.Row)
		}
		if test.seq > 0 {
			assert.Equal(t, b.rows()[test.seq-1].ID.String(), found.Row)
		}
	})
}

// finding is what the audit of this street finds.
func (b books) finding() *ledger.Finding {
	b.t.Helper()
	report, err := b.app.Ledger.Audit().Street(b.t.Context(), b.id)
	require.NoError(b.t, err)
	return report.Finding
}

// forged is what a thorough forger puts in the place of transfer 2: its leaf, the tile and the tile above.
func (b books) forged() map[string]any {
	b.t.Helper()
	rows := b.rows()
	rows[1].Kind = "x"
	g, err := tree.Grow(func([]tree.Place) (map[tree.Place][]byte, error) { return nil, nil }, 0)
	require.NoError(b.t, err)
	for _, row := range rows {
		leaf := row.LeafHash()
		g.Append(leaf[:])
	}
	leaf := rows[1].LeafHash()
	args := map[string]any{"leaf": leaf[:]}
	for _, tile := range g.Tiles() {
		switch tile.Place {
		case tree.Place{}:
			args["tile"] = tile.Hashes
		case tree.Place{Level: 1}:
			args["above"] = tile.Hashes
		}
	}
	return args
}

// spoilWith carries out several statements that the triggers refuse; @street is this one.
func (b books) spoilWith(statements string, args map[string]any) {
	b.t.Helper()
	named := map[string]any{"street": b.id}
	maps.Copy(named, args)
	for _, trigger := range []string{"update", "delete"} {
		b.spoil("DROP TRIGGER IF EXISTS ledger_checkpoints_no_" + trigger)
	}
	for sql := range strings.SplitSeq(statements, "; ") {
		if sql != "" {
			b.spoil(sql, named)
		}
	}
}
