package coupon

import (
	"context"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/web"
)

// forFund is a coordinator acting for the alliance's fund, which carries shares as a store does.
func forFund(ctx context.Context) Staff {
	p := identity.From(ctx)
	return Staff{Alliance: p.AllianceID, Store: p.AllianceID, Account: p.AccountID}
}

type fundNoticeInput struct {
	Campaign models.ID `path:"campaign"`
	Body     struct {
		Days int64 `json:"days,omitempty" minimum:"0" maximum:"90" doc:"0 or left out: the campaign's own notice"`
	}
}

func (s *Service) postFundNotice(ctx context.Context, in *fundNoticeInput) (*web.Reply[CampaignView], error) {
	_, err := s.GiveNotice(ctx, forFund(ctx), in.Campaign, in.Body.Days)
	return s.campaignReply(ctx, in.Campaign, err)
}

func (s *Service) deleteFundNotice(ctx context.Context, in *oneCampaign) (*web.Reply[CampaignView], error) {
	return s.campaignReply(ctx, in.Campaign, s.Stay(ctx, forFund(ctx), in.Campaign))
}
