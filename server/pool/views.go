package pool

import (
	"context"

	"onestreet/models"
	"onestreet/server/identity"
)

// StreetView is the street as Me shows it. Error: not_found.
func (s *Service) StreetView(ctx context.Context, alliance models.ID) (identity.StreetView, error) {
	a, err := s.Alliance(ctx, alliance)
	return identity.StreetView{ID: a.ID, Slug: a.Slug, Name: a.Name, TimeZone: a.TimeZone}, err
}

// MemberView is a member as Me shows them. Error: not_found.
func (s *Service) MemberView(ctx context.Context, alliance, member models.ID) (identity.MemberView, error) {
	m, err := s.Member(ctx, alliance, member)
	return identity.MemberView{ID: m.ID, Number: m.Number, Name: m.Name, Face: m.Face}, err
}
