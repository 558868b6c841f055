package pool_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/outbox"
	"onestreet/server/pool"
	"onestreet/server/testkit"
)

// joinedEvent is the last member.joined of the street.
func joinedEvent(t *testing.T, app *testkit.App) models.MemberJoined {
	t.Helper()
	var e outbox.Event
	require.NoError(t, app.DB.Read(app.Ctx()).Where("alliance_id = ? AND kind = ?", app.Street.Alliance.ID, models.EventMemberJoined).Order("id DESC").Take(&e).Error)
	var out models.MemberJoined
	require.NoError(t, json.Unmarshal([]byte(e.Payload), &out))
	return out
}

// visit opens a join link and returns the device's cookie.
func visit(t *testing.T, app *testkit.App, link models.JoinLink, cookie string) string {
	t.Helper()
	c := app.As(testkit.Visitor)
	if cookie != "" {
		c = c.With("Cookie", cookie)
	}
	r := c.Get("/join/" + link.Code).Must(http.StatusOK)
	set := r.Header.Get("Set-Cookie")
	require.Contains(t, set, "HttpOnly")
	require.Contains(t, set, "SameSite=Lax")
	require.Contains(t, set, "Max-Age=2592000")
	first, _, _ := strings.Cut(set, ";")
	return first
}

func TestAScanAPhoneAndACodeMakeAMember(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		link := app.Street.Links["shoes"]
		var invitation pool.Invitation
		app.As(testkit.Visitor).Get("/join/" + link.Code).Must(http.StatusOK).Into(&invitation)
		require.Equal(t, "老北京布鞋", invitation.Store.Name)
		require.Equal(t, "陈姐", invitation.Store.Persona.Name)
		require.Equal(t, app.Street.Alliance.Slug, invitation.Street.Slug)

		out := join(t, app, link, testkit.Phone(), "")
		require.EqualValues(t, 4, out.Welcome.Number)
		require.Equal(t, "沈梅", out.Me.Member.Name)
		m := member(t, app, 4)
		require.Equal(t, app.Street.Stores["shoes"].ID, m.OriginStoreID)
		require.Equal(t, "会员 0004", m.Pseudonym)

		e := joinedEvent(t, app)
		require.Equal(t, m.ID, e.MemberID)
		require.Equal(t, m.OriginStoreID, e.OriginStoreID)
		require.Len(t, e.Attribution.Claims, 1)
		require.True(t, e.Attribution.Claims[0].Won)
	})
}

func TestACounterScanBeatsAnEarlierLinkFollowedOnTheSameDevice(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		poster := makeLink(t, app, "tea", models.TouchPoster)
		device := visit(t, app, poster, "")
		app.Time.Advance(time.Hour)
		require.Equal(t, device, visit(t, app, app.Street.Links["noodles"], device), "the device keeps its name")
		app.Time.Advance(time.Hour)
		join(t, app, poster, testkit.Phone(), device)
		require.Equal(t, app.Street.Stores["noodles"].ID, member(t, app, 4).OriginStoreID)
		require.Len(t, joinedEvent(t, app).Attribution.Claims, 2)
	})
}

func TestR05_ATamperedDeviceCookieCountsForNothing(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		device := visit(t, app, app.Street.Links["noodles"], "")
		forged := device[:len(device)-1] + map[bool]string{true: "B", false: "A"}[strings.HasSuffix(device, "A")]
		join(t, app, makeLink(t, app, "tea", models.TouchPoster), testkit.Phone(), forged)
		require.Equal(t, app.Street.Stores["tea"].ID, member(t, app, 4).OriginStoreID)
	})
}

func TestR04_AMembersInvitationNamesTheInviter(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		inviter := join(t, app, app.Street.Links["shoes"], testkit.Phone(), "")
		var invite pool.Invite
		asToken(app, inviter.AccessToken).Get("/me/invite").Must(http.StatusOK).Into(&invite)
		require.Equal(t, "http://street.test/j/"+invite.Code, invite.URL)
		require.Empty(t, invite.Invited)

		var page pool.Invitation
		app.As(testkit.Visitor).Get("/join/" + invite.Code).Must(http.StatusOK).Into(&page)
		require.Equal(t, "沈梅", page.Inviter.Name)
		join(t, app, models.JoinLink{Code: invite.Code}, testkit.Phone(), "")
		m := member(t, app, 5)
		require.Equal(t, inviter.Me.Member.ID, m.InviterID)
		require.Equal(t, app.Street.Stores["shoes"].ID, m.OriginStoreID, "in the name of the store that brought the inviter")

		asToken(app, inviter.AccessToken).Get("/me/invite").Must(http.StatusOK).Into(&invite)
		require.Len(t, invite.Invited, 1)
		require.Equal(t, "pending", invite.Invited[0].State)
	})
}

