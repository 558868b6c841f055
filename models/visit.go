package models

import "time"

var _ = table(&Visit{}, &Participation{})

// VisitKind says how a member was seen in a store.
type VisitKind string

// The kinds of visits.
const (
	VisitScan       VisitKind = "scan"       // the member's code was scanned, nothing was sold
	VisitPurchase   VisitKind = "purchase"   // something was sold
	VisitRedemption VisitKind = "redemption" // a coupon was redeemed; Amount is what was still paid
	VisitCheckIn    VisitKind = "check_in"   // the member came to an event of the store
	VisitHonour     VisitKind = "honour"     // the store took the member's points for something
)

// Visit is one member seen in one store. A visit that was taken back, such as one whose redemption was reversed, keeps
// its row and counts no more.
type Visit struct {
	ID          ID `gorm:"primaryKey"`
	AllianceID  ID
	StoreID     ID
	MemberID    ID
	Kind        VisitKind
	Amount      int64  // fen paid, 0 when nothing was sold
	Points      int64  // issued for it, a check-in's by the host's choice; taken by the store when it honours them
	ByID        ID     // account of the staff who recorded it
	Reference   string // unique in the alliance: the same reference is the same visit
	At          time.Time
	CancelledAt *time.Time
}

// TableName implements gorm's Tabler.
func (Visit) TableName() string { return "visits" }

// Bought tells whether the member paid for something: a purchase, or a redemption with something left to pay.
func (v Visit) Bought() bool {
	return v.Amount > 0 && (v.Kind == VisitPurchase || v.Kind == VisitRedemption)
}

// Posts tells whether the visit moves points in the ledger: what earns them, and what they are spent on.
func (v Visit) Posts() bool {
	return v.Bought() || v.Kind == VisitHonour || v.Kind == VisitCheckIn && v.Points > 0
}

// PointsFor is what a bill earns: perYuan points for each whole yuan of amount fen.
func PointsFor(amount, perYuan int64) int64 { return max(0, amount) / 100 * perYuan }

// ParticipationKind says what a member did beside buying that counts for a store.
type ParticipationKind string

// The kinds of participation.
const (
	TookPartPost    ParticipationKind = "post"    // wrote under the store's name or about it
	TookPartComment ParticipationKind = "comment" // wrote under a post of the store
	TookPartTalk    ParticipationKind = "talk"    // talked with the store's staff
	TookPartBrought ParticipationKind = "brought" // a member they brought bought here for the first time
)

// Participation is one thing a member did for a store beside visiting it. Check-ins are visits already.
type Participation struct {
	ID         ID `gorm:"primaryKey"`
	AllianceID ID
	StoreID    ID
	MemberID   ID
	Kind       ParticipationKind
	Reference  string // unique in the alliance
	At         time.Time
}

// TableName implements gorm's Tabler.
func (Participation) TableName() string { return "participations" }
