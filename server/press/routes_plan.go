package press

import (
	"context"
	"net/http"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/web"
)

func (s *Service) planRoutes(api *web.API) {
	web.Get(api, "/stores/{store}/plan", op("plan", "What the store's persona is going to say", identity.Clerk), s.getBoard)
	web.Post(api, "/stores/{store}/plan", op("plan-draft", "Draft something for the persona", identity.Clerk).Once().Making(), s.postDraft)
	web.Put(api, "/stores/{store}/plan/{item}", op("plan-edit", "Change a draft", identity.Clerk), s.putItem)
	web.Do(api, http.MethodDelete, "/stores/{store}/plan/{item}", op("plan-drop", "Take a draft out of the plan", identity.Clerk), s.deleteItem)
	web.Put(api, "/stores/{store}/plan/{item}/schedule", op("plan-schedule", "Say when it is published", identity.Owner), s.putSchedule)
	web.Delete(api, "/stores/{store}/plan/{item}/schedule", op("plan-unschedule", "Make it a draft again", identity.Owner), s.deleteSchedule)
	web.Post(api, "/stores/{store}/plan/{item}/publish", op("plan-publish", "Publish it now", identity.Owner).Once(), s.postPublish)
}

type ofStore struct {
	Store models.ID `path:"store"`
}

func (s *Service) getBoard(ctx context.Context, in *ofStore) (*web.Reply[PlanBoard], error) {
	board, err := s.Board(ctx, identity.From(ctx), in.Store)
	return web.OK(board), err
}

type draftBody struct {
	Column   models.PlanColumn `json:"column" enum:"product,customers,personal"`
	Text     string            `json:"text" maxLength:"20000"`
	PhotoIDs []models.ID       `json:"photo_ids,omitempty" maxItems:"30"`
}

func (b draftBody) draft() PlanDraft {
	return PlanDraft{Column: b.Column, Text: b.Text, Photos: b.PhotoIDs}
}

type draftInput struct {
	Store models.ID `path:"store"`
	Body  draftBody
}

func (s *Service) postDraft(ctx context.Context, in *draftInput) (*web.Reply[PlanView], error) {
	by := identity.From(ctx)
	item, err := s.Draft(ctx, by, in.Store, in.Body.draft())
	if err != nil {
		return nil, err
	}
	return s.shown(ctx, in.Store, item.ID)
}

func (s *Service) shown(ctx context.Context, store, id models.ID) (*web.Reply[PlanView], error) {
	view, err := s.item(ctx, identity.From(ctx), store, id)
	reply := web.OK(view)
	reply.ETag = web.ETag(view.Version)
	return reply, err
}

type editInput struct {
	Store   models.ID `path:"store"`
	Item    models.ID `path:"item"`
	IfMatch string    `header:"If-Match"`
	Body    draftBody
}

func (s *Service) putItem(ctx context.Context, in *editInput) (*web.Reply[PlanView], error) {
	if err := s.Edit(ctx, identity.From(ctx), in.Store, in.Item, in.IfMatch, in.Body.draft()); err != nil {
		return nil, err
	}
	return s.shown(ctx, in.Store, in.Item)
}

type oneItem struct {
	Store   models.ID `path:"store"`
	Item    models.ID `path:"item"`
	IfMatch string    `header:"If-Match"`
}

func (s *Service) deleteItem(ctx context.Context, in *oneItem) (*web.Empty, error) {
	return nil, s.Drop(ctx, identity.From(ctx), in.Store, in.Item, in.IfMatch)
}

type scheduleInput struct {
	Store   models.ID `path:"store"`
	Item    models.ID `path:"item"`
	IfMatch string    `header:"If-Match"`
	Body    struct {
		Day  string `json:"day" maxLength:"10" doc:"YYYY-MM-DD in the street's time"`
		Hour string `json:"hour" maxLength:"5" doc:"HH:MM in the street's time"`
	}
}

func (s *Service) putSchedule(ctx context.Context, in *scheduleInput) (*web.Reply[PlanView], error) {
	if err := s.Schedule(ctx, identity.From(ctx), in.Store, in.Item, in.IfMatch, in.Body.Day, in.Body.Hour); err != nil {
		return nil, err
	}
	return s.shown(ctx, in.Store, in.Item)
}

func (s *Service) deleteSchedule(ctx context.Context, in *oneItem) (*web.Reply[PlanView], error) {
	if err := s.Unschedule(ctx, identity.From(ctx), in.Store, in.Item, in.IfMatch); err != nil {
		return nil, err
	}
	return s.shown(ctx, in.Store, in.Item)
}

func (s *Service) postPublish(ctx context.Context, in *oneItem) (*web.Reply[PlanView], error) {
	if err := s.PublishNow(ctx, identity.From(ctx), in.Store, in.Item, in.IfMatch); err != nil {
		return nil, err
	}
	return s.shown(ctx, in.Store, in.Item)
}
