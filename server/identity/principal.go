package identity

import (
	"context"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"onestreet/models"
	"onestreet/server/platform/db"
	"onestreet/server/platform/web"
)

// Principal is who calls: an account in one street with its grants there, or a visitor (AccountID zero).
type Principal struct {
	AccountID   models.ID
	AllianceID  models.ID // a visitor's: the street of ?street=, or the default one
	SessionID   models.ID
	MemberID    models.ID // zero: no member of the pool
	Staff       map[models.ID]models.Role
	Coordinator bool
	Expires     time.Time // of the access token
}

// Visitor tells whether nobody is logged in.
func (p *Principal) Visitor() bool { return p.AccountID.IsZero() }

// RoleIn is the caller's role in a store; the empty role is none.
func (p *Principal) RoleIn(store models.ID) models.Role { return p.Staff[store] }

// AtLeast tells whether the caller is staff of the store with that role or a higher one.
func (p *Principal) AtLeast(store models.ID, role models.Role) bool {
	return p.Staff[store].Rank() >= role.Rank() && p.Staff[store].Rank() > 0
}

type principalKey struct{}

// From returns the caller of the request; outside a request it is a visitor of no street.
func From(ctx context.Context) *Principal {
	if p, ok := ctx.Value(principalKey{}).(*Principal); ok {
		return p
	}
	return &Principal{}
}

// With sets the caller, for what runs outside a request.
func With(ctx context.Context, p *Principal) context.Context {
	return context.WithValue(ctx, principalKey{}, p)
}

// Scope names the caller for idempotency keys.
func Scope(ctx context.Context) string {
	p := From(ctx)
	if p.Visitor() {
		return ""
	}
	return p.AllianceID.String() + " " + p.AccountID.String()
}

// Authenticate is the Fiber middleware that finds out who calls. A token that is not good is refused at once, except
// on the addresses where one logs in.
func (s *Service) Authenticate(c *fiber.Ctx) error {
	if !strings.HasPrefix(c.Path(), web.Prefix+"/") {
		return c.Next()
	}
	ctx := c.UserContext()
	p, err := s.principal(ctx, bearer(c), c.Query("street"), strings.HasPrefix(c.Path(), web.Prefix+"/auth/"))
	if err != nil {
		return err
	}
	c.SetUserContext(With(ctx, p))
	return c.Next()
}

func bearer(c *fiber.Ctx) string {
	text, ok := strings.CutPrefix(c.Get(fiber.HeaderAuthorization), "Bearer ")
	if !ok {
		return ""
	}
	return text
}

func (s *Service) principal(ctx context.Context, access, slug string, loggingIn bool) (*Principal, error) {
	if access == "" || loggingIn {
		alliance, err := s.street(ctx, slug)
		if err != nil && !(slug == "" && db.IsNotFound(err)) {
			return nil, err
		}
		return &Principal{AllianceID: alliance}, nil
	}
	p, err := s.Principal(ctx, access)
	if err != nil || slug == "" {
		return p, err
	}
	alliance, err := s.street(ctx, slug)
	if err == nil && alliance != p.AllianceID {
		err = ErrOtherStreet
	}
	return p, err
}

// Principal reads an access token and the grants of its account. Error: token_invalid for a token that is forged,
// expired, or of a session that has ended.
func (s *Service) Principal(ctx context.Context, access string) (*Principal, error) {
	claims, err := s.keys.Parse(access)
	if err != nil {
		return nil, ErrToken
	}
	now, live, err := s.live.Get(ctx, claims.Session)
	if err != nil {
		return nil, err
	}
	if !live || now.account != claims.Account || now.alliance != claims.Alliance {
		return nil, ErrToken
	}
	p := &Principal{AccountID: claims.Account, AllianceID: claims.Alliance, SessionID: claims.Session, Expires: claims.Expires}
	p.take(now.grants)
	return p, nil
}
