package db_test

import (
	"cmp"
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/server/platform/db"
)

var (
	at        = time.Date(2026, 10, 17, 8, 0, 0, 0, time.UTC)
	putCounts = db.Insert{Into: "counters (id, n, at)", Width: 3}
)

// whole is a counter that is given as a whole: nothing of it comes from the database.
type whole struct {
	ID int64 `gorm:"primaryKey;autoIncrement:false"`
	N  int64
	At time.Time
}

func (whole) TableName() string { return "counters" }

func TestQueriesThatGoTogetherGetEachItsOwnRows(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		require.NoError(t, d.Tx(t.Context(), func(tx *gorm.DB) error {
			return putCounts.Exec(tx, []any{2, 20, at, 3, 30, at, 4, 30, at})
		}))
		for _, tx := range []func(context.Context, func(*gorm.DB) error) error{d.Tx, func(ctx context.Context, read func(*gorm.DB) error) error { return read(d.Read(ctx)) }} {
			require.NoError(t, tx(t.Context(), func(tx *gorm.DB) error {
				var twenty, none, thirty []counter
				var seen []int
				err := db.FindAll(tx,
					db.Query{Of: tx.Where("n = ?", 20), Into: &twenty, Then: func() { seen = append(seen, len(twenty)) }},
					db.Query{Of: tx.Where("n = ?", 21), Into: &none, Then: func() { seen = append(seen, len(none)) }},
					db.Query{Of: db.Lock(tx).Where("n IN ?", []int{30, 31}).Order("id DESC"), Into: &thirty, Then: func() { seen = append(seen, len(thirty)) }},
				)
				require.Equal(t, []int{1, 0, 2}, seen)
				require.EqualValues(t, 2, twenty[0].ID)
				require.True(t, at.Equal(twenty[0].At))
				require.EqualValues(t, 4, thirty[0].ID)
				return err
			}))
		}
	})
}

func TestAQueryThatFailsFailsAllThatGoTogether(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		require.ErrorContains(t, d.Tx(t.Context(), func(tx *gorm.DB) error {
			var rows, more []counter
			return db.FindAll(tx, db.Query{Of: tx.Where("n >= 0"), Into: &rows}, db.Query{Of: tx.Where("nonsense = 0"), Into: &more})
		}), "nonsense")
	})
}

// What waits is as good as written: whoever reads or writes after it in the transaction meets it.
func TestWhatWaitsIsWrittenBeforeAnythingElse(t *testing.T) {
	asks := map[string]func(tx *gorm.DB) (int64, error){
		"a read": func(tx *gorm.DB) (n int64, err error) {
			return n, tx.Model(&counter{}).Where("id = 7").Pluck("n", &n).Error
		},
		"a row": func(tx *gorm.DB) (n int64, err error) {
			return n, tx.Raw("SELECT n FROM counters WHERE id = 7").Row().Scan(&n)
		},
		"reads together": func(tx *gorm.DB) (int64, error) {
			var rows []counter
			err := db.FindAll(tx, db.Query{Of: tx.Where("id = 7"), Into: &rows})
			return rows[0].N, err
		},
		"a change": func(tx *gorm.DB) (int64, error) {
			done := tx.Exec("UPDATE counters SET at = ? WHERE id = 7 AND n = 71", at.Add(time.Second))
			return 70 + done.RowsAffected, done.Error
		},
		"a row that was made": func(tx *gorm.DB) (n int64, err error) {
			return n, tx.Model(&counter{}).Where("id IN ?", []int{6, 7}).Select("SUM(n) - 60").Scan(&n).Error
		},
		"a part": func(tx *gorm.DB) (int64, error) {
			undone := errors.New("undone")
			err := db.Part(tx, func(tx *gorm.DB) error { return errors.Join(putCounts.Exec(tx, []any{9, 9, at}), undone) })
			if !errors.Is(err, undone) {
				return 0, err
			}
			var n int64
			err = tx.Model(&counter{}).Where("id IN ?", []int{7, 9}).Select("SUM(n)").Scan(&n).Error
			return n, err
		},
	}
	each(t, func(t *testing.T, d *db.DB) {
		for name, ask := range asks {
			stop := errors.New("again")
			require.ErrorIs(t, d.Tx(t.Context(), func(tx *gorm.DB) error {
				return db.Late(tx, func(tx *gorm.DB) error {
					require.NoError(t, db.Create(tx, &[]whole{{ID: 7, N: 70, At: at}}))
					require.NoError(t, moved.Late(tx, []any{7, 71, at, 70}))
					require.NoError(t, putCounts.Exec(tx, []any{8, 80, at}))
					if name == "a row that was made" {
						require.NoError(t, db.Create(tx, &[]counter{{ID: 6, N: 60, At: at}}))
					}
					n, err := ask(tx)
					require.NoError(t, err, name)
					require.EqualValues(t, 71, n, name)
					return stop
				})
			}), stop)
		}
	})
}

