package seeds

import (
	"context"
	"errors"
	"slices"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/coupon"
)

// offerData is a campaign. Days count from today: made 12 is twelve days ago, until -9 in nine days.
type offerData struct {
	Key         string            `json:"key"`
	Store       string            `json:"store"`
	Title       string            `json:"title"`
	Description string            `json:"description"`
	Kind        models.CouponKind `json:"kind"`
	Off         int64             `json:"off"`
	PercentBPS  int64             `json:"percent_bps"`
	Cap         int64             `json:"cap"`
	Price       int64             `json:"price"`
	Gift        string            `json:"gift"`
	Buy         int64             `json:"buy"`
	Get         int64             `json:"get"`
	Times       int64             `json:"times"`
	Stackable   bool              `json:"stackable"`
	Category    string            `json:"category"`
	MinSpend    int64             `json:"min_spend"`
	Weekdays    []int             `json:"weekdays"`
	MarketOnly  bool              `json:"market_only"`
	HoursFrom   string            `json:"hours_from"`
	HoursTo     string            `json:"hours_to"`
	Welcome     bool              `json:"welcome"`
	Stock       int64             `json:"stock"`
	PerMember   int64             `json:"per_member"`
	From        int               `json:"from"`
	Until       int               `json:"until"`
	ValidDays   int64             `json:"valid_days"`
	Partners    []partnerData     `json:"partners"`
	Draft       bool              `json:"draft"`
	Archived    bool              `json:"archived"`
	Budget      int64             `json:"budget"`
	Reserve     models.Reserve    `json:"reserve"`
	PerDay      int64             `json:"per_day"`
	Covers      bool              `json:"covers"`
	FundBPS     int64             `json:"fund_bps"`
	Birthday    int64             `json:"birthday"` // for birthdays within so many days
	Change      *changeData       `json:"change"`
	Claims      int               `json:"claims"` // how many try, in a street of 400
	Used        int               `json:"used"`   // of a hundred claimed, how many are used
}

type partnerData struct {
	Store    string `json:"store"`
	ShareBPS int64  `json:"share_bps"`
	Waits    bool   `json:"waits"`  // has not signed yet
	Leaves   int    `json:"leaves"` // gave notice so many days ago
}

// changeData is what the issuer changes so many days after the beginning; everyone signs it the same day.
type changeData struct {
	Title string `json:"title"`
	After int    `json:"after"`
	Stock int64  `json:"stock"`
	Off   int64  `json:"off"`
}

// offer is a campaign with its data.
type offer struct {
	offerData
	models.Campaign
}

func (o offerData) stores() []string {
	all := []string{o.Store}
	for _, p := range o.Partners {
		all = append(all, p.Store)
	}
	return all
}

// planOffers makes each campaign two days before it starts (the welcome: on the first day), signs it, lets people claim.
func (l *loader) planOffers() {
	for _, o := range l.offers {
		from := at(l.ago(o.From), "08:00")
		made := at(l.ago(o.From+2), "10:15")
		if o.Welcome {
			from = at(l.day(0), "06:00")
			made = from.Add(-30 * time.Minute)
		}
		if made.Before(l.day(0)) {
			continue // of a longer history than this one
		}
		l.then(made, func(ctx context.Context, _ *gorm.DB) error { return l.makeOffer(ctx, o, from) })
	}
}

func (l *loader) makeOffer(ctx context.Context, o offerData, from time.Time) error {
	issuer := l.stores[o.Store]
	c, err := l.app.Coupon.Create(ctx, l.boss(issuer), l.terms(o, from))
	if err != nil || o.Draft {
		return err
	}
	if c, err = l.app.Coupon.Submit(ctx, l.boss(issuer), c.ID); err != nil {
		return err
	}
	l.campaigns[o.Key] = &offer{offerData: o, Campaign: c}
	now := l.clock.Now()
	for i, p := range o.Partners {
		if !p.Waits {
			l.then(now.Add(time.Duration(90*(i+1))*time.Minute), l.sign(c, p))
		}
	}
	if o.FundBPS > 0 {
		l.then(now.Add(5*time.Hour), l.signForTheFund(c, o.FundBPS))
	}
	l.planLife(o, c, from)
	l.then(from.Add(time.Second), l.start)
	l.planClaims(o, from)
	return nil
}

