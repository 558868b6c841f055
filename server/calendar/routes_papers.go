package calendar

import (
	"context"
	"net/http"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/web"
)

func (s *Service) paperRoutes(api *web.API) {
	web.Get(api, "/stores/{store}/event-papers", op("event-papers", "Drafts and templates of events", identity.AtHost, 0), s.getPapers)
	web.Post(api, "/stores/{store}/event-papers", op("event-paper-keep", "Keep a draft or a template of an event", identity.PlansHost, http.StatusCreated).Once(), s.postPaper)
	web.Put(api, "/stores/{store}/event-papers/{paper}", op("event-paper-change", "Write a draft or template anew", identity.PlansHost, 0), s.putPaper)
	web.Do(api, http.MethodDelete, "/stores/{store}/event-papers/{paper}", op("event-paper-drop", "Throw a draft or template away", identity.PlansHost, 0), s.deletePaper)
}

func (s *Service) getPapers(ctx context.Context, in *storeInput) (*web.Reply[web.Page[Paper]], error) {
	list, err := s.Papers(ctx, deskOf(ctx, in.Store))
	return web.OK(web.NewPage(list, "")), err
}

type postPaperInput struct {
	Store models.ID `path:"store"`
	Body  Paper
}

func (s *Service) postPaper(ctx context.Context, in *postPaperInput) (*web.Reply[Paper], error) {
	p, err := s.KeepPaper(ctx, deskOf(ctx, in.Store), in.Body)
	return web.OK(p), err
}

type putPaperInput struct {
	Store models.ID `path:"store"`
	Paper models.ID `path:"paper"`
	Body  Paper
}

func (s *Service) putPaper(ctx context.Context, in *putPaperInput) (*web.Reply[Paper], error) {
	p, err := s.ChangePaper(ctx, deskOf(ctx, in.Store), in.Paper, in.Body)
	return web.OK(p), err
}

type paperInput struct {
	Store models.ID `path:"store"`
	Paper models.ID `path:"paper"`
}

func (s *Service) deletePaper(ctx context.Context, in *paperInput) (*web.Empty, error) {
	return nil, s.DropPaper(ctx, deskOf(ctx, in.Store), in.Paper)
}
