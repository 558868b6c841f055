package ledger_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onestreet/server/platform/db"
)

// TestARowThatIsReadAsOneIsStillSeenColumnByColumn: the audit reads joined columns, and nothing that moves from one to
// another without changing the whole gets past it.
func TestARowThatIsReadAsOneIsStillSeenColumnByColumn(t *testing.T) {
	for name, sql := range map[string]string{
		"a byte moved to the next id":       "UPDATE ledger_transfers SET member_id = x'7c' || substr(store_id, 1, 15), store_id = substr(store_id, 16) || zeroblob(16) WHERE seq = 1",
		"a byte moved to the leaf":          "UPDATE ledger_transfers SET referral_id = zeroblob(15), leaf = x'00' || leaf WHERE seq = 1",
		"a word moved to the next":          "UPDATE ledger_transfers SET reference = reference || char(10) || step, step = kind, kind = unit WHERE seq = 1",
		"a time that is none":               "UPDATE ledger_transfers SET at = 'yesterday' WHERE seq = 1",
		"a time with another zone":          "UPDATE ledger_transfers SET at = substr(at, 1, 19) || '+08:00' WHERE seq = 1",
		"a text where a number should be":   "UPDATE ledger_transfers SET amount = 'many' WHERE seq = 1",
		"an amount that is not whole":       "UPDATE ledger_transfers SET amount = 106.5 WHERE seq = 1",
		"an expiry on what does not expire": "UPDATE ledger_transfers SET expires_at = at WHERE seq = 1",
	} {
		t.Run(name, func(t *testing.T) {
			b := own(t, db.SQLite).written()
			b.spoil(sql)
			found := b.audit().Finding
			require.NotNil(t, found)
			assert.Equal(t, "ledger.transfers", found.Check)
			assert.EqualValues(t, 1, found.Seq)
		})
	}
}
