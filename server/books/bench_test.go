package books_test

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/books"
	"onestreet/server/ledger"
	"onestreet/server/platform/db"
	"onestreet/server/testkit"
	"onestreet/server/testkit/figures"
)

// BenchmarkExport: how many transfers a second go into a file and how many an audit of the file gets through, loading it
// included, and how much memory each needs, at 10 thousand, 100 thousand and a million transfers.
func BenchmarkExport(b *testing.B) {
	for _, dialect := range []db.Dialect{db.SQLite, db.MySQL} {
		b.Run(string(dialect), func(b *testing.B) {
			app, posted := testkit.New(b, dialect), 0
			for _, size := range []int{10_000, 100_000, 1_000_000} {
				posted = grow(b, app, posted, size)
				at := fmt.Sprintf(".%s.%d", dialect, size)
				path := filepath.Join(b.TempDir(), "books.jsonl")
				file, err := os.Create(path)
				require.NoError(b, err)
				began := figures.CPU()
				heap := heapOf(func() { _, err = app.Books.Export(b.Context(), app.Street.Alliance.ID, file) })
				require.NoError(b, err)
				figures.Report(b, "books.export_per_cpu_second"+at, float64(size)/(figures.CPU()-began).Seconds(), "1/s")
				figures.AtMost(b, "books.export_heap"+at, heap, "MB", 64)

				_, err = file.Seek(0, io.SeekStart)
				require.NoError(b, err)
				began = figures.CPU()
				var report books.FileReport
				heap = heapOf(func() { report, err = books.AuditFile(b.Context(), b.TempDir(), file, "", &app.Ledger.Checks) })
				require.NoError(b, err)
				require.Nil(b, report.Finding)
				require.EqualValues(b, size, report.Transfers)
				figures.Report(b, "books.audit_file_per_cpu_second"+at, float64(size)/(figures.CPU()-began).Seconds(), "1/s")
				figures.AtMost(b, "books.audit_file_heap"+at, heap, "MB", 256)
				require.NoError(b, file.Close())
			}
		})
	}
}

// grow posts transfers of a kind that no feature's check asks about until there are so many.
func grow(b *testing.B, app *testkit.App, posted, size int) int {
	slugs := []string{"shoes", "noodles", "tea", "books"}
	for posted < size {
		entries := make([]ledger.Entry, 500)
		for i := range entries {
			entries[i] = ledger.Entry{
				Debit: models.StoreFen(app.Street.Stores[slugs[posted%4]].ID), Credit: models.StoreFen(app.Street.Stores[slugs[(posted+1)%4]].ID),
				Amount: int64(1 + posted%999), Kind: "bench", Reference: fmt.Sprintf("bench:%d", posted), Visit: models.NewID(),
			}
			posted++
		}
		require.NoError(b, app.DB.Tx(b.Context(), func(tx *gorm.DB) error {
			_, err := app.Ledger.Post(tx, app.Street.Alliance.ID, entries...)
			return err
		}))
	}
	return posted
}

// heapOf is the most memory, in MB, that was in use while do ran.
func heapOf(do func()) float64 {
	runtime.GC()
	ended, most := make(chan struct{}), make(chan uint64)
	go func() {
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		var stats runtime.MemStats
		var peak uint64
		for {
			select {
			case <-ended:
				most <- peak
				return
			case <-tick.C:
				runtime.ReadMemStats(&stats)
				peak = max(peak, stats.HeapInuse)
			}
		}
	}()
	do()
	close(ended)
	return float64(<-most) / (1 << 20)
}
