package models

import "time"

// The payloads of the domain events that features hand each other through the outbox; each stands beside its kind.
// They hold ids, amounts and times only: no names, no phones.

// EventMemberJoined is the kind of MemberJoined.
const EventMemberJoined = "member.joined"

// MemberJoined tells that an account became a member of the pool. Attribution is the decision with all its claims.
type MemberJoined struct {
	MemberID      ID          `json:"member_id"`
	AccountID     ID          `json:"account_id"`
	OriginStoreID ID          `json:"origin_store_id,omitzero"`
	LinkID        ID          `json:"link_id,omitzero"`
	InviterID     ID          `json:"inviter_id,omitzero"`
	At            time.Time   `json:"at"`
	Attribution   Attribution `json:"attribution"`
}

// The kinds of Referred.
const (
	EventReferralPending = "referral.pending"
	EventReferralPosted  = "referral.posted"
	EventReferralVoided  = "referral.voided"
)

// Referred tells what became of the credit for bringing a member in. Amount is in fen.
type Referred struct {
	ReferralID ID    `json:"referral_id"`
	MemberID   ID    `json:"member_id"`
	StoreID    ID    `json:"store_id"`
	InviterID  ID    `json:"inviter_id,omitzero"`
	Amount     int64 `json:"amount"`
}

// The kinds of ObjectionChanged.
const (
	EventObjectionMade      = "objection.made"
	EventObjectionAnswered  = "objection.answered"
	EventObjectionWithdrawn = "objection.withdrawn"
	EventObjectionDecided   = "objection.decided"
)

// ObjectionChanged tells where a store's objection to another's credit stands. OriginID is the store that had the credit
// when the objection was made; DecidedFor, once decided, is the store that has it from then on.
type ObjectionChanged struct {
	ObjectionID ID `json:"objection_id"`
	ReferralID  ID `json:"referral_id"`
	MemberID    ID `json:"member_id"`
	StoreID     ID `json:"store_id"`
	OriginID    ID `json:"origin_id"`
	DecidedFor  ID `json:"decided_for,omitzero"`
}

// EventOriginMoved is the kind of OriginMoved.
const EventOriginMoved = "member.origin_moved"

// OriginMoved tells that a coordinator has decided that another store brought a member in. JoinedAt is when the member
// joined; the inviters are zero where there is none.
type OriginMoved struct {
	MemberID    ID        `json:"member_id"`
	FromID      ID        `json:"from_id"`
	ToID        ID        `json:"to_id"`
	FromInviter ID        `json:"from_inviter,omitzero"`
	ToInviter   ID        `json:"to_inviter,omitzero"`
	JoinedAt    time.Time `json:"joined_at"`
}

// EventStoreLeft is the kind of StoreDeparted.
const EventStoreLeft = "store.left"

// StoreDeparted tells that a coordinator has let a store go.
type StoreDeparted struct {
	StoreID ID `json:"store_id"`
}

// EventMarketRule is the kind of MarketRuleChanged.
const EventMarketRule = "market.rule"

// MarketRuleChanged tells that the street holds market on other days than before.
type MarketRuleChanged struct {
	From string `json:"from"`
	To   string `json:"to"`
}

// The kinds of EventChanged. Stays: the market moved, and this date did not. Moved is another time or place.
const (
	EventEventPublished = "event.published"
	EventEventMoved     = "event.moved"
	EventEventCancelled = "event.cancelled"
	EventEventStays     = "event.stays"
	EventEventWithdrawn = "event.withdrawn" // taken out of the calendar before anybody signed up: there is no such event any more
)

// EventChanged tells that an event stands in the calendar, has moved, or is off.
type EventChanged struct {
	EventID      ID `json:"event_id"`
	OccurrenceID ID `json:"occurrence_id,omitzero"` // the one date that it is about; zero: all of them
}

