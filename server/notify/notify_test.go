package notify_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/notify"
	"onestreet/server/platform/realtime"
	"onestreet/server/testkit"
)

func joined(app *testkit.App, who testkit.Persona, origin models.ID) models.MemberJoined {
	m := member(app, who)
	return models.MemberJoined{MemberID: m.ID, AccountID: m.AccountID, OriginStoreID: origin, At: app.Time.Now()}
}

func TestANewMemberFindsAWordFromTheStoreThatBroughtThem(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		emit(t, app, models.EventMemberJoined, joined(app, testkit.Shopper, shop(app, "shoes").ID))
		page := inbox(app, testkit.Shopper)
		require.Len(t, page.Items, 1)
		assert.EqualValues(t, 1, page.Unread)
		n := page.Items[0]
		assert.Equal(t, models.NoticeWelcome, n.Kind)
		assert.Equal(t, "陈姐给您留了句话", n.Title)
		assert.Equal(t, fmt.Sprintf("我是老北京布鞋的陈姐。您是第 %d 位街坊，整条街 4 家店都认您的会员码，有空来坐坐", member(app, testkit.Shopper).Number), n.Text)
		assert.Equal(t, shop(app, "shoes").ID, n.Store.ID)
		assert.Equal(t, "/stores/"+shop(app, "shoes").ID.String(), n.Link)
		assert.False(t, n.Read)
		assert.Empty(t, inbox(app, testkit.OtherShopper).Items, "nobody else's")

		emit(t, app, models.EventMemberJoined, joined(app, testkit.Shopper, shop(app, "shoes").ID))
		assert.Len(t, inbox(app, testkit.Shopper).Items, 1, "nobody is told twice")
	})
}

func TestAMemberWhomNoStoreBroughtIsGreetedByTheStreet(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		emit(t, app, models.EventMemberJoined, joined(app, testkit.Shopper, models.ID{}))
		n := inbox(app, testkit.Shopper).Items[0]
		assert.Equal(t, "进了街，就是街坊", n.Title)
		assert.Nil(t, n.Store)
	})
}

func TestTheStreamCarriesTheNoticeInTheMembersLanguage(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		app.As(testkit.Shopper).Patch("/me", map[string]string{"locale": "en"}).Must(http.StatusOK)
		emit(t, app, models.EventMemberJoined, joined(app, testkit.Shopper, shop(app, "shoes").ID))
		emit(t, app, models.EventMemberJoined, joined(app, testkit.OtherShopper, shop(app, "tea").ID))
		for who, title := range map[testkit.Persona]string{testkit.Shopper: "A word from 陈姐", testkit.OtherShopper: "老吴给您留了句话"} {
			list := items(t, app, who)
			require.Len(t, list, 1)
			assert.Equal(t, "notice.created", list[0].Kind)
			var item struct {
				Notice notify.Notice
				Unread int64
			}
			require.NoError(t, json.Unmarshal([]byte(list[0].Data), &item))
			assert.Equal(t, title, item.Notice.Title)
			assert.EqualValues(t, 1, item.Unread)
			assert.Equal(t, inbox(app, who).Items[0].ID, item.Notice.ID)
			assert.EqualValues(t, 1, inbox(app, who).Seq, "the snapshot says from where to follow")
		}
	})
}

func TestOldLettersAreReadInTheReadersLanguage(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		emit(t, app, models.EventMemberJoined, joined(app, testkit.Shopper, shop(app, "shoes").ID))
		var page notify.InboxView
		app.As(testkit.Shopper).In("en").Get("/me/inbox").Must(http.StatusOK).Into(&page)
		assert.Equal(t, "A word from 陈姐", page.Items[0].Title)
		assert.Contains(t, page.Items[0].Text, "This is 陈姐 at 老北京布鞋. You are neighbour number")
	})
}

func TestReadingUpToALetterLeavesTheNewerOnes(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		_, o := tasting(t, app, 5)
		for range 3 {
			emit(t, app, models.EventSignUpMade, signUpOf(t, app, o))
			app.Time.Advance(time.Minute)
		}
		page := inbox(app, testkit.Shopper)
		require.Len(t, page.Items, 3)
		assert.EqualValues(t, 3, page.Unread)
		var left notify.UnreadView
		app.As(testkit.Shopper).Post("/me/inbox/read", map[string]any{"up_to": page.Items[1].ID}).Must(http.StatusOK).Into(&left)
		assert.EqualValues(t, 1, left.Unread)
		page = inbox(app, testkit.Shopper)
		assert.Equal(t, []bool{false, true, true}, []bool{page.Items[0].Read, page.Items[1].Read, page.Items[2].Read})

		app.As(testkit.OtherShopper).Post("/me/inbox/read", map[string]any{"up_to": page.Items[0].ID}).Refused(http.StatusNotFound, "not_found")
		app.As(testkit.Shopper).Post("/me/inbox/read", map[string]any{"up_to": models.NewID()}).Refused(http.StatusNotFound, "not_found")
		app.As(testkit.Shopper).Post("/me/inbox/read", map[string]any{}).Refused(http.StatusUnprocessableEntity, "invalid")
		assert.EqualValues(t, 1, inbox(app, testkit.Shopper).Unread)
		app.As(testkit.Shopper).Post("/me/inbox/read", map[string]any{"up_to": page.Items[0].ID}).Must(http.StatusOK).Into(&left)
		assert.Zero(t, left.Unread)
	})
}

