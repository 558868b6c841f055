// Package referral pays the store that brought a member in.
//
// When somebody joins, the alliance's fund owes the origin store a credit: a pending transfer. The member's first purchase
// or redemption anywhere on the street posts it; without one in time it is void. When a member buys at another store, that
// store owes the origin store a commission, capped for each member and month: the store that gains from a member pays the
// one that brought it. A member who invited another earns points when that one's credit posts.
//
//	member.joined ── referral pending ──┬── Gain (first purchase in time) ── posted ── inviter's points
//	                                    │         └── that visit reversed ── pending again
//	                                    ├── Vest (the time is over), or the store leaves ── voided
//	                                    └── Object ── objected ── Answer ── Decide ── pending: as before, or held anew
//	                                                                             for the store that objected
//	purchase, redemption ── Gain ── commission, or what the month's cap leaves of it
//
// Who the origin store is, models.Attribute decided at joining; every claim stays on record as evidence. Until the credit
// posts, another store may object; a coordinator decides, and both sides' words stay. All money moves through the
// ledger; the rows here say why. Whatever posts takes the alliance's ledger lock first. The rules, numbered, each with
// its test: docs/referral-rules.md.
package referral

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

// Deps is what the feature needs.
type Deps struct {
	DB     *db.DB
	Clock  clock.Clock
	Outbox *outbox.Outbox
	Ledger *ledger.Service
	Pool   *pool.Service
}

// Service is the feature.
type Service struct {
	Deps
	explainers map[string]Explainer
	periods    Periods
}

// New returns the feature, handles the events that concern it, and adds its checks to the audit and its part to what the
// pool tells members.
func New(d Deps) *Service {
	s := &Service{Deps: d, explainers: map[string]Explainer{}}
	outbox.On(d.Outbox, models.EventMemberJoined, "referral.opens-credit", s.joined)
	outbox.OnMany(d.Outbox, models.EventVisitRecorded, "referral.gains", s.visited)
	outbox.On(d.Outbox, models.EventStoreLeft, "referral.store-left", s.storeLeft)
	d.Pool.OnInvitees(s.Invitees)
	d.Pool.OnExport("referral", s.export)
	s.Explain(models.KindReferral, s.explainReferrals)
	s.Explain(models.KindCommission, s.explainCommissions)
	s.Explain(models.KindPointsIssued, s.explainPoints)
	s.Explain(models.KindPointsSpent, s.explainHonoured)
	d.Ledger.Checks.Add("referral.credits", checkCredits, "referrals")
	d.Ledger.Checks.Add("referral.commissions", checkCommissions, "commissions", "commission_months")
	d.Ledger.Checks.Add("referral.objections", checkObjections, "objections", "referrals", "members")
	return s
}

// Of is the referral of a member. Error: not_found for one whom nobody brought in.
func (s *Service) Of(ctx context.Context, alliance, member models.ID) (models.Referral, error) {
	return find(s.DB.Read(ctx), alliance, member)
}

func find(r *gorm.DB, alliance, member models.ID) (models.Referral, error) {
	return db.Find[models.Referral](r, "alliance_id = ? AND member_id = ?", alliance, member)
}

// tell records what became of a referral for the features below.
func (s *Service) tell(tx *gorm.DB, kind string, r models.Referral) error {
	return s.Outbox.Add(tx, r.AllianceID, kind, models.Referred{
		ReferralID: r.ID, MemberID: r.MemberID, StoreID: r.StoreID, InviterID: r.InviterID, Amount: r.Amount,
	})
}
