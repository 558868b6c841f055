package notify_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/testkit"
	"onestreet/server/testkit/together"
)

// redeemed is a redemption of ten yuan at a till: the shoe shop bears seven of them, the noodle shop three.
func redeemed(t *testing.T, app *testkit.App, c models.Campaign, till string) models.Redemption {
	t.Helper()
	now := app.Time.Now()
	used := coupon(t, app, c, testkit.Shopper, now.Add(720*time.Hour))
	r := models.Redemption{
		ID: models.NewID(), AllianceID: c.AllianceID, CouponID: used.ID, UseNumber: 1, CampaignID: c.ID, StoreID: shop(app, till).ID,
		MemberID: used.MemberID, VisitID: models.NewID(), ByAccount: app.Street.People[testkit.ClerkOf(till)].Account.ID, At: now,
		LocalDate: "2026-10-17", Bill: 6800, Off: 1000, Cost: 1000, ToPay: 5800, State: models.RedemptionStands,
	}
	r.BillID, r.Paid = r.ID, r.ToPay
	store(t, app, &r)
	store(t, app, &[]models.RedemptionShare{
		{RedemptionID: r.ID, StoreID: shop(app, "shoes").ID, AllianceID: c.AllianceID, Position: 0, ShareBPS: 7000, Amount: 700},
		{RedemptionID: r.ID, StoreID: shop(app, "noodles").ID, AllianceID: c.AllianceID, Position: 1, ShareBPS: 3000, Amount: 300},
	})
	emit(t, app, models.EventCouponRedeemed, models.CouponRedeemed{
		RedemptionID: r.ID, BillID: r.ID, CouponID: used.ID, MemberID: used.MemberID, StoreID: r.StoreID, CampaignID: c.ID, Off: 1000, Paid: 5800, At: now,
	})
	return r
}

func TestARedemptionLeavesAReceiptAndTellsWhoBearsIt(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		redeemed(t, app, campaign(t, app), "noodles")
		n := inbox(app, testkit.Shopper).Items[0]
		assert.Equal(t, models.NoticeReceipt, n.Kind)
		assert.Equal(t, "在林家面馆用了「街坊券」", n.Title)
		assert.Equal(t, "省了 10.00 元，付了 58.00 元。记错了的话，今天打烊前店里能撤销", n.Text)
		assert.Equal(t, "林家面馆", n.Store.Name)

		shoes := desk(t, app, "shoes", "zh-CN")
		require.Len(t, shoes, 1)
		assert.Equal(t, "林家面馆收了一张我们家的券", shoes[0].Text)
		assert.Equal(t, "我们出七成", shoes[0].Detail)
		assert.EqualValues(t, -700, shoes[0].Amount.Amount)
		assert.Empty(t, desk(t, app, "noodles", "zh-CN"), "the till knows it already")
		assert.Empty(t, desk(t, app, "tea", "zh-CN"))
	})
}

func TestAPartnerIsToldWhatItBearsOfACouponUsedElsewhere(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		redeemed(t, app, campaign(t, app), "shoes")
		lines := desk(t, app, "noodles", "zh-CN")
		require.Len(t, lines, 1)
		assert.Equal(t, "老北京布鞋收了一张「街坊券」", lines[0].Text)
		assert.Equal(t, "我们出三成", lines[0].Detail)
		assert.EqualValues(t, -300, lines[0].Amount.Amount)
	})
}

func TestAReversedRedemptionIsToldToEveryoneItConcerned(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		r := redeemed(t, app, campaign(t, app), "noodles")
		app.Time.Advance(time.Minute)
		emit(t, app, models.EventRedemptionReversed, models.RedemptionReversed{RedemptionID: r.ID})
		n := inbox(app, testkit.Shopper).Items[0]
		assert.Equal(t, models.NoticeReversed, n.Kind)
		assert.Equal(t, "「街坊券」退回券夹了", n.Title)
		assert.Equal(t, "林家面馆那一笔撤销了，券还能用到 11 月 16 日", n.Text)
		shoes := desk(t, app, "shoes", "zh-CN")
		require.Len(t, shoes, 2)
		assert.EqualValues(t, 700, shoes[0].Amount.Amount)
		assert.Equal(t, "林家面馆撤销了一张「街坊券」", shoes[0].Text)
	})
}

