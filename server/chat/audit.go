package chat

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
)

// auditMessages looks for a conversation whose last message is not the one it says, or that lacks a message before it.
func auditMessages(_ context.Context, r *gorm.DB, alliance models.ID) (*ledger.Finding, error) {
	var wrong []struct {
		ID                models.ID
		Last, Newest, Has int64
	}
	err := r.Table("conversations c").Select("c.id, c.last, COALESCE(MAX(m.seq), 0) AS newest, COUNT(m.id) AS has").
		Joins("LEFT JOIN chat_messages m ON m.conversation_id = c.id").Where("c.alliance_id = ?", alliance).Group("c.id, c.last").
		Having("COALESCE(MAX(m.seq), 0) <> c.last OR COUNT(m.id) <> c.last").Order("c.id").Limit(1).Find(&wrong).Error
	if err != nil || len(wrong) == 0 {
		return nil, err
	}
	w := wrong[0]
	return &ledger.Finding{
		Alliance: alliance, Table: "conversations", Row: w.ID.String(),
		Problem: fmt.Sprintf("says that its last message is number %d, has %d messages up to number %d", w.Last, w.Has, w.Newest),
	}, nil
}
