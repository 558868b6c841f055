package coupon

import (
	"context"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
	"onestreet/server/pool"
)

var (
	_ pool.Export = (*Service)(nil).export
	_ pool.Leave  = (*Service)(nil).leave
)

// exported is a coupon in the file that a member takes away.
type exported struct {
	Code       string             `json:"code"`
	Title      string             `json:"title"`
	Store      string             `json:"store"`
	State      models.CouponState `json:"state"`
	ClaimedAt  time.Time          `json:"claimed_at"`
	ValidFrom  time.Time          `json:"valid_from"`
	ValidUntil time.Time          `json:"valid_until"`
	Used       *exportedUse       `json:"used,omitempty"`
}

type exportedUse struct {
	At    time.Time `json:"at"`
	Store string    `json:"store"`
	Bill  int64     `json:"bill_fen"`
	Off   int64     `json:"off_fen"`
	Paid  int64     `json:"paid_fen"`
}

// export tells a member every coupon they ever had, and what came of it.
func (s *Service) export(ctx context.Context, tx *gorm.DB, m models.Member) (any, error) {
	var rows []models.Coupon
	if err := tx.Where("alliance_id = ? AND member_id = ?", m.AllianceID, m.ID).Order("id").Find(&rows).Error; err != nil {
		return nil, err
	}
	st, err := s.street(ctx, m.AllianceID)
	if err != nil {
		return nil, err
	}
	p, err := s.pocket(tx, st, rows)
	if err != nil {
		return nil, err
	}
	list := make([]exported, len(rows))
	for i, c := range rows {
		list[i] = p.export(c)
	}
	return list, nil
}

func (p *pocket) export(c models.Coupon) exported {
	campaign := p.campaign(c)
	e := exported{
		Code: models.FormatCouponCode(c.Code), Title: campaign.Title, Store: p.street.stores[campaign.StoreID].Name,
		State: c.StateAt(p.street.now), ClaimedAt: c.ClaimedAt, ValidFrom: c.ValidFrom, ValidUntil: c.ValidUntil,
	}
	if use, ok := p.uses[c.ID]; ok {
		e.Used = &exportedUse{At: use.At, Store: p.street.stores[use.StoreID].Name, Bill: use.Bill, Off: use.Off, Paid: use.Paid}
	}
	return e
}

// leave voids what a member who leaves could still use; what was used stays in the books under their number.
func (s *Service) leave(_ context.Context, tx *gorm.DB, m models.Member) error {
	usable := func() *gorm.DB {
		return tx.Model(&models.Coupon{}).Where("alliance_id = ? AND member_id = ? AND state = ?", m.AllianceID, m.ID, models.CouponUsable)
	}
	var of []models.Campaign
	if err := db.Lock(tx).Where("id IN (?)", usable().Select("campaign_id")).Order("id").Find(&of).Error; err != nil {
		return err
	}
	if err := usable().Where("campaign_id IN ?", idsOf(of)).Update("state", models.CouponVoid).Error; err != nil {
		return err
	}
	for _, c := range of {
		if err := s.freed(tx, c); err != nil {
			return err
		}
	}
	return tx.Where("alliance_id = ? AND member_id = ?", m.AllianceID, m.ID).Delete(&models.Presence{}).Error
}
