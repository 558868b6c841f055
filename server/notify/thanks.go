package notify

import (
	"context"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
	"onestreet/server/platform/outbox"
)

// thanked brings the host's thanks to all who came, in the host's words.
func (s *Service) thanked(_ context.Context, tx *gorm.DB, e outbox.Event, p models.EventThanked) error {
	o, f, err := s.occasion(tx, e.AllianceID, p.OccurrenceID)
	if err != nil {
		return err
	}
	t, err := db.Find[models.EventThanks](tx, "occurrence_id = ?", o.ID)
	if err != nil {
		return err
	}
	f.Why = models.Same(t.Words)
	var guests []models.ID
	err = tx.Model(&models.SignUp{}).Where("occurrence_id = ? AND state = ?", o.ID, models.CheckedIn).Order("arrival").Pluck("member_id", &guests).Error
	for i := 0; err == nil && i < len(guests); i++ {
		err = s.deliver(tx, draft{
			alliance: e.AllianceID, member: guests[i], store: o.StoreID, kind: models.NoticeThanks, reference: "thanks:" + o.ID.String(), link: linkTo(o), at: e.At, facts: f,
		})
	}
	return err
}

// hostAsked tells a store's desk that another asks it to host an event together.
func (s *Service) hostAsked(ctx context.Context, tx *gorm.DB, e outbox.Event, p models.HostAskedFor) error {
	event, err := db.Find[models.Event](tx, "id = ? AND alliance_id = ?", p.EventID, e.AllianceID)
	if err != nil {
		return err
	}
	host, err := s.Pool.HostName(ctx, e.AllianceID, event.StoreID)
	if err != nil {
		return err
	}
	return s.tellDesk(tx, deskDraft{
		alliance: e.AllianceID, store: p.StoreID, kind: models.DeskHostAsked, reference: "host:" + event.ID.String(), at: e.At,
		facts: facts{Store: host, Title: event.Title},
	})
}
