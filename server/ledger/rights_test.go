package ledger_test

import (
	"database/sql"
	"fmt"
	"testing"

	"github.com/go-sql-driver/mysql"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/server/platform/db"
	"onestreet/server/testkit/services"
)

// TestTheServersDatabaseUserCannotBendTheBooks: with the rights that the README gives it, the server posts as ever, and
// nothing that it could send to the database changes what is written.
func TestTheServersDatabaseUserCannotBendTheBooks(t *testing.T) {
	owner := services.NewDatabase(t)
	ownerDB, err := db.Open("mysql:"+owner, db.Options{})
	require.NoError(t, err)
	require.NoError(t, ownerDB.Migrate(t.Context()))
	rights, err := ownerDB.BendingRights(t.Context())
	require.NoError(t, err)
	assert.Contains(t, rights, "TRIGGER", "who migrates can: so it is another user who serves")
	require.NoError(t, ownerDB.Close())

	app := restricted(t, owner)
	rights, err = app.BendingRights(t.Context())
	require.NoError(t, err)
	assert.Empty(t, rights)
	pending, err := app.Pending(t.Context())
	require.NoError(t, err, "the server asks at its start whether the schema is up to date")
	assert.False(t, pending)

	b := booksOn(t, app)
	b.mustPost(b.commission("noodles", "shoes", "c1", 106), b.credit("shoes", "p1", 200))
	require.NoError(t, b.settle("p1", "p1+"))
	require.NoError(t, b.reverse("c1", "r1"))
	before := b.rows()
	for statement, refusal := range map[string]string{
		"UPDATE ledger_transfers SET amount = 1":                                                         "a transfer is never changed",
		"DELETE FROM ledger_transfers":                                                                   "a transfer is never deleted",
		"REPLACE INTO ledger_transfers SELECT * FROM ledger_transfers LIMIT 1":                           "a transfer is never",
		"INSERT INTO ledger_transfers SELECT * FROM ledger_transfers ON DUPLICATE KEY UPDATE amount = 7": "a transfer is never changed",
		"TRUNCATE TABLE ledger_transfers":                                                                "denied",
		"DROP TABLE ledger_transfers":                                                                    "denied",
		"ALTER TABLE ledger_transfers DROP COLUMN leaf":                                                  "denied",
		"DROP TRIGGER ledger_transfers_no_update":                                                        "denied",
		"DROP TRIGGER ledger_transfers_no_delete":                                                        "denied",
		"CREATE TRIGGER mine BEFORE INSERT ON ledger_transfers FOR EACH ROW SET NEW.amount = 1":          "denied",
		"RENAME TABLE ledger_transfers TO old_transfers":                                                 "denied",
		"CREATE OR REPLACE VIEW ledger_transfers AS SELECT 1":                                            "denied",
	} {
		err := b.tx(func(tx *gorm.DB) error { return tx.Exec(statement).Error })
		assert.ErrorContains(t, err, refusal, statement)
	}
	assert.Equal(t, before, b.rows())
	b.mustBalance()
}

// restricted opens a database as a user who may read and write rows and nothing more.
func restricted(t *testing.T, owner string) *db.DB {
	t.Helper()
	dsn, err := mysql.ParseDSN(owner)
	require.NoError(t, err)
	server, err := sql.Open("mysql", owner)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, server.Close()) })
	user := "app_" + dsn.DBName[len(dsn.DBName)-12:]
	for _, statement := range []string{
		fmt.Sprintf("CREATE USER '%s'@'%%' IDENTIFIED BY 'app'", user),
		fmt.Sprintf("GRANT SELECT, INSERT, UPDATE, DELETE ON `%s`.* TO '%s'@'%%'", dsn.DBName, user),
	} {
		_, err := server.ExecContext(t.Context(), statement)
		require.NoError(t, err, statement)
	}
	t.Cleanup(func() {
		_, err := server.Exec(fmt.Sprintf("DROP USER '%s'@'%%'", user)) //nolint:noctx // the test's own is over
		require.NoError(t, err)
	})
	dsn.User, dsn.Passwd = user, "app"
	d, err := db.Open("mysql:"+dsn.FormatDSN(), db.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, d.Close()) })
	return d
}