func TestAWantedSignatureStandsOnThePartnersDesk(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		c := campaign(t, app)
		for range 2 {
			emit(t, app, models.EventSignatureWanted, models.SignatureWanted{CampaignID: c.ID, StoreID: shop(app, "noodles").ID})
		}
		lines := desk(t, app, "noodles", "zh-CN")
		require.Len(t, lines, 1)
		assert.Equal(t, "老北京布鞋请您签「街坊券」", lines[0].Text)
		assert.Equal(t, "我们出三成，签了才开始", lines[0].Detail)
		assert.Nil(t, lines[0].Amount)
		emit(t, app, models.EventSignatureWanted, models.SignatureWanted{CampaignID: c.ID, StoreID: shop(app, "books").ID})
		assert.Empty(t, desk(t, app, "books", "zh-CN"), "no partner of the present terms")
	})
}

// The issuer reads who has signed, how many are still missing, and who does not take part: without it, a refusal is silence.
func TestTheIssuerIsToldOfEveryAnswer(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		c := campaign(t, app)
		for _, one := range []struct {
			answer       models.ShareAnswered
			kind         models.DeskKind
			text, detail string
		}{
			{models.ShareAnswered{StoreID: shop(app, "noodles").ID, Version: 1, Missing: 1}, models.DeskShareSigned, "林家面馆签了「街坊券」", "还差 1 家签字"},
			{models.ShareAnswered{StoreID: shop(app, "tea").ID, Version: 1, Declined: true, Missing: 1}, models.DeskShareDeclined, "清和茶馆这回不参加「街坊券」", "改一改份额，或者不请它，再送大家签"},
			{models.ShareAnswered{StoreID: shop(app, "tea").ID, Version: 2}, models.DeskShareSigned, "清和茶馆签了「街坊券」", "都签齐了"},
		} {
			app.Time.Advance(time.Minute)
			one.answer.CampaignID = c.ID
			emit(t, app, models.EventShareAnswered, one.answer)
			line := desk(t, app, "shoes", "zh-CN")[0]
			assert.Equal(t, []any{one.kind, one.text, one.detail}, []any{line.Kind, line.Text, line.Detail})
		}
		assert.Empty(t, desk(t, app, "noodles", "zh-CN"), "the issuer alone")
	})
}

func TestWhoeverHoldsACouponIsToldThatAShopTakesItOnlySoLong(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		c, now := campaign(t, app), app.Time.Now()
		leaves := now.Add(7 * 24 * time.Hour).Truncate(24 * time.Hour)
		coupon(t, app, c, testkit.Shopper, leaves.AddDate(0, 0, 20))
		coupon(t, app, c, testkit.OtherShopper, leaves.Add(-time.Minute)) // ends before: nothing changes for it
		last := coupon(t, app, c, testkit.ThirdShopper, leaves.AddDate(0, 0, 20))
		left := models.PartnerLeft{CampaignID: c.ID, StoreID: shop(app, "noodles").ID, At: leaves}
		emit(t, app, models.EventPartnerLeaving, left)
		assert.Empty(t, inbox(app, testkit.Shopper).Items, "it stays after all")

		store(t, app, &models.CampaignNotice{CampaignID: c.ID, StoreID: left.StoreID, AllianceID: c.AllianceID, GivenAt: now, LeavesAt: leaves})
		emit(t, app, models.EventHoldersToTell, models.HoldersToTell{PartnerLeft: left, After: last.MemberID})
		assert.Empty(t, inbox(app, testkit.ThirdShopper).Items, "the page after them")
		for range 2 {
			emit(t, app, models.EventPartnerLeaving, left)
		}
		for _, holder := range []testkit.Persona{testkit.Shopper, testkit.ThirdShopper} {
			got := inbox(app, holder).Items
			require.Len(t, got, 1)
			assert.Equal(t, models.NoticeStoreLeaving, got[0].Kind)
			assert.Equal(t, "「街坊券」，林家面馆收到 10 月 24 日", got[0].Title)
			assert.Equal(t, "想在林家面馆用，赶在那天打烊前去；别家照样收", got[0].Text)
			assert.Equal(t, "老北京布鞋", got[0].Store.Name)
		}
		assert.Empty(t, inbox(app, testkit.OtherShopper).Items)
	})
}

