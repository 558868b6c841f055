package identity

import (
	"context"
	"sort"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/web"
)

// Me is who the caller is in this street.
type Me struct {
	AccountID   models.ID   `json:"account_id"`
	Name        string      `json:"name"`
	Face        string      `json:"face"`
	PhoneMasked string      `json:"phone_masked"`
	Locale      string      `json:"locale" enum:"zh-CN,en"`
	Street      StreetView  `json:"street"`
	Member      *MemberView `json:"member,omitempty"`
	Staff       []StaffView `json:"staff" nullable:"false"`
	Coordinator bool        `json:"coordinator"`
}

// StreetView is the street in short.
type StreetView struct {
	ID       models.ID `json:"id"`
	Slug     string    `json:"slug"`
	Name     string    `json:"name"`
	TimeZone string    `json:"time_zone"`
}

// MemberView is a member in short.
type MemberView struct {
	ID     models.ID `json:"id"`
	Number int64     `json:"number"`
	Name   string    `json:"name"`
	Face   string    `json:"face"`
}

// StaffView is a store where the caller works.
type StaffView struct {
	Store models.StoreRef `json:"store"`
	Role  models.Role     `json:"role" enum:"clerk,manager,owner"`
}

// Me describes an account in a street.
func (s *Service) Me(ctx context.Context, account, alliance models.ID) (Me, error) {
	a, err := s.Account(ctx, account)
	if err != nil {
		return Me{}, err
	}
	me := Me{AccountID: a.ID, Name: a.Name, Face: a.Face, Locale: a.Locale, Staff: []StaffView{}}
	if a.Phone != nil {
		me.PhoneMasked = MaskPhone(*a.Phone)
	}
	if me.Street, err = s.views.Street(ctx, alliance); err != nil {
		return Me{}, err
	}
	p := &Principal{AccountID: account, AllianceID: alliance}
	if err := s.readGrants(ctx, p); err != nil {
		return Me{}, err
	}
	return me, s.roles(ctx, p, &me)
}

func (s *Service) roles(ctx context.Context, p *Principal, me *Me) error {
	me.Coordinator = p.Coordinator
	if !p.MemberID.IsZero() {
		m, err := s.views.Member(ctx, p.AllianceID, p.MemberID)
		if err != nil {
			return err
		}
		me.Member = &m
	}
	if len(p.Staff) == 0 {
		return nil
	}
	stores, err := s.views.Stores(ctx, p.AllianceID)
	if err != nil {
		return err
	}
	for id, role := range p.Staff {
		me.Staff = append(me.Staff, StaffView{Store: stores[id], Role: role})
	}
	sort.Slice(me.Staff, func(i, j int) bool { return me.Staff[i].Store.Slug < me.Staff[j].Store.Slug })
	return nil
}

func (s *Service) me(ctx context.Context, _ *struct{}) (*web.Reply[Me], error) {
	p := From(ctx)
	me, err := s.Me(ctx, p.AccountID, p.AllianceID)
	return web.OK(me), err
}

type changeMeInput struct {
	Body struct {
		Name   *string `json:"name,omitempty" minLength:"1" maxLength:"20"`
		Face   *string `json:"face,omitempty" maxLength:"60" pattern:"^([a-z0-9-]{1,40}|/api/v1/photos/[0-9a-f-]{36}/thumb\\.jpg)$" doc:"key of a drawn portrait, or the address of an uploaded photo"`
		Locale *string `json:"locale,omitempty" enum:"zh-CN,en"`
	}
}

func (s *Service) changeMe(ctx context.Context, in *changeMeInput) (*web.Reply[Me], error) {
	if err := s.ChangeMe(ctx, From(ctx), Changes{Name: in.Body.Name, Face: in.Body.Face, Locale: in.Body.Locale}); err != nil {
		return nil, err
	}
	return s.me(ctx, nil)
}

// Changes is what people change about themselves; nil stays as it is.
type Changes struct{ Name, Face, Locale *string }

// ChangeMe changes the caller's name, face or language.
func (s *Service) ChangeMe(ctx context.Context, p *Principal, c Changes) error {
	changes := map[string]any{}
	for column, value := range map[string]*string{"name": c.Name, "face": c.Face, "locale": c.Locale} {
		if value != nil {
			changes[column] = *value
		}
	}
	if len(changes) == 0 {
		return nil
	}
	return s.db.Tx(ctx, func(tx *gorm.DB) error { return s.changeAccount(tx, p, changes) })
}

// changeAccount keeps the member's name and face, which the pool shows, the same as the account's.
func (s *Service) changeAccount(tx *gorm.DB, p *Principal, changes map[string]any) error {
	if err := tx.Model(&models.Account{}).Where("id = ?", p.AccountID).Updates(changes).Error; err != nil {
		return err
	}
	return s.views.Renamed(tx, p.MemberID, changes)
}
