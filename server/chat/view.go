package chat

import (
	"context"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/coupon"
	"onestreet/server/identity"
)

// MessageView is a message as both sides see it.
type MessageView struct {
	ID        models.ID            `json:"id"`
	Seq       int64                `json:"seq"`
	Side      models.ChatSide      `json:"side" enum:"member,store"`
	Kind      models.ChatKind      `json:"kind" enum:"text,photo,coupon,away,handed"`
	Text      string               `json:"text"`
	Staff     string               `json:"staff" doc:"who of the staff wrote it, or looks after it from here; empty for a member's and for the street's own lines"`
	Photo     *ChatPhotoView       `json:"photo,omitempty"`
	Campaign  *coupon.CampaignView `json:"campaign,omitempty" doc:"absent when it may not be seen any more"`
	BackAt    *time.Time           `json:"back_at,omitempty" doc:"when the store is back; of an away line"`
	CreatedAt time.Time            `json:"created_at"`
}

// publicView is a message as it stands in the stream: its coupon as a visitor sees it.
func (s *Service) publicView(tx *gorm.DB, c models.Conversation, m models.ChatMessage) (MessageView, error) {
	views, err := s.messageViews(tx.Statement.Context, tx, &identity.Principal{AllianceID: c.AllianceID}, []models.ChatMessage{m})
	if err != nil {
		return MessageView{}, err
	}
	return views[0], nil
}

// messageViews shows messages of one street in their order, with a fixed number of queries.
func (s *Service) messageViews(ctx context.Context, r *gorm.DB, reader *identity.Principal, rows []models.ChatMessage) ([]MessageView, error) {
	var photos, campaigns, staff []models.ID
	for _, m := range rows {
		switch {
		case m.Kind == models.ChatPicture:
			photos = append(photos, m.ID)
		case m.Kind == models.ChatCoupon:
			campaigns = append(campaigns, m.CampaignID)
		}
		if m.Side == models.ChatStoreSide && !m.AccountID.IsZero() {
			staff = append(staff, m.AccountID)
		}
	}
	pictures, err := photosOf(r, photos)
	if err != nil {
		return nil, err
	}
	names, err := s.Identity.Names(r, staff)
	if err != nil {
		return nil, err
	}
	seen, err := s.Coupon.View(ctx, reader, campaigns)
	if err != nil {
		return nil, err
	}
	views := make([]MessageView, len(rows))
	for i, m := range rows {
		views[i] = MessageView{ID: m.ID, Seq: m.Seq, Side: m.Side, Kind: m.Kind, Text: m.Text, BackAt: m.BackAt, CreatedAt: m.CreatedAt}
		if m.Side == models.ChatStoreSide {
			views[i].Staff = names[m.AccountID]
		}
		if p, ok := pictures[m.ID]; ok {
			views[i].Photo = &p
		}
		if c, ok := seen[m.CampaignID]; ok {
			views[i].Campaign = &c
		}
	}
	return views, nil
}

// ThreadView is a conversation as one of its sides opens it: a page of messages, oldest first, and what stands around
// them. Seq is the stream's head when it was read: follow from there; a conversation that has not begun has no ID.
type ThreadView struct {
	ID         models.ID        `json:"id,omitzero"`
	Seq        int64            `json:"seq"`
	Store      models.StoreRef  `json:"store"`
	Persona    models.PersonRef `json:"persona" doc:"who speaks for the store"`
	Member     models.PersonRef `json:"member"`
	Keeper     *KeeperView      `json:"keeper,omitempty" doc:"who of the staff looks after it"`
	Messages   []MessageView    `json:"messages" nullable:"false" doc:"oldest first"`
	Earlier    int64            `json:"earlier,omitempty" doc:"ask for what stands before this seq; absent: this is the beginning"`
	Muted      bool             `json:"muted" doc:"the member has muted the store: neither side can write"`
	Blocked    bool             `json:"blocked" doc:"the store takes no messages from the member"`
	BackAt     *time.Time       `json:"back_at,omitempty" doc:"the store rests now, and is back then"`
	MemberRead int64            `json:"member_read"`
	StoreRead  int64            `json:"store_read"`
}

// KeeperView is one of the staff.
type KeeperView struct {
	AccountID models.ID `json:"account_id"`
	Name      string    `json:"name"`
}

// ChatLineView is a conversation in a list.
type ChatLineView struct {
	ID      models.ID        `json:"id"`
	Store   models.StoreRef  `json:"store"`
	Persona models.PersonRef `json:"persona"`
	Member  models.PersonRef `json:"member"`
	Keeper  *KeeperView      `json:"keeper,omitempty"`
	Side    models.ChatSide  `json:"side" enum:"member,store" doc:"who said the last thing"`
	Kind    models.ChatKind  `json:"kind" enum:"text,photo,coupon,away,handed"`
	Text    string           `json:"text" doc:"the last thing said"`
	At      time.Time        `json:"at"`
	Unread  int64            `json:"unread"`
	Blocked bool             `json:"blocked"`
}

func personaOf(store models.Store) models.PersonRef {
	return models.PersonRef{ID: store.ID, Name: store.PersonaName, Face: store.PersonaFace, Badge: "staff"}
}
