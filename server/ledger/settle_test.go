package ledger_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
	"onestreet/server/testkit"
)

func TestAPendingTransferIsPostedOrVoidedOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		b := open(t, app)
		shoes := models.StoreFen(b.store("shoes"))
		b.mustPost(b.credit("shoes", "a", 200), b.credit("shoes", "b", 200))
		assert.Equal(t, models.Balance{PendingCredits: 400}, b.balance(shoes))
		require.NoError(t, b.settle("a", "a+"))
		require.NoError(t, b.settle("a", "a+"), "repeating it is the first answer")
		require.NoError(t, b.void("b", "b-"))
		require.NoError(t, b.void("b", "b-"))
		assert.Equal(t, models.Balance{Credits: 200}, b.balance(shoes))

		assert.ErrorIs(t, b.void("a", "a-"), ledger.ErrSettled, "what is posted is not voided")
		assert.ErrorIs(t, b.settle("a", "a++"), ledger.ErrSettled)
		assert.ErrorIs(t, b.settle("b", "b+"), ledger.ErrSettled)
		assert.ErrorIs(t, b.settle("a", "b-"), ledger.ErrReference, "the reference is another transfer's")
		assert.ErrorIs(t, b.settle("a+", "x"), ledger.ErrNotOpen)
		assert.ErrorIs(t, b.void("nothing", "x"), ledger.ErrUnknown)
		assert.ErrorIs(t, b.void("a", ""), ledger.ErrEntry)
		assert.Len(t, b.rows(), 4)
		b.mustBalance()
	})
}

func TestAPendingTransferExpires(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		b := open(t, app)
		expires := app.Clock.Now().Add(60 * 24 * time.Hour)
		for _, ref := range []string{"a", "b"} {
			e := b.credit("shoes", ref, 200)
			e.ExpiresAt = &expires
			b.mustPost(e)
		}
		at := func(ref string, when time.Time) error {
			return b.tx(func(tx *gorm.DB) error {
				_, err := app.Ledger.PostPendingAt(tx, b.id, ref, ref+"+", when)
				return err
			})
		}
		app.Time.Set(expires.Add(time.Hour))
		assert.ErrorIs(t, at("a", expires), ledger.ErrExpired, "the first instant of day 61")
		assert.NoError(t, at("a", expires.Add(-time.Microsecond)), "the last of day 60, told late")
		assert.NoError(t, at("a", expires.Add(time.Hour)), "repeating it is the first answer")
		assert.ErrorIs(t, b.settle("b", "b+"), ledger.ErrExpired)
		assert.NoError(t, b.void("b", "b-"))
		b.mustBalance()
	})
}

func TestAReversalNamesWhatItTakesBackOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		b := open(t, app)
		visit := models.NewID()
		e := b.commission("noodles", "shoes", "c1", 106)
		e.Visit = visit
		first := b.mustPost(e, b.credit("shoes", "p1", 200))
		require.NoError(t, b.reverse("c1", "r1"))
		require.NoError(t, b.reverse("c1", "r1"))
		rows := b.rows()
		back := rows[len(rows)-1]
		assert.Equal(t, first[0].ID, back.ReversesID)
		assert.Equal(t, visit, back.VisitID, "it is about the same")
		assert.Equal(t, "记错了", back.Reason)
		assert.Zero(t, b.balance(models.StoreFen(b.store("shoes"))).Net())

		assert.ErrorIs(t, b.reverse("c1", "r2"), ledger.ErrReversed)
		assert.ErrorIs(t, b.reverse("r1", "r3"), ledger.ErrNotPosted, "a reversal stays")
		assert.ErrorIs(t, b.reverse("p1", "r4"), ledger.ErrNotPosted, "what is pending is voided instead")
		require.NoError(t, b.settle("p1", "p1+"))
		assert.ErrorIs(t, b.reverse("p1", "r4"), ledger.ErrNotPosted, "the row that posted is the one to take back")
		require.NoError(t, b.reverse("p1+", "r4"))
		b.mustBalance()
	})
}

// TestTheDatabaseItselfRefusesChanges: no program and no hand changes a transfer through the application's user.
func TestTheDatabaseItselfRefusesChanges(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		b := open(t, app)
		row := b.mustPost(b.commission("noodles", "shoes", "c1", 106))[0]
		for _, sql := range []string{
			"UPDATE ledger_transfers SET amount = 107 WHERE id = ?",
			"UPDATE ledger_transfers SET amount = 106 WHERE id = ?",
			"DELETE FROM ledger_transfers WHERE id = ?",
		} {
			err := b.tx(func(tx *gorm.DB) error { return tx.Exec(sql, row.ID).Error })
			assert.ErrorContains(t, err, "a transfer is never", sql)
		}
		err := b.tx(func(tx *gorm.DB) error {
			columns := "id, alliance_id, seq, reference, step, kind, unit, debit_id, credit_id, amount, at, recorded_at, leaf"
			return tx.Exec("REPLACE INTO ledger_transfers ("+columns+") VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)", row.ID, row.AllianceID, row.Seq, row.Reference,
				row.Step, row.Kind, row.Unit, row.DebitID, row.CreditID, 1, row.At, row.RecordedAt, row.Leaf).Error
		})
		assert.ErrorContains(t, err, "a transfer is never")
		assert.Equal(t, row.Leaf, b.rows()[0].Leaf)
		b.mustBalance()
	})
}
