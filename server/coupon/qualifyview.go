package coupon

import (
	"context"
	"errors"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/web"
)

// ClashView is a coupon that does not go on one bill with another, and why.
type ClashView struct {
	CouponID models.ID `json:"coupon_id"`
	Why      string    `json:"why"`
	why      *models.Error
}

// QualifiedView is one coupon held against a bill by itself.
type QualifiedView struct {
	Coupon  CouponView   `json:"coupon"`
	OK      bool         `json:"ok" doc:"it applies to this bill here and now"`
	Code    string       `json:"code,omitempty" doc:"why not, as redeeming would refuse it"`
	Why     string       `json:"why,omitempty" doc:"the same in the reader's language: a till's words, or what the member can do"`
	Off     models.Money `json:"off" doc:"what it takes off by itself"`
	Cost    models.Money `json:"cost" doc:"off, or what the gift is worth"`
	InBest  bool         `json:"in_best"`
	LeftOut string       `json:"left_out,omitempty" doc:"why the best combination does without it"`
	Clashes []ClashView  `json:"clashes" nullable:"false" doc:"coupons that apply too and never go on one bill with it"`
}

// SlipView is what a combination makes of a bill, step by step.
type SlipView struct {
	CouponIDs []models.ID  `json:"coupon_ids" nullable:"false" doc:"in the order in which they take off"`
	Bill      models.Money `json:"bill"`
	Off       models.Money `json:"off"`
	ToPay     models.Money `json:"to_pay"`
	Steps     []StepView   `json:"steps" nullable:"false"`
}

// QualificationView says which of a member's coupons apply to a bill in a store.
type QualificationView struct {
	Coupons []QualifiedView `json:"coupons" nullable:"false" doc:"those that apply first, then those that end first"`
	Best    SlipView        `json:"best" doc:"the combination that gives most"`
}

// view shows an answer in a language, in words to the clerk at the till or to the member whose coupons they are.
func (a Answer) view(locale string, toMember bool) QualificationView {
	v := QualificationView{Coupons: []QualifiedView{}, Best: a.slipView()}
	for _, ok := range []bool{true, false} {
		for _, c := range a.Coupons {
			if (c.Refused == nil) == ok {
				v.Coupons = append(v.Coupons, a.qualifiedView(c, locale, toMember))
			}
		}
	}
	return v
}

func (a Answer) qualifiedView(c Applies, locale string, toMember bool) QualifiedView {
	v := QualifiedView{
		Coupon: a.pocket.view(c.Coupon), OK: c.Refused == nil, Off: models.Fen(c.Price.Off), Cost: models.Fen(c.Price.Cost), InBest: c.InBest, Clashes: []ClashView{},
	}
	if c.Refused != nil {
		v.Code, v.Why = c.Refused.Code, c.Refused.Text.In(locale)
		if toMember {
			v.Why = a.toMember(c).In(locale)
		}
		return v
	}
	if c.LeftOut != nil {
		v.LeftOut = c.LeftOut.Text.In(locale)
	}
	for _, clash := range a.clashes(c) {
		clash.Why = clash.why.Text.In(locale)
		v.Clashes = append(v.Clashes, clash)
	}
	return v
}

func (a Answer) slipView() SlipView {
	v := SlipView{CouponIDs: []models.ID{}, Steps: []StepView{}, Bill: models.Fen(a.Best.Bill), Off: models.Fen(a.Best.Off), ToPay: models.Fen(a.Best.ToPay)}
	for _, step := range a.Best.Steps {
		v.CouponIDs = append(v.CouponIDs, step.Coupon)
		v.Steps = append(v.Steps, StepView{
			CouponID: step.Coupon, Title: a.pocket.campaigns[step.Campaign].Title, Kind: step.Kind, Rule: step.Rule(), Gift: step.Gift,
			Before: models.Fen(step.Bill), Off: models.Fen(step.Off), After: models.Fen(step.ToPay), Cost: models.Fen(step.Cost),
		})
	}
	return v
}

type qualificationInput struct {
	StorePath
	Body struct {
		Code     string    `json:"code,omitempty" maxLength:"200" doc:"the member's eight digits or QR text, or a coupon's own code or QR text"`
		MemberID models.ID `json:"member_id,omitempty" doc:"instead of a code, within ten minutes of having read one here"`
		BasketBody
	}
}

func (s *Service) postQualification(ctx context.Context, in *qualificationInput) (*web.Reply[QualificationView], error) {
	by := Acting(ctx, in.Store)
	member, err := s.atCounter(ctx, by, in.Body.Code, in.Body.MemberID)
	if err != nil {
		return nil, err
	}
	answer, err := s.Qualify(ctx, Question{Alliance: by.Alliance, Store: by.Store, Member: member, Basket: in.Body.basket()})
	if err != nil {
		return nil, err
	}
	return web.OK(answer.view(web.Locale(ctx), false)), nil
}

// atCounter is the member who has shown a code at a store's till, now or a moment ago. Errors: code_or_member, code_needed,
// and those of codes.
func (s *Service) atCounter(ctx context.Context, by Staff, code string, member models.ID) (models.ID, error) {
	if code == "" {
		if member.IsZero() {
			return member, ErrWhoseCoupon
		}
		return member, s.IsPresent(ctx, by.Store, member)
	}
	who, err := s.read(ctx, by.Alliance, code)
	if err != nil {
		return member, err
	}
	return who.member.ID, s.Present(ctx, by.Store, who.member)
}

type myQualificationInput struct {
	Body struct {
		StoreID models.ID `json:"store_id" doc:"where I am about to pay"`
		BasketBody
	}
}

func (s *Service) postMyQualification(ctx context.Context, in *myQualificationInput) (*web.Reply[QualificationView], error) {
	p := identity.From(ctx)
	answer, err := s.Qualify(ctx, Question{Alliance: p.AllianceID, Store: in.Body.StoreID, Member: p.MemberID, Basket: in.Body.basket()})
	if errors.Is(err, ErrSuspended) {
		err = ErrSuspended.Say("这家店停业整顿中，先不收券，您换一家", "This store is suspended and takes no coupons now. Try another.")
	}
	if err != nil {
		return nil, err
	}
	return web.OK(answer.view(web.Locale(ctx), true)), nil
}
