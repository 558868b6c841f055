package pool

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"time"

	"github.com/gofiber/fiber/v2"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/web"
)

func (s *Service) memberRoutes(api *web.API) {
	web.Get(api, "/me/card", op("card", "My member card", identity.Member), s.getCard)
	web.Get(api, "/me/invite", op("invite", "My invitation and what it earned", identity.Member), s.getInvite)
	web.Get(api, "/me/points", op("points", "My points", identity.Member), s.getPoints)
	web.Get(api, "/me/privacy", op("privacy", "Who sees what of me", identity.Member), s.getPrivacy)
	web.Put(api, "/me/privacy/{store}", op("privacy-set", "What I allow one store", identity.Member), s.putPrivacy)
	web.Get(api, "/me/notices", op("notices", "The letters that I have asked for", identity.Member), s.getNotices)
	web.Put(api, "/me/notices", op("notices-set", "Ask for letters, or for none", identity.Member), s.putNotices)
	web.Put(api, "/me/birthday", op("birthday-set", "Tell my birthday, or have it forgotten", identity.Member), s.putBirthday)
	api.Raw(http.MethodGet, "/me/export", op("export", "Everything that is held of me, as a file", identity.Member), s.getExport)
	web.Do(api, http.MethodPost, "/me/leave", op("leave", "Leave the street; what is personal is erased", identity.Member), s.postLeave)
}

// LinkPath names a join link, and the device that follows it.
type LinkPath struct {
	Code  string `path:"code" maxLength:"16"`
	Touch string `cookie:"onestreet_touch"`
}

// Invitation is what a join link leads to. It never says who was invited.
type Invitation struct {
	Code    string           `json:"code"`
	Kind    models.TouchKind `json:"kind" enum:"import,counter,poster,staff,member,event,coupon"`
	Street  InvitingStreet   `json:"street"`
	Store   StorePage        `json:"store"`
	Inviter *Persona         `json:"inviter,omitempty" doc:"the member or the clerk whose link it is"`
	Welcome *Welcome         `json:"welcome,omitempty" doc:"what new members get"`
}

// InvitingStreet is the street that one is invited to.
type InvitingStreet struct {
	Slug string `json:"slug"`
	Name string `json:"name"`
}

func (s *Service) getInvitation(ctx context.Context, in *LinkPath) (*web.Reply[Invitation], error) {
	view, device, err := s.Invitation(ctx, in.Code, s.Device(in.Touch))
	if err != nil {
		return nil, err
	}
	reply := web.OK(view)
	reply.Cookie = s.deviceCookie(device)
	return reply, nil
}

// Invitation shows what a join link leads to and remembers that the device was there; a device that is not known yet
// gets a name. Errors: link_unknown, link_expired, link_suspended.
func (s *Service) Invitation(ctx context.Context, code string, device models.ID) (Invitation, models.ID, error) {
	d, err := s.openDoor(ctx, code)
	if err != nil {
		return Invitation{}, device, err
	}
	if device.IsZero() {
		device = models.NewID()
	}
	view := Invitation{
		Code: d.link.Code, Kind: d.link.Kind, Street: InvitingStreet{d.alliance.Slug, d.alliance.Name}, Store: pageOf(d.alliance, d.store, s.Clock.Now()),
	}
	if view.Inviter, err = s.inviter(ctx, d.link); err != nil {
		return view, device, err
	}
	if view.Welcome, err = s.welcome(ctx, d.alliance.ID); err != nil {
		return view, device, err
	}
	return view, device, s.touch(ctx, d, device)
}

func (s *Service) inviter(ctx context.Context, l models.JoinLink) (*Persona, error) {
	switch l.Kind {
	case models.TouchMember:
		m, err := s.Member(ctx, l.AllianceID, l.MemberID)
		return &Persona{Name: m.Name, Face: m.Face}, err
	case models.TouchStaff:
		a, err := s.Identity.Account(ctx, l.AccountID)
		return &Persona{Name: firstOf(l.Label, a.Name), Face: a.Face}, err
	}
	return nil, nil
}

type joinInput struct {
	LinkPath
	Body struct {
		Phone string `json:"phone" minLength:"5" maxLength:"30" doc:"a mainland mobile number, as people write it"`
		Code  string `json:"code" pattern:"^[0-9]{6}$" doc:"the one-time code, six digits"`
		Name  string `json:"name,omitempty" maxLength:"20"`
	}
}

// JoinedView is what a device gets when its owner has joined: the session, and the welcome.
type JoinedView struct {
	identity.SessionView
	Welcome JoinedWelcome `json:"welcome"`
}

