// Package calendar is the street's life offline: events of its stores, who comes, and the days themselves with their
// lunar dates and market days.
//
//	event:      published ── moved, edited ──▶ published ── cancelled (those signed up are told)
//	occurrence: one date of an event, with places
//	places:     free ── sign up ──▶ signed_up ── checked in ──▶ checked_in (a visit of the host's)
//	              ▲                     │   └── stayed away ──▶ missed
//	              └──── given back ─────┘   walked in, while there is room ──▶ checked_in
//	waiting:    full ── wait ──▶ waiting ── offered, for a time ──▶ signed_up (waiting.go)
//
// Whoever changes places locks the occurrence's row first (holding.go): it says how many are taken and held, on every node.
// Sign-ups that come in one moment share the lock and the commit, in the order in which they came; so a thousand who want a
// hundred places get exactly a hundred, and nobody gets two. The database's CHECKs and unique keys stand behind the lock.
//
// Walk-ins are welcome while there is room: a guest who comes without a place takes one at the door and is checked in. When
// every place is taken they are not, even if someone who signed up has not come yet: that place is kept for them. Phones at the
// door go on without a network (door.go): some places are set aside for them, and their log is brought in later.
//
// Which days are market days and what the moon does is the almanac's, below this package.
package calendar

import (
	"context"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
	"onestreet/server/platform/blob"
	"onestreet/server/platform/clock"
	"onestreet/server/platform/db"
	"onestreet/server/platform/outbox"
	"onestreet/server/platform/token"
	"onestreet/server/platform/web"
	"onestreet/server/pool"
	"onestreet/server/relation"
)

// Deps is what the feature stands on.
type Deps struct {
	DB       *db.DB
	Clock    clock.Clock
	Outbox   *outbox.Outbox
	Keys     *token.Keys // of the addresses of members' own calendars
	Pool     *pool.Service
	Relation *relation.Service
	Pictures *blob.Disk
	Ledger   *ledger.Service // for the audit's checks only: no money moves here
	// Signal tells the followers of a stream what may be lost; called after commits.
	Signal func(alliance models.ID, stream, kind string, data any)
	// PublicURL is what people open, without a slash at its end: calendar entries link to it.
	PublicURL string
}

// Service is the feature.
type Service struct {
	Deps
	signUps *db.Batcher[SignUp, seated]
	feeds   remembered
	guesses web.Misses // of the addresses of members' own calendars
}

// New returns the feature. It adds its part to what the pool exports of a member and does when one leaves, and its
// checks to the audit.
func New(d Deps) *Service {
	s := &Service{Deps: d, feeds: remembered{texts: map[string]string{}}, guesses: web.Misses{Most: guessesMost, Window: guessesIn}}
	s.signUps = db.NewBatcher(d.DB, signUpsAtOnce, s.signUpAll)
	outbox.On(d.Outbox, models.EventMarketRule, "calendar.market-rule", s.marketChanged)
	d.Pool.OnExport("calendar", s.export)
	d.Pool.OnLeave("calendar", s.leave)
	d.Ledger.Checks.Add("calendar.places", auditPlaces)
	d.Ledger.Checks.Add("calendar.check_ins", auditCheckIns)
	d.Ledger.Checks.Add("calendar.paid", auditPaid)
	return s
}

// Close commits the sign-ups that have queued up.
func (s *Service) Close() { s.signUps.Close() }

// Desk is a host with whoever acts for it: a store with a member of its staff, or the street itself (Store is the alliance's
// own id) with a coordinator.
type Desk struct {
	Alliance models.ID
	Store    models.ID
	Account  models.ID
}

// street tells whether a coordinator acts for the street itself.
func (d Desk) street() bool { return d.Store == d.Alliance }

// event reads an event of the desk's store. Error: not_found, also for another store's.
func (d Desk) event(tx *gorm.DB, id models.ID) (models.Event, error) {
	return db.Find[models.Event](tx, "id = ? AND alliance_id = ? AND store_id = ?", id, d.Alliance, d.Store)
}

// occurrence reads an occurrence that the desk's store hosts. Error: not_found, also for another store's.
func (d Desk) occurrence(tx *gorm.DB, id models.ID) (models.Occurrence, error) {
	return db.Find[models.Occurrence](tx, "id = ? AND alliance_id = ? AND store_id = ?", id, d.Alliance, d.Store)
}

// Occurrence reads an occurrence of the street. Error: not_found, also for another street's.
func (s *Service) Occurrence(ctx context.Context, alliance, id models.ID) (models.Occurrence, error) {
	return occurrence(s.DB.Read(ctx), alliance, id)
}

func occurrence(tx *gorm.DB, alliance, id models.ID) (models.Occurrence, error) {
	return db.Find[models.Occurrence](tx, "id = ? AND alliance_id = ?", id, alliance)
}
