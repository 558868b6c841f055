package db_test

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"path/filepath"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
	"gorm.io/gorm"

	"onestreet/server/platform/db"
	"onestreet/server/testkit/services"
	"onestreet/server/testkit/together"
)

func TestMain(m *testing.M) { services.Main(m) }

// counter is a row that many want to change at once.
type counter struct {
	ID int64 `gorm:"primaryKey"`
	N  int64
	At time.Time
}

func (counter) TableName() string { return "counters" }

func each(t *testing.T, test func(t *testing.T, d *db.DB)) {
	for name, url := range map[string]func(*testing.T) string{
		"sqlite": func(t *testing.T) string { return "sqlite:" + filepath.Join(t.TempDir(), "x.db") },
		"mysql":  func(t *testing.T) string { return "mysql:" + services.NewDatabase(t) },
	} {
		t.Run(name, func(t *testing.T) {
			d, err := db.Open(url(t), db.Options{Volatile: true})
			require.NoError(t, err)
			t.Cleanup(func() { require.NoError(t, d.Close()) })
			at := map[db.Dialect]string{db.SQLite: "DATETIME", db.MySQL: "DATETIME(6)"}[d.Dialect]
			require.NoError(t, d.Tx(t.Context(), func(tx *gorm.DB) error {
				return tx.Exec("CREATE TABLE counters (id BIGINT PRIMARY KEY, n BIGINT NOT NULL, at " + at + " NOT NULL)").Error
			}))
			require.NoError(t, d.Tx(t.Context(), func(tx *gorm.DB) error { return tx.Create(&counter{ID: 1, At: time.Now().UTC()}).Error }))
			test(t, d)
		})
	}
}

func value(t *testing.T, d *db.DB) int64 {
	t.Helper()
	var c counter
	require.NoError(t, d.Read(context.Background()).Take(&c, 1).Error)
	return c.N
}

func add(tx *gorm.DB) error {
	return tx.Model(&counter{}).Where("id = 1").Update("n", gorm.Expr("n + 1")).Error
}

func TestWritersAtOnceAllSucceed(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		var all together.Group
		for range 200 {
			all.Go(func() { require.NoError(t, d.Tx(context.Background(), add)) })
		}
		all.Wait()
		require.EqualValues(t, 200, value(t, d))
	})
}

func TestDeadlocksAreRunAgain(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		require.NoError(t, d.Tx(t.Context(), func(tx *gorm.DB) error { return tx.Create(&counter{ID: 2, At: time.Now().UTC()}).Error }))
		both := func(first, second int64) func(tx *gorm.DB) error {
			return func(tx *gorm.DB) error {
				for _, id := range []int64{first, second} {
					if err := tx.Model(&counter{}).Where("id = ?", id).Update("n", gorm.Expr("n + 1")).Error; err != nil {
						return err
					}
				}
				return nil
			}
		}
		var all together.Group
		for i := range 60 {
			order := both(1, 2)
			if i%2 == 0 {
				order = both(2, 1)
			}
			all.Go(func() { require.NoError(t, d.Tx(context.Background(), order)) })
		}
		all.Wait()
		require.EqualValues(t, 60, value(t, d))
	})
}

func TestAnErrorOrAPanicRollsBack(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		stop := errors.New("stop")
		after := false
		require.ErrorIs(t, d.Tx(t.Context(), func(tx *gorm.DB) error {
			db.AfterCommit(tx, func() { after = true })
			return errors.Join(add(tx), stop)
		}), stop)
		require.Panics(t, func() {
			_ = d.Tx(t.Context(), func(tx *gorm.DB) error {
				require.NoError(t, add(tx))
				panic("now")
			})
		})
		require.Zero(t, value(t, d))
		require.False(t, after, "nothing is told of what was rolled back")
	})
}

