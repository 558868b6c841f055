package settlement_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"
	"pgregory.net/rapid"

	"onestreet/models"
	"onestreet/server/settlement"
	"onestreet/server/testkit"
)

// year drives a street through random months. months remembers each closed month as it was, byte for byte.
type year struct {
	books
	posted []string // references that may still be taken back
	month  int
	months []string
}

func (y *year) pick(t *rapid.T) (from, to string) {
	parties := append([]string{"fund"}, slugs...)
	i := rapid.IntRange(0, len(parties)-1).Draw(t, "from")
	j := rapid.IntRange(1, len(parties)-1).Draw(t, "to")
	return parties[i], parties[(i+j)%len(parties)]
}

func (y *year) doMove(t *rapid.T) {
	from, to := y.pick(t)
	kind := rapid.SampledFrom([]string{models.KindReferral, models.KindCommission, models.KindCouponShare, models.KindPrize, "other"}).Draw(t, "kind")
	e := y.entry(kind, from, to, rapid.Int64Range(1, 100_000).Draw(t, "amount"))
	e.Reference = fmt.Sprintf("%s-%s", models.NewID(), e.Reference)
	y.post(e)
	y.posted = append(y.posted, e.Reference)
}

func (y *year) doPoints(t *rapid.T) {
	slug := rapid.SampledFrom(slugs).Draw(t, "store")
	given := y.gives(slug, rapid.Int64Range(1, 500).Draw(t, "points"))
	given.Reference = models.NewID().String()
	y.post(given)
	taken := y.gives(rapid.SampledFrom(slugs).Draw(t, "taker"), -rapid.Int64Range(1, given.Amount).Draw(t, "honoured"))
	taken.Reference = models.NewID().String()
	y.post(taken)
}

func (y *year) doReverse(t *rapid.T) {
	if len(y.posted) == 0 {
		return
	}
	last := len(y.posted) - 1
	of := y.posted[last]
	y.posted = y.posted[:last]
	require.NoError(t, y.tx(func(tx *gorm.DB) error {
		_, err := y.app.Ledger.Reverse(tx, y.id, of, "back-"+of, "记错了")
		return err
	}))
}

func (y *year) doCorrect(t *rapid.T) {
	from, to := y.pick(t)
	c := settlement.Correction{Alliance: y.id, Account: models.NewID(), Amount: rapid.Int64Range(1, 9999).Draw(t, "amount"), Reason: "第三笔佣金记重了"}
	if from != "fund" {
		c.From = y.store(from)
	}
	if to != "fund" {
		c.To = y.store(to)
	}
	_, err := y.Correct(y.t.Context(), c)
	require.NoError(t, err)
}

// doTreasurer hands the alliance's purse to a store, or back to the alliance.
func (y *year) doTreasurer(t *rapid.T) {
	keeper := models.ID{}
	if slug := rapid.SampledFrom(append(slugs, "fund")).Draw(t, "treasurer"); slug != "fund" {
		keeper = y.store(slug)
	}
	y.keep(keeper)
}

// doClose closes the running month, checks it, and lets most of its payments be made.
func (y *year) doClose(t *rapid.T) {
	name := fmt.Sprintf("%d-%02d", 2026+(9+y.month)/12, (9+y.month)%12+1)
	y.month++
	y.at(fmt.Sprintf("%d-%02d-01 09:00", 2026+(9+y.month)/12, (9+y.month)%12+1))
	closed := y.close(name)
	var sum int64
	for _, slug := range append(slugs, "fund") {
		sum += y.netOf(slug, name)
	}
	require.Zero(t, sum, "over the street the statements come to nothing")
	payments := y.payments(closed)
	if closed.TreasurerID.IsZero() {
		require.Less(t, len(payments), len(slugs)+1, "fewer payments than parties")
	} else {
		require.Less(t, len(payments), len(slugs), "fewer payments than stores")
	}
	for _, p := range payments {
		require.True(t, closed.TreasurerID.IsZero() || p.FromID != y.id && p.ToID != y.id, "the treasurer's hand is the fund's")
		if rapid.IntRange(0, 3).Draw(t, "late") > 0 {
			require.NoError(t, y.mark(p, name, p.ToID, true))
			require.NoError(t, y.mark(p, name, p.FromID, true))
		}
	}
	y.months = append(y.months, y.rows(closed))
}

