package pool_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
	"onestreet/server/platform/outbox"
	"onestreet/server/pool"
	"onestreet/server/testkit"
)

func TestAPhoneIsSeenByTheOriginStoreAndAfterBuyingWithConsent(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		out := join(t, app, app.Street.Links["shoes"], testkit.Phone(), "")
		me, m := asToken(app, out.AccessToken), member(t, app, 4)
		bought := map[models.ID]pool.Holding{}
		app.Pool.OnHoldings(func(context.Context, models.ID, models.ID) (map[models.ID]pool.Holding, error) { return bought, nil })
		sees := func(slug string) bool {
			phone, err := app.Pool.Phone(app.Ctx(), app.Street.Alliance.ID, app.Street.Stores[slug].ID, m.ID)
			require.NoError(t, err)
			return phone != ""
		}
		require.True(t, sees("shoes"), "agreed to at the door")
		require.False(t, sees("tea"))

		me.Put("/me/privacy/"+app.Street.Stores["tea"].ID.String(), map[string]any{"phone": true, "muted": false}).Refused(http.StatusConflict, "phone_not_needed")
		visitOf(t, app, m, "tea")
		bought[app.Street.Stores["tea"].ID] = pool.Holding{Bought: true}
		require.False(t, sees("tea"), "bought, but not asked")
		var row pool.PrivacyRow
		me.Put("/me/privacy/"+app.Street.Stores["tea"].ID.String(), map[string]any{"phone": true, "muted": true}).Must(http.StatusOK).Into(&row)
		require.Equal(t, pool.PrivacyRow{Store: app.Street.Stores["tea"].Ref(), Phone: true, Purchases: true, Muted: true}, row)
		require.True(t, sees("tea"))
		muted, err := app.Pool.Muted(app.Ctx(), app.Street.Alliance.ID, app.Street.Stores["tea"].ID, []models.ID{m.ID})
		require.NoError(t, err)
		require.True(t, muted[m.ID])

		me.Put("/me/privacy/"+app.Street.Stores["shoes"].ID.String(), map[string]any{"phone": false, "muted": false}).Must(http.StatusOK)
		require.False(t, sees("shoes"), "taken back")
		require.Empty(t, customers(app, "shoes", "").Items[0].PhoneMasked)

		var view pool.PrivacyView
		me.Get("/me/privacy").Must(http.StatusOK).Into(&view)
		require.Len(t, view.Stores, 4)
		require.Equal(t, "shoes", view.Stores[0].Store.Slug)
		require.Equal(t, 3, view.WeeklyLimit)
		me.Put("/me/privacy/"+app.Other.Stores["tea"].ID.String(), map[string]any{"phone": false, "muted": true}).Refused(http.StatusNotFound, "not_found")
	})
}

// visitOf lets a member be seen in a store, as the feature that records visits tells it.
func visitOf(t *testing.T, app *testkit.App, m models.Member, slug string) {
	t.Helper()
	require.NoError(t, app.DB.Tx(app.Ctx(), func(tx *gorm.DB) error {
		return app.Outbox.Add(tx, m.AllianceID, models.EventVisitRecorded, models.VisitRecorded{
			VisitID: models.NewID(), StoreID: app.Street.Stores[slug].ID, MemberID: m.ID, Kind: models.VisitScan, At: app.Time.Now(),
		})
	}))
	app.Drain()
}

func TestAStoreKnowsWhoCameIn(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		m := app.Street.People[testkit.Shopper].Member
		app.Pool.OnStanding(func(context.Context, models.ID, models.ID, []models.ID) (map[models.ID]models.Standing, error) {
			return map[models.ID]models.Standing{m.ID: {Level: models.LevelWeak, Purchases: 4, Spent: 12000, Remark: "李姐", Tags: []string{"爱喝白茶"}}}, nil
		})
		require.Empty(t, customers(app, "tea", "").Items)
		visitOf(t, app, m, "tea")
		visitOf(t, app, m, "tea")
		page := customers(app, "tea", "?state=member")
		require.Equal(t, []pool.CustomerView{{
			ID: m.ID, Kind: "member", Name: "李姐", Level: models.LevelWeak, Tags: []string{"爱喝白茶"}, Purchases: 4, Spent: models.Fen(12000),
		}}, page.Items)
		require.Empty(t, customers(app, "tea", "?state=invited").Items)
	})
}

