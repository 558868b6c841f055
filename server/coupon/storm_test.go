package coupon_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/coupon"
	"onestreet/server/platform/db"
	"onestreet/server/testkit"
)

// storm is one campaign that a crowd claims, redeems, takes back, makes void and redeems again while everything that bounds
// it binds: 60 pieces, 50 a day, one each, nine redemptions a store a day, and to the fen as much money as 25 bills of 30
// yuan cost, in the budget and behind the noodle shop's 15 %.
type storm struct {
	rig
	campaign coupon.CampaignView
	people   []testkit.Person
	nodes    []*coupon.Service
}

const (
	stormBill, stormCost  = 3_000, 360 // 12 %
	stormBills            = 25
	stormDay, stormAStore = 50, 9
	stormBudget           = stormBills * stormCost
	stormCap              = stormBudget * 15 / 100
)

var stormTills = []string{"shoes", "noodles", "tea"}

func (r rig) storm() *storm {
	r.t.Helper()
	c := r.submitted(testkit.With(r.eightyEight(), body{
		"stock": 60, "per_day": stormDay, "per_member": 1, "per_store_day": stormAStore, "stackable": false, "category": nil,
		"budget": testkit.Yuan(stormBudget), "reserve": "redemption", "partners": r.Partners(),
	}))
	noodles := testkit.With(r.signature("noodles", c), body{"cap": testkit.Yuan(stormCap)})
	r.As(testkit.OwnerOf("noodles")).Post(r.At("noodles", "/signatures/"+c.ID.String()), noodles).Must(http.StatusOK)
	s := &storm{rig: r, campaign: r.signed("tea", c), people: r.Join(60, "books"), nodes: []*coupon.Service{r.Coupon, r.Coupon}}
	if r.DB.Dialect == db.MySQL { // an SQLite file has one
		s.nodes[1] = r.SecondNode().Coupon
	}
	return s
}

// claims lets everybody try twice at once. It returns how many got one, and why the others did not.
func (s *storm) claims() (ok int, refused map[string]int) {
	errs := testkit.Crowd(2*len(s.people), func(i int) error {
		_, err := s.nodes[i%2].Claim(s.Ctx(), s.Street.Alliance.ID, s.campaign.ID, s.people[i/2].Member.ID)
		return err
	})
	return testkit.Counted(s.t, errs, coupon.ErrDayFull, coupon.ErrClaimLimit)
}

func (s *storm) redeem(node int, slug string, c models.Coupon, fen int64) (coupon.Bill, error) {
	return s.nodes[node].Redeem(s.Ctx(), coupon.AtBill{
		Staff: s.staffOf(slug), Member: c.MemberID, Coupons: []models.ID{c.ID}, Basket: models.Basket{Bill: fen},
	})
}

// back takes a redemption back by two taps at once, one on each node. Anything but one yes and one "already" is an error.
func (s *storm) back(r models.Redemption) error {
	by := coupon.Staff{Alliance: r.AllianceID, Store: r.StoreID, Account: r.ByAccount}
	errs := testkit.Crowd(2, func(i int) error {
		_, err := s.nodes[i].Reverse(s.Ctx(), by, r.ID, "改单")
		return err
	})
	if (errs[0] == nil) == (errs[1] == nil) || !errors.Is(errors.Join(errs...), coupon.ErrReversed) {
		return fmt.Errorf("taken back by two taps: %v", errs)
	}
	return nil
}

// tap is what one of the crowd does with a coupon: most take back what they redeemed, some make it void then, some use it
// again.
func (s *storm) tap(i int, c models.Coupon) error {
	chance := rand.New(rand.NewPCG(20261127, uint64(i)))
	some := func() (coupon.Bill, error) {
		return s.redeem(chance.IntN(2), stormTills[chance.IntN(3)], c, stormBill+chance.Int64N(1_500))
	}
	bill, err := some()
	if err != nil || i%4 == 0 {
		return err
	}
	if err := s.back(bill.First().Redemption); err != nil {
		return err
	}
	if i%10 == 3 {
		_, err := s.nodes[i%2].Void(s.Ctx(), s.staffOf("shoes"), c.ID, "发错了")
		return err
	}
	if i%3 == 0 {
		_, err = some()
	}
	return err
}

// standing are the redemptions that nobody has taken back.
func (s *storm) standing() []models.Redemption {
	s.t.Helper()
	var rows []models.Redemption
	require.NoError(s.t, s.DB.Read(s.Ctx()).Where("campaign_id = ? AND state = ?", s.campaign.ID, models.RedemptionStands).Order("id").Find(&rows).Error)
	return rows
}

// reckoned is what is to agree: what each owner of the cost has paid, what each store has taken, and whom the books owe.
type reckoned struct{ spent, taken, net map[models.ID]int64 }

// wanted reckons the figures from the receipts.
func (s *storm) wanted(standing []models.Redemption) reckoned {
	s.t.Helper()
	f, first := reckoned{map[models.ID]int64{}, map[models.ID]int64{}, map[models.ID]int64{}}, map[models.ID]bool{}
	for _, r := range standing {
		var shares []models.RedemptionShare
		require.NoError(s.t, s.DB.Read(s.Ctx()).Where("redemption_id = ?", r.ID).Find(&shares).Error)
		for _, sh := range shares {
			f.spent[sh.StoreID] += sh.Amount
			f.net[sh.StoreID] -= sh.Amount
			f.net[r.StoreID] += sh.Amount
		}
		f.spent[s.campaign.ID] += r.Cost
		f.taken[r.StoreID]++
		f.net[r.StoreID] -= r.Commission
		f.net[s.StoreID("books")] += r.Commission
		if !first[r.MemberID] { // a first purchase is worth two yuan to who brought the member in
			first[r.MemberID] = true
			f.net[s.StoreID("books")] += 200
		}
	}
	return f
}

