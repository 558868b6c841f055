// Package coupon makes campaigns that several shops fund together, gives their coupons out, and redeems them at the till.
//
//	a store drafts → its owner submits (signs) → each partner's owner signs share and cap → scheduled → live → ended
//	                                                                            a member claims → usable → used
//	                                                                                                 ▲       │
//	                                                                                                 └ reversed, same day
//
// Rules that are decided here, and nowhere else:
//   - A change of the terms is a new version; what was signed before counts for nothing then, and stays on record.
//   - What one coupon can cost a funder is set aside when it is claimed: a cap below the worst case gives out fewer
//     coupons (models.Campaign.Issuable), so no coupon in a wallet ever meets an empty cap.
//   - Pausing and ending stop the claims only. A claimed coupon is a promise: it is redeemed until its own end, even when
//     the campaign is paused or its issuer suspended; a suspended store itself neither gives out nor redeems.
//   - Redeeming is one transaction: coupon, receipt, visit, commission, and who owes whom. It happens once whatever is
//     retried: the coupon changes state only from usable, and (coupon, use) is unique.
//   - The till acts for a member within ten minutes of having read their code (models.PresenceLasts), or by a coupon's
//     own code.
package coupon

import (
	"context"
	"time"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/ledger"
	"onestreet/server/platform/clock"
	"onestreet/server/platform/db"
	"onestreet/server/platform/outbox"
	"onestreet/server/platform/realtime"
	"onestreet/server/pool"
	"onestreet/server/referral"
	"onestreet/server/relation"
)

// How many claims, and how many redemptions, share one commit at most, and how far apart batches of redemptions begin at least: one
// of them costs five milliseconds, and two more for each redemption that is in it.
const (
	claimBatch  = 512
	redeemBatch = 32
	redeemApart = 12 * time.Millisecond
)

// fundColor is the sign of the alliance's fund among the stores'.
const fundColor = "#5C5148"

// Deps is what the feature stands on.
type Deps struct {
	DB       *db.DB
	Clock    clock.Clock
	Outbox   *outbox.Outbox
	Streams  *realtime.Streams
	Identity *identity.Service
	Ledger   *ledger.Service
	Pool     *pool.Service
	Relation *relation.Service
	Referral *referral.Service
	Keys     Signers // signs what tills without a network take
}

// Service is the feature.
type Service struct {
	Deps
	claims      *db.Batcher[claim, *handed]
	redemptions *db.Batcher[asked, redeemed]
	onWall      *db.Gather[place, poster]
	hasHad      *db.Gather[place, int64]
	sights      *db.Batcher[place, struct{}]
	paper       PaperCodes
}

// New returns the feature; close it to commit the claims and redemptions under way. It adds its part to what the pool exports of a
// member and does when one joins or leaves, its words to the ledger's lines, and its checks to the audit.
func New(d Deps) *Service {
	s := &Service{Deps: d}
	s.claims = db.NewBatcher(d.DB, claimBatch, s.claimAll)
	s.redemptions = db.NewBatcher(d.DB, redeemBatch, s.redeemAll).Apart(redeemApart)
	s.sights = db.NewBatcher(d.DB, crowd, s.seeAll)
	s.onWall, s.hasHad = db.NewGather(crowd, s.wall), db.NewGather(crowd, s.had)
	d.Pool.OnExport("coupon", s.export)
	d.Pool.OnLeave("coupon", s.leave)
	d.Pool.OnWelcome(s.offerWelcome, s.giveWelcome)
	d.Referral.Explain(models.KindCouponShare, s.explainShares)
	s.audit()
	return s
}

// Close answers the claims and redemptions that are queued and takes no more.
func (s *Service) Close() {
	s.claims.Close()
	s.redemptions.Close()
	s.sights.Close()
}

// street is what a use case knows of the alliance: its settings, its zone, its stores.
type street struct {
	models.Alliance
	zone   *time.Location
	stores map[models.ID]models.StoreRef
	now    time.Time
}

func (s *Service) street(ctx context.Context, alliance models.ID) (street, error) {
	a, err := s.Pool.Alliance(ctx, alliance)
	if err != nil {
		return street{}, err
	}
	refs, err := s.Pool.Refs(ctx, alliance)
	return street{Alliance: a, zone: a.Location(), stores: refs, now: s.Clock.Now()}, err
}

// active refuses a store that a coordinator has suspended. Errors: not_found, store_suspended.
func (s *Service) active(ctx context.Context, alliance, store models.ID) error {
	found, err := s.Pool.Store(ctx, alliance, store)
	if err != nil {
		return err
	}
	if !found.Active() {
		return ErrSuspended
	}
	return nil
}

// daysAgo is the time so many days before now.
func (st street) daysAgo(days int64) time.Time { return st.now.AddDate(0, 0, -int(days)) }

// funder is who carries a share: a store, or the alliance for its fund.
func (st street) funder(id models.ID) models.StoreRef {
	if id != st.ID {
		return st.stores[id]
	}
	return models.StoreRef{ID: id, Slug: "fund", Name: st.Name + "联盟基金", ShortName: "联盟", Color: fundColor, ColorNight: fundColor}
}
