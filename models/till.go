package models

import "time"

var _ = table(&CampaignStock{}, &Till{}, &TillAllotment{}, &TillEntry{})

// CampaignStock counts the redemptions of a campaign against its stock, and what is set aside for tills that may lose
// their network. A campaign has the row from its first allotment on. Redeemed + Allotted is never above Capacity, in the
// database too: so whatever tills do out of sight, all of them and the street together never redeem more than the stock.
type CampaignStock struct {
	CampaignID ID `gorm:"primaryKey"`
	AllianceID ID
	Capacity   int64 // what all coupons of the campaign allow together, as it was when a count last changed
	Redeemed   int64 // redemptions that stand
	Allotted   int64 // what open allotments have left
}

// TableName implements gorm's Tabler.
func (CampaignStock) TableName() string { return "campaign_stocks" }

// Free is what may still be redeemed with a network, or be allotted.
func (c CampaignStock) Free() int64 { return c.Capacity - c.Redeemed - c.Allotted }

// Till is a phone at a store's counter that may redeem without a network. PublicKey is the half of its own key pair that
// it shows (SubjectPublicKeyInfo, P-256); the other half never leaves the phone. ClockOffset is how many milliseconds the
// server's clock was ahead of the phone's when they last spoke, at SeenAt.
type Till struct {
	ID           ID `gorm:"primaryKey"`
	AllianceID   ID
	StoreID      ID
	Name         string
	PublicKey    []byte
	RegisteredBy ID // account
	RegisteredAt time.Time
	SeenAt       time.Time
	ClockOffset  int64
	LastSeq      int64 // of the log: how many entries have arrived
	RevokedAt    *time.Time
	RevokedBy    ID
}

// TableName implements gorm's Tabler.
func (Till) TableName() string { return "tills" }

// Revoked tells whether the phone may not redeem any more.
func (t Till) Revoked() bool { return t.RevokedAt != nil }

// TillAllotment is how many redemptions of a campaign a till may make without a network, until a time. What is open is
// Allotted − Used. Wanted is the number that the manager asked for; below zero the house rule says (AllotmentFor).
type TillAllotment struct {
	TillID     ID `gorm:"primaryKey"`
	CampaignID ID `gorm:"primaryKey"`
	AllianceID ID
	Allotted   int64
	Used       int64
	Wanted     int64
	Until      time.Time
}

// TableName implements gorm's Tabler.
func (TillAllotment) TableName() string { return "till_allotments" }

// Open is how many redemptions the till has left.
func (a TillAllotment) Open() int64 { return a.Allotted - a.Used }

// AllotmentMost is how many redemptions of one campaign a till holds without anybody asking for more, and AllotmentPart
// the part of what is free that one phone takes at most: four fifths stay for whoever has a network.
const (
	AllotmentMost = 20
	AllotmentPart = 5
)

// AllotmentKept is how long after its end an allotment waits for the till to tell what it did, before it goes back.
const AllotmentKept = 24 * time.Hour

// AllotmentFor is how many redemptions a till should hold, when so many are free beside those it has open.
func AllotmentFor(free, open int64) int64 {
	return max(open, min(AllotmentMost, (free+open)/AllotmentPart))
}

// TillOutcome says what became of a redemption that a till made without a network.
type TillOutcome string

// The outcomes.
const (
	TillBooked   TillOutcome = "booked"   // it stands in the books
	TillConflict TillOutcome = "conflict" // the coupon had been used elsewhere first; the store bears what it took off
	TillRefused  TillOutcome = "refused"  // it should not have been taken; the store bears what it took off
)

// TillEntry is one line of a till's log: what it took without a network, in its own words, and what became of it. Lines
// are never changed or removed. Off is what the till took off the bill; the books hold what the signed terms take off, at
// RedemptionID. Amounts are fen.
type TillEntry struct {
	TillID       ID    `gorm:"primaryKey"`
	Seq          int64 `gorm:"primaryKey;autoIncrement:false"` // 1, 2, 3 …
	AllianceID   ID
	StoreID      ID
	CouponID     ID // zero for a token that nobody of this street signed
	CampaignID   ID
	ByAccount    ID // who took it
	Token        string
	Bill         int64
	Off          int64
	Signature    []byte
	Clock        time.Time // the phone's clock
	At           time.Time // the same moment by the server's clock, as well as it can be told
	Wild         bool      // the phone's clock was set in between, or says what cannot be
	ReceivedAt   time.Time
	Outcome      TillOutcome
	Code         string // why it is not in the books: the error's stable code
	WhyZH        string
	WhyEN        string
	RedemptionID ID    // booked: the redemption; conflict: the one that was first
	BookedOff    int64 // booked: what the signed terms took off
}

// TableName implements gorm's Tabler.
func (TillEntry) TableName() string { return "till_entries" }

// Why says in both languages why an entry is not in the books.
func (e TillEntry) Why() Text { return Text{ZH: e.WhyZH, EN: e.WhyEN} }

// Differs tells whether the till took off another sum than the books: the customer was asked for more or less than the terms
// say, and the store has that to explain or to bear.
func (e TillEntry) Differs() bool { return e.Outcome == TillBooked && e.Off != e.BookedOff }

// Loss is what the store bears alone: what it took off for an entry that is not in the books.
func (e TillEntry) Loss() int64 {
	if e.Outcome == TillBooked {
		return 0
	}
	return e.Off
}