func TestWhoLeavesIsForgottenAndTheirNumberStands(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		phone := testkit.Phone()
		write(t, app, "shoes", upload(app, "shoes", "a.csv", []byte("姓名,手机号,备注\n沈姐,"+phone+",脚背高\n")))
		device := visit(t, app, app.Street.Links["shoes"], "")
		out := join(t, app, app.Street.Links["shoes"], phone, device)
		me := asToken(app, out.AccessToken)
		erased := 0
		app.Pool.OnLeave("test", func(_ context.Context, _ *gorm.DB, m models.Member) error { erased++; return nil })

		r := me.In("en").Post("/me/leave", map[string]any{"confirm": "yes"}).Refused(http.StatusUnprocessableEntity, "confirm")
		require.Contains(t, string(r.Body), "Please write")
		gone := me.Post("/me/leave", map[string]any{"confirm": "离开"}).Must(http.StatusNoContent)
		require.Contains(t, gone.Header.Get("Set-Cookie"), "Max-Age=0")
		require.Equal(t, 1, erased)
		me.Get("/me").Refused(http.StatusUnauthorized, "token_invalid")

		m := member(t, app, 4)
		require.Equal(t, models.Member{
			ID: m.ID, AllianceID: m.AllianceID, AccountID: m.AccountID, Number: 4, OriginStoreID: m.OriginStoreID, JoinLinkID: m.JoinLinkID,
			Pseudonym: "会员 0004", JoinedAt: m.JoinedAt, LeftAt: m.LeftAt,
		}, m)
		require.True(t, m.Left())
		require.Equal(t, "会员 0004", m.Ref().Name)
		everythingOf(t, app, m, func(what string, n int64) { require.Zero(t, n, what) })
		app.As(testkit.Visitor).Post("/auth/sessions", map[string]any{"phone": phone, "code": codeFor(t, app, phone)}).Refused(http.StatusNotFound, "account_unknown")
		visitOf(t, app, m, "shoes")
		require.Empty(t, customers(app, "shoes", "").Items, "an event that comes late brings nobody back")
	})
}

// everythingOf counts what is still held of a member in the pool's tables.
func everythingOf(t *testing.T, app *testkit.App, m models.Member, check func(what string, n int64)) {
	t.Helper()
	var a models.Account
	require.NoError(t, app.DB.Read(app.Ctx()).Where("id = ?", m.AccountID).Take(&a).Error)
	check("phone, name or face", map[bool]int64{true: 1}[a.Phone != nil || a.Name+a.Face != ""])
	check("lines of books", countOf(t, app, &models.Customer{}, "phone_hash = ?", a.PhoneHash))
	check("rows of imports", countOf(t, app, &models.ImportRow{}, "phone_hash = ? AND (name <> '' OR phone_masked <> '' OR person <> '')", a.PhoneHash))
	check("choices", countOf(t, app, &models.Privacy{}, "member_id = ?", m.ID))
	check("open links", countOf(t, app, &models.JoinLink{}, "member_id = ? AND expires_at IS NULL", m.ID))
	check("touches", countOf(t, app, &models.LinkTouch{}, "alliance_id = ?", m.AllianceID))
	check("grants", countOf(t, app, &models.Grant{}, "account_id = ?", m.AccountID))
	check("sessions", countOf(t, app, &models.Session{}, "account_id = ? AND ended_at IS NULL", m.AccountID))
}

func TestR33_WhoComesBackIsTheSameMemberWithoutANewReferral(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		phone := testkit.Phone()
		first := join(t, app, app.Street.Links["shoes"], phone, "")
		before := member(t, app, 4)
		asToken(app, first.AccessToken).Post("/me/leave", map[string]any{"confirm": "leave"}).Must(http.StatusNoContent)
		app.Time.Advance(48 * time.Hour)

		again := join(t, app, app.Street.Links["tea"], phone, "")
		require.EqualValues(t, 4, again.Welcome.Number)
		m := member(t, app, 4)
		require.Equal(t, before.ID, m.ID)
		require.Equal(t, before.OriginStoreID, m.OriginStoreID)
		require.NotEqual(t, before.Secret, m.Secret, "an old telephone's card is good for nothing")
		require.False(t, m.Left())
		require.EqualValues(t, 1, countOf(t, app, &outbox.Event{}, "alliance_id = ? AND kind = ?", app.Street.Alliance.ID, models.EventMemberJoined))
		asToken(app, again.AccessToken).Get("/me/card").Must(http.StatusOK)
		asToken(app, again.AccessToken).Get("/me/invite").Must(http.StatusOK)
		asToken(app, first.AccessToken).Get("/me/card").Refused(http.StatusUnauthorized, "token_invalid")
	})
}

func TestOneWhoLeftIsNotInvitedByAnImport(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		phone := *app.Street.People[testkit.Shopper].Account.Phone
		app.As(testkit.Shopper).Post("/me/leave", map[string]any{"confirm": "离开"}).Must(http.StatusNoContent)
		imp := upload(app, "shoes", "a.csv", []byte("姓名,手机号\n李姐,"+phone+"\n"))
		require.Equal(t, &models.ImportResult{Unchanged: 1}, write(t, app, "shoes", imp).Result)
		require.Empty(t, customers(app, "shoes", "").Items)
	})
}

