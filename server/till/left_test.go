package till_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/testkit"
	"onestreet/server/till"
)

func TestAStoreOutOfTheStreetIsNamedStillAndSetNothingAsideFor(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(100, nil)
		p := r.registered("noodles", 0)
		mine := r.claimed(testkit.Shopper, c)
		r.Time.Advance(time.Minute)
		p.take(mine.OfflineToken, 6800, 1000)
		r.Time.Advance(time.Minute)
		_, err := r.Pool.LetGo(r.Ctx(), r.Street.Alliance.ID, r.StoreID("noodles"), "搬走了")
		require.NoError(t, err)
		r.Time.Advance(time.Minute)
		late := p.synced()
		assert.Equal(t, "store_suspended", late[0].Code, "it is on record, as what a till brings that was taken out of use")
		assert.Equal(t, models.CouponUsable, r.inWallet(mine.member).State)
		assert.Zero(t, p.holds(c), "nothing more is set aside for it")

		require.NoError(t, r.online("tea", mine))
		history := "/coupons/" + mine.ID.String() + "/history"
		life := r.life(testkit.ClerkOf("shoes"), r.At("shoes", history))
		assert.Equal(t, []till.StepKind{till.StepClaimed, till.StepUnbooked, till.StepRedeemed}, kinds(life))
		assert.Equal(t, "林家面馆", life.Steps[1].Store.Name)
		assert.Equal(t, "clerk of noodles", r.life(testkit.ClerkOf("noodles"), r.At("noodles", history)).Steps[1].By)
	})
}
