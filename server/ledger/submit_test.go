package ledger_test

import (
	"fmt"
	"math"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
	"onestreet/server/testkit"
)

func (b books) submit(entries ...ledger.Entry) ([]models.Transfer, error) {
	return b.app.Ledger.Submit(b.t.Context(), b.id, entries...)
}

// TestACrowdThatSharesACommitGetsEachItsOwnAnswer: some overspend, some repeat, some contradict themselves.
func TestACrowdThatSharesACommitGetsEachItsOwnAnswer(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		b, member := open(t, app), app.Street.People[testkit.Shopper].Member.ID
		b.mustPost(b.points("shoes", member, "given", 50))
		var spent, refused atomic.Int64
		testkit.AtOnce(400, func(i int) {
			switch i % 4 {
			case 0: // 100 times 1 point of 50
				_, err := b.submit(b.spend("tea", member, fmt.Sprintf("s%d", i), 1))
				if err == nil {
					spent.Add(1)
				} else if assert.ErrorIs(t, err, ledger.ErrTooLow) {
					refused.Add(1)
				}
			case 1: // 100 who say the same
				rows, err := b.submit(b.commission("noodles", "shoes", "same", 106))
				if assert.NoError(t, err) {
					assert.EqualValues(t, 106, rows[0].Amount)
				}
			case 2: // all or none: the second cannot be
				_, err := b.submit(b.commission("tea", "books", fmt.Sprintf("half%d", i), 7), b.spend("tea", app.Street.People[testkit.ThirdShopper].Member.ID, fmt.Sprintf("none%d", i), 1))
				assert.ErrorIs(t, err, ledger.ErrTooLow)
			case 3:
				rows, err := b.submit(b.commission("noodles", "books", fmt.Sprintf("a%d", i), 3), b.commission("books", "tea", fmt.Sprintf("b%d", i), 2))
				if assert.NoError(t, err) {
					assert.Equal(t, rows[0].Seq+1, rows[1].Seq)
				}
			}
		})
		assert.EqualValues(t, 50, spent.Load())
		assert.EqualValues(t, 50, refused.Load())
		assert.Len(t, b.rows(), 1+50+1+200)
		assert.EqualValues(t, 100, b.balance(models.StoreFen(b.store("books"))).Net())
		assert.Zero(t, b.balance(models.MemberPoints(member)).Available())
		b.mustBalance()
	})
}

func TestStreetsThatShareACommitKeepTheirOwnBooks(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		ours := open(t, app)
		theirs := ours
		theirs.id = app.Other.Alliance.ID
		testkit.AtOnce(60, func(i int) {
			b := []books{ours, theirs}[i%2]
			_, err := b.submit(b.commission("noodles", "shoes", fmt.Sprintf("c%d", i/2), int64(1+i%2)))
			assert.NoError(t, err)
		})
		for i, b := range []books{ours, theirs} {
			rows := b.rows()
			require.Len(t, rows, 30)
			assert.EqualValues(t, 30, rows[29].Seq)
			assert.EqualValues(t, 30*(i+1), b.balance(models.StoreFen(b.store("shoes"))).Net())
		}
		ours.mustBalance()
		theirs.mustBalance()
	})
}

func TestWhatIsSubmittedBadlyIsRefusedBeforeItQueues(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		b := open(t, app)
		_, err := b.submit(b.commission("noodles", "shoes", "c1", 0))
		assert.ErrorIs(t, err, ledger.ErrAmount)
		rows, err := b.submit()
		assert.NoError(t, err)
		assert.Empty(t, rows)
		assert.Empty(t, b.rows())
	})
}

// TestTheDatabaseItselfKeepsTheLimits: an account that goes below zero is refused by the database, whoever writes it.
func TestTheDatabaseItselfKeepsTheLimits(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		b, member := open(t, app), app.Street.People[testkit.Shopper].Member.ID
		b.mustPost(b.points("shoes", member, "given", 50))
		points, money := models.AccountID(b.id, models.MemberPoints(member)), models.AccountID(b.id, models.StorePoints(b.store("shoes")))
		for name, change := range map[string]struct {
			sql     string
			account models.ID
		}{
			"spent more than there is":     {"debits = 51", points},
			"held more than there is":      {"pending_debits = 51", points},
			"below nothing":                {"debits = -1", money},
			"a pending side below nothing": {"pending_credits = -1", money},
			"over what fits":               {fmt.Sprintf("pending_debits = %d", int64(math.MaxInt64)), money},
		} {
			err := b.tx(func(tx *gorm.DB) error {
				return tx.Exec("UPDATE ledger_accounts SET "+change.sql+" WHERE id = ?", change.account).Error
			})
			assert.ErrorContains(t, err, "ledger_accounts_within", name)
		}
		for _, sql := range []string{"UPDATE ledger_balances SET debits = debits + 1", "DELETE FROM ledger_balances"} {
			err := b.tx(func(tx *gorm.DB) error { return tx.Exec(sql+" WHERE account_id = ?", points).Error })
			assert.ErrorContains(t, err, "a past balance is never", sql)
		}
		b.mustBalance()
	})
}