// start lets what is due begin, and the street hear of it.
func (l *loader) start(ctx context.Context, tx *gorm.DB) error {
	if err := l.app.Coupon.Advance(ctx); err != nil {
		return err
	}
	return l.drain(ctx, tx)
}

func (l *loader) sign(c models.Campaign, p partnerData) step {
	return func(ctx context.Context, _ *gorm.DB) error {
		_, err := l.app.Coupon.Sign(ctx, l.boss(l.stores[p.Store]), c.ID, coupon.Signature{Version: c.Version, ShareBPS: p.ShareBPS})
		return err
	}
}

func (l *loader) terms(o offerData, from time.Time) coupon.Terms {
	t := coupon.Terms{
		Title: o.Title, Description: o.Description, Given: models.GivenPublic, Stock: o.Stock, PerMember: max(o.PerMember, 1),
		ClaimFrom: from, ClaimUntil: at(l.ago(o.Until), "23:59").Add(59 * time.Second),
		Offer: models.Offer{
			Kind: o.Kind, Off: o.Off, PercentBPS: o.PercentBPS, Cap: o.Cap, Price: o.Price, Gift: o.Gift, Buy: o.Buy, Get: o.Get,
			Times: o.Times, MinSpend: o.MinSpend,
		},
		Stacking: models.Stacking{Stackable: o.Stackable, Category: o.Category},
		Validity: models.Validity{ValidDays: o.ValidDays, Weekdays: models.WeekdaySet(o.Weekdays), HoursFrom: o.HoursFrom, HoursTo: o.HoursTo, MarketOnly: o.MarketOnly},
	}
	t.Limits = models.Limits{Budget: o.Budget, Reserve: o.Reserve, PerDay: o.PerDay, IssuerCovers: o.Covers}
	t.FundBPS = o.FundBPS
	if o.Birthday > 0 {
		t.Audience.Birthday = &models.BirthdayRule{When: models.BirthdayAround, Days: o.Birthday}
	}
	if o.Welcome {
		t.Given = models.GivenNewMembers
	}
	for _, p := range o.Partners {
		t.Partners = append(t.Partners, models.Partner{StoreID: l.stores[p.Store].ID, ShareBPS: p.ShareBPS})
	}
	return t
}

// planClaims spreads the claims over the window: a rush at first, then now and then. The two shoppers of the demo are
// among the first.
func (l *loader) planClaims(o offerData, from time.Time) {
	r := l.chance.coupons
	until := at(l.ago(o.Until), "22:00")
	if until.After(l.plan.Now) {
		until = l.plan.Now
	}
	for i := range o.Claims * l.plan.Members / Members {
		share := r.Float64() * r.Float64()
		when := from.Add(2*time.Second + time.Duration(share*float64(until.Sub(from))))
		l.thenClaim(o.Key, i, l.shiftAwake(when, from, until))
	}
}

// shiftAwake moves what would happen in the night to the morning after, within a window.
func (l *loader) shiftAwake(when, from, until time.Time) time.Time {
	local := when.In(l.zone)
	if h := local.Hour(); h >= 1 && h < 7 {
		when = local.Add(7 * time.Hour)
	}
	if when.After(until) {
		return between(l.chance.coupons, from, until)
	}
	return when
}

func (l *loader) thenClaim(key string, i int, when time.Time) {
	l.thenAlone(when, func(ctx context.Context) error {
		o := l.campaigns[key]
		n := l.claimer(o, i)
		if n == nil {
			return nil
		}
		c, err := l.app.Coupon.Claim(ctx, l.alliance.ID, o.Campaign.ID, n.id)
		if refused(err) {
			return nil // sold out, or they have one already: as it goes
		}
		if err == nil {
			soon := l.chance.coupons.IntN(100) < o.Used
			if n.shopper() {
				soon = o.Until > 0 // past campaigns' are used, today's are kept
			}
			l.keep(n, c.ID, o, soon)
		}
		return err
	})
}

func (l *loader) claimer(o *offer, i int) *neighbour {
	if o.Birthday > 0 {
		return l.birthdayChild(*o.Audience.Birthday, i)
	}
	if i < len(l.neighbours) && l.neighbours[i].shopper() && l.neighbours[i].joined {
		return l.neighbours[i]
	}
	return pick(l.chance.coupons, l.present(), func(n *neighbour) float64 { return 0.3 + n.weight })
}

// purse is a coupon that nobody plans to use yet.
type purse struct {
	who    *neighbour
	coupon models.ID
	of     *offer
	since  time.Time
}

