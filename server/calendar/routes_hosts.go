package calendar

import (
	"context"
	"net/http"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/db"
	"onestreet/server/platform/web"
)

func (s *Service) hostRoutes(api *web.API) {
	web.Get(api, "/stores/{store}/events/{event}", op("store-event", "An event that a store hosts, with all its dates", identity.AtHost, 0), s.getStoreEvent)
	web.Get(api, "/stores/{store}/hostings", op("hostings", "Events that others ask us to host with them", identity.AtHost, 0), s.getHostings)
	web.Put(api, "/stores/{store}/events/{event}/hosts", op("event-hosts", "Ask other stores to host an event with us", identity.PlansHost, 0), s.putHosts)
	web.Put(api, "/stores/{store}/hostings/{event}", op("hosting-answer", "Accept to host an event, or decline", identity.PlansHost, 0), s.putHosting)
	web.Get(api, "/stores/{store}/occurrences/{occurrence}/results", op("event-results", "What a date of an event brought", identity.AtHost, 0), s.getResults)
	web.Post(api, "/stores/{store}/occurrences/{occurrence}/thanks", op("event-thanks", "Thank all who came, once", identity.PlansHost, http.StatusCreated).Once(), s.postThanks)
}

type storeInput struct {
	Store models.ID `path:"store"`
}

func (s *Service) getHostings(ctx context.Context, in *storeInput) (*web.Reply[web.Page[EventView]], error) {
	views, err := s.Hostings(ctx, deskOf(ctx, in.Store))
	return web.OK(web.NewPage(views, "")), err
}

func (s *Service) getStoreEvent(ctx context.Context, in *eventInput) (*web.Reply[EventView], error) {
	desk := deskOf(ctx, in.Store)
	e, err := db.Find[models.Event](desk.hostsWith(s.DB.Read(ctx)), "id = ?", in.Event)
	return s.eventReply(ctx, e, err)
}

type hostsInput struct {
	Store models.ID `path:"store"`
	Event models.ID `path:"event"`
	Body  struct {
		StoreIDs []models.ID `json:"store_ids" maxItems:"50" nullable:"false" doc:"all who host beside us; who is left out is a host no more"`
	}
}

func (s *Service) putHosts(ctx context.Context, in *hostsInput) (*web.Reply[EventView], error) {
	e, err := s.AskHosts(ctx, deskOf(ctx, in.Store), in.Event, in.Body.StoreIDs)
	return s.eventReply(ctx, e, err)
}

type hostingInput struct {
	Store models.ID `path:"store"`
	Event models.ID `path:"event"`
	Body  struct {
		Decision   string    `json:"decision" enum:"accept,decline"`
		CampaignID models.ID `json:"gift_campaign_id,omitzero" required:"false" doc:"with accept: a campaign of our own, a coupon for each member who is checked in; without it none"`
	}
}

func (s *Service) putHosting(ctx context.Context, in *hostingInput) (*web.Reply[web.Page[EventView]], error) {
	desk := deskOf(ctx, in.Store)
	if err := s.AnswerHosting(ctx, desk, in.Event, in.Body.Decision == "accept", in.Body.CampaignID); err != nil {
		return nil, err
	}
	views, err := s.Hostings(ctx, desk)
	return web.OK(web.NewPage(views, "")), err
}

func (s *Service) getResults(ctx context.Context, in *hostedInput) (*web.Reply[Results], error) {
	r, err := s.Results(ctx, deskOf(ctx, in.Store), in.Occurrence)
	return web.OK(r), err
}

type thanksInput struct {
	Store      models.ID `path:"store"`
	Occurrence models.ID `path:"occurrence"`
	Body       struct {
		Words      string    `json:"words" doc:"1 to 200 characters"`
		CampaignID models.ID `json:"campaign_id,omitzero" required:"false" doc:"a campaign of the host's: a coupon for each of them"`
	}
}

func (s *Service) postThanks(ctx context.Context, in *thanksInput) (*web.Reply[Results], error) {
	desk := deskOf(ctx, in.Store)
	if err := s.Thank(ctx, desk, in.Occurrence, in.Body.Words, in.Body.CampaignID); err != nil {
		return nil, err
	}
	r, err := s.Results(ctx, desk, in.Occurrence)
	return web.OK(r), err
}
