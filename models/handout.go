package models

import "time"

var _ = table(&Handout{}, &Send{}, &SendMember{}, &PrintBatch{}, &PrintedCode{}, &Gift{})

// Handout says how a coupon came to its member other than by a claim. Cause is what it was given for, such as the visit
// or the send: with campaign and member it is unique, so whatever is retried gives once. Source is where it came from:
// the send, the link, the batch, the gift; zero where there is none.
type Handout struct {
	CouponID   ID `gorm:"primaryKey"`
	AllianceID ID
	CampaignID ID
	MemberID   ID
	Way        Way
	CauseID    ID
	SourceID   ID
	Reason     string // a prize's, in the staff's words; erased when the member leaves
	ByAccount  ID     // who gave it; zero when nobody did by hand
	At         time.Time
}

// TableName implements gorm's Tabler.
func (Handout) TableName() string { return "coupon_handouts" }

// SendState is where a send stands.
type SendState string

// The states of a send. It is stopped by hand; who was not reached then gets nothing.
const (
	SendRunning SendState = "running"
	SendDone    SendState = "done"
	SendStopped SendState = "stopped"
)

// SendTarget says how the members of a send were chosen.
type SendTarget string

// The ways to choose. A send from before they were written down has none of them.
const (
	SendToEveryone SendTarget = "everyone" // whom the campaign's terms named; where they named none, every customer of the store
	SendToAudience SendTarget = "audience" // those of them for whom another audience held as well
	SendToPicked   SendTarget = "picked"   // one by one
)

// Send is one targeted handing out: whom it was for, the members that were chosen by it, and how many of them got a coupon, had
// theirs already, found none left, or could not be given one. Within is what the campaign's terms asked then.
type Send struct {
	ID         ID `gorm:"primaryKey"`
	AllianceID ID
	CampaignID ID
	StoreID    ID
	Target     SendTarget
	Audience   Audience `gorm:"serializer:json"`
	Within     Audience `gorm:"serializer:json"`
	Private    bool     // its figures would say what the store does not know itself: they are shown rounded down
	State      SendState
	Total      int64
	Given      int64
	Had        int64
	NoneLeft   int64
	Missed     int64 // left the street meanwhile, or another limit stood in the way
	CreatedBy  ID    // account
	CreatedAt  time.Time
	EndedAt    *time.Time
}

// TableName implements gorm's Tabler.
func (Send) TableName() string { return "coupon_sends" }

// Open counts the members that a send has not come to yet.
func (s Send) Open() int64 { return s.Total - s.Given - s.Had - s.NoneLeft - s.Missed }

// SendOutcome is what came of a send for one member.
type SendOutcome string

// The outcomes; waiting is what has not been decided.
const (
	SendWaiting SendOutcome = "waiting"
	SendGiven   SendOutcome = "given"
	SendHad     SendOutcome = "had"
	SendNone    SendOutcome = "none_left"
	SendMissed  SendOutcome = "missed"
)

// SendMember is one member of a send.
type SendMember struct {
	SendID   ID `gorm:"primaryKey"`
	MemberID ID `gorm:"primaryKey"`
	Outcome  SendOutcome
}

// TableName implements gorm's Tabler.
func (SendMember) TableName() string { return "coupon_send_members" }

// PrintBatch is codes on paper. Their stock is set aside when they are printed; Taken and Voided of Size are not open any
// more. A coupon that comes of one works by the version of the terms that was printed.
type PrintBatch struct {
	ID         ID `gorm:"primaryKey"`
	AllianceID ID
	CampaignID ID
	StoreID    ID
	Version    int64
	LinkID     ID // the join link of whoever brings one and is no member yet
	Label      string
	Size       int64
	Taken      int64
	Voided     int64
	Until      time.Time // the last moment to take one, as it stands on the paper
	CreatedBy  ID        // account
	CreatedAt  time.Time
	VoidedBy   ID
	VoidedAt   *time.Time
}

// TableName implements gorm's Tabler.
func (PrintBatch) TableName() string { return "print_batches" }

// Open counts the codes that somebody may still take.
func (b PrintBatch) Open() int64 { return b.Size - b.Taken - b.Voided }

// PrintedState is where a printed code stands.
type PrintedState string

// The states of a printed code.
const (
	PrintedOpen  PrintedState = "open"
	PrintedTaken PrintedState = "taken"
	PrintedVoid  PrintedState = "void"
)

// PrintedCode is one code on paper, unique over all streets, since what a camera reads names no street. It is the bearer's: the first member who brings it has the coupon, which gets a code
// of its own, so that the paper is worth nothing any more.
type PrintedCode struct {
	BatchID    ID    `gorm:"primaryKey"`
	Serial     int64 `gorm:"primaryKey;autoIncrement:false"` // 1, 2, 3 … as printed
	AllianceID ID
	Code       string
	State      PrintedState
	CouponID   ID // what became of it
	StoreID    ID // at whose till it was taken; zero: typed by the member
	ByAccount  ID
	TakenAt    *time.Time
}

// TableName implements gorm's Tabler.
func (PrintedCode) TableName() string { return "printed_codes" }

// GiftState is where a gift stands.
type GiftState string

// The states of a gift. An open one ends with its coupon: by the clock, or because the giver used it.
const (
	GiftOpen  GiftState = "open"
	GiftTaken GiftState = "taken"
	GiftBack  GiftState = "taken_back"
	GiftShut  GiftState = "refused" // the friend would not have it
)

// Gift is a coupon on its way to a friend. OpenCouponID is CouponID while it is open, and unique: a coupon is on one way
// at a time. Taking it ends the giver's coupon and makes the taker's, TakenCouponID.
type Gift struct {
	ID            ID `gorm:"primaryKey"`
	AllianceID    ID
	CampaignID    ID
	CouponID      ID
	OpenCouponID  ID
	GiverID       ID // member
	LinkID        ID // the join link whose code opens it
	State         GiftState
	MadeAt        time.Time
	EndedAt       *time.Time
	TakerID       ID // member
	TakenCouponID ID
	NewMember     bool // the taker came to the street by it
}

// TableName implements gorm's Tabler.
func (Gift) TableName() string { return "coupon_gifts" }
