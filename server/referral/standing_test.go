package referral_test

import (
	"context"
	"fmt"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/app"
	"onestreet/server/platform/clock"
	"onestreet/server/referral"
	"onestreet/server/testkit"
)

func (s street) standing(store, verb string) {
	s.t.Helper()
	s.As(testkit.Coordinator).Post("/alliance/stores/"+s.StoreID(store).String()+"/"+verb, map[string]any{"reason": "店主回老家了"}).Must(http.StatusOK)
	s.Drain()
}

func TestR26_SuspensionTakesNothingThatWasEarned(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		m := s.newcomer("shoes", models.ID{})
		s.As(testkit.Coordinator).Post("/alliance/stores/"+s.StoreID("shoes").String()+"/suspend", map[string]any{"reason": "欠了三个月"}).Must(http.StatusOK)
		_, c := s.buy(m, "tea", 5300)
		assert.EqualValues(t, 106, c.Amount)
		assert.Equal(t, models.ReferralPosted, s.of(m).State)
		assert.EqualValues(t, 306, s.fen("shoes").Net())
		s.mustBalance()
	})
}

func TestR27_WhatWaitsForADepartedStoreIsVoid(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		posted, waiting, another := s.newcomer("shoes", models.ID{}), s.newcomer("shoes", models.ID{}), s.newcomer("tea", models.ID{})
		s.buy(posted, "shoes", 100)
		s.standing("shoes", "let-go")
		assert.Equal(t, models.ReferralVoided, s.of(waiting).State)
		assert.Equal(t, models.SettledLeft, s.of(waiting).SettledWhy)
		assert.Equal(t, models.ReferralPosted, s.of(posted).State, "what has posted is the store's")
		assert.Equal(t, models.ReferralPending, s.of(another).State)
		assert.Equal(t, models.Balance{Credits: 200}, s.fen("shoes"))
		line := s.lines("shoes", "?kind=referral_pending").Items[0]
		assert.Equal(t, "voided", string(line.State))
		assert.Equal(t, "店退出了联盟，没入账的都作废。", line.Why[0])
		assert.Equal(t, "store_left", s.attributions("?state=voided").Items[0].SettledWhy)
		s.mustBalance()
	})
}

func TestR28_NobodyOwesADepartedStore(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		m := s.newcomer("shoes", models.ID{})
		s.standing("shoes", "let-go")
		v, c := s.buy(m, "tea", 5300)
		assert.Zero(t, c)
		assert.Zero(t, s.gain(v))
		quoted, err := s.Referral.Quote(t.Context(), s.id, s.StoreID("tea"), m.ID, 5300)
		require.NoError(t, err)
		assert.Zero(t, quoted)
		assert.Zero(t, s.fen("tea").Net())

		late, news := s.member("shoes", models.ID{}) // joined before the store left, told of afterwards
		s.tell(models.EventMemberJoined, news)
		s.Drain()
		assert.Equal(t, models.ReferralVoided, s.of(late).State)
		s.buy(late, "shoes", 100)
		assert.Zero(t, s.fen("shoes").Net())
		s.mustBalance()
	})
}

func TestR29_WhoIsAdmittedAgainEarnsFromThenOn(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		old := s.newcomer("shoes", models.ID{})
		s.standing("shoes", "let-go")
		missed, _ := s.buy(old, "tea", 5300)
		s.standing("shoes", "admit")
		assert.Equal(t, models.ReferralVoided, s.of(old).State, "what was void stays void")
		_, c := s.buy(old, "tea", 1000)
		assert.EqualValues(t, 20, c.Amount, "commissions go on")
		fresh := s.newcomer("shoes", models.ID{})
		s.buy(fresh, "shoes", 100)
		assert.EqualValues(t, 220, s.fen("shoes").Net())
		s.undo(missed)
		s.mustBalance()
	})
}

func TestR34_ACreditOutlivesItsMember(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		bought, silent := s.newcomer("shoes", models.ID{}), s.newcomer("shoes", models.ID{})
		v := s.visit(bought.ID, "tea", models.VisitPurchase, 5300)
		for _, m := range []models.Member{bought, silent} {
			require.NoError(t, app.Pool.Leave(t.Context(), s.id, m.ID, "leave"))
		}
		s.gain(v)
		assert.Equal(t, models.ReferralPosted, s.of(bought).State, "bought before leaving")
		assert.Equal(t, models.ReferralPending, s.of(silent).State)
		app.Time.Advance(60*day + time.Minute)
		s.vest()
		assert.Equal(t, models.ReferralVoided, s.of(silent).State)
		s.mustBalance()
	})
}

func TestR35_TheEvidenceHoldsNothingPersonal(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		m := s.rival(app.Street.People[testkit.Shopper].Member.ID)
		var raw string
		require.NoError(t, s.DB.Read(t.Context()).Table("referrals").Where("member_id = ?", m.ID).Pluck("evidence", &raw).Error)
		for _, private := range []string{m.Name, "李桂芳", m.DeviceID.String(), *app.Street.People[testkit.Shopper].Account.Phone} {
			if private != "" && private != (models.ID{}).String() {
				assert.NotContains(t, raw, private)
			}
		}
		require.NoError(t, app.Pool.Leave(t.Context(), s.id, m.ID, "leave"))
		assert.Equal(t, fmt.Sprintf("会员 %04d", m.Number), s.attributions("").Items[0].Member)
	})
}

