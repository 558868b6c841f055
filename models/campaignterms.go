package models

import "time"

var _ = table(&CampaignTerms{}, &CampaignNotice{}, &CampaignSeen{})

// TermsState is where a version of a campaign's terms stands.
type TermsState string

// The states of a version.
//
//	proposed ──submit──▶ signing ──last signature──▶ signed
//	    └────────────────────┴──▶ withdrawn
const (
	TermsProposed  TermsState = "proposed" // waits for its issuer's own signature
	TermsSigning   TermsState = "signing"  // waits for the partners'
	TermsSigned    TermsState = "signed"   // runs, or ran until the next one was signed
	TermsWithdrawn TermsState = "withdrawn"
)

// CampaignTerms keeps one version of a running campaign's terms: the one that waits to be signed, and those that coupons
// were claimed under. Terms is the campaign as it read in that version; its counters and its state mean nothing.
type CampaignTerms struct {
	CampaignID ID    `gorm:"primaryKey"`
	Version    int64 `gorm:"primaryKey;autoIncrement:false"`
	AllianceID ID
	State      TermsState
	Terms      Campaign `gorm:"serializer:json"`
	ProposedBy ID       // account; zero: the terms that the campaign began with, or that followed from a store's leaving
	ProposedAt time.Time
	SettledAt  *time.Time // when it was signed by all, or withdrawn
}

// TableName implements gorm's Tabler.
func (CampaignTerms) TableName() string { return "campaign_terms" }

// Under is the campaign as it reads under other terms: what was agreed comes from them, what has happened from the campaign.
func (c Campaign) Under(terms Campaign) Campaign {
	terms.ID, terms.AllianceID, terms.StoreID = c.ID, c.AllianceID, c.StoreID
	terms.Remaining, terms.Claimed, terms.Printed, terms.Veiled = c.Remaining, c.Claimed, c.Printed, c.Veiled
	terms.State, terms.Proposed, terms.LeaveDue = c.State, c.Proposed, c.LeaveDue
	terms.CreatedBy, terms.CreatedAt = c.CreatedBy, c.CreatedAt
	terms.SignedAt, terms.StartedAt, terms.EndedAt = c.SignedAt, c.StartedAt, c.EndedAt
	return terms
}

// CampaignNotice is a partner's word that it leaves. Until LeavesAt it honours the coupons and pays its share; from then on
// its store does not redeem, and it pays its share of the coupons claimed before wherever they are used.
type CampaignNotice struct {
	CampaignID ID `gorm:"primaryKey"`
	StoreID    ID `gorm:"primaryKey"`
	AllianceID ID
	GivenBy    ID // account
	GivenAt    time.Time
	LeavesAt   time.Time
	SettledAt  *time.Time // when the campaign went on without the store, or stopped
}

// TableName implements gorm's Tabler.
func (CampaignNotice) TableName() string { return "campaign_notices" }

// Left tells whether the store has left.
func (n CampaignNotice) Left(now time.Time) bool { return !now.Before(n.LeavesAt) }

// CampaignSeen notes that a member has opened a campaign, once.
type CampaignSeen struct {
	CampaignID ID `gorm:"primaryKey"`
	MemberID   ID `gorm:"primaryKey"`
	AllianceID ID
	At         time.Time
}

// TableName implements gorm's Tabler.
func (CampaignSeen) TableName() string { return "campaign_seen" }

// Without is the shares when a store has left and the issuer carries its part: every other signature stands as it is.
func Without(shares []CampaignShare, gone ID) []CampaignShare {
	kept := make([]CampaignShare, 0, len(shares))
	var freed int64
	for _, s := range shares {
		if s.StoreID == gone {
			freed += s.ShareBPS
			continue
		}
		kept = append(kept, s)
	}
	if len(kept) > 0 {
		kept[0].ShareBPS += freed
	}
	return kept
}
