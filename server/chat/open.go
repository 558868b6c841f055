package chat

import (
	"errors"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// open holds the conversation of a seat's member and store, which is made on first use, after checking that this side
// may write.
func (s *Service) open(tx *gorm.DB, seat Seat) (models.Conversation, error) {
	if err := s.mayWrite(tx, seat); err != nil {
		return models.Conversation{}, err
	}
	c, err := held(tx, seat)
	if errors.Is(err, models.ErrNotFound) {
		if err := s.mayBegin(tx, seat); err != nil {
			return c, err
		}
		now := s.Clock.Now()
		row := models.Conversation{ID: models.NewID(), AllianceID: seat.Alliance, MemberID: seat.Member, StoreID: seat.Store, LastAt: now, CreatedAt: now}
		if err := db.OnConflictSkip(tx).Create(&row).Error; err != nil {
			return c, err
		}
		c, err = held(tx, seat)
	}
	if err == nil && c.Blocked() {
		err = ErrBlocked
		if seat.ofStore() {
			err = ErrShut
		}
	}
	return c, err
}

func held(tx *gorm.DB, seat Seat) (models.Conversation, error) {
	return db.Find[models.Conversation](db.Lock(tx), "member_id = ? AND store_id = ? AND alliance_id = ?", seat.Member, seat.Store, seat.Alliance)
}

// mayWrite: the store is on the street, the member has not left and wants to hear of the store.
func (s *Service) mayWrite(tx *gorm.DB, seat Seat) error {
	store, err := db.Find[models.Store](tx, "id = ? AND alliance_id = ?", seat.Store, seat.Alliance)
	if err != nil {
		return err
	}
	if !store.Active() {
		return ErrStoreAway
	}
	m, err := db.Find[models.Member](tx, "id = ? AND alliance_id = ?", seat.Member, seat.Alliance)
	if err != nil {
		return err
	}
	if m.Left() {
		return ErrLeft
	}
	var muted int64
	err = tx.Model(&models.Privacy{}).Where("member_id = ? AND store_id = ? AND muted = ?", seat.Member, seat.Store, true).Count(&muted).Error
	switch {
	case err != nil || muted == 0:
		return err
	case seat.ofStore():
		return ErrMutedBy
	}
	return ErrMuted
}

// mayBegin: a member may with any store, a store with those in its own book.
func (s *Service) mayBegin(tx *gorm.DB, seat Seat) error {
	if !seat.ofStore() {
		return nil
	}
	_, err := db.Find[models.Customer](tx, "alliance_id = ? AND store_id = ? AND member_id = ?", seat.Alliance, seat.Store, seat.Member)
	return db.IfNone(err, ErrStranger)
}

// between reads a conversation. Error: not_found, when the two have not talked yet.
func between(tx *gorm.DB, seat Seat) (models.Conversation, error) {
	return db.Find[models.Conversation](tx, "member_id = ? AND store_id = ? AND alliance_id = ?", seat.Member, seat.Store, seat.Alliance)
}
