package models

import "time"

var _ = table(&Referral{}, &Commission{}, &CommissionMonth{})

// ReferralState says what has become of the credit for bringing a member in.
type ReferralState string

// The states of a referral.
//
//	pending ── first purchase or redemption in time ── posted ── that one reversed ── pending
//	   ├────── no purchase in time ── voided
//	   └────── another store objects ── objected ── a coordinator decides ── pending, or voided
const (
	ReferralPending  ReferralState = "pending"
	ReferralObjected ReferralState = "objected"
	ReferralPosted   ReferralState = "posted"
	ReferralVoided   ReferralState = "voided"
)

// Referral is the attribution of one member to the store that brought them in, with all the claims as evidence. The
// amounts are those that the alliance promised when the member joined.
type Referral struct {
	ID         ID `gorm:"primaryKey"`
	AllianceID ID
	MemberID   ID // unique: a member is brought in once
	StoreID    ID // the origin store
	InviterID  ID
	LinkID     ID
	LinkKind   TouchKind // empty until the joining's news has come with its claims
	State      ReferralState
	Amount     int64       // fen that the fund owes the store; 0 when the alliance pays none
	Points     int64       // for the inviter, when it posts
	Rewarded   bool        // the inviter has the points
	Evidence   Attribution `gorm:"serializer:json"`
	JoinedAt   time.Time
	VestsBy    time.Time // a purchase before this moment posts it
	Round      int64     // 1, and one more each time that what posted it was reversed
	VisitID    ID        // the visit that posted it
	SettledAt  *time.Time
	CreatedAt  time.Time
}

// TableName implements gorm's Tabler.
func (Referral) TableName() string { return "referrals" }

// Vests tells whether a visit of a kind at a time posts a pending credit: a purchase or redemption after joining, to the
// last moment of the last day.
func (r Referral) Vests(kind VisitKind, at time.Time) bool {
	return r.State == ReferralPending && kind.Gains() && !at.Before(r.JoinedAt) && at.Before(r.VestsBy)
}

// VestsBy is the end of the time in which a first purchase counts: so many days after joining, to the moment.
func VestsBy(joined time.Time, days int) time.Time {
	return joined.Add(time.Duration(days) * 24 * time.Hour)
}

// Gains tells whether the store gained from the member at a visit of the kind.
func (k VisitKind) Gains() bool { return k == VisitPurchase || k == VisitRedemption }

// Commission is what the store that gained from a visit owes the one that brought the member in. Amounts are in fen.
type Commission struct {
	ID         ID `gorm:"primaryKey"`
	AllianceID ID
	VisitID    ID // unique: a visit is counted once
	MemberID   ID
	StoreID    ID // that gained, and pays
	OriginID   ID // that brought the member in
	Month      string
	Paid       int64 // what the member paid
	BPS        int64
	Uncapped   int64 // BPS of Paid
	Prior      int64 // what the member's month had come to already
	Amount     int64 // what is owed: Uncapped, or what the cap left of it
	At         time.Time
	ReversedAt *time.Time
}

// TableName implements gorm's Tabler.
func (Commission) TableName() string { return "commissions" }

// CommissionMonth is what the commissions for one member have come to in one local month ("2026-10"). The cap is kept by
// the condition of the update that raises it.
type CommissionMonth struct {
	AllianceID ID     `gorm:"primaryKey"`
	MemberID   ID     `gorm:"primaryKey"`
	Month      string `gorm:"primaryKey"`
	Amount     int64
}

// TableName implements gorm's Tabler.
func (CommissionMonth) TableName() string { return "commission_months" }

// CommissionOn is bps of what was paid, and what of it is owed when the member's month has come to before already and
// may come to limit. All in fen; a limit of 0 lets nothing through.
func CommissionOn(paid, bps, limit, before int64) (uncapped, owed int64) {
	uncapped = Portion(max(paid, 0), max(bps, 0))
	return uncapped, min(uncapped, max(limit-before, 0))
}
