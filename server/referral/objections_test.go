package referral_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/notify"
	"onestreet/server/referral"
	"onestreet/server/testkit"
)

func TestR50_AStoreObjectsUntilTheCreditPosts(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		m, posted, gone, over := s.rival(models.ID{}), s.rival(models.ID{}), s.rival(models.ID{}), s.rival(models.ID{})
		say := func(member models.Member, reason string) *testkit.Response {
			return app.As(testkit.ManagerOf("tea")).Post(s.path("tea", "/objections"), map[string]any{"number": member.Number, "reason": reason})
		}
		for _, wrong := range []string{"", "七个字，不够的", strings.Repeat("长", 401), "  短短短短短短短  "} {
			say(m, wrong).Refused(http.StatusUnprocessableEntity, "reason")
		}
		say(m, strings.Repeat("字", 8)).Must(http.StatusCreated)
		assert.Equal(t, models.ReferralObjected, s.of(m).State)
		s.buy(posted, "tea", 100)
		say(posted, teasWord).Refused(http.StatusConflict, "credit_posted")
		app.Time.Set(s.of(over).VestsBy.Add(-time.Microsecond))
		say(over, strings.Repeat("话", 400)).Must(http.StatusCreated)
		app.Time.Advance(time.Microsecond)
		say(gone, teasWord).Refused(http.StatusConflict, "credit_over")
		app.Time.Advance(time.Minute)
		s.vest()
		r := say(gone, teasWord).Refused(http.StatusConflict, "credit_void")
		assert.Contains(t, string(r.Body), "已经作废了")
		assert.Equal(t, models.ReferralObjected, s.of(over).State)
		s.mustBalance()
	})
}

func TestR51_WhoMayObject(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		m := s.rival(models.ID{})
		id := s.of(m).ID
		by := func(store string, body map[string]any) *testkit.Response {
			body["reason"] = teasWord
			return app.As(testkit.OwnerOf(store)).Post(s.path(store, "/objections"), body)
		}
		number := func() map[string]any { return map[string]any{"number": m.Number} }
		by("shoes", number()).Refused(http.StatusConflict, "own_credit")
		by("noodles", map[string]any{"referral_id": id}).Refused(http.StatusNotFound, "not_found") // no claim: only by number
		by("noodles", map[string]any{}).Refused(http.StatusUnprocessableEntity, "which_referral")
		by("tea", map[string]any{"referral_id": id, "number": m.Number}).Refused(http.StatusUnprocessableEntity, "which_referral")
		by("noodles", map[string]any{"number": 9999}).Refused(http.StatusNotFound, "not_found")
		app.As(testkit.OtherOwner).Post("/stores/"+app.Other.Stores["shoes"].ID.String()+"/objections", map[string]any{"number": m.Number, "reason": teasWord}).
			Refused(http.StatusNotFound, "not_found")

		s.tx(func(tx *gorm.DB) error {
			return app.Identity.Grant(tx, models.StaffGrant(s.id, m.AccountID, s.StoreID("noodles"), models.RoleClerk, app.Time.Now()))
		})
		by("noodles", number()).Refused(http.StatusConflict, "own_staff")
		s.standing("books", "suspend")
		by("books", number()).Refused(http.StatusConflict, "store_suspended")
		s.standing("books", "let-go")
		by("books", number()).Refused(http.StatusConflict, "store_left")
		s.standing("books", "admit")
		by("books", number()).Must(http.StatusCreated)
		by("tea", map[string]any{"referral_id": id}).Must(http.StatusCreated)
		s.mustBalance()
	})
}

func TestR52_AStoreObjectsOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		m := s.rival(models.ID{})
		made := make([]error, 150)
		testkit.AtOnce(len(made), func(i int) { _, made[i] = s.tryToObject([]string{"tea", "books", "noodles"}[i%3], m) })
		ok := 0
		for _, err := range made {
			if err == nil {
				ok++
				continue
			}
			assert.ErrorIs(t, err, referral.ErrObjected)
		}
		assert.Equal(t, 3, ok, "each of the three once")
		assert.Len(t, s.cases("shoes").Against, 3)
		assert.Equal(t, referral.Tally{Count: 1, Amount: models.Fen(200)}, s.cases("shoes").Objected)
		s.mustBalance()
	})
}

