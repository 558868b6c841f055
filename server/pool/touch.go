package pool

import (
	"context"
	"net/http"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
)

const (
	touchCookie = "onestreet_touch"
	touchLife   = 30 * 24 * time.Hour
	touchAgain  = 24 * time.Hour // the same device at the same link counts anew after a day
	touchKept   = 2 * touchLife  // then it cannot decide anything any more
	touchSign   = "first touch"  // purpose of the cookie's signature
)

// Device reads the device of a touch cookie; the zero ID when there is none or it was tampered with.
func (s *Service) Device(cookie string) models.ID {
	text, ok := s.Keys.Unsign(touchSign, cookie)
	if !ok {
		return models.ID{}
	}
	id, err := models.ParseID(text)
	if err != nil {
		return models.ID{}
	}
	return id
}

// deviceCookie is the Set-Cookie text that keeps a device known for another thirty days.
func (s *Service) deviceCookie(device models.ID) string {
	c := http.Cookie{
		Name: touchCookie, Value: s.Keys.Sign(touchSign, device.String()), Path: "/", HttpOnly: true, Secure: s.SecureCookie,
		SameSite: http.SameSiteLaxMode, MaxAge: int(touchLife.Seconds()),
	}
	return c.String()
}

// touch records that a device was seen at a link.
func (s *Service) touch(ctx context.Context, d door, device models.ID) error {
	now := s.Clock.Now()
	var before int64
	err := s.DB.Read(ctx).Model(&models.LinkTouch{}).Where("device_id = ? AND link_id = ? AND at > ?", device, d.link.ID, now.Add(-touchAgain)).Count(&before).Error
	if err != nil || before > 0 {
		return err
	}
	row := models.LinkTouch{
		ID: models.NewID(), AllianceID: d.alliance.ID, DeviceID: device, LinkID: d.link.ID, StoreID: d.link.StoreID, Kind: d.link.Kind, At: now,
	}
	return s.DB.Tx(ctx, func(tx *gorm.DB) error { return tx.Create(&row).Error })
}

// ForgetTouches removes touches that are too old to decide anything; a daily job calls it.
func (s *Service) ForgetTouches(ctx context.Context) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		return tx.Where("at < ?", s.Clock.Now().Add(-touchKept)).Delete(&models.LinkTouch{}).Error
	})
}
