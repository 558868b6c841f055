package models

import (
	"crypto/sha256"
	"strings"
	"time"
)

var _ = table(&CampaignFund{}, &CampaignCount{})

// Reserve says when the money behind a coupon is set aside.
type Reserve string

// The two ways. At the claim, what a coupon may cost at most is set aside when it is taken: fewer are given out, and every one
// of them is covered. At the redemption, what a bill really costs is taken from the budget and from each funder's cap as it
// happens: more are given out, and those that come when the money is gone do not redeem.
const (
	ReserveClaim      Reserve = "claim"
	ReserveRedemption Reserve = "redemption"
)

// MinNoticeDays is the shortest notice with which a partner may leave a campaign; MaxNoticeDays is the longest that a
// campaign may ask for.
const (
	MinNoticeDays = 7
	MaxNoticeDays = 90
)

// Limits is how far a campaign goes beside its stock and its number a member: what may be given out and redeemed, what it may
// cost, and how a partner leaves it. A count of 0 is no limit.
type Limits struct {
	PerDay       int64   // coupons given out on one day of the street
	PerHousehold int64   // coupons given out to one household (HouseholdOf)
	PerStore     int64   // redemptions in one store
	PerStoreDay  int64   // redemptions in one store on one day of the street
	Budget       int64   // fen that the whole campaign may cost; 0: what its stock may cost
	Reserve      Reserve // when it is set aside; empty is ReserveClaim
	NoticeDays   int64   // days of notice with which a partner leaves; 0 is MinNoticeDays
	IssuerCovers bool    // the issuer carries a share whose store has left, for coupons claimed from then on
}

// AtClaim tells whether money is set aside when a coupon is claimed.
func (l Limits) AtClaim() bool { return l.Reserve != ReserveRedemption }

// Notice is the days with which a partner leaves.
func (l Limits) Notice() int64 { return max(l.NoticeDays, MinNoticeDays) }

// MostCost is the most fen that the whole campaign may cost.
func (c Campaign) MostCost() int64 {
	worst := c.WorstCase(c.Stock, BasisPoints)
	if c.Budget > 0 {
		return min(c.Budget, worst)
	}
	return worst
}

// HouseholdOf names the household of a member within a campaign: those who joined from the same device. A member whose device
// is not known is a household of one. The name cannot be led back to the device.
func HouseholdOf(campaign ID, m Member) ID {
	of := m.DeviceID
	if of.IsZero() {
		of = m.ID
	}
	sum := sha256.Sum256(append(append([]byte("household:"), campaign[:]...), of[:]...))
	return ID(sum[:16])
}

// CountKind says what a counter of a campaign counts.
type CountKind string

// The counters. Bucket is the day (YYYY-MM-DD), the household's id, the store's id, or the store's id and the day.
const (
	CountDay       CountKind = "day"
	CountHousehold CountKind = "household"
	CountStore     CountKind = "store"
	CountStoreDay  CountKind = "store_day"
)

// StoreDay is the bucket of a store on a day.
func StoreDay(store ID, day string) string { return store.String() + "@" + day }

// CampaignCount counts what a limit is about. A row is there only where a limit is; the first who needs it counts the books.
type CampaignCount struct {
	CampaignID ID        `gorm:"primaryKey"`
	Kind       CountKind `gorm:"primaryKey"`
	Bucket     string    `gorm:"primaryKey"`
	AllianceID ID
	N          int64
}

// TableName implements gorm's Tabler.
func (CampaignCount) TableName() string { return "campaign_counts" }

// CampaignFund is what one owner may pay for a campaign, all versions together, and what of it redemptions have cost so far.
// The owner is a funder (a store, or the alliance for its fund), or the campaign itself for the whole budget.
type CampaignFund struct {
	CampaignID ID `gorm:"primaryKey"`
	OwnerID    ID `gorm:"primaryKey"`
	AllianceID ID
	Most       int64 // fen
	Spent      int64 // fen; never above Most
}

// TableName implements gorm's Tabler.
func (CampaignFund) TableName() string { return "campaign_funds" }

