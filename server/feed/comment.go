package feed

import (
	"context"
	"time"
	"unicode/utf8"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
	"onestreet/server/platform/web"
)

// Comment answers a post. Errors: not_found, post_gone, text_empty, text_too_long.
func (s *Service) Comment(ctx context.Context, a Author, post models.ID, text string) (models.PostComment, error) {
	text = models.PlainText(text)
	if text == "" {
		return models.PostComment{}, ErrEmpty.At("/text")
	}
	if utf8.RuneCountInString(text) > models.CommentLength {
		return models.PostComment{}, ErrTooLong.With(models.CommentLength).At("/text")
	}
	var c models.PostComment
	err := s.DB.Tx(ctx, func(tx *gorm.DB) error {
		p, err := s.find(db.Lock(tx), a.Alliance, post)
		if err != nil {
			return err
		}
		c = models.PostComment{
			ID: models.NewID(), AllianceID: a.Alliance, PostID: p.ID, AccountID: a.Account, MemberID: a.Member, StoreID: a.Store,
			Text: text, CreatedAt: s.Clock.Now(),
		}
		return s.answer(tx, p, &c)
	})
	return c, err
}

// answer writes a comment under a post whose row is held.
func (s *Service) answer(tx *gorm.DB, p models.Post, c *models.PostComment) error {
	if err := tx.Model(&models.Post{}).Where("id = ?", p.ID).Update("comments", gorm.Expr("comments + 1")).Error; err != nil {
		return err
	}
	var failed error
	_, err := s.Streams.Append(tx, p.AllianceID, models.FeedStream(p.Feed), "comment.created", func(seq int64) any {
		c.Seq = seq
		if failed = tx.Create(c).Error; failed != nil {
			return nil
		}
		var shown []CommentView
		shown, failed = s.commentViews(tx.Statement.Context, p.AllianceID, []models.PostComment{*c})
		if failed != nil {
			return nil
		}
		return map[string]any{"post_id": p.ID, "comment": shown[0], "comments": p.Comments + 1}
	})
	if err := firstError(failed, err); err != nil {
		return err
	}
	return s.Outbox.Add(tx, p.AllianceID, models.EventCommentCreated, models.CommentCreated{PostID: p.ID, CommentID: c.ID, MemberID: c.MemberID, StoreID: p.StoreID, At: c.CreatedAt})
}

// position is where a page of comments or posts begins.
type position struct {
	At  time.Time `json:"at"`
	ID  models.ID `json:"id"`
	Seq int64     `json:"seq,omitempty"`
}

// Comments lists the answers to a post, oldest first. Errors: not_found, post_gone, cursor.
func (s *Service) Comments(ctx context.Context, alliance, post models.ID, cursor string, limit int) (web.Page[CommentView], error) {
	var after position
	if err := web.DecodeCursor(cursor, &after); err != nil {
		return web.Page[CommentView]{}, err
	}
	if _, err := s.find(s.DB.Read(ctx), alliance, post); err != nil {
		return web.Page[CommentView]{}, err
	}
	query := s.DB.Read(ctx).Where("post_id = ? AND deleted_at IS NULL", post)
	if !after.ID.IsZero() {
		query = query.Where("created_at > ? OR created_at = ? AND id > ?", after.At, after.At, after.ID)
	}
	var rows []models.PostComment
	if err := query.Order("created_at, id").Limit(limit + 1).Find(&rows).Error; err != nil {
		return web.Page[CommentView]{}, err
	}
	next := ""
	if len(rows) > limit {
		rows = rows[:limit]
		next = web.EncodeCursor(position{At: rows[limit-1].CreatedAt, ID: rows[limit-1].ID})
	}
	views, err := s.commentViews(ctx, alliance, rows)
	return web.NewPage(views, next), err
}

// Liked is how many like a post, and whether the caller does.
type Liked struct {
	Likes int64 `json:"likes"`
	Liked bool  `json:"liked"`
}

// Like nods to a post, or takes the nod back; doing it twice is doing it once. Errors: not_found, post_gone.
func (s *Service) Like(ctx context.Context, alliance, account, post models.ID, on bool) (Liked, error) {
	var likes int64
	err := s.DB.Tx(ctx, func(tx *gorm.DB) error {
		p, err := s.find(db.Lock(tx), alliance, post)
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
