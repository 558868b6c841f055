// Package screen shows the street on a TV in a shop's window: to who walks by, what neighbours say, what is on today, and the
// code by which one comes in.
//
//	owner ── makes a screen ── a link with a secret, opened once on the TV
//	TV ── GET /screen with the secret ── what may be shown now
//	   └─ socket, hello "screen:<secret>" ── feed:street: look again; deleted: gone at once
//	                                      └─ screens: a doubt, a pick, another setting: look again
//	revoked ── the socket ends at once, and the secret opens nothing
//
// A TV is nobody: it sees what a visitor sees, less what a moderator still has to look at, and of people their display names
// only. It is not counted among those who are on the street. A lost signal costs a minute at most: the TV asks by itself.
package screen

import (
	"context"
	"encoding/base32"
	"strings"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/calendar"
	"onestreet/server/conduct"
	"onestreet/server/coupon"
	"onestreet/server/feed"
	"onestreet/server/platform/clock"
	"onestreet/server/platform/db"
	"onestreet/server/platform/outbox"
	"onestreet/server/platform/realtime"
	"onestreet/server/platform/token"
	"onestreet/server/pool"
)

// Stream is what every screen of a street follows besides the feed. It has signals only: "look again".
const Stream = "screens"

// Deps is what the feature stands on.
type Deps struct {
	DB        *db.DB
	Clock     clock.Clock
	Keys      *token.Keys
	Outbox    *outbox.Outbox
	Streams   *realtime.Streams
	Pool      *pool.Service
	Coupon    *coupon.Service
	Calendar  *calendar.Service
	Conduct   *conduct.Service
	Feed      *feed.Service
	PublicURL string
	Revoke    func(screen models.ID) // looks again at what a screen's sockets may follow; called after the commit
}

// Service is the feature.
type Service struct{ Deps }

// New returns the feature. It listens for doubts, and for stores that leave the street.
func New(d Deps) *Service {
	s := &Service{Deps: d}
	d.Conduct.OnDoubt(s.lookAgain)
	outbox.On(d.Outbox, models.EventStoreLeft, "screen.store-left", s.storeLeft)
	return s
}

// secretText writes secrets in what people can type on a remote control: no capitals, none of i l o u.
var secretText = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// secretOf is a screen's secret, 16 characters, 80 bits: nobody guesses it, and who has the database alone does not know it.
func (s *Service) secretOf(screen models.ID) string {
	return secretText.EncodeToString(s.Keys.Hash("screen secret", screen.String())[:10])
}

// markOf is how a screen is found by what somebody typed.
func (s *Service) markOf(secret string) []byte {
	return s.Keys.Hash("screen mark", strings.ToLower(strings.TrimSpace(secret)))
}

// Find reads the screen of a secret. Errors: not_found, screen_off.
func (s *Service) Find(ctx context.Context, secret string) (models.Screen, error) {
	sc, err := db.Find[models.Screen](s.DB.Read(ctx), "mark = ?", s.markOf(secret))
	if err == nil && sc.RevokedAt != nil {
		err = ErrOff
	}
	return sc, err
}

// lookAgain tells the street's screens, once the transaction is through, that what they may show has changed.
func (s *Service) lookAgain(tx *gorm.DB, alliance models.ID) {
	db.AfterCommit(tx, func() { s.Streams.Signal(alliance, Stream, "screens.changed", map[string]any{}) })
}
