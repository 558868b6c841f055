package referral_test

import (
	"net/http"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/referral"
	"onestreet/server/testkit"
)

// What the tests' people say.
const (
	teasWord  = "人是老吴叫来的，那天只是路过布鞋店才扫的码。"
	shoesWord = "她在我们柜台站了半个钟头，鞋都试了三双。"
	verdict   = "链接是茶馆先给的，人也是冲着茶馆来的。"
)

// rival is a newcomer whom the shoe shop's counter brought in, though the tea house's link came three days earlier.
func (s street) rival(inviter models.ID) models.Member {
	s.t.Helper()
	m := s.Join(1, "shoes")[0].Member
	now := s.Time.Now()
	require.NoError(s.t, s.DB.Tx(s.t.Context(), func(tx *gorm.DB) error { return tx.Model(&m).Where("id = ?", m.ID).Update("joined_at", now).Error }))
	claim := models.Attribute(models.Joining{Account: m.AccountID, At: now, Touches: []models.Touch{
		{Kind: models.TouchMember, Store: s.StoreID("tea"), Link: s.Street.Links["tea"].ID, Inviter: inviter, At: now.Add(-3 * day)},
		{Kind: models.TouchCounter, Store: s.StoreID("shoes"), Link: m.JoinLinkID, At: now},
	}})
	s.tell(models.EventMemberJoined, models.MemberJoined{MemberID: m.ID, AccountID: m.AccountID, OriginStoreID: claim.Store, LinkID: claim.Link, At: now, Attribution: claim})
	s.Drain()
	return m
}

// tryToObject lets a store object over a member by number.
func (s street) tryToObject(store string, m models.Member) (models.Objection, error) {
	return s.Referral.Object(s.t.Context(), referral.Objecting{
		Alliance: s.id, Store: s.StoreID(store), Account: s.account(testkit.OwnerOf(store)), Number: m.Number, Reason: teasWord,
	})
}

func (s street) object(store string, m models.Member) models.Objection {
	s.t.Helper()
	o, err := s.tryToObject(store, m)
	require.NoError(s.t, err)
	return o
}

func (s street) account(p testkit.Persona) models.ID { return s.Street.People[p].Account.ID }

func (s street) tryToAnswer(store string, o models.Objection) error {
	return s.Referral.Answer(s.t.Context(), s.id, s.StoreID(store), o.ID, s.account(testkit.OwnerOf(store)), shoesWord)
}

func (s street) answer(store string, o models.Objection) {
	s.t.Helper()
	require.NoError(s.t, s.tryToAnswer(store, o))
}

func (s street) tryToDecide(m models.Member, store string) error {
	return s.Referral.Decide(s.t.Context(), referral.Decision{
		Alliance: s.id, Referral: s.of(m).ID, Store: s.StoreID(store), Account: s.account(testkit.Coordinator), Reason: verdict,
	})
}

func (s street) decide(m models.Member, store string) {
	s.t.Helper()
	require.NoError(s.t, s.tryToDecide(m, store))
}

// said reads an objection as it is now.
func (s street) said(o models.Objection) models.Objection {
	s.t.Helper()
	var now models.Objection
	require.NoError(s.t, s.DB.Read(s.t.Context()).Where("id = ?", o.ID).Take(&now).Error)
	return now
}

// cases is what a store's owner reads.
func (s street) cases(store string) (c referral.Cases) {
	s.t.Helper()
	s.As(testkit.OwnerOf(store)).Get(s.path(store, "/objections")).Must(http.StatusOK).Into(&c)
	return c
}

// origin is the member's origin store by the pool.
func (s street) origin(m models.Member) models.ID {
	s.t.Helper()
	now, err := s.Pool.Member(s.t.Context(), s.id, m.ID)
	require.NoError(s.t, err)
	return now.OriginStoreID
}
