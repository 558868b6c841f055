// Package relation knows what a member and a store are to each other: every visit and purchase, what else the member
// takes part in, the level that follows, and the portrait that the staff keep.
//
//	Record ── visit, points, facts, level ── visit.recorded ──▶ the features below
//	                                                        └─▶ the inviter's relation: brought a member who bought
//	Honour ── the store takes points for what it gives ── a visit of its own kind
//	post, comment ── participation ── level            Review (daily) ── silence takes levels
//	Cancel ── the visit counts no more, points go back ── visit.cancelled
//
// A level is never counted up or down: models.LevelFacts computes it from everything that happened, and the relation's
// row only remembers the outcome, so that lists are fast and the daily review knows whom silence will cost a level next.
// The portrait (remark, tags, note) is seen by its store and by the member alone.
package relation

import (
	"context"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
	"onestreet/server/platform/clock"
	"onestreet/server/platform/db"
	"onestreet/server/platform/outbox"
	"onestreet/server/pool"
)

// Deps is what the feature stands on.
type Deps struct {
	DB     *db.DB
	Clock  clock.Clock
	Outbox *outbox.Outbox
	Ledger *ledger.Service
	Pool   *pool.Service
	// Signal tells the followers of a stream what may be lost; called after commits.
	Signal func(alliance models.ID, stream, kind string, data any)
}

// Commission is what a purchase owes the store that brought the member in, in fen.
type Commission struct {
	Store  models.ID
	Amount int64
}

// The questions that this feature asks those below it; set at wiring.
type (
	// Quote tells what a store will owe for a purchase of so many fen; the zero store: nothing. The answer is for the
	// till to show: what is owed is posted by a lower feature when it hears of the visit.
	Quote func(ctx context.Context, alliance, store, member models.ID, amount int64) (Commission, error)
	// Present tells whether a member showed a code at the store's till a moment ago. Error: code_needed.
	Present func(ctx context.Context, store, member models.ID) error
)

// Service is the feature.
type Service struct {
	Deps
	quote   Quote
	present Present
}

// New returns the feature. It answers the pool's questions about relations, adds its part to what members take away and
// to what is erased when they leave, and handles the events that make relations closer.
func New(d Deps) *Service {
	s := &Service{Deps: d, quote: noQuote, present: noPresence}
	d.Pool.OnStanding(s.Standing)
	d.Pool.OnHoldings(s.holdings)
	d.Pool.OnExport("relations", s.export)
	d.Pool.OnLeave("relations", s.leave)
	outbox.OnMany(d.Outbox, models.EventVisitRecorded, "relation.brought", s.onVisits)
	outbox.On(d.Outbox, models.EventOriginMoved, "relation.inviter-moved", s.onOriginMoved)
	outbox.On(d.Outbox, models.EventVisitCancelled, "relation.unbrought", s.onCancelled)
	outbox.On(d.Outbox, models.EventPostCreated, "relation.post", s.onPost)
	outbox.On(d.Outbox, models.EventCommentCreated, "relation.comment", s.onComment)
	outbox.On(d.Outbox, models.EventChatTalked, "relation.talk", s.onTalk)
	s.audit()
	return s
}

// OnQuote lets the feature that posts commissions tell what one will be.
func (s *Service) OnQuote(f Quote) { s.quote = f }

// OnPresence lets the feature that reads codes at the till tell who has just shown one.
func (s *Service) OnPresence(f Present) { s.present = f }

func noQuote(context.Context, models.ID, models.ID, models.ID, int64) (Commission, error) {
	return Commission{}, nil
}

func noPresence(context.Context, models.ID, models.ID) error { return ErrCodeNeeded }

// member reads a member who is still on the street. Errors: not_found, member_left.
func (s *Service) member(tx *gorm.DB, alliance, id models.ID) (models.Member, error) {
	m, err := s.Pool.Member(tx.Statement.Context, alliance, id)
	if err == nil && m.Left() {
		err = ErrLeft
	}
	return m, err
}
