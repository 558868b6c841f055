package pool

import (
	"context"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// Leave lets a member go: what is personal is erased by every feature in one transaction, the sessions end, and the
// member's row keeps number and pseudonym for the books. An account that also works here, or is a member elsewhere,
// stays. Errors: confirm, not_found.
func (s *Service) Leave(ctx context.Context, alliance, member models.ID, confirm string) error {
	if confirm != "离开" && confirm != "leave" {
		return ErrConfirm.At("/confirm")
	}
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		m, account, err := lockMember(tx, alliance, member)
		if err != nil {
			return err
		}
		for _, h := range s.hooks.leaves {
			if err := h.run(tx.Statement.Context, tx, m); err != nil {
				return err
			}
		}
		return s.letGo(tx, m, account)
	})
}

// lockMember holds the account before the member, in the order that joining does.
func lockMember(tx *gorm.DB, alliance, member models.ID) (models.Member, models.Account, error) {
	var a models.Account
	m, err := db.Find[models.Member](tx, "id = ? AND alliance_id = ?", member, alliance)
	if err != nil {
		return m, a, err
	}
	if err := db.Lock(tx).Where("id = ?", m.AccountID).Take(&a).Error; err != nil {
		return m, a, err
	}
	m, err = db.Find[models.Member](db.Lock(tx), "id = ? AND left_at IS NULL", member)
	return m, a, err
}

func (s *Service) letGo(tx *gorm.DB, m models.Member, account models.Account) error {
	now := s.Clock.Now()
	if err := touchRoster(tx, m.AllianceID); err != nil {
		return err
	}
	for _, erase := range []func(*gorm.DB, models.Member, models.Account, time.Time) error{erasePerson, eraseBooks, closeLinks} {
		if err := erase(tx, m, account, now); err != nil {
			return err
		}
	}
	if err := s.Identity.Revoke(tx, m.AllianceID, m.AccountID, models.MemberGrant(m.AllianceID, m.AccountID, m.ID, now).Scope); err != nil {
		return err
	}
	if err := s.Identity.EndSessions(tx, m.AccountID, m.AllianceID); err != nil {
		return err
	}
	if err := s.Identity.Erase(tx, m.AccountID); err != nil {
		return err
	}
	return s.Outbox.Add(tx, m.AllianceID, models.EventMemberLeft, models.MemberLeft{MemberID: m.ID})
}

func erasePerson(tx *gorm.DB, m models.Member, _ models.Account, now time.Time) error {
	if err := tx.Where("member_id = ?", m.ID).Delete(&models.Privacy{}).Error; err != nil {
		return err
	}
	if !m.DeviceID.IsZero() {
		if err := tx.Where("device_id = ? AND alliance_id = ?", m.DeviceID, m.AllianceID).Delete(&models.LinkTouch{}).Error; err != nil {
			return err
		}
	}
	return tx.Model(&models.Member{}).Where("id = ?", m.ID).
		Updates(map[string]any{"name": "", "face": "", "secret": "", "device_id": nil, "birth_month": 0, "birth_day": 0, "left_at": now}).Error
}

// eraseBooks takes the person out of every store's book, and out of what is left of imported files.
func eraseBooks(tx *gorm.DB, m models.Member, account models.Account, _ time.Time) error {
	if err := tx.Where("alliance_id = ? AND phone_hash = ?", m.AllianceID, account.PhoneHash).Delete(&models.Customer{}).Error; err != nil {
		return err
	}
	return tx.Model(&models.ImportRow{}).Where("alliance_id = ? AND phone_hash = ?", m.AllianceID, account.PhoneHash).
		Updates(map[string]any{"name": "", "phone_masked": "", "person": "", "detail": ""}).Error
}

// closeLinks ends the member's own links.
func closeLinks(tx *gorm.DB, m models.Member, _ models.Account, now time.Time) error {
	return tx.Model(&models.JoinLink{}).Where("member_id = ? AND alliance_id = ?", m.ID, m.AllianceID).Update("expires_at", now).Error
}
