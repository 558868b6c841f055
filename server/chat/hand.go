package chat

import (
	"context"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// HandOver lets another of the staff look after a conversation; a line tells the member. Handing it to who has it
// already changes nothing. Errors: not_found, not_a_colleague, member_left.
func (s *Service) HandOver(ctx context.Context, seat Seat, to models.ID) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		c, err := held(tx, seat)
		if err != nil || c.KeeperID == to {
			return err
		}
		var works int64
		err = tx.Model(&models.Grant{}).Where("alliance_id = ? AND store_id = ? AND account_id = ?", seat.Alliance, seat.Store, to).Count(&works).Error
		if err != nil {
			return err
		}
		if works == 0 {
			return ErrColleague.At("/account_id")
		}
		if err := tx.Model(&models.Conversation{}).Where("id = ?", c.ID).Update("keeper_id", to).Error; err != nil {
			return err
		}
		return s.append(tx, &c, &models.ChatMessage{
			ID: models.NewID(), AllianceID: c.AllianceID, ConversationID: c.ID, Side: models.ChatStoreSide, AccountID: to, Kind: models.ChatHanded,
			CreatedAt: s.Clock.Now(),
		})
	})
}

// Block lets a store take no more messages from a member, or take them again. What was said stays for both to read;
// nothing is delivered to the member's screens any more. Doing it twice is doing it once. Error: not_found.
func (s *Service) Block(ctx context.Context, seat Seat, on bool) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		c, err := held(tx, seat)
		if err != nil || c.Blocked() == on {
			return err
		}
		changes := map[string]any{"blocked_at": nil}
		if on {
			changes = map[string]any{"blocked_at": s.Clock.Now(), "waits_from": nil}
		}
		m, err := db.Find[models.Member](tx, "id = ?", seat.Member)
		if err != nil {
			return err
		}
		db.AfterCommit(tx, func() {
			s.Recheck(m.AccountID)
			s.tell(c)
		})
		return tx.Model(&models.Conversation{}).Where("id = ?", c.ID).Updates(changes).Error
	})
}
