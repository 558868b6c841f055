package referral_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"gorm.io/gorm"

	"onestreet/models"
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
