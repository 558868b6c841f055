package coupon

import (
	"gorm.io/gorm"

	"onestreet/models"
)

// reach is what a gallery knows of how far campaigns may still go, and whether the reader is among those they are for.
type reach struct {
	notices map[models.ID][]models.CampaignNotice
	left    map[models.ID]map[models.ID]int64
	funds   map[models.ID]models.CampaignFund // of the whole budget, by campaign
	cannot  map[models.ID]models.Claimability // beside what the campaign's row says
}

// reachOf reads the reach of campaigns for one reader, who may be nobody's member.
func (s *Service) reachOf(r *gorm.DB, g *gallery, rows []models.Campaign) (reach, error) {
	var out reach
	var err error
	if out.notices, err = noticesOf(r, idsOf(rows)); err != nil {
		return out, err
	}
	if out.left, out.funds, err = fundsOf(r, idsOf(rows)); err != nil {
		return out, err
	}
	out.cannot = map[models.ID]models.Claimability{}
	for _, c := range rows {
		if why, err := s.cannot(r, g, c, out.left[c.ID]); err != nil {
			return out, err
		} else if why != "" {
			out.cannot[c.ID] = why
		}
	}
	return out, nil
}

// fundsOf reads what is left of campaigns' budgets and caps, by campaign and owner, and the rows of the whole budgets.
func fundsOf(r *gorm.DB, ids []models.ID) (map[models.ID]map[models.ID]int64, map[models.ID]models.CampaignFund, error) {
	left, whole := map[models.ID]map[models.ID]int64{}, map[models.ID]models.CampaignFund{}
	var rows []models.CampaignFund
	err := r.Where("campaign_id IN ?", ids).Find(&rows).Error
	for _, f := range rows {
		if left[f.CampaignID] == nil {
			left[f.CampaignID] = map[models.ID]int64{}
		}
		if left[f.CampaignID][f.OwnerID] = f.Left(); f.OwnerID == f.CampaignID {
			whole[f.CampaignID] = f
		}
	}
	return left, whole, err
}

// cannot says what a claim would meet beside the campaign's row: the answer before the act, which judges anew.
func (s *Service) cannot(r *gorm.DB, g *gallery, c models.Campaign, left map[models.ID]int64) (models.Claimability, error) {
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
	if !c.AtClaim() && c.BudgetAfter(g.shares[c.ID], left) == models.BudgetSpent {
		return models.ClaimNoBudget, nil
	}
	if c.PerDay > 0 {
		n, err := dayCounter(c, g.street.now, g.street.zone).now(r)
		if err != nil || n >= c.PerDay {
			return models.ClaimDayFull, err
		}
	}
	return "", nil
}

func (g *gallery) leaving(c models.Campaign) []LeavingView {
	views := []LeavingView{}
	for _, n := range g.reach.notices[c.ID] {
		views = append(views, LeavingView{Store: g.street.funder(n.StoreID), At: n.LeavesAt})
	}
	return views
}

// hasLeft tells whether a store has left a campaign.
func (g *gallery) hasLeft(campaign, store models.ID) bool {
	for _, n := range g.reach.notices[campaign] {
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
	f, ok := g.reach.funds[c.ID]
	if !ok {
		f.Most = c.MostCost()
	}
	reserve := models.ReserveClaim
	if !c.AtClaim() {
		reserve = models.ReserveRedemption
	}
	return &BudgetView{Most: models.Fen(f.Most), Spent: models.Fen(f.Spent), Set: c.Budget > 0, Reserve: reserve}
}
