package ledger_test

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"

	"onestreet/models"
	"onestreet/server/ledger"
	"onestreet/server/ledger/tree"
	"onestreet/server/testkit"
)

// verifies tells whether a proof holds for the row that it shows, as a device would see it.
func verifies(p ledger.Proof) error {
	leaf := p.Transfer.LeafHash()
	return proof.VerifyInclusion(rfc6962.DefaultHasher, uint64(p.Transfer.Seq-1), uint64(p.Checkpoint.Size), leaf[:], p.Hashes, p.Checkpoint.Root)
}

func TestEveryLineOfASealedLedgerIsProven(t *testing.T) {
	eachStreet(t, func(t *testing.T, b books) {
		b.trade(300)
		b.tomorrow()
		b.trade(1)
		rows := b.rows()
		for _, row := range rows[:300] {
			p, err := b.app.Ledger.StoreProof(t.Context(), b.id, b.store("shoes"), row.ID)
			require.NoError(t, err)
			require.NoError(t, verifies(p), "seq %d", row.Seq)
		}
		p, err := b.app.Ledger.StoreProof(t.Context(), b.id, b.store("shoes"), rows[300].ID)
		require.NoError(t, err)
		assert.Equal(t, rows[300].Seq, p.Transfer.Seq)
		assert.Zero(t, p.Checkpoint, "it waits for the evening")
		assert.Nil(t, p.Hashes)
	})
}

// TestOneByteChangedByHandBreaksTheProof: whatever is bent in the row, its leaf or its tile, the proof that is served
// does not lead to the sealed root, and the audit names the row.
func TestOneByteChangedByHandBreaksTheProof(t *testing.T) {
	type spoilt struct {
		name, sql string
		seq       int64 // that the audit names
	}
	tests := []spoilt{
		{"the amount", "UPDATE ledger_transfers SET amount = amount + 1 WHERE alliance_id = @street AND seq = 2", 2},
		{"the reference", "UPDATE ledger_transfers SET reference = 'c7' WHERE alliance_id = @street AND seq = 2", 2},
		{"the row and its leaf", "UPDATE ledger_transfers SET kind = 'x', leaf = @leaf WHERE alliance_id = @street AND seq = 2", 2},
		{"the row, its leaf and the tile", "UPDATE ledger_transfers SET kind = 'x', leaf = @leaf WHERE alliance_id = @street AND seq = 2; " +
			"UPDATE ledger_tiles SET hashes = @tile WHERE alliance_id = @street AND level = 0 AND idx = 0", 0},
	}
	eachCase(t, tests, func(test spoilt) string { return test.name }, func(t *testing.T, b books, test spoilt) {
		b.trade(300)
		b.tomorrow()
		id := b.rows()[1].ID
		p, err := b.app.Ledger.TransferProof(t.Context(), b.id, id)
		require.NoError(t, err)
		require.NoError(t, verifies(p))
		b.spoilWith(test.sql, b.forged())
		p, err = b.app.Ledger.TransferProof(t.Context(), b.id, id)
		require.NoError(t, err)
		assert.ErrorAs(t, verifies(p), &proof.RootMismatchError{})
		found := b.finding()
		require.NotNil(t, found)
		assert.Equal(t, test.seq, found.Seq)
		if test.seq > 0 {
			assert.Equal(t, id.String(), found.Row)
		}
	})
}

// line is a proof as the API gives it.
type line struct {
	Record struct {
		At        string
		ExpiresAt string `json:"expires_at"`
	}
	Checkpoint *struct{ Size int64 }
}

func TestTheProofOfALineIsForItsStoreAlone(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		b := books{t, app, app.Street.Alliance.ID}
		rows := b.mustPost(b.commission("noodles", "shoes", "c1", 106), b.points("tea", models.NewID(), "p1", 53))
		between, points := rows[0].ID, rows[1].ID
		path := func(store string, id models.ID) string {
			return fmt.Sprintf("/stores/%s/ledger/lines/%s/proof", b.store(store), id)
		}
		coordinators := func(id models.ID) string { return fmt.Sprintf("/alliance/ledger/transfers/%s/proof", id) }
		for _, s := range []testkit.Scenario{
			{Name: "who gets it", As: testkit.OwnerOf("shoes"), Path: path("shoes", between), Status: http.StatusOK, Says: []string{`"reference":"c1"`}},
			{Name: "who gives it", As: testkit.ManagerOf("noodles"), Path: path("noodles", between), Status: http.StatusOK},
			{Name: "points are lines too", As: testkit.OwnerOf("tea"), Path: path("tea", points), Status: http.StatusOK},
			{Name: "a clerk reads no ledger", As: testkit.ClerkOf("shoes"), Path: path("shoes", between), Status: http.StatusForbidden},
			{Name: "another store's line", As: testkit.OwnerOf("tea"), Path: path("tea", between), Status: http.StatusNotFound, Code: "ledger_transfer_unknown"},
			{Name: "by another store's path", As: testkit.OwnerOf("tea"), Path: path("shoes", between), Status: http.StatusForbidden},
			{Name: "no line at all", As: testkit.OwnerOf("shoes"), Path: path("shoes", models.NewID()), Status: http.StatusNotFound, Code: "ledger_transfer_unknown"},
			{Name: "no id", As: testkit.OwnerOf("shoes"), Path: "/stores/" + b.store("shoes").String() + "/ledger/lines/1/proof", Status: http.StatusUnprocessableEntity},
			{Name: "the coordinator", As: testkit.Coordinator, Path: coordinators(points), Status: http.StatusOK},
			{Name: "the coordinator of another street", As: testkit.OtherCoordinator, Path: coordinators(points), Status: http.StatusNotFound, Code: "ledger_transfer_unknown"},
			{Name: "an owner is no coordinator", As: testkit.OwnerOf("shoes"), Path: coordinators(between), Status: http.StatusForbidden},
		} {
			t.Run(s.Name, func(t *testing.T) { s.Run(t, app) })
		}

		var waits line
		app.As(testkit.OwnerOf("shoes")).Get(path("shoes", between)).Must(http.StatusOK).Into(&waits)
		assert.Nil(t, waits.Checkpoint)
		assert.Equal(t, "0", waits.Record.ExpiresAt)
		assert.Equal(t, fmt.Sprint(rows[0].At.UnixMicro()), waits.Record.At)
	})
}

