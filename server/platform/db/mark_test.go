package db_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"

	gomysql "github.com/go-sql-driver/mysql"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/server/platform/db"
	"onestreet/server/testkit/together"
)

var errLost = errors.New("the key was taken over")

// marks counts the rows that marks have left.
func marks(t *testing.T, d *db.DB) (n int64) {
	t.Helper()
	require.NoError(t, d.Read(t.Context()).Table("marks").Count(&n).Error)
	return n
}

// marking is a request that leaves a row with the first thing it does.
func marking(t *testing.T) (ctx context.Context, end func()) {
	return db.WithMark(t.Context(), func(tx *gorm.DB) error { return tx.Exec("INSERT INTO marks (n) VALUES (1)").Error })
}

// deadlock is what a transaction hears that lost one.
func deadlock(d *db.DB) error {
	if d.Dialect == db.SQLite {
		return errors.New("database is locked")
	}
	return &gomysql.MySQLError{Number: 1213, Message: "Deadlock found"}
}

func TestAMarkIsWrittenWithTheFirstThingThatCommits(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		exec(t, d, "CREATE TABLE marks (n BIGINT NOT NULL)")
		ctx, end := marking(t)
		require.ErrorIs(t, d.Tx(ctx, func(*gorm.DB) error { return errLost }), errLost)
		require.Zero(t, marks(t, d), "what was undone is not marked")

		tries := 0
		require.NoError(t, d.Tx(ctx, func(tx *gorm.DB) error {
			if tries++; tries < 4 {
				require.NoError(t, d.Tx(tx.Statement.Context, add)) // one inside it is of it
				return deadlock(d)
			}
			return d.Tx(tx.Statement.Context, add)
		}))
		require.EqualValues(t, []int64{4, 1, 1}, []int64{int64(tries), marks(t, d), value(t, d)}, "run again after a deadlock, marked once")
		require.NoError(t, d.Tx(ctx, add))
		require.EqualValues(t, 1, marks(t, d), "the second thing is not the first")
		end()

		ctx, end = marking(t)
		end()
		require.NoError(t, d.Tx(ctx, add))
		require.EqualValues(t, 1, marks(t, d), "what goes on behind a request is not the request")

		lost, end := db.WithMark(t.Context(), func(*gorm.DB) error { return errLost })
		defer end()
		require.ErrorIs(t, d.Tx(lost, add), errLost)
		require.EqualValues(t, 3, value(t, d), "who cannot mark does nothing")
	})
}

// Sixty requests share batches that lose deadlocks; some are refused, some fail in the writing, some have lost their key. Who was
// told yes has an effect and a mark, and nobody else has either.
func TestInABatchEachHasItsOwnMark(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		exec(t, d, "CREATE TABLE marks (n BIGINT NOT NULL)")
		refused, odd, runs := errors.New("refused"), errors.New("odd"), atomic.Int64{}
		b := db.NewBatcher(d, 16, func(tx *gorm.DB, batch []int) ([]db.Answer[int], error) {
			if runs.Add(1)%3 == 1 {
				return nil, errors.Join(add(tx), deadlock(d))
			}
			answers := make([]db.Answer[int], len(batch))
			for i, n := range batch {
				switch {
				case n%5 == 1:
					answers[i].Err = refused
					continue
				case n%5 == 2:
					return nil, errors.Join(add(tx), odd)
				}
				if err := add(tx); err != nil {
					return nil, err
				}
			}
			return answers, nil
		})
		defer b.Close()
		want := map[int]error{1: refused, 2: odd, 3: errLost}
		together.AtOnce(60, func(i int) {
			ctx, end := marking(t)
			if i%5 == 3 {
				ctx, end = db.WithMark(t.Context(), func(*gorm.DB) error { return errLost })
			}
			defer end()
			_, err := b.Do(ctx, i)
			require.ErrorIs(t, err, want[i%5])
		})
		require.EqualValues(t, []int64{24, 24}, []int64{value(t, d), marks(t, d)})
	})
}
