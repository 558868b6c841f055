package coupon

import (
	"context"
	"net/http"
	"time"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/web"
)

// campaignRoutes are the life of a campaign beside making, signing and claiming it.
func (s *Service) campaignRoutes(api *web.API) {
	const one = "/stores/{store}/campaigns/{campaign}"
	web.Do(api, http.MethodPost, "/campaigns/{campaign}/seen", op("campaign-seen", "I have opened it", identity.Member, 0), s.postSeen)
	web.Get(api, "/campaigns/{campaign}/versions", op("campaign-versions", "What each version changed, and who signed it", identity.SignedIn, 0), s.getVersions)
	web.Get(api, one+"/results", op("campaign-results", "What it has come to: the store's own part, and the totals", identity.Clerk, 0), s.getResults)
	web.Post(api, one+"/archive", op("campaign-archive", "Put it away; its address still works", identity.Manager, 0), s.turnBy(s.Archive))
	web.Post(api, one+"/copies", op("campaign-copy", "Draft one like it, for another time", identity.Manager, http.StatusCreated).Once(), s.postCopy)
	web.Delete(api, one+"/proposal", op("campaign-proposal-withdraw", "Take back the terms that wait to be signed", identity.Manager, 0), s.turnBy(s.Withdraw))
	web.Post(api, one+"/notice", op("campaign-leave", "Leave another store's campaign, with notice", identity.Owner, 0).Once(), s.postNotice)
	web.Delete(api, one+"/notice", op("campaign-stay", "Stay after all", identity.Owner, 0), s.deleteNotice)
	web.Post(api, "/stores/{store}/audiences/preview", op("audience-preview", "How many members an audience reaches", identity.Clerk, 0), s.postPreviewAudience)
	web.Get(api, "/alliance/campaigns", op("alliance-campaigns", "Every store's campaigns", identity.Coordinator, 0), s.getAllianceCampaigns)
	web.Get(api, "/alliance/campaigns/{campaign}/results", op("alliance-campaign-results", "What a campaign has come to, and what the fund bore", identity.Coordinator, 0), s.getAllianceResults)
	web.Get(api, "/alliance/signatures", op("alliance-signatures", "What waits for the fund's signature", identity.Coordinator, 0), s.getAllianceSignatures)
	web.Post(api, "/alliance/campaigns/{campaign}/notice", op("alliance-campaign-leave", "The fund leaves a campaign, with notice", identity.Coordinator, 0).Once(), s.postFundNotice)
	web.Delete(api, "/alliance/campaigns/{campaign}/notice", op("alliance-campaign-stay", "The fund stays after all", identity.Coordinator, 0), s.deleteFundNotice)
	web.Post(api, "/alliance/signatures/{campaign}", op("alliance-sign", "Sign the fund's share of the cost, or decline", identity.Coordinator, 0).Once(), s.postAllianceSignature)
}

func (s *Service) postSeen(ctx context.Context, in *oneCampaign) (*web.Empty, error) {
	return &web.Empty{}, s.See(ctx, identity.From(ctx), in.Campaign)
}

func (s *Service) getVersions(ctx context.Context, in *oneCampaign) (*web.Reply[web.Page[VersionView]], error) {
	views, err := s.Versions(ctx, identity.From(ctx), in.Campaign)
	return web.OK(web.NewPage(views, "")), err
}

// TallyView is how far coupons went.
type TallyView struct {
	Redeemed int64        `json:"redeemed"`
	Cost     models.Money `json:"cost" doc:"total: what all bore together; own: what the store bore, wherever it was redeemed"`
	Sales    models.Money `json:"sales" doc:"what was paid on those bills"`
}

func tallyView(t Tally) TallyView {
	return TallyView{Redeemed: t.Redeemed, Cost: models.Fen(t.Cost), Sales: models.Fen(t.Sales)}
}

// ResultDay is one day of a campaign.
type ResultDay struct {
	Day     string `json:"day" doc:"YYYY-MM-DD in the street's time"`
	Seen    int64  `json:"seen"`
	Claimed int64  `json:"claimed"`
	TallyView
}

// ResultsView is what a campaign has come to: a store sees its own part and the totals, never another's.
type ResultsView struct {
	Seen       int64       `json:"seen" doc:"members who opened or claimed it, each once; being sent one is neither"`
	Claimed    int64       `json:"claimed"`
	NewMembers int64       `json:"new_members" doc:"who joined through it"`
	Total      TallyView   `json:"total"`
	Own        TallyView   `json:"own"`
	Days       []ResultDay `json:"days" nullable:"false" doc:"in a store the sales of a day are its own"`

	SalesWithheld models.Withheld `json:"sales_withheld" enum:",few,veil" doc:"why a store is not told the total of the sales: they are another store's, or of fewer members than the street shows figures of"`
}

