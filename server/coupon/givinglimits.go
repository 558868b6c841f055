package coupon

import (
	"gorm.io/gorm"

	"onestreet/models"
)

// rules is what decides beside a campaign's row whether some members are given its coupons. It is read while that row is
// locked, so nobody counts at the same time; a campaign without such limits asks for nothing.
type rules struct {
	day        int64
	households map[models.ID]models.ID // by member
	had        map[models.ID]int64     // by household
	outside    map[models.ID]bool      // members whom the campaign is not for
	spent      bool
}

// rules reads what judges a campaign's claims by these members.
func (s *Service) rules(tx *gorm.DB, g *giving, members []models.ID) (r rules, err error) {
	c := g.campaign
	if c.PerDay > 0 {
		if r.day, err = dayCounter(c, g.now, g.street.zone).now(tx); err != nil {
			return r, err
		}
	}
	if c.PerHousehold > 0 {
		if err = s.readHouseholds(tx, c, members, &r); err != nil {
			return r, err
		}
	}
	if !c.Audience.Everyone() {
		if r.outside, err = s.outside(tx, c, g.street, members); err != nil {
			return r, err
		}
	}
	if !c.AtClaim() {
		r.spent, err = budgetSpent(tx, c)
	}
	return r, err
}

func (s *Service) readHouseholds(tx *gorm.DB, c models.Campaign, members []models.ID, r *rules) error {
	people, err := s.Pool.Members(tx.Statement.Context, c.AllianceID, members)
	if err != nil {
		return err
	}
	r.households, r.had = map[models.ID]models.ID{}, map[models.ID]int64{}
	for id, m := range people {
		household := models.HouseholdOf(c.ID, m)
		r.households[id] = household
		if _, known := r.had[household]; known {
			continue
		}
		if r.had[household], err = householdCounter(c, household).now(tx); err != nil {
			return err
		}
	}
	return nil
}

// budgetSpent tells whether one more coupon would find nothing behind it.
func budgetSpent(tx *gorm.DB, c models.Campaign) (bool, error) {
	shares, err := sharesOf(tx, c)
	if err != nil {
		return false, err
	}
	left, err := leftBehind(tx, []models.ID{c.ID})
	return c.BudgetAfter(shares, left[c.ID]) == models.BudgetSpent, err
}

// judge says why a member gets no coupon now; the empty answer is that they do. Who it is not for is told so before how many
// are left.
func (g *giving) judge(member models.ID) models.Claimability {
	why := g.campaign.Claimable(g.mine[member], g.now)
	switch {
	case why != "" && why != models.ClaimSoldOut:
		return why
	case g.rules.outside[member]:
		return models.ClaimNotInvited
	case why != "":
		return why
	}
	return g.bounds(member)
}

// bounds says why a member may not have one more, window and stock aside.
func (g *giving) bounds(member models.ID) models.Claimability {
	c, household := g.campaign, g.rules.households[member]
	switch {
	case g.mine[member] >= c.PerMember:
		return models.ClaimLimit
	case g.rules.outside[member]:
		return models.ClaimNotInvited
	case c.PerHousehold > 0 && g.rules.had[household] >= c.PerHousehold:
		return models.ClaimHousehold
	case g.rules.spent:
		return models.ClaimNoBudget
	case c.PerDay > 0 && g.rules.day >= c.PerDay:
		return models.ClaimDayFull
	}
	return ""
}

// took notes a coupon that is given.
func (g *giving) took(c *models.Coupon) {
	g.rules.day++
	if g.campaign.PerHousehold > 0 {
		c.HouseholdID = g.rules.households[c.MemberID]
		g.rules.had[c.HouseholdID]++
	}
}

// count writes what a giving gave into the counters of the campaign's limits. None can be full while the campaign's row is
// locked; if one ever is, nobody gets what is not there.
func (g *giving) count(tx *gorm.DB) error {
	c := g.campaign
	if c.PerDay > 0 {
		full, err := dayCounter(c, g.now, g.street.zone).take(tx, int64(len(g.given)), c.PerDay)
		if err != nil || full {
			return orRefused(err, ErrDayFull)
		}
	}
	if c.PerHousehold == 0 {
		return nil
	}
	given := map[models.ID]int64{}
	for _, coupon := range g.given {
		given[coupon.HouseholdID]++
	}
	for household, n := range given {
		full, err := householdCounter(c, household).take(tx, n, c.PerHousehold)
		if err != nil || full {
			return orRefused(err, ErrHousehold.With(c.PerHousehold))
		}
	}
	return nil
}

func orRefused(err error, refused *models.Error) error {
	if err != nil {
		return err
	}
	return refused
}
