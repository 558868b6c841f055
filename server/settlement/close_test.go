package settlement_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
	"onestreet/server/referral"
	"onestreet/server/settlement"
	"onestreet/server/testkit"
)

func TestAMonthIsClosedIntoOneFigureAStore(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		b := open(t, app)
		taken := b.entry(models.KindCommission, "noodles", "shoes", 66)
		b.post(
			b.entry(models.KindReferral, "fund", "shoes", 200), b.entry(models.KindReferral, "fund", "shoes", 200),
			b.entry(models.KindCommission, "noodles", "shoes", 172), b.entry(models.KindCommission, "shoes", "tea", 106), taken,
			b.entry(models.KindCouponShare, "noodles", "shoes", 600), b.entry(models.KindPrize, "fund", "books", 5000),
			b.entry("something-new", "tea", "books", 1),
		)
		require.NoError(t, b.tx(func(tx *gorm.DB) error {
			_, err := app.Ledger.Reverse(tx, b.id, taken.Reference, "back", "记错了")
			return err
		}))
		b.at("2026-11-01 00:00")
		closed := b.close("2026-10")
		assert.EqualValues(t, 0, closed.FromSeq)
		assert.EqualValues(t, 9, closed.ToSeq)
		assert.False(t, closed.ClosedBy.IsZero())

		v := b.statement("shoes", "2026-10")
		assert.Equal(t, [3]int64{1172, 106, 1066}, [3]int64{v.Earned.Amount, v.Owed.Amount, v.Net.Amount})
		got := map[ledger.Group]int64{}
		for _, g := range v.Groups {
			got[g.Kind] = g.Amount.Amount
		}
		assert.Equal(t, map[ledger.Group]int64{"referral": 400, "commission_in": 172, "commission_out": 106, "coupon_in": 600}, got, "what was taken back is off")
		assert.EqualValues(t, -400-5000, b.statement("fund", "2026-10").Net.Amount)
		assert.EqualValues(t, 5001, b.statement("books", "2026-10").Net.Amount, "a kind that nobody knows still adds up")
		for _, slug := range append(slugs, "fund") {
			assert.Equal(t, b.net(slug), b.statement(slug, "2026-10").Net.Amount, "%s: the net is what stands on the account", slug)
		}
		assert.LessOrEqual(t, len(b.payments(closed)), 4)
		b.mustHold()
	})
}

func TestPointsAreSettledWithTheFundToTheFen(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		b := open(t, app)
		require.NoError(t, b.tx(func(tx *gorm.DB) error {
			return tx.Model(&models.Alliance{}).Where("id = ?", b.id).Update("points_rate", 50).Error
		}))
		b.post(b.gives("shoes", 53), b.gives("tea", 20), b.gives("tea", -20), b.gives("books", -33))
		b.at("2026-11-01 09:00")
		closed := b.close("2026-10")
		assert.EqualValues(t, 6, closed.ToSeq, "what the points come to is part of the month")
		for slug, want := range map[string]int64{"shoes": -27, "tea": 0, "books": 17, "fund": 10} {
			v := b.statement(slug, "2026-10")
			assert.Equal(t, want, v.Net.Amount, slug)
			assert.Equal(t, want, b.net(slug), slug)
		}
		v := b.statement("shoes", "2026-10")
		assert.Equal(t, settlement.StatementPoints{Issued: 53, Honoured: 0, Rate: models.Fen(50), Value: models.Fen(-27)}, v.Points)
		b.mustHold()
	})
}

