package feed

import (
	"context"
	"net/http"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/web"
)

func (s *Service) circleRoutes(api *web.API) {
	web.Get(api, "/circles", op("circles", "The circles one can know of", identity.Participant), s.getCircles)
	web.Post(api, "/circles", op("circle-create", "Start a circle", identity.Participant).Once().Making(), s.postCircle)
	web.Get(api, "/circles/{circle}", op("circle", "One circle", identity.Participant), s.getCircle)
	web.Put(api, "/circles/{circle}/me", op("circle-join", "Come into a circle", identity.Participant), s.putMe)
	web.Do(api, http.MethodDelete, "/circles/{circle}/me", op("circle-leave", "Leave a circle", identity.Participant), s.deleteMe)
	web.Get(api, "/circles/{circle}/members", op("circle-members", "Who is in a circle", identity.Participant), s.getCircleMembers)
	web.Put(api, "/circles/{circle}/members/{member}", op("circle-invite", "Invite a member, or make them a moderator", identity.Participant), s.putCircleMember)
	web.Do(api, http.MethodDelete, "/circles/{circle}/members/{member}", op("circle-remove", "Take a member out of a circle", identity.Participant), s.deleteCircleMember)
}

// Circles are circles in the order they were started.
type Circles struct {
	Items []CircleView `json:"items" nullable:"false"`
}

func (s *Service) getCircles(ctx context.Context, _ *struct{}) (*web.Reply[Circles], error) {
	items, err := s.Circles(ctx, identity.From(ctx))
	return web.OK(Circles{listed(items)}), err
}

type circleInput struct {
	Body struct {
		Name    string              `json:"name" maxLength:"400"`
		About   string              `json:"about,omitempty" maxLength:"4000"`
		Access  models.CircleAccess `json:"access" enum:"open,invitation,level"`
		Level   models.Level        `json:"level,omitempty"`
		StoreID models.ID           `json:"store_id,omitempty" doc:"the store that keeps it; without it, the street does"`
	}
}

func (s *Service) postCircle(ctx context.Context, in *circleInput) (*web.Reply[CircleView], error) {
	by, b := identity.From(ctx), in.Body
	c, err := s.OpenCircle(ctx, by, NewCircle{Store: b.StoreID, Name: b.Name, About: b.About, Access: b.Access, Level: b.Level})
	if err != nil {
		return nil, err
	}
	return s.getCircle(ctx, &oneCircle{c.ID})
}

type oneCircle struct {
	Circle models.ID `path:"circle"`
}

func (s *Service) getCircle(ctx context.Context, in *oneCircle) (*web.Reply[CircleView], error) {
	view, err := s.Circle(ctx, identity.From(ctx), in.Circle)
	return web.OK(view), err
}

func (s *Service) putMe(ctx context.Context, in *oneCircle) (*web.Reply[CircleView], error) {
	if err := s.JoinCircle(ctx, identity.From(ctx), in.Circle); err != nil {
		return nil, err
	}
	return s.getCircle(ctx, in)
}

func (s *Service) deleteMe(ctx context.Context, in *oneCircle) (*web.Empty, error) {
	return nil, s.LeaveCircle(ctx, identity.From(ctx), in.Circle)
}

// CirclePeople is who is in a circle.
type CirclePeople struct {
	Items []InCircle `json:"items" nullable:"false"`
}

func (s *Service) getCircleMembers(ctx context.Context, in *oneCircle) (*web.Reply[CirclePeople], error) {
	items, err := s.CircleMembers(ctx, identity.From(ctx), in.Circle)
	return web.OK(CirclePeople{listed(items)}), err
}

type circleMemberInput struct {
	Circle models.ID `path:"circle"`
	Member models.ID `path:"member"`
	Body   struct {
		Moderator bool `json:"moderator,omitempty"`
	}
}

func (s *Service) putCircleMember(ctx context.Context, in *circleMemberInput) (*web.Reply[CirclePeople], error) {
	if err := s.SetMember(ctx, identity.From(ctx), in.Circle, in.Member, in.Body.Moderator); err != nil {
		return nil, err
	}
	items, err := s.CircleMembers(ctx, identity.From(ctx), in.Circle)
	return web.OK(CirclePeople{listed(items)}), err
}

type oneCircleMember struct {
	Circle models.ID `path:"circle"`
	Member models.ID `path:"member"`
}

func (s *Service) deleteCircleMember(ctx context.Context, in *oneCircleMember) (*web.Empty, error) {
	return nil, s.RemoveMember(ctx, identity.From(ctx), in.Circle, in.Member)
}
