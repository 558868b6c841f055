package pool_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/platform/web"
	"onestreet/server/pool"
	"onestreet/server/testkit"
)

func street(app *testkit.App, query string) pool.Street {
	var out pool.Street
	app.As(testkit.Visitor).Get("/street" + query).Must(http.StatusOK).Into(&out)
	return out
}

func TestTheStreetShowsItsStoresInOrderAndWhoIsOpen(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := street(app, "")
		require.Equal(t, "青石街", s.Name)
		require.EqualValues(t, 3, s.Members)
		require.Equal(t, testkit.Noon, s.Now)
		require.Len(t, s.Stores, 4)
		require.Equal(t, "shoes", s.Stores[0].Slug)
		require.True(t, s.Stores[0].Open, "half past ten in the street, whatever it is here")
		require.Equal(t, "21:00", s.Stores[0].ClosesAt)
		app.Time.Advance(11 * time.Hour)
		require.False(t, street(app, "").Stores[0].Open)
		require.Equal(t, "柳河街", street(app, "?street="+app.Other.Alliance.Slug).Name)
		app.As(testkit.Visitor).Get("/street?street=nowhere").Refused(http.StatusNotFound, "street_unknown")
	})
}

func TestAManagerChangesTheStoresFaceAndLightsTheWindow(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		path := store("", app, "noodles")
		manager := app.As(testkit.ManagerOf("noodles"))
		tag := app.As(testkit.Visitor).Get(path).Must(http.StatusOK).Header.Get("ETag")
		change := map[string]any{
			"name": "林记面馆", "color": "#8A4B12", "live": "正在熬葱油", "story_title": "灶上三十年",
			"hours": []map[string]any{{"weekday": 6, "opens": "06:00", "closes": "14:00"}, {"weekday": 6, "opens": "17:00", "closes": "01:30"}},
		}
		manager.Patch(path, change).Refused(http.StatusPreconditionRequired, "precondition_required")
		var page pool.StorePage
		fresh := manager.With("If-Match", tag).Patch(path, change).Must(http.StatusOK).Into(&page)
		require.NotEqual(t, tag, fresh.Header.Get("ETag"))
		require.Equal(t, "林记面馆", page.Name)
		require.Equal(t, "#67380D", page.ColorNight)
		require.Equal(t, "正在熬葱油", page.Live)
		require.Equal(t, "14:00", page.ClosesAt)
		manager.With("If-Match", tag).Patch(path, change).Refused(http.StatusPreconditionFailed, "precondition_failed")
		app.Time.Advance(4 * time.Hour)
		require.Empty(t, street(app, "").Stores[1].Live, "it goes out when the store closes")

		me := app.As(testkit.OwnerOf("noodles")).Get("/me").Must(http.StatusOK)
		require.Contains(t, string(me.Body), "林记面馆", "the new name shows at once")
		tag, manager = fresh.Header.Get("ETag"), app.As(testkit.ManagerOf("noodles"))
		for body, code := range map[string]string{
			`{"color":"#FFEECC"}`: "color_contrast", `{"color":"red"}`: "invalid", `{"live":"一二三四五六七"}`: "invalid", `{"hours":[{"weekday":7,"opens":"09:00","closes":"10:00"}]}`: "invalid",
			`{"hours":[{"weekday":1,"opens":"9:00","closes":"10:00"}]}`: "invalid", `{"slug":"x"}`: "invalid",
		} {
			manager.With("If-Match", tag).Patch(path, body).Refused(http.StatusUnprocessableEntity, code)
		}
		app.As(testkit.ClerkOf("noodles")).With("If-Match", tag).Patch(path, change).Refused(http.StatusForbidden, "forbidden")
		app.As(testkit.OwnerOf("tea")).With("If-Match", tag).Patch(path, change).Refused(http.StatusForbidden, "forbidden")
	})
}

