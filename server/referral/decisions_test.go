package referral_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/referral"
	"onestreet/server/testkit"
)

func TestR56_OneDecisionClosesThemAll(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		m := s.rival(models.ID{})
		teas, books := s.object("tea", m), s.object("books", m)
		app.Time.Advance(7 * day)
		path := "/alliance/referrals/" + s.of(m).ID.String() + "/decision"
		decide := func(store, reason string) *testkit.Response {
			return app.As(testkit.Coordinator).Post(path, map[string]any{"store_id": s.StoreID(store), "reason": reason})
		}
		decide("tea", "好").Refused(http.StatusUnprocessableEntity, "reason")
		decide("noodles", verdict).Refused(http.StatusUnprocessableEntity, "no_party")
		s.standing("books", "suspend")
		decide("books", verdict).Refused(http.StatusConflict, "store_suspended")
		app.As(testkit.OtherCoordinator).Post(path, map[string]any{"store_id": s.StoreID("tea"), "reason": verdict}).Refused(http.StatusNotFound, "not_found")
		decide("tea", verdict).Must(http.StatusNoContent)
		decide("tea", verdict).Refused(http.StatusConflict, "no_objection")
		for o, state := range map[models.ID]models.ObjectionState{teas.ID: models.ObjectionUpheld, books.ID: models.ObjectionRejected} {
			now := s.said(models.Objection{ID: o})
			assert.Equal(t, state, now.State)
			assert.Equal(t, verdict, now.Decision)
			assert.Equal(t, s.StoreID("tea"), now.DecidedFor)
			assert.Equal(t, s.account(testkit.Coordinator), now.DecidedBy)
			assert.Equal(t, app.Time.Now(), *now.DecidedAt)
		}
		s.mustBalance()
	})
}

func TestR57_KeptIsAsBefore(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		bought, waiting, silent := s.rival(models.ID{}), s.rival(models.ID{}), s.rival(models.ID{})
		for _, m := range []models.Member{bought, waiting, silent} {
			s.answer("shoes", s.object("tea", m))
		}
		v, _ := s.buy(bought, "books", 5300)
		s.decide(bought, "shoes")
		assert.Equal(t, models.ReferralPosted, s.of(bought).State)
		assert.Equal(t, v.ID, s.of(bought).VisitID)
		assert.EqualValues(t, 306, s.fen("shoes").Net())

		s.decide(waiting, "shoes")
		assert.Equal(t, models.ReferralPending, s.of(waiting).State)
		s.buy(waiting, "shoes", 100)
		assert.Equal(t, models.ReferralPosted, s.of(waiting).State)

		app.Time.Advance(80 * day)
		s.decide(silent, "shoes")
		s.vest()
		assert.Equal(t, models.ReferralVoided, s.of(silent).State, "its day was over")
		assert.EqualValues(t, 0, s.fen("tea").Net())
		s.mustBalance()
	})
}

