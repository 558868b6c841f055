package identity

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"fmt"
	"math/big"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// Limits of one-time codes.
const (
	CodeTTL      = 5 * time.Minute
	CodeTries    = 5
	ResendAfter  = time.Minute
	codesPerHour = 8 // for one phone
)

// SendCode sends a one-time code of six digits to a phone. It returns the code for the demo only; everyone else reads it
// on the phone. address is where the request came from. Errors: phone, phone_foreign, code_soon, code_many,
// address_many, sms_failed.
func (s *Service) SendCode(ctx context.Context, rawPhone, address string) (string, error) {
	phone, err := NormalizePhone(rawPhone)
	if err != nil {
		return "", err
	}
	code, err := sixDigits()
	if err != nil {
		return "", err
	}
	if err := s.keepCode(ctx, phone, address, code); err != nil {
		return "", err
	}
	if err := s.sms.SendCode(ctx, phone, code); err != nil {
		s.log.ErrorContext(ctx, "sms", "error", err)
		return "", ErrSMS
	}
	return code, nil
}

func sixDigits() (string, error) {
	n, err := rand.Int(rand.Reader, big.NewInt(1_000_000))
	return fmt.Sprintf("%06d", n), err
}

func (s *Service) keepCode(ctx context.Context, phone, address, code string) error {
	now := s.clock.Now()
	row := models.LoginCode{
		ID: models.NewID(), PhoneHash: s.keys.Hash("phone", phone), Address: fmt.Sprintf("%x", s.keys.Hash("address", address)[:16]),
		CodeHash: s.codeHash(phone, code), SentAt: now, ExpiresAt: now.Add(CodeTTL),
	}
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		if err := s.withinLimits(tx, row, now); err != nil {
			return err
		}
		return tx.Create(&row).Error
	})
}

func (s *Service) codeHash(phone, code string) []byte { return s.keys.Hash("code", phone+" "+code) }

func (s *Service) withinLimits(tx *gorm.DB, row models.LoginCode, now time.Time) error {
	var recent []models.LoginCode
	if err := tx.Where("phone_hash = ? AND sent_at > ?", row.PhoneHash, now.Add(-time.Hour)).Order("sent_at DESC").Find(&recent).Error; err != nil {
		return err
	}
	if len(recent) > 0 {
		if wait := ResendAfter - now.Sub(recent[0].SentAt); wait > 0 {
			return ErrCodeSoon.With(int(wait.Seconds() + 0.999))
		}
	}
	if len(recent) >= codesPerHour {
		return ErrCodeMany
	}
	var here int64
	if err := tx.Model(&models.LoginCode{}).Where("address = ? AND sent_at > ?", row.Address, now.Add(-time.Hour)).Count(&here).Error; err != nil {
		return err
	}
	if here >= int64(s.opt.CodesPerAddress) {
		return ErrAddressMany
	}
	return nil
}

// TryCode checks a code and counts the try, in a transaction of its own, so that a wrong one counts whatever the caller
// does next. Hand the result to UseCode. Errors: code_wrong, code_used, code_expired, code_tries.
func (s *Service) TryCode(ctx context.Context, phone, code string) (models.LoginCode, error) {
	var found models.LoginCode
	var refused error
	err := s.db.Tx(ctx, func(tx *gorm.DB) error {
		found, refused = models.LoginCode{}, nil
		err := db.Lock(tx).Where("phone_hash = ?", s.keys.Hash("phone", phone)).Order("sent_at DESC").Limit(1).Take(&found).Error
		if db.IsNotFound(err) {
			refused = ErrCodeWrong
			return nil
		}
		if err != nil {
			return err
		}
		refused = s.judge(found, phone, code)
		if refused == nil {
			return nil
		}
		return tx.Model(&models.LoginCode{}).Where("id = ?", found.ID).Update("tries", gorm.Expr("tries + 1")).Error
	})
	if err == nil {
		err = refused
	}
	return found, err
}

func (s *Service) judge(c models.LoginCode, phone, code string) error {
	switch {
	case c.UsedAt != nil:
		return ErrCodeUsed.At("/code")
	case s.clock.Now().After(c.ExpiresAt):
		return ErrCodeExpired.At("/code")
	case c.Tries >= CodeTries:
		return ErrCodeTries.At("/code")
	case subtle.ConstantTimeCompare(c.CodeHash, s.codeHash(phone, code)) == 0:
		return ErrCodeWrong.At("/code")
	}
	return nil
}

// UseCode uses a tried code up in the caller's transaction; of two at once one gets code_used.
func (s *Service) UseCode(tx *gorm.DB, c models.LoginCode) error {
	used := tx.Model(&models.LoginCode{}).Where("id = ? AND used_at IS NULL", c.ID).Update("used_at", s.clock.Now())
	if used.Error == nil && used.RowsAffected == 0 {
		return ErrCodeUsed.At("/code")
	}
	return used.Error
}