// The kinds of SignUpChanged.
const (
	EventSignUpMade      = "signup.made"
	EventSignUpCancelled = "signup.cancelled" // places given back, or the waiting list left
	EventSignUpWaiting   = "signup.waiting"   // on the waiting list
	EventOfferExpired    = "offer.expired"    // places were offered and not taken in time
	EventLineClosed      = "line.closed"      // it has begun, or is off, and they still waited
)

// SignUpChanged tells that a member took places at an occurrence, gave them back, or where they stand on its waiting list.
type SignUpChanged struct {
	OccurrenceID ID `json:"occurrence_id"`
	MemberID     ID `json:"member_id"`
}

// EventOfferMade is the kind of OfferMade.
const EventOfferMade = "offer.made"

// OfferMade tells that one who waits is offered places until a time.
type OfferMade struct {
	OccurrenceID ID        `json:"occurrence_id"`
	MemberID     ID        `json:"member_id"`
	Places       int       `json:"places"`
	Until        time.Time `json:"until"`
}

// EventCheckInMade is the kind of CheckInMade.
const EventCheckInMade = "checkin.made"

// HostGift is a coupon that a store which hosts with others gives for coming.
type HostGift struct {
	StoreID    ID `json:"store_id"`
	CampaignID ID `json:"campaign_id"`
}

// CheckInMade tells that a member came to an occurrence of a store. GiftID is the campaign whose coupon the host gives for it,
// Gifts are what those give who host it too.
type CheckInMade struct {
	OccurrenceID ID     `json:"occurrence_id"`
	MemberID     ID     `json:"member_id"`
	StoreID      ID     `json:"store_id"`
	GiftID       ID     `json:"gift_id,omitzero"`
	ByID         ID     `json:"by_id,omitzero"` // account of the staff
	Title        string `json:"title,omitempty"`

	Gifts []HostGift `json:"gifts,omitempty"`
}

// The kinds of VisitRecorded.
const (
	EventVisitRecorded  = "visit.recorded"
	EventVisitCancelled = "visit.cancelled" // its redemption was reversed
)

// VisitRecorded tells that a member was seen in a store, or that it turned out not to count. Amount is what was paid,
// in fen; At is when the member was seen.
type VisitRecorded struct {
	VisitID  ID        `json:"visit_id"`
	StoreID  ID        `json:"store_id"`
	MemberID ID        `json:"member_id"`
	Kind     VisitKind `json:"kind"`
	Amount   int64     `json:"amount"`
	At       time.Time `json:"at"`
}

// EventCampaignStarted is the kind of CampaignStarted.
const EventCampaignStarted = "campaign.started"

// CampaignStarted tells that a campaign has gone live: its coupons can be claimed.
type CampaignStarted struct {
	CampaignID ID `json:"campaign_id"`
}

// EventCampaignChanged is the kind of CampaignChanged.
const EventCampaignChanged = "campaign.changed"

// CampaignChanged tells that a campaign's state or stock is another; Remaining is what can still be claimed.
type CampaignChanged struct {
	CampaignID ID    `json:"campaign_id"`
	Remaining  int64 `json:"remaining"`
}

// EventBudgetSpent is the kind of BudgetRanOut.
const EventBudgetSpent = "campaign.budget_spent"

// BudgetRanOut tells that what stood behind a campaign's coupons is spent: they do not redeem any more.
type BudgetRanOut struct {
	CampaignID ID `json:"campaign_id"`
}

// The kinds of PartnerLeft.
const (
	EventPartnerLeaving = "campaign.partner_leaving" // notice is given
	EventPartnerLeft    = "campaign.partner_left"    // and over
)

// PartnerLeft tells that a store leaves a campaign, or has: At is when.
type PartnerLeft struct {
	CampaignID ID        `json:"campaign_id"`
	StoreID    ID        `json:"store_id"`
	At         time.Time `json:"at"`
}

// EventHoldersToTell is the kind of HoldersToTell.
const EventHoldersToTell = "campaign.holders_to_tell"

