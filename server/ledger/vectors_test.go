package ledger_test

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/transparency-dev/merkle/rfc6962"
	"github.com/transparency-dev/merkle/testonly"

	"onestreet/models"
	"onestreet/server/ledger"
	"onestreet/server/ledger/tree"
)

// vectorsFile is what the web app's verifier is tested with: written here, by the code that it must agree with.
const vectorsFile = "../../frontend/src/shared/proof/testdata/vectors.json"

const vectorsMost = 70

type vectors struct {
	Street      string            `json:"street"`
	Store       string            `json:"store"`
	Accounts    map[string]string `json:"accounts"` // of the store, by unit
	Key         string            `json:"key"`
	OtherKey    string            `json:"other_key"`
	OtherNote   string            `json:"other_note"`   // of another key, about the same root
	OtherOrigin string            `json:"other_origin"` // a note of another street, signed by it
	Records     []ledger.Record   `json:"records"`      // of the first leaves
	Leaves      []string          `json:"leaves"`
	Roots       []string          `json:"roots"` // of size 1, 2, …
	Notes       []string          `json:"notes"` // of size 1, 2, …
	Inclusion   []vectorProof     `json:"inclusion"`
	Consistency []vectorProof     `json:"consistency"`
}

// vectorProof is of leaf A in size B, or from size A to size B.
type vectorProof struct {
	A      int64    `json:"a"`
	B      int64    `json:"b"`
	Hashes []string `json:"hashes"`
}

func vectorID(n byte) models.ID { return models.ID{1, 0x99, 0, 0, 0, 0, 0x70, 0, 0x80, 15: n} }

// vectorRows are transfers with everything that a leaf covers: the largest amount, several scripts, no times at all.
func vectorRows(street, store models.ID) []models.Transfer {
	at := time.Date(2026, 10, 17, 2, 30, 0, 123456000, time.UTC)
	expires := at.Add(60 * 24 * time.Hour)
	early := time.Date(1969, 12, 31, 23, 59, 59, 999999000, time.UTC)
	rows := make([]models.Transfer, vectorsMost)
	for i := range rows {
		rows[i] = models.Transfer{
			ID: vectorID(byte(100 + i)), AllianceID: street, Seq: int64(i + 1), Reference: fmt.Sprintf("commission:%d", i+1), Step: models.StepSingle,
			Kind: models.KindCommission, Unit: models.UnitFen, DebitID: models.AccountID(street, models.FundFen()), CreditID: models.AccountID(street, models.StoreFen(store)),
			Amount: int64(i + 1), At: at.Add(time.Duration(i) * time.Second), RecordedAt: at.Add(time.Duration(i) * time.Second),
		}
	}
	whole := &rows[1]
	whole.Step, whole.Kind, whole.ExpiresAt, whole.Amount, whole.Reason = models.StepPending, models.KindReferral, &expires, models.MaxTransfer, "记错了，a “whole” ⛩ reason"
	for i, id := range []*models.ID{&whole.SettlesID, &whole.ReversesID, &whole.MemberID, &whole.StoreID, &whole.VisitID, &whole.CampaignID, &whole.CouponID, &whole.RedemptionID, &whole.ReferralID} {
		*id = vectorID(byte(30 + i))
	}
	points := &rows[2]
	points.Unit, points.DebitID, points.CreditID = models.UnitPoint, models.AccountID(street, models.StorePoints(store)), models.AccountID(street, models.MemberPoints(vectorID(9)))
	points.At, points.ExpiresAt = early, &early
	return rows
}

func makeVectors(t *testing.T) vectors {
	t.Helper()
	street, store := vectorID(1), vectorID(2)
	v := vectors{Street: street.String(), Store: store.String(), Accounts: map[string]string{
		"fen": models.AccountID(street, models.StoreFen(store)).String(), "point": models.AccountID(street, models.StorePoints(store)).String(),
	}}
	reference, tiles := testonly.New(rfc6962.DefaultHasher), map[tree.Place][]byte{}
	read := func([]tree.Place) (map[tree.Place][]byte, error) { return tiles, nil }
	g, err := tree.Grow(read, 0)
	require.NoError(t, err)
	for i, row := range vectorRows(street, store) {
		leaf := row.LeafHash()
		reference.Append(leaf[:])
		g.Append(leaf[:])
		v.Leaves = append(v.Leaves, base64.StdEncoding.EncodeToString(leaf[:]))
		if i < 4 {
			v.Records = append(v.Records, ledger.RecordOf(row))
		}
	}
	for _, tile := range g.Tiles() {
		tiles[tile.Place] = tile.Hashes
	}
	v.sign(t, reference)
	for b := int64(1); b <= vectorsMost; b++ {
		for a := range b {
			if b > 9 && a != 0 && a != b/2 && a != b-1 {
				continue
			}
			hashes, err := tree.Inclusion(read, a, b)
			require.NoError(t, err)
			v.Inclusion = append(v.Inclusion, vectorProof{a, b, inBase64(hashes)})
			hashes, err = tree.Consistency(read, a+1, b)
			require.NoError(t, err)
			v.Consistency = append(v.Consistency, vectorProof{a + 1, b, inBase64(hashes)})
		}
	}
	return v
}

func inBase64(hashes [][]byte) []string {
	texts := make([]string, len(hashes))
	for i, h := range hashes {
		texts[i] = base64.StdEncoding.EncodeToString(h)
	}
	return texts
}

func (v *vectors) sign(t *testing.T, reference *testonly.Tree) {
	t.Helper()
	key := func(seed string) ed25519.PrivateKey {
		return ed25519.NewKeyFromSeed([]byte(strings.Repeat(seed, ed25519.SeedSize)))
	}
	note := func(origin string, size int, key ed25519.PrivateKey) string {
		text, err := tree.Checkpoint{Origin: origin, Size: int64(size), Root: reference.HashAt(uint64(size))}.Sign(key)
		require.NoError(t, err)
		return text
	}
	const origin = "onestreet/qingshi"
	var err error
	v.Key, err = tree.VerifierKey(origin, key("k").Public().(ed25519.PublicKey))
	require.NoError(t, err)
	v.OtherKey, err = tree.VerifierKey(origin, key("x").Public().(ed25519.PublicKey))
	require.NoError(t, err)
	v.OtherNote, v.OtherOrigin = note(origin, vectorsMost, key("x")), note("onestreet/liuhe", vectorsMost, key("k"))
	for size := 1; size <= vectorsMost; size++ {
		v.Roots = append(v.Roots, base64.StdEncoding.EncodeToString(reference.HashAt(uint64(size))))
		v.Notes = append(v.Notes, note(origin, size, key("k")))
	}
}

// TestTheWebAppsVectorsAreOurs keeps the file that the browser's verifier is tested with. UPDATE_GOLDEN=1 writes it anew.
func TestTheWebAppsVectorsAreOurs(t *testing.T) {
	made, err := json.MarshalIndent(makeVectors(t), "", " ")
	require.NoError(t, err)
	made = append(made, '\n')
	if os.Getenv("UPDATE_GOLDEN") != "" {
		require.NoError(t, os.WriteFile(vectorsFile, made, 0o600))
	}
	kept, err := os.ReadFile(vectorsFile)
	require.NoError(t, err)
	require.Equal(t, string(kept), string(made), "the leaf, the tree or the note has changed: the web app must follow (UPDATE_GOLDEN=1)")
}
