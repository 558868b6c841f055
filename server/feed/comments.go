package feed

import (
	"context"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/conduct"
	"onestreet/server/identity"
	"onestreet/server/platform/web"
)

// position is where a page of comments or posts begins.
type position struct {
	At  time.Time `json:"at"`
	ID  models.ID `json:"id"`
	Seq int64     `json:"seq,omitempty"`
}

// Comments lists the answers to a post and the replies under them, oldest first, so that what is replied to comes before. An
// answer that was taken down while others replied to it is there without its words. Errors: not_found, post_gone, cursor.
func (s *Service) Comments(ctx context.Context, reader *identity.Principal, post models.ID, cursor string, limit int) (web.Page[CommentView], error) {
	var after position
	if err := web.DecodeCursor(cursor, &after); err != nil {
		return web.Page[CommentView]{}, err
	}
	if _, err := s.find(s.DB.Read(ctx), speaker(reader, models.ID{}), post); err != nil {
		return web.Page[CommentView]{}, err
	}
	query := s.DB.Read(ctx).Where("post_id = ? AND (deleted_at IS NULL OR EXISTS (?))", post, repliesTo(s.DB.Read(ctx)))
	query = conduct.NotBlocked(query, reader, "post_comments")
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
	views, err := s.commentViews(ctx, reader, rows)
	return web.NewPage(views, next), err
}

// repliesTo are the replies that stand under the comment of the outer query.
func repliesTo(read *gorm.DB) *gorm.DB {
	return read.Table("post_comments AS reply").Select("1").Where("reply.parent_id = post_comments.id AND reply.deleted_at IS NULL")
}