func TestWhatIsRecordedAfterTheClosingFallsIntoTheNextMonth(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		b := open(t, app)
		b.post(b.entry(models.KindPrize, "fund", "shoes", 100))
		b.at("2026-11-01 09:00")
		before := b.close("2026-10")
		late := b.entry(models.KindPrize, "tea", "shoes", 70)
		late.At = testkit.Noon // it happened in October
		b.post(late)
		assert.EqualValues(t, 100, b.statement("shoes", "2026-10").Net.Amount)
		b.at("2026-12-01 09:00")
		closed := b.close("2026-11")
		assert.Equal(t, before.ToSeq, closed.FromSeq)
		assert.EqualValues(t, 70, b.statement("shoes", "2026-11").Net.Amount)
		assert.Equal(t, before, b.settlements()[0], "the closed month is as it was")
		b.mustHold()
	})
}

func TestMonthsAreClosedWhenTheyAreDueAndInOrder(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		b := open(t, app)
		months := func() (names []string) {
			require.NoError(t, b.CloseDue(t.Context()))
			for _, closed := range b.settlements() {
				names = append(names, closed.Month)
			}
			return names
		}
		b.at("2026-10-01 08:59")
		assert.Empty(t, months(), "it is due at nine")
		b.at("2026-10-01 09:00")
		assert.Equal(t, []string{"2026-09"}, months(), "the first is the last month that is over, whatever came before")
		assert.Equal(t, []string{"2026-09"}, months(), "twice is once")
		assert.True(t, b.settlements()[0].ClosedBy.IsZero(), "by the clock")

		_, err := b.Close(t.Context(), b.id, models.NewID(), "2026-10")
		assert.ErrorIs(t, err, settlement.ErrNotOver)
		b.post(b.entry(models.KindPrize, "fund", "shoes", 100))
		b.at("2027-01-20 12:00")
		_, err = b.Close(t.Context(), b.id, models.NewID(), "2026-12")
		assert.ErrorIs(t, err, settlement.ErrOrder)
		_, err = b.Close(t.Context(), b.id, models.NewID(), "2026-08")
		assert.ErrorIs(t, err, settlement.ErrOrder, "before the first there is nothing")
		assert.Equal(t, []string{"2026-09", "2026-10", "2026-11", "2026-12"}, months(), "a node that slept for months catches up")
		assert.EqualValues(t, 100, b.statement("shoes", "2026-10").Net.Amount)
		assert.Empty(t, b.payments(b.settlements()[2]))
		b.mustHold()
	})
}

func TestAStreetIsNotClosedForMonthsBeforeItWasFounded(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		b := open(t, app)
		require.NoError(t, b.tx(func(tx *gorm.DB) error {
			return tx.Model(&models.Alliance{}).Where("id = ?", b.id).Update("created_at", testkit.Noon).Error
		}))
		require.NoError(t, b.CloseDue(t.Context()))
		assert.Empty(t, b.settlements())
		_, err := b.Close(t.Context(), b.id, models.NewID(), "2026-09")
		assert.ErrorIs(t, err, settlement.ErrOrder)
		b.at("2026-11-01 09:00")
		require.NoError(t, b.CloseDue(t.Context()))
		assert.Len(t, b.settlements(), 1)
	})
}

func TestManyNodesCloseOnceWhileHundredsPost(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		b := open(t, app)
		b.at("2026-11-01 09:00")
		const callers = 300
		entries := make([]ledger.Entry, callers)
		for i := range entries {
			entries[i] = b.entry(models.KindPrize, slugs[i%4], slugs[(i+1+i/4%3)%4], int64(i+1))
		}
		testkit.AtOnce(callers+8, func(i int) {
			if i >= callers {
				assert.NoError(t, b.CloseDue(t.Context()))
				return
			}
			assert.NoError(t, b.tx(func(tx *gorm.DB) error {
				_, err := app.Ledger.Post(tx, b.id, entries[i])
				return err
			}))
		})
		b.at("2026-12-01 09:00")
		testkit.AtOnce(8, func(int) { assert.NoError(t, b.CloseDue(t.Context())) })
		all := b.settlements()
		require.Len(t, all, 2)
		assert.Equal(t, all[0].ToSeq, all[1].FromSeq, "every transfer is in exactly one month")
		assert.EqualValues(t, callers, all[1].ToSeq)
		for _, slug := range slugs {
			assert.Equal(t, b.net(slug), b.netOf(slug, "2026-10")+b.netOf(slug, "2026-11"), slug)
		}
		b.mustHold()
	})
}

