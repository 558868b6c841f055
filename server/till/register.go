package till

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm"

	"onestreet/models"
)

// tillsMost bounds how many tills a store has in use.
const tillsMost = 20

// Registration makes a phone a till. DeviceTime is what its clock says now.
type Registration struct {
	Staff
	Name       string // 1 to 20 characters
	PublicKey  []byte // SubjectPublicKeyInfo, P-256
	DeviceTime time.Time
}

// Register makes a phone a till of a store. Errors: till_name, till_key, too_many_tills.
func (s *Service) Register(ctx context.Context, r Registration) (models.Till, error) {
	r.Name = strings.Join(strings.Fields(r.Name), " ")
	if n := utf8.RuneCountInString(r.Name); n < 1 || n > 20 {
		return models.Till{}, ErrName
	}
	if _, err := models.ParseTillKey(r.PublicKey); err != nil {
		return models.Till{}, ErrKey
	}
	now := s.Clock.Now()
	t := models.Till{
		ID: models.NewID(), AllianceID: r.Alliance, StoreID: r.Store, Name: r.Name, PublicKey: r.PublicKey, RegisteredBy: r.Account,
		RegisteredAt: now, SeenAt: now, ClockOffset: offset(now, r.DeviceTime).Milliseconds(),
	}
	err := s.locked(ctx, r.Alliance, func(tx *gorm.DB) error {
		var open int64
		if err := tx.Model(&models.Till{}).Where("store_id = ? AND revoked_at IS NULL", r.Store).Count(&open).Error; err != nil {
			return err
		}
		if open >= tillsMost {
			return ErrTooMany
		}
		s.changed(tx, t)
		return tx.Create(&t).Error
	})
	return t, err
}

// Revoke takes a till out of use: its allotments go back at once, and what it still brings is put on record and not
// booked, since a lost phone's clock and log prove nothing. Errors: not_found, till_revoked.
func (s *Service) Revoke(ctx context.Context, by Staff, id models.ID) (models.Till, error) {
	var t models.Till
	err := s.locked(ctx, by.Alliance, func(tx *gorm.DB) (err error) {
		if t, err = ofStore(tx, by, id); err != nil {
			return err
		}
		now := s.Clock.Now()
		t.RevokedAt, t.RevokedBy = &now, by.Account
		if err := tx.Model(&t).Select("revoked_at", "revoked_by").Updates(&t).Error; err != nil {
			return err
		}
		s.changed(tx, t)
		return s.giveBack(tx, tx.Where("till_id = ?", t.ID))
	})
	return t, err
}
