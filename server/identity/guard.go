package identity

import (
	"context"

	"onestreet/models"
	"onestreet/server/platform/web"
)

// guard is a web.Guard by a function of the caller.
type guard struct {
	name  string
	admit func(p *Principal, param func(string) string) error
}

// String implements web.Guard.
func (g guard) String() string { return g.name }

// Admit implements web.Guard.
func (g guard) Admit(ctx context.Context, param func(string) string) error {
	return g.admit(From(ctx), param)
}

// The guards. Clerk, Manager and Owner are about the store of the path's {store}; AtHost and PlansHost too, and let the
// coordinators in where it is the street itself.
var (
	Anyone      web.Guard = guard{"anyone", func(*Principal, func(string) string) error { return nil }}
	SignedIn    web.Guard = guard{"signed in", signedIn}
	Member      web.Guard = guard{"member", member}
	Participant web.Guard = guard{"member, staff or coordinator", participant}
	Clerk       web.Guard = inStore(models.RoleClerk)
	Manager     web.Guard = inStore(models.RoleManager)
	Owner       web.Guard = inStore(models.RoleOwner)
	Coordinator web.Guard = guard{"coordinator", coordinator}
	AtHost      web.Guard = hosting(models.RoleClerk)
	PlansHost   web.Guard = hosting(models.RoleManager)
)

func signedIn(p *Principal, _ func(string) string) error {
	if p.Visitor() {
		return ErrLogin
	}
	return nil
}

func member(p *Principal, _ func(string) string) error {
	if p.Visitor() {
		return ErrLogin
	}
	if p.MemberID.IsZero() {
		return ErrNotMember
	}
	return nil
}

func participant(p *Principal, _ func(string) string) error {
	if p.Visitor() {
		return ErrLogin
	}
	if p.MemberID.IsZero() && len(p.Staff) == 0 && !p.Coordinator {
		return ErrNotMember
	}
	return nil
}

func coordinator(p *Principal, _ func(string) string) error {
	if p.Visitor() {
		return ErrLogin
	}
	if !p.Coordinator {
		return ErrForbidden
	}
	return nil
}

func inStore(role models.Role) guard {
	return guard{string(role) + " of the store", func(p *Principal, param func(string) string) error {
		if p.Visitor() {
			return ErrLogin
		}
		store, err := models.ParseID(param("store"))
		if err != nil {
			return models.ErrNotFound
		}
		if !p.AtLeast(store, role) {
			return ErrForbidden
		}
		return nil
	}}
}

// hosting admits the staff of a store, and coordinators where the street itself is what {store} names.
func hosting(role models.Role) web.Guard {
	store := inStore(role)
	return guard{store.name + ", or coordinator for the street itself", func(p *Principal, param func(string) string) error {
		if id, err := models.ParseID(param("store")); err == nil && id == p.AllianceID {
			return coordinator(p, param)
		}
		return store.admit(p, param)
	}}
}
