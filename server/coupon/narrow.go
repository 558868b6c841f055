package coupon

import (
	"gorm.io/gorm"

	"onestreet/models"
)

// Narrowed lists whom a campaign is for and an audience named later is about as well (it is Known), in the order of their ids: what the
// partners signed is the widest that a send can reach. Errors: invalid (as for a campaign's own audience; what the two ask
// together may not single anybody out either), not_found.
func (s *Service) Narrowed(tx *gorm.DB, c models.Campaign, a models.Audience) ([]models.ID, error) {
	if err := checkNarrow(tx, c, a); err != nil {
		return nil, err
	}
	st, err := s.street(tx.Statement.Context, c.AllianceID)
	if err != nil {
		return nil, err
	}
	var ids []models.ID
	err = narrowed(within(tx, st, c.StoreID, c.Audience), st, c.StoreID, a).Order("m.id").Pluck("m.id", &ids).Error
	return ids, err
}

func checkNarrow(tx *gorm.DB, c models.Campaign, a models.Audience) error {
	shares, err := sharesOfAll(tx, []models.Campaign{c})
	if err != nil {
		return err
	}
	partners := []models.Partner{}
	for _, sh := range shares[c.ID] {
		partners = append(partners, models.Partner{StoreID: sh.StoreID, ShareBPS: sh.ShareBPS})
	}
	var p problems
	checkAudience(&p, a, c.StoreID, partners)
	if p.error() == nil {
		checkNobodyShown(&p, a.Chosen() || c.Audience.Chosen(), a.Private(c.StoreID) || c.Audience.Private(c.StoreID))
	}
	return p.error()
}
