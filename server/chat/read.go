package chat

import (
	"context"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// MarkRead notes that a side has read everything up to a seq. A mark that is lower than the one before changes nothing,
// one beyond the last message counts as that one. The other side is told. Error: not_found.
func (s *Service) MarkRead(ctx context.Context, seat Seat, upTo int64) (ReadMarks, error) {
	var c models.Conversation
	err := s.DB.Tx(ctx, func(tx *gorm.DB) (err error) {
		if c, err = held(tx, seat); err != nil {
			return err
		}
		mark, column := &c.MemberRead, "member_read"
		if seat.ofStore() {
			mark, column = &c.StoreRead, "store_read"
		}
		upTo = min(upTo, c.Last)
		if upTo <= *mark {
			return nil
		}
		*mark = upTo
		changes := map[string]any{column: upTo}
		if seat.ofStore() && upTo == c.Last {
			changes["waits_from"] = nil
		}
		db.AfterCommit(tx, func() { s.tellRead(c) })
		return tx.Model(&models.Conversation{}).Where("id = ?", c.ID).Updates(changes).Error
	})
	return marks(c), err
}

// ReadMarks are how far the two sides have read.
type ReadMarks struct {
	MemberRead int64 `json:"member_read"`
	StoreRead  int64 `json:"store_read"`
}

func marks(c models.Conversation) ReadMarks { return ReadMarks{c.MemberRead, c.StoreRead} }

// tellRead shows both sides how far it is read, and the lists their counts.
func (s *Service) tellRead(c models.Conversation) {
	s.Streams.Signal(c.AllianceID, models.ChatStream(c.ID), "chat.read", func() any {
		now, err := db.Find[models.Conversation](s.DB.Read(context.Background()), "id = ?", c.ID)
		if err != nil {
			return nil
		}
		return marks(now)
	})
	s.tell(c)
}

// tell lets the lists of both sides know that the conversation has changed: the member by their inbox, the staff by the
// desk. The signals name the conversation and no words of it.
func (s *Service) tell(c models.Conversation) {
	s.Streams.Signal(c.AllianceID, "inbox:"+c.MemberID.String(), "chat.changed", map[string]any{"store_id": c.StoreID}, c.StoreID)
	s.Streams.Signal(c.AllianceID, "desk:"+c.StoreID.String(), "chat.changed", map[string]any{"member_id": c.MemberID}, c.MemberID)
}

// tellAfter is tell, once the transaction has committed.
func (s *Service) tellAfter(tx *gorm.DB, c models.Conversation) {
	db.AfterCommit(tx, func() { s.tell(c) })
}

// unreadBy counts what the other side has said beyond a side's mark, by conversation. Only conversations with any are
// in the answer.
func unreadBy(r *gorm.DB, side models.ChatSide, where string, args ...any) (map[models.ID]int64, error) {
	mark, other := "c.store_read", models.ChatMemberSide
	if side == models.ChatMemberSide {
		mark, other = "c.member_read", models.ChatStoreSide
	}
	var rows []struct {
		ID models.ID
		N  int64
	}
	err := r.Table("chat_messages m").Select("c.id, COUNT(*) AS n").Joins("JOIN conversations c ON c.id = m.conversation_id AND m.seq > "+mark).
		Where("m.side = ? AND m.kind IN ?", other, models.ChatSaid).Where(where, args...).Group("c.id").Scan(&rows).Error
	counts := make(map[models.ID]int64, len(rows))
	for _, row := range rows {
		counts[row.ID] = row.N
	}
	return counts, err
}
