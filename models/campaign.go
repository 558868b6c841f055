package models

import (
	"slices"
	"time"
)

var _ = table(&Campaign{}, &CampaignShare{})

// CampaignState is where a campaign stands.
type CampaignState string

// The states of a campaign:
//
//	draft ──submit──▶ signing ──last signature──▶ scheduled ──claim_from──▶ live ──claim_until──▶ ended ──▶ archived
//	  ▲                  │                            │                      │ ▲
//	  └── a new version ─┘                            └────▶ paused ◀── pause┘ └ resume
//
// A campaign without partners skips signing; one whose claim window is open skips scheduled. Every state before ended can
// be ended by hand. An archived one is out of the lists, and still there for who has its address.
const (
	CampaignDraft     CampaignState = "draft"
	CampaignSigning   CampaignState = "signing"
	CampaignScheduled CampaignState = "scheduled"
	CampaignLive      CampaignState = "live"
	CampaignPaused    CampaignState = "paused"
	CampaignEnded     CampaignState = "ended"
	CampaignArchived  CampaignState = "archived"
)

// Editable tells whether nobody holds anybody to the terms yet: a change is simply the next version.
func (s CampaignState) Editable() bool { return s == CampaignDraft || s == CampaignSigning }

// Running tells whether everyone has signed and it is not over: a change is proposed, and the present terms run on until
// everyone has signed the new ones.
func (s CampaignState) Running() bool {
	return s == CampaignScheduled || s == CampaignLive || s == CampaignPaused
}

// CampaignGiven says how a campaign's coupons come to people.
type CampaignGiven string

// The ways of giving out.
const (
	GivenPublic     CampaignGiven = "public"      // every member of the street can claim
	GivenNewMembers CampaignGiven = "new_members" // handed to each new member on joining: the street's welcome
)

// Campaign is what a store offers; a coupon is one member's copy. Version counts the terms: whoever signs, signs one
// version. Remaining counts what can still be claimed; with Claimed, Printed and Veiled it is always what may be given out
// (Issuable).
type Campaign struct {
	ID          ID `gorm:"primaryKey"`
	AllianceID  ID
	StoreID     ID // the issuer
	Title       string
	Description string
	Offer       `gorm:"embedded"`
	Stacking    `gorm:"embedded"`
	Validity    `gorm:"embedded"`
	Limits      `gorm:"embedded"`
	Audience    Audience `gorm:"serializer:json"`
	Handing     `gorm:"embedded"`
	Given       CampaignGiven
	Stock       int64
	Remaining   int64
	Claimed     int64
	Printed     int64 // codes on paper that nobody has taken yet
	Veiled      int64 // held back by private sends (CampaignVeil)
	PerMember   int64
	ClaimFrom   time.Time
	ClaimUntil  time.Time // the last moment to claim
	State       CampaignState
	Version     int64
	CreatedBy   ID // account
	CreatedAt   time.Time
	SignedAt    *time.Time // when the last signature came: from then on the street may see it
	StartedAt   *time.Time
	EndedAt     *time.Time
	Proposed    int64      // the version that waits to take the place of this one; 0: none
	LeaveDue    *time.Time // when the next partner that gave notice leaves; nil: none does
}

// TableName implements gorm's Tabler.
func (Campaign) TableName() string { return "campaigns" }

// Out is how many coupons are out as anybody may know it: those that were given out, and what private sends hold back.
func (c Campaign) Out() int64 { return c.Claimed + c.Veiled }

// Over tells whether the claim window has passed.
func (c Campaign) Over(now time.Time) bool { return now.After(c.ClaimUntil) }

// StateAfterSigning is the state of a campaign that everyone has signed, or that is resumed.
func (c Campaign) StateAfterSigning(now time.Time) CampaignState {
	switch {
	case c.Over(now):
		return CampaignEnded
	case c.ClaimFrom.After(now):
		return CampaignScheduled
	}
	return CampaignLive
}

// StateAt is the state that the clock alone brings a signed campaign to.
func (c Campaign) StateAt(now time.Time) CampaignState {
	switch c.State {
	case CampaignScheduled, CampaignLive:
		return c.StateAfterSigning(now)
	case CampaignPaused:
		if c.Over(now) {
			return CampaignEnded
		}
	}
	return c.State
}

// Issuable is how many coupons of a campaign's first terms may be given out: the stock, or, when money is set aside at the
// claim, less when the budget or a funder's cap is reached before. Then no coupon in a wallet ever meets an empty cap.
func (c Campaign) Issuable(shares []CampaignShare) int64 {
	return c.IssuableAfter(shares, Earlier{}, 0)
}

