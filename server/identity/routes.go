package identity

import (
	"context"
	"net/http"
	"time"

	"github.com/gofiber/fiber/v2"

	"onestreet/models"
	"onestreet/server/platform/web"
)

const refreshCookie = "onestreet_refresh"

// Routes adds the feature's operations.
func (s *Service) Routes(api *web.API) {
	web.Post(api, "/auth/codes", op("code-send", "Send a one-time code to a phone", Anyone, http.StatusAccepted), s.sendCode)
	web.Post(api, "/auth/sessions", op("log-in", "Log in with a phone and its code", Anyone, 0), s.logIn)
	web.Post(api, "/auth/refresh", op("refresh", "Trade the refresh cookie for an access token", Anyone, 0), s.refresh)
	web.Do(api, http.MethodPost, "/auth/logout", op("log-out", "End the session of the refresh cookie", Anyone, 0), s.logOut)
	web.Get(api, "/me", op("me", "Who I am in this street", SignedIn, 0), s.me)
	web.Patch(api, "/me", op("me-change", "Change my name, face or language", SignedIn, 0), s.changeMe)
	if s.opt.Demo {
		web.Get(api, "/demo/people", op("demo-people", "The people of the demo street", Anyone, 0), s.demoPeople)
		web.Post(api, "/demo/enter", op("demo-enter", "Enter as one of the demo's people", Anyone, 0), s.demoEnter)
	}
}

// WellKnown serves the public keys of our tokens (RFC 7517).
func (s *Service) WellKnown(app *fiber.App) {
	app.Get("/.well-known/jwks.json", func(c *fiber.Ctx) error { return c.JSON(s.keys.JWKS()) })
}

func op(id, summary string, who web.Guard, status int) web.Op {
	return web.Op{ID: id, Summary: summary, Tag: "identity", Who: who, Status: status}
}

type sendCodeInput struct {
	Body struct {
		Phone string `json:"phone" minLength:"5" maxLength:"30" doc:"a mainland mobile number, as people write it"`
	}
}

type codeSent struct {
	ExpiresIn int    `json:"expires_in" doc:"seconds"`
	ResendIn  int    `json:"resend_in" doc:"seconds"`
	DemoCode  string `json:"demo_code,omitempty" doc:"the code itself, in the demo only"`
}

func (s *Service) sendCode(ctx context.Context, in *sendCodeInput) (*web.Reply[codeSent], error) {
	code, err := s.SendCode(ctx, in.Body.Phone, web.Address(ctx))
	if err != nil {
		return nil, err
	}
	out := codeSent{ExpiresIn: int(CodeTTL.Seconds()), ResendIn: int(ResendAfter.Seconds())}
	if s.opt.Demo {
		out.DemoCode = code
	}
	return web.OK(out), nil
}

type logInInput struct {
	Body struct {
		Phone string `json:"phone" minLength:"5" maxLength:"30"`
		Code  string `json:"code" pattern:"^[0-9]{6}$" doc:"six digits"`
	}
}

// SessionView is what a device gets when it is logged in; the refresh token is in the cookie.
type SessionView struct {
	AccessToken string    `json:"access_token"`
	ExpiresAt   time.Time `json:"expires_at"`
	Me          Me        `json:"me"`
}

func (s *Service) logIn(ctx context.Context, in *logInInput) (*web.Reply[SessionView], error) {
	alliance := From(ctx).AllianceID
	tokens, account, err := s.LogIn(ctx, in.Body.Phone, in.Body.Code, alliance)
	if err != nil {
		return nil, err
	}
	return s.SessionReply(ctx, tokens, account, alliance)
}

// SessionReply is the answer to everything that logs in: tokens, Me, and the cookie.
func (s *Service) SessionReply(ctx context.Context, t Tokens, account, alliance models.ID) (*web.Reply[SessionView], error) {
	me, err := s.Me(ctx, account, alliance)
	if err != nil {
		return nil, err
	}
	reply := web.OK(SessionView{AccessToken: t.Access, ExpiresAt: t.Expires, Me: me})
	reply.Cookie = s.Cookie(t.Refresh, SessionTTL)
	return reply, nil
}

// Cookie is the Set-Cookie text of a refresh token; an empty token takes the cookie away.
func (s *Service) Cookie(refresh string, life time.Duration) string {
	c := http.Cookie{
		Name: refreshCookie, Value: refresh, Path: web.Prefix + "/auth", HttpOnly: true, Secure: s.opt.SecureCookie,
		SameSite: http.SameSiteStrictMode, MaxAge: int(life.Seconds()),
	}
	if refresh == "" {
		c.MaxAge = -1
	}
	return c.String()
}

type cookieInput struct {
	Refresh string `cookie:"onestreet_refresh"`
}

func (s *Service) refresh(ctx context.Context, in *cookieInput) (*web.Reply[SessionView], error) {
	tokens, session, err := s.Refresh(ctx, in.Refresh)
	if err != nil {
		return nil, err
	}
	return s.SessionReply(ctx, tokens, session.AccountID, session.AllianceID)
}

func (s *Service) logOut(ctx context.Context, in *cookieInput) (*web.Empty, error) {
	if err := s.LogOut(ctx, in.Refresh); err != nil {
		return nil, err
	}
	return &web.Empty{Cookie: s.Cookie("", 0)}, nil
}
