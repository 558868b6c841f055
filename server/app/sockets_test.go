package app_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/platform/db"
	"onestreet/server/testkit"
)

// TestWhoMayFollowWhat: every stream of the street, as everybody.
func TestWhoMayFollowWhat(t *testing.T) {
	app := testkit.New(t, db.SQLite)
	member := app.Street.People[testkit.Shopper].Member.ID.String()
	shoes := app.Street.Stores["shoes"].ID.String()
	may := map[string][]testkit.Persona{
		"feed:street":                     personas,
		"feed:alley":                      nil,
		"inbox:" + member:                 {testkit.Shopper},
		"member:" + member:                {testkit.Shopper},
		"desk:" + shoes:                   {testkit.ClerkOf("shoes"), testkit.ManagerOf("shoes"), testkit.OwnerOf("shoes")},
		"desk:" + models.NewID().String(): nil,
		"desk:shoes":                      nil,
		"alliance":                        {testkit.Coordinator, testkit.OtherCoordinator}, // each hears their own street's
		"control":                         nil,
		"screens":                         nil, // TVs in windows only: see server/screen
	}
	for _, p := range personas {
		s := app.Dial()
		street := app.Street.Alliance.Slug
		if strings.HasPrefix(string(p), "other street") {
			street = app.Other.Alliance.Slug
		}
		s.Say(map[string]any{"op": "hello", "v": 1, "token": app.As(p).Token(), "street": street})
		require.Equal(t, "welcome", s.Hear().Op)
		for stream, allowed := range may {
			f := s.Follow(stream, 0)
			want := "error"
			for _, one := range allowed {
				if one == p {
					want = "following"
				}
			}
			require.Equal(t, want, f.Op, "%s, %s: %s", p, stream, f.Code)
		}
	}
}

func TestATokenOfAnotherStreetIsRefused(t *testing.T) {
	app := testkit.New(t, db.SQLite)
	s := app.Dial()
	s.Say(map[string]any{"op": "hello", "v": 1, "token": app.As(testkit.OtherOwner).Token(), "street": app.Street.Alliance.Slug})
	require.Equal(t, "other_street", s.Hear().Code)
	require.Equal(t, 4003, s.Closed())
	s = app.Dial()
	s.Say(map[string]any{"op": "hello", "v": 1, "token": "", "street": "no-such-street"})
	require.Equal(t, "street_unknown", s.Hear().Code)
	require.Equal(t, 4003, s.Closed())
	s = app.Dial()
	s.Say(map[string]any{"op": "hello", "v": 1, "token": "forged"})
	require.Equal(t, "token_invalid", s.Hear().Code)
	require.Equal(t, 4001, s.Closed())
}

// TestAClerkWhoIsLetGoHearsNothingMore: from the moment the owner is told that it is done.
func TestAClerkWhoIsLetGoHearsNothingMore(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		shoes := app.Street.Stores["shoes"].ID.String()
		desk, feed := "desk:"+shoes, "feed:street"
		clerk, owner := app.Open(testkit.ClerkOf("shoes")), app.Open(testkit.OwnerOf("shoes"))
		for _, s := range []*testkit.Socket{clerk, owner} {
			require.Equal(t, "following", s.Follow(desk, 0).Op)
			require.Equal(t, "following", s.Follow(feed, 0).Op)
		}
		account := app.Street.People[testkit.ClerkOf("shoes")].Account.ID.String()
		app.As(testkit.OwnerOf("shoes")).Delete("/stores/" + shoes + "/staff/" + account).Must(http.StatusNoContent)
		app.Streams.Signal(app.Street.Alliance.ID, desk, "desk.changed", map[string]any{})
		app.As(testkit.Shopper).Post("/feeds/street/posts", map[string]any{"text": "早"}).Must(http.StatusCreated)
		f := clerk.Hear()
		require.Equal(t, [3]string{"error", "not_allowed", desk}, [3]string{f.Op, f.Code, f.Stream})
		require.Equal(t, "item", clerk.Hear().Op, "the street's feed goes on")
		require.Equal(t, "desk.changed", owner.Signal("desk.changed").Kind)
		require.Equal(t, "not_allowed", clerk.Follow(desk, 0).Code)
	})
}

func TestWhoLeavesTheStreetIsLoggedOutOfItsSocket(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := app.Open(testkit.Shopper)
		app.As(testkit.Shopper).Post("/me/leave", map[string]any{"confirm": "离开"}).Must(http.StatusNoContent)
		require.Equal(t, 4001, s.Closed())
	})
}
