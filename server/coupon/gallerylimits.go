package coupon

import (
	"gorm.io/gorm"

	"onestreet/models"
)

// cannot says what a claim would meet beside the campaign's row: the answer before the act, which judges anew.
func (s *Service) cannot(r *gorm.DB, g *gallery, c models.Campaign) (models.Claimability, error) {
	if c.State != models.CampaignLive {
		return "", nil
	}
	if member := g.reader.MemberID; !member.IsZero() && (!c.Audience.Everyone() || c.PerHousehold > 0) {
		personal := c
		personal.PerDay, personal.Reserve = 0, models.ReserveClaim
		rules, err := s.rules(r, &giving{campaign: personal, street: g.street, now: g.street.now}, []models.ID{member})
		if err != nil {
			return "", err
		}
		switch {
		case rules.outside[member]:
			return models.ClaimNotInvited, nil
		case c.PerHousehold > 0 && rules.had[rules.households[member]] >= c.PerHousehold:
			return models.ClaimHousehold, nil
		}
	}
	if !c.AtClaim() && c.BudgetAfter(g.shares[c.ID], g.left[c.ID]) == models.BudgetSpent {
		return models.ClaimNoBudget, nil
	}
	if c.PerDay > 0 && g.today[c.ID] >= c.PerDay {
		return models.ClaimDayFull, nil
	}
	return "", nil
}

func (g *gallery) leaving(c models.Campaign) []LeavingView {
	views := []LeavingView{}
	for _, n := range g.notices[c.ID] {
		views = append(views, LeavingView{Store: g.street.funder(n.StoreID), At: n.LeavesAt})
	}
	return views
}

// hasLeft tells whether a store has left a campaign.
func (g *gallery) hasLeft(campaign, store models.ID) bool {
	for _, n := range g.notices[campaign] {
		if n.StoreID == store {
			return n.Left(g.street.now)
		}
	}
	return false
}

func (g *gallery) storesFor(c models.Campaign) []models.StoreRef {
	refs := []models.StoreRef{}
	for _, sh := range g.shares[c.ID] {
		if ref, ok := g.street.stores[sh.StoreID]; ok && !g.hasLeft(c.ID, sh.StoreID) {
			refs = append(refs, ref)
		}
	}
	return refs
}

func (g *gallery) budget(c models.Campaign) *BudgetView {
	f, ok := g.funds[c.ID]
	if !ok {
		f.Most = c.MostCost()
	}
	reserve := models.ReserveClaim
	if !c.AtClaim() {
		reserve = models.ReserveRedemption
	}
	return &BudgetView{Most: models.Fen(f.Most), Spent: models.Fen(f.Spent), Set: c.Budget > 0, Reserve: reserve}
}