func TestStaffWhoLeaveThePoolKeepTheirWork(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		clerk := app.Street.People[testkit.ClerkOf("shoes")].Account
		out := join(t, app, app.Street.Links["tea"], *clerk.Phone, "")
		asToken(app, out.AccessToken).Post("/me/leave", map[string]any{"confirm": "离开"}).Must(http.StatusNoContent)
		asToken(app, out.AccessToken).Get("/me").Refused(http.StatusUnauthorized, "token_invalid")
		var a models.Account
		require.NoError(t, app.DB.Read(app.Ctx()).Where("id = ?", clerk.ID).Take(&a).Error)
		require.Equal(t, clerk.Phone, a.Phone)
		require.Equal(t, clerk.Name, a.Name)
		back := app.AsPerson(testkit.Person{Account: clerk})
		back.Get(store("/join-links", app, "shoes")).Must(http.StatusOK)
		back.Get("/me/card").Refused(http.StatusForbidden, "not_member")
	})
}

func TestAFailureOfOneFeatureLetsNobodyHalfLeave(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		app.Pool.OnLeave("test", func(context.Context, *gorm.DB, models.Member) error { return models.ErrInvalid })
		app.As(testkit.Shopper).Post("/me/leave", map[string]any{"confirm": "离开"}).Must(http.StatusUnprocessableEntity)
		require.False(t, member(t, app, 1).Left())
		app.As(testkit.Shopper).Get("/me/card").Must(http.StatusOK)
	})
}

func TestAMemberTakesEverythingAlong(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		phone := testkit.Phone()
		write(t, app, "tea", upload(app, "tea", "a.csv", []byte("姓名,手机号,备注\n沈姐,"+phone+",怕烫\n")))
		device := visit(t, app, app.Street.Links["shoes"], "")
		out := join(t, app, app.Street.Links["shoes"], phone, device)
		app.Pool.OnExport("visits", func(_ context.Context, _ *gorm.DB, m models.Member) (any, error) {
			return map[string]any{"of": m.Number}, nil
		})
		r := asToken(app, out.AccessToken).Get("/me/export").Must(http.StatusOK)
		require.Contains(t, r.Header.Get("Content-Disposition"), "attachment")
		var all struct {
			Pool struct {
				Phone, Name, Street string
				OriginStore         string                               `json:"origin_store"`
				Books               []struct{ Store, Name, Note string } `json:"in_store_books"`
				Links               []struct{ Store, Kind string }       `json:"links_followed"`
				Privacy             []pool.PrivacyRow
			}
			Visits map[string]any
		}
		r.Into(&all)
		require.Equal(t, "+86"+phone, all.Pool.Phone)
		require.Equal(t, "沈梅", all.Pool.Name)
		require.Equal(t, "清和茶馆", all.Pool.OriginStore)
		require.Len(t, all.Pool.Books, 1)
		require.Equal(t, "怕烫", all.Pool.Books[0].Note)
		require.Len(t, all.Pool.Links, 1)
		require.Len(t, all.Pool.Privacy, 4)
		require.EqualValues(t, 4, all.Visits["of"])
	})
}

func TestPointsAreShownWithWhereTheyCameFrom(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		var points pool.Points
		app.As(testkit.Shopper).Get("/me/points").Must(http.StatusOK).Into(&points)
		require.Zero(t, points.Balance)
		require.Empty(t, points.Items)
		give(t, app, app.Street.People[testkit.Shopper].Member, "noodles", 68)
		app.As(testkit.Shopper).In("en").Get("/me/points").Must(http.StatusOK).Into(&points)
		require.EqualValues(t, 68, points.Balance)
		require.Equal(t, "noodles", points.Items[0].Store.Slug)
		require.EqualValues(t, 68, points.Items[0].Points)
		require.Equal(t, "For a purchase", points.Items[0].What)
		require.Equal(t, float64(68), app.As(testkit.Shopper).Get("/me/card").Map()["points"])
		app.As(testkit.Shopper).Get("/me/points?cursor=x").Refused(http.StatusUnprocessableEntity, "cursor")
	})
}

func TestARenamedMemberIsRenamedOnTheCard(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		app.As(testkit.Shopper).Patch("/me", map[string]any{"name": "桂芳"}).Must(http.StatusOK)
		require.Equal(t, "桂芳", app.As(testkit.Shopper).Get("/me/card").Map()["name"])
	})
}

// give lets a store give a member points.
func give(t *testing.T, app *testkit.App, m models.Member, slug string, points int64) {
	t.Helper()
	require.NoError(t, app.DB.Tx(app.Ctx(), func(tx *gorm.DB) error {
		_, err := app.Ledger.Post(tx, m.AllianceID, ledger.Entry{
			Debit: models.StorePoints(app.Street.Stores[slug].ID), Credit: models.MemberPoints(m.ID), Amount: points,
			Kind: models.KindPointsIssued, Reference: "test:" + models.NewID().String(), Member: m.ID, Store: app.Street.Stores[slug].ID,
		})
		return err
	}))
}
