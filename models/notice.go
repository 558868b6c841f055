package models

import (
	"slices"
	"time"
)

var _ = table(&Notice{}, &DeskNotice{})

// NoticeKind says what a notice in a member's inbox is about.
type NoticeKind string

// The kinds of notices to members.
const (
	NoticeWelcome        NoticeKind = "welcome"             // a word from the store that brought the member in
	NoticeInviteEarned   NoticeKind = "invite_earned"       // points for someone brought in who has bought
	NoticeReceipt        NoticeKind = "coupon_redeemed"     // what was taken off, and where
	NoticeReversed       NoticeKind = "redemption_reversed" // the coupon is back
	NoticeCouponExpiring NoticeKind = "coupon_expiring"     // three days or less are left
	NoticeCouponVoided   NoticeKind = "coupon_voided"       // the issuer made it void, and says why
	NoticeStoreLeaving   NoticeKind = "coupon_store_leaves" // a store takes it only until a day before its end
	NoticeCouponSent     NoticeKind = "coupon_sent"         // a store sent one, or it came for something that the member did
	NoticePrize          NoticeKind = "coupon_prize"        // one that the member has won
	NoticeGiftTaken      NoticeKind = "gift_taken"          // a friend has taken what the member gave
	NoticeGiftRefused    NoticeKind = "gift_refused"        // a friend would not have it: it is the giver's as before
	NoticeSignedUp       NoticeKind = "signed_up"           // a place at an event
	NoticeEventMoved     NoticeKind = "event_moved"         // another time or place
	NoticeEventCancelled NoticeKind = "event_cancelled"     // it is off
	NoticeAnswer         NoticeKind = "answer"              // a person has answered what the helper could not
	NoticeInvited        NoticeKind = "circle_invited"      // a moderator invites the member into a circle
	NoticeCalled         NoticeKind = "called"              // somebody called the member by name in the feed
	NoticeAnswered       NoticeKind = "answered"            // somebody answered what the member said
	NoticeReportDecided  NoticeKind = "report_decided"      // what came of a report of the member's
	NoticePostPassed     NoticeKind = "post_passed"         // what waited for a moderator is shown
	NoticePostRefused    NoticeKind = "post_refused"        // a moderator did not show it, or took it down
	NoticeStrike         NoticeKind = "strike"              // an advert was held against the member
	NoticeAppeal         NoticeKind = "appeal"              // what came of an appeal
	NoticeMuted          NoticeKind = "muted"               // a moderator mutes the member for a time
	NoticeMuteEnded      NoticeKind = "mute_ended"          // the member may speak again
	NoticeOfferMade      NoticeKind = "place_offered"       // who waited can have places, for a time
	NoticeOfferExpired   NoticeKind = "offer_expired"       // and let them pass
	NoticeLineClosed     NoticeKind = "line_closed"         // it has begun, and there was no place
	NoticeEventTomorrow  NoticeKind = "event_tomorrow"      // a day before
	NoticeEventSoon      NoticeKind = "event_soon"          // an hour before
	NoticePart           NoticeKind = "series_part"         // the next part of a series that the member follows
	NoticeThanks         NoticeKind = "event_thanks"        // the host thanks who came
	NoticeEventStays     NoticeKind = "event_stays"         // the market moved, the event did not
	NoticeMarketEve      NoticeKind = "market_eve"          // the evening before market day
)

// Nudge tells whether a notice of this kind wants the member to do something for a store. Nudges stop at the street's
// weekly number of pushed messages and at stores the member muted; answers to what the member did always arrive.
func (k NoticeKind) Nudge() bool { return slices.Contains(Nudges, k) }

// Nudges are the kinds that count against the weekly number.
var Nudges = []NoticeKind{NoticeCouponExpiring, NoticeCouponSent}

// NudgeWeek is the span that the alliance's weekly number counts.
const NudgeWeek = 7 * 24 * time.Hour