func TestR20_StaffCannotReferThemselves(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		clerk := app.Street.People[testkit.ClerkOf("shoes")].Account
		join(t, app, app.Street.Links["shoes"], *clerk.Phone, "")
		m := member(t, app, 4)
		require.True(t, m.OriginStoreID.IsZero())
		require.Equal(t, clerk.ID, m.AccountID, "the same account is clerk and member")
		require.Equal(t, models.ReasonStaff, joinedEvent(t, app).Attribution.Claims[0].Why)
		app.AsPerson(testkit.Person{Account: clerk}).Get("/me/invite").Must(http.StatusOK)
	})
}

func TestR01_FiftyJoinsOfOnePhoneMakeOneMember(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		phone := testkit.Phone()
		body := map[string]any{"phone": phone, "code": codeFor(t, app, phone)}
		link := app.Street.Links["shoes"].Code
		answers := atOnce(50, func(int) string { return answer(app.As(testkit.Visitor).Post("/join/"+link, body)) })
		require.Equal(t, 1, answers["201 "], "%v", answers)
		require.Equal(t, 49, answers["409 already_member"]+answers["401 code_used"], "%v", answers)
		require.EqualValues(t, 1, countOf(t, app, &models.Member{}, "alliance_id = ? AND number > 3", app.Street.Alliance.ID))
		require.EqualValues(t, 1, countOf(t, app, &outbox.Event{}, "alliance_id = ? AND kind = ?", app.Street.Alliance.ID, models.EventMemberJoined))
	})
}

func TestAHundredNewcomersAtOnceGetNumbersWithoutGaps(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		phones, codes := make([]string, 100), make([]string, 100)
		for i := range phones {
			phones[i] = testkit.Phone()
			codes[i] = codeFor(t, app, phones[i])
		}
		link := app.Street.Links["tea"].Code
		answers := atOnce(100, func(i int) string {
			return answer(app.As(testkit.Visitor).Post("/join/"+link, map[string]any{"phone": phones[i], "code": codes[i]}))
		})
		require.Equal(t, map[string]int{"201 ": 100}, answers)
		var numbers []int64
		require.NoError(t, app.DB.Read(app.Ctx()).Model(&models.Member{}).Where("alliance_id = ?", app.Street.Alliance.ID).Order("number").Pluck("number", &numbers).Error)
		for i, n := range numbers {
			require.EqualValues(t, i+1, n)
		}
		require.Len(t, numbers, 103)
	})
}

func TestAMemberWhoJoinsAgainIsToldSoAndTheCodeStaysGood(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		phone := *app.Street.People[testkit.Shopper].Account.Phone
		body := map[string]any{"phone": phone, "code": codeFor(t, app, phone)}
		path := "/join/" + app.Street.Links["tea"].Code
		r := app.As(testkit.Visitor).Post(path, body).Refused(http.StatusConflict, "already_member")
		require.Contains(t, string(r.Body), "已经是这条街的会员")
		r = app.As(testkit.Visitor).In("en").Post(path, body).Refused(http.StatusConflict, "already_member")
		require.Contains(t, string(r.Body), "You are a member of this street already")
		app.As(testkit.Visitor).Post("/auth/sessions", body).Must(http.StatusOK)
		r = app.As(testkit.Visitor).Post(path, body).Refused(http.StatusUnauthorized, "code_used")
		require.Contains(t, string(r.Body), "用过了")
		r = app.As(testkit.Visitor).In("en").Post(path, body).Refused(http.StatusUnauthorized, "code_used")
		require.Contains(t, string(r.Body), "used already")
		require.Zero(t, countOf(t, app, &models.Member{}, "alliance_id = ? AND number > 3", app.Street.Alliance.ID))
	})
}

