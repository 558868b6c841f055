package models

import "time"

var _ = table(&Coupon{}, &Redemption{}, &RedemptionShare{}, &Presence{})

// CouponState is where a coupon stands. Only usable, used, void and given are stored: a coupon expires by the clock alone.
type CouponState string

// The states of a coupon.
const (
	CouponUsable  CouponState = "usable"
	CouponUsed    CouponState = "used"
	CouponExpired CouponState = "expired"
	CouponVoid    CouponState = "void"
	CouponGiven   CouponState = "given" // a friend has it now, as a coupon of their own
)

// Coupon is one member's copy of a campaign, by the version of the terms that it was claimed under. Number counts a
// member's copies from 1: with campaign and member it is unique, so the limit a member holds whoever claims when.
// Uses counts redemptions, reversed ones too; Spent those that stand. A coupon is used once Spent reaches Times: at its
// first use, but for a punch card.
type Coupon struct {
	ID           ID `gorm:"primaryKey"`
	AllianceID   ID
	CampaignID   ID
	Version      int64
	MemberID     ID
	Number       int64
	Code         string
	State        CouponState
	ValidFrom    time.Time
	ValidUntil   time.Time // the last moment it works
	ClaimedAt    time.Time
	Uses         int64
	HouseholdID  ID    // HouseholdOf its member, where the campaign has a limit a household; zero elsewhere
	Times        int64 `gorm:"default:1"`
	Spent        int64
	RedemptionID ID // the redemption that used it up; zero while usable
	UsedAt       *time.Time
	Gifted       bool // a friend gave it: it cannot be given on
}

// TableName implements gorm's Tabler.
func (Coupon) TableName() string { return "coupons" }

// StateAt is the coupon's state as people see it.
func (c Coupon) StateAt(now time.Time) CouponState {
	if c.State == CouponUsable && now.After(c.ValidUntil) {
		return CouponExpired
	}
	return c.State
}

// Left is how many uses it still has.
func (c Coupon) Left() int64 { return max(c.Times-c.Spent, 0) }

// RefusedAt says why the coupon itself does not work at a time: given away, void, used, over or not begun.
func (c Coupon) RefusedAt(now time.Time) Refusal {
	switch c.StateAt(now) {
	case CouponVoid:
		return RefusedVoid
	case CouponGiven:
		return RefusedGiven
	case CouponUsed:
		return RefusedUsed
	case CouponExpired:
		return RefusedExpired
	}
	if now.Before(c.ValidFrom) {
		return RefusedNotYetValid
	}
	return ""
}

// RedemptionState is where a redemption stands.
type RedemptionState string

// The states of a redemption.
const (
	RedemptionStands RedemptionState = "posted"
	RedemptionUndone RedemptionState = "reversed"
)

// Redemption is one use of a coupon at a till, with the receipt as it was given. UseNumber counts the coupon's uses: with the
// coupon it is unique, so however often it is tried a coupon is redeemed once. Several coupons may share a bill: they
// share its BillID (the id of the first), Position says which took off first, and Bill and ToPay are what was left before
// and after this one. What concerns the whole bill, commission and points, is on the first. Amounts are fen. Rows are
// never removed; a reversed one stays and says by whom and why.
type Redemption struct {
	ID              ID `gorm:"primaryKey"`
	AllianceID      ID
	BillID          ID
	Position        int64 // from 0
	CouponID        ID
	UseNumber       int64
	CampaignID      ID
	StoreID         ID // where it was redeemed
	MemberID        ID
	VisitID         ID
	ByAccount       ID
	At              time.Time
	LocalDate       string // the day of At in the street's zone, YYYY-MM-DD: until it ends, the redemption can be reversed
	Bill            int64
	Off             int64
	Cost            int64 // what the funders bear together: Off, or the worth of a gift
	ToPay           int64
	Paid            int64 // what the bill came to in the end
	CommissionStore ID    // the store that brought the member in; zero: none is owed
	Commission      int64
	CommissionBPS   int64 `gorm:"column:commission_bps"`
	Keeps           int64 // what the store is left with: the others' shares of this coupon, and on the first what was paid, less the commission
	Points          int64
	State           RedemptionState
	ReversedAt      *time.Time
	ReversedBy      ID
	ReversalReason  string
}

// TableName implements gorm's Tabler.
func (Redemption) TableName() string { return "redemptions" }

// RedemptionShare is one funder's part of what a redemption cost, in the order of the signed shares.
type RedemptionShare struct {
	RedemptionID ID `gorm:"primaryKey"`
	StoreID      ID `gorm:"primaryKey"`
	AllianceID   ID
	Position     int64
	ShareBPS     int64 `gorm:"column:share_bps"`
	Amount       int64
}

// TableName implements gorm's Tabler.
func (RedemptionShare) TableName() string { return "redemption_shares" }

// PresenceLasts is how long after a member showed a code at a till the till may act for them without a new one: a code
// turns every thirty seconds, and choosing a coupon and typing a bill takes longer.
const PresenceLasts = 10 * time.Minute

// Presence notes that a member showed their code at a store's till, last at At.
type Presence struct {
	AllianceID ID
	StoreID    ID `gorm:"primaryKey"`
	MemberID   ID `gorm:"primaryKey"`
	At         time.Time
}

// TableName implements gorm's Tabler.
func (Presence) TableName() string { return "till_presences" }
