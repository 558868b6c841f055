// Package notify tells people what concerns them: members by a letter in their inbox, staff by a line on their store's
// desk.
//
//	domain event ── handler ──▶ notice (facts) ──▶ inbox, unread count ──▶ stream inbox:<member>: notice.created
//	the clock ── coupons that end soon ──┘   └ a nudge: not from a store the member muted, not beyond the street's
//	                                           weekly number
//	domain event ── handler ──▶ desk notice ──▶ the store's desk; signal on desk:<store>
//
// A notice keeps facts, not words. The words (letters.go, lines.go) are written when it is read, in the reader's
// language, as a neighbour would say them; so a member who changes the language finds old letters in the new one, and
// no name of another member is ever copied into an inbox.
//
// Nobody is told the same thing twice: a notice is unique for its member and what it tells of, and every handler takes
// effect in the transaction that marks the event as handled.
package notify

import (
	"context"
	"time"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/clock"
	"onestreet/server/platform/db"
	"onestreet/server/platform/outbox"
	"onestreet/server/platform/realtime"
	"onestreet/server/pool"
)

// Deps is what the feature stands on.
type Deps struct {
	DB       *db.DB
	Clock    clock.Clock
	Outbox   *outbox.Outbox
	Streams  *realtime.Streams
	Identity *identity.Service
	Pool     *pool.Service
}

// Service is the feature.
type Service struct{ Deps }

// New returns the feature and handles the events it tells of. It adds its part to what the pool exports of a member and
// does when one leaves.
func New(d Deps) *Service {
	s := &Service{Deps: d}
	d.Pool.OnExport("notify", s.export)
	d.Pool.OnLeave("notify", s.leave)
	outbox.On(d.Outbox, models.EventMemberJoined, "notify.welcome", s.welcome)
	outbox.On(d.Outbox, models.EventReferralPending, "notify.brought", s.brought)
	outbox.On(d.Outbox, models.EventReferralPosted, "notify.earned", s.earned)
	outbox.On(d.Outbox, models.EventObjectionMade, "notify.objected", s.objected)
	outbox.On(d.Outbox, models.EventObjectionAnswered, "notify.objection-answered", s.answered)
	outbox.On(d.Outbox, models.EventObjectionWithdrawn, "notify.objection-withdrawn", s.withdrawn)
	outbox.On(d.Outbox, models.EventObjectionDecided, "notify.objection-decided", s.decided)
	s.onCoupons()
	s.onEvents()
	outbox.On(d.Outbox, models.EventTalkCalled, "notify.called", s.called)
	outbox.On(d.Outbox, models.EventQuestionAnswered, "notify.answer", s.questionAnswered)
	outbox.On(d.Outbox, models.EventChatWaiting, "notify.chat-waiting", s.chatWaiting)
	outbox.On(d.Outbox, models.EventCircleInvited, "notify.circle-invited", s.circleInvited)
	s.onConduct()
	outbox.On(d.Outbox, models.EventSettlementClosed, "notify.statements-out", s.statementsOut)
	outbox.On(d.Outbox, models.EventStatementSaid, "notify.statement-said", s.statementSaid)
	outbox.On(d.Outbox, models.EventPaymentMarked, "notify.payment-marked", s.paymentMarked)
	outbox.On(d.Outbox, models.EventCorrectionPosted, "notify.correction", s.correctionPosted)
	return s
}

func (s *Service) onCoupons() {
	outbox.On(s.Outbox, models.EventSignatureWanted, "notify.signature", s.signatureWanted)
	outbox.On(s.Outbox, models.EventShareAnswered, "notify.share-answered", s.shareAnswered)
	outbox.On(s.Outbox, models.EventBudgetSpent, "notify.budget-spent", s.budgetSpent)
	outbox.On(s.Outbox, models.EventPartnerLeaving, "notify.partner-leaving", s.partnerLeaving)
	outbox.On(s.Outbox, models.EventHoldersToTell, "notify.holders", s.tellHolders)
	outbox.On(s.Outbox, models.EventPartnerLeft, "notify.partner-left", s.partnerLeft)
	outbox.OnMany(s.Outbox, models.EventCouponRedeemed, "notify.receipt", s.redeemed)
	outbox.On(s.Outbox, models.EventRedemptionReversed, "notify.reversed", s.reversed)
	outbox.On(s.Outbox, models.EventCouponVoided, "notify.coupon-voided", s.couponVoided)
	outbox.On(s.Outbox, models.EventTillEntryUnbooked, "notify.till-unbooked", s.tillUnbooked)
	outbox.On(s.Outbox, models.EventTillEntryDiffers, "notify.till-differs", s.tillDiffers)
	outbox.On(s.Outbox, models.EventCouponHanded, "notify.handed", s.handed)
	outbox.On(s.Outbox, models.EventGiftAccepted, "notify.gift-taken", s.giftTaken)
	outbox.On(s.Outbox, models.EventGiftRefused, "notify.gift-refused", s.giftRefused)
}

func (s *Service) onEvents() {
	outbox.On(s.Outbox, models.EventSignUpMade, "notify.signed-up", s.signedUp)
	outbox.On(s.Outbox, models.EventSignUpCancelled, "notify.given-back", s.givenBack)
	outbox.On(s.Outbox, models.EventOfferMade, "notify.offer-made", s.offerMade)
	outbox.On(s.Outbox, models.EventOfferExpired, "notify.offer-expired", s.offerExpired)
	outbox.On(s.Outbox, models.EventLineClosed, "notify.line-closed", s.lineClosed)
	outbox.On(s.Outbox, models.EventEventMoved, "notify.moved", s.eventMoved)
	outbox.On(s.Outbox, models.EventEventStays, "notify.stays", s.eventStays)
	outbox.On(s.Outbox, models.EventEventCancelled, "notify.cancelled", s.eventCancelled)
	outbox.On(s.Outbox, models.EventEventThanked, "notify.thanked", s.thanked)
	outbox.On(s.Outbox, models.EventHostAsked, "notify.host-asked", s.hostAsked)
}

// Inbox is the name of a member's stream.
func Inbox(member models.ID) string { return "inbox:" + member.String() }

// Desk is the name of a store's stream of signals.
func Desk(store models.ID) string { return "desk:" + store.String() }

// MayFollow lets a member follow their own inbox: the authorizer of inbox streams.
func MayFollow(_ context.Context, who realtime.Subject, id string) error {
	if who.Member.IsZero() || who.Member.String() != id {
		return realtime.ErrNotAllowed
	}
	return nil
}

// facts is what a notice remembers of what it tells. Only the fields of its kind are set; amounts are fen.
type facts struct {
	Store   string      `json:"store,omitempty"`   // a store's name
	Persona string      `json:"persona,omitempty"` // who speaks for it
	Title   string      `json:"title,omitempty"`   // of an event or a campaign
	Place   string      `json:"place,omitempty"`
	Bring   string      `json:"bring,omitempty"`  // what to bring to an event
	Number  int64       `json:"number,omitempty"` // a member's number, people who come
	Count   int64       `json:"count,omitempty"`  // stores of the street, places, days
	Points  int64       `json:"points,omitempty"`
	Off     int64       `json:"off,omitempty"`
	Paid    int64       `json:"paid,omitempty"`
	BPS     int64       `json:"bps,omitempty"` // a share
	Ours    bool        `json:"ours,omitempty"`
	From    time.Time   `json:"from,omitzero"`
	Until   time.Time   `json:"until,omitzero"`
	Why     models.Text `json:"why,omitzero"` // a reason
}
