package relation

import (
	"context"
	"net/http"
	"time"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/web"
)

// Routes adds the feature's operations.
func (s *Service) Routes(api *web.API) {
	web.Get(api, "/me/levels", op("my-levels", "How close I am to each store, and why", identity.Member), s.getLevels)
	see := op("visit", "Record a member at the till: a visit, or a purchase with its points", identity.Clerk)
	see.Status, see.Idempotent = http.StatusCreated, true
	web.Post(api, "/stores/{store}/visits", see, s.postVisit)
	s.honourRoutes(api)
	web.Get(api, "/stores/{store}/customers/{member}", op("customer", "One customer of the store", identity.Clerk), s.getCustomer)
	web.Put(api, "/stores/{store}/customers/{member}", op("customer-describe", "What the staff write down about a customer", identity.Clerk), s.putCustomer)
	web.Put(api, "/stores/{store}/customers/{member}/complaint", op("complaint", "Note that something is not settled with a customer", identity.Clerk), s.putComplaint)
	web.Delete(api, "/stores/{store}/customers/{member}/complaint", op("complaint-settle", "Note that it is settled", identity.Clerk), s.deleteComplaint)
}

func op(id, summary string, who web.Guard) web.Op {
	return web.Op{ID: id, Summary: summary, Tag: "relation", Who: who}
}

type noInput struct{}

func (s *Service) getLevels(ctx context.Context, _ *noInput) (*web.Reply[web.Page[LevelView]], error) {
	p := identity.From(ctx)
	levels, err := s.Levels(ctx, p.AllianceID, p.MemberID, web.Locale(ctx))
	return web.OK(web.NewPage(levels, "")), err
}

type postVisitInput struct {
	Store models.ID `path:"store"`
	Body  struct {
		Code     string        `json:"code,omitempty" maxLength:"120" doc:"the member's eight digits or the scanned text"`
		MemberID models.ID     `json:"member_id,omitempty" doc:"instead of the code, for a few minutes after one was shown here"`
		Kind     string        `json:"kind" enum:"scan,purchase"`
		Amount   *models.Money `json:"amount,omitempty" doc:"what was paid; for purchases only"`
	}
}

// CommissionView is what a purchase owes the store that brought the member in.
type CommissionView struct {
	Store  models.StoreRef `json:"store"`
	Amount models.Money    `json:"amount"`
}

// RecordedView is a visit as the till shows it.
type RecordedView struct {
	ID         models.ID        `json:"id"`
	At         time.Time        `json:"at"`
	Kind       models.VisitKind `json:"kind" enum:"scan,purchase"`
	Amount     models.Money     `json:"amount"`
	Points     int64            `json:"points"`
	Commission *CommissionView  `json:"commission,omitempty"`
	Level      models.Level     `json:"level" enum:"none,micro,weak,strong,super"`
}

func (s *Service) postVisit(ctx context.Context, in *postVisitInput) (*web.Reply[RecordedView], error) {
	p := identity.From(ctx)
	sighting := Sighting{
		Alliance: p.AllianceID, Store: in.Store, By: p.AccountID, Code: in.Body.Code, Member: in.Body.MemberID, Kind: models.VisitKind(in.Body.Kind),
	}
	if in.Body.Amount != nil {
		sighting.Amount = in.Body.Amount.Amount
	}
	seen, err := s.See(ctx, sighting)
	if err != nil {
		return nil, err
	}
	view, err := s.recordedView(ctx, seen)
	return web.OK(view), err
}

func (s *Service) recordedView(ctx context.Context, seen Sighted) (RecordedView, error) {
	v := RecordedView{ID: seen.ID, At: seen.At, Kind: seen.Kind, Amount: models.Fen(seen.Amount), Points: seen.Points, Level: seen.Level}
	if seen.Commission.Amount == 0 {
		return v, nil
	}
	refs, err := s.Pool.Refs(ctx, seen.AllianceID)
	v.Commission = &CommissionView{Store: refs[seen.Commission.Store], Amount: models.Fen(seen.Commission.Amount)}
	return v, err
}

// CustomerPath names a customer of a store.
type CustomerPath struct {
	Store  models.ID `path:"store"`
	Member models.ID `path:"member"`
}

func (s *Service) getCustomer(ctx context.Context, in *CustomerPath) (*web.Reply[CustomerDetail], error) {
	detail, err := s.Customer(ctx, identity.From(ctx).AllianceID, in.Store, in.Member, web.Locale(ctx))
	return web.OK(detail), err
}

type putCustomerInput struct {
	CustomerPath
	Body Portrait
}

func (s *Service) putCustomer(ctx context.Context, in *putCustomerInput) (*web.Reply[CustomerDetail], error) {
	return s.changed(ctx, &in.CustomerPath, s.Describe(ctx, identity.From(ctx).AllianceID, in.Store, in.Member, in.Body))
}

type putComplaintInput struct {
	CustomerPath
	Body struct {
		About string `json:"about" doc:"what it is about, 1 to 200 characters"`
	}
}

func (s *Service) putComplaint(ctx context.Context, in *putComplaintInput) (*web.Reply[CustomerDetail], error) {
	return s.changed(ctx, &in.CustomerPath, s.Complain(ctx, identity.From(ctx).AllianceID, in.Store, in.Member, in.Body.About))
}

func (s *Service) deleteComplaint(ctx context.Context, in *CustomerPath) (*web.Reply[CustomerDetail], error) {
	return s.changed(ctx, in, s.Settle(ctx, identity.From(ctx).AllianceID, in.Store, in.Member))
}

func (s *Service) changed(ctx context.Context, in *CustomerPath, err error) (*web.Reply[CustomerDetail], error) {
	if err != nil {
		return nil, err
	}
	return s.getCustomer(ctx, in)
}
