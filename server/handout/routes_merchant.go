package handout

import (
	"context"
	"net/http"

	"onestreet/models"
	"onestreet/server/coupon"
	"onestreet/server/identity"
	"onestreet/server/platform/web"
)

func (s *Service) merchantRoutes(api *web.API) {
	const one = "/stores/{store}/campaigns/{campaign}"
	web.Get(api, one+"/handing", op("handing", "How a campaign's coupons are given out: its link, its sends, its printed codes", identity.Clerk, 0), s.getHanding)
	web.Post(api, one+"/link", op("campaign-link", "The campaign's secret link", identity.Manager, http.StatusCreated).Once(), s.postLink)
	web.Post(api, one+"/link/end", op("campaign-link-end", "End the link", identity.Manager, 0), s.postLinkEnd)
	web.Post(api, one+"/sends/preview", op("send-preview", "Whom a send would reach", identity.Manager, 0), s.postPreview)
	web.Post(api, one+"/sends", op("send-start", "Send coupons to members", identity.Manager, http.StatusAccepted).Once(), s.postSend)
	web.Get(api, one+"/sends/{send}", op("send", "A send and how far it is", identity.Clerk, 0), s.getSend)
	web.Post(api, one+"/sends/{send}/stop", op("send-stop", "Stop a send", identity.Manager, 0), s.postStop)
	web.Post(api, one+"/prizes", op("prize-give", "Hand a member a prize, with the reason", identity.Manager, http.StatusCreated).Once(), s.postPrize)
	web.Get(api, "/stores/{store}/prizes", op("prize-choices", "The campaigns that prizes can be taken from", identity.Manager, 0), s.getPrizes)
	web.Post(api, "/stores/{store}/printed-codes", op("printed-take", "Give a printed code's coupon to the customer at the till", identity.Clerk, http.StatusCreated).Once(), s.postPrinted)
}

// CampaignPath names a campaign of the store that the caller acts for. (Exported, since huma reads no unexported embedded fields.)
type CampaignPath struct {
	Store    models.ID `path:"store"`
	Campaign models.ID `path:"campaign"`
}

func (s *Service) getHanding(ctx context.Context, in *CampaignPath) (*web.Reply[Handing], error) {
	v, err := s.Handing(ctx, coupon.Acting(ctx, in.Store), in.Campaign)
	return web.OK(v), err
}

type renewInput struct {
	CampaignPath
	Body struct {
		Renew bool `json:"renew,omitempty" doc:"end the present one and make another"`
	}
}

func (s *Service) postLink(ctx context.Context, in *renewInput) (*web.Reply[Handing], error) {
	if _, err := s.MakeLink(ctx, coupon.Acting(ctx, in.Store), in.Campaign, in.Body.Renew); err != nil {
		return nil, err
	}
	return s.getHanding(ctx, &in.CampaignPath)
}

func (s *Service) postLinkEnd(ctx context.Context, in *CampaignPath) (*web.Reply[Handing], error) {
	if err := s.EndLink(ctx, coupon.Acting(ctx, in.Store), in.Campaign); err != nil {
		return nil, err
	}
	return s.getHanding(ctx, in)
}

type sendChoiceBody struct {
	Everyone bool                 `json:"everyone,omitempty" doc:"every customer of the store who is a member"`
	Audience *coupon.AudienceBody `json:"audience,omitempty" doc:"those of the campaign's audience for whom this holds as well"`
	Members  []models.ID          `json:"members,omitempty" maxItems:"500" doc:"customers chosen one by one"`
}

func (b sendChoiceBody) choice() Choice {
	ch := Choice{Everyone: b.Everyone, Members: b.Members}
	if b.Audience != nil {
		a := b.Audience.Audience()
		ch.Audience = &a
	}
	return ch
}

type sendToInput struct {
	CampaignPath
	Body sendChoiceBody
}

// ReachView is whom a send would reach.
type ReachView struct {
	Members int64 `json:"members"`
	Had     int64 `json:"had" doc:"how many of them have theirs already"`
	Left    int64 `json:"left" doc:"coupons that can still be given"`
	Few     bool  `json:"few" doc:"fewer than k: it is not told how many"`
	About   bool  `json:"about" doc:"rounded down to a whole number of k: they say what the store does not know itself"`
	K       int64 `json:"k" doc:"figures about fewer members are withheld on this street"`
}