// keep puts a coupon into a neighbour's pocket, to be used in the next days or some time.
func (l *loader) keep(n *neighbour, id models.ID, o *offer, soon bool) {
	switch {
	case soon:
		l.thenUse(n, id, o)
		return
	case n.shopper() && o.Until <= 0:
		return // the demo's shoppers have something left in their wallets
	}
	l.purses = append(l.purses, purse{n, id, o, l.clock.Now()})
}

// fresh is how long a coupon that was kept is surely still good: less than any campaign's days.
const fresh = 6 * 24 * time.Hour

// thenUseOneAt lets somebody use a coupon in a store at a time, if anyone has one that is good there.
func (l *loader) thenUseOneAt(s *shop, when time.Time) {
	for i := len(l.purses) - 1; i >= 0; i-- {
		p := l.purses[i]
		if when.Sub(p.since) > fresh || !slices.Contains(p.of.stores(), s.Slug) || p.of.Validity.RefusedAt(when, l.zone) != "" {
			continue
		}
		l.purses = slices.Delete(l.purses, i, i+1)
		l.thenAlone(when, l.use(p.who, p.coupon, s, p.of))
		return
	}
}

// thenUse plans a redemption within the week after the claim, when a store that takes the coupon is open.
func (l *loader) thenUse(n *neighbour, id models.ID, o *offer) {
	if o == nil {
		return
	}
	now, s := l.clock.Now(), l.stores[one(l.chance.coupons, o.stores())]
	for range 30 {
		day := now.In(l.zone).AddDate(0, 0, l.chance.coupons.IntN(7))
		y, m, d := day.Date()
		when := s.moment(l.chance.coupons, time.Date(y, m, d, 0, 0, 0, 0, l.zone))
		if when.After(now) && l.isOpen(s, when) && o.Validity.RefusedAt(when, l.zone) == "" {
			l.thenAlone(when, l.use(n, id, s, o))
			return
		}
	}
}

// reversedEvery tells which redemptions were a mistake of the till.
const reversedEvery = 83

// use redeems a coupon: redemptions that come at once share a commit, so this one commits for itself.
func (l *loader) use(n *neighbour, id models.ID, s *shop, o *offer) func(ctx context.Context) error {
	return func(ctx context.Context) error {
		bill := max(s.bill(l.chance.coupons), o.offerData.MinSpend+int64(l.chance.coupons.IntN(12))*100, 500)
		coupons, err := l.laid(ctx, n, id, s, o, bill)
		if err != nil {
			return err
		}
		receipt, err := l.app.Coupon.Redeem(ctx, coupon.AtBill{Staff: l.till(s), Member: n.id, Coupons: coupons, Basket: models.Basket{Bill: bill}})
		if refused(err) {
			return nil
		}
		if err != nil {
			return err
		}
		s.bought[n]++
		if l.redeemed++; l.redeemed%reversedEvery == reversedEvery/2 {
			l.then(l.clock.Now().Add(6*time.Minute), l.reverse(s, receipt.ID))
		}
		if o.Times > 1 {
			l.thenUse(n, id, o) // the next cup
		}
		return nil
	}
}

// laid is what a neighbour lays on a bill: the coupon they came with, or the till's proposal when that one is in it. The
// demo's shoppers keep their others.
func (l *loader) laid(ctx context.Context, n *neighbour, id models.ID, s *shop, o *offer, bill int64) ([]models.ID, error) {
	if !o.Stackable || n.shopper() {
		return []models.ID{id}, nil
	}
	answer, err := l.app.Coupon.Qualify(ctx, coupon.Question{Alliance: l.alliance.ID, Store: s.ID, Member: n.id, Basket: models.Basket{Bill: bill}})
	if err != nil || !answer.Best.Has(id) {
		return []models.ID{id}, err
	}
	var all []models.ID
	for _, step := range answer.Best.Steps {
		all = append(all, step.Coupon)
	}
	return all, nil
}

func (l *loader) reverse(s *shop, redemption models.ID) step {
	return func(ctx context.Context, _ *gorm.DB) error {
		_, err := l.app.Coupon.Reverse(ctx, l.till(s), redemption, "按错桌了")
		if errors.Is(err, coupon.ErrPointsSpent) {
			return nil
		}
		return err
	}
}

// refused tells an answer of the product from a failure.
func refused(err error) bool {
	var said *models.Error
	return errors.As(err, &said) && said.Kind != models.Internal
}
