package coupon

import (
	"cmp"
	"context"
	"strings"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// Void makes a usable coupon of the store's own campaign void, once, and tells its member why. The piece of the stock that
// it was is not given out again: its number, its code and the member's limit stay taken, as with a member who leaves. A
// store that wants another piece given out adds one to the stock. What was set aside for it is there for others (freed).
// Errors: not_found, already_void, not_usable.
func (s *Service) Void(ctx context.Context, by Staff, coupon models.ID, reason string) (models.VoidedCoupon, error) {
	var v models.VoidedCoupon
	err := s.DB.Tx(ctx, func(tx *gorm.DB) error {
		c, of, err := s.issued(tx, by, coupon)
		if err != nil {
			return err
		}
		v = models.VoidedCoupon{CouponID: c.ID, AllianceID: by.Alliance, StoreID: by.Store, ByAccount: by.Account, At: s.Clock.Now(), Reason: strings.TrimSpace(reason)}
		if err := void(tx, c, v); err != nil {
			return err
		}
		if err := s.freed(tx, of); err != nil {
			return err
		}
		db.AfterCommit(tx, func() { s.walletChanged(c.AllianceID, c.MemberID) })
		return s.Outbox.Add(tx, by.Alliance, models.EventCouponVoided, models.CouponVoided{
			CouponID: c.ID, MemberID: c.MemberID, CampaignID: c.CampaignID, StoreID: by.Store, At: v.At,
		})
	})
	return v, err
}

// issued reads a coupon of a store's own campaign, whose row it locks. Error: not_found.
func (s *Service) issued(tx *gorm.DB, by Staff, coupon models.ID) (models.Coupon, models.Campaign, error) {
	c, err := db.Find[models.Coupon](tx, "id = ? AND alliance_id = ?", coupon, by.Alliance)
	if err != nil {
		return c, models.Campaign{}, err
	}
	of, err := db.Find[models.Campaign](db.Lock(tx), "id = ? AND store_id = ?", c.CampaignID, by.Store)
	return c, of, err
}

// void changes the coupon from usable; of a till and a manager who do it at once the second is refused.
func void(tx *gorm.DB, c models.Coupon, v models.VoidedCoupon) error {
	if v.At.After(c.ValidUntil) {
		return ErrNotUsable
	}
	done := tx.Model(&models.Coupon{}).Where("id = ? AND state = ?", c.ID, models.CouponUsable).Update("state", models.CouponVoid)
	if done.Error != nil {
		return done.Error
	}
	if done.RowsAffected == 0 {
		return whyNotVoid(tx, c.ID)
	}
	return tx.Create(&v).Error
}

func whyNotVoid(tx *gorm.DB, coupon models.ID) error {
	now, err := db.Find[models.Coupon](tx, "id = ?", coupon)
	if err == nil && now.State == models.CouponVoid {
		return ErrVoided
	}
	return cmp.Or(err, error(ErrNotUsable))
}