func (s *Service) postPreview(ctx context.Context, in *sendToInput) (*web.Reply[ReachView], error) {
	reach, err := s.Preview(ctx, coupon.Acting(ctx, in.Store), in.Campaign, in.Body.choice())
	return web.OK(ReachView(reach)), err
}

func (s *Service) postSend(ctx context.Context, in *sendToInput) (*web.Reply[SendView], error) {
	send, err := s.Start(ctx, coupon.Acting(ctx, in.Store), in.Campaign, in.Body.choice())
	return s.sendReply(ctx, send, err)
}

func (s *Service) sendReply(ctx context.Context, send models.Send, failed error) (*web.Reply[SendView], error) {
	if failed != nil {
		return nil, failed
	}
	views, err := s.sendViews(ctx, send.AllianceID, []models.Send{send})
	if err != nil {
		return nil, err
	}
	return web.OK(views[0]), nil
}

// SendPath names a send of a campaign.
type SendPath struct {
	CampaignPath
	Send models.ID `path:"send"`
}

func (s *Service) getSend(ctx context.Context, in *SendPath) (*web.Reply[SendView], error) {
	send, err := s.Send(ctx, coupon.Acting(ctx, in.Store), in.Campaign, in.Send)
	return s.sendReply(ctx, send, err)
}

func (s *Service) postStop(ctx context.Context, in *SendPath) (*web.Reply[SendView], error) {
	send, err := s.Stop(ctx, coupon.Acting(ctx, in.Store), in.Campaign, in.Send)
	return s.sendReply(ctx, send, err)
}

type handPrizeInput struct {
	CampaignPath
	Body struct {
		MemberID models.ID `json:"member_id"`
		Reason   string    `json:"reason" minLength:"2" maxLength:"60" pattern:"[\\p{L}\\p{N}\\p{P}\\p{S}]" doc:"what for: it stays on record, and the member reads it"`
	}
}

func (s *Service) postPrize(ctx context.Context, in *handPrizeInput) (*web.Reply[coupon.CouponView], error) {
	c, err := s.Hand(ctx, coupon.Acting(ctx, in.Store), Prize{Campaign: in.Campaign, Member: in.Body.MemberID, Cause: models.NewID(), Reason: in.Body.Reason})
	return s.couponReply(ctx, c, err)
}

// StorePath names the store that the caller acts for.
type StorePath struct {
	Store models.ID `path:"store"`
}

func (s *Service) getPrizes(ctx context.Context, in *StorePath) (*web.Reply[web.Page[coupon.CampaignView]], error) {
	views, err := s.Prizes(ctx, identity.From(ctx), in.Store)
	return web.OK(web.NewPage(views, "")), err
}

type printedInput struct {
	StorePath
	Body struct {
		Code       string    `json:"code" minLength:"1" maxLength:"40" doc:"as printed"`
		MemberCode string    `json:"member_code,omitempty" maxLength:"100" doc:"the member's eight digits or QR text"`
		MemberID   models.ID `json:"member_id,omitempty" doc:"instead, within ten minutes of having read a code of theirs here"`
	}
}

func (s *Service) postPrinted(ctx context.Context, in *printedInput) (*web.Reply[coupon.CouponView], error) {
	by := coupon.Acting(ctx, in.Store)
	member, err := s.atTill(ctx, by, in.Body.MemberCode, in.Body.MemberID)
	if err != nil {
		return nil, err
	}
	c, err := s.TakePaper(ctx, Bearer{Alliance: by.Alliance, Member: member, Store: by.Store, Account: by.Account}, in.Body.Code)
	return s.couponReply(ctx, c, coupon.ToClerk(err))
}

// atTill finds out who stands at a till, by their code, or because it was read there a moment ago.
// Errors: member_needed, code_needed, store_suspended, and those of member codes.
func (s *Service) atTill(ctx context.Context, by Staff, code string, member models.ID) (models.ID, error) {
	if err := s.trading(s.DB.Read(ctx), by); err != nil {
		return member, err
	}
	switch {
	case code != "":
		m, _, err := s.Pool.ResolveCode(ctx, by.Alliance, code)
		if err != nil {
			return member, err
		}
		return m.ID, s.Coupon.Present(ctx, by.Store, m)
	case member.IsZero():
		return member, ErrWhoseTill
	}
	return member, s.Coupon.IsPresent(ctx, by.Store, member)
}
