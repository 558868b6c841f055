package ledger_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/app"
	"onestreet/server/ledger"
	"onestreet/server/platform/clock"
	"onestreet/server/platform/db"
	"onestreet/server/testkit"
)

// own gives a test a ledger on a database of its own, so that it may spoil it.
func own(t *testing.T, dialect db.Dialect) books {
	d, err := db.Open(testkit.OwnDatabase(t, dialect), db.Options{Volatile: true})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, d.Close()) })
	return booksOn(t, d)
}

// booksOn keeps a street's ledger, and nothing else, on a database.
func booksOn(t *testing.T, d *db.DB) books {
	fake := clock.NewFake(testkit.Noon)
	node := &app.App{DB: d, Clock: fake, Features: app.Features{Ledger: ledger.New(d, fake)}}
	street := &testkit.Street{Alliance: models.Alliance{ID: models.NewID()}, Stores: map[string]models.Store{}}
	for _, slug := range []string{"shoes", "noodles", "tea", "books"} {
		street.Stores[slug] = models.Store{ID: models.NewID()}
	}
	return open(t, &testkit.App{App: node, Street: street, Time: fake})
}

// written fills the books with every step: 7 rows.
func (b books) written() books {
	b.t.Helper()
	member := models.NewID()
	b.mustPost(b.commission("noodles", "shoes", "c1", 106), b.credit("shoes", "p1", 200), b.credit("tea", "p2", 200))
	require.NoError(b.t, b.settle("p1", "p1+"))
	require.NoError(b.t, b.void("p2", "p2-"))
	require.NoError(b.t, b.reverse("c1", "r1"))
	b.mustPost(b.points("shoes", member, "pt1", 53))
	return b
}

// spoil does by hand what the triggers refuse.
func (b books) spoil(sql string, args ...any) {
	b.t.Helper()
	require.NoError(b.t, b.tx(func(tx *gorm.DB) error {
		for _, trigger := range []string{"ledger_transfers_no_update", "ledger_transfers_no_delete", "ledger_balances_no_update", "ledger_balances_no_delete"} {
			if err := tx.Exec("DROP TRIGGER IF EXISTS " + trigger).Error; err != nil {
				return err
			}
		}
		return tx.Exec(sql, args...).Error
	}))
}

func eachOwn(t *testing.T, test func(t *testing.T, b books)) {
	for _, dialect := range []db.Dialect{db.SQLite, db.MySQL} {
		t.Run(string(dialect), func(t *testing.T) { test(t, own(t, dialect).written()) })
	}
}

func (b books) audit() ledger.Report {
	b.t.Helper()
	report, err := b.app.Ledger.Audit().Run(b.t.Context())
	require.NoError(b.t, err)
	return report
}

func TestTheAuditCountsWhatItSaw(t *testing.T) {
	eachOwn(t, func(t *testing.T, b books) {
		b.app.Ledger.Checks.Add("coupon.stock", func(context.Context, *gorm.DB, models.ID) (*ledger.Finding, error) { return nil, nil })
		report := b.audit()
		assert.Nil(t, report.Finding)
		assert.EqualValues(t, 7, report.Transfers)
		assert.Equal(t, 1, report.Alliances)
		assert.Equal(t, 6, report.Accounts)
		assert.Equal(t, []string{"ledger.transfers", "ledger.tiles", "ledger.checkpoints", "ledger.balances", "ledger.history", "coupon.stock"}, report.Passed)
	})
}

