package referral_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/notify"
	"onestreet/server/testkit"
)

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