// Notice is one letter in a member's inbox. It keeps the facts, not the words: they are written when it is read, in the
// reader's language.
type Notice struct {
	ID         ID `gorm:"primaryKey"`
	AllianceID ID
	MemberID   ID
	Kind       NoticeKind
	Reference  string // what it tells of, such as "redemption:<id>": unique for the member, so nobody is told twice
	StoreID    ID     // whose voice it is in
	Link       string // where the app goes on a tap, such as "/calendar/<occurrence>"
	Facts      string // JSON
	At         time.Time
	ReadAt     *time.Time
}

// TableName implements gorm's Tabler.
func (Notice) TableName() string { return "notices" }

// DeskKind says what a notice on a store's desk is about.
type DeskKind string

// The kinds of notices to a store's staff.
const (
	DeskSignatureWanted DeskKind = "signature_wanted" // another store asks to share a campaign's cost
	DeskNewMember       DeskKind = "new_member"       // our code brought someone in; the credit is pending
	DeskCreditPosted    DeskKind = "credit_posted"    // whom we brought in has bought
	DeskCouponElsewhere DeskKind = "coupon_elsewhere" // a coupon that we help to pay was redeemed at another store
	DeskCouponReturned  DeskKind = "coupon_returned"  // and that was taken back
	DeskTillUnbooked    DeskKind = "till_unbooked"    // a till took a coupon without a network, and it did not count
	DeskTillDiffers     DeskKind = "till_differs"     // a till without a network took off another sum than the terms give
	DeskSignUps         DeskKind = "sign_ups"         // so many come to our event
	DeskHostAsked       DeskKind = "host_asked"       // another store asks us to host an event together
	DeskCalled          DeskKind = "called"           // somebody called us by name in the feed
	DeskChatWaiting     DeskKind = "chat_waiting"     // a customer has written, and nobody has read it

	DeskShareSigned    DeskKind = "share_signed"    // a store that we asked has signed its share of our campaign
	DeskShareDeclined  DeskKind = "share_declined"  // and does not take part
	DeskBudgetSpent    DeskKind = "budget_spent"    // what stood behind a campaign of ours is used up
	DeskPartnerLeaving DeskKind = "partner_leaving" // a store that funds a campaign with us gave notice
	DeskPartnerLeft    DeskKind = "partner_left"    // and has left

	DeskStatementOut      DeskKind = "statement_out"      // a month is closed: our statement waits for us
	DeskStatementDisputed DeskKind = "statement_disputed" // we said what is wrong with it
	DeskStatementReplied  DeskKind = "statement_replied"  // the coordinator replied
	DeskPaymentMarked     DeskKind = "payment_marked"     // the other side of a payment recorded it
	DeskPaymentTakenBack  DeskKind = "payment_taken_back" // and took that back
	DeskPaymentSettled    DeskKind = "payment_settled"    // both sides have recorded it
	DeskCorrection        DeskKind = "correction"         // the coordinator put something right with us

	DeskObjection          DeskKind = "objection"           // another store objects to a credit of ours
	DeskObjectionAnswered  DeskKind = "objection_answered"  // the store that we object to has said its side
	DeskObjectionWithdrawn DeskKind = "objection_withdrawn" // another store has taken its objection back
	DeskObjectionDecided   DeskKind = "objection_decided"   // the coordinator has decided a case of ours
)

// DeskNotice is one line on a store's desk: something happened that its staff want to know. Like a Notice it keeps the
// facts; Amount (fen, signed) is what it moves in the books.
type DeskNotice struct {
	ID         ID `gorm:"primaryKey"`
	AllianceID ID
	StoreID    ID
	Kind       DeskKind
	Reference  string // unique for the store
	Facts      string // JSON
	Amount     int64
	At         time.Time
}

// TableName implements gorm's Tabler.
func (DeskNotice) TableName() string { return "desk_notices" }
