package coupon

import (
	"context"

	"onestreet/models"
)

// Misread says what is wrong with a text that was meant as a coupon's code and is none; nil when it was meant as something
// else. Error: coupon_code_slip, which names the group that is wrong where that can be known.
func (s *Service) Misread(ctx context.Context, alliance models.ID, text string) error {
	slip, meant := models.SlipOfCouponCode(text)
	if !meant {
		return nil
	}
	if slip.Group == 0 {
		var err error
		if slip.Group, err = s.apart(ctx, alliance, text); err != nil {
			return err
		}
	}
	return slipWords(slip).At("/code")
}

// apart is the group in which a text leaves the only code of the street that it is one slip away from; 0 when there is
// none, or more than one. It helps whoever has the code in hand: of what is near, nobody is told more than the group.
func (s *Service) apart(ctx context.Context, alliance models.ID, text string) (int, error) {
	near := models.NearCouponCodes(text)
	if len(near) == 0 {
		return 0, nil
	}
	var codes []string
	err := s.DB.Read(ctx).Model(&models.Coupon{}).Where("alliance_id = ? AND code IN ?", alliance, near).Pluck("code", &codes).Error
	if err == nil && s.paper.Among != nil {
		var printed []string
		printed, err = s.paper.Among(ctx, alliance, near)
		codes = append(codes, printed...)
	}
	if err != nil || len(codes) != 1 {
		return 0, err
	}
	return models.GroupApart(codes[0], text), nil
}

func slipWords(slip models.CouponSlip) *models.Error {
	switch whole := slip.Signs == models.CouponCodeSigns; {
	case slip.Sign != "":
		return errSlipSign.With(slip.Group, slip.Sign)
	case !whole && slip.Group > 0:
		return errSlipLengthIn.With(slip.Signs, slip.Group)
	case !whole:
		return errSlipLength.With(slip.Signs)
	case slip.Group > 0:
		return errSlipIn.With(slip.Group)
	}
	return ErrSlip
}
