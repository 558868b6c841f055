package chat

import (
	"context"
	"net/http"

	"github.com/gofiber/fiber/v2"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/web"
)

func (s *Service) storeRoutes(api *web.API) {
	const at = "/stores/{store}/chats/{member}"
	web.Get(api, "/stores/{store}/chats", op("chats", "The store's conversations", identity.Clerk), s.getChats)
	web.Get(api, at, op("chat", "A conversation with a customer", identity.Clerk), s.getThread)
	web.Post(api, at+"/messages", op("chat-say", "Answer a customer", identity.Clerk).Keeping().Making(), s.postMessage)
	web.Put(api, at+"/read", op("chat-read", "The store has read everything up to a message", identity.Clerk), s.putRead)
	web.Put(api, at+"/keeper", op("chat-hand", "Hand a conversation to a colleague", identity.Clerk), s.putKeeper)
	web.Put(api, at+"/block", op("chat-block", "Take no more messages from a customer", identity.Manager), s.block(true))
	web.Delete(api, at+"/block", op("chat-unblock", "Take their messages again", identity.Manager), s.block(false))
	api.Raw(http.MethodPost, at+"/photos", op("chat-photo-create", "Upload a picture for a customer", identity.Clerk), s.postPhoto)
	web.Get(api, "/stores/{store}/colleagues", op("colleagues", "Who works here: whom one can hand a conversation to", identity.Clerk), s.getColleagues)
	web.Get(api, "/stores/{store}/answering", op("answering", "The store's quiet hours and ready answers", identity.Clerk), s.getAnswering)
	web.Put(api, "/stores/{store}/answering", op("answering-change", "Change quiet hours and ready answers", identity.Manager), s.putAnswering)
}

type chatsInput struct {
	Store  models.ID `path:"store"`
	Show   string    `query:"show" enum:"unread,mine" doc:"absent: all"`
	Cursor string    `query:"cursor"`
	Limit  int       `query:"limit" minimum:"1" maximum:"100"`
}

func (s *Service) getChats(ctx context.Context, in *chatsInput) (*web.Reply[ChatListView], error) {
	p := identity.From(ctx)
	page, err := s.OfStore(ctx, p.AllianceID, in.Store, p.AccountID, in.Show, in.Cursor, web.Limit(in.Limit, 30, 100))
	return web.OK(page), err
}

// ChatPath names a conversation from the store's side.
type ChatPath struct {
	Store  models.ID `path:"store"`
	Member models.ID `path:"member"`
}

func (c ChatPath) seat(p *identity.Principal) Seat { return StoreSeat(p, c.Store, c.Member) }

type threadInput struct {
	ChatPath
	ThreadQuery
}

func (s *Service) getThread(ctx context.Context, in *threadInput) (*web.Reply[ThreadView], error) {
	p := identity.From(ctx)
	v, err := s.Thread(ctx, p, in.seat(p), in.Before, web.Limit(in.Limit, pageOfMessages, 100))
	return web.OK(v), err
}

type sayInput struct {
	ChatPath
	Body SayingBody
}

func (s *Service) postMessage(ctx context.Context, in *sayInput) (*web.Reply[SaidView], error) {
	p := identity.From(ctx)
	return s.said(ctx, p, in.seat(p), in.Body)
}

type readInput struct {
	ChatPath
	Body ReadBody
}

func (s *Service) putRead(ctx context.Context, in *readInput) (*web.Reply[ReadMarks], error) {
	v, err := s.MarkRead(ctx, in.seat(identity.From(ctx)), in.Body.UpTo)
	return web.OK(v), err
}

type keeperInput struct {
	ChatPath
	Body struct {
		AccountID models.ID `json:"account_id" doc:"who looks after it from now on"`
	}
}

func (s *Service) putKeeper(ctx context.Context, in *keeperInput) (*web.Reply[ThreadView], error) {
	p := identity.From(ctx)
	if err := s.HandOver(ctx, in.seat(p), in.Body.AccountID); err != nil {
		return nil, err
	}
	return s.getThread(ctx, &threadInput{ChatPath: in.ChatPath})
}

func (s *Service) block(on bool) func(context.Context, *ChatPath) (*web.Reply[ThreadView], error) {
	return func(ctx context.Context, in *ChatPath) (*web.Reply[ThreadView], error) {
		if err := s.Block(ctx, in.seat(identity.From(ctx)), on); err != nil {
			return nil, err
		}
		return s.getThread(ctx, &threadInput{ChatPath: *in})
	}
}

func (s *Service) postPhoto(c *fiber.Ctx) error {
	store, wrongStore := models.ParseID(c.Params("store"))
	member, wrongMember := models.ParseID(c.Params("member"))
	if wrongStore != nil || wrongMember != nil {
		return models.ErrNotFound
	}
	return s.upload(c, StoreSeat(identity.From(c.UserContext()), store, member))
}

// StorePath names a store.
type StorePath struct {
	Store models.ID `path:"store"`
}

// getColleagues names who works in the store, and no more: phones and roles are the manager's.
func (s *Service) getColleagues(ctx context.Context, in *StorePath) (*web.Reply[web.Page[KeeperView]], error) {
	staff, err := s.Pool.Staff(ctx, identity.From(ctx).AllianceID, in.Store)
	views := make([]KeeperView, len(staff))
	for i, one := range staff {
		views[i] = KeeperView{AccountID: one.AccountID, Name: one.Name}
	}
	return web.OK(web.NewPage(views, "")), err
}

func (s *Service) getAnswering(ctx context.Context, in *StorePath) (*web.Reply[Answering], error) {
	a, version, err := s.Answering(ctx, in.Store)
	reply := web.OK(a)
	reply.ETag = web.ETag(version)
	return reply, err
}

type answeringInput struct {
	StorePath
	IfMatch string `header:"If-Match"`
	Body    Answering
}

func (s *Service) putAnswering(ctx context.Context, in *answeringInput) (*web.Reply[Answering], error) {
	if err := s.SetAnswering(ctx, identity.From(ctx).AllianceID, in.Store, in.IfMatch, in.Body); err != nil {
		return nil, err
	}
	return s.getAnswering(ctx, &in.StorePath)
}
