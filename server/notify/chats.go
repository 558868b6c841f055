package notify

import (
	"context"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/outbox"
)

// chatWaiting tells a store's desk that a customer's message lies unread: one line a conversation, brought up to date.
// It names nobody; the conversation does.
func (s *Service) chatWaiting(_ context.Context, tx *gorm.DB, e outbox.Event, p models.ChatWaiting) error {
	return s.tellDesk(tx, deskDraft{
		alliance: e.AllianceID, store: p.StoreID, kind: models.DeskChatWaiting, reference: "chat:" + p.ConversationID.String(), at: p.At,
		facts: facts{From: p.Since}, latest: true,
	})
}

func chatLine(_ facts, since models.Text) (text, detail models.Text) {
	return models.Text{ZH: "有街坊写了话来，还没人看", EN: "A customer has written, and nobody has read it"},
		both("%s 发的，早回一句，人心里踏实", "Sent on %s. A quick word keeps them at ease", since)
}
