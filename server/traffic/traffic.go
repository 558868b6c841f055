// Package traffic counts the street: who comes when, who goes from where to where, whose coupons are redeemed where. It
// shows a store its own desk and the coordinator the whole street, and withholds what would tell of too few people.
//
//	visit, joining, redemption ── event ── the rollup rows it touches, computed anew from the facts ── signal
//	                                         days · hours · presences · moves · crossings
//	overview = a few sums of rollups → models.Suppress → the coordinator
//	desk     = the store's own rows, whom to look after, notices → its staff
//
// Rollups are never counted up: a handler reads the facts of the day and the member or store that an event is about and
// sets the rows, holding the street's row meanwhile. So an event that comes twice, late or out of order does no harm, and
// Rebuild, which computes whole days anew, gives the same rows.
//
// Definitions. A move: two visits of a member that follow each other on one local day, in different stores. A crossing:
// a coupon of one store redeemed in another, counted by the day of its redemption until it is taken back. What an hour's
// cell shows is the average of the days of that weekday, rounded; its row's total is the sum of the rounded cells.
package traffic

import (
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
	"onestreet/server/notify"
	"onestreet/server/platform/clock"
	"onestreet/server/platform/db"
	"onestreet/server/platform/outbox"
	"onestreet/server/pool"
	"onestreet/server/referral"
	"onestreet/server/relation"
)

// Deps is what the feature stands on.
type Deps struct {
	DB       *db.DB
	Clock    clock.Clock
	Outbox   *outbox.Outbox
	Ledger   *ledger.Service
	Pool     *pool.Service
	Relation *relation.Service
	Referral *referral.Service
	Notify   *notify.Service
	// Signal tells the followers of a stream what may be lost; called after commits.
	Signal func(alliance models.ID, stream, kind string, data any)
}

// Service is the feature.
type Service struct{ Deps }

// New returns the feature and handles the events that it counts.
func New(d Deps) *Service {
	s := &Service{Deps: d}
	outbox.OnAny(d.Outbox, models.EventVisitRecorded, "traffic.visit", s.onVisits)
	outbox.OnAny(d.Outbox, models.EventVisitCancelled, "traffic.visit-cancelled", s.onVisits)
	outbox.On(d.Outbox, models.EventMemberJoined, "traffic.joined", s.onJoined)
	outbox.On(d.Outbox, models.EventMemberLeft, "traffic.left", s.onLeft)
	outbox.OnAny(d.Outbox, models.EventCouponRedeemed, "traffic.redeemed", s.onRedeemed)
	outbox.OnAny(d.Outbox, models.EventRedemptionReversed, "traffic.reversed", s.onReversed)
	outbox.On(d.Outbox, models.EventReferralPending, "traffic.credit-pending", s.onReferral)
	outbox.On(d.Outbox, models.EventReferralPosted, "traffic.credit-posted", s.onReferral)
	outbox.On(d.Outbox, models.EventReferralVoided, "traffic.credit-voided", s.onReferral)
	outbox.On(d.Outbox, models.EventOriginMoved, "traffic.origin-moved", s.onOriginMoved)
	for _, kind := range []string{models.EventObjectionMade, models.EventObjectionAnswered, models.EventObjectionWithdrawn, models.EventObjectionDecided} {
		outbox.On(d.Outbox, kind, "traffic."+kind, s.onObjection)
	}
	outbox.On(d.Outbox, models.EventSignUpMade, "traffic.signed-up", s.onSignUp)
	outbox.On(d.Outbox, models.EventEventPublished, "traffic.published", s.onPublished)
	outbox.On(d.Outbox, models.EventCampaignStarted, "traffic.started", s.onStarted)
	return s
}

// overviewStream is the name of the coordinators' stream of signals.
const overviewStream = "alliance"

// changed lets the open screens of the coordinators and of some stores know that their figures are others.
func (s *Service) changed(tx *gorm.DB, alliance models.ID, stores ...models.ID) {
	db.AfterCommit(tx, func() {
		s.Signal(alliance, overviewStream, "overview.changed", map[string]any{})
		for _, store := range stores {
			if !store.IsZero() {
				s.Signal(alliance, notify.Desk(store), "desk.changed", map[string]any{})
			}
		}
	})
}