// agrees holds funds, counters, ledger and coupons against the redemptions that stand, and returns how many do.
func (s *storm) agrees() int {
	s.t.Helper()
	standing := s.standing()
	want := s.wanted(standing)
	for owner, most := range map[models.ID]int64{s.campaign.ID: stormBudget, s.StoreID("noodles"): stormCap, s.StoreID("tea"): stormBudget, s.StoreID("shoes"): stormBudget} {
		spent := s.fund(s.campaign.ID, owner).Spent
		assert.Equal(s.t, want.spent[owner], spent)
		assert.LessOrEqual(s.t, spent, most)
	}
	for _, slug := range append([]string{"books"}, stormTills...) {
		assert.Equal(s.t, want.net[s.StoreID(slug)], s.net(slug), slug)
	}
	assert.EqualValues(s.t, stormDay, s.counted(models.CountDay, "2026-10-17"), "what was given out stays given out")
	for _, slug := range stormTills {
		taken := s.counted(models.CountStoreDay, models.StoreDay(s.StoreID(slug), "2026-10-17"))
		assert.Equal(s.t, want.taken[s.StoreID(slug)], taken, slug)
		assert.LessOrEqual(s.t, taken, int64(stormAStore))
	}
	s.couponsAgree(standing)
	return len(standing)
}

func (s *storm) couponsAgree(standing []models.Redemption) {
	s.t.Helper()
	on := map[models.ID]models.ID{}
	for _, r := range standing {
		assert.Zero(s.t, on[r.CouponID], "one coupon, one redemption")
		on[r.CouponID] = r.ID
	}
	coupons := s.Coupons(s.campaign.ID)
	assert.Len(s.t, coupons, stormDay)
	for _, c := range coupons {
		if by, used := on[c.ID]; used {
			assert.Equal(s.t, []any{models.CouponUsed, int64(1), by}, []any{c.State, c.Spent, c.RedemptionID})
			continue
		}
		assert.Contains(s.t, []models.CouponState{models.CouponUsable, models.CouponVoid}, c.State)
		assert.Zero(s.t, c.Spent)
		assert.Zero(s.t, c.RedemptionID)
	}
}

// counted is what a counter says; of one that nobody has needed yet, nothing.
func (s *storm) counted(kind models.CountKind, bucket string) int64 {
	s.t.Helper()
	var n []int64
	require.NoError(s.t, s.DB.Read(s.Ctx()).Model(&models.CampaignCount{}).Where("campaign_id = ? AND kind = ? AND bucket = ?", s.campaign.ID, kind, bucket).Pluck("n", &n).Error)
	return append(n, 0)[0]
}

// fill redeems what is usable, one by one, and knows of each to the fen and to the till whether it is still to be had.
func (s *storm) fill() (done int) {
	s.t.Helper()
	for i, c := range s.Coupons(s.campaign.ID) {
		if c.State != models.CouponUsable {
			continue
		}
		slug := stormTills[i%3]
		taken := s.counted(models.CountStoreDay, models.StoreDay(s.StoreID(slug), "2026-10-17"))
		budget, noodles := s.fund(s.campaign.ID, s.campaign.ID), s.fund(s.campaign.ID, s.StoreID("noodles"))
		_, err := s.redeem(i%2, slug, c, stormBill)
		short, full := budget.Left() < stormCost || noodles.Left() < stormCost*15/100, taken == stormAStore
		if !short && !full {
			require.NoError(s.t, err, "what was given back is there to be used")
			done++
			continue
		}
		require.True(s.t, short && errors.Is(err, coupon.ErrBudgetSpent) || full && errors.Is(err, coupon.ErrStoreLimit), "%v", err)
	}
	return done
}

// backAll takes everything back at once, each by two taps.
func (s *storm) backAll() {
	s.t.Helper()
	rows := s.standing()
	require.NoError(s.t, errors.Join(testkit.Crowd(len(rows), func(i int) error { return s.back(rows[i]) })...))
	assert.Zero(s.t, s.agrees(), "and with it every fen, every place at a till and every coupon")
}

// Three hundred taps at fifty coupons, on MariaDB on two nodes. Whatever comes first, nothing is lost and nothing given
// back twice: afterwards stock, counters, budget, caps, coupons and the ledger agree, and exactly what is left can be used.
func TestWhatIsTakenBackIsUsableAgainAndNeverTwice(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		s := r.storm()
		ok, refused := s.claims()
		require.Equal(t, stormDay, ok)
		require.Equal(t, map[string]int{"claim_limit": stormDay, "day_full": 2 * (60 - stormDay)}, refused)

		coupons := r.Coupons(s.campaign.ID)
		errs := testkit.Crowd(300, func(i int) error { return s.tap(i, coupons[i%len(coupons)]) })
		_, refused = testkit.Counted(t, errs, coupon.ErrCouponUsed, coupon.ErrBudgetSpent, coupon.ErrStoreLimit, coupon.ErrCouponVoid, coupon.ErrVoided, coupon.ErrNotUsable)
		t.Log(refused)
		s.agrees()
		s.fill()
		s.agrees()

		s.backAll()
		ok, _ = s.claims()
		assert.Zero(t, ok, "nobody is given another for one that was taken back or made void")
		assert.Equal(t, stormBills, s.fill(), "all the money is there again, and no more")
		assert.Equal(t, stormBills, s.agrees())
		s.backAll()
	})
}
