package feed

import (
	"context"

	"onestreet/models"
)

// voice is who spoke: the account, the member it is, and the store it spoke for.
type voice struct{ account, member, store models.ID }

// people knows those who spoke on a page.
type people struct {
	members  map[models.ID]models.Member
	badges   map[models.ID]string
	stores   map[models.ID]models.Store
	accounts map[models.ID]models.Account // staff and coordinators who are no members
	roles    map[models.ID]string         // their badges: "coordinator" or "staff"
}

func (s *Service) people(ctx context.Context, alliance models.ID, said []voice) (people, error) {
	k := people{stores: map[models.ID]models.Store{}}
	var members, accounts []models.ID
	for _, v := range said {
		switch {
		case !v.store.IsZero():
		case !v.member.IsZero():
			members = append(members, v.member)
		case !v.account.IsZero():
			accounts = append(accounts, v.account)
		}
	}
	var err error
	if k.members, err = s.Pool.Members(ctx, alliance, members); err != nil {
		return k, err
	}
	if k.badges, err = s.Relation.Badges(ctx, alliance, members); err != nil {
		return k, err
	}
	if k.accounts, err = s.accounts(ctx, accounts); err != nil {
		return k, err
	}
	if k.roles, err = s.roles(ctx, alliance, accounts); err != nil {
		return k, err
	}
	stores, err := s.Pool.Stores(ctx, alliance)
	for _, store := range stores {
		k.stores[store.ID] = store
	}
	return k, err
}

func (s *Service) accounts(ctx context.Context, ids []models.ID) (map[models.ID]models.Account, error) {
	found := map[models.ID]models.Account{}
	if len(ids) == 0 {
		return found, nil
	}
	var rows []models.Account
	err := s.DB.Read(ctx).Select("id, name, face").Where("id IN ?", ids).Find(&rows).Error
	for _, a := range rows {
		found[a.ID] = a
	}
	return found, err
}

// roles are the badges of accounts that speak for themselves without being members.
func (s *Service) roles(ctx context.Context, alliance models.ID, accounts []models.ID) (map[models.ID]string, error) {
	badges := map[models.ID]string{}
	if len(accounts) == 0 {
		return badges, nil
	}
	var grants []models.Grant
	err := s.DB.Read(ctx).Where("alliance_id = ? AND account_id IN ?", alliance, accounts).Find(&grants).Error
	for _, g := range grants {
		switch {
		case g.Role == models.RoleCoordinator:
			badges[g.AccountID] = "coordinator"
		case g.Role.Rank() > 0 && badges[g.AccountID] == "":
			badges[g.AccountID] = "staff"
		}
	}
	return badges, err
}

// speaker is the face that a post shows: a store's persona, a member with their badge, or an account with its role.
func (k people) speaker(account, member, store models.ID) models.PersonRef {
	if s, ok := k.stores[store]; ok {
		return models.PersonRef{ID: s.ID, Name: s.PersonaName, Face: s.PersonaFace, Badge: "staff"}
	}
	if m, ok := k.members[member]; ok {
		ref := m.Ref()
		ref.Badge = k.badges[member]
		return ref
	}
	a := k.accounts[account]
	return models.PersonRef{ID: account, Name: a.Name, Face: a.Face, Badge: k.roles[account]}
}

func (k people) store(id models.ID) *models.StoreRef {
	s, ok := k.stores[id]
	if !ok {
		return nil
	}
	ref := s.Ref()
	return &ref
}
