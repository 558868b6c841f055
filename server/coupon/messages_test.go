package coupon_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/coupon"
	"onestreet/server/testkit"
)

// Every till of a street waits for the one before it, so a redemption is few messages to the database. And what follows one wants the same database as the next: however many they are and at however many tills, it is
// told in a few messages, those that begin, end and note each room's part among them.
func TestWhatFollowsRedemptionsIsFewMessages(t *testing.T) {
	const rounds = 3
	slugs := []string{"shoes", "noodles", "tea"}
	app := testkit.NewCounted(t)
	r := rig{app, t}
	people := r.Join(12, "books")
	c := r.live(testkit.With(r.tenOff(), body{"stock": rounds * len(people), "per_member": rounds}))
	var each int64 // what one redemption itself takes at most
	redeem := func() int64 {
		each = 0
		for i, p := range people {
			mine, err := r.Coupon.Claim(r.Ctx(), r.Street.Alliance.ID, c.ID, p.Member.ID)
			require.NoError(t, err)
			slug := slugs[i%len(slugs)]
			before := testkit.Messages()
			_, err = r.Coupon.Redeem(r.Ctx(), coupon.AtBill{
				Staff:  coupon.Staff{Alliance: r.Street.Alliance.ID, Store: r.StoreID(slug), Account: r.Street.People[testkit.ClerkOf(slug)].Account.ID},
				Member: p.Member.ID, Coupons: []models.ID{mine.ID}, Basket: models.Basket{Bill: 6800},
			})
			require.NoError(t, err)
			each = max(each, testkit.Messages()-before)
		}
		before := testkit.Messages()
		r.Drain()
		return testkit.Messages() - before
	}
	redeem() // the first purchases: their referrals, their streams
	for range rounds - 1 {
		require.LessOrEqual(t, redeem(), int64(48))
		require.LessOrEqual(t, each, int64(6), "begin, three questions, all that is written, commit")
	}
	r.booksHold()
}
