package feed

import (
	"context"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
)

// saidLine is one line of a member's export.
type saidLine struct {
	At   time.Time `json:"at"`
	Text string    `json:"text"`
}

// readLine is up to when a member last read a feed.
type readLine struct {
	Feed string    `json:"feed"`
	At   time.Time `json:"at"`
}

// export is what a member wrote and liked, and what they have read.
func (s *Service) export(_ context.Context, tx *gorm.DB, m models.Member) (any, error) {
	out := struct {
		Posts    []saidLine `json:"posts"`
		Comments []saidLine `json:"comments"`
		Likes    int64      `json:"likes"`
		Read     []readLine `json:"read"`
	}{Posts: []saidLine{}, Comments: []saidLine{}, Read: []readLine{}}
	lines := func(model any, to *[]saidLine) error {
		return tx.Model(model).Select("created_at AS at, text").Where("alliance_id = ? AND member_id = ? AND deleted_at IS NULL", m.AllianceID, m.ID).
			Order("created_at, id").Scan(to).Error
	}
	if err := lines(&models.Post{}, &out.Posts); err != nil {
		return nil, err
	}
	if err := lines(&models.PostComment{}, &out.Comments); err != nil {
		return nil, err
	}
	own := tx.Where("alliance_id = ? AND account_id = ?", m.AllianceID, m.AccountID).Session(&gorm.Session{})
	if err := own.Model(&models.FeedRead{}).Order("feed").Scan(&out.Read).Error; err != nil {
		return nil, err
	}
	err := own.Model(&models.PostLike{}).Count(&out.Likes).Error
	return out, err
}

// leave empties what a member said: the words, the pictures and the items of the stream that hold them. Counts stay.
func (s *Service) leave(_ context.Context, tx *gorm.DB, m models.Member) error {
	var posts []models.Post
	if err := tx.Where("alliance_id = ? AND member_id = ? AND deleted_at IS NULL", m.AllianceID, m.ID).Order("seq").Find(&posts).Error; err != nil {
		return err
	}
	for _, p := range posts {
		if err := s.erase(tx, p); err != nil {
			return err
		}
	}
	if err := s.eraseComments(tx, m); err != nil {
		return err
	}
	for _, row := range []any{&models.CircleMember{}, &models.FeedRead{}} {
		if err := tx.Where("alliance_id = ? AND account_id = ?", m.AllianceID, m.AccountID).Delete(row).Error; err != nil {
			return err
		}
	}
	return s.dropUploads(tx, m)
}

func (s *Service) eraseComments(tx *gorm.DB, m models.Member) error {
	var comments []models.PostComment
	if err := tx.Where("alliance_id = ? AND member_id = ? AND deleted_at IS NULL", m.AllianceID, m.ID).Order("seq").Find(&comments).Error; err != nil {
		return err
	}
	for _, c := range comments {
		if err := s.eraseComment(tx, c); err != nil {
			return err
		}
	}
	return nil
}

// eraseComment empties an answer and its item, and tells the screens how many are left.
func (s *Service) eraseComment(tx *gorm.DB, c models.PostComment) error {
	if err := tx.Model(&models.PostComment{}).Where("id = ?", c.ID).Updates(map[string]any{"deleted_at": s.Clock.Now(), "text": ""}).Error; err != nil {
		return err
	}
	if err := tx.Model(&models.Post{}).Where("id = ?", c.PostID).Update("comments", gorm.Expr("comments - 1")).Error; err != nil {
		return err
	}
	var p models.Post
	if err := tx.Where("id = ?", c.PostID).Take(&p).Error; err != nil {
		return err
	}
	if err := retell(tx, p, c.ID, c.Text, ""); err != nil {
		return err
	}
	if err := forgetWords(tx, "about_id", c.ID); err != nil {
		return err
	}
	stream := models.FeedStream(p.Feed)
	if err := s.Streams.Erase(tx, c.AllianceID, stream, c.Seq, c.EditSeq); err != nil {
		return err
	}
	_, err := s.Streams.Append(tx, c.AllianceID, stream, "comment.deleted", map[string]any{"post_id": p.ID, "comment_id": c.ID, "comments": p.Comments})
	return err
}

// dropUploads removes pictures that were never posted.
func (s *Service) dropUploads(tx *gorm.DB, m models.Member) error {
	return s.dropPhotosWhere(tx, "alliance_id = ? AND account_id = ? AND post_id IS NULL", m.AllianceID, m.AccountID)
}
