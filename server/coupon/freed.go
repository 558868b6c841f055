package coupon

import (
	"gorm.io/gorm"

	"onestreet/models"
)

// voidUnused is what a coupon is of which no bill can come any more, and never came.
const voidUnused = "state = 'void' AND uses = 0"

// voidUnder counts the coupons of a campaign that were made void unused, by the version that they were given out under. Of one
// that is sent in private it tells of none: what is left of it must not say that somebody who had one has left the street.
func voidUnder(r *gorm.DB, c models.Campaign) (map[int64]int64, error) {
	if c.Given == models.GivenTargeted {
		return nil, nil
	}
	var rows []struct{ Version, N int64 }
	err := r.Model(&models.Coupon{}).Select("version, COUNT(*) AS n").Where("campaign_id = ? AND "+voidUnused, c.ID).Group("version").Scan(&rows).Error
	void := make(map[int64]int64, len(rows))
	for _, row := range rows {
		void[row.Version] = row.N
	}
	return void, err
}

// freed gives out, where money bounds a campaign, as many coupons more as the money of void ones covers. The caller has
// locked the campaign's row and made them void. Where the stock bounds it there is nothing to give.
func (s *Service) freed(tx *gorm.DB, c models.Campaign) error {
	out := c.Out() + c.Printed
	if !c.AtClaim() || c.Remaining+out >= c.Stock {
		return nil
	}
	shares, err := sharesOf(tx, c)
	if err != nil {
		return err
	}
	before, err := earlier(tx, c, c.Version)
	if err != nil {
		return err
	}
	void, err := voidUnder(tx, c)
	if err != nil {
		return err
	}
	left := c.IssuableAfter(shares, before, void[c.Version]) - out
	if left == c.Remaining {
		return nil
	}
	if err := tx.Model(&models.Campaign{}).Where("id = ?", c.ID).Update("remaining", left).Error; err != nil {
		return err
	}
	return s.Outbox.Add(tx, c.AllianceID, models.EventCampaignChanged, models.CampaignChanged{CampaignID: c.ID, Remaining: left})
}
