package settlement_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
	"onestreet/server/settlement"
	"onestreet/server/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// books is a street whose ledger the test writes by hand, so only the settlement's own checks audit it.
type books struct {
	t   testing.TB
	app *testkit.App
	*settlement.Service
	id models.ID // the alliance
	n  *int      // references given out
}

func open(t testing.TB, app *testkit.App) books {
	app.Ledger = ledger.New(app.DB, app.Clock)
	app.Settlement = settlement.New(settlement.Deps{
		DB: app.DB, Clock: app.Clock, Outbox: app.Outbox, Identity: app.Identity, Ledger: app.Ledger, Pool: app.Pool, Referral: app.Referral,
	})
	return books{t, app, app.Settlement, app.Street.Alliance.ID, new(int)}
}

func (b books) tx(f func(tx *gorm.DB) error) error { return b.app.DB.Tx(b.t.Context(), f) }

func (b books) store(slug string) models.ID { return b.app.Street.Stores[slug].ID }

// party is a store by its slug, or the alliance's fund.
func (b books) party(slug string) models.ID {
	if slug == "fund" {
		return b.id
	}
	return b.store(slug)
}

func (b books) key(slug string) models.AccountKey {
	if slug == "fund" {
		return models.FundFen()
	}
	return models.StoreFen(b.store(slug))
}

// entry is an amount of fen from one party to another.
func (b books) entry(kind, from, to string, amount int64) ledger.Entry {
	*b.n++
	return ledger.Entry{Debit: b.key(from), Credit: b.key(to), Amount: amount, Kind: kind, Reference: fmt.Sprintf("t%d", *b.n)}
}

// gives issues points (over zero) for a store, or honours them (under zero).
func (b books) gives(slug string, points int64) ledger.Entry {
	*b.n++
	store, member := models.StorePoints(b.store(slug)), models.MemberPoints(b.app.Street.People[testkit.Shopper].Member.ID)
	e := ledger.Entry{Debit: store, Credit: member, Amount: points, Kind: models.KindPointsIssued, Reference: fmt.Sprintf("t%d", *b.n)}
	if points < 0 {
		e.Debit, e.Credit, e.Amount, e.Kind = member, store, -points, models.KindPointsSpent
	}
	return e
}

func (b books) post(entries ...ledger.Entry) []models.Transfer {
	b.t.Helper()
	var rows []models.Transfer
	require.NoError(b.t, b.tx(func(tx *gorm.DB) (err error) {
		rows, err = b.app.Ledger.Post(tx, b.id, entries...)
		return err
	}))
	return rows
}

// at moves the clock to a time of the street, such as "2026-11-01 09:00".
func (b books) at(local string) {
	b.t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", local, b.app.Street.Alliance.Location())
	require.NoError(b.t, err)
	b.app.Time.Set(at)
}

// close closes a month as the coordinator.
func (b books) close(month string) models.Settlement {
	b.t.Helper()
	closed, err := b.Close(b.t.Context(), b.id, b.app.Street.People[testkit.Coordinator].Account.ID, month)
	require.NoError(b.t, err)
	return closed
}

func (b books) statement(slug, month string) settlement.Statement {
	b.t.Helper()
	v, err := b.Statement(b.t.Context(), b.id, b.party(slug), month)
	require.NoError(b.t, err)
	return v
}

// settlements lists what is closed, in order.
func (b books) settlements() []models.Settlement {
	b.t.Helper()
	var all []models.Settlement
	require.NoError(b.t, b.app.DB.Read(b.t.Context()).Where("alliance_id = ?", b.id).Order("month").Find(&all).Error)
	return all
}

func (b books) payments(closed models.Settlement) []models.SettlementPayment {
	b.t.Helper()
	var all []models.SettlementPayment
	require.NoError(b.t, b.app.DB.Read(b.t.Context()).Where("settlement_id = ?", closed.ID).Order("position").Find(&all).Error)
	return all
}

// mark is one side's word on a payment.
func (b books) mark(p models.SettlementPayment, month string, party models.ID, given bool) error {
	return b.Mark(b.t.Context(), settlement.Mark{
		Alliance: b.id, Party: party, Account: b.app.Street.People[testkit.OwnerOf("shoes")].Account.ID, Payment: p.ID, Month: month, Given: given, Note: "微信",
	})
}

// keep hands the alliance's purse to a store; zero takes it back.
func (b books) keep(store models.ID) {
	b.t.Helper()
	require.NoError(b.t, b.tx(func(tx *gorm.DB) error {
		return tx.Model(&models.Alliance{}).Where("id = ?", b.id).Update("treasurer_id", store).Error
	}))
}

func (b books) net(slug string) int64 {
	b.t.Helper()
	balance, err := b.app.Ledger.Balance(b.app.DB.Read(b.t.Context()), b.id, b.key(slug))
	require.NoError(b.t, err)
	return balance.Net()
}

func (b books) audit() *ledger.Finding {
	b.t.Helper()
	report, err := b.app.Ledger.Audit().Street(b.t.Context(), b.id)
	require.NoError(b.t, err)
	return report.Finding
}

// mustHold fails the test when the audit of the street finds anything.
func (b books) mustHold() {
	b.t.Helper()
	if found := b.audit(); found != nil {
		b.t.Fatal(found.String())
	}
}

var slugs = []string{"shoes", "noodles", "tea", "books"}
