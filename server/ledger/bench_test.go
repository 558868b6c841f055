package ledger_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/ledger"
	"onestreet/server/platform/db"
	"onestreet/server/testkit"
)

// eachDatabase runs a benchmark on both databases; `make bench` has them write to the disk as in production.
func eachDatabase(b *testing.B, run func(b *testing.B, books books, dialect db.Dialect)) {
	for _, dialect := range []db.Dialect{db.SQLite, db.MySQL} {
		b.Run(string(dialect), func(b *testing.B) { run(b, open(b, testkit.New(b, dialect)), dialect) })
	}
}

// rate is how many of n acts a second callers get done together.
func rate(callers, n int, act func(i int)) float64 {
	next := make(chan int, n)
	for i := range n {
		next <- i
	}
	close(next)
	began := time.Now()
	var all sync.WaitGroup
	for range callers {
		all.Go(func() {
			for i := range next {
				act(i)
			}
		})
	}
	all.Wait()
	return float64(n) / time.Since(began).Seconds()
}

// BenchmarkPosting: transfers a second by 64 callers, beside each caller in a transaction of its own, in turns.
func BenchmarkPosting(b *testing.B) {
	const callers, single, batched = 64, 1000, 12_000
	eachDatabase(b, func(b *testing.B, books books, dialect db.Dialect) {
		slugs := []string{"shoes", "noodles", "tea", "books"}
		entry := func(kind string, i int) ledger.Entry {
			return books.commission(slugs[i%4], slugs[(i+1+i/4%3)%4], fmt.Sprintf("%s%d", kind, i), 106)
		}
		_ = models.NewID
		_ = batched
		one := rate(callers, single, func(i int) {
			_, err := books.post(entry("one", i))
			require.NoError(b, err)
		})
		testkit.Report(b, "ledger.single_per_second."+string(dialect), one, "1/s")
	})
}