// netOf is a statement's net, or nothing where a store had none.
func (b books) netOf(slug, month string) int64 {
	v, err := b.Statement(b.t.Context(), b.id, b.party(slug), month)
	if errors.Is(err, models.ErrNotFound) {
		return 0
	}
	require.NoError(b.t, err)
	return v.Net.Amount
}

func TestTheLedgersPagesAgreeWithTheStatements(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		b := open(t, app)
		b.post(b.entry(models.KindCommission, "tea", "shoes", 172), b.gives("shoes", 53))
		b.at("2026-11-01 08:00")
		month := func(name string) referral.Month {
			m, err := app.Referral.Statement(t.Context(), b.id, b.store("shoes"), name)
			require.NoError(t, err)
			return m
		}
		assert.Equal(t, "2026-11", month("").Month, "by date until a month is closed")
		b.close("2026-10")
		b.at("2026-11-03 12:00")
		late := b.entry(models.KindCommission, "tea", "shoes", 30)
		late.At = testkit.Noon
		b.post(late)

		october, november := month("2026-10"), month("")
		assert.Equal(t, b.statement("shoes", "2026-10").Net, october.Net)
		assert.NotNil(t, october.ClosedAt)
		assert.True(t, october.Balanced)
		assert.Equal(t, "2026-11", november.Month)
		assert.EqualValues(t, 30, november.Net.Amount, "late news is in the month that runs")
		assert.Equal(t, "2026-12-01 09:00", app.Street.Alliance.Local(*november.ClosesAt).Format("2006-01-02 15:04"))
		assert.Zero(t, month("2026-09").Net.Amount, "the first closing took all there was")

		lines, err := app.Referral.Lines(t.Context(), referral.LinesOf{Alliance: b.id, Store: b.store("shoes"), Month: "2026-10"})
		require.NoError(t, err)
		var sum int64
		for _, l := range lines.Items {
			if l.Amount != nil {
				sum += l.Amount.Amount
			}
		}
		assert.Equal(t, october.Net.Amount, sum, "the lines of the month come to its figure")
		assert.Contains(t, fmt.Sprint(lines.Items[0].Why), "发出 53 分，收下 0 分，每 100 分算 1.00 元")
	})
}

// The fund carries shares of coupons as a store does: its own line on each statement, and what is paid adds up to the fen.
func TestTheFundsShareOfCouponsIsALineOfItsOwn(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		b := open(t, app)
		b.post(
			b.entry(models.KindCouponShare, "fund", "shoes", 401), b.entry(models.KindCouponShare, "noodles", "shoes", 299),
			b.entry(models.KindCouponShare, "fund", "tea", 33),
		)
		b.at("2026-11-01 00:00")
		closed := b.close("2026-10")
		v := b.statement("shoes", "2026-10")
		require.Len(t, v.Groups, 1)
		parts := map[string]int64{}
		for _, o := range v.Groups[0].Others {
			name := "fund"
			if o.Store != nil {
				name = o.Store.Slug
			}
			parts[name] = o.Amount.Amount
		}
		assert.Equal(t, map[string]int64{"fund": 401, "noodles": 299}, parts)
		assert.EqualValues(t, -434, b.statement("fund", "2026-10").Net.Amount)
		var net, paid int64
		for _, slug := range []string{"shoes", "noodles", "tea", "fund"} {
			net += b.statement(slug, "2026-10").Net.Amount
		}
		for _, p := range b.payments(closed) {
			paid += p.Amount
		}
		assert.Zero(t, net)
		assert.EqualValues(t, 733, paid)
		b.mustHold()
	})
}
