package handout

import (
	"bytes"
	"context"
	"errors"
	"slices"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/coupon"
	"onestreet/server/platform/db"
)

// MakeLink gives a campaign its secret link. One that stands is answered as it is; renew ends it and makes another, for
// when it got about too far. Errors: not_found, given_otherwise, store_suspended.
func (s *Service) MakeLink(ctx context.Context, by Staff, campaign models.ID, renew bool) (models.JoinLink, error) {
	var link models.JoinLink
	err := s.DB.Tx(ctx, func(tx *gorm.DB) error {
		c, err := s.campaign(db.Lock(tx), by, campaign)
		if err != nil {
			return err
		}
		if !c.Gives(models.WayLink) {
			return coupon.ErrOtherWay
		}
		if err := s.trading(tx, by); err != nil {
			return err
		}
		link, err = s.standingLink(tx, campaign)
		switch {
		case errors.Is(err, models.ErrNotFound):
		case err != nil || !renew:
			return err
		default:
			if err := s.Pool.EndLink(tx, link.ID); err != nil {
				return err
			}
		}
		link, err = s.Pool.CouponLink(tx, c)
		return err
	})
	return link, err
}

// EndLink ends a campaign's link; who has the coupon keeps it. Errors: not_found.
func (s *Service) EndLink(ctx context.Context, by Staff, campaign models.ID) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		if _, err := s.campaign(db.Lock(tx), by, campaign); err != nil {
			return err
		}
		link, err := s.standingLink(tx, campaign)
		if err != nil {
			return err
		}
		return s.Pool.EndLink(tx, link.ID)
	})
}

// standingLink is the link of a campaign that has not ended. Error: not_found.
func (s *Service) standingLink(tx *gorm.DB, campaign models.ID) (models.JoinLink, error) {
	return db.Find[models.JoinLink](tx.Order("created_at DESC, id DESC"), "campaign_id = ? AND kind = ? AND expires_at > ?", campaign, models.TouchCoupon, s.Clock.Now())
}

// trading refuses a store that a coordinator has suspended. Error: store_suspended.
func (s *Service) trading(tx *gorm.DB, by Staff) error {
	store, err := s.Pool.Store(tx.Statement.Context, by.Alliance, by.Store)
	if err == nil && !store.Active() {
		err = coupon.ErrSuspended
	}
	return err
}

// linkClaim is one member asking for a coupon by a campaign's link.
type linkClaim struct{ alliance, campaign, link, member models.ID }

// codeTries is how often a claim is tried again when a fresh code was taken: one in billions, by chance.
const codeTries = 3

// claimByLink takes a coupon for a member who has the link. Claims that come at the same time share one commit.
func (s *Service) claimByLink(ctx context.Context, q linkClaim) (models.Coupon, error) {
	for try := 1; ; try++ {
		c, err := s.claims.Do(ctx, q)
		if !db.IsDuplicate(err) || try == codeTries {
			return c, err
		}
	}
}

// claimAll answers a batch of claims in one transaction, campaign by campaign in the order of their ids, so that two nodes
// lock rows in the same order.
func (s *Service) claimAll(tx *gorm.DB, batch []linkClaim) ([]db.Answer[models.Coupon], error) {
	order := make([]int, len(batch))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return bytes.Compare(batch[a].campaign[:], batch[b].campaign[:]) })
	answers := make([]db.Answer[models.Coupon], len(batch))
	for len(order) > 0 {
		n := 1
		for n < len(order) && batch[order[n]].campaign == batch[order[0]].campaign {
			n++
		}
		if err := s.claimGroup(tx, batch, order[:n], answers); err != nil {
			return nil, err
		}
		order = order[n:]
	}
	return answers, nil
}

func (s *Service) claimGroup(tx *gorm.DB, batch []linkClaim, group []int, answers []db.Answer[models.Coupon]) error {
	first := batch[group[0]]
	o := coupon.Order{Alliance: first.alliance, Campaign: first.campaign, Way: models.WayLink}
	for _, i := range group {
		o.Members = append(o.Members, batch[i].member)
	}
	given, err := s.Coupon.GiveOut(tx, o)
	if errors.Is(err, models.ErrNotFound) {
		given, err = make([]db.Answer[models.Coupon], len(group)), nil
		for i := range given {
			given[i].Err = models.ErrNotFound
		}
	}
	if err != nil {
		return err
	}
	for at, i := range group {
		if answers[i] = given[at]; given[at].Err != nil {
			continue
		}
		c := given[at].Value
		if err := s.record(tx, c, note{way: models.WayLink, cause: c.ID, source: batch[i].link}); err != nil {
			return err
		}
	}
	return nil
}
