package models

import "time"

var _ = table(&Referral{}, &ReferralClaim{}, &Commission{}, &CommissionMonth{})

// ReferralState says what has become of the credit for bringing a member in.
type ReferralState string

// The states of a referral.
//
//	pending ── first purchase or redemption in time ── posted ── that one reversed ── pending
//	   ├────── no purchase in time, or the store leaves ── voided
//	   └────── another store objects ── objected ── a coordinator decides, or it is withdrawn ── pending
const (
	ReferralPending  ReferralState = "pending"
	ReferralObjected ReferralState = "objected"
	ReferralPosted   ReferralState = "posted"
	ReferralVoided   ReferralState = "voided"
)

// SettledWhy says why a credit is void.
type SettledWhy string

// The reasons for which a credit is void.
const (
	SettledLate SettledWhy = "late"       // no purchase in time
	SettledLeft SettledWhy = "store_left" // the origin store has left the street
)

// Referral is the attribution of one member to the store that brought them in, with all the claims as evidence. The
// amounts are those that the alliance promised when the member joined.
type Referral struct {
	ID         ID `gorm:"primaryKey"`
	AllianceID ID
	MemberID   ID // unique: a member is brought in once
	StoreID    ID // the origin store: as judged at joining, or as decided over an objection since
	InviterID  ID
	LinkID     ID
	LinkKind   TouchKind // by which claim StoreID has the credit; empty until the joining's news has come with its claims
	State      ReferralState
	Amount     int64       // fen that the fund owes the store; 0 when the alliance pays none
	Points     int64       // for the inviter, when it posts
	Rewarded   bool        // the inviter has the points
	Evidence   Attribution `gorm:"serializer:json"` // as judged at joining; never changed
	JoinedAt   time.Time
	VestsBy    time.Time // a purchase before this moment posts it
	Round      int64     // 1, and one more each time that it is held anew: what posted it was reversed, or another store got it
	VisitID    ID        // the visit that posted it
	SettledAt  *time.Time
	SettledWhy SettledWhy // of a void one
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

// Open tells whether the credit is neither posted nor void.
func (r Referral) Open() bool { return r.State == ReferralPending || r.State == ReferralObjected }

// ReferralClaim is one claim of a referral's evidence as a row of its own, so that a store finds what it claimed and did
// not get. DismissedAt is when the store said that it has no objection.
type ReferralClaim struct {
	ReferralID  ID  `gorm:"primaryKey"`
	Position    int `gorm:"primaryKey;autoIncrement:false"` // in the evidence, from 1; the winner is the first
	AllianceID  ID
	StoreID     ID
	Kind        TouchKind
	LinkID      ID
	InviterID   ID
	At          time.Time
	Won         bool
	Why         Reason
	DismissedAt *time.Time
	DismissedBy ID // account
}

// TableName implements gorm's Tabler.
func (ReferralClaim) TableName() string { return "referral_claims" }

// ClaimRows are the claims of the referral's evidence as rows.
func (r Referral) ClaimRows() []ReferralClaim {
	rows := make([]ReferralClaim, len(r.Evidence.Claims))
	for i, c := range r.Evidence.Claims {
		rows[i] = ReferralClaim{
			ReferralID: r.ID, Position: i + 1, AllianceID: r.AllianceID, StoreID: c.Store, Kind: c.Kind, LinkID: c.Link, InviterID: c.Inviter,
			At: c.At, Won: c.Won, Why: c.Why,
		}
	}
	return rows
}

// Gains tells whether the store gained from the member at a visit of the kind.
func (k VisitKind) Gains() bool { return k == VisitPurchase || k == VisitRedemption }

// Commission is what the store that gained from a visit owes the one that brought the member in. Amounts are in fen.
type Commission struct {
	ID         ID `gorm:"primaryKey"`
	AllianceID ID
	VisitID    ID
	Round      int64 // 1, and one more each time that another store became the origin; a visit is counted once a round
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