// signUpOf makes sure that the shopper has a place, and tells of it.
func signUpOf(t *testing.T, app *testkit.App, occurrence models.ID) models.SignUpChanged {
	t.Helper()
	row := models.SignUp{ID: models.NewID(), Answers: models.Answers{}, AllianceID: app.Street.Alliance.ID, OccurrenceID: occurrence,
		MemberID: member(app, testkit.Shopper).ID, State: models.SignedUp, SignedUpAt: app.Time.Now()}
	require.NoError(t, app.DB.Tx(app.Ctx(), func(tx *gorm.DB) error {
		return tx.Where("occurrence_id = ? AND member_id = ?", occurrence, row.MemberID).Attrs(row).FirstOrCreate(&models.SignUp{}).Error
	}))
	return models.SignUpChanged{OccurrenceID: occurrence, MemberID: row.MemberID}
}

func TestTheInboxIsPagedNewestFirst(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		_, o := tasting(t, app, 5)
		for i := range 7 {
			emit(t, app, models.EventSignUpMade, signUpOf(t, app, o))
			if i%2 == 0 { // some at the same moment
				app.Time.Advance(time.Minute)
			}
		}
		var seen []models.ID
		for cursor := ""; ; {
			var page notify.InboxView
			app.As(testkit.Shopper).Get("/me/inbox?limit=3&cursor=" + cursor).Must(http.StatusOK).Into(&page)
			for _, n := range page.Items {
				seen = append(seen, n.ID)
			}
			if cursor = page.NextCursor; cursor == "" {
				break
			}
		}
		var all []models.ID
		for _, n := range inbox(app, testkit.Shopper).Items {
			all = append(all, n.ID)
		}
		assert.Len(t, seen, 7)
		assert.Equal(t, all, seen)
		app.As(testkit.Shopper).Get("/me/inbox?cursor=x").Refused(http.StatusUnprocessableEntity, "cursor")
	})
}

func TestTheInboxIsTheMembersOnly(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		app.As(testkit.Visitor).Get("/me/inbox").Refused(http.StatusUnauthorized, "login_required")
		app.As(testkit.OwnerOf("tea")).Get("/me/inbox").Refused(http.StatusForbidden, "not_member")
		me, other := member(app, testkit.Shopper).ID, member(app, testkit.OtherShopper).ID
		assert.NoError(t, notify.MayFollow(app.Ctx(), realtime.Subject{Member: me}, me.String()))
		assert.ErrorIs(t, notify.MayFollow(app.Ctx(), realtime.Subject{Member: me}, other.String()), realtime.ErrNotAllowed)
		assert.ErrorIs(t, notify.MayFollow(app.Ctx(), realtime.Subject{}, models.ID{}.String()), realtime.ErrNotAllowed)
		assert.ErrorIs(t, notify.MayFollow(app.Ctx(), realtime.Subject{Member: me}, ""), realtime.ErrNotAllowed)
	})
}

func TestWhoBroughtSomeoneIsThankedWhenTheyBuy(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		r := models.Referred{ReferralID: models.NewID(), MemberID: member(app, testkit.OtherShopper).ID, StoreID: shop(app, "tea").ID, Amount: 200}
		emit(t, app, models.EventReferralPending, r)
		lines := desk(t, app, "tea", "zh-CN")
		require.Len(t, lines, 1)
		assert.Equal(t, "我们的码进来一位新会员", lines[0].Text)
		assert.Equal(t, "60 天内买第一单就入账", lines[0].Detail)
		assert.EqualValues(t, 200, lines[0].Amount.Amount)

		r.InviterID = member(app, testkit.Shopper).ID
		app.Time.Advance(time.Minute)
		emit(t, app, models.EventReferralPosted, r)
		n := inbox(app, testkit.Shopper).Items[0]
		assert.Equal(t, models.NoticeInviteEarned, n.Kind)
		assert.Equal(t, "200 积分记在您名下了，谢谢您带路", n.Text)
		assert.NotContains(t, n.Title+n.Text, "王秀兰", "no name of another member is copied into an inbox")
		assert.Empty(t, inbox(app, testkit.OtherShopper).Items)
		assert.Equal(t, "推荐金入账了", desk(t, app, "tea", "zh-CN")[0].Detail)
		assert.Empty(t, desk(t, app, "shoes", "zh-CN"), "another store's desk")
	})
}

