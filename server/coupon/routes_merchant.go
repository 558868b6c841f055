package coupon

import (
	"context"
	"net/http"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/web"
)

func (s *Service) merchantRoutes(api *web.API) {
	const own, one = "/stores/{store}/campaigns", "/stores/{store}/campaigns/{campaign}"
	web.Get(api, own, op("store-campaigns", "The store's campaigns, and those it has a share in", identity.Clerk, 0), s.getStoreCampaigns)
	web.Post(api, own, op("campaign-create", "Draft a campaign", identity.Manager, http.StatusCreated).Once(), s.postCampaign)
	web.Patch(api, one, op("campaign-change", "Change a draft: a new version, that everyone signs again", identity.Manager, 0), s.patchCampaign)
	web.Post(api, one+"/submit", op("campaign-submit", "Sign for the issuer and ask the partners", identity.Owner, 0).Once(), s.postSubmit)
	web.Post(api, one+"/pause", op("campaign-pause", "Stop the claims for now", identity.Manager, 0), s.turnBy(s.Pause))
	web.Post(api, one+"/resume", op("campaign-resume", "Let the claims go on", identity.Manager, 0), s.turnBy(s.Resume))
	web.Post(api, one+"/end", op("campaign-end", "End it for good; what is claimed still works", identity.Manager, 0), s.turnBy(s.End))
	web.Get(api, "/stores/{store}/signatures", op("signatures", "What waits for this store's signature", identity.Clerk, 0), s.getSignatures)
	web.Post(api, "/stores/{store}/signatures/{campaign}", op("campaign-sign", "Sign a share of the cost, or decline", identity.Owner, 0).Once(), s.postSignature)
}

// StorePath names the store that the caller acts for.
type StorePath struct {
	Store models.ID `path:"store"`
}

type storeCampaignsInput struct {
	StorePath
	Archived bool `query:"archived" doc:"those that were put away, instead of the others"`
}

func (s *Service) getStoreCampaigns(ctx context.Context, in *storeCampaignsInput) (*web.Reply[web.Page[CampaignView]], error) {
	views, err := s.OfStore(ctx, identity.From(ctx), in.Store, in.Archived)
	return web.OK(web.NewPage(views, "")), err
}

type postCampaignInput struct {
	StorePath
	Body newTerms
}

func (s *Service) postCampaign(ctx context.Context, in *postCampaignInput) (*web.Reply[CampaignView], error) {
	c, err := s.Create(ctx, Acting(ctx, in.Store), in.Body.terms())
	return s.campaignReply(ctx, c.ID, err)
}

// CampaignPath names a campaign and the store that the caller acts for.
type CampaignPath struct {
	Store    models.ID `path:"store"`
	Campaign models.ID `path:"campaign"`
}

type patchCampaignInput struct {
	CampaignPath
	IfMatch string `header:"If-Match" doc:"the version that was seen, as an entity tag: \"3\""`
	Body    changedTerms
}

func (s *Service) patchCampaign(ctx context.Context, in *patchCampaignInput) (*web.Reply[CampaignView], error) {
	c, err := s.Change(ctx, Acting(ctx, in.Store), in.Campaign, in.IfMatch, in.Body.onto)
	return s.campaignReply(ctx, c.ID, err)
}

func (s *Service) postSubmit(ctx context.Context, in *CampaignPath) (*web.Reply[CampaignView], error) {
	c, err := s.Submit(ctx, Acting(ctx, in.Store), in.Campaign)
	return s.campaignReply(ctx, c.ID, err)
}

// turnBy is the handler of pause, resume and end.
func (s *Service) turnBy(turn func(context.Context, Staff, models.ID) (models.Campaign, error)) func(context.Context, *CampaignPath) (*web.Reply[CampaignView], error) {
	return func(ctx context.Context, in *CampaignPath) (*web.Reply[CampaignView], error) {
		c, err := turn(ctx, Acting(ctx, in.Store), in.Campaign)
		return s.campaignReply(ctx, c.ID, err)
	}
}

func (s *Service) getSignatures(ctx context.Context, in *StorePath) (*web.Reply[web.Page[CampaignView]], error) {
	views, err := s.Asked(ctx, identity.From(ctx), in.Store)
	return web.OK(web.NewPage(views, "")), err
}

type postSignatureInput struct {
	CampaignPath
	Body signatureBody
}

type signatureBody struct {
	Version  int64          `json:"version" minimum:"1"`
	ShareBPS int64          `json:"share_bps" minimum:"0" maximum:"10000" doc:"the share that was read, repeated"`
	Decision string         `json:"decision" enum:"sign,decline"`
	Cap      *models.Charge `json:"cap,omitempty" doc:"the most the store will ever pay; the worst case when it is left out"`
}

func (b signatureBody) signature() Signature {
	sig := Signature{Version: b.Version, ShareBPS: b.ShareBPS, Decline: b.Decision == "decline"}
	if b.Cap != nil {
		sig.Cap = &b.Cap.Amount
	}
	return sig
}

func (s *Service) postSignature(ctx context.Context, in *postSignatureInput) (*web.Reply[CampaignView], error) {
	c, err := s.Sign(ctx, Acting(ctx, in.Store), in.Campaign, in.Body.signature())
	return s.campaignReply(ctx, c.ID, err)
}
