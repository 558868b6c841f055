package relation

import (
	"context"
	"time"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/web"
)

func (s *Service) honourRoutes(api *web.API) {
	web.Post(api, "/stores/{store}/honours", op("honour", "Take a member's points at the till for something given", identity.Clerk).Once().Making(), s.postHonour)
	web.Post(api, "/stores/{store}/honours/{honour}/reversal", op("honour-reverse", "Give the points back, on the day", identity.Clerk).Once(), s.postGiveBack)
}

type postHonourInput struct {
	Store models.ID `path:"store"`
	Body  struct {
		Code     string    `json:"code,omitempty" maxLength:"120" doc:"the member's eight digits or the scanned text"`
		MemberID models.ID `json:"member_id,omitempty" doc:"instead of the code, for a few minutes after one was shown here"`
		Points   int64     `json:"points" doc:"1 up to what the member has"`
		What     string    `json:"what" doc:"what was given for them, 2 to 60 characters"`
	}
}

// HonourView is points that a store took, as its till shows it.
type HonourView struct {
	ID       models.ID `json:"id"`
	At       time.Time `json:"at"`
	Points   int64     `json:"points"`
	What     string    `json:"what"`
	Left     int64     `json:"left" doc:"what the member has now"`
	Reversed bool      `json:"reversed"`
}

func (s *Service) postHonour(ctx context.Context, in *postHonourInput) (*web.Reply[HonourView], error) {
	p := identity.From(ctx)
	out, err := s.Honour(ctx, Honouring{
		Alliance: p.AllianceID, Store: in.Store, By: p.AccountID, Code: in.Body.Code, Member: in.Body.MemberID, Points: in.Body.Points, What: in.Body.What,
	})
	return web.OK(honourView(out)), err
}

func honourView(h Honoured) HonourView {
	return HonourView{ID: h.ID, At: h.At, Points: h.Points, What: h.What, Left: h.Left, Reversed: h.CancelledAt != nil}
}

type giveBackInput struct {
	Store  models.ID `path:"store"`
	Honour models.ID `path:"honour"`
	Body   struct {
		Reason string `json:"reason" doc:"why, 1 to 100 characters"`
	}
}

func (s *Service) postGiveBack(ctx context.Context, in *giveBackInput) (*web.Reply[HonourView], error) {
	out, err := s.GiveBack(ctx, identity.From(ctx).AllianceID, in.Store, in.Honour, in.Body.Reason)
	return web.OK(honourView(out)), err
}
