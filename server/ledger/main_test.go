package ledger_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
	"onestreet/server/platform/clock"
	"onestreet/server/platform/token"
	"onestreet/server/testkit"
	"onestreet/server/testkit/errand"
)

func TestMain(m *testing.M) {
	errand.For(posting, postUntilKilled)
	testkit.Main(m)
}

// books is one street's ledger in a test, with every call in a transaction of its own.
type books struct {
	t   testing.TB
	app *testkit.App
	id  models.ID // the alliance
}

// open gives the test the ledger alone: the features' checks of the audit would miss the rows that tell of its transfers.
func open(t testing.TB, app *testkit.App) books {
	app.Ledger = ledger.New(app.DB, app.Clock)
	app.Ledger.SealWith(testKeys(t))
	return books{t, app, app.Street.Alliance.ID}
}

func (b books) tx(f func(tx *gorm.DB) error) error { return b.app.DB.Tx(b.t.Context(), f) }

func (b books) post(entries ...ledger.Entry) (rows []models.Transfer, err error) {
	err = b.tx(func(tx *gorm.DB) error {
		rows, err = b.app.Ledger.Post(tx, b.id, entries...)
		return err
	})
	return rows, err
}

func (b books) mustPost(entries ...ledger.Entry) []models.Transfer {
	b.t.Helper()
	rows, err := b.post(entries...)
	require.NoError(b.t, err)
	return rows
}

func (b books) settle(pending, reference string) (err error) {
	return b.tx(func(tx *gorm.DB) error {
		_, err := b.app.Ledger.PostPending(tx, b.id, pending, reference)
		return err
	})
}

func (b books) void(pending, reference string) (err error) {
	return b.tx(func(tx *gorm.DB) error {
		_, err := b.app.Ledger.Void(tx, b.id, pending, reference)
		return err
	})
}

func (b books) reverse(of, reference string) (err error) {
	return b.tx(func(tx *gorm.DB) error {
		_, err := b.app.Ledger.Reverse(tx, b.id, of, reference, "记错了")
		return err
	})
}

func (b books) balance(key models.AccountKey) models.Balance {
	b.t.Helper()
	balance, err := b.app.Ledger.Balance(b.app.DB.Read(b.t.Context()), b.id, key)
	require.NoError(b.t, err)
	return balance
}

func (b books) rows() []models.Transfer {
	b.t.Helper()
	var rows []models.Transfer
	require.NoError(b.t, b.app.DB.Read(b.t.Context()).Where("alliance_id = ?", b.id).Order("seq").Find(&rows).Error)
	return rows
}

// mustBalance fails the test when the audit of the street finds anything.
func (b books) mustBalance() {
	b.t.Helper()
	report, err := b.app.Ledger.Audit().Street(b.t.Context(), b.id)
	require.NoError(b.t, err)
	if report.Finding != nil {
		b.t.Fatal(report.Finding.String())
	}
}

// store names a store of the test's street by its slug.
func (b books) store(slug string) models.ID { return b.app.Street.Stores[slug].ID }

// commission is an entry from one store to another.
func (b books) commission(from, to, reference string, amount int64) ledger.Entry {
	return ledger.Entry{
		Debit: models.StoreFen(b.store(from)), Credit: models.StoreFen(b.store(to)), Amount: amount,
		Kind: models.KindCommission, Reference: reference, Store: b.store(from),
	}
}

// points is an entry that gives a member points.
func (b books) points(store string, member models.ID, reference string, amount int64) ledger.Entry {
	return ledger.Entry{
		Debit: models.StorePoints(b.store(store)), Credit: models.MemberPoints(member), Amount: amount,
		Kind: models.KindPointsIssued, Reference: reference, Member: member, Store: b.store(store),
	}
}

// spend is an entry by which a store honours a member's points.
func (b books) spend(store string, member models.ID, reference string, amount int64) ledger.Entry {
	return ledger.Entry{
		Debit: models.MemberPoints(member), Credit: models.StorePoints(b.store(store)), Amount: amount,
		Kind: models.KindPointsSpent, Reference: reference, Member: member, Store: b.store(store),
	}
}

// credit is a pending referral credit.
func (b books) credit(to, reference string, amount int64) ledger.Entry {
	return ledger.Entry{
		Debit: models.FundFen(), Credit: models.StoreFen(b.store(to)), Amount: amount, Kind: models.KindReferral,
		Reference: reference, Pending: true, Store: b.store(to),
	}
}

// testKeys are the keys of a test's node.
func testKeys(t testing.TB) *token.Keys {
	keys, err := token.New(testkit.Secret, clock.System{}.Now)
	require.NoError(t, err)
	return keys
}
