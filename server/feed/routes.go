package feed

import (
	"context"
	"net/http"

	"github.com/gofiber/fiber/v2"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/blob"
	"onestreet/server/platform/web"
)

// Routes adds the feature's operations.
func (s *Service) Routes(api *web.API) {
	web.Get(api, "/feeds/{feed}/posts", op("feed", "A feed, newest first", identity.Anyone), s.getPosts)
	web.Post(api, "/feeds/{feed}/posts", op("post-create", "Say something on the street", identity.Participant).Keeping().Making(), s.postPost)
	web.Get(api, "/posts/{post}", op("post", "One post", identity.Anyone), s.getPost)
	web.Do(api, http.MethodDelete, "/posts/{post}", op("post-remove", "Take a post off the feed", identity.Participant), s.deletePost)
	web.Get(api, "/posts/{post}/comments", op("comments", "The answers to a post, oldest first", identity.Anyone), s.getComments)
	web.Post(api, "/posts/{post}/comments", op("comment-create", "Answer a post", identity.Participant).Keeping().Making(), s.postComment)
	web.Patch(api, "/posts/{post}", op("post-edit", "Change what a post says", identity.Participant), s.patchPost)
	web.Get(api, "/posts/{post}/edits", op("post-edits", "What a post said before", identity.Anyone), s.getPostEdits)
	web.Patch(api, "/posts/{post}/comments/{comment}", op("comment-edit", "Change what an answer says", identity.Participant), s.patchComment)
	web.Do(api, http.MethodDelete, "/posts/{post}/comments/{comment}", op("comment-remove", "Take an answer down", identity.Participant), s.deleteComment)
	web.Get(api, "/posts/{post}/comments/{comment}/edits", op("comment-edits", "What an answer said before", identity.Anyone), s.getCommentEdits)
	web.Put(api, "/posts/{post}/reactions/{reaction}", op("post-react", "Put a reaction under a post", identity.Participant), s.react(true))
	web.Delete(api, "/posts/{post}/reactions/{reaction}", op("post-unreact", "Take a reaction back", identity.Participant), s.react(false))
	web.Get(api, "/mentionable", op("mentionable", "Whom one can call by name", identity.Participant), s.getMentionable)
	web.Put(api, "/posts/{post}/like", op("post-like", "Nod to a post", identity.Participant), s.like(true))
	web.Delete(api, "/posts/{post}/like", op("post-unlike", "Take the nod back", identity.Participant), s.like(false))
	s.circleRoutes(api)
	s.lifeRoutes(api)
	api.Raw(http.MethodPost, "/photos", op("photo-create", "Upload a picture", identity.SignedIn), s.postPhoto)
	api.Raw(http.MethodGet, "/photos/{photo}/{file}", op("photo", "A picture", identity.Anyone), s.getPhoto)
}

func op(id, summary string, who web.Guard) web.Op {
	return web.Op{ID: id, Summary: summary, Tag: "feed", Who: who}
}

type feedInput struct {
	Feed   string `path:"feed"`
	Cursor string `query:"cursor"`
	Limit  int    `query:"limit" minimum:"1" maximum:"100"`
}

func (s *Service) getPosts(ctx context.Context, in *feedInput) (*web.Reply[Page], error) {
	page, err := s.Posts(ctx, identity.From(ctx), in.Feed, in.Cursor, web.Limit(in.Limit, 20, 100))
	return web.OK(page), err
}

type postInput struct {
	Feed string `path:"feed"`
	Body struct {
		Text     string      `json:"text" maxLength:"20000"`
		PhotoIDs []models.ID `json:"photo_ids,omitempty" maxItems:"30"`
		StoreID  models.ID   `json:"store_id,omitempty" doc:"to speak for a store you work for"`
		Mentions []models.ID `json:"mentions,omitempty" maxItems:"100" doc:"members and stores that the text calls as @Name"`
		EventID  models.ID   `json:"event_id,omitzero" required:"false" doc:"an event of the street that the post is about: its card goes with it"`
		Card     *cardInput  `json:"card,omitempty"`
	}
}

// cardInput is what a post shows besides its words.
type cardInput struct {
	Kind models.CardKind `json:"kind" enum:"store"`
	ID   models.ID       `json:"id"`
}

