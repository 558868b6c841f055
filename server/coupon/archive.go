package coupon

import (
	"context"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
)

// Archive takes a campaign that is over out of the lists; who has its address still reads it. Errors: not_found, not_over.
func (s *Service) Archive(ctx context.Context, by Staff, id models.ID) (models.Campaign, error) {
	return s.turn(ctx, by, id, func(c models.Campaign) (models.CampaignState, error) {
		if c.StateAt(s.Clock.Now()) != models.CampaignEnded {
			return "", ErrNotOver
		}
		return models.CampaignArchived, nil
	})
}

// Duplicate drafts a campaign like another of the store, for another time. Dates of validity move along with the beginning;
// days on which it does not work stay behind. A partner that has left the street, or trades no more, is left out, and its
// share falls to the issuer. Errors: not_found, invalid, store_suspended.
func (s *Service) Duplicate(ctx context.Context, by Staff, id models.ID, from, until time.Time) (models.Campaign, error) {
	var like Terms
	err := s.DB.Tx(ctx, func(tx *gorm.DB) error {
		c, err := s.lockOwn(tx, by, id)
		if err != nil {
			return err
		}
		shares, err := sharesOf(tx, c)
		if err != nil {
			return err
		}
		like = termsOf(c, shares)
		return s.dropIdle(tx.Statement.Context, by.Alliance, &like)
	})
	if err != nil {
		return models.Campaign{}, err
	}
	like.shift(from, until)
	return s.Create(ctx, by, like)
}

// shift moves terms to another beginning.
func (t *Terms) shift(from, until time.Time) {
	by := from.Sub(t.ClaimFrom)
	for _, at := range []**time.Time{&t.ValidFrom, &t.ValidUntil} {
		if *at != nil {
			moved := (*at).Add(by)
			*at = &moved
		}
	}
	if t.ValidUntil != nil && t.ValidUntil.Before(until) {
		t.ValidUntil = &until
	}
	t.ClaimFrom, t.ClaimUntil, t.NotOn = from, until, nil
}

func (s *Service) dropIdle(ctx context.Context, alliance models.ID, t *Terms) error {
	var trading []models.Partner
	for _, p := range t.Partners {
		found, err := s.Pool.Store(ctx, alliance, p.StoreID)
		if err != nil {
			return err
		}
		if found.Active() {
			trading = append(trading, p)
		}
	}
	t.Partners = trading
	return nil
}
