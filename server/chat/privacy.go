package chat

import (
	"context"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
)

// saidLine is one line of a member's export.
type saidLine struct {
	At    time.Time       `json:"at"`
	Store models.ID       `json:"store_id"`
	Side  models.ChatSide `json:"side"`
	Kind  models.ChatKind `json:"kind"`
	Text  string          `json:"text"`
}

// export is what a member and the stores said to each other.
func (s *Service) export(_ context.Context, tx *gorm.DB, m models.Member) (any, error) {
	lines := []saidLine{}
	err := tx.Table("chat_messages m").Select("m.created_at AS at, c.store_id AS store, m.side, m.kind, m.text").
		Joins("JOIN conversations c ON c.id = m.conversation_id").Where("c.alliance_id = ? AND c.member_id = ?", m.AllianceID, m.ID).
		Order("m.created_at, m.id").Scan(&lines).Error
	return lines, err
}

// leave removes the conversations of a member who leaves: what was said, the pictures, and what the streams remember.
// The streams' rows stay, so that their numbers never begin anew; the staff's screens are told.
func (s *Service) leave(_ context.Context, tx *gorm.DB, m models.Member) error {
	var rows []models.Conversation
	if err := tx.Where("alliance_id = ? AND member_id = ?", m.AllianceID, m.ID).Order("id").Find(&rows).Error; err != nil {
		return err
	}
	for _, c := range rows {
		if err := s.forget(tx, c); err != nil {
			return err
		}
	}
	return s.drop(tx, "alliance_id = ? AND member_id = ?", m.AllianceID, m.ID)
}

func (s *Service) forget(tx *gorm.DB, c models.Conversation) error {
	if err := tx.Where("conversation_id = ?", c.ID).Delete(&models.ChatMessage{}).Error; err != nil {
		return err
	}
	own := tx.Session(&gorm.Session{NewDB: true}).Model(&models.Stream{}).Select("id").
		Where("alliance_id = ? AND name = ?", c.AllianceID, models.ChatStream(c.ID))
	if err := tx.Where("stream_id = (?)", own).Delete(&models.StreamItem{}).Error; err != nil {
		return err
	}
	s.tellAfter(tx, c)
	return tx.Where("id = ?", c.ID).Delete(&models.Conversation{}).Error
}
