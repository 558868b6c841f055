// Package helper is 小二, the street's helper. It answers what people ask again and again: what is on today, what is
// open, my coupons, my points, how levels work, where to find something. It knows what the street's own data say and
// what the stores have taught it; it asks no service on the network.
//
//	question ── words brought to one form (plain.go)
//	   ├ it names a store that has taught an answer ── that store's
//	   ├ the street has taught one ── the street's
//	   ├ what it is about (intent.go) ── an answer from the data (answer.go)
//	   ├ a store has taught one ── the store's, by its name
//	   └ else ── a question to a person: the store it names, or the coordinator ── answered ── a letter, and perhaps a lesson
//	a post or comment that calls @小二 ── the same, as a comment; what is a member's own is never told in the feed
//
// Doubt is no answer: a question that two intents claim alike goes to a person. What a store teaches never stands before
// the street's own data or before another store.
package helper

import (
	"onestreet/models"
	"onestreet/server/calendar"
	"onestreet/server/coupon"
	"onestreet/server/feed"
	"onestreet/server/identity"
	"onestreet/server/platform/clock"
	"onestreet/server/platform/db"
	"onestreet/server/platform/outbox"
	"onestreet/server/pool"
)

// Deps is what the feature stands on.
type Deps struct {
	DB       *db.DB
	Clock    clock.Clock
	Outbox   *outbox.Outbox
	Identity *identity.Service
	Pool     *pool.Service
	Coupon   *coupon.Service
	Calendar *calendar.Service
	Feed     *feed.Service
	// Signal tells the followers of a stream what may be lost; called after commits.
	Signal func(alliance models.ID, stream, kind string, data any)
}

// Service is the feature.
type Service struct{ Deps }

// New returns the feature and listens to the feed for its name.
func New(d Deps) *Service {
	s := &Service{Deps: d}
	d.Pool.OnExport("helper", s.export)
	d.Pool.OnLeave("helper", s.leave)
	outbox.On(d.Outbox, models.EventPostCreated, "helper.called", s.called)
	return s
}