// cutting is a clock that ends a context when it is read for the n-th time: a node that dies there.
type cutting struct {
	*clock.Fake
	left atomic.Int64
	die  context.CancelFunc
}

// Now implements clock.Clock.
func (c *cutting) Now() time.Time {
	if c.left.Add(-1) == 0 {
		c.die()
	}
	return c.Fake.Now()
}

// TestR41_TheJobIsSafeOnEveryNodeAndAfterACrash lets nodes die at every moment at which they look at the clock, beside
// one that goes on, and then has many run at once.
func TestR41_TheJobIsSafeOnEveryNodeAndAfterACrash(t *testing.T) {
	testkit.Each(t, func(t *testing.T, a *testkit.App) {
		s := on(t, a)
		var bought, silent []models.Member
		for range 6 {
			bought, silent = append(bought, s.newcomer("shoes", models.ID{})), append(silent, s.newcomer("shoes", models.ID{}))
		}
		for _, m := range bought {
			s.visit(m.ID, "tea", models.VisitPurchase, 100) // the news of it never comes
		}
		dying := &cutting{Fake: a.Time}
		node, err := app.New(testkit.Config(t, a.DB.Dialect), app.Options{Clock: dying, SMS: a.SMS, Volatile: true})
		require.NoError(t, err)
		defer func() { require.NoError(t, node.Close()) }()
		a.Time.Set(s.of(silent[0]).VestsBy.Add(time.Minute - time.Microsecond))
		s.vest()
		assert.Equal(t, models.ReferralPending, s.of(silent[0]).State, "not before its time")
		a.Time.Advance(time.Microsecond)
		cut := 0
		for n := int64(1); n <= 20; n++ {
			ctx, die := context.WithCancel(t.Context())
			dying.die = die
			dying.left.Store(n)
			_, err := node.Referral.Vest(ctx)
			if ctx.Err() == nil {
				require.NoError(t, err)
			} else {
				cut++
			}
			die()
			s.mustBalance()
		}
		assert.Greater(t, cut, 10, "it did die, and in many places")
		dying.left.Store(-1)
		testkit.AtOnce(16, func(i int) {
			nodes := []*referral.Service{node.Referral, a.Referral}
			_, err := nodes[i%2].Vest(t.Context())
			assert.NoError(t, err)
		})
		for i := range bought {
			assert.Equal(t, models.ReferralPosted, s.of(bought[i]).State)
			assert.Equal(t, models.ReferralVoided, s.of(silent[i]).State)
			assert.Equal(t, models.SettledLate, s.of(silent[i]).SettledWhy)
		}
		assert.Equal(t, models.Balance{Credits: 6 * 200}, s.fen("shoes"))
		s.mustBalance()
	})
}

func TestR42_OfManyPurchasesAtOnceOnePosts(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		inviter := app.Street.People[testkit.Shopper].Member
		m := s.newcomer("shoes", inviter.ID)
		const tills = 100
		visits := make([]models.Visit, tills)
		for i := range visits {
			visits[i] = s.visit(m.ID, "shoes", models.VisitPurchase, 100)
		}
		testkit.AtOnce(2*tills, func(i int) {
			err := s.DB.Tx(t.Context(), func(tx *gorm.DB) error {
				_, err := s.Referral.Gain(tx, visits[i%tills])
				return err
			})
			assert.NoError(t, err)
		})
		assert.Equal(t, models.Balance{Credits: 200}, s.fen("shoes"))
		assert.EqualValues(t, 200, s.balance(models.MemberPoints(inviter.ID)).Net())
		assert.Equal(t, []string{models.EventReferralPending, models.EventReferralPosted}, s.told(m))
		s.mustBalance()
	})
}

func TestR47_TheMonthTurnsAtTheStreetsMidnight(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		m := s.newcomer("shoes", models.ID{})
		midnight := time.Date(2026, 10, 31, 16, 0, 0, 0, time.UTC)
		app.Time.Set(midnight.Add(-time.Microsecond))
		_, old := s.buy(m, "tea", 200000)
		assert.EqualValues(t, 2000, old.Amount)
		_, none := s.buy(m, "tea", 5000)
		assert.Zero(t, none.Amount, "October is spent to its last microsecond")
		app.Time.Set(midnight)
		_, fresh := s.buy(m, "tea", 5000)
		assert.EqualValues(t, 100, fresh.Amount, "November in the street, October in Greenwich")
		s.mustBalance()
	})
}

func TestR49_AVisitToldOftenIsCountedOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		m := s.newcomer("shoes", models.ID{})
		v, c := s.buy(m, "tea", 5300)
		for range 3 {
			s.tell(models.EventVisitRecorded, models.VisitRecorded{VisitID: v.ID, StoreID: v.StoreID, MemberID: m.ID, Kind: v.Kind, Amount: v.Amount, At: v.At})
			s.Drain()
			assert.Equal(t, c, s.gain(v))
		}
		assert.EqualValues(t, 106, s.month(m))
		assert.EqualValues(t, 306, s.fen("shoes").Net())
		s.mustBalance()
	})
}
