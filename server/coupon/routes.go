package coupon

import (
	"context"
	"net/http"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/web"
)

// Routes adds the feature's operations.
func (s *Service) Routes(api *web.API) {
	web.Get(api, "/campaigns", op("campaigns", "What can be claimed, and what begins soon", identity.Anyone, 0), s.getCampaigns)
	web.Get(api, "/campaigns/{campaign}", op("campaign", "One campaign", identity.Anyone, 0), s.getCampaign)
	web.Post(api, "/campaigns/{campaign}/claims", op("campaign-claim", "Take a coupon", identity.Member, http.StatusCreated).Keeping(), s.postClaim)
	web.Get(api, "/me/coupons", op("wallet", "My coupons", identity.Member, 0), s.getWallet)
	web.Post(api, "/me/qualifications", op("my-qualification", "Which of my coupons apply to a bill in a store, and which go together", identity.Member, 0), s.postMyQualification)
	s.merchantRoutes(api)
	s.tillRoutes(api)
	s.voidRoutes(api)
	s.campaignRoutes(api)
	s.resultFiles(api)
}

func op(id, summary string, who web.Guard, status int) web.Op {
	return web.Op{ID: id, Summary: summary, Tag: "coupon", Who: who, Status: status}
}

// Acting is the caller, acting for a store that the route's guard has let them act for.
func Acting(ctx context.Context, store models.ID) Staff {
	p := identity.From(ctx)
	return Staff{Alliance: p.AllianceID, Store: store, Account: p.AccountID}
}

// PageQuery is where a list goes on, and how long it is.
type PageQuery struct {
	Cursor string `query:"cursor"`
	Limit  int    `query:"limit" minimum:"1" maximum:"100"`
}

func (s *Service) getCampaigns(ctx context.Context, in *PageQuery) (*web.Reply[web.Page[CampaignView]], error) {
	page, err := s.Public(ctx, identity.From(ctx), in.Cursor, web.Limit(in.Limit, 50, 100))
	return web.OK(page), err
}

type oneCampaign struct {
	Campaign models.ID `path:"campaign"`
}

func (s *Service) getCampaign(ctx context.Context, in *oneCampaign) (*web.Reply[CampaignView], error) {
	return s.campaignReply(ctx, in.Campaign, nil)
}

// campaignReply shows one campaign to the caller after something was done with it. Error: not_found.
func (s *Service) campaignReply(ctx context.Context, id models.ID, failed error) (*web.Reply[CampaignView], error) {
	if failed != nil {
		return nil, failed
	}
	v, err := s.One(ctx, identity.From(ctx), id)
	if err != nil {
		return nil, err
	}
	reply := web.OK(v)
	reply.ETag = web.ETag(max(v.Version, v.Proposed))
	return reply, nil
}

func (s *Service) postClaim(ctx context.Context, in *oneCampaign) (*web.Reply[CouponView], error) {
	p := identity.From(ctx)
	ask := web.AskOf(ctx)
	got, err := s.claim(ctx, claim{p.AllianceID, in.Campaign, p.MemberID, ask})
	if err != nil {
		return nil, err
	}
	if got.repeated {
		ask.Replayed()
	}
	view, err := s.handedView(ctx, got)
	return web.OK(view), err
}

type walletInput struct {
	State  models.CouponState `query:"state" enum:"usable,used,expired,given" default:"usable"`
	Cursor string             `query:"cursor"`
}

func (s *Service) getWallet(ctx context.Context, in *walletInput) (*web.Reply[Wallet], error) {
	p := identity.From(ctx)
	w, err := s.Wallet(ctx, p.AllianceID, p.MemberID, in.State, in.Cursor)
	return web.OK(w), err
}