func TestAnOwnerHiresAndDismisses(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		path := store("/staff", app, "shoes")
		owner := app.As(testkit.OwnerOf("shoes"))
		phone := testkit.Phone()
		var hired pool.StaffMember
		owner.Post(path, map[string]any{"phone": phone, "name": "小赵", "role": "clerk"}).Must(http.StatusCreated).Into(&hired)
		require.Equal(t, models.RoleClerk, hired.Role)
		require.Equal(t, phone[:3]+"****"+phone[7:], hired.PhoneMasked)
		r := owner.Post(path, map[string]any{"phone": phone, "name": "小赵", "role": "clerk"}).Refused(http.StatusConflict, "already_staff")
		require.Contains(t, string(r.Body), "小赵 已经是这家店的人了")
		owner.Post(path, map[string]any{"phone": phone, "name": "小赵", "role": "manager"}).Must(http.StatusCreated).Into(&hired)
		require.Equal(t, models.RoleManager, hired.Role)

		newcomer := app.AsPerson(testkit.Person{Account: models.Account{ID: hired.AccountID}})
		var list web.Page[pool.StaffMember]
		newcomer.Get(path).Must(http.StatusOK).Into(&list)
		require.Len(t, list.Items, 4)
		newcomer.Post(path, map[string]any{"phone": testkit.Phone(), "name": "小钱", "role": "clerk"}).Refused(http.StatusForbidden, "forbidden")
		owner.Delete(path + "/" + hired.AccountID.String()).Must(http.StatusNoContent)
		newcomer.Get(path).Refused(http.StatusForbidden, "forbidden")
		owner.Delete(path+"/"+hired.AccountID.String()).Refused(http.StatusNotFound, "not_staff")
		owner.Post(path, map[string]any{"phone": "+1 212 555 0100", "name": "x", "role": "clerk"}).Refused(http.StatusUnprocessableEntity, "phone_foreign")
		owner.Post(path, map[string]any{"phone": testkit.Phone(), "name": "x", "role": "coordinator"}).Refused(http.StatusUnprocessableEntity, "invalid")
	})
}

func TestAStoreKeepsAnOwnerWhoeverLeavesAtOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		path := store("/staff", app, "shoes")
		first := app.Street.People[testkit.OwnerOf("shoes")].Account
		var second pool.StaffMember
		app.As(testkit.OwnerOf("shoes")).Post(path, map[string]any{"phone": testkit.Phone(), "name": "陈弟", "role": "owner"}).Must(http.StatusCreated).Into(&second)
		clients := []*testkit.Client{app.As(testkit.OwnerOf("shoes")), app.AsPerson(testkit.Person{Account: models.Account{ID: second.AccountID}})}
		each := []models.ID{first.ID, second.AccountID}
		answers := atOnce(2, func(i int) string { return answer(clients[i].Delete(path + "/" + each[i].String())) })
		require.Equal(t, map[string]int{"204 ": 1, "409 last_owner": 1}, answers)
		require.EqualValues(t, 1, countOf(t, app, &models.Grant{}, "store_id = ? AND role = ?", app.Street.Stores["shoes"].ID, models.RoleOwner))
	})
}

func TestJoinLinksAreListedWithWhoCame(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		path := store("/join-links", app, "shoes")
		join(t, app, app.Street.Links["shoes"], testkit.Phone(), "")
		var page web.Page[pool.LinkView]
		app.As(testkit.ClerkOf("shoes")).Get(path).Must(http.StatusOK).Into(&page)
		require.Len(t, page.Items, 1)
		require.EqualValues(t, 3, page.Items[0].Joined, "two of the fixture and one now; no members' links")
		require.Equal(t, "http://street.test/j/"+page.Items[0].Code, page.Items[0].URL)
		manager := app.As(testkit.ManagerOf("shoes"))
		manager.Post(path, map[string]any{"kind": "poster", "label": "集市", "expires_at": testkit.Noon}).Refused(http.StatusUnprocessableEntity, "link_in_past")
		manager.Post(path, map[string]any{"kind": "import", "label": "x"}).Refused(http.StatusUnprocessableEntity, "invalid")
		app.As(testkit.ClerkOf("shoes")).Post(path, map[string]any{"kind": "poster", "label": "x"}).Refused(http.StatusForbidden, "forbidden")
		app.As(testkit.OwnerOf("tea")).Get(path).Refused(http.StatusForbidden, "forbidden")

		once := manager.With("Idempotency-Key", "k1")
		first := once.Post(path, map[string]any{"kind": "staff", "label": "小赵"}).Must(http.StatusCreated)
		second := once.Post(path, map[string]any{"kind": "staff", "label": "小赵"}).Must(http.StatusCreated)
		require.Equal(t, first.Map()["code"], second.Map()["code"])
		require.Equal(t, "true", second.Header.Get("Idempotency-Replayed"))
	})
}

