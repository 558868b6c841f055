package feed_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/feed"
	"onestreet/server/testkit"
)

func circle(app *testkit.App, access models.CircleAccess, more body) feed.CircleView {
	b := body{"name": "面食圈", "access": access, "store_id": app.Street.Stores["noodles"].ID}
	for k, v := range more {
		b[k] = v
	}
	var v feed.CircleView
	app.As(testkit.OwnerOf("noodles")).Post("/circles", b).Must(http.StatusCreated).Into(&v)
	return v
}

func TestAnOpenCircleIsReadByAllAndSpokenInByItsMembers(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		c := circle(app, models.CircleOpen, nil)
		posts, me := "/feeds/"+c.ID.String()+"/posts", "/circles/"+c.ID.String()+"/me"
		li := app.As(testkit.Shopper)
		li.Post(posts, body{"text": "学擀面"}).Refused(http.StatusForbidden, "join_first")
		var joined feed.CircleView
		for range 2 {
			li.Put(me, nil).Must(http.StatusOK).Into(&joined)
		}
		require.EqualValues(t, 2, joined.Members)
		require.Equal(t, models.CircleMemberIn, joined.State)
		var p feed.PostView
		li.Post(posts, body{"text": "学擀面"}).Must(http.StatusCreated).Into(&p)
		at := "/posts/" + p.ID.String()
		require.Empty(t, read(t, app, testkit.Shopper).Items) // not on the street
		app.As(testkit.OtherShopper).Get(posts).Must(http.StatusOK)
		app.As(testkit.OtherShopper).Post(at+"/comments", body{"text": "我也学"}).Refused(http.StatusForbidden, "join_first")
		app.As(testkit.OtherShopper).Put(at+"/like", nil).Refused(http.StatusForbidden, "join_first")
		app.As(testkit.OtherShopper).Put(at+"/reactions/yum", nil).Refused(http.StatusForbidden, "join_first")
		app.As(testkit.Visitor).Get(posts).Refused(http.StatusForbidden, "not_in_circle")
		app.As(testkit.Visitor).Get(at).Refused(http.StatusForbidden, "not_in_circle")
		for _, path := range []string{posts, at, "/circles/" + c.ID.String()} {
			app.As(testkit.OtherOwner).Get(path).Refused(http.StatusNotFound, "not_found")
		}
		app.As(testkit.OtherOwner).Put(me, nil).Refused(http.StatusNotFound, "not_found")
		li.Delete(me).Must(http.StatusNoContent)
		li.Patch(at, body{"text": "学烙饼"}).Refused(http.StatusForbidden, "join_first")
		li.Delete(at).Must(http.StatusNoContent) // one's own words can always be taken back
	})
}

// TestWhoIsRemovedHearsNothingMore: delivery to an open screen stops with the commit.
func TestWhoIsRemovedHearsNothingMore(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		c := circle(app, models.CircleInvitation, nil)
		at, stream := "/circles/"+c.ID.String(), "feed:"+c.ID.String()
		posts := "/feeds/" + c.ID.String() + "/posts"
		li := app.Street.People[testkit.Shopper].Member.ID.String()
		owner, shopper := app.As(testkit.OwnerOf("noodles")), app.As(testkit.Shopper)
		shopper.Get(at).Refused(http.StatusNotFound, "not_found")
		shopper.Put(at+"/me", nil).Refused(http.StatusForbidden, "by_invitation")
		shopper.Put(at+"/members/"+li, body{}).Refused(http.StatusForbidden, "not_moderator")
		owner.Put(at+"/members/"+li, body{}).Must(http.StatusOK)
		require.Equal(t, []string{"请您进圈子「面食圈」"}, letters(app, testkit.Shopper))
		shopper.Get(posts).Refused(http.StatusForbidden, "not_in_circle")
		shopper.Put(at+"/me", nil).Must(http.StatusOK)
		require.NotEqual(t, "following", app.Open(testkit.OtherShopper).Follow(stream, 0).Op)

		s := app.Open(testkit.Shopper)
		require.Equal(t, "following", s.Follow(stream, 0).Op)
		var p feed.PostView
		owner.Post(posts, body{"text": "一"}).Must(http.StatusCreated).Into(&p)
		require.Equal(t, "post.created", s.Hear().Kind)

		app.As(testkit.OtherShopper).Delete(at+"/members/"+li).Refused(http.StatusForbidden, "not_moderator")
		owner.Delete(at + "/members/" + li).Must(http.StatusNoContent)
		refused := s.Hear() // the screen is told; what is said from now on is not for it
		require.Equal(t, []string{"error", "not_allowed", stream}, []string{refused.Op, refused.Code, refused.Stream})
		owner.Post(posts, body{"text": "二"}).Must(http.StatusCreated)
		say(t, app, testkit.OtherShopper, "街上")
		require.Equal(t, "following", s.Follow("feed:street", 0).Op)
		require.Equal(t, "feed:street", s.Hear().Stream)
		shopper.Get("/posts/"+p.ID.String()).Refused(http.StatusForbidden, "not_in_circle")
	})
}

