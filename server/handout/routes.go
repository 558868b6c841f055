package handout

import (
	"context"
	"net/http"

	"onestreet/models"
	"onestreet/server/coupon"
	"onestreet/server/identity"
	"onestreet/server/platform/web"
)

// Routes adds the feature's operations.
func (s *Service) Routes(api *web.API) {
	web.Get(api, "/coupon-links/{code}", op("coupon-link", "What a coupon's link or a friend's gift brings", identity.Anyone, 0), s.getLink)
	web.Post(api, "/coupon-links/{code}/claims", op("coupon-link-claim", "Take the coupon of a link or a gift", identity.Member, http.StatusCreated).Once(), s.postLinkClaim)
	web.Post(api, "/coupon-links/{code}/refusal", op("gift-refuse", "Not have a friend's gift: it stays the giver's", identity.Member, 0).Once(), s.postRefusal)
	web.Post(api, "/me/coupon-codes", op("coupon-code", "Take the coupon of a printed code", identity.Member, http.StatusCreated).Once(), s.postCode)
	web.Get(api, "/me/gifts", op("gifts", "The coupons that I gave to friends, or try to", identity.Member, 0), s.getGifts)
	web.Post(api, "/me/coupons/{coupon}/gift", op("gift-make", "Give a coupon to a friend: a link to send", identity.Member, http.StatusCreated).Once(), s.postGift)
	web.Post(api, "/me/gifts/{gift}/take-back", op("gift-take-back", "Take a gift back that nobody has taken", identity.Member, 0).Once(), s.postTakeBack)
	s.merchantRoutes(api)
	s.printRoutes(api)
}

func op(id, summary string, who web.Guard, status int) web.Op {
	return web.Op{ID: id, Summary: summary, Tag: "handout", Who: who, Status: status}
}

// CodePath names a link by its code.
type CodePath struct {
	Code string `path:"code" maxLength:"16"`
}

func (s *Service) getLink(ctx context.Context, in *CodePath) (*web.Reply[CouponLink], error) {
	v, err := s.Opened(ctx, identity.From(ctx), in.Code)
	return web.OK(v), err
}

func (s *Service) postLinkClaim(ctx context.Context, in *CodePath) (*web.Reply[coupon.CouponView], error) {
	p := identity.From(ctx)
	c, err := s.ClaimLink(ctx, p.AllianceID, p.MemberID, in.Code)
	return s.couponReply(ctx, c, err)
}

func (s *Service) postRefusal(ctx context.Context, in *CodePath) (*web.Reply[CouponLink], error) {
	p := identity.From(ctx)
	if err := s.Refuse(ctx, p.AllianceID, p.MemberID, in.Code); err != nil {
		return nil, err
	}
	return s.getLink(ctx, in)
}

// couponReply shows a coupon to its member after something was done.
func (s *Service) couponReply(ctx context.Context, c models.Coupon, failed error) (*web.Reply[coupon.CouponView], error) {
	if failed != nil {
		return nil, failed
	}
	views, err := s.Coupon.Show(ctx, c.AllianceID, c)
	if err != nil {
		return nil, err
	}
	return web.OK(views[0]), nil
}

type postCodeInput struct {
	Body struct {
		Code string `json:"code" minLength:"1" maxLength:"40" doc:"as printed; read in any case, with or without spaces"`
	}
}

func (s *Service) postCode(ctx context.Context, in *postCodeInput) (*web.Reply[coupon.CouponView], error) {
	p := identity.From(ctx)
	c, err := s.TakePaper(ctx, Bearer{Alliance: p.AllianceID, Member: p.MemberID}, in.Body.Code)
	return s.couponReply(ctx, c, err)
}

type noInput struct{}

func (s *Service) getGifts(ctx context.Context, _ *noInput) (*web.Reply[web.Page[GiftView]], error) {
	p := identity.From(ctx)
	rows, err := s.GiftsOf(ctx, p.AllianceID, p.MemberID)
	if err != nil {
		return nil, err
	}
	views, err := s.giftViews(ctx, rows)
	return web.OK(web.NewPage(views, "")), err
}

type giftInput struct {
	Coupon models.ID `path:"coupon"`
}

func (s *Service) postGift(ctx context.Context, in *giftInput) (*web.Reply[GiftView], error) {
	p := identity.From(ctx)
	g, err := s.Give(ctx, p.AllianceID, p.MemberID, in.Coupon)
	return s.giftReply(ctx, g, err)
}

type takeBackInput struct {
	Gift models.ID `path:"gift"`
}

func (s *Service) postTakeBack(ctx context.Context, in *takeBackInput) (*web.Reply[GiftView], error) {
	p := identity.From(ctx)
	g, err := s.TakeBack(ctx, p.AllianceID, p.MemberID, in.Gift)
	return s.giftReply(ctx, g, err)
}

func (s *Service) giftReply(ctx context.Context, g models.Gift, failed error) (*web.Reply[GiftView], error) {
	if failed != nil {
		return nil, failed
	}
	views, err := s.giftViews(ctx, []models.Gift{g})
	if err != nil {
		return nil, err
	}
	return web.OK(views[0]), nil
}
