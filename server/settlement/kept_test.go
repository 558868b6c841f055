package settlement_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/app"
	"onestreet/server/platform/clock"
	"onestreet/server/platform/config"
	"onestreet/server/platform/db"
	"onestreet/server/settlement"
	"onestreet/server/testkit"
)

// tables are what a closed month consists of.
var tables = []string{"settlements", "statements", "statement_lines", "settlement_payments", "statement_answers", "payment_marks", "corrections"}

// full is a closed October with a row in every table.
func (b books) full() models.SettlementPayment {
	b.t.Helper()
	b.post(b.entry(models.KindPrize, "tea", "shoes", 100), b.entry(models.KindPrize, "noodles", "books", 70), b.gives("shoes", 53))
	b.at("2026-11-01 09:00")
	p := b.payments(b.close("2026-10"))[0]
	require.NoError(b.t, b.mark(p, "2026-10", p.FromID, true))
	who := settlement.Who{Alliance: b.id, Store: b.store("shoes"), Account: models.NewID()}
	require.NoError(b.t, b.Dispute(b.t.Context(), who, "2026-10", "第三笔佣金不是我们的"))
	_, err := b.Correct(b.t.Context(), settlement.Correction{Alliance: b.id, Account: models.NewID(), To: b.store("shoes"), Amount: 30, Reason: "第三笔佣金记重了"})
	require.NoError(b.t, err)
	return p
}

func TestWhatIsClosedCannotBeChangedBySQL(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		b := open(t, app)
		b.full()
		refused := func(sql string, args ...any) {
			t.Helper()
			err := b.tx(func(tx *gorm.DB) error { return tx.Exec(sql, args...).Error })
			require.Error(t, err, sql)
			assert.Contains(t, err.Error(), "never", sql)
		}
		for _, table := range tables {
			refused("UPDATE "+table+" SET alliance_id = alliance_id WHERE alliance_id = ?", b.id)
			refused("DELETE FROM "+table+" WHERE alliance_id = ?", b.id)
			refused("REPLACE INTO "+table+" SELECT * FROM "+table+" WHERE alliance_id = ?", b.id)
		}
	})
}

// own gives a test a database of its own, so that it may spoil it.
func own(t *testing.T, dialect db.Dialect) books {
	t.Helper()
	cfg := config.Config{Addr: "127.0.0.1:0", Database: testkit.OwnDatabase(t, dialect), Data: t.TempDir(), Secret: testkit.Secret, SMS: "console", Log: "error", PublicURL: "http://street.test"}
	fake := clock.NewFake(testkit.Noon)
	node, err := app.New(cfg, app.Options{Clock: fake, SMS: testkit.NewCodes(), Volatile: true})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, node.Close()) })
	bare := &testkit.App{App: node, Time: fake, Street: &testkit.Street{}}
	return open(t, bare).again()
}

func eachOwn(t *testing.T, test func(t *testing.T, b books)) {
	t.Helper()
	for _, dialect := range []db.Dialect{db.SQLite, db.MySQL} {
		t.Run(string(dialect), func(t *testing.T) { test(t, own(t, dialect)) })
	}
}

// spoil does by hand what the triggers refuse.
func (b books) spoil(sql string) {
	b.t.Helper()
	require.NoError(b.t, b.tx(func(tx *gorm.DB) error {
		for _, table := range append(tables, "ledger_transfers") {
			for _, what := range []string{"_no_update", "_no_delete"} {
				if err := tx.Exec("DROP TRIGGER IF EXISTS " + table + what).Error; err != nil {
					return err
				}
			}
		}
		if tx.Name() == "sqlite" {
			return tx.Exec(sql).Error
		}
		if err := tx.Exec("SET FOREIGN_KEY_CHECKS = 0").Error; err != nil {
			return err
		}
		return tx.Exec(sql).Error
	}))
}

// TestTheAuditNamesTheFirstRowThatWasChangedByHand changes one thing a time in a database of its own.
func TestTheAuditNamesTheFirstRowThatWasChangedByHand(t *testing.T) {
	tests := []struct{ name, sql, table, says string }{
		{"where a month ends", "UPDATE settlements SET to_seq = to_seq - 1", "statements", "its transfers come to"},
		{"where a month begins", "UPDATE settlements SET from_seq = 1", "settlements", "begins after seq 1"},
		{"a month beyond the ledger", "UPDATE settlements SET to_seq = 99", "settlements", "the ledger ends at"},
		{"a figure", "UPDATE statements SET earned = earned + 1, net = net + 1 WHERE points_issued = 53", "statements", "its transfers come to"},
		{"a line", "UPDATE statement_lines SET amount = amount + 1 WHERE kind = 'prize_in'", "statement_lines", "its transfers are"},
		{"a line gone", "DELETE FROM statement_lines WHERE kind = 'points_in'", "statements", "lacks line"},
		{"a payment", "UPDATE settlement_payments SET amount = amount + 1", "settlement_payments", "are to be paid"},
		{"a payment gone", "DELETE FROM settlement_payments WHERE position = 3", "settlements", "lacks payment 3"},
		{"the rate", "UPDATE settlements SET points_rate = 99", "statements", "they are worth"},
		{"a word put in", "UPDATE statement_answers SET kind = 'reply'", "statement_answers", "to a statement that is waiting"},
		{"a mark", "UPDATE payment_marks SET given = false", "payment_marks", "of a payment that is open"},
		{"a correction's sum", "UPDATE corrections SET amount = amount + 1", "corrections", "not in the ledger as it says"},
		{"a correction gone", "DELETE FROM corrections", "ledger_transfers", "without saying who and why"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			eachOwn(t, func(t *testing.T, b books) {
				b.full()
				b.mustHold()
				b.spoil(test.sql)
				found := b.audit()
				require.NotNil(t, found)
				assert.True(t, strings.HasPrefix(found.Check, "settlement."), found.String())
				assert.Equal(t, test.table, found.Table)
				assert.Contains(t, found.Problem, test.says)
			})
		})
	}
}

// TestAClosingThatBreaksInTheMiddleLeavesNothing lets the last of its inserts fail, as a node that dies would.
func TestAClosingThatBreaksInTheMiddleLeavesNothing(t *testing.T) {
	trigger := map[db.Dialect]string{
		db.SQLite: "CREATE TRIGGER pulled BEFORE INSERT ON settlement_payments BEGIN SELECT RAISE(ABORT, 'the plug was pulled'); END",
		db.MySQL:  "CREATE TRIGGER pulled BEFORE INSERT ON settlement_payments FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the plug was pulled'",
	}
	eachOwn(t, func(t *testing.T, b books) {
		b.post(b.entry(models.KindPrize, "tea", "shoes", 100), b.gives("shoes", 53))
		run := func(sql string) {
			require.NoError(t, b.tx(func(tx *gorm.DB) error { return tx.Exec(sql).Error }))
		}
		run(trigger[b.app.DB.Dialect])
		b.at("2026-11-01 09:00")
		require.ErrorContains(t, b.CloseDue(t.Context()), "the plug was pulled")
		for _, table := range append(tables, "outbox") {
			var n int64
			require.NoError(t, b.app.DB.Read(t.Context()).Table(table).Count(&n).Error)
			assert.Zero(t, n, table)
		}
		assert.Zero(t, b.transfers(models.KindPointsSettled), "the points neither")
		run("DROP TRIGGER pulled")
		require.NoError(t, b.CloseDue(t.Context()))
		assert.Len(t, b.settlements(), 1)
		b.mustHold()
	})
}
