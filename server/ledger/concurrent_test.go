package ledger_test

import (
	"fmt"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/ledger"
	"onestreet/server/testkit"
)

func TestHundredsWhoPostTheSameReferenceWriteItOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		b := open(t, app)
		const callers, references = 200, 4
		ids := make([]models.ID, callers)
		testkit.AtOnce(callers, func(i int) {
			rows, err := b.post(b.commission("noodles", "shoes", fmt.Sprintf("c%d", i%references), 106))
			if assert.NoError(t, err) {
				ids[i] = rows[0].ID
			}
		})
		assert.Len(t, b.rows(), references)
		assert.EqualValues(t, references*106, b.balance(models.StoreFen(b.store("shoes"))).Net())
		for i := references; i < callers; i++ {
			assert.Equal(t, ids[i%references], ids[i], "everyone is told of the same transfer")
		}
		b.mustBalance()
	})
}

func TestManyWhoSpendAtOnceNeverSpendMoreThanThereIs(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		b, member := open(t, app), app.Street.People[testkit.Shopper].Member.ID
		b.mustPost(b.points("shoes", member, "p", 100))
		var spent, refused atomic.Int64
		testkit.AtOnce(200, func(i int) {
			_, err := b.post(b.spend("tea", member, fmt.Sprintf("s%d", i), 3))
			switch {
			case err == nil:
				spent.Add(3)
			case assert.ErrorIs(t, err, ledger.ErrTooLow):
				refused.Add(1)
			}
		})
		assert.EqualValues(t, 99, spent.Load())
		assert.EqualValues(t, 200-33, refused.Load())
		assert.EqualValues(t, 1, b.balance(models.MemberPoints(member)).Available())
		b.mustBalance()
	})
}

func TestOfManyWhoSettleAtOnceOneDoes(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		b := open(t, app)
		b.mustPost(b.credit("shoes", "p", 200))
		var done atomic.Int64
		testkit.AtOnce(60, func(i int) {
			settle := b.settle
			if i%2 == 0 {
				settle = b.void
			}
			if err := settle("p", fmt.Sprintf("s%d", i)); err == nil {
				done.Add(1)
			} else {
				assert.ErrorIs(t, err, ledger.ErrSettled)
			}
		})
		assert.EqualValues(t, 1, done.Load())
		require.Len(t, b.rows(), 2)
		b.mustBalance()
	})
}
