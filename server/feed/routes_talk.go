package feed

import (
	"context"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/web"
)

type patchPostInput struct {
	Post models.ID `path:"post"`
	Body saidBody
}

type saidBody struct {
	Text     string      `json:"text" maxLength:"20000"`
	Mentions []models.ID `json:"mentions,omitempty" maxItems:"100" doc:"members and stores that the text calls as @Name"`
}

func (s *Service) patchPost(ctx context.Context, in *patchPostInput) (*web.Reply[PostView], error) {
	by := identity.From(ctx)
	if err := s.EditPost(ctx, by, in.Post, Said(in.Body)); err != nil {
		return nil, err
	}
	view, err := s.Post(ctx, by, in.Post)
	return web.OK(view), err
}

type oneComment struct {
	Post    models.ID `path:"post"`
	Comment models.ID `path:"comment"`
}

type patchCommentInput struct {
	Post    models.ID `path:"post"`
	Comment models.ID `path:"comment"`
	Body    saidBody
}

func (s *Service) patchComment(ctx context.Context, in *patchCommentInput) (*web.Reply[CommentView], error) {
	by := identity.From(ctx)
	if err := s.EditComment(ctx, by, in.Post, in.Comment, Said(in.Body)); err != nil {
		return nil, err
	}
	var c models.PostComment
	if err := s.DB.Read(ctx).Where("id = ?", in.Comment).Take(&c).Error; err != nil {
		return nil, err
	}
	views, err := s.commentViews(ctx, by, []models.PostComment{c})
	if err != nil {
		return nil, err
	}
	return web.OK(views[0]), nil
}

func (s *Service) deleteComment(ctx context.Context, in *oneComment) (*web.Empty, error) {
	return nil, s.RemoveComment(ctx, identity.From(ctx), in.Post, in.Comment)
}

// Edits is what something said before, the oldest first.
type Edits struct {
	Items []EditView `json:"items" nullable:"false"`
}

func (s *Service) getPostEdits(ctx context.Context, in *onePost) (*web.Reply[Edits], error) {
	items, err := s.History(ctx, identity.From(ctx), in.Post, in.Post)
	return web.OK(Edits{items}), err
}

func (s *Service) getCommentEdits(ctx context.Context, in *oneComment) (*web.Reply[Edits], error) {
	items, err := s.History(ctx, identity.From(ctx), in.Post, in.Comment)
	return web.OK(Edits{items}), err
}

type reactInput struct {
	Post     models.ID       `path:"post"`
	Reaction models.Reaction `path:"reaction"`
}

func (s *Service) react(on bool) func(context.Context, *reactInput) (*web.Reply[Reacted], error) {
	return func(ctx context.Context, in *reactInput) (*web.Reply[Reacted], error) {
		given, err := s.React(ctx, speaker(identity.From(ctx), models.ID{}), in.Post, in.Reaction, on)
		return web.OK(given), err
	}
}

type mentionableInput struct {
	Q string `query:"q" maxLength:"40" doc:"the beginning of a name; without it, who spoke last"`
}

// Mentionable are those whom one can call.
type Mentionable struct {
	Items []CallableView `json:"items" nullable:"false"`
}

func (s *Service) getMentionable(ctx context.Context, in *mentionableInput) (*web.Reply[Mentionable], error) {
	items, err := s.Callable(ctx, identity.From(ctx), in.Q)
	return web.OK(Mentionable{listed(items)}), err
}
