package chat

import (
	"context"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// unreadFor is how long a message may lie unread before the desk is told.
const unreadFor = 2 * time.Minute

// asked is what a member's message causes: while the store rests, a line that says when it is back, once a rest; and a
// time from which the desk is told, should nobody have read it by then. The desk is not told during the rest.
func (s *Service) asked(tx *gorm.DB, c *models.Conversation, now time.Time) error {
	back, rests, settings, err := s.rest(tx, *c, now)
	if err != nil {
		return err
	}
	waits := now.Add(unreadFor)
	changes := map[string]any{}
	if rests {
		waits = back
		if c.AwayUntil == nil || !c.AwayUntil.Equal(back) {
			changes["away_until"] = back
			line := models.ChatMessage{
				ID: models.NewID(), AllianceID: c.AllianceID, ConversationID: c.ID, Side: models.ChatStoreSide, Kind: models.ChatAway,
				Text: settings.AwayText, BackAt: &back, CreatedAt: now,
			}
			if err := s.append(tx, c, &line); err != nil {
				return err
			}
		}
	}
	if c.WaitsFrom == nil {
		changes["waits_from"] = waits
	}
	if len(changes) == 0 {
		return nil
	}
	return tx.Model(&models.Conversation{}).Where("id = ?", c.ID).Updates(changes).Error
}

// rest tells whether a conversation's store rests, and until when.
func (s *Service) rest(tx *gorm.DB, c models.Conversation, now time.Time) (back time.Time, rests bool, settings models.ChatSettings, err error) {
	if settings, err = settingsOf(tx, c.StoreID); err != nil {
		return back, false, settings, err
	}
	street, err := s.Pool.Alliance(tx.Statement.Context, c.AllianceID)
	if err != nil {
		return back, false, settings, err
	}
	back, rests = models.QuietUntil(settings.QuietFrom, settings.QuietUntil, street.Local(now))
	return back.UTC(), rests, settings, nil
}

// TellDesks tells the desks of messages that nobody has read; a job calls it every minute. Of two nodes one tells.
func (s *Service) TellDesks(ctx context.Context) error {
	now := s.Clock.Now()
	var due []models.Conversation
	err := s.DB.Read(ctx).Where("waits_from <= ?", now).Order("waits_from").Limit(500).Find(&due).Error
	for _, c := range due {
		if err != nil {
			return err
		}
		err = s.DB.Tx(ctx, func(tx *gorm.DB) error { return s.tellDesk(tx, c.ID, now) })
	}
	return err
}

func (s *Service) tellDesk(tx *gorm.DB, id models.ID, now time.Time) error {
	c, err := db.Find[models.Conversation](db.Lock(tx), "id = ?", id)
	if err != nil || c.WaitsFrom == nil || c.WaitsFrom.After(now) {
		return db.IfNone(err, nil)
	}
	if err := tx.Model(&models.Conversation{}).Where("id = ?", c.ID).Update("waits_from", nil).Error; err != nil {
		return err
	}
	if c.StoreRead >= c.Last {
		return nil
	}
	return s.Outbox.Add(tx, c.AllianceID, models.EventChatWaiting, models.ChatWaiting{ConversationID: c.ID, StoreID: c.StoreID, Since: c.LastAt, At: now})
}