func TestR53_WhileSomebodyObjectsNothingVests(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		m, silent := s.rival(models.ID{}), s.rival(models.ID{})
		s.object("tea", m)
		s.object("tea", silent)
		_, c := s.buy(m, "books", 5300)
		assert.EqualValues(t, 106, c.Amount, "the commission is the shoe shop's for now")
		assert.Equal(t, models.ReferralObjected, s.of(m).State)
		assert.Equal(t, models.Balance{Credits: 106, PendingCredits: 400}, s.fen("shoes"))
		assert.Equal(t, "别家有异议，等协调人定。定了再看买没买。", s.lines("shoes", "?kind=referral_pending").Items[0].Why[0])
		app.Time.Advance(90 * day)
		s.vest()
		assert.Equal(t, models.ReferralObjected, s.of(m).State)
		assert.Equal(t, models.ReferralObjected, s.of(silent).State)
		s.mustBalance()
	})
}

func TestR54_TheOriginStoreAnswersOnceWithinSevenDays(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		first, second := s.object("tea", s.rival(models.ID{})), s.object("tea", s.rival(models.ID{}))
		assert.Equal(t, app.Time.Now().Add(7*day), first.AnswerBy)
		assert.ErrorIs(t, s.tryToAnswer("tea", first), models.ErrNotFound, "the other side only")
		assert.ErrorIs(t, s.tryToAnswer("books", first), models.ErrNotFound)
		path := s.path("shoes", "/objections/"+first.ID.String()+"/answer")
		app.As(testkit.OwnerOf("shoes")).Post(path, map[string]any{"answer": "短"}).Refused(http.StatusUnprocessableEntity, "reason")
		app.Time.Set(first.AnswerBy.Add(-time.Microsecond))
		app.As(testkit.ManagerOf("shoes")).Post(path, map[string]any{"answer": shoesWord}).Must(http.StatusNoContent)
		app.As(testkit.ManagerOf("shoes")).Post(path, map[string]any{"answer": "我再说一句，说过的不算。"}).Refused(http.StatusConflict, "answered_before")
		assert.Equal(t, shoesWord, s.said(first).Answer)
		app.Time.Advance(time.Microsecond)
		assert.ErrorIs(t, s.tryToAnswer("shoes", second), referral.ErrAnswerLate)
		s.mustBalance()
	})
}

func TestR55_NobodyDecidesBeforeTheOtherSideIsHeard(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		answered, silent := s.rival(models.ID{}), s.rival(models.ID{})
		o := s.object("tea", answered)
		s.object("tea", silent)
		assert.ErrorIs(t, s.tryToDecide(answered, "tea"), referral.ErrEarly)
		s.answer("shoes", o)
		second := s.object("books", answered)
		assert.ErrorIs(t, s.tryToDecide(answered, "tea"), referral.ErrEarly, "the second one is not answered")
		s.answer("shoes", second)
		s.decide(answered, "tea")
		app.Time.Advance(7*day - time.Microsecond)
		assert.ErrorIs(t, s.tryToDecide(silent, "tea"), referral.ErrEarly)
		assert.False(t, s.attributions("?state=objected").Items[0].Ripe)
		app.Time.Advance(time.Microsecond)
		assert.True(t, s.attributions("?state=objected").Items[0].Ripe)
		assert.False(t, s.attributions("?state=objected").Items[0].Overdue)
		app.Time.Advance(7 * day)
		assert.True(t, s.attributions("?state=objected").Items[0].Overdue)
		s.decide(silent, "tea")
		assert.ErrorIs(t, s.tryToDecide(silent, "shoes"), referral.ErrNoObjection)
		s.mustBalance()
	})
}

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