// Claimability says why a member who has claimed so many cannot claim now.
type Claimability string

// The answers to a claim; the empty one means that it can be claimed.
const (
	ClaimNotLive  Claimability = "not_live"
	ClaimTooEarly Claimability = "too_early"
	ClaimTooLate  Claimability = "too_late"
	ClaimSoldOut  Claimability = "sold_out"
	ClaimLimit    Claimability = "claim_limit"

	// These need more than the campaign's row: whoever gives out looks them up.
	ClaimNotInvited Claimability = "not_invited"
	ClaimDayFull    Claimability = "day_full"
	ClaimHousehold  Claimability = "household_limit"
	ClaimNoBudget   Claimability = "budget_spent"
)

// Claimable judges a claim by the clock, not by when some node noticed that the campaign's time had come. The limit
// comes before the stock: who has a coupon is not told that they came too late.
func (c Campaign) Claimable(mine int64, now time.Time) Claimability {
	switch state := c.StateAt(now); {
	case c.SignedAt != nil && c.Over(now):
		return ClaimTooLate
	case state == CampaignScheduled:
		return ClaimTooEarly
	case state != CampaignLive, c.LeaveDue != nil && !now.Before(*c.LeaveDue):
		return ClaimNotLive
	case mine >= c.PerMember:
		return ClaimLimit
	case c.Remaining <= 0:
		return ClaimSoldOut
	}
	return ""
}

// ShareState is where a store's signature stands.
type ShareState string

// The states of a signature.
const (
	ShareWaiting  ShareState = "waiting"
	ShareSigned   ShareState = "signed"
	ShareDeclined ShareState = "declined"
)

// CampaignShare is what one store carries of one version of a campaign, and its signature. The issuer is the first;
// the shares of a version sum to 10,000. Rows of earlier versions stay: they are what was signed then.
type CampaignShare struct {
	CampaignID ID    `gorm:"primaryKey"`
	Version    int64 `gorm:"primaryKey;autoIncrement:false"`
	StoreID    ID    `gorm:"primaryKey"`
	AllianceID ID
	Position   int64
	ShareBPS   int64 `gorm:"column:share_bps"`
	WorstCase  int64 // fen: every coupon of the stock used at its highest cost
	Cap        int64 // fen: the most the store will ever pay; at most the worst case
	State      ShareState
	SignedBy   ID // account
	SignedAt   *time.Time
}

// TableName implements gorm's Tabler.
func (CampaignShare) TableName() string { return "campaign_shares" }

// Partner is a store that is asked to carry a share of the cost; zero is fair too: it honours, and pays nothing.
type Partner struct {
	StoreID  ID
	ShareBPS int64
}

// Shares lays out who carries what of a campaign's present version: the issuer first, with what the partners leave.
// ok is false when a partner comes twice, is the issuer, asks for less than nothing, or all ask for more than the whole.
func (c Campaign) Shares(partners []Partner) (shares []CampaignShare, ok bool) {
	left, seen := int64(BasisPoints), []ID{c.StoreID}
	shares = append(shares, CampaignShare{StoreID: c.StoreID})
	for _, p := range partners {
		if p.ShareBPS < 0 || p.ShareBPS > left || slices.Contains(seen, p.StoreID) {
			return nil, false
		}
		left, seen = left-p.ShareBPS, append(seen, p.StoreID)
		shares = append(shares, CampaignShare{StoreID: p.StoreID, ShareBPS: p.ShareBPS})
	}
	shares[0].ShareBPS = left
	for i := range shares {
		c.fill(&shares[i], int64(i))
	}
	return shares, true
}

func (c Campaign) fill(s *CampaignShare, position int64) {
	s.CampaignID, s.AllianceID, s.Version, s.Position = c.ID, c.AllianceID, c.Version, position
	s.WorstCase = c.WorstCase(c.Stock, s.ShareBPS)
	s.Cap, s.State = s.WorstCase, ShareWaiting
}

// AllSigned tells whether no signature is missing.
func AllSigned(shares []CampaignShare) bool { return Unsigned(shares) == 0 }

// Unsigned counts the signatures that are missing.
func Unsigned(shares []CampaignShare) (n int64) {
	for _, s := range shares {
		if s.State != ShareSigned {
			n++
		}
	}
	return n
}

// SplitCost divides what a redemption costs among the funders, in their order, by their signed shares.
func SplitCost(cost int64, shares []CampaignShare) []int64 {
	weights := make([]int64, len(shares))
	for i, s := range shares {
		weights[i] = s.ShareBPS
	}
	return Split(cost, weights)
}