// HoldersToTell asks for letters to the members who hold coupons of a campaign that a store is leaving, page by page: to
// those after After, in the order of their ids.
type HoldersToTell struct {
	PartnerLeft
	After ID `json:"after,omitzero"`
}

// EventSignatureWanted is the kind of SignatureWanted.
const EventSignatureWanted = "campaign.signature_wanted"

// SignatureWanted tells that a store is asked to sign its share of a campaign.
type SignatureWanted struct {
	CampaignID ID    `json:"campaign_id"`
	StoreID    ID    `json:"store_id"` // the alliance's own id: its fund is asked
	Version    int64 `json:"version"`
}

// EventShareAnswered is the kind of ShareAnswered.
const EventShareAnswered = "campaign.share_answered"

// ShareAnswered tells that a funder has signed its share of a campaign, or declined it; Missing counts the signatures that
// are still to come.
type ShareAnswered struct {
	CampaignID ID    `json:"campaign_id"`
	StoreID    ID    `json:"store_id"` // the alliance's own id: its fund has answered
	Version    int64 `json:"version"`
	Declined   bool  `json:"declined"`
	Missing    int64 `json:"missing"`
}

// EventCouponClaimed is the kind of CouponClaimed.
const EventCouponClaimed = "coupon.claimed"

// CouponClaimed tells that a member has taken a coupon.
type CouponClaimed struct {
	CouponID   ID `json:"coupon_id"`
	MemberID   ID `json:"member_id"`
	CampaignID ID `json:"campaign_id"`
}

// EventCouponRedeemed is the kind of CouponRedeemed.
const EventCouponRedeemed = "coupon.redeemed"

// CouponRedeemed tells that a coupon was used in a store: each of a bill tells of itself, at its position from 0. Off is
// what it took off, Paid what the bill came to in the end, in fen.
type CouponRedeemed struct {
	RedemptionID ID        `json:"redemption_id"`
	BillID       ID        `json:"bill_id"`
	Position     int64     `json:"position"`
	CouponID     ID        `json:"coupon_id"`
	MemberID     ID        `json:"member_id"`
	StoreID      ID        `json:"store_id"`
	CampaignID   ID        `json:"campaign_id"`
	VisitID      ID        `json:"visit_id"`
	Off          int64     `json:"off"`
	Paid         int64     `json:"paid"`
	At           time.Time `json:"at"`
}

// EventRedemptionReversed is the kind of RedemptionReversed.
const EventRedemptionReversed = "redemption.reversed"

// RedemptionReversed tells that a redemption was taken back on its day.
type RedemptionReversed struct {
	RedemptionID ID `json:"redemption_id"`
}

// EventMemberLeft is the kind of MemberLeft.
const EventMemberLeft = "member.left"

// MemberLeft tells that a member has left; what is personal of them is erased already.
type MemberLeft struct {
	MemberID ID `json:"member_id"`
}

// The kinds of PostCreated and CommentCreated.
const (
	EventPostCreated    = "post.created"
	EventCommentCreated = "comment.created"
)

// PostCreated tells that somebody wrote in a feed. MemberID is set when they wrote as themselves and not in a store's
// name; StoreID is the store whose name it bears or whose thing it is about; both may be zero.
type PostCreated struct {
	PostID          ID        `json:"post_id"`
	AuthorAccountID ID        `json:"author_account_id"`
	Stream          string    `json:"stream"`
	MemberID        ID        `json:"member_id,omitzero"`
	StoreID         ID        `json:"store_id,omitzero"`
	At              time.Time `json:"at"`
}

// CommentCreated tells that somebody wrote under a post. MemberID is as in PostCreated; StoreID is the store whose post
// it is, or zero.
type CommentCreated struct {
	CommentID       ID        `json:"comment_id"`
	PostID          ID        `json:"post_id"`
	AuthorAccountID ID        `json:"author_account_id"`
	MemberID        ID        `json:"member_id,omitzero"`
	StoreID         ID        `json:"store_id,omitzero"`
	At              time.Time `json:"at"`
}
