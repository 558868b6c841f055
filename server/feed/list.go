package feed

import (
	"context"

	"onestreet/models"
	"onestreet/server/conduct"
	"onestreet/server/identity"
	"onestreet/server/platform/web"
)

// Page is a part of a feed, newest first. Seq is the stream's head when it was read: follow from there.
type Page struct {
	web.Page[PostView]
	Seq int64 `json:"seq"`
}

// Posts lists a feed, newest first. Errors: not_found for an unknown feed, not_in_circle,
// cursor.
func (s *Service) Posts(ctx context.Context, reader *identity.Principal, feed, cursor string, limit int) (Page, error) {
	var after position
	if err := s.mayRead(s.DB.Read(ctx), speaker(reader, models.ID{}), feed); err != nil {
		return Page{}, err
	}
	if err := web.DecodeCursor(cursor, &after); err != nil {
		return Page{}, err
	}
	// The head comes first: what arrives meanwhile is in both, and the screen knows posts by id.
	head, err := s.Streams.Head(ctx, reader.AllianceID, models.FeedStream(feed))
	if err != nil {
		return Page{}, err
	}
	query := s.DB.Read(ctx).Where("alliance_id = ? AND feed = ? AND deleted_at IS NULL", reader.AllianceID, feed)
	query = conduct.NotBlocked(query, reader, "posts")
	if after.Seq > 0 {
		query = query.Where("seq < ?", after.Seq)
	}
	var rows []models.Post
	if err := query.Order("seq DESC").Limit(limit + 1).Find(&rows).Error; err != nil {
		return Page{}, err
	}
	next := ""
	if len(rows) > limit {
		rows = rows[:limit]
		next = web.EncodeCursor(position{Seq: rows[limit-1].Seq})
	}
	views, err := s.views(ctx, reader, rows)
	return Page{Page: web.NewPage(views, next), Seq: head}, err
}
