package coupon

import (
	"context"
	"errors"

	"onestreet/models"
)

// Known writes down of the circle that an audience names whose it is and what it is called. A store may name one that it
// keeps, or an open one of its street; any other stays without a name, and is refused where the audience is checked: whether
// there is such a circle at all, nobody learns.
func (s *Service) Known(ctx context.Context, alliance, issuer models.ID, a models.Audience) (models.Audience, error) {
	if a.Circle == nil {
		return a, nil
	}
	rule := models.CircleRule{ID: a.Circle.ID}
	c, err := s.Pool.NamedCircle(s.DB.Read(ctx), alliance, issuer, rule.ID)
	if err == nil {
		rule.Store, rule.Name = c.StoreID, c.Name
	}
	if errors.Is(err, models.ErrNotFound) {
		err = nil
	}
	a.Circle = &rule
	return a, err
}
