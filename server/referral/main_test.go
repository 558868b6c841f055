package referral_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/outbox"
	"onestreet/server/referral"
	"onestreet/server/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }

const day = 24 * time.Hour

// street is the test's street with what a test of referrals does to it.
type street struct {
	t testing.TB
	*testkit.App
	id models.ID
}

func on(t testing.TB, app *testkit.App) street { return street{t, app, app.Street.Alliance.ID} }

func (s street) tx(f func(tx *gorm.DB) error) {
	s.t.Helper()
	require.NoError(s.t, s.DB.Tx(s.t.Context(), f))
}

// set changes the alliance's settings.
func (s street) set(column string, value any) {
	s.tx(func(tx *gorm.DB) error {
		return tx.Model(&models.Alliance{}).Where("id = ?", s.id).Update(column, value).Error
	})
}

// member is one who joins now through a store, invited or not; the news is not told yet.
func (s street) member(origin string, inviter models.ID) (models.Member, models.MemberJoined) {
	s.t.Helper()
	m := s.Join(1, origin)[0].Member
	now := s.Time.Now()
	s.tx(func(tx *gorm.DB) error {
		return tx.Model(&m).Where("id = ?", m.ID).Updates(map[string]any{"joined_at": now, "inviter_id": inviter}).Error
	})
	kind := models.TouchCounter
	if !inviter.IsZero() {
		kind = models.TouchMember
	}
	claim := models.Attribute(models.Joining{Account: m.AccountID, At: now, Touches: []models.Touch{
		{Kind: kind, Store: s.StoreID(origin), Link: m.JoinLinkID, Inviter: inviter, At: now.Add(-time.Hour)},
		{Kind: models.TouchPoster, Store: s.StoreID("books"), At: now.Add(-40 * day)},
	}})
	return m, models.MemberJoined{MemberID: m.ID, AccountID: m.AccountID, OriginStoreID: claim.Store, LinkID: claim.Link, InviterID: claim.Inviter, At: now, Attribution: claim}
}

func (s street) tell(kind string, payload any) {
	s.t.Helper()
	s.tx(func(tx *gorm.DB) error { return s.Outbox.Add(tx, s.id, kind, payload) })
}

// newcomer is a member whose joining is known everywhere.
func (s street) newcomer(origin string, inviter models.ID) models.Member {
	s.t.Helper()
	m, news := s.member(origin, inviter)
	s.tell(models.EventMemberJoined, news)
	s.Drain()
	return m
}

// visit writes a visit down, as the relation does.
func (s street) visit(m models.ID, store string, kind models.VisitKind, paid int64) models.Visit {
	s.t.Helper()
	v := models.Visit{ID: models.NewID(), AllianceID: s.id, StoreID: s.StoreID(store), MemberID: m, Kind: kind, Amount: paid, Reference: models.NewID().String(), At: s.Time.Now()}
	s.tx(func(tx *gorm.DB) error { return tx.Create(&v).Error })
	return v
}

func (s street) gain(v models.Visit) (c referral.Commission) {
	s.t.Helper()
	s.tx(func(tx *gorm.DB) (err error) {
		owed, err := s.Referral.Gain(tx, v)
		c = owed[v.ID]
		return err
	})
	return c
}

// buy is a purchase with all that follows.
func (s street) buy(m models.Member, store string, paid int64) (models.Visit, referral.Commission) {
	s.t.Helper()
	v := s.visit(m.ID, store, models.VisitPurchase, paid)
	return v, s.gain(v)
}

// undo reverses a visit.
func (s street) undo(v models.Visit) {
	s.t.Helper()
	s.tx(func(tx *gorm.DB) error {
		if err := tx.Model(&models.Visit{}).Where("id = ?", v.ID).Update("cancelled_at", s.Time.Now()).Error; err != nil {
			return err
		}
		return s.Referral.Reverse(tx, s.id, v.ID, "客人退了货")
	})
}

// vest runs the job; it settles what is due on every street of the package's database.
func (s street) vest() {
	s.t.Helper()
	_, err := s.Referral.Vest(s.t.Context())
	require.NoError(s.t, err)
}

func (s street) of(m models.Member) models.Referral {
	s.t.Helper()
	r, err := s.Referral.Of(s.t.Context(), s.id, m.ID)
	require.NoError(s.t, err)
	return r
}

func (s street) fen(store string) models.Balance { return s.balance(models.StoreFen(s.StoreID(store))) }

func (s street) balance(key models.AccountKey) models.Balance {
	s.t.Helper()
	b, err := s.Ledger.Balance(s.DB.Read(s.t.Context()), s.id, key)
	require.NoError(s.t, err)
	return b
}

// month is what the commissions for a member have come to in the month it is.
func (s street) month(m models.Member) int64 {
	s.t.Helper()
	var amount int64
	require.NoError(s.t, s.DB.Read(s.t.Context()).Model(&models.CommissionMonth{}).Select("COALESCE(SUM(amount), 0)").
		Where("member_id = ? AND month = ?", m.ID, s.Street.Alliance.Local(s.Time.Now()).Format("2006-01")).Scan(&amount).Error)
	return amount
}

// told lists the kinds of news about a member's referral, in order.
func (s street) told(m models.Member) (kinds []string) {
	s.t.Helper()
	var events []outbox.Event
	require.NoError(s.t, s.DB.Read(s.t.Context()).Where("alliance_id = ? AND kind LIKE 'referral.%' AND payload LIKE ?", s.id, fmt.Sprintf("%%%s%%", m.ID)).
		Order("id").Find(&events).Error)
	for _, e := range events {
		kinds = append(kinds, e.Kind)
	}
	return kinds
}

func (s street) mustBalance() {
	s.t.Helper()
	report, err := s.Ledger.Audit().Street(s.t.Context(), s.id)
	require.NoError(s.t, err)
	if report.Finding != nil {
		s.t.Fatal(report.Finding.String())
	}
}
