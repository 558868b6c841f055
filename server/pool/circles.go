package pool

import (
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// Circles are the feed's. What the rooms below it ask of one stands here: which a host may name, and who is in it.

// NamedCircle is a circle that a host (a store, or the street by its own id) may say something is for. Error: not_found, for any
// other.
func (s *Service) NamedCircle(tx *gorm.DB, alliance, host, id models.ID) (models.Circle, error) {
	c, err := db.Find[models.Circle](tx, "id = ? AND alliance_id = ?", id, alliance)
	if err == nil && !c.NamedBy(host) {
		err = models.ErrNotFound
	}
	return c, err
}

// InCircle tells which of some members are in a circle, or keep it: its moderators are in it, and managers of its store and
// coordinators need not be. The places in the circle stay locked until the commit: who leaves it at that moment has left after it.
func (s *Service) InCircle(tx *gorm.DB, c models.Circle, members []models.ID) (map[models.ID]bool, error) {
	people, err := s.Members(tx.Statement.Context, c.AllianceID, members)
	if err != nil {
		return nil, err
	}
	accounts := make([]models.ID, 0, len(people))
	for _, m := range people {
		accounts = append(accounts, m.AccountID)
	}
	var in, keep []models.ID
	err = db.Lock(tx).Model(&models.CircleMember{}).Where("circle_id = ? AND state = ? AND account_id IN ?", c.ID, models.CircleMemberIn, accounts).
		Order("account_id").Pluck("account_id", &in).Error
	if err == nil {
		err = keepers(tx, c).Where("account_id IN ?", accounts).Pluck("account_id", &keep).Error
	}
	welcome, found := map[models.ID]bool{}, map[models.ID]bool{}
	for _, account := range append(in, keep...) {
		welcome[account] = true
	}
	for _, m := range people {
		found[m.ID] = welcome[m.AccountID]
	}
	return found, err
}

// keepers are the grants of those who keep a circle by what they are on the street.
func keepers(tx *gorm.DB, c models.Circle) *gorm.DB {
	grants := tx.Session(&gorm.Session{NewDB: true}).Model(&models.Grant{}).Where("alliance_id = ?", c.AllianceID)
	if c.StoreID.IsZero() {
		return grants.Where("role = ?", models.RoleCoordinator)
	}
	return grants.Where("role = ? OR store_id = ? AND role IN ?", models.RoleCoordinator, c.StoreID, []models.Role{models.RoleManager, models.RoleOwner})
}
