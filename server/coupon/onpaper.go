package coupon

import (
	"context"

	"onestreet/models"
)

// PaperCodes is what the feature that prints codes knows of them.
type PaperCodes struct {
	// Of finds the campaign of a printed code that nobody has taken yet. Errors: coupon_unknown, or why it is good no more.
	Of func(ctx context.Context, alliance models.ID, code string) (models.Campaign, error)
	// Among tells which of some codes are printed.
	Among func(ctx context.Context, alliance models.ID, codes []string) ([]string, error)
}

// OnPaper lets the feature that prints codes tell a till that a code stands on paper.
func (s *Service) OnPaper(p PaperCodes) { s.paper = p }

// onPaper says what a code is that is no coupon's. Errors: printed_code, why a printed one is good no more, coupon_unknown.
func (s *Service) onPaper(ctx context.Context, alliance models.ID, code string) error {
	text, err := models.ParseCouponCode(code)
	if s.paper.Of == nil || err != nil {
		return ErrNoCoupon
	}
	c, err := s.paper.Of(ctx, alliance, text)
	if err != nil {
		return err
	}
	return ErrOnPaper.With(c.Title)
}