func TestACouponThatEndsWithinThreeDaysIsRememberedOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		c, now := campaign(t, app), app.Time.Now()
		coupon(t, app, c, testkit.Shopper, now.Add(72*time.Hour))
		coupon(t, app, c, testkit.OtherShopper, now.Add(72*time.Hour+time.Second)) // a moment too far
		coupon(t, app, c, testkit.ThirdShopper, now)                               // over
		for range 2 {
			require.NoError(t, app.Notify.RemindOfCoupons(app.Ctx()))
		}
		mine := inbox(app, testkit.Shopper).Items
		require.Len(t, mine, 1)
		assert.Equal(t, models.NoticeCouponExpiring, mine[0].Kind)
		assert.Equal(t, "「街坊券」快到期了", mine[0].Title)
		assert.Equal(t, "还能用到 10 月 20 日周二 10:30，路过老北京布鞋就带上会员码", mine[0].Text)
		assert.Empty(t, inbox(app, testkit.OtherShopper).Items)
		assert.Empty(t, inbox(app, testkit.ThirdShopper).Items)

		app.Time.Advance(time.Second)
		require.NoError(t, app.Notify.RemindOfCoupons(app.Ctx()))
		assert.Len(t, inbox(app, testkit.OtherShopper).Items, 1)
	})
}

func TestNobodyIsNudgedBeyondTheWeeklyNumber(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		c, now := campaign(t, app), app.Time.Now()
		for range 5 {
			coupon(t, app, c, testkit.Shopper, now.Add(48*time.Hour))
		}
		var all together.Group
		for range 4 { // as if four nodes ran the job at once
			all.Go(func() { assert.NoError(t, app.Notify.RemindOfCoupons(app.Ctx())) })
		}
		all.Wait()
		assert.Len(t, inbox(app, testkit.Shopper).Items, app.Street.Alliance.WeeklyLimit)

		_, o := tasting(t, app, 5)
		app.As(testkit.Shopper).Post("/occurrences/"+o.String()+"/sign-ups", nil).Must(http.StatusCreated)
		app.Drain()
		assert.Len(t, inbox(app, testkit.Shopper).Items, app.Street.Alliance.WeeklyLimit+1, "an answer to what the member did always arrives")

		app.Time.Advance(7*24*time.Hour - time.Second)
		coupon(t, app, c, testkit.Shopper, app.Time.Now().Add(time.Hour))
		require.NoError(t, app.Notify.RemindOfCoupons(app.Ctx()))
		assert.Len(t, inbox(app, testkit.Shopper).Items, app.Street.Alliance.WeeklyLimit+1, "the week is not over")
		app.Time.Advance(time.Second)
		require.NoError(t, app.Notify.RemindOfCoupons(app.Ctx()))
		assert.Len(t, inbox(app, testkit.Shopper).Items, app.Street.Alliance.WeeklyLimit+2, "a new week")
	})
}

func TestAMutedStoreDoesNotNudge(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		c := campaign(t, app)
		app.As(testkit.Shopper).Put("/me/privacy/"+shop(app, "shoes").ID.String(), map[string]bool{"phone": false, "muted": true}).Must(http.StatusOK)
		coupon(t, app, c, testkit.Shopper, app.Time.Now().Add(24*time.Hour))
		coupon(t, app, c, testkit.OtherShopper, app.Time.Now().Add(24*time.Hour))
		require.NoError(t, app.Notify.RemindOfCoupons(app.Ctx()))
		assert.Empty(t, inbox(app, testkit.Shopper).Items)
		assert.Len(t, inbox(app, testkit.OtherShopper).Items, 1)
		redeemed(t, app, c, "shoes")
		assert.Len(t, inbox(app, testkit.Shopper).Items, 1, "a receipt is no nudge")
	})
}
