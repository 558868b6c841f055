package app

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/notify"
	"onestreet/server/platform/realtime"
	"onestreet/server/platform/web"
	"onestreet/server/screen"
)

// drainFor is how long sockets have to go away by themselves when the node stops.
const drainFor = 5 * time.Second

var socketOp = web.Op{ID: "socket", Summary: "The street, live (docs/protocol.md)", Tag: "realtime", Who: identity.Anyone}

// wireSockets makes the hub and says who may follow which streams.
func (a *App) wireSockets(broker realtime.Broker) {
	a.Hub = realtime.NewHub(a.Streams, broker, a.Clock, a.subject, realtime.Options{Log: a.Log})
	a.Hub.Authorize("feed", a.mayFollowFeed)
	a.Hub.Authorize("inbox", notify.MayFollow)
	a.Hub.Authorize("member", notify.MayFollow)
	a.Hub.Authorize("chat", a.ownChat)
	a.Hub.Authorize("desk", ownDesk)
	a.Hub.Authorize("alliance", ownAlliance)
	a.Hub.Authorize(screen.Stream, screensOnly)
	a.Hub.ShowPresence("feed")
	a.Identity.OnRevoked(a.Hub.Revoke)
	realtime.Prepare(a.Fiber)
	a.API.Raw(fiber.MethodGet, "/ws", socketOp, realtime.Handler(a.Hub, a.Config.PublicURL))
	a.Metrics.Gauge("onestreet_sockets", "Open sockets.", func() float64 { return float64(a.Hub.Stats().Connections) })
}

// subject finds out who a connection's hello is from: the account of its token, or a visitor.
func (a *App) subject(ctx context.Context, h realtime.Hello) (realtime.Subject, error) {
	if h.Token == "" {
		alliance, err := a.Pool.StreetBySlug(ctx, h.Street)
		return realtime.Subject{Alliance: alliance, Locale: h.Locale, Caller: &identity.Principal{AllianceID: alliance}}, err
	}
	if secret, isScreen := strings.CutPrefix(h.Token, screenToken); isScreen {
		return a.screenSubject(ctx, h, secret)
	}
	p, err := a.Identity.Principal(ctx, h.Token)
	if err != nil {
		return realtime.Subject{}, err
	}
	if err := a.sameStreet(ctx, h.Street, p.AllianceID); err != nil {
		return realtime.Subject{}, err
	}
	s := realtime.Subject{Account: p.AccountID, Alliance: p.AllianceID, Member: p.MemberID, Locale: h.Locale, Expires: p.Expires, Caller: p}
	if !p.MemberID.IsZero() {
		m, err := a.Pool.Member(ctx, p.AllianceID, p.MemberID)
		if err != nil {
			return realtime.Subject{}, err
		}
		s.Face = m.Ref()
	}
	return s, nil
}

// screenToken begins the token of a TV in a shop's window; the screen's secret follows.
const screenToken = "screen:"

// screenSubject is a TV: nobody, in one street, for as long as its screen is not switched off.
func (a *App) screenSubject(ctx context.Context, h realtime.Hello, secret string) (realtime.Subject, error) {
	sc, err := a.Screen.Find(ctx, secret)
	if err == nil {
		err = a.sameStreet(ctx, h.Street, sc.AllianceID)
	}
	return realtime.Subject{Account: sc.ID, Alliance: sc.AllianceID, Locale: h.Locale, Unseen: true, Caller: sc}, err
}

// screensOnly: TVs in the windows.
func screensOnly(_ context.Context, s realtime.Subject, _ string) error {
	if _, isScreen := s.Caller.(models.Screen); !isScreen {
		return realtime.ErrNotAllowed
	}
	return nil
}

// sameStreet refuses a token of another street than the one that the hello names, if it names one.
func (a *App) sameStreet(ctx context.Context, slug string, alliance models.ID) error {
	if slug == "" {
		return nil
	}
	street, err := a.Pool.StreetBySlug(ctx, slug)
	if err == nil && street != alliance {
		err = identity.ErrOtherStreet
	}
	return err
}

func caller(s realtime.Subject) *identity.Principal {
	if p, ok := s.Caller.(*identity.Principal); ok {
		return p
	}
	return &identity.Principal{}
}

// mayFollowFeed: the street's feed is everybody's, a circle's is for those who may read it.
func (a *App) mayFollowFeed(ctx context.Context, s realtime.Subject, id string) error {
	if err := a.Feed.MayRead(ctx, caller(s), id); err != nil {
		return realtime.ErrNotAllowed
	}
	return nil
}

// ownChat: the two sides of a conversation.
func (a *App) ownChat(ctx context.Context, s realtime.Subject, id string) error {
	err := a.Chat.MayFollow(ctx, caller(s), id)
	if errors.Is(err, models.ErrNotFound) {
		err = realtime.ErrNotAllowed
	}
	return err
}

// ownDesk: who works in the store; coordinators for the street itself.
func ownDesk(_ context.Context, s realtime.Subject, id string) error {
	store, err := models.ParseID(id)
	who := caller(s)
	if err == nil && store == s.Alliance && who.Coordinator {
		return nil // the door of an event of the street itself
	}
	if err != nil || !who.AtLeast(store, models.RoleClerk) {
		return realtime.ErrNotAllowed
	}
	return nil
}

// ownAlliance: coordinators.
func ownAlliance(_ context.Context, s realtime.Subject, _ string) error {
	if !caller(s).Coordinator {
		return realtime.ErrNotAllowed
	}
	return nil
}
