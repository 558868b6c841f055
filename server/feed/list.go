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
	Seq    int64       `json:"seq"`
	Read   int64       `json:"read" doc:"up to where the reader has read it before; -1: never"`
	Pinned []PinView   `json:"pinned" nullable:"false" doc:"the notices at the top, on the first page"`
	Hidden []models.ID `json:"hidden" nullable:"false" doc:"authors whom the reader does not see: what they say live is to be passed over"`
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
	if err != nil {
		return Page{}, err
	}
	page := Page{Page: web.NewPage(views, next), Seq: head, Pinned: []PinView{}}
	return page, s.around(ctx, reader, feed, after.Seq == 0, &page)
}

// around adds what stands around the posts of a page.
func (s *Service) around(ctx context.Context, reader *identity.Principal, feed string, first bool, page *Page) (err error) {
	if page.Read, err = s.readUpTo(ctx, reader, feed); err != nil {
		return err
	}
	if page.Hidden, err = conduct.Hidden(s.DB.Read(ctx), reader); err != nil || !first {
		return err
	}
	page.Pinned, err = s.pinned(ctx, reader, feed)
	return err
}