func TestAnInnerTransactionJoinsTheOuter(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		var order []string
		require.NoError(t, d.Tx(t.Context(), func(tx *gorm.DB) error {
			err := d.Tx(tx.Statement.Context, func(inner *gorm.DB) error {
				db.AfterCommit(inner, func() { order = append(order, "after commit") })
				return add(inner)
			})
			order = append(order, "inner done")
			var c counter
			require.NoError(t, d.Read(tx.Statement.Context).Take(&c, 1).Error)
			require.EqualValues(t, 1, c.N, "reading in a transaction sees its own writes")
			return err
		}))
		require.Equal(t, []string{"inner done", "after commit"}, order)
	})
}

func TestTimesComeBackToTheMicrosecond(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		at := time.Date(2026, 10, 17, 10, 18, 52, 123456000, time.UTC)
		require.NoError(t, d.Tx(t.Context(), func(tx *gorm.DB) error { return tx.Create(&counter{ID: 9, At: at}).Error }))
		var c counter
		require.NoError(t, d.Read(t.Context()).Where("at = ?", at).Take(&c).Error)
		require.True(t, at.Equal(c.At), "%s", c.At)
	})
}

func TestAPartFailsAlone(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		stop := errors.New("stop")
		var told []string
		require.NoError(t, d.Tx(t.Context(), func(tx *gorm.DB) error {
			for _, name := range []string{"one", "two", "three"} {
				err := db.Part(tx, func(tx *gorm.DB) error {
					db.AfterCommit(tx, func() { told = append(told, name) })
					if err := add(tx); err != nil || name != "two" {
						return err
					}
					return stop
				})
				if name == "two" {
					require.ErrorIs(t, err, stop)
				} else {
					require.NoError(t, err)
				}
			}
			return nil
		}))
		require.EqualValues(t, 2, value(t, d))
		require.Equal(t, []string{"one", "three"}, told, "what a part undid is not told")
	})
}

func TestADatabaseThatIsAwayIsToldFromAnError(t *testing.T) {
	_, dial := net.Dial("tcp", "127.0.0.1:1")
	for _, err := range []error{dial, driver.ErrBadConn, mysql.ErrInvalidConn, io.EOF, context.DeadlineExceeded, &mysql.MySQLError{Number: 1053}, errors.New("database is locked (5) (SQLITE_BUSY)")} {
		require.True(t, db.IsDown(fmt.Errorf("claim: %w", err)), "%v", err)
	}
	for _, err := range []error{nil, errors.New("no"), gorm.ErrRecordNotFound, context.Canceled, &mysql.MySQLError{Number: 1062}, &mysql.MySQLError{Number: 1146}} {
		require.False(t, db.IsDown(err), "%v", err)
	}
}

func TestABatchGivesEachCallerItsOwnAnswer(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		odd := errors.New("odd")
		batches := 0
		b := db.NewBatcher(d, 64, func(tx *gorm.DB, asks []int) ([]db.Answer[int], error) {
			batches++
			answers := make([]db.Answer[int], len(asks))
			for i, n := range asks {
				answers[i].Value = n * 2
				if n%2 == 1 {
					answers[i].Err = odd
					continue
				}
				if err := add(tx); err != nil {
					return nil, err
				}
			}
			return answers, nil
		})
		var all together.Group
		for n := range 300 {
			all.Go(func() {
				got, err := b.Do(context.Background(), n)
				if n%2 == 1 {
					require.ErrorIs(t, err, odd)
					return
				}
				require.NoError(t, err)
				require.Equal(t, n*2, got)
			})
		}
		all.Wait()
		b.Close()
		require.EqualValues(t, 150, value(t, d))
		require.Less(t, batches, 300, "callers share commits")
		_, err := b.Do(context.Background(), 1)
		require.ErrorIs(t, err, db.ErrClosed)
	})
}

func TestABatchThatFailsFailsForAll(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		stop := errors.New("stop")
		b := db.NewBatcher(d, 8, func(tx *gorm.DB, asks []int) ([]db.Answer[int], error) {
			return nil, errors.Join(add(tx), stop)
		})
		_, err := b.Do(t.Context(), 1)
		require.ErrorIs(t, err, stop)
		b.Close()
		require.Zero(t, value(t, d))
	})
}