// JoinedWelcome greets a new member.
type JoinedWelcome struct {
	Number int64 `json:"number" doc:"the member's number in the street"`
	Coupon any   `json:"coupon,omitempty" doc:"a Coupon, when the street has one for new members"`
}

func (s *Service) postJoin(ctx context.Context, in *joinInput) (*web.Reply[JoinedView], error) {
	joined, err := s.Join(ctx, Newcomer{Link: in.Code, Phone: in.Body.Phone, Code: in.Body.Code, Name: in.Body.Name, Device: s.Device(in.Touch)})
	if err != nil {
		return nil, err
	}
	session, err := s.Identity.SessionReply(ctx, joined.Tokens, joined.Account, joined.Member.AllianceID)
	if err != nil {
		return nil, err
	}
	reply := web.OK(JoinedView{SessionView: session.Body, Welcome: JoinedWelcome{Number: joined.Member.Number, Coupon: joined.Coupon}})
	reply.Cookie = session.Cookie
	return reply, nil
}

type postLinkInput struct {
	StorePath
	Body struct {
		Kind      models.TouchKind `json:"kind" enum:"counter,poster,staff"`
		Label     string           `json:"label" minLength:"1" maxLength:"20"`
		ExpiresAt *time.Time       `json:"expires_at,omitempty"`
	}
}

func (s *Service) postLink(ctx context.Context, in *postLinkInput) (*web.Reply[LinkView], error) {
	p := identity.From(ctx)
	link, err := s.MakeLink(ctx, p.AllianceID, in.Store, NewLink{Kind: in.Body.Kind, Label: in.Body.Label, ExpiresAt: in.Body.ExpiresAt, By: p.AccountID})
	return web.OK(link), err
}

func (s *Service) getCard(ctx context.Context, _ *noInput) (*web.Reply[Card], error) {
	p := identity.From(ctx)
	card, err := s.Card(ctx, p.AllianceID, p.MemberID)
	return web.OK(card), err
}

func (s *Service) getInvite(ctx context.Context, _ *noInput) (*web.Reply[Invite], error) {
	p := identity.From(ctx)
	invite, err := s.Invite(ctx, p.AllianceID, p.MemberID)
	return web.OK(invite), err
}

type cursorInput struct {
	Cursor string `query:"cursor"`
}

func (s *Service) getPoints(ctx context.Context, in *cursorInput) (*web.Reply[Points], error) {
	p := identity.From(ctx)
	points, err := s.Points(ctx, p.AllianceID, p.MemberID, in.Cursor)
	return web.OK(points), err
}

func (s *Service) getPrivacy(ctx context.Context, _ *noInput) (*web.Reply[PrivacyView], error) {
	p := identity.From(ctx)
	view, err := s.Privacy(ctx, p.AllianceID, p.MemberID)
	return web.OK(view), err
}

type putPrivacyInput struct {
	StorePath
	Body struct {
		Phone bool `json:"phone" doc:"this store may see my number"`
		Muted bool `json:"muted" doc:"I want nothing from this store"`
	}
}

func (s *Service) putPrivacy(ctx context.Context, in *putPrivacyInput) (*web.Reply[PrivacyRow], error) {
	p := identity.From(ctx)
	row, err := s.SetPrivacy(ctx, p.AllianceID, p.MemberID, in.Store, in.Body.Phone, in.Body.Muted)
	return web.OK(row), err
}

func (s *Service) getExport(c *fiber.Ctx) error {
	p := identity.From(c.UserContext())
	all, err := s.Export(c.UserContext(), p.AllianceID, p.MemberID)
	if err != nil {
		return err
	}
	text, err := json.MarshalIndent(all, "", "  ")
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSONCharsetUTF8)
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="onestreet.json"`)
	return c.Send(text)
}

type leaveInput struct {
	Body struct {
		Confirm string `json:"confirm" maxLength:"10" doc:"离开 or leave"`
	}
}

func (s *Service) postLeave(ctx context.Context, in *leaveInput) (*web.Empty, error) {
	p := identity.From(ctx)
	if err := s.Leave(ctx, p.AllianceID, p.MemberID, in.Body.Confirm); err != nil {
		return nil, err
	}
	return &web.Empty{Cookie: s.Identity.Cookie("", 0)}, nil
}

// readUpload reads the multipart field "file". Errors: import_missing, import_too_large.
func readUpload(c *fiber.Ctx) (string, []byte, error) {
	header, err := c.FormFile("file")
	if err != nil {
		return "", nil, ErrImportMissing
	}
	if header.Size > MaxImport {
		return "", nil, ErrImportTooBig
	}
	file, err := header.Open()
	if err != nil {
		return "", nil, err
	}
	defer func() { _ = file.Close() }()
	data, err := io.ReadAll(file)
	return header.Filename, data, err
}
