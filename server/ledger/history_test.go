package ledger_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/testkit"
)

func TestABalanceAsOfATimeIsWhatWasRecordedByThen(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		b := open(t, app)
		shoes := models.StoreFen(b.store("shoes"))
		asOf := func(at time.Time) models.Balance {
			balance, err := app.Ledger.BalanceAsOf(app.DB.Read(t.Context()), b.id, shoes, at)
			require.NoError(t, err)
			return balance
		}
		begin := app.Clock.Now()
		b.mustPost(b.commission("noodles", "shoes", "c1", 106), b.credit("shoes", "p1", 200))
		app.Time.Advance(time.Hour)
		require.NoError(t, b.settle("p1", "p1+"))
		app.Time.Advance(time.Hour)
		late := b.commission("shoes", "tea", "c2", 6)
		late.At = begin.Add(-time.Hour)
		b.mustPost(late)

		assert.Zero(t, asOf(begin.Add(-time.Microsecond)), "nothing is known before it is recorded")
		assert.Equal(t, models.Balance{Credits: 106, PendingCredits: 200}, asOf(begin))
		assert.Equal(t, models.Balance{Credits: 106, PendingCredits: 200}, asOf(begin.Add(time.Hour-time.Microsecond)))
		assert.Equal(t, models.Balance{Credits: 306}, asOf(begin.Add(time.Hour)))
		assert.Equal(t, models.Balance{Credits: 306, Debits: 6}, asOf(begin.Add(24*time.Hour)), "what came late counts from when it was written")
		assert.Equal(t, b.balance(shoes), asOf(app.Clock.Now()))
		b.mustBalance()
	})
}

// TestRecordedTimesNeverRunBackwards: a node whose clock is behind writes after one whose clock is ahead.
func TestRecordedTimesNeverRunBackwards(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		b := open(t, app)
		b.mustPost(b.commission("noodles", "shoes", "c1", 106))
		first := app.Clock.Now()
		app.Time.Set(first.Add(-5 * time.Minute))
		row := b.mustPost(b.commission("noodles", "shoes", "c2", 106))[0]
		assert.Equal(t, first.UTC(), row.RecordedAt)
		assert.Equal(t, row.RecordedAt, row.At, "what says no time of its own happened when it was recorded")
		b.mustBalance()
	})
}