func TestWhatWaitsIsWrittenInTheEndOrNothingIs(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		write := func(ids ...int64) error {
			return d.Tx(t.Context(), func(tx *gorm.DB) error {
				return db.Late(tx, func(tx *gorm.DB) error {
					for _, id := range ids {
						if err := putCounts.Exec(tx, []any{id, 5, at}); err != nil {
							return err
						}
					}
					return db.Later(tx, "UPDATE counters SET n = n + ? WHERE id = ?", 1, 1)
				})
			})
		}
		require.NoError(t, write(2, 3))
		require.EqualValues(t, 1, value(t, d))
		err := write(4, 3, 5)
		require.True(t, db.IsDuplicate(err), "%v", err)
		require.EqualValues(t, 1, value(t, d))
		var rows int64
		require.NoError(t, d.Read(t.Context()).Model(&counter{}).Count(&rows).Error)
		require.EqualValues(t, 3, rows)
	})
}

// What is asked ahead and what is counted are there when the next thing has gone to the database, in their order, whatever
// that is; and what a count says no to is an error of it.
func TestWhatIsAskedAheadAndCountedComesWithTheNext(t *testing.T) {
	no := errors.New("no")
	nexts := map[string]func(tx *gorm.DB) error{
		"a read": func(tx *gorm.DB) error {
			var n int64
			return tx.Model(&counter{}).Where("id = 1").Pluck("n", &n).Error
		},
		"a change": func(tx *gorm.DB) error {
			return tx.Model(&counter{}).Where("id = ?", 1).Updates(map[string]any{"n": gorm.Expr("n + 1")}).Error
		},
		"reads together": func(tx *gorm.DB) error {
			var rows []counter
			return db.FindAll(tx, db.Query{Of: tx.Where("id = 1"), Into: &rows})
		},
		"nothing but the wait": db.Settle,
		"the end":              func(*gorm.DB) error { return nil },
	}
	each(t, func(t *testing.T, d *db.DB) {
		for name, next := range nexts {
			for _, refuse := range []bool{false, true} {
				var said []int64
				count := func(n int64) error {
					said = append(said, n)
					if refuse && len(said) == 2 {
						return no
					}
					return nil
				}
				stop := errors.New("again")
				err := d.Tx(t.Context(), func(tx *gorm.DB) error {
					err := db.Late(tx, func(tx *gorm.DB) error {
						var found []counter
						require.NoError(t, putCounts.Exec(tx, []any{7, 70, at, 8, 80, at}))
						require.NoError(t, db.Ahead(tx, db.Query{Of: tx.Where("id IN ?", []int{7, 8, 9}), Into: &found, Then: func() { said = append(said, int64(len(found))) }}))
						if err := moved.Counted(tx, []any{7, 71, at, 70, 8, 81, at, 8, 9, 91, at, 90}, count); err != nil {
							return err
						}
						if err := db.Counted(tx, count, "UPDATE counters SET n = n + ? WHERE id = ?", 1, 8); err != nil {
							return err
						}
						return next(tx)
					})
					return cmp.Or(err, stop)
				})
				if refuse {
					require.ErrorIs(t, err, no, name)
					require.Equal(t, []int64{2, 1}, said, name)
					continue
				}
				require.ErrorIs(t, err, stop, name)
				require.Equal(t, []int64{2, 1, 1}, said, name)
			}
		}
	})
}
