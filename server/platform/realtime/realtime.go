// Package realtime brings what happened to those who follow it, within a second and without losing any of it.
//
// The database is the log, the socket is the fast path. A stream is an ordered list of items ("feed:street",
// "inbox:<member>"). Streams.Append writes an item in the transaction of what it tells of and gives it the next seq of
// its stream, without gaps; after the commit the Broker hands it to every node, and each node's Hub to its connections.
// Whatever the fast path loses, a hole in seq shows, and the hole is filled from the database. Signals (who is here,
// who is typing, like counts) have no seq and may be lost.
//
//	Append (in tx) → row → commit → Broker → Hub: topic puts items in order → shards → outlet of each connection
//	                                                └ hole → read it from the database
//	follow since N → held back while catching up → N+1 … head from the database → what was held → live
//
// The package knows no shop and no login: an Authenticator given at wiring turns a token into a Subject, and an
// Authorizer a stream prefix says who may follow. docs/protocol.md is the contract with clients.
package realtime

import (
	"context"
	"encoding/json"
	"time"

	"onestreet/models"
)

// Key names a stream: names are unique within an alliance.
type Key struct {
	Alliance models.ID
	Stream   string // "feed:street", "inbox:<member>"
}

// Message is an item (Seq from 1) or a signal (Seq 0) on its way from a commit to the followers of its stream.
type Message struct {
	Key  Key
	Seq  int64
	Kind string
	At   time.Time
	Data json.RawMessage
}

// Subject is who sits at the other end of a connection.
type Subject struct {
	Account  models.ID // zero: a visitor
	Alliance models.ID // the street whose streams the connection can follow
	Member   models.ID
	Locale   string    // language of error messages: "zh-CN" or "en"
	Expires  time.Time // when the token ends, and with it the connection; zero: never
	Unseen   bool      // not counted among the people who are there
	Face     any       // what others see when this person types, as JSON; nil: it cannot type
	Caller   any       // for the authorizers only
}

// person is what counts as one in presence: an account on however many devices, or a visitor's connection.
func (s Subject) person(connection models.ID) models.ID {
	if s.Account.IsZero() {
		return connection
	}
	return s.Account
}

// Hello is what a connection says about itself. Token is empty for a visitor; Street is the street's slug, or empty for
// the token's (a visitor's: the default one).
type Hello struct {
	Token  string
	Street string
	Locale string
}

// Authenticator finds out who a hello is from. It refuses with a models.Error: of kind Unauthorized when a new token
// would help, any other kind when not.
type Authenticator func(ctx context.Context, h Hello) (Subject, error)

// Authorizer decides whether s may follow the stream "prefix:id" of its alliance; id is empty for a stream without one.
// It refuses with a models.Error.
type Authorizer func(ctx context.Context, s Subject, id string) error
