package till

import (
	"context"
	"encoding/base64"
	"net/http"
	"time"

	"onestreet/models"
	"onestreet/server/coupon"
	"onestreet/server/identity"
	"onestreet/server/platform/web"
)

// linesMost is how many lines of a log are taken at once.
const linesMost = 50

// Routes adds the feature's operations.
func (s *Service) Routes(api *web.API) {
	const own, one = "/stores/{store}/tills", "/stores/{store}/tills/{till}"
	web.Get(api, own, op("tills", "The store's tills that may redeem without a network", identity.Clerk, 0), s.getTills)
	web.Post(api, own, op("till-register", "Make this phone a till", identity.Manager, http.StatusCreated).Once(), s.postTill)
	web.Delete(api, one, op("till-revoke", "Take a till out of use", identity.Manager, 0), s.deleteTill)
	web.Post(api, one+"/contact", op("till-contact", "Measure the till's clock and fill up what it may redeem without a network", identity.Clerk, 0), s.postContact)
	web.Get(api, one+"/allotments", op("till-allotments", "What is set aside for a till of each campaign", identity.Manager, 0), s.getAllotments)
	web.Put(api, one+"/allotments/{campaign}", op("till-allot", "Set how much of a campaign is set aside for a till", identity.Manager, 0), s.putAllotment)
	web.Post(api, one+"/log", op("till-log", "Bring what a till did without a network into the books", identity.Clerk, 0), s.postLog)
	web.Get(api, "/stores/{store}/till-entries", op("till-entries", "What the store's tills did without a network, and what became of it", identity.Clerk, 0), s.getLog)
	web.Get(api, "/stores/{store}/coupons/{coupon}/history", op("coupon-history", "What happened to a coupon: when, where, by whom", identity.Clerk, 0), s.getStoreLife)
	web.Get(api, "/me/coupons/{coupon}/history", op("my-coupon-history", "What happened to a coupon of mine", identity.Member, 0), s.getMyLife)
}

func op(id, summary string, who web.Guard, status int) web.Op {
	return web.Op{ID: id, Summary: summary, Tag: "till", Who: who, Status: status}
}

// StorePath names the store that the caller acts for.
type StorePath struct {
	Store models.ID `path:"store"`
}

// TillPath names a till of the store.
type TillPath struct {
	Store models.ID `path:"store"`
	Till  models.ID `path:"till"`
}

func (s *Service) getTills(ctx context.Context, in *StorePath) (*web.Reply[web.Page[TillView]], error) {
	views, err := s.Tills(ctx, identity.From(ctx).AllianceID, in.Store)
	return web.OK(web.NewPage(views, "")), err
}

type postTillInput struct {
	StorePath
	Body struct {
		Name       string    `json:"name" minLength:"1" maxLength:"60"`
		PublicKey  string    `json:"public_key" maxLength:"200" doc:"P-256, SubjectPublicKeyInfo in base64"`
		DeviceTime time.Time `json:"device_time" doc:"what the phone's clock says"`
	}
}

func (s *Service) postTill(ctx context.Context, in *postTillInput) (*web.Reply[TillPack], error) {
	by := coupon.Acting(ctx, in.Store)
	key, err := base64.StdEncoding.DecodeString(in.Body.PublicKey)
	if err != nil {
		return nil, ErrKey
	}
	t, err := s.Register(ctx, Registration{Staff: by, Name: in.Body.Name, PublicKey: key, DeviceTime: in.Body.DeviceTime})
	if err != nil {
		return nil, err
	}
	return s.contact(ctx, by, t.ID, in.Body.DeviceTime)
}

func (s *Service) deleteTill(ctx context.Context, in *TillPath) (*web.Reply[TillView], error) {
	t, err := s.Revoke(ctx, coupon.Acting(ctx, in.Store), in.Till)
	if err != nil {
		return nil, err
	}
	views, err := s.views(ctx, []models.Till{t})
	if err != nil {
		return nil, err
	}
	return web.OK(views[0]), nil
}

type contactInput struct {
	TillPath
	Body struct {
		DeviceTime time.Time `json:"device_time" doc:"what the phone's clock says"`
	}
}

func (s *Service) postContact(ctx context.Context, in *contactInput) (*web.Reply[TillPack], error) {
	return s.contact(ctx, coupon.Acting(ctx, in.Store), in.Till, in.Body.DeviceTime)
}

func (s *Service) contact(ctx context.Context, by Staff, id models.ID, deviceTime time.Time) (*web.Reply[TillPack], error) {
	t, carried, err := s.Contact(ctx, by, id, deviceTime)
	if err != nil {
		return nil, err
	}
	p, err := s.pack(ctx, t, carried)
	return web.OK(p), err
}

