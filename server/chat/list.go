package chat

import (
	"context"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/web"
)

// ChatListView is a page of conversations, the one with the newest message first. Unread counts all of them, not only the
// page's.
type ChatListView struct {
	web.Page[ChatLineView]
	Unread int64 `json:"unread"`
}

// Which of a store's conversations a list shows.
const (
	showAll    = ""
	showUnread = "unread"
	showMine   = "mine"
)

// position is where a page of conversations begins.
type position struct {
	At time.Time `json:"at"`
	ID models.ID `json:"id"`
}

// OfMember lists a member's conversations. Error: cursor.
func (s *Service) OfMember(ctx context.Context, alliance, member models.ID, cursor string, limit int) (ChatListView, error) {
	find := s.DB.Read(ctx).Where("alliance_id = ? AND member_id = ?", alliance, member)
	unread, err := unreadBy(s.DB.Read(ctx), models.ChatMemberSide, "c.member_id = ?", member)
	if err != nil {
		return ChatListView{}, err
	}
	return s.list(ctx, alliance, find, unread, cursor, limit)
}

// OfStore lists a store's conversations: all, those with something unread, or those that an account looks after.
// Error: cursor.
func (s *Service) OfStore(ctx context.Context, alliance, store, account models.ID, show, cursor string, limit int) (ChatListView, error) {
	find := s.DB.Read(ctx).Where("alliance_id = ? AND store_id = ?", alliance, store)
	unread, err := unreadBy(s.DB.Read(ctx), models.ChatStoreSide, "c.store_id = ?", store)
	if err != nil {
		return ChatListView{}, err
	}
	switch show {
	case showMine:
		find = find.Where("keeper_id = ?", account)
	case showUnread:
		find = find.Where("id IN ?", keys(unread))
	}
	return s.list(ctx, alliance, find, unread, cursor, limit)
}

func keys(counts map[models.ID]int64) []models.ID {
	ids := make([]models.ID, 0, len(counts))
	for id := range counts {
		ids = append(ids, id)
	}
	return ids
}

func (s *Service) list(ctx context.Context, alliance models.ID, find *gorm.DB, unread map[models.ID]int64, cursor string, limit int) (ChatListView, error) {
	var after position
	if err := web.DecodeCursor(cursor, &after); err != nil {
		return ChatListView{}, err
	}
	if !after.ID.IsZero() {
		find = find.Where("last_at < ? OR last_at = ? AND id < ?", after.At, after.At, after.ID)
	}
	var rows []models.Conversation
	if err := find.Order("last_at DESC, id DESC").Limit(limit + 1).Find(&rows).Error; err != nil {
		return ChatListView{}, err
	}
	next := ""
	if len(rows) > limit {
		rows = rows[:limit]
		next = web.EncodeCursor(position{At: rows[limit-1].LastAt, ID: rows[limit-1].ID})
	}
	lines, err := s.lines(ctx, alliance, rows, unread)
	out := ChatListView{Page: web.NewPage(lines, next)}
	for _, n := range unread {
		out.Unread += n
	}
	return out, err
}

func (s *Service) lines(ctx context.Context, alliance models.ID, rows []models.Conversation, unread map[models.ID]int64) ([]ChatLineView, error) {
	lines := make([]ChatLineView, 0, len(rows))
	if len(rows) == 0 {
		return lines, nil
	}
	r := s.DB.Read(ctx)
	last, err := lastOf(r, rows)
	if err != nil {
		return nil, err
	}
	members := make([]models.ID, len(rows))
	for i, c := range rows {
		members[i] = c.MemberID
	}
	people, err := s.Pool.Members(ctx, alliance, members)
	if err != nil {
		return nil, err
	}
	stores, err := s.Pool.Stores(ctx, alliance)
	if err != nil {
		return nil, err
	}
	shops := make(map[models.ID]models.Store, len(stores))
	for _, store := range stores {
		shops[store.ID] = store
	}
	keepers, err := s.keepers(r, rows)
	for _, c := range rows {
		m := last[c.ID]
		lines = append(lines, ChatLineView{
			ID: c.ID, Store: shops[c.StoreID].Ref(), Persona: personaOf(shops[c.StoreID]), Member: people[c.MemberID].Ref(), Keeper: keepers[c.ID],
			Side: m.Side, Kind: m.Kind, Text: m.Text, At: c.LastAt, Unread: unread[c.ID], Blocked: c.Blocked(),
		})
	}
	return lines, err
}

// lastOf reads the newest message of each conversation.
func lastOf(r *gorm.DB, rows []models.Conversation) (map[models.ID]models.ChatMessage, error) {
	ids := make([]models.ID, len(rows))
	for i, c := range rows {
		ids[i] = c.ID
	}
	var found []models.ChatMessage
	err := r.Table("chat_messages m").Select("m.*").Joins("JOIN conversations c ON c.id = m.conversation_id AND c.last = m.seq").
		Where("c.id IN ?", ids).Find(&found).Error
	last := make(map[models.ID]models.ChatMessage, len(found))
	for _, m := range found {
		last[m.ConversationID] = m
	}
	return last, err
}
