package db_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"
	"pgregory.net/rapid"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// leaflet is a row with every kind of value that the features insert.
type leaflet struct {
	N    int64
	Of   models.ID
	Text string
	At   *time.Time
	Seal []byte
}

var leaflets = db.Insert{Into: "leaflets (n, of, text, at, seal)", Width: 5, Key: "n", Update: []string{"text"}}

// anyLeaflets draws rows of which many columns hold the same in all, some nothing at all.
func anyLeaflets(t *rapid.T) []leaflet {
	ids, when := []models.ID{{}, {1}, {2}}, time.Date(2026, 3, 1, 8, 0, 0, 123000, time.UTC)
	few := rapid.IntRange(1, 3).Draw(t, "few")
	rows := make([]leaflet, rapid.IntRange(0, 120).Draw(t, "rows"))
	for n := range rows {
		pick := func(of string) int { return rapid.IntRange(0, few-1).Draw(t, of) }
		rows[n] = leaflet{
			N: int64(n), Of: ids[pick("of")], Text: []string{"", "面", "O'Neil?"}[pick("text")],
			At: []*time.Time{nil, &when, nil}[pick("at")], Seal: [][]byte{nil, {0, 0xff}, {1}}[pick("seal")],
		}
	}
	return rows
}

func TestWhatIsInsertedTogetherIsThereAsItWas(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		blob, at := "BLOB", "DATETIME"
		if d.Dialect == db.MySQL {
			blob, at = "VARBINARY(16)", "DATETIME(6)"
		}
		exec(t, d, "CREATE TABLE leaflets (n BIGINT PRIMARY KEY, of "+blob+", text VARCHAR(20) NOT NULL, at "+at+", seal "+blob+")")
		rapid.Check(t, func(r *rapid.T) {
			exec(t, d, "DELETE FROM leaflets")
			rows := anyLeaflets(r)
			put(t, d, rows)
			require.Equal(r, rows, stored(t, d))
			for n := range rows {
				rows[n].Text = "换了"
			}
			put(t, d, rows)
			require.Equal(r, rows, stored(t, d))
		})
	})
}

func exec(t *testing.T, d *db.DB, statement string) {
	t.Helper()
	require.NoError(t, d.Tx(t.Context(), func(tx *gorm.DB) error { return tx.Exec(statement).Error }))
}

func put(t *testing.T, d *db.DB, rows []leaflet) {
	t.Helper()
	var values []any
	for _, l := range rows {
		values = append(values, l.N, l.Of, l.Text, l.At, l.Seal)
	}
	require.NoError(t, d.Tx(t.Context(), func(tx *gorm.DB) error { return leaflets.Exec(tx, values) }))
}

func stored(t *testing.T, d *db.DB) []leaflet {
	t.Helper()
	rows := []leaflet{}
	require.NoError(t, d.Read(t.Context()).Table("leaflets").Order("n").Find(&rows).Error)
	return slices.Clip(rows)
}

func TestATakenKeyIsADuplicateAlsoAmongMany(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		now := time.Now().UTC()
		err := d.Tx(t.Context(), func(tx *gorm.DB) error {
			return db.Insert{Into: "counters (id, n, at)", Width: 3}.Exec(tx, []any{7, 1, now, 1, 1, now})
		})
		require.True(t, db.IsDuplicate(err), "%v", err)
		var n int64
		require.NoError(t, d.Read(t.Context()).Model(&counter{}).Count(&n).Error)
		require.EqualValues(t, 1, n, "none of a refused batch stays")
	})
}
