package chat

import (
	"context"
	"net/http"

	"github.com/gofiber/fiber/v2"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/blob"
	"onestreet/server/platform/web"
)

const pageOfMessages = 50

// Routes adds the feature's operations.
func (s *Service) Routes(api *web.API) {
	web.Get(api, "/me/chats", op("my-chats", "My conversations with the stores", identity.Member), s.getMine)
	web.Get(api, "/me/chats/{store}", op("my-chat", "My conversation with a store", identity.Member), s.getMyThread)
	web.Post(api, "/me/chats/{store}/messages", op("my-chat-say", "Say something to a store", identity.Member).Keeping().Making(), s.postMine)
	web.Put(api, "/me/chats/{store}/read", op("my-chat-read", "I have read everything up to a message", identity.Member), s.putMyRead)
	api.Raw(http.MethodPost, "/me/chats/{store}/photos", op("my-chat-photo", "Upload a picture for a store", identity.Member), s.postMyPhoto)
	api.Raw(http.MethodGet, "/chat-photos/{photo}/{file}", op("chat-photo", "A picture of a conversation, for its two sides", identity.SignedIn), s.getPhoto)
	s.storeRoutes(api)
}

func op(id, summary string, who web.Guard) web.Op {
	return web.Op{ID: id, Summary: summary, Tag: "chat", Who: who}
}

type listInput struct {
	Cursor string `query:"cursor"`
	Limit  int    `query:"limit" minimum:"1" maximum:"100"`
}

func (s *Service) getMine(ctx context.Context, in *listInput) (*web.Reply[ChatListView], error) {
	p := identity.From(ctx)
	page, err := s.OfMember(ctx, p.AllianceID, p.MemberID, in.Cursor, web.Limit(in.Limit, 30, 100))
	return web.OK(page), err
}

// ThreadQuery says which part of a conversation is read.
type ThreadQuery struct {
	Before int64 `query:"before" minimum:"0" doc:"messages before this seq; absent: the newest"`
	Limit  int   `query:"limit" minimum:"1" maximum:"100"`
}

type myThreadInput struct {
	Store models.ID `path:"store"`
	ThreadQuery
}

func (s *Service) getMyThread(ctx context.Context, in *myThreadInput) (*web.Reply[ThreadView], error) {
	p := identity.From(ctx)
	v, err := s.Thread(ctx, p, MemberSeat(p, in.Store), in.Before, web.Limit(in.Limit, pageOfMessages, 100))
	return web.OK(v), err
}

// SayingBody is a message to be: words, a photo or a coupon.
type SayingBody struct {
	Text       string    `json:"text,omitempty" maxLength:"20000" doc:"at most 2000 characters"`
	PhotoID    models.ID `json:"photo_id,omitempty" doc:"an upload of the caller's for this conversation"`
	CampaignID models.ID `json:"campaign_id,omitempty" doc:"a campaign whose coupons can be claimed"`
}

func (b SayingBody) saying(ask *web.Ask) Saying {
	return Saying{Text: b.Text, Photo: b.PhotoID, Campaign: b.CampaignID, ask: ask}
}

type sayMineInput struct {
	Store models.ID `path:"store"`
	Body  SayingBody
}

// SaidView is a message that was just said, and the conversation it stands in.
type SaidView struct {
	ConversationID models.ID   `json:"conversation_id"`
	Message        MessageView `json:"message"`
}

func (s *Service) postMine(ctx context.Context, in *sayMineInput) (*web.Reply[SaidView], error) {
	p := identity.From(ctx)
	return s.said(ctx, p, MemberSeat(p, in.Store), in.Body)
}

func (s *Service) said(ctx context.Context, p *identity.Principal, seat Seat, body SayingBody) (*web.Reply[SaidView], error) {
	m, err := s.Send(ctx, seat, body.saying(web.AskOf(ctx)))
	if err != nil {
		return nil, err
	}
	views, err := s.messageViews(ctx, s.DB.Read(ctx), p, []models.ChatMessage{m})
	if err != nil {
		return nil, err
	}
	return web.OK(SaidView{ConversationID: m.ConversationID, Message: views[0]}), nil
}

// ReadBody says how far a side has read.
type ReadBody struct {
	UpTo int64 `json:"up_to" minimum:"0" doc:"the seq of the newest message that was read"`
}

type readMineInput struct {
	Store models.ID `path:"store"`
	Body  ReadBody
}

func (s *Service) putMyRead(ctx context.Context, in *readMineInput) (*web.Reply[ReadMarks], error) {
	v, err := s.MarkRead(ctx, MemberSeat(identity.From(ctx), in.Store), in.Body.UpTo)
	return web.OK(v), err
}

func (s *Service) postMyPhoto(c *fiber.Ctx) error {
	store, err := models.ParseID(c.Params("store"))
	if err != nil {
		return models.ErrNotFound
	}
	return s.upload(c, MemberSeat(identity.From(c.UserContext()), store))
}

func (s *Service) upload(c *fiber.Ctx, seat Seat) error {
	return blob.Receive(c, func(data []byte) (ChatPhotoView, error) { return s.Upload(c.UserContext(), seat, data) })
}

func (s *Service) getPhoto(c *fiber.Ctx) error {
	reader := identity.From(c.UserContext())
	return blob.Serve(c, blob.CachedByReader, func(id models.ID, size string) ([]byte, error) { return s.Picture(c.UserContext(), reader, id, size) })
}
