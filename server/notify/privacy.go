package notify

import (
	"context"

	"gorm.io/gorm"

	"onestreet/models"
)

// export lists the member's letters in the member's language.
func (s *Service) export(ctx context.Context, tx *gorm.DB, m models.Member) (any, error) {
	account, err := s.Identity.Account(ctx, m.AccountID)
	if err != nil {
		return nil, err
	}
	var rows []models.Notice
	if err := tx.Where("member_id = ?", m.ID).Order("at, id").Find(&rows).Error; err != nil {
		return nil, err
	}
	return s.letters(ctx, m.AllianceID, account.Locale, rows)
}

// leave removes the letters of a member who leaves, and what their stream remembers of them. The stream's row stays, so
// that its numbers never begin anew.
func (s *Service) leave(_ context.Context, tx *gorm.DB, m models.Member) error {
	if err := tx.Where("member_id = ?", m.ID).Delete(&models.Notice{}).Error; err != nil {
		return err
	}
	own := tx.Session(&gorm.Session{NewDB: true}).Model(&models.Stream{}).Select("id").
		Where("alliance_id = ? AND name = ?", m.AllianceID, Inbox(m.ID))
	return tx.Where("stream_id = (?)", own).Delete(&models.StreamItem{}).Error
}
