package conduct

import (
	"context"
	"net/http"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/web"
)

// ruleRoutes are what the street agrees on, who looks after it, and the trail.
func (s *Service) ruleRoutes(api *web.API) {
	web.Get(api, "/conduct/trail", op("conduct-trail", "Who decided what, when and why, on the street or in one circle", identity.Participant), s.getTrail)
	web.Get(api, "/conduct/rules", op("conduct-rules", "What the street agreed on for its talk", identity.Participant), s.getRules)
	web.Put(api, "/conduct/rules", op("conduct-rules-set", "Change it", identity.Coordinator), s.putRulesSet)
	web.Put(api, "/conduct/switches/{rule}", op("rule-switch", "Switch a common rule on or off", identity.Coordinator), s.putSwitch)
	web.Post(api, "/conduct/switches/{rule}/try", op("rule-try", "What that would change in the last week", identity.Coordinator), s.postTrySwitch)
	web.Post(api, "/conduct/terms", op("term-add", "Put a word on the street's list", identity.Coordinator), s.postTerm)
	web.Post(api, "/conduct/terms/try", op("term-try", "What a word would have done to the last week's posts", identity.Coordinator), s.postTry)
	web.Put(api, "/conduct/terms/{term}", op("term-set", "Change a word of the list, switch it on or off", identity.Coordinator), s.putTerm)
	web.Do(api, http.MethodDelete, "/conduct/terms/{term}", op("term-drop", "Take a word off the list", identity.Coordinator), s.deleteTerm)
	web.Put(api, "/conduct/moderators/{member}", op("moderator-appoint", "Make a member a moderator", identity.Coordinator), s.appoint(true))
	web.Delete(api, "/conduct/moderators/{member}", op("moderator-dismiss", "End it", identity.Coordinator), s.appoint(false))
	web.Get(api, "/conduct/mutes", op("conduct-mutes", "Who may not speak for now", identity.Participant), s.getMutes)
	web.Put(api, "/conduct/mutes/{member}", op("member-mute", "Keep a member from posting for some hours; 0 ends it", identity.Participant), s.putMemberMute)
}

type trailInput struct {
	Circle models.ID `query:"circle" doc:"one circle's lines, for its moderators"`
	Person models.ID `query:"person" doc:"an account: what they did and what concerns them"`
	Kind   string    `query:"kind" enum:"decisions,appeals,mutes,rules,people"`
	Cursor string    `query:"cursor"`
	Limit  int       `query:"limit" minimum:"1" maximum:"100"`
}

func (s *Service) getTrail(ctx context.Context, in *trailInput) (*web.Reply[web.Page[TalkTrailLine]], error) {
	page, err := s.Trail(ctx, identity.From(ctx), TrailFilter{Circle: in.Circle, Person: in.Person, Kind: in.Kind, Cursor: in.Cursor, Limit: web.Limit(in.Limit, 30, 100)})
	return web.OK(page), err
}

func (s *Service) getRules(ctx context.Context, _ *struct{}) (*web.Reply[TalkRules], error) {
	r, err := s.Rules(ctx, identity.From(ctx).AllianceID)
	return web.OK(r), err
}

type talkRulesInput struct{ Body TalkRulesChange }

func (s *Service) putRulesSet(ctx context.Context, in *talkRulesInput) (*web.Reply[TalkRules], error) {
	if err := s.SetRules(ctx, identity.From(ctx), in.Body); err != nil {
		return nil, err
	}
	return s.getRules(ctx, nil)
}

type switchInput struct {
	Rule string `path:"rule"`
	Body struct {
		On bool `json:"on"`
	}
}

func (s *Service) putSwitch(ctx context.Context, in *switchInput) (*web.Reply[TalkRules], error) {
	if err := s.SwitchRule(ctx, identity.From(ctx), in.Rule, in.Body.On); err != nil {
		return nil, err
	}
	return s.getRules(ctx, nil)
}

func (s *Service) postTrySwitch(ctx context.Context, in *switchInput) (*web.Reply[TermTrial], error) {
	t, err := s.TryRule(ctx, identity.From(ctx), in.Rule, in.Body.On)
	return web.OK(t), err
}

type ownTermInput struct{ Body OwnTerm }

func (s *Service) postTerm(ctx context.Context, in *ownTermInput) (*web.Reply[ConductDone], error) {
	_, err := s.AddTerm(ctx, identity.From(ctx), in.Body)
	return done(err)
}

func (s *Service) postTry(ctx context.Context, in *ownTermInput) (*web.Reply[TermTrial], error) {
	t, err := s.TryTerm(ctx, identity.From(ctx), in.Body.Word, in.Body.Does)
	return web.OK(t), err
}

type oneTerm struct {
	Term models.ID `path:"term"`
}

type setTermInput struct {
	Term models.ID `path:"term"`
	Body OwnTerm
}

func (s *Service) putTerm(ctx context.Context, in *setTermInput) (*web.Reply[ConductDone], error) {
	return done(s.SetTerm(ctx, identity.From(ctx), in.Term, in.Body))
}

func (s *Service) deleteTerm(ctx context.Context, in *oneTerm) (*web.Empty, error) {
	return nil, s.DropTerm(ctx, identity.From(ctx), in.Term)
}

type oneMember struct {
	Member models.ID `path:"member"`
}

func (s *Service) appoint(on bool) func(context.Context, *oneMember) (*web.Reply[ConductDone], error) {
	return func(ctx context.Context, in *oneMember) (*web.Reply[ConductDone], error) {
		return done(s.Appoint(ctx, identity.From(ctx), in.Member, on))
	}
}

// MutedNeighbours are those who may not speak for now.
type MutedNeighbours struct {
	Items []MutedNeighbour `json:"items" nullable:"false"`
}

func (s *Service) getMutes(ctx context.Context, _ *struct{}) (*web.Reply[MutedNeighbours], error) {
	list, err := s.Muted(ctx, identity.From(ctx))
	return web.OK(MutedNeighbours{list}), err
}

type memberMuteInput struct {
	Member models.ID `path:"member"`
	Body   struct {
		Hours int    `json:"hours" doc:"0 to 2160; 0 ends it"`
		Words string `json:"words,omitempty" maxLength:"1000" doc:"why; the neighbour reads it"`
	}
}

func (s *Service) putMemberMute(ctx context.Context, in *memberMuteInput) (*web.Reply[MutedNeighbours], error) {
	by := identity.From(ctx)
	if err := s.MuteMember(ctx, by, in.Member, in.Body.Hours, in.Body.Words); err != nil {
		return nil, err
	}
	return s.getMutes(ctx, nil)
}
