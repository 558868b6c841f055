package coupon

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/web"
)

func (s *Service) tillRoutes(api *web.API) {
	const own = "/stores/{store}/redemptions"
	web.Post(api, "/stores/{store}/lookups", op("till-lookup", "Who shows this code, and which coupons work here", identity.Clerk, 0), s.postLookup)
	web.Post(api, "/stores/{store}/qualifications", op("qualification", "Which coupons apply to a bill here, which go together, and why the others do not", identity.Clerk, 0), s.postQualification)
	web.Post(api, own+"/preview", op("redemption-preview", "What coupons make of a bill, and who bears what", identity.Clerk, 0), s.postPreview)
	web.Post(api, own, op("redemption-create", "Use coupons against a bill", identity.Clerk, http.StatusCreated).Keeping(), s.postRedemption)
	web.Get(api, own, op("redemptions", "The store's receipts, the newest first", identity.Clerk, 0), s.getRedemptions)
	web.Get(api, own+"/{redemption}", op("redemption", "One receipt", identity.Clerk, 0), s.getRedemption)
	web.Post(api, own+"/{redemption}/reversal", op("redemption-reverse", "Take a bill back with all its coupons, on its day", identity.Clerk, 0).Once(), s.postReversal)
}

type lookupInput struct {
	StorePath
	Body struct {
		Code string `json:"code" minLength:"1" maxLength:"200" doc:"the member's eight digits or QR text, or a coupon's own code or QR text"`
	}
}

// LookupView is who shows a code, as this store knows them, and what they can use here.
type LookupView struct {
	Member         LookupMember `json:"member"`
	CodeValidUntil time.Time    `json:"code_valid_until"`
	Coupons        []CouponView `json:"coupons" nullable:"false" doc:"what works here first"`
}

// LookupMember is a member as one store knows them: remark and tags are its own.
type LookupMember struct {
	ID             models.ID    `json:"id"`
	Name           string       `json:"name"`
	Face           string       `json:"face"`
	Number         int64        `json:"number"`
	Level          models.Level `json:"level" enum:"none,micro,weak,strong,super"`
	Remark         string       `json:"remark"`
	Tags           []string     `json:"tags" nullable:"false"`
	VisitsThisYear int64        `json:"visits_this_year"`
	Points         int64        `json:"points" doc:"what they have to spend"`
}

func (s *Service) postLookup(ctx context.Context, in *lookupInput) (*web.Reply[LookupView], error) {
	by := Acting(ctx, in.Store)
	at, err := s.LookUp(ctx, by, in.Body.Code)
	if err != nil {
		return nil, err
	}
	member, err := s.known(ctx, by, at.Member)
	return web.OK(LookupView{Member: member, CodeValidUntil: at.Until, Coupons: at.Coupons}), err
}

func (s *Service) postPreview(ctx context.Context, in *billInput) (*web.Reply[PriceView], error) {
	at, err := s.atBill(ctx, in)
	if err != nil {
		return nil, err
	}
	out, err := s.Preview(ctx, at)
	if err != nil {
		return nil, err
	}
	st, err := s.street(ctx, at.Alliance)
	if err != nil {
		return nil, err
	}
	tickets, err := s.couponsByID(s.DB.Read(ctx), st, at.Coupons)
	return web.OK(priceView(st, out, tickets)), err
}

func (s *Service) postRedemption(ctx context.Context, in *billInput) (*web.Reply[RedemptionView], error) {
	key := web.AskOf(ctx)
	at, err := s.asks(ctx, in)
	if err != nil {
		return s.receiptAgain(ctx, key, err)
	}
	at.key = key
	done, err := s.redemptions.Do(ctx, at)
	if err != nil {
		return nil, err
	}
	if done.repeated {
		key.Replayed()
	}
	return web.OK(done.view), nil
}

// receiptAgain is the first answer to a request whose code or presence does not hold any more: it is asked again because
// the answer was lost. Without one it stays refused.
func (s *Service) receiptAgain(ctx context.Context, key *web.Ask, refused error) (*web.Reply[RedemptionView], error) {
	known, err := web.AnswersTo(s.DB.Read(ctx), []*web.Ask{key})
	if err != nil {
		return nil, err
	}
	first, err := known.To(key)
	if err != nil {
		return nil, err
	}
	if first == nil {
		return nil, refused
	}
	key.Replayed()
	var view RedemptionView
	err = json.Unmarshal(first, &view)
	return web.OK(view), err
}

func (s *Service) receiptReply(ctx context.Context, out Bill, failed error) (*web.Reply[RedemptionView], error) {
	if failed != nil {
		return nil, failed
	}
	view, err := s.receiptView(ctx, out)
	return web.OK(view), err
}

type redemptionsInput struct {
	StorePath
	PageQuery
	From   string    `query:"from" maxLength:"10" doc:"the first day, YYYY-MM-DD in the street's time"`
	Until  string    `query:"until" maxLength:"10" doc:"the last day"`
	Code   string    `query:"code" maxLength:"200" doc:"the coupon's own code, as it is typed"`
	Number int64     `query:"number" minimum:"0" doc:"the member's number"`
	By     models.ID `query:"by" doc:"the account of who took it"`
}

func (s *Service) getRedemptions(ctx context.Context, in *redemptionsInput) (*web.Reply[web.Page[RedemptionView]], error) {
	f := RedemptionFilter{From: in.From, Until: in.Until, Code: in.Code, Number: in.Number, By: in.By}
	page, err := s.Redemptions(ctx, Acting(ctx, in.Store), f, in.Cursor, web.Limit(in.Limit, 50, 100))
	return web.OK(page), err
}

// ReceiptPath names a redemption of a store.
type ReceiptPath struct {
	Store      models.ID `path:"store"`
	Redemption models.ID `path:"redemption"`
}

func (s *Service) getRedemption(ctx context.Context, in *ReceiptPath) (*web.Reply[RedemptionView], error) {
	out, err := billOf(s.DB.Read(ctx), identity.From(ctx).AllianceID, in.Store, in.Redemption)
	reply, err := s.receiptReply(ctx, out, err)
	if err != nil {
		return nil, err
	}
	views := []RedemptionView{reply.Body}
	err = tillSums(s.DB.Read(ctx), views)
	return web.OK(views[0]), err
}

type reversalInput struct {
	ReceiptPath
	Body struct {
		Reason string `json:"reason" minLength:"1" maxLength:"100" pattern:"[\\p{L}\\p{N}\\p{P}\\p{S}]"`
	}
}

func (s *Service) postReversal(ctx context.Context, in *reversalInput) (*web.Reply[RedemptionView], error) {
	out, err := s.Reverse(ctx, Acting(ctx, in.Store), in.Redemption, in.Body.Reason)
	return s.receiptReply(ctx, out, err)
}