func (s *Service) postPost(ctx context.Context, in *postInput) (*web.Reply[PostView], error) {
	reader := identity.From(ctx)
	who, err := author(reader, in.Body.StoreID)
	if err != nil {
		return nil, err
	}
	d := Draft{Author: who, Feed: in.Feed, Text: in.Body.Text, Mentions: in.Body.Mentions, Photos: in.Body.PhotoIDs, ask: web.AskOf(ctx)}
	if d, err = s.withEvent(ctx, d, in.Body.EventID); err != nil {
		return nil, err
	}
	if card := in.Body.Card; card != nil {
		d.Card, d.CardID = card.Kind, card.ID
	}
	got, err := s.say(ctx, d)
	if err != nil {
		return nil, err
	}
	view, err := s.asAuthor(ctx, reader, got)
	return web.OK(view), err
}

// asAuthor shows a post to who has just said it. What a card shows depends on the reader, and what was said before may be
// otherwise by now: these are read.
func (s *Service) asAuthor(ctx context.Context, by *identity.Principal, got spoken) (PostView, error) {
	p, view := got.post, got.shown
	if got.again || p.CardKind != models.CardNone {
		return s.Post(ctx, by, p.ID)
	}
	keeps, err := s.moderates(s.DB.Read(ctx), speaker(by, models.ID{}), p.Feed)
	view.Mine, view.Editable, view.Pinnable = keeps || mayRemove(by, p.AccountID, p.StoreID), mayEdit(by, p.AccountID, p.StoreID), keeps
	return view, err
}

type onePost struct {
	Post models.ID `path:"post"`
}

func (s *Service) getPost(ctx context.Context, in *onePost) (*web.Reply[PostView], error) {
	view, err := s.Post(ctx, identity.From(ctx), in.Post)
	return web.OK(view), err
}

func (s *Service) deletePost(ctx context.Context, in *onePost) (*web.Empty, error) {
	return nil, s.Remove(ctx, identity.From(ctx), in.Post)
}

type commentsInput struct {
	Post   models.ID `path:"post"`
	Cursor string    `query:"cursor"`
	Limit  int       `query:"limit" minimum:"1" maximum:"100"`
}

func (s *Service) getComments(ctx context.Context, in *commentsInput) (*web.Reply[web.Page[CommentView]], error) {
	page, err := s.Comments(ctx, identity.From(ctx), in.Post, in.Cursor, web.Limit(in.Limit, 30, 100))
	return web.OK(page), err
}

type commentInput struct {
	Post models.ID `path:"post"`
	Body struct {
		Text     string      `json:"text" maxLength:"20000"`
		StoreID  models.ID   `json:"store_id,omitempty" doc:"to speak for a store you work for"`
		ReplyTo  models.ID   `json:"reply_to,omitempty" doc:"the comment that this one answers"`
		Mentions []models.ID `json:"mentions,omitempty" maxItems:"100" doc:"members and stores that the text calls as @Name"`
	}
}

func (s *Service) postComment(ctx context.Context, in *commentInput) (*web.Reply[CommentView], error) {
	reader := identity.From(ctx)
	who, err := author(reader, in.Body.StoreID)
	if err != nil {
		return nil, err
	}
	c, err := s.Reply(ctx, Answer{Author: who, Said: Said{in.Body.Text, in.Body.Mentions}, Post: in.Post, To: in.Body.ReplyTo, ask: web.AskOf(ctx)})
	if err != nil {
		return nil, err
	}
	views, err := s.commentViews(ctx, reader, []models.PostComment{c})
	if err != nil {
		return nil, err
	}
	return web.OK(views[0]), nil
}

func (s *Service) like(on bool) func(context.Context, *onePost) (*web.Reply[Liked], error) {
	return func(ctx context.Context, in *onePost) (*web.Reply[Liked], error) {
		p := identity.From(ctx)
		liked, err := s.Like(ctx, p.AllianceID, p.AccountID, in.Post, on)
		return web.OK(liked), err
	}
}

func (s *Service) postPhoto(c *fiber.Ctx) error {
	p := identity.From(c.UserContext())
	return blob.Receive(c, func(data []byte) (PhotoView, error) {
		return s.Upload(c.UserContext(), p.AllianceID, p.AccountID, data)
	})
}

func (s *Service) getPhoto(c *fiber.Ctx) error {
	return blob.Serve(c, blob.CachedByAll, func(id models.ID, size string) ([]byte, error) { return s.Picture(c.UserContext(), id, size) })
}
