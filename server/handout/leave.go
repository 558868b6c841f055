package handout

import (
	"context"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/pool"
)

var (
	_ pool.Export = (*Service)(nil).export
	_ pool.Leave  = (*Service)(nil).leave
)

// exported is how a coupon came to a member, in the file that they take away.
type exported struct {
	Coupon models.ID  `json:"coupon"`
	Way    models.Way `json:"way"`
	Reason string     `json:"reason,omitempty"`
	At     time.Time  `json:"at"`
}

// exportedGift is a coupon that a member gave to a friend; the friend is not named.
type exportedGift struct {
	Coupon models.ID        `json:"coupon"`
	State  models.GiftState `json:"state"`
	MadeAt time.Time        `json:"made_at"`
	Ended  *time.Time       `json:"ended_at,omitempty"`
}

// export tells a member how their coupons came to them, and what they gave away.
func (s *Service) export(_ context.Context, tx *gorm.DB, m models.Member) (any, error) {
	var rows []models.Handout
	if err := tx.Where("alliance_id = ? AND member_id = ?", m.AllianceID, m.ID).Order("at, coupon_id").Find(&rows).Error; err != nil {
		return nil, err
	}
	var gifts []models.Gift
	if err := tx.Where("alliance_id = ? AND giver_id = ?", m.AllianceID, m.ID).Order("id").Find(&gifts).Error; err != nil {
		return nil, err
	}
	got, given := make([]exported, len(rows)), make([]exportedGift, len(gifts))
	for i, r := range rows {
		got[i] = exported{Coupon: r.CouponID, Way: r.Way, Reason: r.Reason, At: r.At}
	}
	for i, g := range gifts {
		given[i] = exportedGift{Coupon: g.CouponID, State: g.State, MadeAt: g.MadeAt, Ended: g.EndedAt}
	}
	return map[string]any{"received": got, "gifts": given}, nil
}

// leave ends the gifts of a member who leaves and erases what the staff wrote about their prizes; that there were some
// stays with the coupons, under their number.
func (s *Service) leave(_ context.Context, tx *gorm.DB, m models.Member) error {
	err := tx.Model(&models.Gift{}).Where("alliance_id = ? AND giver_id = ? AND state = ?", m.AllianceID, m.ID, models.GiftOpen).
		Updates(map[string]any{"state": models.GiftBack, "open_coupon_id": nil, "ended_at": s.Clock.Now()}).Error
	if err != nil {
		return err
	}
	return tx.Model(&models.Handout{}).Where("alliance_id = ? AND member_id = ? AND reason <> ''", m.AllianceID, m.ID).Update("reason", "").Error
}
