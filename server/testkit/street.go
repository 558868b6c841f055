package testkit

import (
	"strings"
	"time"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/identity"
)

// Street is a test's own street: four stores with an owner, a manager and a clerk each, three members, a coordinator.
type Street struct {
	Alliance models.Alliance
	Stores   map[string]models.Store // by slug: shoes, noodles, tea, books
	People   map[Persona]Person
	Links    map[string]models.JoinLink // the counter's link of each store, by slug
}

// Person is an account with what it is in the street.
type Person struct {
	Account models.Account
	Member  models.Member // zero ID: no member
}

// Persona names somebody who calls. The personas of the access matrix are among them.
type Persona string

// The people of every test's street.
const (
	Visitor          Persona = "visitor"
	Shopper          Persona = "shopper"       // member, came in through the shoe shop
	OtherShopper     Persona = "other shopper" // member, came in through the tea house
	ThirdShopper     Persona = "third shopper" // member, came in through the shoe shop
	Coordinator      Persona = "coordinator"
	OtherCoordinator Persona = "other street's coordinator"
	OtherOwner       Persona = "other street's owner"
)

// OwnerOf is the owner of a store by its slug.
func OwnerOf(slug string) Persona { return Persona("owner of " + slug) }

// ManagerOf is the manager of a store by its slug.
func ManagerOf(slug string) Persona { return Persona("manager of " + slug) }

// ClerkOf is the clerk of a store by its slug.
func ClerkOf(slug string) Persona { return Persona("clerk of " + slug) }

// StoreID is a store of the street by its slug.
func (a *App) StoreID(slug string) models.ID { return a.Street.Stores[slug].ID }

// At is a path of a store of the street.
func (a *App) At(slug, path string) string { return "/stores/" + a.StoreID(slug).String() + path }

// Member is what a persona is in the street.
func (a *App) Member(who Persona) models.Member { return a.Street.People[who].Member }

var storefronts = []models.Store{
	{Slug: "shoes", Name: "老北京布鞋", ShortName: "布鞋", Color: "#B5402C", ColorNight: "#8C2E20", Front: "shoes", Width: 122, PersonaName: "陈姐", PersonaFace: "chen"},
	{Slug: "noodles", Name: "林家面馆", ShortName: "面馆", Color: "#A35F1A", ColorNight: "#834C13", Front: "noodles", Width: 100, PersonaName: "林师傅", PersonaFace: "lin"},
	{Slug: "tea", Name: "清和茶馆", ShortName: "茶馆", Color: "#1F7A6B", ColorNight: "#175A4F", Front: "tea", Width: 108, PersonaName: "老吴", PersonaFace: "wu"},
	{Slug: "books", Name: "青石书店", ShortName: "书店", Color: "#2F5D73", ColorNight: "#234656", Front: "books", Width: 98, PersonaName: "小书", PersonaFace: "shu"},
}

func (a *App) found(name string) *Street {
	a.t.Helper()
	now := a.Time.Now().Add(-100 * 24 * time.Hour)
	slug := "s" + strings.ReplaceAll(models.NewID().String(), "-", "")[8:]
	s := &Street{Alliance: models.NewAlliance(slug, name, now), Stores: map[string]models.Store{}, People: map[Persona]Person{}, Links: map[string]models.JoinLink{}}
	err := a.DB.Tx(a.Ctx(), func(tx *gorm.DB) error {
		require.NoError(a.t, tx.Create(&s.Alliance).Error)
		for i, store := range storefronts {
			a.openStore(tx, s, store, i, now)
		}
		a.hire(tx, s, Coordinator, models.CoordinatorGrant(s.Alliance.ID, models.ID{}, now))
		for i, origin := range []string{"shoes", "tea", "shoes"} {
			a.enroll(tx, s, []Persona{Shopper, OtherShopper, ThirdShopper}[i], origin, now)
		}
		return nil
	})
	require.NoError(a.t, err)
	return s
}

func (a *App) openStore(tx *gorm.DB, s *Street, store models.Store, i int, at time.Time) {
	store.ID, store.AllianceID, store.Position, store.Status, store.Version, store.CreatedAt = models.NewID(), s.Alliance.ID, i+1, models.StoreActive, 1, at
	for weekday := range 7 {
		store.Hours = append(store.Hours, models.Hours{Weekday: weekday, Opens: "09:00", Closes: "21:00"})
	}
	require.NoError(a.t, tx.Create(&store).Error)
	s.Stores[store.Slug] = store
	link := models.JoinLink{ID: models.NewID(), AllianceID: s.Alliance.ID, StoreID: store.ID, Code: models.NewLinkCode(), Kind: models.TouchCounter, Label: "柜台", CreatedAt: at}
	require.NoError(a.t, tx.Create(&link).Error)
	s.Links[store.Slug] = link
	for persona, role := range map[Persona]models.Role{OwnerOf(store.Slug): models.RoleOwner, ManagerOf(store.Slug): models.RoleManager, ClerkOf(store.Slug): models.RoleClerk} {
		a.hire(tx, s, persona, models.StaffGrant(s.Alliance.ID, models.ID{}, store.ID, role, at))
	}
}

func (a *App) account(tx *gorm.DB, name string) models.Account {
	phone, err := identity.NormalizePhone(Phone())
	require.NoError(a.t, err)
	account, err := a.Identity.AccountByPhone(tx, phone)
	require.NoError(a.t, err)
	account.Name = name
	require.NoError(a.t, tx.Save(&account).Error)
	return account
}

func (a *App) hire(tx *gorm.DB, s *Street, persona Persona, g models.Grant) {
	account := a.account(tx, string(persona))
	g.AccountID = account.ID
	require.NoError(a.t, a.Identity.Grant(tx, g))
	s.People[persona] = Person{Account: account}
}

func (a *App) enroll(tx *gorm.DB, s *Street, persona Persona, origin string, at time.Time) {
	account := a.account(tx, map[Persona]string{Shopper: "李桂芳", OtherShopper: "王秀兰", ThirdShopper: "赵敏"}[persona])
	require.NoError(a.t, tx.Model(&models.Alliance{}).Where("id = ?", s.Alliance.ID).Updates(map[string]any{
		"last_number": gorm.Expr("last_number + 1"), "roster": gorm.Expr("roster + 1"),
	}).Error)
	require.NoError(a.t, tx.Where("id = ?", s.Alliance.ID).Take(&s.Alliance).Error)
	number := s.Alliance.LastNumber
	member := models.Member{
		ID: models.NewID(), AllianceID: s.Alliance.ID, AccountID: account.ID, Number: number, Name: account.Name, Face: "gui",
		OriginStoreID: s.Stores[origin].ID, JoinLinkID: s.Links[origin].ID, Secret: totpSecret(), Pseudonym: models.MemberAlias(number).ZH, JoinedAt: at,
	}
	require.NoError(a.t, tx.Create(&member).Error)
	require.NoError(a.t, a.Identity.Grant(tx, models.MemberGrant(s.Alliance.ID, account.ID, member.ID, at)))
	s.People[persona] = Person{Account: account, Member: member}
}

// Join makes n more members of the street quickly (without codes and events), who came in through a store.
func (a *App) Join(n int, origin string) []Person {
	a.t.Helper()
	people := make([]Person, 0, n)
	err := a.DB.Tx(a.Ctx(), func(tx *gorm.DB) error {
		for range n {
			persona := Persona("member " + models.NewID().String())
			a.enroll(tx, a.Street, persona, origin, a.Time.Now())
			people = append(people, a.Street.People[persona])
		}
		return nil
	})
	require.NoError(a.t, err)
	return people
}