func (s *Service) getAllotments(ctx context.Context, in *TillPath) (*web.Reply[web.Page[AllotmentView]], error) {
	carried, err := s.Allotments(ctx, coupon.Acting(ctx, in.Store), in.Till)
	views := make([]AllotmentView, len(carried))
	for i, c := range carried {
		views[i] = c.view()
	}
	return web.OK(web.NewPage(views, "")), err
}

type allotInput struct {
	Store    models.ID `path:"store"`
	Till     models.ID `path:"till"`
	Campaign models.ID `path:"campaign"`
	Body     struct {
		Count *int64 `json:"count,omitempty" minimum:"0" maximum:"100000" doc:"left out: as the house rule says"`
	}
}

func (s *Service) putAllotment(ctx context.Context, in *allotInput) (*web.Reply[AllotmentView], error) {
	count := int64(HouseRule)
	if in.Body.Count != nil {
		count = *in.Body.Count
	}
	c, err := s.Allot(ctx, coupon.Acting(ctx, in.Store), in.Till, in.Campaign, count)
	if err != nil {
		return nil, err
	}
	return web.OK(c.view()), nil
}

type logLine struct {
	Seq       int64         `json:"seq" minimum:"1"`
	Token     string        `json:"token" minLength:"1" maxLength:"300" pattern:"^[ -~]+$" doc:"the coupon's QR text"`
	Bill      models.Charge `json:"bill"`
	Off       models.Charge `json:"off" doc:"what the till took off"`
	By        models.ID     `json:"by" doc:"the account that took it"`
	Clock     int64         `json:"clock" minimum:"0" maximum:"4102444800000" doc:"the phone's clock, milliseconds since 1970"`
	Contact   int64         `json:"contact" minimum:"0" maximum:"4102444800000" doc:"the server's time of the last contact, as the phone remembers it"`
	Since     int64         `json:"since" minimum:"-1" maximum:"31536000000" doc:"milliseconds since then by a clock that nobody sets; -1: the app was restarted in between"`
	Signature string        `json:"signature" maxLength:"100" doc:"of the line's text (docs/offline.md) by the till's key, in base64"`
}

func (b logLine) line() Line {
	signature, _ := base64.StdEncoding.DecodeString(b.Signature) // what is no base64 is no signature
	return Line{Signature: signature, TillLine: models.TillLine{
		Seq: b.Seq, Token: b.Token, Bill: b.Bill.Amount, Off: b.Off.Amount, By: b.By,
		Clock: time.UnixMilli(b.Clock).UTC(), Contact: time.UnixMilli(b.Contact).UTC(), Since: time.Duration(b.Since) * time.Millisecond,
	}}
}

type logInput struct {
	TillPath
	Body struct {
		DeviceTime time.Time `json:"device_time" doc:"what the phone's clock says"`
		Lines      []logLine `json:"lines" maxItems:"50" nullable:"false"`
	}
}

func (s *Service) postLog(ctx context.Context, in *logInput) (*web.Reply[web.Page[TillEntryView]], error) {
	lines := make([]Line, 0, linesMost)
	for _, b := range in.Body.Lines {
		lines = append(lines, b.line())
	}
	entries, err := s.TakeLog(ctx, coupon.Acting(ctx, in.Store), in.Till, in.Body.DeviceTime, lines)
	if err != nil {
		return nil, err
	}
	views, err := s.entryViews(ctx, entries)
	return web.OK(web.NewPage(views, "")), err
}

type entriesInput struct {
	StorePath
	Unbooked bool   `query:"unbooked" doc:"only what is not in the books"`
	Cursor   string `query:"cursor"`
	Limit    int    `query:"limit" minimum:"1" maximum:"100"`
}

func (s *Service) getLog(ctx context.Context, in *entriesInput) (*web.Reply[web.Page[TillEntryView]], error) {
	page, err := s.Log(ctx, coupon.Acting(ctx, in.Store), in.Unbooked, in.Cursor, web.Limit(in.Limit, 50, 100))
	return web.OK(page), err
}

// CouponPath names a coupon that the store asks about.
type CouponPath struct {
	Store  models.ID `path:"store"`
	Coupon models.ID `path:"coupon"`
}

func (s *Service) getStoreLife(ctx context.Context, in *CouponPath) (*web.Reply[CouponLife], error) {
	l, err := s.LifeForStore(ctx, coupon.Acting(ctx, in.Store), in.Coupon)
	return web.OK(l), err
}

type myCoupon struct {
	Coupon models.ID `path:"coupon"`
}

func (s *Service) getMyLife(ctx context.Context, in *myCoupon) (*web.Reply[CouponLife], error) {
	p := identity.From(ctx)
	l, err := s.LifeForMember(ctx, p.AllianceID, p.MemberID, in.Coupon)
	return web.OK(l), err
}
