package coupon_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/coupon"
	"onestreet/server/platform/db"
	"onestreet/server/testkit"
	"onestreet/server/testkit/figures"
)

// One regular's wallet among all the coupons of a street: so many usable, used and expired ones, of so many campaigns.
const (
	regularUsable  = 30
	regularUsed    = 200
	regularExpired = 70
	growthOffers   = 10
)

// BenchmarkGrowth: what a wallet and the qualification call cost with ten thousand, a hundred thousand and a million coupons
// in the table. It is the last to run, as its file is: MariaDB is still putting a million rows away when it has ended.
func BenchmarkGrowth(b *testing.B) {
	for _, dialect := range []db.Dialect{db.SQLite, db.MySQL} {
		b.Run(string(dialect), func(b *testing.B) {
			g := growth{rig: rig{testkit.New(b, dialect), b}}
			for i := range growthOffers {
				g.offers = append(g.offers, g.live(testkit.With(g.tenOff(), body{"title": fmt.Sprintf("第 %d 张", i+1)})).ID)
			}
			g.regular()
			for _, size := range []int{10_000, 100_000, 1_000_000} {
				g.growTo(size)
				at := fmt.Sprintf(".%s.%d", dialect, size)
				figures.AtMost(b, "coupon.wallet"+at, figures.Millis(figures.Sample(101, g.wallet)), "ms", 10)
				figures.AtMost(b, "coupon.qualify"+at, figures.Millis(figures.Sample(101, g.qualify)), "ms", 10)
			}
		})
	}
}

// growth is a street whose table of coupons grows; the coupons are written by hand, for claiming a million takes minutes.
type growth struct {
	rig
	offers []models.ID
	rows   int
}

// regular gives the shopper a wallet of years.
func (g *growth) regular() {
	now, member := g.Time.Now(), g.Member(testkit.Shopper).ID
	var values []any
	for i := range regularUsable + regularUsed + regularExpired {
		state, until := models.CouponUsable, now.AddDate(0, 0, 1+i)
		switch {
		case i >= regularUsable+regularUsed:
			until = now.AddDate(0, 0, -1)
		case i >= regularUsable:
			state = models.CouponUsed
		}
		values = g.row(values, member, int64(1+i/growthOffers), state, until)
	}
	g.insert(values)
}

// growTo adds other people's coupons until the table has so many rows.
func (g *growth) growTo(size int) {
	for g.rows < size {
		var values []any
		for range min(5000, size-g.rows) {
			values = g.row(values, models.NewID(), 1, models.CouponUsable, g.Time.Now().AddDate(0, 0, 1+g.rows%60))
		}
		g.insert(values)
	}
}

func (g *growth) row(values []any, member models.ID, number int64, state models.CouponState, until time.Time) []any {
	now, spent, usedAt := g.Time.Now(), 0, any(nil)
	if state == models.CouponUsed {
		spent, usedAt = 1, now
	}
	g.rows++
	return append(values, models.NewID(), g.Street.Alliance.ID, g.offers[g.rows%growthOffers], 1, member, number, models.NewCouponCode(), state,
		now.AddDate(0, 0, -30), until, now, spent, usedAt)
}

func (g *growth) insert(values []any) {
	require.NoError(g.t, g.DB.Tx(g.Ctx(), func(tx *gorm.DB) error {
		return db.Insert{Into: "coupons (id, alliance_id, campaign_id, version, member_id, number, code, state, valid_from, valid_until, claimed_at, spent, used_at)", Width: 13}.Exec(tx, values)
	}))
}

func (g *growth) wallet(int) {
	w, err := g.Coupon.Wallet(g.Ctx(), g.Street.Alliance.ID, g.Member(testkit.Shopper).ID, models.CouponUsable, "")
	require.NoError(g.t, err)
	require.EqualValues(g.t, coupon.WalletCounts{Usable: regularUsable, Used: regularUsed, Expired: regularExpired}, w.Counts)
	require.Len(g.t, w.Items, regularUsable)
}

func (g *growth) qualify(int) {
	a, err := g.Coupon.Qualify(g.Ctx(), coupon.Question{
		Alliance: g.Street.Alliance.ID, Store: g.StoreID("shoes"), Member: g.Member(testkit.Shopper).ID, Basket: models.Basket{Bill: 12_800},
	})
	require.NoError(g.t, err)
	require.Len(g.t, a.Coupons, regularUsable)
	require.NotEmpty(g.t, a.Best.Steps)
}
