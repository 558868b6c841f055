package identity_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/testkit"
	"onestreet/server/testkit/together"
)

func TestMain(m *testing.M) { testkit.Main(m) }

func phoneOf(app *testkit.App, p testkit.Persona) string {
	return *app.Street.People[p].Account.Phone
}

func logIn(t *testing.T, app *testkit.App, p testkit.Persona) *testkit.Response {
	t.Helper()
	phone := phoneOf(app, p)
	app.As(testkit.Visitor).Post("/auth/codes", map[string]any{"phone": phone}).Must(http.StatusAccepted)
	return app.As(testkit.Visitor).Post("/auth/sessions", map[string]any{"phone": phone, "code": app.SMS.Last(phone)}).Must(http.StatusOK)
}

func refreshOf(r *testkit.Response) string {
	for _, c := range (&http.Response{Header: r.Header}).Cookies() {
		if c.Name == "onestreet_refresh" {
			return c.Value
		}
	}
	return ""
}

func TestLoggingInByPhoneAndCode(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		r := logIn(t, app, testkit.OwnerOf("shoes"))
		var view identity.SessionView
		r.Into(&view)
		require.Equal(t, models.RoleOwner, view.Me.Staff[0].Role)
		require.Equal(t, "shoes", view.Me.Staff[0].Store.Slug)
		require.NotContains(t, string(r.Body), phoneOf(app, testkit.OwnerOf("shoes")))
		cookie := r.Header.Get("Set-Cookie")
		require.Contains(t, cookie, "HttpOnly")
		require.Contains(t, cookie, "SameSite=Strict")
	})
}

func TestACodeIsUsedOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		logIn(t, app, testkit.Shopper)
		phone := phoneOf(app, testkit.Shopper)
		app.As(testkit.Visitor).Post("/auth/sessions", map[string]any{"phone": phone, "code": app.SMS.Last(phone)}).Refused(http.StatusUnauthorized, "code_used")
	})
}

func TestOfManyLogInsWithOneCodeOneSucceeds(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		phone := phoneOf(app, testkit.Shopper)
		app.As(testkit.Visitor).Post("/auth/codes", map[string]any{"phone": phone}).Must(http.StatusAccepted)
		code := app.SMS.Last(phone)
		var all together.Group
		var mu sync.Mutex
		in := 0
		for range 20 {
			all.Go(func() {
				_, _, err := app.Identity.LogIn(app.Ctx(), phone, code, app.Street.Alliance.ID)
				mu.Lock()
				defer mu.Unlock()
				if err == nil {
					in++
				}
			})
		}
		all.Wait()
		require.Equal(t, 1, in)
	})
}

func TestACodeIsGoodForFiveMinutes(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		phone := phoneOf(app, testkit.Shopper)
		app.As(testkit.Visitor).Post("/auth/codes", map[string]any{"phone": phone}).Must(http.StatusAccepted)
		app.Time.Advance(identity.CodeTTL)
		_, err := app.Identity.TryCode(app.Ctx(), phone, app.SMS.Last(phone))
		require.NoError(t, err, "the last moment of the five minutes")
		app.Time.Advance(time.Microsecond)
		app.As(testkit.Visitor).Post("/auth/sessions", map[string]any{"phone": phone, "code": app.SMS.Last(phone)}).Refused(http.StatusUnauthorized, "code_expired")
	})
}

func TestFiveWrongTriesEndACode(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		phone := phoneOf(app, testkit.Shopper)
		app.As(testkit.Visitor).Post("/auth/codes", map[string]any{"phone": phone}).Must(http.StatusAccepted)
		wrong := "000000"
		if app.SMS.Last(phone) == wrong {
			wrong = "000001"
		}
		for range identity.CodeTries {
			app.As(testkit.Visitor).Post("/auth/sessions", map[string]any{"phone": phone, "code": wrong}).Refused(http.StatusUnauthorized, "code_wrong")
		}
		app.As(testkit.Visitor).Post("/auth/sessions", map[string]any{"phone": phone, "code": app.SMS.Last(phone)}).Refused(http.StatusTooManyRequests, "code_tries")
	})
}