func TestR58_TheCreditMovesWithAllThatHangsOnIt(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		inviter := app.Street.People[testkit.OtherShopper].Member
		m := s.rival(inviter.ID)
		link := models.JoinLink{ID: models.NewID(), AllianceID: s.id, StoreID: s.StoreID("shoes"), Code: models.NewLinkCode(), Kind: models.TouchMember, MemberID: m.ID, CreatedAt: app.Time.Now()}
		s.tx(func(tx *gorm.DB) error { return tx.Create(&link).Error })
		o := s.object("tea", m)
		first, _ := s.buy(m, "books", 95000) // 19.00 for the shoe shop
		s.buy(m, "tea", 9500)                // 1.00, what the cap leaves
		s.buy(m, "shoes", 5300)              // nothing: at home
		undone, _ := s.buy(m, "noodles", 100)
		s.undo(undone)
		s.Drain()
		assert.Equal(t, models.Balance{Credits: 2000, PendingCredits: 200}, s.fen("shoes"))
		s.answer("shoes", o)
		app.Time.Advance(20 * day) // November
		s.decide(m, "tea")
		s.Drain()

		r := s.of(m)
		assert.Equal(t, models.ReferralPosted, r.State, "the first purchase posts it at once")
		assert.Equal(t, first.ID, r.VisitID)
		assert.Equal(t, s.StoreID("tea"), r.StoreID)
		assert.Equal(t, []any{models.TouchMember, app.Street.Links["tea"].ID, inviter.ID, int64(2)}, []any{r.LinkKind, r.LinkID, r.InviterID, r.Round})
		assert.EqualValues(t, 200, s.balance(models.MemberPoints(inviter.ID)).Net(), "the claim's inviter has the points")
		assert.Equal(t, models.ReasonWon, r.Evidence.Claims[0].Why, "the evidence is as it was judged")
		assert.Equal(t, s.StoreID("shoes"), r.Evidence.Claims[0].Store)

		assert.EqualValues(t, -100, s.fen("shoes").Net(), "pays for the purchase at its own till, 1.06 of which the cap leaves 1.00")
		assert.EqualValues(t, 200+1900+100, s.fen("tea").Net())
		assert.EqualValues(t, -1900, s.fen("books").Net())
		assert.Zero(t, s.fen("noodles").Net())
		october, november := s.monthNet("shoes", "2026-10"), s.monthNet("shoes", "2026-11")
		assert.EqualValues(t, 2000, october, "what October has told of stays")
		assert.EqualValues(t, -2100, november)

		now, err := app.Pool.Member(t.Context(), s.id, m.ID)
		require.NoError(t, err)
		assert.Equal(t, []models.ID{s.StoreID("tea"), inviter.ID}, []models.ID{now.OriginStoreID, now.InviterID})
		require.NoError(t, s.DB.Read(t.Context()).Where("id = ?", link.ID).Take(&link).Error)
		assert.Equal(t, s.StoreID("tea"), link.StoreID, "the member's own link is in the new store's name")
		line, err := app.Pool.CustomerOf(t.Context(), s.id, s.StoreID("tea"), m.ID)
		require.NoError(t, err)
		assert.True(t, line.Origin)
		assert.Equal(t, map[models.ID]int64{s.StoreID("tea"): 1}, s.joinedOn(r.JoinedAt), "the day's figures follow")
		_, later := s.buy(m, "shoes", 5000)
		assert.Equal(t, s.StoreID("tea"), later.Store)
		s.mustBalance()
		s.undo(first)
		assert.EqualValues(t, 0, s.fen("books").Net(), "a reversal finds the commission that stands")
		s.mustBalance()
	})
}

// joinedOn is whom the street's figures count as brought in on a day, by store.
func (s street) joinedOn(at time.Time) map[models.ID]int64 {
	s.t.Helper()
	var days []models.TrafficDay
	require.NoError(s.t, s.DB.Read(s.t.Context()).Where("alliance_id = ? AND day = ? AND joined > 0", s.id, s.Street.Alliance.LocalDate(at)).Find(&days).Error)
	counts := map[models.ID]int64{}
	for _, d := range days {
		counts[d.StoreID] = d.Joined
	}
	return counts
}

// monthNet is what a store's month came to, in fen.
func (s street) monthNet(store, month string) int64 {
	s.t.Helper()
	m, err := s.Referral.Statement(s.t.Context(), s.id, s.StoreID(store), month)
	require.NoError(s.t, err)
	assert.True(s.t, m.Balanced)
	return m.Net.Amount
}

func TestR58_AStoreWithoutAClaimMayGetIt(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		m := s.newcomer("shoes", app.Street.People[testkit.Shopper].Member.ID)
		s.answer("shoes", s.object("noodles", m))
		s.decide(m, "noodles")
		r := s.of(m)
		assert.Equal(t, []any{models.ReferralPending, models.TouchDecided, models.ID{}, int64(0)}, []any{r.State, r.LinkKind, r.InviterID, r.Points})
		assert.Equal(t, models.Balance{PendingCredits: 200}, s.fen("noodles"))
		s.buy(m, "tea", 100)
		assert.EqualValues(t, 202, s.fen("noodles").Net())
		assert.Zero(t, s.balance(models.MemberPoints(app.Street.People[testkit.Shopper].Member.ID)).Net(), "who invited in the other's name has no points")
		s.mustBalance()
	})
}