func TestACircleByLevelIsForThoseCloseToItsStore(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		c := circle(app, models.CircleLevel, body{"level": "micro"})
		at := "/circles/" + c.ID.String()
		app.As(testkit.Shopper).Put(at+"/me", nil).Refused(http.StatusForbidden, "level_too_low")
		who := app.Street.People[testkit.Shopper].Member
		app.As(testkit.ClerkOf("noodles")).Post("/stores/"+c.Store.ID.String()+"/visits",
			body{"code": app.CodeOf(who), "kind": "purchase", "amount": body{"amount": 2000, "currency": "CNY"}}).Must(http.StatusCreated)
		app.Drain()
		app.As(testkit.Shopper).Put(at+"/me", nil).Must(http.StatusOK)
		reached := func(store string, id models.ID) int {
			var n int
			require.NoError(t, app.DB.Tx(app.Ctx(), func(tx *gorm.DB) error {
				members, err := app.Coupon.Reached(tx, who.AllianceID, app.Street.Stores[store].ID, models.Audience{Circle: &models.CircleRule{ID: id}})
				n = len(members)
				return err
			}))
			return n
		}
		require.Equal(t, 1, reached("noodles", c.ID))
		require.Zero(t, reached("tea", c.ID)) // who is in another store's circle is not its business
	})
}

func TestWhoStartsACircleAndWhatItNeeds(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		noodles := app.Street.Stores["noodles"].ID
		for _, s := range []testkit.Scenario{
			{Name: "a member", As: testkit.Shopper, Body: body{"name": "我的圈", "access": "open"}, Status: 403, Code: "not_a_manager"},
			{Name: "a clerk", As: testkit.ClerkOf("noodles"), Body: body{"name": "圈", "access": "open", "store_id": noodles}, Status: 403, Code: "not_a_manager"},
			{Name: "another store's owner", As: testkit.OwnerOf("shoes"), Body: body{"name": "圈", "access": "open", "store_id": noodles}, Status: 403, Code: "not_a_manager"},
			{Name: "another street's", As: testkit.OtherCoordinator, Body: body{"name": "圈", "access": "open", "store_id": noodles}, Status: 404, Code: "not_found"},
			{Name: "no name", As: testkit.OwnerOf("noodles"), Body: body{"name": "\u200b ", "access": "open", "store_id": noodles}, Status: 422, Code: "circle_name"},
			{Name: "a long name", As: testkit.OwnerOf("noodles"), Body: body{"name": strings.Repeat("圈", 25), "access": "open", "store_id": noodles}, Status: 422, Code: "circle_name"},
			{Name: "no level", As: testkit.OwnerOf("noodles"), Body: body{"name": "圈", "access": "level", "store_id": noodles}, Status: 422, Code: "circle_level"},
			{Name: "no way in", As: testkit.OwnerOf("noodles"), Body: body{"name": "圈", "access": "magic", "store_id": noodles}, Status: 422, Code: "invalid"},
		} {
			s.Method, s.Path = "POST", "/circles"
			s.Run(t, app)
		}
		app.As(testkit.Coordinator).Post("/circles", body{"name": "全街", "access": "open"}).Must(http.StatusCreated)
	})
}
