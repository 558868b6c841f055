package feed

import (
	"context"

	"onestreet/server/identity"
	"onestreet/server/platform/web"
)

func (s *Service) lifeRoutes(api *web.API) {
	web.Get(api, "/search", op("feed-search", "Find what was said, newest first", identity.Anyone), s.getSearch)
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
