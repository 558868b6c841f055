package coupon

import (
	"errors"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// veiled lets a private send give, and lays over what it has given as many coupons as its veil needs; what it held back until now
// is lifted first, so that the next page of the send can have it. The campaign's row is locked.
func (s *Service) veiled(tx *gorm.DB, g *giving, send models.ID, give func()) error {
	v, err := g.veil(tx, send)
	if err != nil {
		return err
	}
	before := v.N
	g.campaign.Remaining += before
	g.rules.day -= before
	give()
	v.Given += int64(len(g.given))
	v.N = g.over(v)
	g.campaign.Remaining -= v.N
	return s.holdBack(tx, g, v, v.N-before)
}

// veil is the one of a send under the present version, today; one of nothing when there is none yet.
func (g *giving) veil(tx *gorm.DB, send models.ID) (models.CampaignVeil, error) {
	c, day := g.campaign, models.Day(g.now, g.street.zone)
	v, err := db.Find[models.CampaignVeil](tx, "send_id = ? AND version = ? AND day = ?", send, c.Version, day)
	if errors.Is(err, models.ErrNotFound) {
		return models.CampaignVeil{SendID: send, Version: c.Version, Day: day, CampaignID: c.ID, AllianceID: c.AllianceID}, nil
	}
	return v, err
}

// over is how many coupons a veil holds back, as far as the stock and the day's number let it: where they end, they end for
// everybody, and say no more than that.
func (g *giving) over(v models.CampaignVeil) int64 {
	n := min(models.VeilOver(v.Given, int64(g.street.K)), g.campaign.Remaining)
	if g.campaign.PerDay > 0 {
		n = min(n, g.campaign.PerDay-g.rules.day)
	}
	return max(n, 0)
}

// holdBack writes a veil down, and moves what it has more than before out of the stock. The day's counter comes before the row
// that it may be made from.
func (s *Service) holdBack(tx *gorm.DB, g *giving, v models.CampaignVeil, more int64) error {
	if err := g.countVeil(tx, more); err != nil {
		return err
	}
	if err := tx.Save(&v).Error; err != nil || more == 0 {
		return err
	}
	moved := tx.Model(&models.Campaign{}).Where("id = ? AND remaining >= ? AND veiled >= ?", v.CampaignID, more, -more).
		Updates(map[string]any{"remaining": gorm.Expr("remaining - ?", more), "veiled": gorm.Expr("veiled + ?", more)})
	if moved.Error == nil && moved.RowsAffected == 0 {
		return ErrSoldOut // cannot be while the row is locked
	}
	if moved.Error != nil || len(g.given) > 0 {
		return moved.Error // who was given one is told of with the rest of it
	}
	return s.Outbox.Add(tx, v.AllianceID, models.EventCampaignChanged, models.CampaignChanged{CampaignID: v.CampaignID, Remaining: g.campaign.Remaining})
}

func (g *giving) countVeil(tx *gorm.DB, more int64) error {
	day := dayCounter(g.campaign, g.now, g.street.zone)
	switch {
	case g.campaign.PerDay == 0 || more == 0:
		return nil
	case more < 0:
		return day.giveBack(tx, -more)
	}
	full, err := day.take(tx, more, g.campaign.PerDay)
	if err == nil && full {
		return ErrDayFull // cannot be: it was judged under the campaign's lock
	}
	return err
}
