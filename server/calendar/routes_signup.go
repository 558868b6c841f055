package calendar

import (
	"context"
	"net/http"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/web"
)

func (s *Service) signUpRoutes(api *web.API) {
	web.Post(api, "/occurrences/{occurrence}/sign-ups", op("sign-up", "Take places, or wait for them", identity.Member, http.StatusCreated).Keeping(), s.postSignUp)
	web.Delete(api, "/occurrences/{occurrence}/sign-ups", op("sign-up-cancel", "Give my places back, or stop waiting", identity.Member, 0), s.deleteSignUp)
	web.Post(api, "/occurrences/{occurrence}/sign-ups/offer", op("offer-accept", "Take the places that I am offered", identity.Member, http.StatusCreated).Once(), s.postOffer)
	web.Post(api, "/occurrences/{occurrence}/sign-ups/keep", op("sign-up-keep", "I come all the same to a date that was moved", identity.Member, 0), s.postKeep)
	web.Get(api, "/stores/{store}/events/{event}/terms", op("event-terms", "How people sign up for an event", identity.AtHost, 0), s.getTerms)
	web.Put(api, "/stores/{store}/events/{event}/terms", op("event-terms-set", "Say how people sign up for an event", identity.PlansHost, 0), s.putTerms)
}

type signUpInput struct {
	Occurrence models.ID `path:"occurrence"`
	Body       *struct {
		Companions int               `json:"companions,omitempty" minimum:"0" maximum:"9" doc:"people who come along, each on a place"`
		Wait       bool              `json:"wait,omitempty" doc:"wait when there are not so many places"`
		Answers    map[string]string `json:"answers,omitempty" doc:"by the question's id"`
	}
}

func (s *Service) postSignUp(ctx context.Context, in *signUpInput) (*web.Reply[OccurrenceView], error) {
	p, ask := identity.From(ctx), web.AskOf(ctx)
	up := SignUp{Alliance: p.AllianceID, Member: p.MemberID, Occurrence: in.Occurrence, ask: ask}
	if in.Body != nil {
		up.Companions, up.Wait, up.Answers = in.Body.Companions, in.Body.Wait, in.Body.Answers
	}
	got, err := s.signUps.Do(ctx, up)
	if err != nil {
		return nil, err
	}
	if got.repeated {
		ask.Replayed()
	}
	return s.shown(ctx, in.Occurrence)
}

func (s *Service) deleteSignUp(ctx context.Context, in *occurrenceInput) (*web.Reply[OccurrenceView], error) {
	p := identity.From(ctx)
	if err := s.GiveBack(ctx, p.AllianceID, p.MemberID, in.Occurrence); err != nil {
		return nil, err
	}
	return s.shown(ctx, in.Occurrence)
}

func (s *Service) postKeep(ctx context.Context, in *occurrenceInput) (*web.Reply[OccurrenceView], error) {
	p := identity.From(ctx)
	if err := s.Keep(ctx, p.AllianceID, p.MemberID, in.Occurrence); err != nil {
		return nil, err
	}
	return s.shown(ctx, in.Occurrence)
}

func (s *Service) postOffer(ctx context.Context, in *occurrenceInput) (*web.Reply[OccurrenceView], error) {
	p := identity.From(ctx)
	if err := s.Accept(ctx, p.AllianceID, p.MemberID, in.Occurrence); err != nil {
		return nil, err
	}
	return s.shown(ctx, in.Occurrence)
}

func (s *Service) getTerms(ctx context.Context, in *eventInput) (*web.Reply[TermsView], error) {
	t, err := s.Terms(ctx, deskOf(ctx, in.Store), in.Event)
	return web.OK(termsView(t)), err
}

type putTermsInput struct {
	Store models.ID `path:"store"`
	Event models.ID `path:"event"`
	Body  TermsView
}

func (s *Service) putTerms(ctx context.Context, in *putTermsInput) (*web.Reply[TermsView], error) {
	desk := deskOf(ctx, in.Store)
	t, err := s.SetTerms(ctx, desk, in.Body.terms(in.Event, desk.Alliance))
	return web.OK(termsView(t)), err
}
