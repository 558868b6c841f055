package pool_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// codeFor sends a one-time code, each from an address of its own, and reads it from the telephone.
func codeFor(t *testing.T, app *testkit.App, phone string) string {
	t.Helper()
	_, err := app.Identity.SendCode(app.Ctx(), phone, models.NewID().String())
	require.NoError(t, err)
	e164, err := identity.NormalizePhone(phone)
	require.NoError(t, err)
	return app.SMS.Last(e164)
}

// join is what POST /join answers.
type joined struct {
	AccessToken string      `json:"access_token"`
	Me          identity.Me `json:"me"`
	Welcome     struct {
		Number int64 `json:"number"`
	} `json:"welcome"`
}

// join lets a phone join through a link, with a device's cookie or none.
func join(t *testing.T, app *testkit.App, link models.JoinLink, phone, cookie string) joined {
	t.Helper()
	code := codeFor(t, app, phone)
	c := app.As(testkit.Visitor)
	if cookie != "" {
		c = c.With("Cookie", cookie)
	}
	var out joined
	c.Post("/join/"+link.Code, map[string]any{"phone": phone, "code": code, "name": "沈梅"}).Must(http.StatusCreated).Into(&out)
	return out
}

// member reads a member of the street by number.
func member(t *testing.T, app *testkit.App, number int64) models.Member {
	t.Helper()
	var m models.Member
	require.NoError(t, app.DB.Read(app.Ctx()).Where("alliance_id = ? AND number = ?", app.Street.Alliance.ID, number).Take(&m).Error)
	return m
}

// atOnce runs n calls together and returns how often each answer came.
func atOnce(n int, call func(i int) string) map[string]int {
	said, answers := make([]string, n), map[string]int{}
	testkit.AtOnce(n, func(i int) { said[i] = call(i) })
	for _, answer := range said {
		answers[answer]++
	}
	return answers
}

// answer is a response in short.
func answer(r *testkit.Response) string { return fmt.Sprintf("%d %s", r.Status, r.Code()) }

func store(path string, app *testkit.App, slug string) string {
	return "/stores/" + app.Street.Stores[slug].ID.String() + path
}

func countOf(t *testing.T, app *testkit.App, model any, where string, args ...any) int64 {
	t.Helper()
	var n int64
	require.NoError(t, app.DB.Read(app.Ctx()).Model(model).Where(where, args...).Count(&n).Error)
	return n
}
