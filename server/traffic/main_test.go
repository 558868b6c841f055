package traffic_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/coupon"
	"onestreet/server/relation"
	"onestreet/server/testkit"
	"onestreet/server/traffic"
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

func (s street) id() models.ID { return s.Street.Alliance.ID }

func (s street) member(p testkit.Persona) models.ID { return s.Street.People[p].Member.ID }

func (s street) tell(kind string, payload any) {
	s.t.Helper()
	require.NoError(s.t, s.DB.Tx(s.Ctx(), func(tx *gorm.DB) error { return s.Outbox.Add(tx, s.id(), kind, payload) }))
}

// joins makes n more members, who came in through a store, with the news of it.
func (s street) joins(n int, origin string) []models.ID {
	s.t.Helper()
	ids := make([]models.ID, n)
	for i, p := range s.Join(n, origin) {
		ids[i] = p.Member.ID
		s.tell(models.EventMemberJoined, models.MemberJoined{MemberID: p.Member.ID, AccountID: p.Account.ID, OriginStoreID: s.StoreID(origin), At: p.Member.JoinedAt})
	}
	return ids
}

// seen records members in a store now; those who pay buy something.
func (s street) seen(slug string, paid int64, members ...models.ID) (last models.Visit) {
	s.t.Helper()
	kind := models.VisitScan
	if paid > 0 {
		kind = models.VisitPurchase
	}
	for _, m := range members {
		require.NoError(s.t, s.DB.Tx(s.Ctx(), func(tx *gorm.DB) (err error) {
			last, err = s.Relation.Record(tx, relation.Visit{
				Alliance: s.id(), Store: s.StoreID(slug), Member: m, Kind: kind, Amount: paid, Reference: "test:" + models.NewID().String(),
			})
			return err
		}))
	}
	return last
}

func (s street) staff(slug string) coupon.Staff {
	return coupon.Staff{Alliance: s.id(), Store: s.StoreID(slug), Account: s.Street.People[testkit.OwnerOf(slug)].Account.ID}
}

// campaign is the shoe shop's: ten yuan off, redeemed at the noodle shop and the tea house as well.
func (s street) campaign() models.Campaign {
	s.t.Helper()
	now := s.Time.Now()
	c, err := s.Coupon.Create(s.Ctx(), s.staff("shoes"), coupon.Terms{
		Title: "街坊券", Offer: models.Offer{Kind: models.CouponAmount, Off: 1000}, Validity: models.Validity{ValidDays: 90}, Stock: 10_000, PerMember: 100, Given: models.GivenPublic,
		ClaimFrom: now, ClaimUntil: now.Add(200 * day), Partners: []models.Partner{{StoreID: s.StoreID("noodles"), ShareBPS: 3000}, {StoreID: s.StoreID("tea")}},
	})
	require.NoError(s.t, err)
	c, err = s.Coupon.Submit(s.Ctx(), s.staff("shoes"), c.ID)
	require.NoError(s.t, err)
	for slug, bps := range map[string]int64{"noodles": 3000, "tea": 0} {
		c, err = s.Coupon.Sign(s.Ctx(), s.staff(slug), c.ID, coupon.Signature{Version: c.Version, ShareBPS: bps})
		require.NoError(s.t, err)
	}
	s.Drain()
	return c
}

// redeems claims a coupon for a member and redeems it in a store.
func (s street) redeems(c models.Campaign, slug string, member models.ID) coupon.Bill {
	s.t.Helper()
	mine, err := s.Coupon.Claim(s.Ctx(), s.id(), c.ID, member)
	require.NoError(s.t, err)
	r, err := s.Coupon.Redeem(s.Ctx(), coupon.AtBill{Staff: s.staff(slug), Member: member, Coupons: []models.ID{mine.ID}, Basket: models.Basket{Bill: 6800}})
	require.NoError(s.t, err)
	return r
}

func (s street) overview() traffic.Overview {
	s.t.Helper()
	s.Drain()
	o, err := s.Traffic.Overview(s.Ctx(), s.id(), 30, "zh-CN")
	require.NoError(s.t, err)
	return o
}

func (s street) desk(slug string) traffic.Desk {
	s.t.Helper()
	s.Drain()
	d, err := s.Traffic.Desk(s.Ctx(), s.id(), s.StoreID(slug), "zh-CN")
	require.NoError(s.t, err)
	return d
}
