package ledger_test

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/app"
	"onestreet/server/ledger"
	"onestreet/server/platform/db"
	"onestreet/server/testkit"
	"onestreet/server/testkit/figures"
	"onestreet/server/testkit/together"
)

// eachDatabase runs a benchmark on both databases; `make bench` has them write to the disk as in production.
func eachDatabase(b *testing.B, run func(b *testing.B, books books, dialect string)) {
	for _, dialect := range []db.Dialect{db.SQLite, db.MySQL} {
		b.Run(string(dialect), func(b *testing.B) { run(b, open(b, testkit.New(b, dialect)), string(dialect)) })
	}
}

// rate is how many of n acts a second so many callers get done together.
func rate(callers, n int, act func(i int)) float64 {
	next := make(chan int, n)
	for i := range n {
		next <- i
	}
	close(next)
	began := time.Now()
	var all together.Group
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

// BenchmarkPosting: transfers a second by 64 callers who share commits, beside each in a transaction of its own, in turns.
func BenchmarkPosting(b *testing.B) {
	const callers, turns, single, shared = 64, 5, 600, 8000
	eachDatabase(b, func(b *testing.B, books books, dialect string) {
		slugs := []string{"shoes", "noodles", "tea", "books"}
		entry := func(turn int, kind string, i int) ledger.Entry {
			return books.commission(slugs[i%4], slugs[(i+1+i/4%3)%4], fmt.Sprintf("%s:%d:%d", kind, turn, i), 106)
		}
		var alone, together, ratios []float64
		for turn := range turns {
			alone = append(alone, rate(callers, single, func(i int) {
				_, err := books.post(entry(turn, "alone", i))
				require.NoError(b, err)
			}))
			together = append(together, rate(callers, shared, func(i int) {
				_, err := books.app.Ledger.Submit(b.Context(), books.id, entry(turn, "together", i))
				require.NoError(b, err)
			}))
			ratios = append(ratios, together[turn]/alone[turn])
		}
		figures.Report(b, "ledger.single_per_second."+dialect, figures.Median(alone), "1/s")
		figures.Report(b, "ledger.batched_per_second."+dialect, figures.Median(together), "1/s")
		figures.AtLeast(b, "ledger.batched_vs_single."+dialect, figures.Median(ratios), "ratio", 10)
		books.mustBalance()
	})
}

// BenchmarkGrowth: what reading costs in a ledger of 10 thousand, 100 thousand and a million transfers, every one of them
// a line of one account.
func BenchmarkGrowth(b *testing.B) {
	app.TradeMemory() // as the server that audits each night
	eachDatabase(b, func(b *testing.B, books books, dialect string) {
		posted := 0
		for _, size := range []int{10_000, 100_000, 1_000_000} {
			posted = books.growTo(posted, size)
			at := fmt.Sprintf(".%s.%d", dialect, size)
			figures.AtMost(b, "ledger.balance"+at, figures.Millis(figures.Sample(101, func(int) { books.balance(models.StoreFen(books.store("shoes"))) })), "ms", 2)
			figures.AtMost(b, "ledger.balance_as_of"+at, figures.Millis(figures.Sample(101, books.someBalanceAsOf)), "ms", 2)
			books.tomorrow()
			figures.AtMost(b, "ledger.inclusion_proof"+at, figures.Millis(figures.Sample(201, func(i int) { books.someProof(i, size) })), "ms", 1)
			figures.AtLeast(b, "ledger.audit_per_second"+at, books.auditRate(size), "1/s", 200_000)
		}
	})
}

// growTo posts commissions to the shoe shop, a minute apart in batches, until there are so many.
func (b books) growTo(posted, size int) int {
	payers := []string{"noodles", "tea", "books"}
	for posted < size {
		entries := make([]ledger.Entry, 500)
		for i := range entries {
			entries[i] = b.commission(payers[posted%3], "shoes", fmt.Sprintf("grow:%d", posted), int64(1+posted%999))
			entries[i].Visit, entries[i].Member = models.NewID(), b.app.Street.People[testkit.Shopper].Member.ID
			posted++
		}
		b.app.Time.Advance(time.Minute)
		b.mustPost(entries...)
	}
	return posted
}

func (b books) someBalanceAsOf(i int) {
	at := b.app.Time.Now().Add(-time.Duration(i*i) * time.Minute)
	_, err := b.app.Ledger.BalanceAsOf(b.app.DB.Read(b.t.Context()), b.id, models.StoreFen(b.store("shoes")), at)
	require.NoError(b.t, err)
}

// someProof makes the proof of a transfer, here and there, in a tree of so many.
func (b books) someProof(i, size int) {
	seq := int64(i)*7919*7919%int64(size) + 1
	_, err := b.app.Ledger.Inclusion(b.t.Context(), b.id, seq, int64(size))
	require.NoError(b.t, err)
}

// auditRate is how many transfers a second of one core's time the audit gets through.
func (b books) auditRate(size int) float64 {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	used := make([]time.Duration, 5)
	for i := range used {
		began := figures.CPU()
		b.mustBalance()
		used[i] = figures.CPU() - began
	}
	return float64(size) / figures.Median(used).Seconds()
}
