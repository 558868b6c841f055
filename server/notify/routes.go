package notify

import (
	"context"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/web"
)

// Routes adds the feature's operations.
func (s *Service) Routes(api *web.API) {
	web.Get(api, "/me/inbox", op("inbox", "My letters, newest first"), s.getInbox)
	web.Post(api, "/me/inbox/read", op("inbox-read", "I have read everything up to a letter"), s.postRead)
}

func op(id, summary string) web.Op {
	return web.Op{ID: id, Summary: summary, Tag: "notify", Who: identity.Member}
}

type inboxInput struct {
	Cursor string `query:"cursor"`
	Limit  int    `query:"limit" minimum:"1" maximum:"100"`
}

func (s *Service) getInbox(ctx context.Context, in *inboxInput) (*web.Reply[InboxView], error) {
	p := identity.From(ctx)
	page, err := s.Inbox(ctx, p.AllianceID, p.MemberID, web.Locale(ctx), in.Cursor, web.Limit(in.Limit, 30, 100))
	return web.OK(page), err
}

type readInput struct {
	Body struct {
		UpTo models.ID `json:"up_to" doc:"the newest letter that was read"`
	}
}

// UnreadView is how many letters are not read yet.
type UnreadView struct {
	Unread int64 `json:"unread"`
}

func (s *Service) postRead(ctx context.Context, in *readInput) (*web.Reply[UnreadView], error) {
	p := identity.From(ctx)
	unread, err := s.MarkRead(ctx, p.AllianceID, p.MemberID, in.Body.UpTo)
	return web.OK(UnreadView{Unread: unread}), err
}
