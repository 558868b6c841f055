package calendar

import (
	"context"
	"time"

	"onestreet/models"
	"onestreet/server/platform/web"
)

// place is where a page of events begins: after the event made at At with this ID.
type place struct {
	At time.Time `json:"at"`
	ID models.ID `json:"id"`
}

// Events lists the events that the desk's store hosts, alone or with others, with their dates, the newest first. Error: cursor.
func (s *Service) Events(ctx context.Context, desk Desk, cursor string, limit int) (web.Page[EventView], error) {
	var after place
	if err := web.DecodeCursor(cursor, &after); err != nil {
		return web.Page[EventView]{}, err
	}
	query := desk.hostsWith(s.DB.Read(ctx))
	if !after.ID.IsZero() {
		query = query.Where("(created_at < ? OR created_at = ? AND id < ?)", after.At, after.At, after.ID)
	}
	var rows []models.Event
	if err := query.Order("created_at DESC, id DESC").Limit(limit + 1).Find(&rows).Error; err != nil {
		return web.Page[EventView]{}, err
	}
	next := ""
	if len(rows) > limit {
		last := rows[limit-1]
		rows, next = rows[:limit], web.EncodeCursor(place{At: last.CreatedAt, ID: last.ID})
	}
	views, err := s.EventViews(ctx, desk.Alliance, rows)
	return web.NewPage(views, next), err
}
