package db_test

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/server/platform/db"
	"onestreet/server/testkit/services"
	"onestreet/server/testkit/together"
)

// TestAServerThatHangsHoldsNobody stops a MariaDB of its own in the middle of a crowd (SIGSTOP) and lets it go on.
func TestAServerThatHangsHoldsNobody(t *testing.T) {
	const crowd, within = 60, time.Second
	server, err := services.StartMariaDB(t.Context())
	require.NoError(t, err)
	t.Cleanup(server.Stop)
	d, err := db.Open("mysql:"+strings.Replace(server.Addr, "/?", "/mysql?", 1), db.Options{Within: within})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, d.Close()) })
	exec(t, d, "CREATE TABLE counters (id BIGINT PRIMARY KEY, n BIGINT NOT NULL, at DATETIME(6) NOT NULL)")
	exec(t, d, "INSERT INTO counters VALUES (1, 0, NOW(6))")

	var written, doubted atomic.Int64
	write := func() error {
		ran := false
		err := d.Tx(context.Background(), func(tx *gorm.DB) error {
			err := add(tx)
			ran = err == nil
			return err
		})
		switch {
		case err == nil:
			written.Add(1)
		case ran:
			doubted.Add(1)
		}
		return err
	}
	require.NoError(t, write())
	require.NoError(t, server.Pause())
	t.Cleanup(func() { _ = server.Resume() })
	began := time.Now()
	var all together.Group
	var lost atomic.Int64
	for range crowd {
		all.Go(func() {
			if err := write(); err != nil { // the signal takes a moment to stop every thread: the first may get through
				assert.True(t, db.IsDown(err), "%v", err)
				lost.Add(1)
			}
		})
	}
	all.Wait()
	require.Greater(t, lost.Load(), int64(crowd/2))
	require.Less(t, time.Since(began), 10*within)
	readers(t, d, 3*crowd, 3*within)

	require.NoError(t, server.Resume())
	for range crowd {
		require.NoError(t, write())
	}
	counted := value(t, d)
	require.GreaterOrEqual(t, counted, written.Load(), "what was said has happened")
	require.LessOrEqual(t, counted, written.Load()+doubted.Load(), "what was given up before its commit has not happened")
	require.LessOrEqual(t, doubted.Load(), int64(1), "one at a time holds the row until its commit: of that one nobody knows")
}

// readers look at a database that hangs, many more than there are connections to it, and none is kept waiting for another's.
func readers(t *testing.T, d *db.DB, crowd int, within time.Duration) {
	began := time.Now()
	var all together.Group
	for i := range crowd {
		all.Go(func() {
			look := func(r *gorm.DB) error { return r.Find(&[]counter{}).Error }
			err := d.Snapshot(context.Background(), look)
			if i%2 == 0 {
				err = look(d.Read(context.Background()))
			}
			assert.True(t, db.IsDown(err), "%v", err)
		})
	}
	all.Wait()
	require.Less(t, time.Since(began), within)
}

func TestATransactionThatTakesTooLongIsGivenUp(t *testing.T) {
	d, err := db.Open("mysql:"+services.NewDatabase(t), db.Options{Within: 200 * time.Millisecond})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, d.Close()) })
	err = d.Tx(t.Context(), func(tx *gorm.DB) error { return tx.Exec("DO SLEEP(20)").Error })
	require.True(t, db.IsDown(err), "%v", err)
	require.NoError(t, d.Migrate(t.Context()), "changing tables is not hanging")
}
