package referral

import (
	"context"
	"net/http"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/web"
)

// objectionRoutes adds what stores and the coordinator say in a case.
func (s *Service) objectionRoutes(api *web.API) {
	op := func(id, summary string, who web.Guard) web.Op {
		return web.Op{ID: id, Summary: summary, Tag: "ledger", Who: who}
	}
	object := op("objection-make", "Object to a credit of another store", identity.Manager)
	object.Status, object.Idempotent = http.StatusCreated, true
	web.Get(api, "/stores/{store}/objections", op("objections", "What others object to, what we object to, and what we may", identity.Manager), s.getCases)
	web.Post(api, "/stores/{store}/objections", object, s.postObjection)
	web.Do(api, http.MethodPost, "/stores/{store}/objections/{objection}/answer", op("objection-answer", "Say our side of an objection", identity.Manager), s.postAnswer)
	web.Do(api, http.MethodPost, "/stores/{store}/objections/{objection}/withdraw", op("objection-withdraw", "Take an objection back", identity.Manager), s.postWithdraw)
	web.Do(api, http.MethodPost, "/stores/{store}/referrals/{referral}/dismiss", op("claim-dismiss", "Have nothing against an attribution that we lost", identity.Manager), s.postDismiss)
	web.Do(api, http.MethodPost, "/alliance/referrals/{referral}/decision", op("objection-decide", "Decide every open objection to a referral", identity.Coordinator), s.postDecision)
}

// StorePath names a store in an address.
type StorePath struct {
	Store models.ID `path:"store"`
}

func (s *Service) getCases(ctx context.Context, in *StorePath) (*web.Reply[Cases], error) {
	cases, err := s.Cases(ctx, identity.From(ctx).AllianceID, in.Store)
	return web.OK(cases), err
}

type objectionInput struct {
	StorePath
	Body struct {
		ReferralID models.ID `json:"referral_id,omitzero" required:"false" doc:"one that the store has a claim to; else the number"`
		Number     int64     `json:"number,omitempty" minimum:"1" doc:"a member's number"`
		Reason     string    `json:"reason" doc:"8 to 400 characters"`
	}
}

// Objected is an objection as it was written down.
type Objected struct {
	ID models.ID `json:"id"`
}

func (s *Service) postObjection(ctx context.Context, in *objectionInput) (*web.Reply[Objected], error) {
	p := identity.From(ctx)
	o, err := s.Object(ctx, Objecting{
		Alliance: p.AllianceID, Store: in.Store, Account: p.AccountID, Referral: in.Body.ReferralID, Number: in.Body.Number, Reason: in.Body.Reason,
	})
	return web.OK(Objected{o.ID}), err
}

// ObjectionPath names an objection of a store.
type ObjectionPath struct {
	StorePath
	Objection models.ID `path:"objection"`
}

type answerInput struct {
	ObjectionPath
	Body struct {
		Answer string `json:"answer" doc:"8 to 400 characters"`
	}
}

func (s *Service) postAnswer(ctx context.Context, in *answerInput) (*web.Empty, error) {
	p := identity.From(ctx)
	return nil, s.Answer(ctx, p.AllianceID, in.Store, in.Objection, p.AccountID, in.Body.Answer)
}

func (s *Service) postWithdraw(ctx context.Context, in *ObjectionPath) (*web.Empty, error) {
	p := identity.From(ctx)
	return nil, s.Withdraw(ctx, p.AllianceID, in.Store, in.Objection, p.AccountID)
}

type dismissInput struct {
	StorePath
	Referral models.ID `path:"referral"`
}

func (s *Service) postDismiss(ctx context.Context, in *dismissInput) (*web.Empty, error) {
	p := identity.From(ctx)
	return nil, s.Dismiss(ctx, p.AllianceID, in.Store, in.Referral, p.AccountID)
}

type decisionInput struct {
	Referral models.ID `path:"referral"`
	Body     struct {
		StoreID models.ID `json:"store_id" doc:"the store that has it now, or one that objects"`
		Reason  string    `json:"reason" doc:"8 to 400 characters; both stores read it"`
	}
}

func (s *Service) postDecision(ctx context.Context, in *decisionInput) (*web.Empty, error) {
	p := identity.From(ctx)
	return nil, s.Decide(ctx, Decision{
		Alliance: p.AllianceID, Referral: in.Referral, Store: in.Body.StoreID, Account: p.AccountID, Reason: in.Body.Reason,
	})
}
