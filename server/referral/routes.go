package referral

import (
	"context"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/web"
)

// Routes adds the operations: a store's manager and owner read their own store's ledger, a coordinator the alliance's.
func (s *Service) Routes(api *web.API) {
	web.Get(api, "/stores/{store}/ledger", web.Op{ID: "store-ledger", Summary: "A store's month: what it earned, owes and why", Tag: "ledger", Who: identity.Manager}, s.getStatement)
	web.Get(api, "/stores/{store}/ledger/lines", web.Op{ID: "store-ledger-lines", Summary: "A store's ledger line by line", Tag: "ledger", Who: identity.Manager}, s.getLines)
	web.Get(api, "/alliance/ledger", web.Op{ID: "alliance-ledger", Summary: "The alliance's ledger in totals", Tag: "ledger", Who: identity.Coordinator}, s.getTotals)
	web.Get(api, "/alliance/referrals", web.Op{ID: "alliance-referrals", Summary: "Every attribution with its evidence", Tag: "ledger", Who: identity.Coordinator}, s.getReferrals)
	s.objectionRoutes(api)
}

type monthInput struct {
	Store models.ID `path:"store"`
	Month string    `query:"month" doc:"local month such as 2026-10; the current one when left out"`
}

func (s *Service) getStatement(ctx context.Context, in *monthInput) (*web.Reply[Month], error) {
	m, err := s.Statement(ctx, identity.From(ctx).AllianceID, in.Store, in.Month)
	return web.OK(m), err
}

type linesInput struct {
	Store  models.ID `path:"store"`
	Month  string    `query:"month" doc:"local month such as 2026-10; the current one when left out"`
	Kind   string    `query:"kind" doc:"a group of the month, or commission, coupon or points for both directions"`
	Cursor string    `query:"cursor"`
	Limit  int       `query:"limit" minimum:"1" maximum:"100" default:"30"`
}

func (s *Service) getLines(ctx context.Context, in *linesInput) (*web.Reply[web.Page[Line]], error) {
	page, err := s.Lines(ctx, LinesOf{
		Alliance: identity.From(ctx).AllianceID, Store: in.Store, Month: in.Month, Kind: in.Kind, Cursor: in.Cursor, Limit: in.Limit,
	})
	return web.OK(page), err
}

func (s *Service) getTotals(ctx context.Context, _ *struct{}) (*web.Reply[Totals], error) {
	t, err := s.Totals(ctx, identity.From(ctx).AllianceID)
	return web.OK(t), err
}

type referralsInput struct {
	State  string `query:"state" doc:"pending, objected, posted or voided; all when left out"`
	Text   string `query:"q" maxLength:"60" doc:"the number of a member or an inviter, or part of a store's name"`
	Cursor string `query:"cursor"`
	Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"30"`
}

func (s *Service) getReferrals(ctx context.Context, in *referralsInput) (*web.Reply[web.Page[Row]], error) {
	page, err := s.List(ctx, ListOf{
		Alliance: identity.From(ctx).AllianceID, State: in.State, Text: in.Text, Cursor: in.Cursor, Limit: in.Limit,
	})
	return web.OK(page), err
}
