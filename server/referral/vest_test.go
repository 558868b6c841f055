package referral_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/testkit"
)

func TestR36_JoiningHoldsACreditForTheOriginStore(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		m, news := s.member("shoes", models.ID{})
		s.tell(models.EventMemberJoined, news)
		s.tell(models.EventMemberJoined, news)
		app.Drain()
		assert.Equal(t, models.Balance{PendingCredits: 200}, s.fen("shoes"), "told twice, held once")
		assert.Equal(t, models.Balance{PendingDebits: 200}, s.balance(models.FundFen()))
		r := s.of(m)
		assert.Equal(t, models.ReferralPending, r.State)
		assert.Equal(t, models.TouchCounter, r.LinkKind)
		assert.Equal(t, r.JoinedAt.Add(60*day), r.VestsBy)
		assert.Equal(t, news.Attribution, r.Evidence, "every claim is kept")
		assert.Equal(t, models.ReasonExpired, r.Evidence.Claims[1].Why)
		assert.Equal(t, []string{models.EventReferralPending}, s.told(m))
		s.mustBalance()
	})
}

func TestR03_WhoNobodyBroughtInEarnsNobodyAnything(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		m, news := s.member("shoes", models.ID{})
		s.tx(func(tx *gorm.DB) error { return tx.Model(&m).Update("origin_store_id", nil).Error })
		news.OriginStoreID = models.ID{}
		s.tell(models.EventMemberJoined, news)
		app.Drain()
		_, c := s.buy(m, "tea", 5300)
		assert.Zero(t, c)
		_, err := s.Referral.Of(t.Context(), s.id, m.ID)
		assert.ErrorIs(t, err, models.ErrNotFound)
	})
}

func TestR37_TheFirstPurchasePostsTheCredit(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		inviter := app.Street.People[testkit.Shopper].Member
		m := s.newcomer("shoes", inviter.ID)
		s.gain(s.visit(m.ID, "tea", models.VisitScan, 0))
		s.gain(s.visit(m.ID, "tea", models.VisitCheckIn, 0))
		assert.Equal(t, models.ReferralPending, s.of(m).State, "to be seen is not to buy")

		v := s.visit(m.ID, "shoes", models.VisitRedemption, 0)
		s.gain(v)
		s.gain(v)
		s.buy(m, "shoes", 100)
		assert.Equal(t, models.Balance{Credits: 200}, s.fen("shoes"))
		r := s.of(m)
		assert.Equal(t, models.ReferralPosted, r.State)
		assert.Equal(t, v.ID, r.VisitID)
		assert.Equal(t, v.At, *r.SettledAt)
		points, err := app.Ledger.Points(t.Context(), s.id, inviter.ID)
		require.NoError(t, err)
		assert.EqualValues(t, 200, points, "the inviter earns once")
		assert.Equal(t, []string{models.EventReferralPending, models.EventReferralPosted}, s.told(m))
		s.mustBalance()
	})
}

func TestThePurchaseOfAVisitEventCountsWithoutATill(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		m := s.newcomer("shoes", models.ID{})
		v := s.visit(m.ID, "tea", models.VisitPurchase, 5300)
		s.tell(models.EventVisitRecorded, models.VisitRecorded{VisitID: v.ID, StoreID: v.StoreID, MemberID: m.ID, Kind: v.Kind, Amount: v.Amount, At: v.At})
		app.Drain()
		assert.Equal(t, models.ReferralPosted, s.of(m).State)
		assert.EqualValues(t, 306, s.fen("shoes").Net())
		s.mustBalance()
	})
}

// TestR39_TheLastMomentOfDaySixtyCounts: the time of the purchase decides, not when we hear of it.
func TestR39_TheLastMomentOfDaySixtyCounts(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		early, late := s.newcomer("shoes", models.ID{}), s.newcomer("shoes", models.ID{})
		end := s.of(early).VestsBy
		app.Time.Set(end.Add(-time.Microsecond))
		inTime := s.visit(early.ID, "tea", models.VisitPurchase, 100)
		app.Time.Set(end)
		tooLate := s.visit(late.ID, "tea", models.VisitPurchase, 100)
		s.vest()
		assert.Equal(t, models.ReferralPending, s.of(late).State, "the news of the last minute is waited for")
		app.Time.Set(end.Add(30 * time.Second))
		s.gain(inTime)
		s.gain(tooLate)
		assert.Equal(t, models.ReferralPosted, s.of(early).State)
		assert.Equal(t, models.ReferralPending, s.of(late).State)
		app.Time.Set(end.Add(time.Minute))
		s.vest()
		assert.Equal(t, models.ReferralVoided, s.of(late).State)
		assert.Equal(t, models.Balance{Credits: 204}, s.fen("shoes"), "the commissions stand, also that of the late one")
		s.mustBalance()
	})
}

