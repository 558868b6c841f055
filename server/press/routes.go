package press

import (
	"context"
	"net/http"

	"onestreet/models"
	"onestreet/server/feed"
	"onestreet/server/identity"
	"onestreet/server/platform/web"
)

// Routes adds the feature's operations.
func (s *Service) Routes(api *web.API) {
	web.Get(api, "/series", op("serials", "What is told in parts on the street", identity.Anyone), s.getSeriesList)
	web.Post(api, "/series", op("serial-start", "Begin a series", identity.Participant).Once().Making(), s.postSeries)
	web.Get(api, "/series/{series}", op("serial", "A series with its parts", identity.Anyone), s.getSeries)
	web.Put(api, "/series/{series}", op("serial-change", "Rename, pause, go on with or end a series", identity.Participant), s.putSeries)
	web.Post(api, "/series/{series}/parts", op("serial-tell", "Tell the next part", identity.Participant).Once().Making(), s.postPart)
	web.Get(api, "/series/{series}/parts/{number}", op("serial-part", "One part, with the one before and the one after", identity.Anyone), s.getPart)
	web.Do(api, http.MethodPut, "/series/{series}/follow", op("serial-follow", "Hear of every new part", identity.Member), s.follow(true))
	web.Do(api, http.MethodDelete, "/series/{series}/follow", op("serial-unfollow", "Hear of no new part any more", identity.Member), s.follow(false))
	web.Do(api, http.MethodPut, "/series/{series}/progress", op("serial-read", "Note up to which part one has read", identity.Member), s.putProgress)
	web.Post(api, "/stories", op("story-write", "Write a story", identity.Participant).Once().Making(), s.postStory)
	web.Get(api, "/stories/{story}", op("story", "A story to read", identity.Anyone), s.getStory)
	s.planRoutes(api)
}

func op(id, summary string, who web.Guard) web.Op {
	return web.Op{ID: id, Summary: summary, Tag: "press", Who: who}
}

type listInput struct {
	Store models.ID `query:"store" doc:"only what this store tells"`
}

// SerialList is what is told on the street, told last first.
type SerialList struct {
	Items []SerialView `json:"items" nullable:"false"`
}

func (s *Service) getSeriesList(ctx context.Context, in *listInput) (*web.Reply[SerialList], error) {
	items, err := s.List(ctx, identity.From(ctx), in.Store)
	return web.OK(SerialList{items}), err
}

type seriesInput struct {
	Body struct {
		Title   string    `json:"title" maxLength:"400"`
		About   string    `json:"about,omitempty" maxLength:"4000"`
		CoverID models.ID `json:"cover_id,omitempty" doc:"an upload of the caller's"`
		StoreID models.ID `json:"store_id,omitempty" doc:"to tell it as the persona of a store you work for"`
	}
}

func (s *Service) postSeries(ctx context.Context, in *seriesInput) (*web.Reply[SerialPage], error) {
	series, err := s.Start(ctx, identity.From(ctx), NewSeries{Store: in.Body.StoreID, Title: in.Body.Title, About: in.Body.About, Cover: in.Body.CoverID})
	if err != nil {
		return nil, err
	}
	return s.getSeries(ctx, &oneSeries{series.ID})
}

type oneSeries struct {
	Series models.ID `path:"series"`
}

func (s *Service) getSeries(ctx context.Context, in *oneSeries) (*web.Reply[SerialPage], error) {
	page, err := s.Page(ctx, identity.From(ctx), in.Series)
	return web.OK(page), err
}

type changeInput struct {
	Series models.ID `path:"series"`
	Body   struct {
		Title   string             `json:"title" maxLength:"400"`
		About   string             `json:"about,omitempty" maxLength:"4000"`
		CoverID models.ID          `json:"cover_id,omitempty" doc:"the cover that it has, or another upload of the caller's; absent: none"`
		State   models.SeriesState `json:"state" enum:"running,paused,ended"`
	}
}

func (s *Service) putSeries(ctx context.Context, in *changeInput) (*web.Reply[SerialPage], error) {
	if err := s.Change(ctx, identity.From(ctx), in.Series, NewSeries{Title: in.Body.Title, About: in.Body.About, Cover: in.Body.CoverID}, in.Body.State); err != nil {
		return nil, err
	}
	return s.getSeries(ctx, &oneSeries{in.Series})
}

type partInput struct {
	Series models.ID `path:"series"`
	Body   struct {
		Title    string      `json:"title" maxLength:"400"`
		Text     string      `json:"text" maxLength:"20000"`
		PhotoIDs []models.ID `json:"photo_ids,omitempty" maxItems:"30"`
		Mentions []models.ID `json:"mentions,omitempty" maxItems:"100" doc:"members and stores that the text calls as @Name"`
	}
}

func (s *Service) postPart(ctx context.Context, in *partInput) (*web.Reply[feed.PostView], error) {
	reader, b := identity.From(ctx), in.Body
	p, err := s.Tell(ctx, reader, in.Series, NewPart{Title: b.Title, Text: b.Text, Photos: b.PhotoIDs, Mentions: b.Mentions})
	if err != nil {
		return nil, err
	}
	view, err := s.Feed.Post(ctx, reader, p.ID)
	return web.OK(view), err
}

type onePart struct {
	Series models.ID `path:"series"`
	Number int64     `path:"number"`
}

func (s *Service) getPart(ctx context.Context, in *onePart) (*web.Reply[PartPage], error) {
	part, err := s.Part(ctx, identity.From(ctx), in.Series, in.Number)
	return web.OK(part), err
}

func (s *Service) follow(on bool) func(context.Context, *oneSeries) (*web.Empty, error) {
	return func(ctx context.Context, in *oneSeries) (*web.Empty, error) {
		return nil, s.Follow(ctx, identity.From(ctx), in.Series, on)
	}
}

type progressInput struct {
	Series models.ID `path:"series"`
	Body   struct {
		Number int64 `json:"number"`
	}
}

func (s *Service) putProgress(ctx context.Context, in *progressInput) (*web.Empty, error) {
	return nil, s.ReadTo(ctx, identity.From(ctx), in.Series, in.Body.Number)
}