// Who asks from within a transaction is in it: nothing waits for what it holds, and what it gives up never was.
func TestAnAskFromATransactionJoinsIt(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		b := db.NewBatcher(d, 8, func(tx *gorm.DB, asks []int) ([]db.Answer[int], error) {
			return make([]db.Answer[int], len(asks)), add(tx)
		})
		stop := errors.New("stop")
		for _, end := range []error{stop, nil} {
			err := d.Tx(t.Context(), func(tx *gorm.DB) error {
				if err := add(tx); err != nil {
					return err
				}
				_, err := b.Do(tx.Statement.Context, 1)
				return errors.Join(err, end)
			})
			require.ErrorIs(t, err, end)
		}
		b.Close()
		require.EqualValues(t, 2, value(t, d))
	})
}

// One that cannot be carried out undoes the batch, and then only itself.
func TestWhatFailsInABatchFailsAlone(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		stop := errors.New("stop")
		b := db.NewBatcher(d, 64, func(tx *gorm.DB, asks []int) ([]db.Answer[int], error) {
			for _, n := range asks {
				if err := add(tx); err != nil {
					return nil, err
				}
				if n%10 == 0 {
					return nil, stop
				}
			}
			return make([]db.Answer[int], len(asks)), nil
		})
		var all together.Group
		for n := range 100 {
			all.Go(func() {
				if _, err := b.Do(context.Background(), n); n%10 == 0 {
					require.ErrorIs(t, err, stop)
				} else {
					require.NoError(t, err)
				}
			})
		}
		all.Wait()
		b.Close()
		require.EqualValues(t, 90, value(t, d))
	})
}

func TestBatchesThatAreApartBeginSoFarApart(t *testing.T) {
	const apart = 20 * time.Millisecond
	each(t, func(t *testing.T, d *db.DB) {
		b := db.NewBatcher(d, 8, func(tx *gorm.DB, asks []int) ([]db.Answer[int], error) {
			return make([]db.Answer[int], len(asks)), add(tx)
		}).Apart(apart)
		began := time.Now()
		for n := range 5 {
			_, err := b.Do(t.Context(), n)
			require.NoError(t, err)
		}
		require.GreaterOrEqual(t, time.Since(began), 4*apart)
		b.Close()
		require.EqualValues(t, 5, value(t, d))
	})
}

func TestABatcherKeepsNothingOfWhomItAnswered(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		type heavy [1 << 10]byte
		b := db.NewBatcher(d, 8, func(_ *gorm.DB, asks []*heavy) ([]db.Answer[int], error) {
			return make([]db.Answer[int], len(asks)), nil
		})
		defer b.Close()
		var gone atomic.Int64
		var all together.Group
		for range 50 {
			all.Go(func() {
				ask := new(heavy)
				runtime.AddCleanup(ask, func(int) { gone.Add(1) }, 0)
				_, err := b.Do(t.Context(), ask)
				require.NoError(t, err)
			})
		}
		all.Wait()
		require.Eventually(t, func() bool {
			runtime.GC()
			return gone.Load() == 50
		}, 10*time.Second, time.Millisecond)
	})
}

func TestClosingABatcherLeavesNothingRunning(t *testing.T) {
	d, err := db.Open("sqlite:"+filepath.Join(t.TempDir(), "x.db"), db.Options{})
	require.NoError(t, err)
	before := goleak.IgnoreCurrent()
	db.NewBatcher(d, 8, func(*gorm.DB, []int) ([]db.Answer[int], error) { return nil, nil }).Close()
	goleak.VerifyNone(t, before)
	require.NoError(t, d.Close())
}

func TestADatabaseOfAnUnknownKind(t *testing.T) {
	for _, url := range []string{"", "sqlite:", "postgres:x", "mysql", "mysql:not a dsn"} {
		_, err := db.Open(url, db.Options{})
		require.Error(t, err, url)
	}
	_, err := db.Open("oracle:root:secret@tcp(x)/y", db.Options{})
	require.NotContains(t, err.Error(), "secret")
}
