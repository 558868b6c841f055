package chat

import (
	"context"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/db"
)

// sits tells whether somebody is one of the two sides.
func sits(p *identity.Principal, member, store models.ID) bool {
	return p.AtLeast(store, models.RoleClerk) || !p.MemberID.IsZero() && p.MemberID == member
}

// MayFollow tells whether somebody may follow a conversation: who works in its store, and its member, unless the store
// takes no messages from them. Error: not_found, whatever the reason.
func (s *Service) MayFollow(ctx context.Context, p *identity.Principal, id string) error {
	conversation, err := models.ParseID(id)
	if err != nil {
		return models.ErrNotFound
	}
	c, err := db.Find[models.Conversation](s.DB.Read(ctx), "id = ? AND alliance_id = ?", conversation, p.AllianceID)
	if err != nil {
		return err
	}
	if !sits(p, c.MemberID, c.StoreID) || c.Blocked() && !p.AtLeast(c.StoreID, models.RoleClerk) {
		return models.ErrNotFound
	}
	return nil
}
