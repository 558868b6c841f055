package coupon

import (
	"context"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// ClaimAlone claims in a transaction of its own: what a claim costs that shares its commit with nobody.
func (s *Service) ClaimAlone(ctx context.Context, alliance, campaign, member models.ID) error {
	var answers []db.Answer[*handed]
	err := s.DB.Tx(ctx, func(tx *gorm.DB) (err error) {
		answers, err = s.claimAll(tx, []claim{{alliance: alliance, campaign: campaign, member: member}})
		return err
	})
	if err != nil {
		return err
	}
	return answers[0].Err
}
