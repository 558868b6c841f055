package feed

import (
	"context"
	"net/http"

	"onestreet/models"
	"onestreet/server/conduct"
	"onestreet/server/identity"
	"onestreet/server/platform/web"
)

func (s *Service) lifeRoutes(api *web.API) {
	web.Get(api, "/search", op("feed-search", "Find what was said, newest first", identity.Anyone), s.getSearch)
	web.Get(api, "/me/feeds", op("my-feeds", "What one has not read, feed by feed", identity.Participant), s.getMyFeeds)
	web.Put(api, "/feeds/{feed}/read", op("feed-read", "Note up to where one has read", identity.Participant), s.putRead)
	web.Put(api, "/posts/{post}/pin", op("post-pin", "Put a notice at the top of its feed", identity.Participant), s.putPin)
	web.Do(api, http.MethodDelete, "/posts/{post}/pin", op("post-unpin", "Take a notice down", identity.Participant), s.deletePin)
	web.Get(api, "/stores/{store}/pin", op("store-pins", "The notice on a store's page", identity.Anyone), s.getStorePins)
	web.Put(api, "/stores/{store}/pin", op("store-pin", "Put a notice on the store's page", identity.Owner), s.putStorePin)
	web.Do(api, http.MethodDelete, "/stores/{store}/pin", op("store-unpin", "Take the store's notice down", identity.Owner), s.deleteStorePin)
}

type searchInput struct {
	Q      string `query:"q" maxLength:"120" doc:"pieces parted by blanks, all of which must be there"`
	Feed   string `query:"feed" maxLength:"48" doc:"only this feed; without it, all that one may read"`
	Cursor string `query:"cursor"`
	Limit  int    `query:"limit" minimum:"1" maximum:"50"`
}

func (s *Service) getSearch(ctx context.Context, in *searchInput) (*web.Reply[web.Page[Hit]], error) {
	page, err := s.Search(ctx, identity.From(ctx), in.Q, in.Feed, in.Cursor, web.Limit(in.Limit, 20, 50))
	return web.OK(page), err
}

// MyFeeds is what somebody has not read: of the street's feed first, then of the circles they are in.
type MyFeeds struct {
	Items  []FeedUnread `json:"items" nullable:"false"`
	Hidden []models.ID  `json:"hidden" nullable:"false" doc:"authors whom one does not see: what they say live is no news"`
}

func (s *Service) getMyFeeds(ctx context.Context, _ *struct{}) (*web.Reply[MyFeeds], error) {
	reader := identity.From(ctx)
	items, err := s.Unread(ctx, reader)
	if err != nil {
		return nil, err
	}
	hidden, err := conduct.Hidden(s.DB.Read(ctx), reader)
	return web.OK(MyFeeds{Items: items, Hidden: hidden}), err
}

type feedReadInput struct {
	Feed string `path:"feed"`
	Body struct {
		Seq int64 `json:"seq" minimum:"0" doc:"of the last item that was on the screen"`
	}
}

func (s *Service) putRead(ctx context.Context, in *feedReadInput) (*web.Reply[FeedUnread], error) {
	now, err := s.MarkRead(ctx, identity.From(ctx), in.Feed, in.Body.Seq)
	return web.OK(now), err
}

// Pins are notices, the newest first.
type Pins struct {
	Items []PinView `json:"items" nullable:"false"`
}

type pinInput struct {
	Post models.ID `path:"post"`
	Body struct {
		Until string `json:"until" doc:"the last day, YYYY-MM-DD in the street's zone"`
	}
}

func (s *Service) putPin(ctx context.Context, in *pinInput) (*web.Reply[Pins], error) {
	by := identity.From(ctx)
	if err := s.Pin(ctx, by, in.Post, in.Body.Until); err != nil {
		return nil, err
	}
	p, err := s.find(s.DB.Read(ctx), speaker(by, models.ID{}), in.Post)
	if err != nil {
		return nil, err
	}
	items, err := s.pinned(ctx, by, p.Feed)
	return web.OK(Pins{items}), err
}

func (s *Service) deletePin(ctx context.Context, in *onePost) (*web.Empty, error) {
	return nil, s.Unpin(ctx, identity.From(ctx), in.Post)
}

type storePath struct {
	Store models.ID `path:"store"`
}

func (s *Service) getStorePins(ctx context.Context, in *storePath) (*web.Reply[Pins], error) {
	items, err := s.StorePinned(ctx, identity.From(ctx), in.Store)
	return web.OK(Pins{listed(items)}), err
}

type storePinInput struct {
	Store models.ID `path:"store"`
	Body  struct {
		PostID models.ID `json:"post_id"`
		Until  string    `json:"until" doc:"the last day, YYYY-MM-DD in the street's zone"`
	}
}

func (s *Service) putStorePin(ctx context.Context, in *storePinInput) (*web.Reply[Pins], error) {
	if err := s.PinAtStore(ctx, identity.From(ctx), in.Store, in.Body.PostID, in.Body.Until); err != nil {
		return nil, err
	}
	return s.getStorePins(ctx, &storePath{in.Store})
}

func (s *Service) deleteStorePin(ctx context.Context, in *storePath) (*web.Empty, error) {
	return nil, s.UnpinAtStore(ctx, identity.From(ctx), in.Store)
}