// Left is what may still be spent, in fen.
func (f CampaignFund) Left() int64 { return f.Most - f.Spent }

// BudgetState says how much is left behind a campaign's coupons.
type BudgetState string

// The states: low is when a coupon at its highest cost would not be covered any more, spent when none would.
const (
	BudgetOK    BudgetState = "ok"
	BudgetLow   BudgetState = "low"
	BudgetSpent BudgetState = "spent"
)

// BudgetAfter judges what is left (by owner, fen) for coupons of these terms and shares. What was set aside at the claim is
// there for as long as the coupon is.
func (c Campaign) BudgetAfter(shares []CampaignShare, left map[ID]int64) BudgetState {
	state := BudgetOK
	if c.AtClaim() {
		return state
	}
	for _, need := range c.needs(shares) {
		l, kept := left[need.owner]
		switch {
		case !kept || l >= need.most:
		case l < need.least:
			return BudgetSpent
		default:
			state = BudgetLow
		}
	}
	return state
}

type need struct {
	owner       ID
	most, least int64
}

// needs is what one coupon may take from each owner at most, and at least where it does anything.
func (c Campaign) needs(shares []CampaignShare) []need {
	list := []need{{c.ID, c.PerCoupon(BasisPoints), c.leastOf(BasisPoints)}}
	for _, s := range shares {
		if s.ShareBPS > 0 {
			list = append(list, need{s.StoreID, c.PerCoupon(s.ShareBPS), c.leastOf(s.ShareBPS)})
		}
	}
	return list
}

// leastOf is what a use of a coupon takes of a share at least: of an amount or a gift nearly always the whole, of the others a fen.
func (c Campaign) leastOf(bps int64) int64 {
	sum := c.Kind == CouponAmount && !c.PerPiece || c.Kind == CouponPunchCard
	if sum && c.MinSpend >= c.Off || c.HandsOver() {
		return c.maxOfUse() * bps / BasisPoints
	}
	return 1
}

// Earlier is what was given out under versions before the present one: how many coupons, and what is set aside for them by
// owner, in fen.
type Earlier struct {
	Claimed int64
	Aside   map[ID]int64
}

// Add counts coupons that were claimed under a version. For those of them that were made void unused nothing is set aside.
func (e *Earlier) Add(c Campaign, shares []CampaignShare, claimed, void int64) {
	if e.Aside == nil {
		e.Aside = map[ID]int64{}
	}
	e.Claimed += claimed
	e.Aside[c.ID] += c.WorstCase(claimed-void, BasisPoints)
	for _, s := range shares {
		e.Aside[s.StoreID] += c.WorstCase(claimed-void, s.ShareBPS)
	}
}

// IssuableAfter is how many coupons may be given out in all, those of earlier versions counted: the stock; and when money is
// set aside at the claim, no more than the budget and every cap cover after what is set aside already. What stands on paper is
// promised, and never taken back. The money of coupons of these terms that were made void unused covers as many others; the
// pieces of the stock that they were stay taken.
func (c Campaign) IssuableAfter(shares []CampaignShare, e Earlier, void int64) int64 {
	more := c.Stock - e.Claimed
	if c.AtClaim() {
		if per := c.PerCoupon(BasisPoints); per > 0 && c.Budget > 0 {
			more = min(more, (c.Budget-e.Aside[c.ID])/per+void)
		}
		for _, s := range shares {
			if per := c.PerCoupon(s.ShareBPS); per > 0 {
				more = min(more, (s.Cap-e.Aside[s.StoreID])/per+void)
			}
		}
	}
	return e.Claimed + max(more, c.Printed)
}

// Day is the street's date at a time, as counters write it.
func Day(at time.Time, zone *time.Location) string { return at.In(zone).Format(time.DateOnly) }

// ParseStoreDay reads what StoreDay wrote.
func ParseStoreDay(bucket string) (store ID, day string, err error) {
	id, day, _ := strings.Cut(bucket, "@")
	store, err = ParseID(id)
	return store, day, err
}
