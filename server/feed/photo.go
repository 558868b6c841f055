package feed

import (
	"context"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/blob"
	"onestreet/server/platform/db"
)

// PhotoView is a kept picture; w and h are the full size in pixels.
type PhotoView blob.View

func photoView(p models.Photo) PhotoView {
	return PhotoView(blob.Shown(blob.Public, p.ID, p.Width, p.Height))
}

// Upload keeps a picture for its uploader to post. Errors: not_an_image, image_too_large, photo_too_large, photo_avif,
// photo_too_slow, photos_busy.
func (s *Service) Upload(ctx context.Context, alliance, account models.ID, data []byte) (PhotoView, error) {
	id := models.NewID()
	picture, err := s.Pictures.Keep(ctx, alliance, id, data)
	if err != nil {
		return PhotoView{}, err
	}
	p := models.Photo{ID: id, AllianceID: alliance, AccountID: account, Width: picture.Width, Height: picture.Height, Codes: append([]string{}, picture.Codes...), CreatedAt: s.Clock.Now()}
	err = s.DB.Tx(ctx, func(tx *gorm.DB) error { return tx.Create(&p).Error })
	return photoView(p), err
}

// Picture reads a kept picture of any street by its id, which nobody can guess. Error: not_found.
func (s *Service) Picture(ctx context.Context, id models.ID, size string) ([]byte, error) {
	p, err := db.Find[models.Photo](s.DB.Read(ctx), "id = ?", id)
	if err != nil {
		return nil, err
	}
	return s.Pictures.Get(p.AllianceID, p.ID, size)
}

func (s *Service) photosOf(ctx context.Context, posts []models.ID) (map[models.ID][]PhotoView, error) {
	byPost := map[models.ID][]PhotoView{}
	if len(posts) == 0 {
		return byPost, nil
	}
	var rows []models.Photo
	err := s.DB.Read(ctx).Where("post_id IN ?", posts).Order("post_id, position").Find(&rows).Error
	for _, p := range rows {
		byPost[p.PostID] = append(byPost[p.PostID], photoView(p))
	}
	return byPost, err
}

// codesOf is what the QR codes in an author's pictures say.
func (s *Service) codesOf(ctx context.Context, who Author, photos []models.ID) ([]string, error) {
	if len(photos) == 0 {
		return nil, nil
	}
	var rows []models.Photo
	err := s.DB.Read(ctx).Where("id IN ? AND alliance_id = ? AND account_id = ?", photos, who.Alliance, who.Account).Find(&rows).Error
	var codes []string
	for _, p := range rows {
		codes = append(codes, p.Codes...)
	}
	return codes, err
}

// ForgetUploads removes pictures that were uploaded a day ago and never posted; a daily job calls it. A picture that is
// somebody's face stays.
func (s *Service) ForgetUploads(ctx context.Context) error {
	var stale []models.Photo
	err := s.DB.Read(ctx).Where("post_id IS NULL AND created_at < ?", s.Clock.Now().Add(-blob.Unused)).
		Where("NOT EXISTS (SELECT 1 FROM accounts a WHERE a.id = photos.account_id AND a.face LIKE '/api/%')").Limit(1000).Find(&stale).Error
	if err != nil {
		return err
	}
	for _, p := range stale {
		if err := s.forget(ctx, p); err != nil {
			return err
		}
	}
	return nil
}

// forget takes a picture away unless it has been posted meanwhile; the row goes first, so that no post shows a hole.
func (s *Service) forget(ctx context.Context, p models.Photo) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		gone := tx.Where("id = ? AND post_id IS NULL", p.ID).Delete(&models.Photo{})
		if gone.Error != nil || gone.RowsAffected == 0 {
			return gone.Error
		}
		return s.Pictures.Remove(p.AllianceID, p.ID)
	})
}
