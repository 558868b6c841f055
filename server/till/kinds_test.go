package till_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/testkit"
	"onestreet/server/till"
)

// A punch card of three uses: each copy of it is for one use, and its campaign holds three uses a coupon.
func TestAPunchCardWithoutANetwork(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(10, body{"kind": "punch_card", "times": 3})
		p, other := r.registered("noodles", 0), r.registered("tea", 0)
		assert.Equal(t, int64(6), p.holds(c), "a fifth of thirty uses")
		mine := r.claimed(testkit.Shopper, c)
		p.take(mine.OfflineToken, 6800, 1000)
		other.take(mine.OfflineToken, 6800, 1000) // the same use
		require.Equal(t, booked, p.synced()[0].Outcome)
		assert.Equal(t, conflict, other.synced()[0].Outcome)
		p.take(r.inWallet(mine.member).OfflineToken, 6800, 1000)
		require.Equal(t, []models.TillOutcome{booked, booked}, outcomes(p.synced()))
		assert.Equal(t, int64(2), r.stock(c).Redeemed)
		assert.Equal(t, int64(1), r.inWallet(mine.member).Left)
	})
}

func TestACouponThatWentToAFriendIsOnlyTheFriends(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(10, body{"transferable": true})
		p := r.registered("noodles", 0)
		mine := r.claimed(testkit.Shopper, c)
		friend := r.Street.People[testkit.OtherShopper].Member
		g, err := r.Handout.Give(r.Ctx(), r.Street.Alliance.ID, mine.member.ID, mine.ID)
		require.NoError(t, err)
		var link models.JoinLink
		require.NoError(t, r.DB.Read(r.Ctx()).Where("id = ?", g.LinkID).Take(&link).Error)
		r.As(testkit.OtherShopper).Post("/coupon-links/"+link.Code+"/claims", nil).Must(http.StatusCreated)
		theirs := r.inWallet(friend)
		p.take(mine.OfflineToken, 6800, 1000)
		p.take(theirs.OfflineToken, 6800, 1000)
		require.Equal(t, []models.TillOutcome{refused, booked}, outcomes(p.synced()))
		assert.Equal(t, []till.StepKind{till.StepClaimed, till.StepGiven}, kinds(r.life(testkit.Shopper, "/me/coupons/"+mine.ID.String()+"/history")))
		assert.Equal(t, []till.StepKind{till.StepReceived, till.StepRedeemed}, kinds(r.life(testkit.OtherShopper, "/me/coupons/"+theirs.ID.String()+"/history")))
	})
}