// TestTheAuditNamesTheFirstRowThatWasChangedByHand changes one thing a time, on a street of its own.
func TestTheAuditNamesTheFirstRowThatWasChangedByHand(t *testing.T) {
	type change struct {
		name  string
		seq   int64
		sql   string // statements parted by semicolons
		table string
		says  string
	}
	tests := []change{
		{"an amount", 4, "UPDATE ledger_transfers SET amount = amount + 1 WHERE alliance_id = @street AND seq = 4", "ledger_transfers", "the row was changed"},
		{"one letter", 1, "UPDATE ledger_transfers SET reference = 'c7' WHERE alliance_id = @street AND seq = 1", "ledger_transfers", "the row was changed"},
		{"a time", 2, "UPDATE ledger_transfers SET at = '2026-10-01 00:00:00' WHERE alliance_id = @street AND seq = 2", "ledger_transfers", "the row was changed"},
		{"who gets it", 2, "UPDATE ledger_transfers SET credit_id = (SELECT id FROM ledger_accounts WHERE alliance_id = @street AND owner = 'member') WHERE alliance_id = @street AND seq = 2", "ledger_transfers", "the row was changed"},
		{"whom it is about", 7, "UPDATE ledger_transfers SET member_id = NULL WHERE alliance_id = @street AND seq = 7", "ledger_transfers", "the row was changed"},
		{"a row gone from the middle", 6, "DELETE FROM ledger_transfers WHERE alliance_id = @street AND seq = 5", "ledger_transfers", "comes after seq 4"},
		{"the last row gone", 0, "DELETE FROM ledger_transfers WHERE alliance_id = @street AND seq = 7", "ledger_heads", "the end is missing"},
		{"two numbers swapped", 4, "UPDATE ledger_transfers SET seq = seq - 9 WHERE alliance_id = @street AND seq IN (4, 5); UPDATE ledger_transfers SET seq = -seq WHERE alliance_id = @street AND seq < 0",
			"ledger_transfers", "the row was changed"},
		{"a balance", 0, "UPDATE ledger_accounts SET credits = credits + 1 WHERE alliance_id = @street AND owner = 'store' AND unit = 'fen' AND credits > 0", "ledger_accounts", "come to"},
		{"a past balance", 4, "UPDATE ledger_balances SET credits = credits + 1 WHERE alliance_id = @street AND seq = 4", "ledger_balances", "come to"},
		{"when a past balance was", 7, "UPDATE ledger_balances SET recorded_at = '2026-10-17 02:29:59' WHERE alliance_id = @street AND seq = 7", "ledger_balances", "is not there"},
		{"a past balance gone", 7, "DELETE FROM ledger_balances WHERE alliance_id = @street AND seq = 7", "ledger_balances", "is not there"},
		{"a past balance too many", 0, "INSERT INTO ledger_balances SELECT account_id, '2026-10-01 00:00:00', seq, alliance_id, debits, credits, pending_debits, pending_credits FROM ledger_balances WHERE alliance_id = @street AND seq = 4",
			"ledger_balances", "the transfers left"},
		{"a pending balance", 0, "UPDATE ledger_accounts SET pending_debits = 1 WHERE alliance_id = @street AND owner = 'fund'", "ledger_accounts", "come to"},
	}
	eachCase(t, tests, func(test change) string { return test.name }, func(t *testing.T, b books, test change) {
		b = b.written()
		b.spoilWith(test.sql, nil)
		found := b.finding()
		require.NotNil(t, found)
		assert.Equal(t, test.table, found.Table)
		assert.Equal(t, test.seq, found.Seq)
		assert.Contains(t, found.Problem, test.says)
		assert.Contains(t, found.String(), b.id.String())
		assert.Contains(t, found.String(), found.Row)
	})
}

// TestAForgedLeafIsFoundByTheSums: who recomputes the leaf too still has the balances against them.
func TestAForgedLeafIsFoundByTheSums(t *testing.T) {
	eachOwn(t, func(t *testing.T, b books) {
		row := b.rows()[6]
		row.Amount++
		leaf := row.LeafHash()
		b.spoil("UPDATE ledger_transfers SET amount = ?, leaf = ? WHERE seq = 7", row.Amount, leaf[:])
		found := b.audit().Finding
		require.NotNil(t, found)
		assert.Equal(t, "ledger_accounts", found.Table)
		assert.Equal(t, "ledger.balances", found.Check)
	})
}

// TestAForgedStoryIsFound: rows with good leaves that the ledger would never have written.
func TestAForgedStoryIsFound(t *testing.T) {
	type forgery struct {
		name string
		seq  int
		bend func(rows []models.Transfer, t *models.Transfer)
		says string
	}
	tests := []forgery{
		{"a post of nothing pending", 4, func(rows []models.Transfer, t *models.Transfer) { t.SettlesID = rows[0].ID }, "not pending"},
		{"a post of another amount", 4, func(_ []models.Transfer, t *models.Transfer) { t.Amount = 999 }, "does not settle"},
		{"a reversal of another amount", 6, func(_ []models.Transfer, t *models.Transfer) { t.Amount = 999 }, "does not take back"},
		{"a reversal of a void", 6, func(rows []models.Transfer, t *models.Transfer) { t.ReversesID = rows[4].ID }, "not posted"},
		{"a reversal of a later row", 6, func(rows []models.Transfer, t *models.Transfer) { t.ReversesID = rows[6].ID }, "not there, later"},
		{"a step of no kind", 1, func(_ []models.Transfer, t *models.Transfer) { t.Step = "maybe" }, "is none"},
		{"a unit of no kind", 1, func(_ []models.Transfer, t *models.Transfer) { t.Unit = "euro" }, "unit"},
		{"to itself", 1, func(_ []models.Transfer, t *models.Transfer) { t.CreditID = t.DebitID }, "or one twice"},
		{"settles in passing", 7, func(rows []models.Transfer, t *models.Transfer) { t.SettlesID = rows[0].ID }, "neither posts nor voids"},
	}
	eachCase(t, tests, func(test forgery) string { return test.name }, func(t *testing.T, b books, test forgery) {
		rows := b.written().rows()
		row := rows[test.seq-1]
		test.bend(rows, &row)
		leaf := row.LeafHash()
		b.spoil("UPDATE ledger_transfers SET amount = ?, settles_id = ?, reverses_id = ?, step = ?, unit = ?, credit_id = ?, leaf = ? WHERE id = ?",
			row.Amount, row.SettlesID, row.ReversesID, row.Step, row.Unit, row.CreditID, leaf[:], row.ID)
		found := b.finding()
		require.NotNil(t, found)
		assert.Equal(t, row.ID.String(), found.Row)
		assert.Contains(t, found.Problem, test.says)
	})
}

