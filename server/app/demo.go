package app

import (
	"context"

	"onestreet/models"
	"onestreet/server/identity"
)

// demoStaff are the stores' people whom the demo offers to enter as. A street without such a store offers fewer.
var demoStaff = []struct {
	key, store string
	role       models.Role
}{
	{"owner-shoes", "shoes", models.RoleOwner},
	{"owner-noodles", "noodles", models.RoleOwner},
	{"owner-tea", "tea", models.RoleOwner},
	{"clerk-noodles", "noodles", models.RoleClerk},
}

// demoShoppers are the keys of the members with the longest history, the longest first.
var demoShoppers = []string{"shopper", "shopper-2"}

// DemoPeople are the people whom the log-in page of the demo offers to enter as: its two busiest shoppers, some of its
// stores' people, and its coordinator. The keys stay the same from one demo to the next.
func (a *App) DemoPeople(ctx context.Context) ([]identity.DemoPerson, error) {
	alliance, err := a.Pool.StreetBySlug(ctx, "")
	if err != nil || alliance.IsZero() {
		return nil, err
	}
	shoppers, err := a.demoShoppers(ctx, alliance)
	if err != nil {
		return nil, err
	}
	staff, err := a.demoStaff(ctx, alliance)
	if err != nil {
		return nil, err
	}
	coordinator, err := a.demoCoordinator(ctx, alliance)
	return append(append(shoppers, staff...), coordinator...), err
}

func (a *App) demoShoppers(ctx context.Context, alliance models.ID) ([]identity.DemoPerson, error) {
	var ids []models.ID
	err := a.DB.Read(ctx).Model(&models.Relation{}).Where("alliance_id = ?", alliance).Group("member_id").
		Order("SUM(visits) DESC, member_id").Limit(len(demoShoppers)).Pluck("member_id", &ids).Error
	if err != nil {
		return nil, err
	}
	members, err := a.Pool.Members(ctx, alliance, ids)
	var people []identity.DemoPerson
	for i, id := range ids {
		if m := members[id]; !m.Left() {
			people = append(people, identity.DemoPerson{Key: demoShoppers[i], Name: m.Name, Role: "shopper", Face: m.Face, Account: m.AccountID, Alliance: alliance})
		}
	}
	return people, err
}

func (a *App) demoStaff(ctx context.Context, alliance models.ID) ([]identity.DemoPerson, error) {
	stores, err := a.Pool.Stores(ctx, alliance)
	if err != nil {
		return nil, err
	}
	var people []identity.DemoPerson
	for _, want := range demoStaff {
		for _, store := range stores {
			if store.Slug != want.store {
				continue
			}
			p, err := a.demoGrant(ctx, models.Grant{AllianceID: alliance, StoreID: store.ID, Role: want.role})
			if err != nil {
				return nil, err
			}
			for i := range p {
				ref := store.Ref()
				p[i].Key, p[i].Role, p[i].Store = want.key, string(want.role), &ref
			}
			people = append(people, p...)
		}
	}
	return people, nil
}

func (a *App) demoCoordinator(ctx context.Context, alliance models.ID) ([]identity.DemoPerson, error) {
	people, err := a.demoGrant(ctx, models.Grant{AllianceID: alliance, Role: models.RoleCoordinator})
	for i := range people {
		people[i].Key, people[i].Role = "coordinator", "coordinator"
	}
	return people, err
}

// demoGrant is who has held a role the longest: one person, or nobody.
func (a *App) demoGrant(ctx context.Context, like models.Grant) ([]identity.DemoPerson, error) {
	var g models.Grant
	found := a.DB.Read(ctx).Where(&like).Order("created_at, account_id").Limit(1).Find(&g)
	if found.Error != nil || found.RowsAffected == 0 {
		return nil, found.Error
	}
	account, err := a.Identity.Account(ctx, g.AccountID)
	return []identity.DemoPerson{{Name: account.Name, Face: account.Face, Account: account.ID, Alliance: like.AllianceID}}, err
}