func TestR60_NobodyDecidesInTheirOwnMatter(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		coordinator := s.account(testkit.Coordinator)
		inviter := app.Street.People[testkit.Shopper].Member
		for name, grant := range map[string]models.Grant{
			"staff of the origin":  models.StaffGrant(s.id, coordinator, s.StoreID("shoes"), models.RoleClerk, app.Time.Now()),
			"staff of the other":   models.StaffGrant(s.id, coordinator, s.StoreID("tea"), models.RoleOwner, app.Time.Now()),
			"staff of a bystander": models.StaffGrant(s.id, coordinator, s.StoreID("noodles"), models.RoleOwner, app.Time.Now()),
		} {
			m := s.rival(models.ID{})
			s.answer("shoes", s.object("tea", m))
			s.tx(func(tx *gorm.DB) error { return app.Identity.Grant(tx, grant) })
			err := s.tryToDecide(m, "tea")
			if name == "staff of a bystander" {
				assert.NoError(t, err)
			} else {
				assert.ErrorIs(t, err, referral.ErrOwnCase, name)
			}
			s.tx(func(tx *gorm.DB) error { return app.Identity.Revoke(tx, s.id, coordinator, grant.Scope) })
		}
		m := s.rival(inviter.ID)
		s.answer("shoes", s.object("tea", m))
		for _, who := range []models.ID{m.AccountID, inviter.AccountID} {
			err := s.Referral.Decide(t.Context(), referral.Decision{Alliance: s.id, Referral: s.of(m).ID, Store: s.StoreID("tea"), Account: who, Reason: verdict})
			assert.ErrorIs(t, err, referral.ErrOwnCase)
		}
		s.mustBalance()
	})
}

func TestR61_WhatIsDecidedIsDecided(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		m := s.rival(models.ID{})
		s.answer("shoes", s.object("tea", m))
		s.decide(m, "tea")
		_, err := s.tryToObject("shoes", m)
		assert.ErrorIs(t, err, referral.ErrDecided)
		assert.Empty(t, s.cases("shoes").Lost)
		third := s.object("books", m)
		assert.Equal(t, s.StoreID("tea"), third.OriginID)
		s.answer("tea", third)
		s.decide(m, "tea")
		_, err = s.tryToObject("books", m)
		assert.ErrorIs(t, err, referral.ErrObjected)
		assert.Equal(t, s.StoreID("tea"), s.origin(m))
		s.mustBalance()
	})
}

func TestR62_ACaseGoesOnWhenAStoreLeaves(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		free, kept, given := s.rival(models.ID{}), s.rival(models.ID{}), s.rival(models.ID{})
		lone := s.object("books", free)
		s.answer("shoes", s.object("tea", kept))
		s.answer("shoes", s.object("tea", given))
		s.standing("books", "let-go")
		assert.Equal(t, models.ObjectionWithdrawn, s.said(lone).State)
		assert.Equal(t, models.ReferralPending, s.of(free).State)
		s.standing("shoes", "let-go")
		assert.Equal(t, models.ReferralVoided, s.of(free).State)
		assert.Equal(t, models.ReferralObjected, s.of(kept).State)
		s.decide(kept, "shoes")
		assert.Equal(t, models.ReferralVoided, s.of(kept).State, "decided for one who has left: nobody earns it")
		assert.Equal(t, models.SettledLeft, s.of(kept).SettledWhy)
		s.decide(given, "tea")
		s.buy(given, "noodles", 100)
		assert.EqualValues(t, 202, s.fen("tea").Net())
		assert.Zero(t, s.fen("shoes"))
		s.mustBalance()
	})
}

func TestR69_EveryClaimStaysAsItWasJudged(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		m := s.rival(models.ID{})
		before := s.claimRows(m)
		require.Len(t, before, 2)
		assert.Equal(t, []any{s.StoreID("shoes"), true, models.ReasonWon}, []any{before[0].StoreID, before[0].Won, before[0].Why})
		assert.Equal(t, []any{s.StoreID("tea"), false, models.ReasonWeaker}, []any{before[1].StoreID, before[1].Won, before[1].Why})
		s.answer("shoes", s.object("tea", m))
		s.decide(m, "tea")
		assert.Equal(t, before, s.claimRows(m))
		row := s.attributions("").Items[0]
		assert.Equal(t, "清和茶馆", row.Store.Name)
		assert.True(t, row.Evidence[0].Won)
		assert.Equal(t, "老北京布鞋", row.Evidence[0].Store.Name)
		require.Len(t, row.Objections, 1)
		assert.Equal(t, []string{"upheld", teasWord, shoesWord, verdict, "清和茶馆"},
			[]string{row.Objections[0].State, row.Objections[0].Reason, row.Objections[0].Answer, row.Objections[0].Decision, row.Objections[0].DecidedFor.Name})
		for store, why := range map[string]string{"tea": "有过异议，协调人判给了你家。", "shoes": "有异议，协调人判给了茶馆，你家这笔作废。"} {
			assert.Contains(t, s.lines(store, "?kind=referral_pending").Items[0].Why, why)
		}
	})
}

func (s street) claimRows(m models.Member) (rows []models.ReferralClaim) {
	s.t.Helper()
	require.NoError(s.t, s.DB.Read(s.t.Context()).Where("referral_id = ?", s.of(m).ID).Order("position").Find(&rows).Error)
	return rows
}