func TestR59_AnObjectionIsTakenBack(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		m := s.rival(models.ID{})
		teas, books := s.object("tea", m), s.object("books", m)
		s.buy(m, "shoes", 100)
		back := func(store string, o models.Objection) *testkit.Response {
			return app.As(testkit.OwnerOf(store)).Post(s.path(store, "/objections/"+o.ID.String()+"/withdraw"), nil)
		}
		back("shoes", teas).Refused(http.StatusNotFound, "not_found")
		back("tea", teas).Must(http.StatusNoContent)
		back("tea", teas).Refused(http.StatusConflict, "objection_closed")
		assert.Equal(t, models.ReferralObjected, s.of(m).State, "another still objects")
		back("books", books).Must(http.StatusNoContent)
		assert.Equal(t, models.ReferralPosted, s.of(m).State, "what was bought meanwhile counts")
		assert.Equal(t, models.ObjectionWithdrawn, s.said(teas).State)
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

func TestR64_WhatAStoreHasNothingAgainstIsNotListed(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		m := s.rival(app.Street.People[testkit.OtherShopper].Member.ID)
		lost := s.cases("tea").Lost
		require.Len(t, lost, 1)
		assert.Equal(t, "老北京布鞋", lost[0].Store.Name)
		assert.Equal(t, []string{"茶馆", "布鞋"}, []string{lost[0].Claims[0].Store.ShortName, lost[0].Claims[1].Store.ShortName}, "as it happened")
		assert.Equal(t, "会员 0002", lost[0].Claims[0].Inviter)
		assert.Equal(t, "柜台扫的码大过转的链接。", lost[0].Rule)
		assert.Empty(t, s.cases("shoes").Lost)
		path := "/referrals/" + lost[0].ReferralID.String() + "/dismiss"
		app.As(testkit.OwnerOf("noodles")).Post(s.path("noodles", path), nil).Refused(http.StatusNotFound, "not_found")
		for range 2 {
			app.As(testkit.OwnerOf("tea")).Post(s.path("tea", path), nil).Must(http.StatusNoContent)
		}
		assert.Empty(t, s.cases("tea").Lost)
		assert.Equal(t, models.ReferralPending, s.of(m).State)
		s.object("tea", m) // and may change its mind
		s.mustBalance()
	})
}

func TestR68_WhatWaitsAgainMayBeObjectedTo(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		m := s.rival(models.ID{})
		v, _ := s.buy(m, "books", 5300)
		_, err := s.tryToObject("tea", m)
		assert.ErrorIs(t, err, referral.ErrPosted)
		s.undo(v)
		o := s.object("tea", m)
		assert.EqualValues(t, 2, o.Round)
		s.answer("shoes", o)
		s.decide(m, "tea")
		s.buy(m, "books", 100)
		assert.EqualValues(t, 202, s.fen("tea").Net())
		assert.Zero(t, s.fen("shoes").Net())
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

func TestR70_WhatWasSaidIsNeverChanged(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		m := s.rival(models.ID{})
		o := s.object("tea", m)
		refused := func(what string, sql string) {
			err := s.DB.Tx(t.Context(), func(tx *gorm.DB) error { return tx.Exec(sql, o.ID).Error })
			assert.Error(t, err, what)
		}
		refused("the reason", "UPDATE objections SET reason = 'somebody else came' WHERE id = ?")
		refused("the time", "UPDATE objections SET answer_by = at WHERE id = ?")
		refused("the row", "DELETE FROM objections WHERE id = ?")
		s.answer("shoes", o)
		refused("the answer", "UPDATE objections SET answer = 'we never saw her' WHERE id = ?")
		s.decide(m, "tea")
		refused("the decision", "UPDATE objections SET decision = 'on second thought' WHERE id = ?")
		refused("the state", "UPDATE objections SET state = 'open' WHERE id = ?")
		refused("the row, decided", "DELETE FROM objections WHERE id = ?")
		now := s.said(o)
		assert.Equal(t, []string{teasWord, shoesWord, verdict}, []string{now.Reason, now.Answer, now.Decision})
	})
}