// rows is everything of a settlement that must never change, as text.
func (y *year) rows(closed models.Settlement) string {
	r := y.app.DB.Read(y.t.Context())
	var stored models.Settlement
	require.NoError(y.t, r.Where("id = ?", closed.ID).Take(&stored).Error)
	var statements []models.Statement
	require.NoError(y.t, r.Where("settlement_id = ?", closed.ID).Order("id").Find(&statements).Error)
	var lines []models.StatementLine
	require.NoError(y.t, r.Where("statement_id IN (?)", r.Model(&models.Statement{}).Select("id").Where("settlement_id = ?", closed.ID)).Order("id").Find(&lines).Error)
	text, err := json.Marshal([]any{stored, statements, lines, y.payments(closed)})
	require.NoError(y.t, err)
	return string(text)
}

// check compares every account with what its closed months left open and what has moved since.
func (y *year) check(t *rapid.T) {
	all := y.settlements()
	require.Len(t, all, len(y.months))
	for i, closed := range all {
		require.Equal(t, y.months[i], y.rows(closed), "a closed month is as it was, byte for byte")
	}
	y.doClose(t)
	for _, slug := range append(slugs, "fund") {
		var owed int64
		for _, closed := range y.settlements() {
			owed += y.netOf(slug, closed.Month)
		}
		require.Equal(t, owed-y.paid(slug), y.net(slug), "%s: what stands on the account is what was owed less what was paid", slug)
	}
}

// paid is what a party has received by settlements, less what it paid.
func (y *year) paid(slug string) (sum int64) {
	account := models.AccountID(y.id, y.key(slug))
	var rows []models.Transfer
	require.NoError(y.t, y.app.DB.Read(y.t.Context()).Where("alliance_id = ? AND kind = ?", y.id, models.KindPayment).Find(&rows).Error)
	for _, row := range rows {
		switch account {
		case row.DebitID:
			sum += row.Amount
		case row.CreditID:
			sum -= row.Amount
		}
	}
	return sum
}

// TestRandomMonthsSettle lives through random months: transfers, points, reversals, corrections, closings, payments.
func TestRandomMonthsSettle(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		founder := open(t, app)
		rapid.Check(t, func(rt *rapid.T) {
			y := &year{books: founder.again()}
			steps := []func(*rapid.T){y.doMove, y.doMove, y.doMove, y.doPoints, y.doReverse, y.doCorrect, y.doTreasurer, y.doClose}
			for range rapid.IntRange(1, 14).Draw(rt, "steps") {
				rapid.SampledFrom(steps).Draw(rt, "step")(rt)
			}
			y.check(rt)
			y.mustHold()
		})
	})
}

// again is a fresh street with the same stores' names.
func (b books) again() books {
	b.t.Helper()
	alliance := models.NewAlliance("y"+models.NewID().String()[19:], "青石街", testkit.Noon.AddDate(0, -1, 0))
	street := &testkit.Street{Alliance: alliance, Stores: map[string]models.Store{}, People: map[testkit.Persona]testkit.Person{}}
	require.NoError(b.t, b.tx(func(tx *gorm.DB) error {
		if err := tx.Create(&alliance).Error; err != nil {
			return err
		}
		for i, slug := range slugs {
			store := models.Store{ID: models.NewID(), AllianceID: alliance.ID, Slug: slug, Name: slug, ShortName: slug, Position: i + 1, Status: models.StoreActive, Version: 1, Hours: []models.Hours{}}
			street.Stores[slug] = store
			if err := tx.Create(&store).Error; err != nil {
				return err
			}
		}
		return nil
	}))
	street.People[testkit.Shopper] = testkit.Person{Member: models.Member{ID: models.NewID()}}
	street.People[testkit.OwnerOf("shoes")] = testkit.Person{Account: models.Account{ID: models.NewID()}}
	street.People[testkit.Coordinator] = testkit.Person{Account: models.Account{ID: models.NewID()}}
	fresh := b
	fresh.app, fresh.id, fresh.n = &testkit.App{App: b.app.App, Street: street, Time: b.app.Time}, alliance.ID, new(int)
	fresh.at("2026-10-17 10:30")
	return fresh
}