func TestWrongTriesAtOnceCountEach(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		phone := phoneOf(app, testkit.Shopper)
		app.As(testkit.Visitor).Post("/auth/codes", map[string]any{"phone": phone}).Must(http.StatusAccepted)
		wrong := map[bool]string{true: "000001", false: "000000"}[app.SMS.Last(phone) == "000000"]
		var all together.Group
		for range 20 {
			all.Go(func() {
				_, err := app.Identity.TryCode(app.Ctx(), phone, wrong)
				require.Error(t, err)
			})
		}
		all.Wait()
		_, err := app.Identity.TryCode(app.Ctx(), phone, app.SMS.Last(phone))
		require.ErrorIs(t, err, identity.ErrCodeTries)
	})
}

func TestAPhoneGetsOneCodeAMinute(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		body := map[string]any{"phone": testkit.Phone()}
		app.As(testkit.Visitor).Post("/auth/codes", body).Must(http.StatusAccepted)
		app.Time.Advance(48 * time.Second)
		r := app.As(testkit.Visitor).In("en").Post("/auth/codes", body).Refused(http.StatusTooManyRequests, "code_soon")
		require.Contains(t, string(r.Body), "12 seconds")
		app.Time.Advance(12 * time.Second)
		app.As(testkit.Visitor).Post("/auth/codes", body).Must(http.StatusAccepted)
	})
}

func TestPhonesThatCannotBe(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		for phone, code := range map[string]string{"12345678901": "phone", "1380013800": "phone", "138001380000": "phone", "abcdefgh": "phone", "+1 415 555 2671": "phone_foreign", "0044 7911 123456": "phone_foreign", "010-62345678": "phone"} {
			testkit.Scenario{Name: phone, Method: "POST", As: testkit.Visitor, Path: "/auth/codes", Body: map[string]any{"phone": phone}, Status: http.StatusUnprocessableEntity, Code: code, Says: []string{`"/phone"`}}.Run(t, app)
		}
	})
}

func TestPhonesAsPeopleWriteThem(t *testing.T) {
	for _, raw := range []string{"13800138000", "138 0013 8000", "138-0013-8000", "+8613800138000", "008613800138000", "８６１３８００１３８０００", "１３８００１３８０００", "86 138 0013 8000"} {
		got, err := identity.NormalizePhone(raw)
		require.NoError(t, err, raw)
		require.Equal(t, "+8613800138000", got, raw)
	}
	for _, raw := range []string{"17939001000", "+86 179 3900 1000", "0086-17939001000"} { // 17939 was a dial prefix once
		got, err := identity.NormalizePhone(raw)
		require.NoError(t, err, raw)
		require.Equal(t, "+8617939001000", got, raw)
	}
	require.Equal(t, "138****8000", identity.MaskPhone("+8613800138000"))
}

func TestAStrangerIsToldToJoin(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		phone := "+86" + testkit.Phone()
		app.As(testkit.Visitor).Post("/auth/codes", map[string]any{"phone": phone}).Must(http.StatusAccepted)
		app.As(testkit.Visitor).Post("/auth/sessions", map[string]any{"phone": phone, "code": app.SMS.Last(phone)}).Refused(http.StatusNotFound, "account_unknown")
		_, err := app.Identity.TryCode(app.Ctx(), phone, app.SMS.Last(phone))
		require.NoError(t, err, "the code is not used up")
	})
}

func TestARefreshTokenRotatesAndItsReuseEndsTheSession(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		first := refreshOf(logIn(t, app, testkit.Shopper))
		again := app.As(testkit.Visitor).With("Cookie", "onestreet_refresh="+first).Post("/auth/refresh", nil).Must(http.StatusOK)
		second := refreshOf(again)
		require.NotEqual(t, first, second)
		app.As(testkit.Visitor).With("Cookie", "onestreet_refresh="+first).Post("/auth/refresh", nil).Refused(http.StatusUnauthorized, "session_ended")
		app.As(testkit.Visitor).With("Cookie", "onestreet_refresh="+second).Post("/auth/refresh", nil).Refused(http.StatusUnauthorized, "session_ended")
		var view identity.SessionView
		again.Into(&view)
		app.As(testkit.Visitor).With("Authorization", "Bearer "+view.AccessToken).Get("/me").Refused(http.StatusUnauthorized, "token_invalid")
	})
}

func TestLoggingOutEndsTheSessionAtOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		r := logIn(t, app, testkit.Shopper)
		var view identity.SessionView
		r.Into(&view)
		as := app.As(testkit.Visitor).With("Authorization", "Bearer "+view.AccessToken)
		as.Get("/me").Must(http.StatusOK)
		here, elsewhere := app.Dial(), app.Open(testkit.Shopper) // her other phone, with a session of its own
		here.Say(map[string]any{"op": "hello", "v": 1, "token": view.AccessToken})
		require.Equal(t, "welcome", here.Hear().Op)
		app.As(testkit.Visitor).With("Cookie", "onestreet_refresh="+refreshOf(r)).Post("/auth/logout", nil).Must(http.StatusNoContent)
		as.Get("/me").Refused(http.StatusUnauthorized, "token_invalid")
		require.Equal(t, 4001, here.Closed())
		require.Equal(t, "following", elsewhere.Follow("feed:street", 0).Op)
	})
}

func TestAnAccessTokenIsGoodForFifteenMinutes(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		as := app.As(testkit.Shopper)
		app.Time.Advance(15*time.Minute - time.Second)
		as.Get("/me").Must(http.StatusOK)
		app.Time.Advance(2 * time.Second)
		as.Get("/me").Refused(http.StatusUnauthorized, "token_invalid")
	})
}

func TestATokenOfAnotherStreet(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		app.As(testkit.OtherCoordinator).Get("/street?street="+app.Street.Alliance.Slug).Refused(http.StatusForbidden, "other_street")
	})
}

func TestForgedTokens(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		good := app.As(testkit.Shopper).Token()
		head, _, _ := strings.Cut(good, ".")
		for _, forged := range []string{"x", good + "x", head + ".e30.", "eyJhbGciOiJub25lIn0.e30."} {
			app.As(testkit.Visitor).With("Authorization", "Bearer "+forged).Get("/me").Refused(http.StatusUnauthorized, "token_invalid")
		}
	})
}

func TestAGrantTakenAwayIsGoneAtOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		clerk, store := app.Street.People[testkit.ClerkOf("shoes")].Account, app.Street.Stores["shoes"].ID
		as := app.As(testkit.ClerkOf("shoes"))
		require.Contains(t, string(as.Get("/me").Must(http.StatusOK).Body), `"role":"clerk"`)
		require.NoError(t, app.DB.Tx(app.Ctx(), func(tx *gorm.DB) error {
			return app.Identity.Revoke(tx, app.Street.Alliance.ID, clerk.ID, "store:"+store.String())
		}))
		require.NotContains(t, string(as.Get("/me").Must(http.StatusOK).Body), `"role":"clerk"`)
	})
}

func TestErasingKeepsTheHashThatHoldsThePhone(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		person := app.Street.People[testkit.Shopper]
		require.NoError(t, app.DB.Tx(app.Ctx(), func(tx *gorm.DB) error {
			require.NoError(t, app.Identity.Revoke(tx, app.Street.Alliance.ID, person.Account.ID, "member"))
			return app.Identity.Erase(tx, person.Account.ID)
		}))
		account, err := app.Identity.Account(app.Ctx(), person.Account.ID)
		require.NoError(t, err)
		require.Nil(t, account.Phone)
		require.Empty(t, account.Name)
		var back models.Account
		require.NoError(t, app.DB.Tx(app.Ctx(), func(tx *gorm.DB) (err error) {
			back, err = app.Identity.AccountByPhone(tx, *person.Account.Phone)
			return err
		}))
		require.Equal(t, person.Account.ID, back.ID)
	})
}

func TestManyAskingForOnePhoneAtOnceMakeOneAccount(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		phone := "+86" + testkit.Phone()
		ids := make(chan models.ID, 40)
		var all together.Group
		for range 40 {
			all.Go(func() {
				require.NoError(t, app.DB.Tx(app.Ctx(), func(tx *gorm.DB) error {
					a, err := app.Identity.AccountByPhone(tx, phone)
					ids <- a.ID
					return err
				}))
			})
		}
		all.Wait()
		close(ids)
		first := <-ids
		for id := range ids {
			require.Equal(t, first, id)
		}
	})
}
