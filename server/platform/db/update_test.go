package db_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/server/platform/db"
)

var moved = db.Update{Table: "counters", Key: []string{"id"}, Set: []string{"n", "at"}, Given: []string{"was"}, When: "t.n = v.was"}

func TestManyRowsAreUpdatedEachToItsOwnAndOnlyWhereTheyAreAsGiven(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		at := time.Date(2026, 10, 17, 8, 0, 0, 0, time.UTC)
		rows, values := make([]counter, 250), []any{}
		for i := range rows {
			rows[i] = counter{ID: int64(i + 10), N: int64(i % 2), At: at}
			values = append(values, rows[i].ID, i, at.Add(time.Duration(i)*time.Second), 1)
		}
		var changed int64
		require.NoError(t, d.Tx(t.Context(), func(tx *gorm.DB) (err error) {
			if err := tx.CreateInBatches(rows, 100).Error; err != nil {
				return err
			}
			changed, err = moved.Exec(tx, values)
			return err
		}))
		require.EqualValues(t, 125, changed)
		for i := range rows {
			if i%2 == 1 {
				rows[i].N, rows[i].At = int64(i), at.Add(time.Duration(i)*time.Second)
			}
		}
		var now []counter
		require.NoError(t, d.Read(t.Context()).Where("id >= 10").Order("id").Find(&now).Error)
		require.Len(t, now, len(rows))
		for i := range rows {
			require.Equal(t, rows[i].N, now[i].N)
			require.True(t, rows[i].At.Equal(now[i].At))
		}
	})
}
