// Package handout brings a campaign's coupons to people in the ways that are no claim, each through the one door that
// package coupon keeps (GiveOut), so that stock, limits and signatures hold whoever gives.
//
//	a store sends ── an audience, chosen members ── job, a member once ──────┐
//	a secret link or its QR ── a visitor joins by it first ──────────────────┤
//	an event of the street ── a trigger of a live campaign ──────────────────┼──▶ coupon.GiveOut ──▶ the wallet
//	a prize ── by hand with a reason, or by a draw ──────────────────────────┘
//	codes on paper ── stock set aside at printing ── first bearer ───────────────▶ coupon.TakePaper
//	a member's own ── gift link ── a friend, who may join by it first ───────────▶ coupon.PassOn
//
// Rules that are decided here, and nowhere else:
//   - A send is a list of members, written when it starts. The job goes through it in any order and on any node; a member
//     and what came of it change together with the coupon.
//   - A trigger gives once a member and cause (the visit, the occurrence, the joining), whatever is told twice.
//   - A printed code is the bearer's: the first who brings it has it, and the paper is worth nothing then. What was printed
//     is redeemed whatever becomes of the campaign, until the day on the paper; only voiding the batch ends it before.
//   - A gift stays the giver's until it is taken: it can be used, and taken back. Who got one cannot pass it on again.
package handout

import (
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/coupon"
	"onestreet/server/identity"
	"onestreet/server/ledger"
	"onestreet/server/platform/clock"
	"onestreet/server/platform/db"
	"onestreet/server/platform/outbox"
	"onestreet/server/pool"
	"onestreet/server/relation"
)

// Deps is what the feature stands on.
type Deps struct {
	DB       *db.DB
	Clock    clock.Clock
	Outbox   *outbox.Outbox
	Identity *identity.Service
	Ledger   *ledger.Service
	Pool     *pool.Service
	Relation *relation.Service
	Coupon   *coupon.Service
	// Signal tells the followers of a stream what may be lost; called after commits.
	Signal func(alliance models.ID, stream, kind string, data any)
}

// Service is the feature.
type Service struct {
	Deps
	claims *db.Batcher[linkClaim, models.Coupon]
}

// claimBatch bounds how many claims by link share one commit.
const claimBatch = 256

// New returns the feature and handles the events that its triggers wait for; close it to commit the claims under way. It
// adds its part to what the pool exports of a member and does when one leaves, and its checks to the audit.
func New(d Deps) *Service {
	s := &Service{Deps: d}
	s.claims = db.NewBatcher(d.DB, claimBatch, s.claimAll)
	d.Pool.OnExport("handout", s.export)
	d.Pool.OnLeave("handout", s.leave)
	outbox.OnMany(d.Outbox, models.EventVisitRecorded, "handout.visit", s.onVisits)
	outbox.On(d.Outbox, models.EventCheckInMade, "handout.check-in", s.onCheckIn)
	outbox.On(d.Outbox, models.EventEventThanked, "handout.thanked", s.onThanked)
	outbox.On(d.Outbox, models.EventMemberJoined, "handout.joined", s.onJoined)
	s.audit()
	return s
}

// Close answers the claims that are queued and takes no more.
func (s *Service) Close() { s.claims.Close() }

// Staff is somebody acting for a store.
type Staff = coupon.Staff

// campaign reads a campaign of the store. Error: not_found.
func (s *Service) campaign(tx *gorm.DB, by Staff, id models.ID) (models.Campaign, error) {
	return db.Find[models.Campaign](tx, "id = ? AND alliance_id = ? AND store_id = ?", id, by.Alliance, by.Store)
}

// note is what is recorded of a coupon that was handed out.
type note struct {
	way    models.Way
	cause  models.ID
	source models.ID
	reason string
	by     models.ID
}

// record writes down how a coupon came to its member, and tells the features above. The unique key of campaign, member and
// cause is the last guard: a cause that gave already fails the transaction.
func (s *Service) record(tx *gorm.DB, c models.Coupon, n note) error {
	row := models.Handout{
		CouponID: c.ID, AllianceID: c.AllianceID, CampaignID: c.CampaignID, MemberID: c.MemberID, Way: n.way, CauseID: n.cause,
		SourceID: n.source, Reason: n.reason, ByAccount: n.by, At: s.Clock.Now(),
	}
	if err := tx.Create(&row).Error; err != nil {
		return err
	}
	return s.Outbox.Add(tx, c.AllianceID, models.EventCouponHanded, models.CouponHanded{
		CouponID: c.ID, MemberID: c.MemberID, CampaignID: c.CampaignID, Way: n.way, At: row.At,
	})
}
