package traffic

import (
	"context"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/outbox"
)

// onOriginMoved counts who joined by which store anew, for the day on which the member joined.
func (s *Service) onOriginMoved(ctx context.Context, tx *gorm.DB, e outbox.Event, m models.OriginMoved) error {
	street, err := s.open(ctx, tx, e)
	if err != nil {
		return err
	}
	s.changed(tx, e.AllianceID, m.FromID, m.ToID)
	for _, store := range []models.ID{m.FromID, m.ToID} {
		if err := countJoined(tx, dayOf(street, m.JoinedAt), store); err != nil {
			return err
		}
	}
	return nil
}

// onObjection puts on the ticker that a store objects, and for whom it was decided; both stores' open screens follow.
func (s *Service) onObjection(_ context.Context, tx *gorm.DB, e outbox.Event, o models.ObjectionChanged) error {
	s.changed(tx, e.AllianceID, o.StoreID, o.OriginID)
	news := models.TrafficNews{AllianceID: e.AllianceID, At: e.At, Reference: byEvent(e)}
	switch e.Kind {
	case models.EventObjectionMade:
		news.Kind, news.StoreID, news.OtherID = models.NewsObjected, o.StoreID, o.OriginID
	case models.EventObjectionDecided:
		news.Kind, news.StoreID, news.OtherID = models.NewsDecided, o.StoreID, o.OriginID
		if o.DecidedFor != o.StoreID {
			news.StoreID, news.OtherID = o.OriginID, o.StoreID
		}
	default:
		return nil
	}
	return tell(tx, news)
}