func TestEverybodyMayHaveTheCheckpoints(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		b := books{t, app, app.Street.Alliance.ID}
		var seal struct {
			Origin, Key string
			Next        time.Time
			Checkpoint  *struct {
				Size      int64
				Note, Day string
			}
		}
		app.As(testkit.Visitor).Get("/street/ledger/seal").Must(http.StatusOK).Into(&seal)
		assert.Nil(t, seal.Checkpoint, "nothing is sealed yet")
		assert.Equal(t, "onestreet/"+app.Street.Alliance.Slug, seal.Origin)
		assert.Equal(t, time.Date(2026, 10, 17, 13, 0, 0, 0, time.UTC), seal.Next)

		for _, n := range []int{5, 3, 9} {
			b.trade(n)
			b.tomorrow()
		}
		app.As(testkit.ClerkOf("shoes")).Get("/street/ledger/seal").Must(http.StatusOK).Into(&seal)
		require.EqualValues(t, 17, seal.Checkpoint.Size)
		assert.Equal(t, "2026-10-19", seal.Checkpoint.Day)
		opened, err := tree.Open(seal.Checkpoint.Note, seal.Key)
		require.NoError(t, err)
		assert.EqualValues(t, 17, opened.Size)

		var page struct {
			Items []struct {
				Size int64
				Root string
			}
			NextCursor string `json:"next_cursor"`
		}
		app.As(testkit.Visitor).Get("/street/ledger/checkpoints?limit=2").Must(http.StatusOK).Into(&page)
		require.Len(t, page.Items, 2)
		assert.EqualValues(t, 8, page.Items[1].Size)
		app.As(testkit.Visitor).Get("/street/ledger/checkpoints?limit=2&cursor=" + page.NextCursor).Must(http.StatusOK).Into(&page)
		require.Len(t, page.Items, 1)
		first, err := base64.StdEncoding.DecodeString(page.Items[0].Root)
		require.NoError(t, err)

		var between struct{ Hashes []string }
		app.As(testkit.Visitor).Get("/street/ledger/consistency?from=5&to=17").Must(http.StatusOK).Into(&between)
		require.NoError(t, proof.VerifyConsistency(rfc6962.DefaultHasher, 5, 17, decoded(t, between.Hashes), first, opened.Root))

		app.As(testkit.OtherOwner).Get("/street/ledger/seal").Must(http.StatusOK).Into(&seal)
		assert.NotEqual(t, opened.Origin, seal.Origin, "each street has its own")
	})
}

func TestAConsistencyThatCannotBeProvenIsRefused(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		b := books{t, app, app.Street.Alliance.ID}
		b.trade(5)
		b.tomorrow()
		for query, code := range map[string]string{
			"from=1&to=6": "ledger_span", "from=6&to=6": "ledger_span", "from=5&to=4": "ledger_span", "from=9223372036854775807&to=9223372036854775807": "ledger_span",
			"from=0&to=5": "invalid", "from=-1&to=5": "invalid", "from=1": "invalid", "": "invalid", "from=x&to=5": "invalid", "from=1&to=9223372036854775808": "invalid",
		} {
			app.As(testkit.Visitor).Get("/street/ledger/consistency?"+query).Refused(http.StatusUnprocessableEntity, code)
		}
		app.As(testkit.Visitor).Get("/street/ledger/checkpoints?cursor=x").Refused(http.StatusUnprocessableEntity, "cursor")
	})
}

func decoded(t *testing.T, texts []string) [][]byte {
	t.Helper()
	hashes := make([][]byte, len(texts))
	for i, text := range texts {
		var err error
		hashes[i], err = base64.StdEncoding.DecodeString(text)
		require.NoError(t, err)
	}
	return hashes
}
