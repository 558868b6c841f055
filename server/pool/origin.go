package pool

import (
	"errors"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// errOrigin says that a member's origin is not what the referral says, which the audit would name.
var errOrigin = errors.New("the member's origin store is not the one that its referral says")

// MoveOrigin makes another store the one that brought a member in, with the member who invited or none, by a decision
// over an objection: the member's own link is in its name from now on, and its book has a line of them. To see the
// phone it needs the member's consent like any other: nobody asked for that on its behalf at the door.
func (s *Service) MoveOrigin(tx *gorm.DB, alliance, member, from, to, inviter models.ID) error {
	m, err := db.Find[models.Member](tx, "id = ? AND alliance_id = ?", member, alliance)
	if err != nil {
		return err
	}
	moved := tx.Model(&models.Member{}).Where("id = ? AND origin_store_id = ?", member, from).
		Updates(map[string]any{"origin_store_id": to, "inviter_id": inviter})
	if moved.Error != nil {
		return moved.Error
	}
	if moved.RowsAffected != 1 {
		return errOrigin
	}
	err = tx.Model(&models.JoinLink{}).Where("alliance_id = ? AND member_id = ? AND store_id = ?", alliance, member, from).Update("store_id", to).Error
	if err != nil {
		return err
	}
	if err := s.lineAt(tx, m, to); err != nil {
		return err
	}
	if err := touchRoster(tx, alliance); err != nil {
		return err
	}
	return s.Outbox.Add(tx, alliance, models.EventOriginMoved, models.OriginMoved{
		MemberID: member, FromID: from, ToID: to, FromInviter: m.InviterID, ToInviter: inviter, JoinedAt: m.JoinedAt,
	})
}

// lineAt gives a store's book a line of a member; who has left stands in no book.
func (s *Service) lineAt(tx *gorm.DB, m models.Member, store models.ID) error {
	if m.Left() {
		return nil
	}
	var account models.Account
	if err := tx.Select("phone_hash").Where("id = ?", m.AccountID).Take(&account).Error; err != nil {
		return err
	}
	return addLines(tx, []models.Customer{lineOf(m, store, account.PhoneHash, s.Clock.Now())})
}
