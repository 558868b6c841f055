package chat

import (
	"context"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/blob"
	"onestreet/server/platform/db"
	"onestreet/server/platform/web"
)

// ChatPhotoView is a picture of a conversation; w and h are the full size in pixels. Its addresses answer to the two sides
// only: ask for them with the access token.
type ChatPhotoView blob.View

func photoView(p models.ChatPhoto) ChatPhotoView {
	return ChatPhotoView(blob.Shown(web.Prefix+"/chat-photos", p.ID, p.Width, p.Height))
}

// Upload keeps a picture for a side to send. Errors: those of blob.Keep, and those of Send about who may write.
func (s *Service) Upload(ctx context.Context, seat Seat, data []byte) (ChatPhotoView, error) {
	if err := s.mayWrite(s.DB.Read(ctx), seat); err != nil {
		return ChatPhotoView{}, err
	}
	id := models.NewID()
	picture, err := s.Pictures.Keep(ctx, seat.Alliance, id, data)
	if err != nil {
		return ChatPhotoView{}, err
	}
	p := models.ChatPhoto{
		ID: id, AllianceID: seat.Alliance, MemberID: seat.Member, StoreID: seat.Store, AccountID: seat.Account,
		Width: picture.Width, Height: picture.Height, CreatedAt: s.Clock.Now(),
	}
	err = s.DB.Tx(ctx, func(tx *gorm.DB) error { return tx.Create(&p).Error })
	return photoView(p), err
}

// takePhoto uses an upload in a message: only who uploaded it, for these two, and once.
func takePhoto(tx *gorm.DB, seat Seat, photo, message models.ID) error {
	if photo.IsZero() {
		return nil
	}
	taken := tx.Model(&models.ChatPhoto{}).
		Where("id = ? AND account_id = ? AND member_id = ? AND store_id = ? AND message_id IS NULL", photo, seat.Account, seat.Member, seat.Store).
		Update("message_id", message)
	if taken.Error == nil && taken.RowsAffected == 0 {
		return ErrPhoto.At("/photo_id")
	}
	return taken.Error
}

// Picture reads a picture of a conversation for one of its two sides. An upload that was not sent yet is its
// uploader's alone. Error: not_found.
func (s *Service) Picture(ctx context.Context, p *identity.Principal, id models.ID, size string) ([]byte, error) {
	photo, err := db.Find[models.ChatPhoto](s.DB.Read(ctx), "id = ? AND alliance_id = ?", id, p.AllianceID)
	if err != nil {
		return nil, err
	}
	if !sits(p, photo.MemberID, photo.StoreID) || photo.MessageID.IsZero() && photo.AccountID != p.AccountID {
		return nil, models.ErrNotFound
	}
	return s.Pictures.Get(photo.AllianceID, photo.ID, size)
}

func photosOf(r *gorm.DB, messages []models.ID) (map[models.ID]ChatPhotoView, error) {
	by := map[models.ID]ChatPhotoView{}
	if len(messages) == 0 {
		return by, nil
	}
	var rows []models.ChatPhoto
	err := r.Where("message_id IN ?", messages).Find(&rows).Error
	for _, p := range rows {
		by[p.MessageID] = photoView(p)
	}
	return by, err
}

// ForgetUploads removes pictures that were uploaded a day ago and never sent; a daily job calls it.
func (s *Service) ForgetUploads(ctx context.Context) error {
	var stale []models.ChatPhoto
	err := s.DB.Read(ctx).Where("message_id IS NULL AND created_at < ?", s.Clock.Now().Add(-blob.Unused)).Limit(1000).Find(&stale).Error
	for _, p := range stale {
		if err != nil {
			return err
		}
		err = s.DB.Tx(ctx, func(tx *gorm.DB) error { return s.drop(tx, "id = ? AND message_id IS NULL", p.ID) })
	}
	return err
}

// drop removes pictures: a row goes before its file, so that no message shows a hole.
func (s *Service) drop(tx *gorm.DB, where string, args ...any) error {
	var rows []models.ChatPhoto
	if err := tx.Where(where, args...).Find(&rows).Error; err != nil || len(rows) == 0 {
		return err
	}
	for _, p := range rows {
		gone := tx.Where("id = ?", p.ID).Where(where, args...).Delete(&models.ChatPhoto{})
		if gone.Error != nil {
			return gone.Error
		}
		if gone.RowsAffected > 0 {
			if err := s.Pictures.Remove(p.AllianceID, p.ID); err != nil {
				return err
			}
		}
	}
	return nil
}
