package till

import (
	"context"

	"gorm.io/gorm"

	"onestreet/models"
)

// Allotments lists what a till may carry, and what was set aside for it when it last spoke; nothing is filled up. A manager
// asks it of any till of the store. Errors: not_found, till_revoked.
func (s *Service) Allotments(ctx context.Context, by Staff, id models.ID) ([]Carried, error) {
	terms, err := s.Coupon.TillTerms(ctx, by.Alliance, by.Store)
	if err != nil {
		return nil, err
	}
	r := s.DB.Read(ctx)
	t, err := ofStore(r, by, id)
	if err != nil {
		return nil, err
	}
	has, err := heldOf(r, t)
	carried := make([]Carried, len(terms))
	for i, c := range terms {
		a, ok := has[c.ID]
		if !ok {
			a = models.TillAllotment{TillID: t.ID, CampaignID: c.ID, AllianceID: t.AllianceID, Wanted: HouseRule}
		}
		carried[i] = Carried{TillTerms: c, TillAllotment: a}
	}
	return carried, err
}

// heldOf is what a till holds, by the campaign.
func heldOf(r *gorm.DB, t models.Till) (map[models.ID]models.TillAllotment, error) {
	var rows []models.TillAllotment
	err := r.Where("till_id = ?", t.ID).Find(&rows).Error
	has := make(map[models.ID]models.TillAllotment, len(rows))
	for _, a := range rows {
		has[a.CampaignID] = a
	}
	return has, err
}
