package pool

import (
	"context"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
)

// Holding is what a store holds of a member beside what the pool knows.
type Holding struct {
	Bought bool // the member bought there: with consent the store may see the phone
	Notes  bool // the staff have written something down
}

// Invitee is how the referral of an invited member stands for the one who invited.
type Invitee struct {
	State  string    // "pending", "posted" or "voided"
	Points int64     // earned by it
	Until  time.Time // a pending one is void after this
}

// Welcome is the ticket that new members get, as the join page shows it.
type Welcome struct {
	Title    string       `json:"title"`
	Off      models.Money `json:"off"`
	MinSpend models.Money `json:"min_spend"`
}

// The questions that the pool asks features below it.
type (
	// StandingOf tells what a store knows of members from their visits.
	StandingOf func(ctx context.Context, alliance, store models.ID, members []models.ID) (map[models.ID]models.Standing, error)
	// HoldingsOf tells by store what the stores hold of a member.
	HoldingsOf func(ctx context.Context, alliance, member models.ID) (map[models.ID]Holding, error)
	// InviteesOf tells by invited member how the referrals of an inviter stand.
	InviteesOf func(ctx context.Context, alliance, inviter models.ID) (map[models.ID]Invitee, error)
	// OfferWelcome is the ticket for new members now, or nil.
	OfferWelcome func(ctx context.Context, alliance models.ID) (*Welcome, error)
	// GiveWelcome hands it to a new member in the transaction that makes them one; its answer is shown, or nil.
	GiveWelcome func(tx *gorm.DB, m models.Member) (any, error)
	// Export tells everything that a feature holds of a member, for the member to take away.
	Export func(ctx context.Context, tx *gorm.DB, m models.Member) (any, error)
	// Leave removes what is personal of a member who leaves, in the transaction that lets them go.
	Leave func(ctx context.Context, tx *gorm.DB, m models.Member) error
)

type named[T any] struct {
	name string
	run  T
}

type hooks struct {
	standing StandingOf
	holdings HoldingsOf
	invitees InviteesOf
	offer    OfferWelcome
	give     GiveWelcome
	exports  []named[Export]
	leaves   []named[Leave]
}

// OnStanding lets the feature that counts visits tell what a store knows of members.
func (s *Service) OnStanding(f StandingOf) { s.hooks.standing = f }

// OnHoldings lets the feature that keeps relations tell which stores hold what of a member.
func (s *Service) OnHoldings(f HoldingsOf) { s.hooks.holdings = f }

// OnInvitees lets the feature that keeps referrals tell how they stand.
func (s *Service) OnInvitees(f InviteesOf) { s.hooks.invitees = f }

// OnWelcome lets the feature that gives coupons say what new members get, and give it.
func (s *Service) OnWelcome(offer OfferWelcome, give GiveWelcome) {
	s.hooks.offer, s.hooks.give = offer, give
}

// OnExport adds a feature's part to what members can take away; name is its key in the file.
func (s *Service) OnExport(name string, f Export) {
	s.hooks.exports = append(s.hooks.exports, named[Export]{name, f})
}

// OnLeave adds what a feature erases when a member leaves.
func (s *Service) OnLeave(name string, f Leave) {
	s.hooks.leaves = append(s.hooks.leaves, named[Leave]{name, f})
}

func (s *Service) standing(ctx context.Context, alliance, store models.ID, members []models.ID) (map[models.ID]models.Standing, error) {
	if s.hooks.standing == nil || len(members) == 0 {
		return nil, nil
	}
	return s.hooks.standing(ctx, alliance, store, members)
}

func (s *Service) holdings(ctx context.Context, alliance, member models.ID) (map[models.ID]Holding, error) {
	if s.hooks.holdings == nil {
		return nil, nil
	}
	return s.hooks.holdings(ctx, alliance, member)
}

func (s *Service) invitees(ctx context.Context, alliance, inviter models.ID) (map[models.ID]Invitee, error) {
	if s.hooks.invitees == nil {
		return nil, nil
	}
	return s.hooks.invitees(ctx, alliance, inviter)
}

func (s *Service) welcome(ctx context.Context, alliance models.ID) (*Welcome, error) {
	if s.hooks.offer == nil {
		return nil, nil
	}
	return s.hooks.offer(ctx, alliance)
}