func TestWhatIsWrongWithALinkOrAPhoneIsSaidInBothLanguages(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		expired := makeLink(t, app, "tea", models.TouchPoster)
		suspended := makeLink(t, app, "books", models.TouchCounter)
		past := app.Time.Now().Add(-time.Minute)
		require.NoError(t, app.DB.Tx(app.Ctx(), func(tx *gorm.DB) error {
			return tx.Model(&models.JoinLink{}).Where("id = ?", expired.ID).Update("expires_at", past).Error
		}))
		app.As(testkit.Coordinator).Post("/alliance/stores/"+app.Street.Stores["books"].ID.String()+"/suspend", map[string]any{"reason": "欠了三个月"}).Must(http.StatusOK)

		phone := testkit.Phone()
		good := codeFor(t, app, phone)
		wrong := map[bool]string{true: "000001", false: "000000"}[good == "000000"]
		with := func(phone, code string) map[string]any { return map[string]any{"phone": phone, "code": code} }
		open := app.Street.Links["tea"].Code
		for _, c := range []struct {
			link   string
			body   any
			status int
			code   string
			zh, en string
		}{
			{"nosuch22", with(phone, good), 404, "link_unknown", "这个入会码不对", "does not exist"},
			{expired.Code, with(phone, good), 410, "link_expired", "过期", "expired"},
			{suspended.Code, with(phone, good), 410, "link_suspended", "已经停了", "suspended"},
			{open, with(phone, wrong), 401, "code_wrong", "验证码不对", "not right"},
			{open, with("+1 212 555 0100", good), 422, "phone_foreign", "中国大陆", "mainland China"},
			{open, with("12345", good), 422, "phone", "手机号不对", "not a mainland mobile number"},
			{open, with(phone, "abc"), 422, "invalid", "写法不对", "expected form"},
			{open, `{"phone":`, 400, "body_not_json", "不是 JSON", "not JSON"},
			{open, map[string]any{"phone": phone, "code": good, "vip": true}, 422, "invalid", "没有这一项", "no such field"},
			{open, map[string]any{"phone": phone, "code": good, "name": strings.Repeat("长", 10<<20/3)}, 413, "body_too_large", "太大", "more than we can take"},
			{open, with(phone, ""), 422, "invalid", "写法不对", "expected form"},
		} {
			require.Contains(t, string(app.As(testkit.Visitor).Post("/join/"+c.link, c.body).Refused(c.status, c.code).Body), c.zh, c.code)
			require.Contains(t, string(app.As(testkit.Visitor).In("en").Post("/join/"+c.link, c.body).Refused(c.status, c.code).Body), c.en, c.code)
		}
		for link, code := range map[string]string{"nosuch22": "link_unknown", expired.Code: "link_expired", suspended.Code: "link_suspended"} {
			require.Equal(t, code, app.As(testkit.Visitor).Get("/join/"+link).Code())
		}
		require.Zero(t, countOf(t, app, &models.Member{}, "alliance_id = ? AND number > 3", app.Street.Alliance.ID))
		require.Zero(t, countOf(t, app, &models.LinkTouch{}, "alliance_id = ?", app.Street.Alliance.ID))
	})
}

func TestR25_ALinkOfASuspendedStoreEarnsNothing(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		device := visit(t, app, app.Street.Links["books"], "")
		app.As(testkit.Coordinator).Post("/alliance/stores/"+app.Street.Stores["books"].ID.String()+"/suspend", map[string]any{"reason": "欠了三个月"}).Must(http.StatusOK)
		join(t, app, makeLink(t, app, "tea", models.TouchPoster), testkit.Phone(), device)
		require.Equal(t, app.Street.Stores["tea"].ID, member(t, app, 4).OriginStoreID, "though the counter's scan was stronger")
	})
}

func TestR23_AHouseholdOnOneDeviceCountsOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		inviter := join(t, app, app.Street.Links["shoes"], testkit.Phone(), "")
		var invite pool.Invite
		asToken(app, inviter.AccessToken).Get("/me/invite").Must(http.StatusOK).Into(&invite)
		link := models.JoinLink{Code: invite.Code}
		device := visit(t, app, link, "")
		join(t, app, link, testkit.Phone(), device)
		join(t, app, link, testkit.Phone(), device)
		require.Equal(t, inviter.Me.Member.ID, member(t, app, 5).InviterID)
		require.True(t, member(t, app, 6).InviterID.IsZero())
		require.Equal(t, models.ReasonHousehold, joinedEvent(t, app).Attribution.Claims[0].Why)
	})
}

func TestR11_OldTouchesAreForgotten(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		visit(t, app, app.Street.Links["books"], "")
		app.Time.Advance(61 * 24 * time.Hour)
		visit(t, app, app.Street.Links["books"], "")
		require.NoError(t, app.Pool.ForgetTouches(app.Ctx()))
		require.EqualValues(t, 1, countOf(t, app, &models.LinkTouch{}, "alliance_id = ?", app.Street.Alliance.ID))
	})
}

func makeLink(t *testing.T, app *testkit.App, slug string, kind models.TouchKind) models.JoinLink {
	t.Helper()
	var link models.JoinLink
	var view pool.LinkView
	app.As(testkit.ManagerOf(slug)).Post(store("/join-links", app, slug), map[string]any{"kind": kind, "label": "门口"}).Must(http.StatusCreated).Into(&view)
	require.NoError(t, app.DB.Read(app.Ctx()).Where("id = ?", view.ID).Take(&link).Error)
	require.Equal(t, "http://street.test/j/"+link.Code, view.URL)
	return link
}

func asToken(app *testkit.App, token string) *testkit.Client {
	return app.As(testkit.Visitor).With("Authorization", "Bearer "+token)
}
