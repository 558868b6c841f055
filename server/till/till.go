// Package till lets a store's phone redeem coupons when there is no network, and brings what it did into the books later.
//
//	a manager registers this phone ─▶ till ── contact ──▶ an allotment of each campaign, the terms, the street's key
//	                                    │ no network: a coupon's signed QR code, the bill, a signed line in its log
//	                                    └─ back ── the log, line by line ─▶ booked │ conflict │ refused
//
// Rules that are decided here, and nowhere else (docs/decisions/21-offline-tills.md):
//   - What all tills may redeem out of sight is set aside from the stock before: redeemed + set aside is never above what
//     the campaign's coupons allow (coupon.SetAside, and a CHECK in the database).
//   - A log is numbered. Lines come in order, each once; a gap is refused, a repetition gets the first answer again.
//   - Whoever comes first into the books has the coupon. A second use posts nothing: the store that took it bears what it
//     took off, and is told where the first use was. Nothing that a till did is ever dropped.
//   - When it was is told by the server's clock: a phone's clock may be wrong, its offset is measured at every contact.
//   - Only the signed QR code is taken without a network; a typed code proves nothing to a phone that cannot ask.
package till

import (
	"context"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/coupon"
	"onestreet/server/identity"
	"onestreet/server/ledger"
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
	Ledger   *ledger.Service
	Pool     *pool.Service
	Coupon   *coupon.Service
	// Signal tells open screens that something changed.
	Signal func(alliance models.ID, stream, kind string, data any)
}

// Service is the feature.
type Service struct{ Deps }

// New returns the feature and adds its check to the audit.
func New(d Deps) *Service {
	s := &Service{Deps: d}
	d.Ledger.Checks.Add("till.allotments", auditAllotments, "till_allotments", "campaign_stocks")
	d.Ledger.Checks.Add("till.log", auditLog, "tills", "till_entries", "redemptions")
	return s
}

// Staff is somebody acting for a store.
type Staff = coupon.Staff

// ofStore reads a till of a store. Errors: not_found, till_revoked.
func ofStore(tx *gorm.DB, by Staff, id models.ID) (models.Till, error) {
	t, err := db.Find[models.Till](tx, "id = ? AND alliance_id = ? AND store_id = ?", id, by.Alliance, by.Store)
	if err == nil && t.Revoked() {
		err = ErrRevoked
	}
	return t, err
}

// endOfDay is the last second of the street's day.
func endOfDay(a models.Alliance, now time.Time) time.Time {
	y, m, d := a.Local(now).Date()
	return time.Date(y, m, d, 23, 59, 59, 0, a.Location()).UTC()
}

// offset is how far the server's clock is ahead of a phone's.
func offset(now, device time.Time) time.Duration { return now.Sub(device).Truncate(time.Millisecond) }

// locked runs fn in a transaction that holds the ledger's lock: whatever counts or posts waits there.
func (s *Service) locked(ctx context.Context, alliance models.ID, fn func(tx *gorm.DB) error) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		if _, err := s.Ledger.Lock(tx, alliance); err != nil {
			return err
		}
		return fn(tx)
	})
}

// changed tells the store's open screens to look at its tills again.
func (s *Service) changed(tx *gorm.DB, t models.Till) {
	db.AfterCommit(tx, func() {
		s.Signal(t.AllianceID, "desk:"+t.StoreID.String(), "desk.changed", map[string]any{"till": t.ID})
	})
}
