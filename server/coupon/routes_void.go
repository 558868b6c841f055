package coupon

import (
	"context"
	"time"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/web"
)

func (s *Service) voidRoutes(api *web.API) {
	web.Post(api, "/stores/{store}/coupons/{coupon}/void", op("coupon-void", "Make a coupon of the store's own campaign void, with a reason", identity.Manager, 0).Once(), s.postVoid)
}

type voidInput struct {
	Store  models.ID `path:"store"`
	Coupon models.ID `path:"coupon"`
	Body   struct {
		Reason string `json:"reason" minLength:"2" maxLength:"100" pattern:"[\\p{L}\\p{N}\\p{P}\\p{S}]" doc:"the member reads it"`
	}
}

// VoidedView says when and why a coupon was made void.
type VoidedView struct {
	CouponID models.ID `json:"coupon_id"`
	At       time.Time `json:"at"`
	Reason   string    `json:"reason"`
}

func (s *Service) postVoid(ctx context.Context, in *voidInput) (*web.Reply[VoidedView], error) {
	v, err := s.Void(ctx, Acting(ctx, in.Store), in.Coupon, in.Body.Reason)
	return web.OK(VoidedView{CouponID: v.CouponID, At: v.At, Reason: v.Reason}), err
}