func resultsView(out Results) ResultsView {
	v := ResultsView{
		Seen: out.Seen, Claimed: out.Claimed, NewMembers: out.NewMembers, Total: tallyView(out.Total), Own: tallyView(out.Own),
		SalesWithheld: out.SalesWithheld, Days: make([]ResultDay, len(out.Days)),
	}
	for i, d := range out.Days {
		v.Days[i] = ResultDay{Day: d.Day, Seen: d.Seen, Claimed: d.Claimed, TallyView: tallyView(d.Tally)}
	}
	return v
}

func (s *Service) getResults(ctx context.Context, in *CampaignPath) (*web.Reply[ResultsView], error) {
	out, err := s.Results(ctx, identity.From(ctx).AllianceID, in.Store, in.Campaign)
	return web.OK(resultsView(out)), err
}

type copyInput struct {
	CampaignPath
	Body struct {
		ClaimFrom  time.Time `json:"claim_from"`
		ClaimUntil time.Time `json:"claim_until" doc:"the last moment to claim"`
	}
}

func (s *Service) postCopy(ctx context.Context, in *copyInput) (*web.Reply[CampaignView], error) {
	c, err := s.Duplicate(ctx, Acting(ctx, in.Store), in.Campaign, in.Body.ClaimFrom, in.Body.ClaimUntil)
	return s.campaignReply(ctx, c.ID, err)
}

type noticeInput struct {
	CampaignPath
	Body struct {
		Days int64 `json:"days,omitempty" minimum:"0" maximum:"90" doc:"0 or left out: the campaign's own notice"`
	}
}

func (s *Service) postNotice(ctx context.Context, in *noticeInput) (*web.Reply[CampaignView], error) {
	_, err := s.GiveNotice(ctx, Acting(ctx, in.Store), in.Campaign, in.Body.Days)
	return s.campaignReply(ctx, in.Campaign, err)
}

func (s *Service) deleteNotice(ctx context.Context, in *CampaignPath) (*web.Reply[CampaignView], error) {
	return s.campaignReply(ctx, in.Campaign, s.Stay(ctx, Acting(ctx, in.Store), in.Campaign))
}

type audienceInput struct {
	StorePath
	Body AudienceBody
}

// AudienceCountView is how many members an audience reaches.
type AudienceCountView struct {
	Reached int64 `json:"reached"`
	Few     bool  `json:"few" doc:"fewer than k: the number is withheld"`
	About   bool  `json:"about" doc:"rounded down to a whole number of k, since it touches what the store does not know itself"`
	K       int64 `json:"k" doc:"figures about fewer members are withheld on this street"`
}

func (s *Service) postPreviewAudience(ctx context.Context, in *audienceInput) (*web.Reply[AudienceCountView], error) {
	n, err := s.PreviewAudience(ctx, identity.From(ctx).AllianceID, in.Store, in.Body.Audience())
	return web.OK(AudienceCountView(n)), err
}

func (s *Service) getAllianceCampaigns(ctx context.Context, in *PageQuery) (*web.Reply[web.Page[CampaignView]], error) {
	page, err := s.OfStreet(ctx, identity.From(ctx), in.Cursor, web.Limit(in.Limit, 50, 100))
	return web.OK(page), err
}

func (s *Service) getAllianceResults(ctx context.Context, in *oneCampaign) (*web.Reply[ResultsView], error) {
	out, err := s.ResultsOfStreet(ctx, identity.From(ctx).AllianceID, in.Campaign)
	return web.OK(resultsView(out)), err
}

func (s *Service) getAllianceSignatures(ctx context.Context, _ *struct{}) (*web.Reply[web.Page[CampaignView]], error) {
	p := identity.From(ctx)
	views, err := s.Asked(ctx, p, p.AllianceID)
	return web.OK(web.NewPage(views, "")), err
}

type allianceSignatureInput struct {
	Campaign models.ID `path:"campaign"`
	Body     signatureBody
}

func (s *Service) postAllianceSignature(ctx context.Context, in *allianceSignatureInput) (*web.Reply[CampaignView], error) {
	c, err := s.Sign(ctx, forFund(ctx), in.Campaign, in.Body.signature())
	return s.campaignReply(ctx, c.ID, err)
}
