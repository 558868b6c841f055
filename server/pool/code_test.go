package pool_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/pool"
	"onestreet/server/testkit"
)

func TestACodeIsFoundTypedOrScanned(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		m := app.Street.People[testkit.Shopper].Member
		digits := app.CodeOf(m)
		for _, text := range []string{digits, digits[:4] + " " + digits[4:], "  " + digits + "\n", wide(digits), app.QROf(m)} {
			found, until, err := app.Pool.ResolveCode(app.Ctx(), app.Street.Alliance.ID, text)
			require.NoError(t, err, text)
			require.Equal(t, m.ID, found.ID)
			require.Equal(t, testkit.Noon.Add(time.Minute), until, "a step, and one more for slow clocks")
		}
	})
}

// wide writes digits as Chinese input methods do.
func wide(digits string) string {
	return strings.Map(func(r rune) rune { return r - '0' + '０' }, digits)
}

func TestACodeTurnsAndThenExpires(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		m := app.Street.People[testkit.Shopper].Member
		digits, qr := app.CodeOf(m), app.QROf(m)
		resolve := func(text string) error {
			_, _, err := app.Pool.ResolveCode(app.Ctx(), app.Street.Alliance.ID, text)
			return err
		}
		app.Time.Advance(59 * time.Second)
		require.NoError(t, resolve(digits))
		require.NoError(t, resolve(qr))
		app.Time.Advance(time.Second)
		require.NotEqual(t, digits, app.CodeOf(m))
		require.ErrorIs(t, resolve(digits), pool.ErrCodeExpired)
		require.ErrorIs(t, resolve(qr), pool.ErrCodeExpired)
		app.Time.Advance(time.Hour)
		require.ErrorIs(t, resolve(digits), pool.ErrCodeUnknown, "long ago it may have been anybody's")
		require.ErrorIs(t, resolve(qr), pool.ErrCodeExpired)
		app.Time.Set(testkit.Noon.Add(-30 * time.Second))
		require.NoError(t, resolve(digits), "a telephone whose clock is fast")
	})
}

func TestACodeOfNobodyOrOfAnotherStreetIsUnknown(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		stranger := app.Other.People[testkit.Shopper].Member
		for text, want := range map[string]error{
			app.CodeOf(stranger): pool.ErrCodeUnknown, app.QROf(stranger): pool.ErrCodeUnknown,
			"": pool.ErrCodeForm, "1234567": pool.ErrCodeForm, "123456789": pool.ErrCodeForm, "abcdefgh": pool.ErrCodeForm, "OS1.nobody.12345678": pool.ErrCodeForm,
			"OS1." + stranger.ID.String(): pool.ErrCodeForm, "https://example.com/12345678": pool.ErrCodeForm,
		} {
			_, _, err := app.Pool.ResolveCode(app.Ctx(), app.Street.Alliance.ID, text)
			require.ErrorIs(t, err, want, text)
		}
	})
}

func TestTwoMembersWithTheSameDigitsAreAskedToScan(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		m := app.Street.People[testkit.Shopper].Member
		twin := app.Street.People[testkit.OtherShopper].Member
		require.NoError(t, app.DB.Tx(app.Ctx(), func(tx *gorm.DB) error {
			return tx.Model(&models.Member{}).Where("id = ?", twin.ID).Update("secret", m.Secret).Error
		}))
		_, _, err := app.Pool.ResolveCode(app.Ctx(), app.Street.Alliance.ID, app.CodeOf(m))
		require.ErrorIs(t, err, pool.ErrCodeTwice)
		found, _, err := app.Pool.ResolveCode(app.Ctx(), app.Street.Alliance.ID, app.QROf(m))
		require.NoError(t, err)
		require.Equal(t, m.ID, found.ID)
	})
}

func TestANewMembersCodeWorksAtOnceAndOneWhoLeftHasNone(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		first := app.Street.People[testkit.Shopper]
		_, _, err := app.Pool.ResolveCode(app.Ctx(), app.Street.Alliance.ID, app.CodeOf(first.Member))
		require.NoError(t, err, "the index is built")
		join(t, app, app.Street.Links["tea"], testkit.Phone(), "")
		m := member(t, app, 4)
		found, _, err := app.Pool.ResolveCode(app.Ctx(), app.Street.Alliance.ID, app.CodeOf(m))
		require.NoError(t, err)
		require.Equal(t, m.ID, found.ID)

		digits, qr := app.CodeOf(first.Member), app.QROf(first.Member)
		app.As(testkit.Shopper).Post("/me/leave", map[string]any{"confirm": "离开"}).Must(http.StatusNoContent)
		for _, text := range []string{digits, qr} {
			_, _, err = app.Pool.ResolveCode(app.Ctx(), app.Street.Alliance.ID, text)
			require.ErrorIs(t, err, pool.ErrCodeUnknown)
		}
	})
}

func TestTheCardMakesTheCodeThatTheCounterAccepts(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		var card pool.Card
		app.As(testkit.Shopper).Get("/me/card").Must(http.StatusOK).Into(&card)
		m := app.Street.People[testkit.Shopper].Member
		require.Equal(t, pool.Card{
			MemberID: m.ID, Number: 1, Name: "李桂芳", Face: "gui", Secret: m.Secret, Period: 30, Digits: 8, StreetName: "青石街", StoreOfOrigin: card.StoreOfOrigin,
		}, card)
		require.Equal(t, "shoes", card.StoreOfOrigin.Slug)
		app.As(testkit.ClerkOf("shoes")).Get("/me/card").Refused(http.StatusForbidden, "not_member")
		app.As(testkit.Visitor).Get("/me/card").Refused(http.StatusUnauthorized, "login_required")
	})
}