func TestACoordinatorSetsWhatTheStoresAgreedOn(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		coordinator := app.As(testkit.Coordinator)
		r := coordinator.Get("/alliance").Must(http.StatusOK)
		var settings pool.Settings
		r.Into(&settings)
		require.EqualValues(t, 200, settings.ReferralCredit.Amount)
		require.Equal(t, 60, settings.VestDays)
		require.Equal(t, 5, settings.K)
		tag := r.Header.Get("ETag")
		changed := coordinator.With("If-Match", tag).Patch("/alliance", map[string]any{"referral_credit": map[string]any{"amount": 300}, "market_rule": "2,7"}).Must(http.StatusOK)
		changed.Into(&settings)
		require.EqualValues(t, 300, settings.ReferralCredit.Amount)
		coordinator.With("If-Match", tag).Patch("/alliance", map[string]any{"k": 6}).Refused(http.StatusPreconditionFailed, "precondition_failed")
		tag = changed.Header.Get("ETag")
		for body, code := range map[string]string{
			`{"referral_credit":{"amount":-1}}`: "invalid", `{"commission_cap":{"amount":100000000}}`: "invalid", `{"k":4}`: "invalid", `{"commission_bps":-1}`: "invalid",
			`{"market_rule":"whenever"}`: "market_rule_invalid", `{"plan":"gold"}`: "invalid",
		} {
			coordinator.With("If-Match", tag).Patch("/alliance", body).Refused(http.StatusUnprocessableEntity, code)
		}
		app.As(testkit.OwnerOf("shoes")).Get("/alliance").Refused(http.StatusForbidden, "forbidden")
		join(t, app, app.Street.Links["shoes"], testkit.Phone(), "")
		coordinator.With("If-Match", tag).Patch("/alliance", map[string]any{"quiet_days": 60}).Must(http.StatusOK)
		require.EqualValues(t, 4, member(t, app, 4).Number, "numbers and settings do not disturb each other")
	})
}

func TestASuspendedStoreLeavesTheStreetAndComesBack(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		coordinator := app.As(testkit.Coordinator)
		path := "/alliance/stores/" + app.Street.Stores["books"].ID.String()
		coordinator.Post(path+"/suspend", map[string]any{"reason": "欠了三个月"}).Must(http.StatusOK)
		coordinator.Post(path+"/suspend", map[string]any{"reason": "又一次"}).Must(http.StatusOK)
		require.Len(t, street(app, "").Stores, 3)
		app.As(testkit.ManagerOf("books")).Post(store("/join-links", app, "books"), map[string]any{"kind": "poster", "label": "x"}).Refused(http.StatusConflict, "store_suspended")
		app.As(testkit.ManagerOf("books")).Upload(store("/imports", app, "books"), "a.csv", []byte("phone\n"+testkit.Phone())).Refused(http.StatusConflict, "store_suspended")

		var page web.Page[pool.MemberStore]
		coordinator.Get("/alliance/stores").Must(http.StatusOK).Into(&page)
		require.Len(t, page.Items, 4)
		require.Equal(t, models.StoreSuspended, page.Items[3].Status)
		require.EqualValues(t, 2, page.Items[0].Members)
		kept, err := app.Pool.Store(app.Ctx(), app.Street.Alliance.ID, app.Street.Stores["books"].ID)
		require.NoError(t, err)
		require.Equal(t, "欠了三个月", kept.SuspendReason)

		coordinator.Post(path+"/admit", nil).Must(http.StatusOK)
		require.Len(t, street(app, "").Stores, 4)
		app.As(testkit.OtherCoordinator).Post(path+"/suspend", map[string]any{"reason": "别的街"}).Refused(http.StatusNotFound, "not_found")
		app.As(testkit.OwnerOf("books")).Post(path+"/admit", nil).Refused(http.StatusForbidden, "forbidden")
	})
}

func TestAnotherStreetsStoresAreNotThere(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		theirs := "/stores/" + app.Other.Stores["shoes"].ID.String()
		app.As(testkit.OwnerOf("shoes")).Get(theirs).Refused(http.StatusNotFound, "not_found")
		app.As(testkit.OwnerOf("shoes")).Get(theirs+"/staff").Refused(http.StatusForbidden, "forbidden")
		app.As(testkit.Shopper).Get("/street?street="+app.Other.Alliance.Slug).Refused(http.StatusForbidden, "other_street")
	})
}