func TestR72_MembersAreNotShownThatStoresArgue(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		inviter := app.Street.People[testkit.Shopper]
		m := s.newcomer("shoes", inviter.Member.ID)
		s.object("tea", m)
		got, err := app.Referral.Invitees(t.Context(), s.id, inviter.Member.ID)
		require.NoError(t, err)
		assert.Equal(t, "pending", got[m.ID].State)
		all, err := app.Pool.Export(t.Context(), s.id, m.ID)
		require.NoError(t, err)
		assert.NotContains(t, string(mustJSON(t, all)), "objected")
		assert.NotContains(t, string(mustJSON(t, all)), teasWord)
	})
}

func TestR73_OnlyThePartiesReadACase(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		m := s.rival(models.ID{})
		o := s.object("tea", m)
		s.answer("shoes", o)
		ours, theirs := s.cases("tea").Ours, s.cases("shoes").Against
		require.Len(t, ours, 1)
		assert.Equal(t, ours, theirs, "both read the same")
		assert.Equal(t, []string{"会员 0004", teasWord, shoesWord, "open"}, []string{ours[0].Member, ours[0].Reason, ours[0].Answer, ours[0].State})
		assert.True(t, ours[0].Ripe)
		assert.NotContains(t, string(mustJSON(t, ours)), m.ID.String(), "a number, no member")
		for _, store := range []string{"noodles", "books"} {
			c := s.cases(store)
			assert.Empty(t, c.Ours)
			assert.Empty(t, c.Against)
			assert.Empty(t, c.Lost)
		}
		for who, status := range map[testkit.Persona]int{
			testkit.ClerkOf("tea"): http.StatusForbidden, testkit.OwnerOf("shoes"): http.StatusForbidden, testkit.Coordinator: http.StatusForbidden,
			testkit.OtherOwner: http.StatusForbidden, testkit.Shopper: http.StatusForbidden, testkit.Visitor: http.StatusUnauthorized,
		} {
			app.As(who).Get(s.path("tea", "/objections")).Must(status)
		}
		app.As(testkit.OwnerOf("shoes")).Post("/alliance/referrals/"+s.of(m).ID.String()+"/decision", map[string]any{}).Refused(http.StatusForbidden, "forbidden")
	})
}

// TestBothSidesHearOfACaseOnTheirDesks: who must do something next, or wants to know how it ended.
func TestBothSidesHearOfACaseOnTheirDesks(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		m, other := s.rival(models.ID{}), s.rival(models.ID{})
		top := func(store string) notify.DeskLine {
			s.Drain()
			lines, err := app.Notify.DeskLines(t.Context(), s.id, s.StoreID(store), time.Time{}, 1, "zh-CN")
			require.NoError(t, err)
			require.Len(t, lines, 1)
			app.Time.Advance(time.Minute)
			return lines[0]
		}
		app.Time.Advance(time.Minute)
		o := s.object("tea", m)
		assert.Equal(t, "茶馆对一笔推荐金有异议", top("shoes").Text)
		s.answer("shoes", o)
		assert.Equal(t, "您提的异议，布鞋说明了", top("tea").Text)
		s.decide(m, "tea")
		assert.Equal(t, "会员 0004 判给了我们家", top("tea").Text)
		assert.Equal(t, "会员 0004 判给了茶馆", top("shoes").Text)
		o = s.object("tea", other)
		top("shoes")
		require.NoError(t, app.Referral.Withdraw(t.Context(), s.id, s.StoreID("tea"), o.ID, s.account(testkit.OwnerOf("tea"))))
		assert.Equal(t, "茶馆撤回了异议", top("shoes").Text)
		page, err := app.Pool.AllianceStores(t.Context(), s.id)
		require.NoError(t, err)
		members := map[string]int64{}
		for _, store := range page {
			members[store.Slug] = store.Members
		}
		assert.Equal(t, map[string]int64{"shoes": 3, "noodles": 0, "tea": 2, "books": 0}, members)
	})
}
