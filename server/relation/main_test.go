package relation_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/relation"
	"onestreet/server/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }

const day = 24 * time.Hour

// street is a test's street with short ways to say who does what.
type street struct {
	*testkit.App
	t testing.TB
}

func each(t *testing.T, test func(t *testing.T, s street)) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) { test(t, street{app, t}) })
}

func (s street) member(p testkit.Persona) models.ID { return s.Street.People[p].Member.ID }

func (s street) visit(kind models.VisitKind, slug string, member models.ID, amount int64) relation.Visit {
	return relation.Visit{
		Alliance: s.Street.Alliance.ID, Store: s.StoreID(slug), Member: member, Kind: kind, Amount: amount,
		By: s.Street.People[testkit.ClerkOf(slug)].Account.ID, Reference: "test:" + models.NewID().String(),
	}
}

func (s street) record(in relation.Visit) (v models.Visit, err error) {
	err = s.DB.Tx(s.Ctx(), func(tx *gorm.DB) (err error) {
		v, err = s.Relation.Record(tx, in)
		return err
	})
	return v, err
}

// buys records a purchase of so many fen now.
func (s street) buys(slug string, member models.ID, amount int64) models.Visit {
	s.t.Helper()
	v, err := s.record(s.visit(models.VisitPurchase, slug, member, amount))
	require.NoError(s.t, err)
	return v
}

// buysOften records purchases on the days before now, one a day.
func (s street) buysOften(slug string, member models.ID, times int) {
	s.t.Helper()
	for i := range times {
		in := s.visit(models.VisitPurchase, slug, member, 1000)
		in.At = s.Time.Now().Add(-time.Duration(times-i) * day)
		_, err := s.record(in)
		require.NoError(s.t, err)
	}
}

func (s street) cancel(visit models.ID) error {
	return s.DB.Tx(s.Ctx(), func(tx *gorm.DB) error {
		return s.Relation.Cancel(tx, s.Street.Alliance.ID, visit, "typed the wrong bill")
	})
}

func (s street) relation(slug string, member models.ID) models.Relation {
	s.t.Helper()
	var r models.Relation
	require.NoError(s.t, s.DB.Read(s.Ctx()).Where("store_id = ? AND member_id = ?", s.StoreID(slug), member).Take(&r).Error)
	return r
}

func (s street) points(member models.ID) int64 {
	s.t.Helper()
	n, err := s.Ledger.Points(s.Ctx(), s.Street.Alliance.ID, member)
	require.NoError(s.t, err)
	return n
}

func (s street) tell(kind string, payload any) {
	s.t.Helper()
	require.NoError(s.t, s.DB.Tx(s.Ctx(), func(tx *gorm.DB) error { return s.Outbox.Add(tx, s.Street.Alliance.ID, kind, payload) }))
	s.Drain()
}

// invited makes the guest one whom the inviter brought in.
func (s street) invited(guest, inviter models.ID) {
	s.t.Helper()
	require.NoError(s.t, s.DB.Tx(s.Ctx(), func(tx *gorm.DB) error {
		return tx.Model(&models.Member{}).Where("id = ?", guest).Update("inviter_id", inviter).Error
	}))
}

func (s street) leaves(member models.ID) {
	s.t.Helper()
	require.NoError(s.t, s.Pool.Leave(s.Ctx(), s.Street.Alliance.ID, member, "leave"))
}
