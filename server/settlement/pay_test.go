package settlement_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/settlement"
	"onestreet/server/testkit"
)

// owing is a closed October in which the tea house owes the shoe shop 100 fen.
func owing(t *testing.T, app *testkit.App) (books, models.SettlementPayment) {
	b := open(t, app)
	b.post(b.entry(models.KindPrize, "tea", "shoes", 100))
	b.at("2026-11-01 09:00")
	all := b.payments(b.close("2026-10"))
	require.Len(t, all, 1)
	return b, all[0]
}

func (b books) transfers(kind string) (n int64) {
	b.t.Helper()
	require.NoError(b.t, b.app.DB.Read(b.t.Context()).Model(&models.Transfer{}).Where("alliance_id = ? AND kind = ?", b.id, kind).Count(&n).Error)
	return n
}

func TestAPaymentIsInTheLedgerWhenBothSidesHaveSaidSo(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		b, p := owing(t, app)
		state := func() models.PaymentState { return b.statement("shoes", "2026-10").Due[0].State }
		assert.Equal(t, models.PaymentOpen, state())
		for _, step := range []struct {
			slug  string
			given bool
			state models.PaymentState
		}{
			{"tea", true, models.PaymentPaid}, {"tea", true, models.PaymentPaid}, {"tea", false, models.PaymentOpen}, {"tea", false, models.PaymentOpen},
			{"shoes", true, models.PaymentReceived}, {"shoes", false, models.PaymentOpen}, {"tea", true, models.PaymentPaid}, {"shoes", true, models.PaymentSettled},
		} {
			require.Zero(t, b.transfers(models.KindPayment), "one side's word moves nothing")
			require.NoError(t, b.mark(p, "2026-10", b.store(step.slug), step.given))
			assert.Equal(t, step.state, state())
		}
		assert.EqualValues(t, 1, b.transfers(models.KindPayment))
		for _, slug := range []string{"tea", "shoes"} {
			assert.Zero(t, b.net(slug), "nobody owes anybody anything")
		}
		assert.ErrorIs(t, b.mark(p, "2026-10", b.store("tea"), false), settlement.ErrSettled)
		assert.NoError(t, b.mark(p, "2026-10", b.store("tea"), true), "saying it again changes nothing")
		assert.ErrorIs(t, b.mark(p, "2026-10", b.store("books"), true), models.ErrNotFound, "it is no business of others")
		assert.ErrorIs(t, b.mark(p, "2026-09", b.store("tea"), true), models.ErrNotFound)

		b.at("2026-12-01 09:00")
		assert.Empty(t, b.payments(b.close("2026-11")), "paying is neither earned nor owed")
		b.mustHold()
	})
}

func TestAHundredWhoMarkAtOncePayOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		b, p := owing(t, app)
		testkit.AtOnce(100, func(i int) {
			assert.NoError(t, b.mark(p, "2026-10", b.store([]string{"tea", "shoes"}[i%2]), true))
		})
		assert.EqualValues(t, 1, b.transfers(models.KindPayment))
		assert.Zero(t, b.net("shoes"))
		b.mustHold()
	})
}

func TestOfManyWhoAnswerAtOnceEachWordHasItsPlace(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		b, _ := owing(t, app)
		who := settlement.Who{Alliance: b.id, Store: b.store("shoes"), Account: models.NewID()}
		testkit.AtOnce(40, func(i int) {
			if i%2 == 0 {
				assert.NoError(t, b.Confirm(t.Context(), who, "2026-10"))
				return
			}
			if err := b.Dispute(t.Context(), who, "2026-10", "第三笔佣金不是我们的"); err != nil {
				assert.Contains(t, []string{"statement_confirmed", "statement_disputed"}, err.(*models.Error).Code)
			}
		})
		assert.Equal(t, models.StatementConfirmed, b.statement("shoes", "2026-10").State)
		b.mustHold()
	})
}

func TestACorrectionFallsIntoTheRunningMonth(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		b, _ := owing(t, app)
		before := b.statement("shoes", "2026-10")
		_, err := b.Correct(t.Context(), settlement.Correction{
			Alliance: b.id, Account: models.NewID(), From: b.store("shoes"), To: b.store("tea"), Amount: 30, Reason: "第三笔佣金记重了", Statement: before.ID,
		})
		require.NoError(t, err)
		after := b.statement("shoes", "2026-10")
		require.Len(t, after.Corrections, 1)
		after.Corrections = before.Corrections
		assert.Equal(t, before, after, "the closed month is as it was")
		b.at("2026-12-01 09:00")
		b.close("2026-11")
		assert.EqualValues(t, -30, b.statement("shoes", "2026-11").Net.Amount)
		b.mustHold()
	})
}