func TestTheAuditNamesWhatAFeaturesCheckFinds(t *testing.T) {
	eachOwn(t, func(t *testing.T, b books) {
		b.app.Ledger.Checks.Add("coupon.stock", func(context.Context, *gorm.DB, models.ID) (*ledger.Finding, error) {
			return &ledger.Finding{Alliance: b.id, Table: "campaigns", Row: "x", Problem: "gave out 51 of 50"}, nil
		})
		report := b.audit()
		require.NotNil(t, report.Finding)
		assert.Equal(t, fmt.Sprintf("coupon.stock: campaigns row x of alliance %s: gave out 51 of 50", b.id), report.Finding.String())
		assert.NotContains(t, report.Passed, "coupon.stock")

		b.app.Ledger.Checks.Add("broken", func(context.Context, *gorm.DB, models.ID) (*ledger.Finding, error) { return nil, assert.AnError })
		report = b.audit()
		assert.Equal(t, "coupon.stock", report.Finding.Check, "it stops at the first")
	})
}

func TestAnAuditThatCannotReadSaysSo(t *testing.T) {
	eachOwn(t, func(t *testing.T, b books) {
		b.app.Ledger.Checks.Add("broken", func(context.Context, *gorm.DB, models.ID) (*ledger.Finding, error) { return nil, assert.AnError })
		_, err := b.app.Ledger.Audit().Run(t.Context())
		assert.ErrorContains(t, err, "check broken")
	})
}

// TestAnAuditOfOneStreetReadsNoOther: what is spoiled next door is the neighbours' finding.
func TestAnAuditOfOneStreetReadsNoOther(t *testing.T) {
	eachOwn(t, func(t *testing.T, b books) {
		next := b
		next.id = models.NewID()
		next.mustPost(b.commission("tea", "books", "c1", 7))
		var asked []models.ID
		b.app.Ledger.Checks.Add("coupon.stock", func(_ context.Context, _ *gorm.DB, alliance models.ID) (*ledger.Finding, error) {
			asked = append(asked, alliance)
			return nil, nil
		})
		report, err := b.app.Ledger.Audit().Street(t.Context(), b.id)
		require.NoError(t, err)
		assert.Nil(t, report.Finding)
		assert.EqualValues(t, 7, report.Transfers)
		assert.Equal(t, []models.ID{b.id}, asked)

		b.spoil("UPDATE ledger_transfers SET amount = 8 WHERE alliance_id = ?", next.id)
		report, err = b.app.Ledger.Audit().Street(t.Context(), b.id)
		require.NoError(t, err)
		assert.Nil(t, report.Finding)
		found := b.audit().Finding
		require.NotNil(t, found)
		assert.Equal(t, next.id, found.Alliance)
	})
}

func TestOnlyChecksThatAnExportHasTheTablesOfAreCarriedOutOnIt(t *testing.T) {
	var checks ledger.Checks
	finds := func(what string) ledger.Check {
		return func(context.Context, *gorm.DB, models.ID) (*ledger.Finding, error) {
			return &ledger.Finding{Problem: what}, nil
		}
	}
	checks.Add("pool.numbers", finds("numbers"))
	checks.Add("coupon.stock", finds("stock"), "campaigns", "coupons")
	checks.Add("coupon.once", finds("once"), "campaigns", "visits")
	eachOwn(t, func(t *testing.T, b books) {
		within := checks.Within("coupons", "campaigns", "redemptions")
		report, err := ledger.NewAudit(b.app.DB, &within).Run(t.Context())
		require.NoError(t, err)
		require.NotNil(t, report.Finding)
		assert.Equal(t, "stock", report.Finding.Problem)
		none := checks.Within("visits")
		report, err = ledger.NewAudit(b.app.DB, &none).Run(t.Context())
		require.NoError(t, err)
		assert.Equal(t, []string{"ledger.transfers", "ledger.tiles", "ledger.checkpoints", "ledger.balances", "ledger.history"}, report.Passed)
	})
}
