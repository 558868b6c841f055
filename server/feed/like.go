package feed

import (
	"context"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// Liked is how many like a post, and whether the caller does.
type Liked struct {
	Likes int64 `json:"likes"`
	Liked bool  `json:"liked"`
}

// Like nods to a post, or takes the nod back; doing it twice is doing it once. Errors: not_found, post_gone.
func (s *Service) Like(ctx context.Context, alliance, account, post models.ID, on bool) (Liked, error) {
	var likes int64
	err := s.DB.Tx(ctx, func(tx *gorm.DB) error {
		p, err := s.findToAnswer(tx, Author{Alliance: alliance, Account: account}, post)
		if err != nil {
			return err
		}
		changed, err := s.setLike(tx, p, account, on)
		likes = p.Likes + changed
		if err != nil || changed == 0 {
			return err
		}
		db.AfterCommit(tx, func() { s.tellLikes(p) })
		return tx.Model(&models.Post{}).Where("id = ?", p.ID).Update("likes", gorm.Expr("likes + ?", changed)).Error
	})
	return Liked{Likes: likes, Liked: on}, err
}

// tellLikes counts when the signal leaves, so that of many at once the last one tells the last count.
func (s *Service) tellLikes(p models.Post) {
	s.Streams.Signal(p.AllianceID, models.FeedStream(p.Feed), "post.liked", func() any {
		var likes []int64
		err := s.DB.Read(context.Background()).Model(&models.Post{}).Where("id = ? AND deleted_at IS NULL", p.ID).Pluck("likes", &likes).Error
		if err != nil || len(likes) == 0 {
			return nil
		}
		return map[string]any{"post_id": p.ID, "likes": likes[0]}
	}, p.ID)
}

// setLike tells by how much the count has changed: the unique key (post, account) decides.
func (s *Service) setLike(tx *gorm.DB, p models.Post, account models.ID, on bool) (int64, error) {
	if on {
		made := db.OnConflictSkip(tx).Create(&models.PostLike{PostID: p.ID, AccountID: account, AllianceID: p.AllianceID, CreatedAt: s.Clock.Now()})
		return made.RowsAffected, made.Error
	}
	gone := tx.Where("post_id = ? AND account_id = ?", p.ID, account).Delete(&models.PostLike{})
	return -gone.RowsAffected, gone.Error
}
