package coupon

import (
	"context"

	"onestreet/models"
)

// PaperOf finds the campaign of a printed code that nobody has taken yet. Errors: coupon_unknown, or why it is good no more.
type PaperOf func(ctx context.Context, alliance models.ID, code string) (models.Campaign, error)

// OnPaper lets the feature that prints codes tell a till that a code stands on paper.
func (s *Service) OnPaper(f PaperOf) { s.paper = f }

// onPaper says what a code is that is no coupon's. Errors: printed_code, why a printed one is good no more, coupon_unknown.
func (s *Service) onPaper(ctx context.Context, alliance models.ID, code string) error {
	text, err := models.ParseCouponCode(code)
	if s.paper == nil || err != nil {
		return ErrNoCoupon
	}
	c, err := s.paper(ctx, alliance, text)
	if err != nil {
		return err
	}
	return ErrOnPaper.With(c.Title)
}
