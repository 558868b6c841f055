// Package books takes a street's books as a whole: audits them, says how the audits went, and gives them away as a file that
// anyone can audit without the server.
//
//	the server's database ── Export ──▶ a file ── AuditFile ──▶ a scratch database
//	          │                                                        │
//	          └───────────────── the same checks ──────────────────────┘
//
// There is one set of rules, the audit's (server/ledger, and the checks that features add to it). A file is brought back
// into bare tables and audited like the database it came from; so nothing is written twice, and a check that a feature adds
// runs on both as soon as its tables are among the records. An export has no keys to anyone's door: members are ids,
// coupons have no codes, and what people wrote stays at home.
//
// Every street is audited each night by the clock and whenever its coordinator asks, one audit at a time:
//
//	(none) ── clock or coordinator ──▶ running ──▶ passed | found (a row does not hold) | failed (could not be read)
package books

import (
	"context"
	"log/slog"
	"sync"

	"onestreet/models"
	"onestreet/server/ledger"
	"onestreet/server/platform/clock"
	"onestreet/server/platform/db"
	"onestreet/server/pool"
)

// Deps is what the feature needs.
type Deps struct {
	DB     *db.DB
	Clock  clock.Clock
	Ledger *ledger.Service
	Pool   *pool.Service
	Signal func(alliance models.ID, stream, kind string, data any)
	Log    *slog.Logger
}

// Service is the feature.
type Service struct {
	Deps
	running sync.WaitGroup
	stop    context.CancelFunc
	until   context.Context //nolint:containedctx // the audits that run behind a request end with the service
}

// New returns the feature.
func New(d Deps) *Service {
	s := &Service{Deps: d}
	s.until, s.stop = context.WithCancel(context.Background())
	return s
}

// Close ends the audits that run and waits for them.
func (s *Service) Close() {
	s.stop()
	s.running.Wait()
}