func TestR40_WithoutAPurchaseTheCreditIsVoidOnTheDay(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		m := s.newcomer("shoes", models.ID{})
		app.Time.Advance(59 * day)
		s.vest()
		assert.Equal(t, models.ReferralPending, s.of(m).State)
		app.Time.Advance(day + time.Minute)
		testkit.AtOnce(8, func(int) { // however many nodes run the job
			_, err := app.Referral.Vest(t.Context())
			assert.NoError(t, err)
		})
		assert.Equal(t, models.ReferralVoided, s.of(m).State)
		assert.Zero(t, s.fen("shoes"))
		s.buy(m, "tea", 5300)
		assert.Equal(t, models.ReferralVoided, s.of(m).State, "void stays void")
		assert.EqualValues(t, 106, s.fen("shoes").Net(), "the commission is due all the same")
		assert.Equal(t, []string{models.EventReferralPending, models.EventReferralVoided}, s.told(m))
		s.mustBalance()
	})
}

// TestR39_APurchaseWhoseNewsWasLostStillPosts: the job looks at the visits before it calls a credit void.
func TestR39_APurchaseWhoseNewsWasLostStillPosts(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		kept, cancelled := s.newcomer("shoes", models.ID{}), s.newcomer("shoes", models.ID{})
		app.Time.Advance(day)
		v := s.visit(kept.ID, "tea", models.VisitPurchase, 100)
		gone := s.visit(cancelled.ID, "tea", models.VisitPurchase, 100)
		s.tx(func(tx *gorm.DB) error { return tx.Model(&gone).Update("cancelled_at", app.Time.Now()).Error })
		app.Time.Advance(60 * day)
		s.vest()
		assert.Equal(t, models.ReferralPosted, s.of(kept).State)
		assert.Equal(t, v.ID, s.of(kept).VisitID)
		assert.Equal(t, models.ReferralVoided, s.of(cancelled).State)
		s.mustBalance()
	})
}

// TestAPurchaseQuickerThanTheNewsOfTheJoining: the till does not wait for the outbox; the evidence is added later.
func TestAPurchaseQuickerThanTheNewsOfTheJoining(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		m, news := s.member("shoes", models.ID{})
		_, c := s.buy(m, "tea", 5300)
		assert.EqualValues(t, 106, c.Amount)
		assert.Empty(t, s.of(m).LinkKind)
		s.tell(models.EventMemberJoined, news)
		app.Drain()
		r := s.of(m)
		assert.Equal(t, models.ReferralPosted, r.State)
		assert.Equal(t, models.TouchCounter, r.LinkKind)
		assert.Equal(t, news.Attribution, r.Evidence)
		assert.EqualValues(t, 306, s.fen("shoes").Net())
		s.mustBalance()
	})
}

func TestR43_AnInviterWhoLeftEarnsNothing(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		inviter := app.Street.People[testkit.Shopper].Member
		m := s.newcomer("shoes", inviter.ID)
		s.tx(func(tx *gorm.DB) error { return tx.Model(&inviter).Update("left_at", app.Time.Now()).Error })
		s.buy(m, "shoes", 100)
		assert.Equal(t, models.ReferralPosted, s.of(m).State)
		assert.False(t, s.of(m).Rewarded)
		assert.Zero(t, s.balance(models.MemberPoints(inviter.ID)))
		s.mustBalance()
	})
}

func TestAnAllianceMayPayNoCredit(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		s.set("referral_credit", 0)
		bought, silent := s.newcomer("shoes", models.ID{}), s.newcomer("shoes", models.ID{})
		s.buy(bought, "shoes", 100)
		app.Time.Advance(61 * day)
		s.vest()
		assert.Equal(t, models.ReferralPosted, s.of(bought).State)
		assert.Equal(t, models.ReferralVoided, s.of(silent).State)
		assert.Zero(t, s.fen("shoes"))
		s.mustBalance()
	})
}

func TestR74_CheckInsCountForTheStoreThatBroughtTheMember(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		month := app.Street.Alliance.Local(app.Time.Now()).Format("2006-01")
		came := func(store string) *int64 {
			m, err := app.Referral.Statement(t.Context(), s.id, s.StoreID(store), month)
			require.NoError(t, err)
			return m.Came
		}
		for range 5 {
			m := s.newcomer("shoes", models.ID{})
			s.gain(s.visit(m.ID, "tea", models.VisitCheckIn, 0))
			assert.Equal(t, models.ReferralPending, s.of(m).State, "to come is not to buy")
		}
		few := s.newcomer("tea", models.ID{})
		s.visit(few.ID, "tea", models.VisitCheckIn, 0)
		assert.Nil(t, came("shoes"), "the month is not over: nobody is seen coming")
		app.Time.Advance(31 * day)
		require.NotNil(t, came("shoes"))
		assert.EqualValues(t, 5, *came("shoes"), "at whichever store's event it was")
		assert.Nil(t, came("tea"), "fewer than five are withheld")
	})
}