func TestARealJoiningReachesInboxAndDesk(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		link, phone := app.Street.Links["shoes"], testkit.Phone()
		app.As(testkit.Visitor).Post("/auth/codes", map[string]string{"phone": phone}).Must(http.StatusAccepted)
		var session struct {
			AccessToken string `json:"access_token"`
		}
		body := map[string]string{"phone": phone, "code": app.SMS.Last("+86" + phone), "name": "沈梅"}
		app.As(testkit.Visitor).Post("/join/"+link.Code, body).Must(http.StatusCreated).Into(&session)
		app.Drain()
		var page notify.InboxView
		app.As(testkit.Visitor).With("Authorization", "Bearer "+session.AccessToken).Get("/me/inbox").Must(http.StatusOK).Into(&page)
		require.NotEmpty(t, page.Items)
		assert.Equal(t, "陈姐给您留了句话", page.Items[len(page.Items)-1].Title)
		lines := desk(t, app, "shoes", "en")
		require.NotEmpty(t, lines)
		assert.Equal(t, "Our code brought a new member in", lines[0].Text)
	})
}

func TestWhoLeavesTakesTheirLettersAlong(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		emit(t, app, models.EventMemberJoined, joined(app, testkit.Shopper, shop(app, "shoes").ID))
		export := app.As(testkit.Shopper).Get("/me/export").Must(http.StatusOK)
		assert.Contains(t, string(export.Body), "陈姐给您留了句话")
		app.As(testkit.Shopper).Post("/me/leave", map[string]string{"confirm": "离开"}).Must(http.StatusNoContent)
		var rows int64
		require.NoError(t, app.DB.Read(app.Ctx()).Model(&models.Notice{}).Where("member_id = ?", member(app, testkit.Shopper).ID).Count(&rows).Error)
		assert.Zero(t, rows)
		assert.Empty(t, items(t, app, testkit.Shopper))
		_, o := tasting(t, app, 5)
		emit(t, app, models.EventSignUpMade, signUpOf(t, app, o))
		assert.Empty(t, items(t, app, testkit.Shopper), "who has left is written to no more")
	})
}

func TestWeTalkLikeANeighbour(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		aboutEverything(t, app)
		for _, locale := range []string{"zh-CN", "en"} {
			var page notify.InboxView
			app.As(testkit.Shopper).In(locale).Get("/me/inbox").Must(http.StatusOK).Into(&page)
			kinds := map[models.NoticeKind]bool{}
			var said []string
			for _, n := range page.Items {
				kinds[n.Kind] = true
				require.NotEmpty(t, n.Title)
				require.NotEmpty(t, n.Text, n.Kind)
				require.NotEmpty(t, n.Link)
				said = append(said, n.Title, n.Text)
			}
			assert.Len(t, kinds, 8, "every kind of notice is among them")
			for _, slug := range []string{"shoes", "noodles", "tea"} {
				for _, l := range desk(t, app, slug, locale) {
					require.NotEmpty(t, l.Detail, l.Kind)
					said = append(said, l.Text, l.Detail)
				}
			}
			for _, text := range said {
				assert.False(t, strings.ContainsAny(text, "!！"), "no exclamation marks: %s", text)
				assert.NotContains(t, text, "%!", "a verb was left unfilled: %s", text)
				if locale == "zh-CN" {
					assert.False(t, strings.ContainsAny(text, "他她"), "no guessed he or she: %s", text)
					assert.False(t, strings.ContainsAny(text, ",;?"), "full-width punctuation: %s", text)
				}
			}
		}
	})
}

// aboutEverything makes the shopper get a letter of each kind.
func aboutEverything(t *testing.T, app *testkit.App) {
	t.Helper()
	emit(t, app, models.EventMemberJoined, joined(app, testkit.Shopper, shop(app, "shoes").ID))
	emit(t, app, models.EventReferralPending, models.Referred{ReferralID: models.NewID(), StoreID: shop(app, "shoes").ID, Amount: 200})
	emit(t, app, models.EventReferralPosted, models.Referred{ReferralID: models.NewID(), StoreID: shop(app, "shoes").ID, InviterID: member(app, testkit.Shopper).ID, Amount: 200})
	c := campaign(t, app)
	emit(t, app, models.EventSignatureWanted, models.SignatureWanted{CampaignID: c.ID, StoreID: shop(app, "noodles").ID})
	coupon(t, app, c, testkit.Shopper, app.Time.Now().Add(48*time.Hour))
	require.NoError(t, app.Notify.RemindOfCoupons(app.Ctx()))
	r := redeemed(t, app, c, "tea")
	emit(t, app, models.EventRedemptionReversed, models.RedemptionReversed{RedemptionID: r.ID})
	event, o := tasting(t, app, 5)
	app.As(testkit.Shopper).Post("/occurrences/"+o.String()+"/sign-ups", nil).Must(http.StatusCreated)
	app.Drain()
	path := "/stores/" + shop(app, "tea").ID.String() + "/events/" + event.String()
	app.As(testkit.ManagerOf("tea")).Patch(path, map[string]any{"place": "院子里"}).Must(http.StatusOK)
	app.Drain()
	app.As(testkit.ManagerOf("tea")).Post(path+"/cancel", nil).Must(http.StatusOK)
	app.Drain()
}
